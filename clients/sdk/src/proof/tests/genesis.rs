//! Version, genesis block, genesis state, authority set.

use super::chain::*;
use crate::proof::{
	authorities_key, decode, AuthorityList, Header, HexBytes, Part, ProofError, TrustRoot,
};
use codec::Encode;
use hdx_primitives::AuditLeaf;
use sp_core::{Pair, H256};

#[test]
fn authorities_key_is_that_of_the_grandpa_pallet() {
	assert_eq!(
		hex::encode(authorities_key()),
		"5f9cc45b7a00c5899361e1c6099678dc5e0621c4869aa60c02be9adcc98a0d1d"
	);
}

#[test]
fn verify_fails_when_the_version_is_unknown() {
	let (chain, mut proof) = proven();
	for version in [1, 3] {
		proof.version = version;
		assert_eq!(proof.verify(&chain.trust()), Err(ProofError::UnknownVersion { version }));
	}
}

#[test]
fn verify_fails_when_the_genesis_is_another_chains() {
	let (chain, proof) = proven();
	let trusted = H256::repeat_byte(9);
	assert_eq!(
		proof.verify(&TrustRoot::Genesis(trusted)),
		Err(ProofError::GenesisHash { trusted, found: chain.headers[0].hash() })
	);
}

#[test]
fn verify_fails_when_any_field_of_the_genesis_header_was_changed() {
	let (chain, proof) = proven();
	let changes: [fn(&mut Header); 5] = [
		|header| header.number = 1,
		|header| header.parent_hash = H256::repeat_byte(1),
		|header| header.state_root = H256::repeat_byte(1),
		|header| header.extrinsics_root = H256::repeat_byte(1),
		|header| header.digest.push(sp_runtime::DigestItem::Other(vec![])),
	];
	for change in changes {
		let mut header = chain.headers[0].clone();
		change(&mut header);
		let mut proof = proof.clone();
		proof.genesis_header = header.encode().into();
		let (trusted, found) = (chain.headers[0].hash(), header.hash());
		assert_eq!(proof.verify(&chain.trust()), Err(ProofError::GenesisHash { trusted, found }));
	}
}

#[test]
fn verify_fails_when_the_genesis_header_has_bytes_left_over() {
	let (chain, mut proof) = proven();
	proof.genesis_header.0.push(0);
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::Malformed(Part::GenesisHeader)));
}

#[test]
fn verify_fails_when_a_trie_node_is_missing_or_changed() {
	let (chain, proof) = proven();
	assert!(proof.authorities_proof.len() > 1);
	for nth in 0..proof.authorities_proof.len() {
		let mut without = proof.clone();
		without.authorities_proof.remove(nth);
		assert_eq!(without.verify(&chain.trust()), Err(ProofError::GenesisStorage));
		let mut changed = proof.clone();
		*changed.authorities_proof[nth].0.last_mut().unwrap() ^= 1;
		assert_eq!(changed.verify(&chain.trust()), Err(ProofError::GenesisStorage));
	}
}

#[test]
fn verify_fails_when_the_storage_proof_is_for_another_state() {
	let (chain, mut proof) = proven();
	let thief = sp_consensus_grandpa::AuthorityPair::from_seed(&[99; 32]);
	proof.authorities_proof = genesis_state(&authority_list(&[thief]).encode()).1;
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::GenesisStorage));
}

#[test]
fn verify_fails_when_a_trie_node_proves_nothing() {
	let (chain, proof) = proven();
	let mut more = proof.clone();
	more.authorities_proof.push(HexBytes(vec![1, 2, 3]));
	assert_eq!(more.verify(&chain.trust()), Err(ProofError::GenesisStorageUnused));
	let mut twice = proof.clone();
	twice.authorities_proof.push(proof.authorities_proof[0].clone());
	assert_eq!(twice.verify(&chain.trust()), Err(ProofError::GenesisStorageUnused));
}

/// Another chain's genesis header with the state of this one, so that the same validators sign for both.
fn twin(chain: &Chain) -> Header {
	let mut genesis = chain.headers[0].clone();
	genesis.extrinsics_root = H256::repeat_byte(1);
	genesis
}

#[test]
fn verify_fails_when_the_same_validators_signed_it_on_another_chain() {
	let (chain, mut proof) = proven();
	let genesis = twin(&chain);
	proof.genesis_header = genesis.encode().into();
	let expected =
		ProofError::GenesisLeaf { leaf: chain.headers[0].hash(), genesis: genesis.hash() };
	for trust in [TrustRoot::Genesis(genesis.hash()), chain.trust_authorities(0)] {
		assert_eq!(proof.verify(&trust), Err(expected.clone()));
	}
	// A leaf that names the other chain is in no range that they signed.
	proof.genesis_leaf = AuditLeaf { hash: genesis.hash(), ..chain.leaves[0] }.encode().into();
	let trust = TrustRoot::Genesis(genesis.hash());
	assert_eq!(proof.verify(&trust), Err(ProofError::MmrProof));
}

#[test]
fn verify_fails_when_the_first_leaf_is_about_another_block() {
	let (chain, mut proof) = proven();
	proof.genesis_leaf = AuditLeaf { block: 1, ..chain.leaves[0] }.encode().into();
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::MmrLeafIndex { block: 5 }));
	proof.genesis_leaf.0.push(0);
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::Malformed(Part::GenesisLeaf)));
}

#[test]
fn a_proof_names_the_genesis_block_of_its_chain() {
	let (chain, proof) = proven();
	assert_eq!(proof.genesis(), Ok(chain.headers[0].hash()));
}

/// A proof from a genesis state in which the authorities are these bytes.
fn with_authorities(bytes: &[u8]) -> Result<(), ProofError> {
	let (chain, mut proof) = proven();
	let (root, nodes) = genesis_state(bytes);
	let mut genesis = chain.headers[0].clone();
	genesis.state_root = root;
	proof.genesis_header = genesis.encode().into();
	proof.authorities_proof = nodes;
	proof.verify(&TrustRoot::Genesis(genesis.hash())).map(|_| ())
}

#[test]
fn verify_fails_when_the_authority_list_has_bytes_left_over() {
	let (chain, _) = proven();
	let mut bytes = authority_list(&chain.keys).encode();
	assert_eq!(with_authorities(&bytes), Ok(()));
	bytes.push(0);
	assert_eq!(with_authorities(&bytes), Err(ProofError::Malformed(Part::Authorities)));
	assert!(decode::<AuthorityList>(&bytes, Part::Authorities).is_err());
}

#[test]
fn verify_fails_when_the_authority_set_is_empty() {
	let none = AuthorityList::new();
	assert_eq!(with_authorities(&none.encode()), Err(ProofError::AuthoritySetInvalid));
	let (_, proof) = proven();
	let trust = TrustRoot::Authorities { set_id: 0, authorities: none };
	assert_eq!(proof.verify(&trust), Err(ProofError::AuthoritySetInvalid));
}

#[test]
fn verify_fails_when_the_trusted_set_came_after_the_one_that_signed() {
	let (chain, proof) = proven();
	assert_eq!(
		proof.verify(&chain.trust_authorities(1)),
		Err(ProofError::AuthoritySetUntrusted { claimed: 0, trusted: 1 })
	);
}
