//! Proofs of the log, what they rest on, what a node answers, and the calls that people write for a vote.

mod call;

use crate::input::{altered, altered_text, choice, text};
use arbitrary::Unstructured;
use codec::{DecodeAll, Encode};
use hdx_primitives::{did::DidResolution, AuditEntry};
use hdx_sdk::{
	fuzzing::{finality_answer, pieces, proven, stored_value, view_answer},
	proof::{AuditProof, AuthorityList, AuthoritySet, Finality, HexBytes, Pieces, TrustRoot},
};
use std::sync::OnceLock;

/// What is trusted, a proof that holds, and the entry that it proves.
struct Proven {
	trust: TrustRoot,
	proof: AuditProof,
	entry: AuditEntry,
	json: String,
	answer: Vec<u8>,
	pieces: Pieces,
}

fn world() -> &'static Proven {
	static WORLD: OnceLock<Proven> = OnceLock::new();
	WORLD.get_or_init(|| {
		let (trust, proof, entry) = proven();
		let json = proof.to_json().expect("a proof is JSON");
		let (answer, pieces) = (finality_answer(), pieces());
		let world = Proven { trust, proof, entry, json, answer, pieces };
		assert_eq!(world.proof.verify(&world.trust).as_ref(), Ok(&world.entry));
		assert!(Finality::decode(&world.answer).is_ok());
		world
	})
}

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 11) else { return };
	let mut input = Unstructured::new(rest);
	match reader {
		0 => text(rest).map_or((), json),
		1 => altered_part(&mut input),
		2 => altered_json(&mut input),
		3 => text(rest).map_or((), authorities),
		4 => justification(rest),
		5 => justification(&altered(&world().proof.justification.0, &mut input)),
		6 => answered_finality(&mut input),
		7 => text(rest).map_or((), answer),
		8 => answers(rest),
		9 => call::read(rest),
		_ => assembled(&mut input),
	}
}

/// A proof of anybody.
fn json(text: &str) {
	let Ok(proof) = AuditProof::from_json(text) else { return };
	let written = proof.to_json().expect("a proof is JSON");
	assert_eq!(AuditProof::from_json(&written).ok().as_ref(), Some(&proof));
	let bytes = proof.bytes_beside_justification() + proof.bytes_of_handovers();
	assert!(bytes <= text.len(), "what is told of its size is not more than there is");
	drop(proof.genesis());
	holds(&proof);
}

/// Whatever verifies is the entry that is in the log.
fn holds(proof: &AuditProof) {
	let Proven { trust, proof: whole, entry, .. } = world();
	match proof.verify(trust) {
		Ok(found) => assert_eq!(found, *entry, "only what is in the log is proven"),
		Err(error) => assert_ne!(proof, whole, "the proof holds: {error}"),
	}
	// The same from the sets to which the handovers lead.
	if let Ok(lineage) = proof.lineage(trust) {
		let along = proof.verify_along(&lineage);
		assert_eq!(along.is_ok(), proof.verify(trust).is_ok());
	}
}

/// A proof that holds, with some of its parts altered.
fn altered_part(input: &mut Unstructured<'_>) {
	let mut proof = world().proof.clone();
	for _ in 0..2 {
		let mut parts = vec![
			&mut proof.entry,
			&mut proof.mmr_leaf,
			&mut proof.genesis_leaf,
			&mut proof.mmr_proof,
			&mut proof.finalized_header,
			&mut proof.justification,
			&mut proof.genesis_header,
		];
		parts.extend(proof.authorities_proof.iter_mut());
		for handover in &mut proof.handovers {
			parts.extend([&mut handover.header, &mut handover.justification]);
		}
		let Ok(at) = input.choose_index(parts.len()) else { break };
		parts[at].0 = altered(&parts[at].0, input);
		if !input.ratio(1, 4).unwrap_or_default() {
			break;
		}
	}
	match input.int_in_range(0..=15_u8).unwrap_or_default() {
		1 => proof.set_id = input.int_in_range(0..=3).unwrap_or_default(),
		2 => drop(proof.handovers.pop()),
		3 => proof.handovers.reverse(),
		4 => drop(proof.entry_path.pop()),
		5 => proof.entry_path.reverse(),
		_ => {},
	}
	holds(&proof);
}

