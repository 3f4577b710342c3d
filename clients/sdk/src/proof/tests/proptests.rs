//! Rules that hold for any chain and any damage.

use super::chain::*;
use crate::proof::{AuditProof, HexBytes, TrustRoot};
use proptest::prelude::*;
use std::sync::LazyLock;

static PROVEN: LazyLock<(TrustRoot, AuditProof)> = LazyLock::new(|| {
	let (chain, proof) = proven_over_changes();
	(chain.trust(), proof)
});

/// The parts of a proof that are bytes.
fn parts(proof: &mut AuditProof) -> Vec<&mut HexBytes> {
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
	parts
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn any_entry_of_any_chain_is_provable(
		counts in proptest::collection::vec(0u32..9, 1..12),
		pick: prop::sample::Index,
		at: prop::sample::Index,
	) {
		let blocks = counts.len() as u32;
		let chain = chain_with(blocks + 3, |block| *counts.get(block as usize - 1).unwrap_or(&0));
		let all: Vec<_> = chain.entries.iter().flatten().collect();
		prop_assume!(!all.is_empty());
		let entry = *pick.get(&all);
		let at = entry.block + 1 + at.index((blocks + 3 - entry.block) as usize) as u32;
		let proof = chain.proof(entry.index.0, at);
		prop_assert_eq!(&proof.verify(&chain.trust()).unwrap(), entry);
	}

	#[test]
	fn any_entry_is_provable_over_any_changes_of_the_set(
		changes in proptest::collection::btree_set(1u32..12, 0..5),
		pick: prop::sample::Index,
		at: prop::sample::Index,
		trusted: prop::sample::Index,
	) {
		let changes: Vec<_> = changes.into_iter().collect();
		let chain = chain_of(15, |block| block % 3, &changes);
		let all: Vec<_> = chain.entries[..14].iter().flatten().collect();
		let entry = *pick.get(&all);
		let at = entry.block + 1 + at.index((15 - entry.block) as usize) as u32;
		let proof = chain.proof(entry.index.0, at);
		prop_assert_eq!(&proof.verify(&chain.trust()).unwrap(), entry);
		let trusted = trusted.index(proof.set_id as usize + 1) as u64;
		prop_assert_eq!(&proof.verify(&chain.trust_authorities(trusted)).unwrap(), entry);
	}

	#[test]
	fn any_flipped_bit_is_refused(
		part: prop::sample::Index,
		byte: prop::sample::Index,
		bit in 0u8..8,
	) {
		let (trust, mut proof) = (&PROVEN.0, PROVEN.1.clone());
		let mut parts = parts(&mut proof);
		let part = part.index(parts.len());
		let byte = byte.index(parts[part].len());
		parts[part].0[byte] ^= 1 << bit;
		prop_assert!(proof.verify(trust).is_err());
	}

	#[test]
	fn any_cut_or_added_bytes_are_refused(
		part: prop::sample::Index,
		cut: prop::sample::Index,
		added in proptest::collection::vec(any::<u8>(), 1..9),
	) {
		let (trust, proof) = (&PROVEN.0, &PROVEN.1);
		let (mut short, mut long) = (proof.clone(), proof.clone());
		let mut shorter = parts(&mut short);
		let part = part.index(shorter.len());
		let length = cut.index(shorter[part].len());
		shorter[part].0.truncate(length);
		prop_assert!(short.verify(trust).is_err());
		parts(&mut long)[part].0.extend(added);
		prop_assert!(long.verify(trust).is_err());
	}

	#[test]
	fn no_bytes_make_verify_panic(
		part: prop::sample::Index,
		bytes in proptest::collection::vec(any::<u8>(), 0..200),
	) {
		let (trust, mut proof) = (&PROVEN.0, PROVEN.1.clone());
		let mut parts = parts(&mut proof);
		let part = part.index(parts.len());
		parts[part].0 = bytes;
		prop_assert!(proof.verify(trust).is_err());
	}
}
