//! From what is trusted to who may vote.

use super::{decode, AuditProof, Header, Part, ProofError};
use finality_grandpa::voter_set::VoterSet;
use sp_consensus_grandpa::{AuthorityId, AuthorityList, SetId};
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
	/// The hash of the chain's genesis block. The authorities are those of the genesis state.
	Genesis(H256),
	/// A set of GRANDPA authorities, from a source outside the proof. The proof's genesis header
	/// and storage proof are not looked at.
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

/// Who may vote, by what is trusted.
pub(super) fn voters(
	proof: &AuditProof,
	trust: &TrustRoot,
) -> Result<VoterSet<AuthorityId>, ProofError> {
	let authorities = match trust {
		TrustRoot::Genesis(trusted) => {
			let authorities = genesis_authorities(proof, *trusted)?;
			if proof.set_id != GENESIS_SET {
				return Err(ProofError::AuthoritySetChanged { set_id: proof.set_id });
			}
			authorities
		},
		TrustRoot::Authorities { set_id, authorities } => {
			if proof.set_id != *set_id {
				return Err(ProofError::AuthoritySetUntrusted {
					claimed: proof.set_id,
					trusted: *set_id,
				});
			}
			authorities.clone()
		},
	};
	VoterSet::new(authorities).ok_or(ProofError::AuthoritySetInvalid)
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