fn altered_json(input: &mut Unstructured<'_>) {
	if let Some(text) = altered_text(&world().json, input) {
		json(&text);
	}
}

/// A set of authorities, and a list of them as a node's state has it.
fn authorities(text: &str) {
	if let Ok(set) = AuthoritySet::from_json(text) {
		let written = set.to_json().expect("a set is JSON");
		assert_eq!(AuthoritySet::from_json(&written).ok().as_ref(), Some(&set));
		let Ok(TrustRoot::Authorities { set_id, authorities }) = set.trust() else {
			panic!("a set that was read can be trusted")
		};
		assert_eq!(AuthoritySet::new(set_id, &authorities), set);
		// Keys that an input brings may be those that signed. Of another entry, they have no proof.
		let trust = TrustRoot::Authorities { set_id, authorities };
		if let Ok(found) = world().proof.verify(&trust) {
			assert_eq!(found, world().entry);
		}
	}
	if let Ok(bytes) = serde_json::from_str::<HexBytes>(text) {
		let written = serde_json::to_string(&bytes).expect("digits are JSON");
		assert_eq!(serde_json::from_str::<HexBytes>(&written).ok().as_ref(), Some(&bytes));
		if let Ok(list) = AuthorityList::decode_all(&mut &bytes.0[..]) {
			assert_eq!(list.encode(), bytes.0);
		}
	}
}

/// What a node sends of each block that is final.
fn justification(bytes: &[u8]) {
	if let Ok(finality) = Finality::of_justification(bytes.to_vec()) {
		assert_eq!(finality.justification, bytes);
	}
}

/// What a node answers about the finality of a block.
fn answered_finality(input: &mut Unstructured<'_>) {
	let answer = altered(&world().answer, input);
	if let Ok(finality) = Finality::decode(&answer) {
		let again = Finality::of_justification(finality.justification.clone());
		assert_eq!(again.ok(), Some(finality));
	}
}

/// What a node answers about an entry, with one of the answers altered: of it no other proof is made.
fn assembled(input: &mut Unstructured<'_>) {
	let mut pieces = world().pieces.clone();
	let part = match input.int_in_range(0..=4_u8).unwrap_or_default() {
		0 => &mut pieces.mmr_leaves.0,
		1 => &mut pieces.mmr_proof.0,
		2 => &mut pieces.finality.justification,
		3 => &mut pieces.handovers[0].header.0,
		_ => &mut pieces.authorities_proof[0].0,
	};
	*part = altered(part, input);
	if input.ratio(1, 8).unwrap_or_default() {
		pieces.block_entries.reverse();
	}
	if let Ok(proof) = AuditProof::assemble(pieces) {
		assert_eq!(proof.verify(&world().trust).as_ref(), Ok(&world().entry));
	}
}

/// An answer as it comes.
fn answer(text: &str) {
	drop(view_answer::<Option<DidResolution>>(text));
	drop(view_answer::<Vec<AuditEntry>>(text));
	drop(stored_value::<AuthorityList>(text));
}

/// The bytes in an answer.
fn answers(bytes: &[u8]) {
	let returned = Ok::<Vec<u8>, u8>(bytes.to_vec()).encode();
	let text = format!("0x{}", hex::encode(returned));
	if let Ok(read) = view_answer::<Option<DidResolution>>(&text) {
		assert_eq!(Option::<DidResolution>::decode_all(&mut &*read.encode()), Ok(read));
	}
	if let Ok(read) = view_answer::<Vec<AuditEntry>>(&text) {
		assert_eq!(Vec::<AuditEntry>::decode_all(&mut &*read.encode()), Ok(read));
	}
	let text = format!("0x{}", hex::encode(bytes));
	if let Ok(read) = stored_value::<AuditEntry>(&text) {
		assert_eq!(AuditEntry::decode_all(&mut &*read.encode()), Ok(read));
	}
}
