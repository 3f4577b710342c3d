//! Proofs that hold, and pieces that make none.

use super::chain::*;
use crate::proof::{AssembleError, AuditProof, Finality, Part, ProofError};
use codec::Encode;
use hdx_primitives::EntryIndex;
use sp_core::H256;
use sp_mmr_primitives::{DataOrHash, EncodableOpaqueLeaf, OpaqueLeaf};
use sp_runtime::traits::BlakeTwo256;

#[test]
fn every_entry_is_provable_as_soon_as_the_next_block_is_final() {
	let chain = chain(12);
	for at in 2..=12u32 {
		for entry in chain.entries[..at as usize].iter().flatten() {
			let proof = chain.proof(entry.index.0, at);
			assert_eq!(proof.verify(&chain.trust()).as_ref(), Ok(entry));
		}
	}
}

#[test]
fn proof_verifies_against_a_trusted_authority_set() {
	let (chain, proof) = proven();
	let entry = proof.verify(&chain.trust()).unwrap();
	assert_eq!(proof.verify(&chain.trust_authorities(0)), Ok(entry));
}

#[test]
fn proof_of_the_only_entry_of_a_block_needs_no_path() {
	let chain = chain_with(4, |block| u32::from(block == 2));
	let proof = chain.proof(0, 3);
	assert_eq!(proof.entry_path, []);
	assert_eq!(proof.verify(&chain.trust()).unwrap().index, EntryIndex(0));
}

#[test]
fn mmr_proof_verifies_by_the_rules_of_the_runtime() {
	let chain = chain(11);
	// The runtime's check knows no range of a single leaf: it compares that leaf with its hash.
	for at in 2..=11u32 {
		for block in 1..at {
			let root = super::super::inclusion::mmr_root(&chain.headers[at as usize]).unwrap();
			let leaves = [0, block]
				.map(|about| DataOrHash::Data(OpaqueLeaf(chain.leaves[about as usize].encode())));
			pallet_mmr::verify_leaves_proof::<BlakeTwo256, _>(
				root,
				leaves.to_vec(),
				chain.mmr_proof(block, at),
			)
			.unwrap();
		}
	}
}

#[test]
fn finality_names_the_finalized_block() {
	let (chain, _) = proven();
	let finality = chain.pieces(0, 9).finality;
	assert_eq!((finality.number, finality.hash), (9, chain.headers[9].hash()));
}

#[test]
fn finality_fails_when_bytes_are_left_over() {
	assert_eq!(Finality::decode(&[1]), Err(ProofError::Malformed(Part::FinalityProof)));
	let (chain, _) = proven();
	let mut justification = chain.justify(10, &[0, 1, 2], 0).encode();
	justification.push(0);
	let answer = (chain.headers[10].hash(), justification, Vec::<super::super::Header>::new());
	assert_eq!(Finality::decode(&answer.encode()), Err(ProofError::Malformed(Part::Justification)));
}

#[test]
fn finality_fails_when_it_names_another_block_than_its_justification() {
	let (chain, _) = proven();
	let justification = chain.justify(10, &[0, 1, 2], 0).encode();
	let answer = (H256::zero(), justification, Vec::<super::super::Header>::new());
	assert_eq!(
		Finality::decode(&answer.encode()),
		Err(ProofError::JustificationTarget { number: 10, hash: chain.headers[10].hash() })
	);
}

#[test]
fn assemble_fails_when_the_entry_is_not_in_the_block() {
	let (chain, _) = proven();
	let mut pieces = chain.pieces(3, 10);
	pieces.index = EntryIndex(1_000);
	assert_eq!(AuditProof::assemble(pieces), Err(AssembleError::EntryMissing(EntryIndex(1_000))));
}

#[test]
fn assemble_fails_when_there_are_not_exactly_two_leaves() {
	let (chain, _) = proven();
	let mut pieces = chain.pieces(3, 10);
	pieces.mmr_leaves = Vec::<EncodableOpaqueLeaf>::new().encode().into();
	assert_eq!(AuditProof::assemble(pieces.clone()), Err(AssembleError::LeafCount(0)));
	let leaf = EncodableOpaqueLeaf(chain.leaves[2].encode());
	for count in [1, 3] {
		pieces.mmr_leaves = vec![leaf.clone(); count].encode().into();
		let refused = AuditProof::assemble(pieces.clone());
		assert_eq!(refused, Err(AssembleError::LeafCount(count)));
	}
}

#[test]
fn assemble_fails_when_the_leaves_have_bytes_left_over() {
	let (chain, _) = proven();
	let mut pieces = chain.pieces(3, 10);
	pieces.mmr_leaves.0.push(0);
	assert_eq!(
		AuditProof::assemble(pieces),
		Err(AssembleError::Unverifiable(ProofError::Malformed(Part::MmrLeaves)))
	);
}

#[test]
fn assemble_fails_when_an_entry_of_the_block_is_missing() {
	let (chain, _) = proven();
	let mut pieces = chain.pieces(chain.log_of(5).first.0, 10);
	pieces.block_entries.pop();
	assert_eq!(
		AuditProof::assemble(pieces),
		Err(AssembleError::Unverifiable(ProofError::EntryRoot))
	);
}
