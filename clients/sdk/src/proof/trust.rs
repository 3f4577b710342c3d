//! What is trusted before seeing a proof.

use super::{decode, AuditProof, Header, Part, ProofError};
use sp_consensus_grandpa::{AuthorityList, SetId};
use sp_core::H256;
use sp_crypto_hashing::twox_128;
use sp_runtime::traits::BlakeTwo256;
use sp_trie::{
	accessed_nodes_tracker::AccessedNodesTracker, read_trie_value, LayoutV1, StorageProof,
};

/// The authority set of the genesis block.
const GENESIS_SET: SetId = 0;

/// What the verifier trusts before seeing a proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TrustRoot {
	/// The hash of the chain's genesis block. The first authorities are those of the genesis state; each later set is
	/// named by the one before.
	Genesis(H256),
	/// A set of GRANDPA authorities, from a source outside the proof. It and the sets that it leads to may sign. The
	/// proof's storage proof is not looked at, and no handover before this set. Which chain it is, the proof shows
	/// ([`AuditProof::genesis`]).
	Authorities {
		/// The number of the set.
		set_id: SetId,
		/// Its members and their weights.
		authorities: AuthorityList,
	},
}

/// The storage key under which the chain keeps the GRANDPA authorities: item `Authorities` of
/// pallet `Grandpa`.
pub fn authorities_key() -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(b"Authorities")].concat()
}

/// The set of authorities that is trusted without a signature: its number and its members.
pub(super) fn start(
	proof: &AuditProof,
	trust: &TrustRoot,
) -> Result<(SetId, AuthorityList), ProofError> {
	match trust {
		TrustRoot::Genesis(trusted) => Ok((GENESIS_SET, genesis_authorities(proof, *trusted)?)),
		TrustRoot::Authorities { set_id, authorities } => Ok((*set_id, authorities.clone())),
	}
}

fn genesis_authorities(proof: &AuditProof, trusted: H256) -> Result<AuthorityList, ProofError> {
	let header: Header = decode(&proof.genesis_header, Part::GenesisHeader)?;
	let found = header.hash();
	if found != trusted {
		return Err(ProofError::GenesisHash { trusted, found });
	}

	let nodes = proof.authorities_proof.iter().map(|node| node.0.clone());
	let nodes = StorageProof::new_with_duplicate_nodes_check(nodes)
		.map_err(|_| ProofError::GenesisStorageUnused)?;
	let mut accessed = AccessedNodesTracker::<H256>::new(nodes.len());
	let encoded = read_trie_value::<LayoutV1<BlakeTwo256>, _>(
		&nodes.into_memory_db::<BlakeTwo256>(),
		&header.state_root,
		&authorities_key(),
		Some(&mut accessed),
		None,
	)
	.ok()
	.flatten()
	.ok_or(ProofError::GenesisStorage)?;
	accessed.ensure_no_unused_nodes().map_err(|_| ProofError::GenesisStorageUnused)?;
	decode(&encoded, Part::Authorities)
}
