//! Handovers that several proofs share.

use super::chain::*;
use crate::proof::{AuditProof, Lineage, ProofError};
use sp_core::H256;

/// A chain whose set changed twice, and what follows from its genesis.
fn followed() -> (Chain, Lineage) {
	let (chain, proof) = proven_over_changes();
	let lineage = proof.lineage(&chain.trust()).unwrap();
	(chain, lineage)
}

fn without_handovers(chain: &Chain, index: u64, at: u32) -> AuditProof {
	AuditProof { handovers: Vec::new(), ..chain.proof(index, at) }
}

#[test]
fn proofs_of_all_sets_share_the_handovers() {
	let (chain, lineage) = followed();
	for at in 6..=14 {
		let proof = without_handovers(&chain, 9, at);
		assert_eq!(proof.verify_along(&lineage).unwrap().index.0, 9);
		assert!(proof.verify(&chain.trust()).is_err(), "set 0 has ended by {at}");
	}
}

#[test]
fn a_proof_with_handovers_of_its_own_has_to_hold_by_these() {
	let (chain, lineage) = followed();
	let mut proof = chain.proof(9, 12);
	assert!(proof.verify_along(&lineage).is_ok());
	proof.handovers.pop();
	assert_eq!(
		proof.verify_along(&lineage),
		Err(ProofError::HandoversMissing { trusted: 0, set_id: 2, found: 1 })
	);
}

#[test]
fn verify_along_fails_when_the_set_is_outside_the_lineage() {
	let (chain, lineage) = followed();
	let mut proof = without_handovers(&chain, 9, 12);
	proof.set_id = 3;
	assert_eq!(
		proof.verify_along(&lineage),
		Err(ProofError::HandoversMissing { trusted: 0, set_id: 3, found: 2 })
	);
	let later = chain.proof(9, 12).lineage(&chain.trust_authorities(2)).unwrap();
	assert_eq!(
		without_handovers(&chain, 9, 7).verify_along(&later),
		Err(ProofError::AuthoritySetUntrusted { claimed: 1, trusted: 2 })
	);
	assert!(without_handovers(&chain, 9, 12).verify_along(&later).is_ok());
}

#[test]
fn verify_along_fails_when_the_proof_is_of_another_chain() {
	let (chain, lineage) = followed();
	let mut proof = without_handovers(&chain, 9, 12);
	let mut genesis = chain.headers[0].clone();
	genesis.state_root = H256::zero();
	proof.genesis_header = codec::Encode::encode(&genesis).into();
	let (trusted, found) = (chain.headers[0].hash(), genesis.hash());
	assert_eq!(proof.verify_along(&lineage), Err(ProofError::GenesisHash { trusted, found }));
}

#[test]
fn lineage_fails_when_a_handover_does_not_hold() {
	let (chain, mut proof) = proven_over_changes();
	proof.handovers.swap(0, 1);
	assert!(matches!(proof.lineage(&chain.trust()), Err(ProofError::Handover { set_id: 0, .. })));
}
