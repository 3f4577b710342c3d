//! Who had which session keys, now and in earlier sessions.

use crate::{Config, KeysInForce, Pallet};
use core::marker::PhantomData;
use frame_support::traits::{Get, KeyOwnerProofSystem};
use hdx_primitives::AccountId;
use pallet_session::{
	historical::{Pallet as Historical, StoredRange},
	CurrentIndex, QueuedKeys,
};
use sp_runtime::{
	traits::{Convert, OpaqueKeys},
	KeyTypeId,
};
use sp_session::MembershipProof;
use sp_staking::SessionIndex;

/// Most nodes of a trie that a proof has. Of a hundred validators it has about ten; whoever chose keys that begin alike
/// would add one for each four bits.
const MAX_NODES: usize = 64;
/// Most bytes that these have together. A node has some 540 at most.
const MAX_NODES_BYTES: usize = 16 * 1024;

/// Nothing more is known of a validator than its account. A runtime gives it to `pallet_session::historical` as
/// `FullIdentificationOf`.
pub struct AccountAlone;

impl Convert<AccountId, Option<()>> for AccountAlone {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// Whose a session key is: in this session by the keys that are in force, in earlier ones by what
/// `pallet_session::historical` noted of them. A runtime gives it to whatever reports offences.
///
/// `pallet_session::historical` alone takes the keys that are set for now. Whoever set others shortly before would sign
/// twice with the old ones, which are in force for up to two sessions more, and nobody could show whose they are.
pub struct OwnersOfKeys<T>(PhantomData<T>);

impl<T: Config, D: AsRef<[u8]>> KeyOwnerProofSystem<(KeyTypeId, D)> for OwnersOfKeys<T> {
	type Proof = MembershipProof;
	type IdentificationTuple = (AccountId, ());

	/// A proof for this session. Where a validator has set other keys since this session was planned, it holds in this
	/// session alone.
	fn prove(key: (KeyTypeId, D)) -> Option<Self::Proof> {
		<Historical<T> as KeyOwnerProofSystem<(KeyTypeId, D)>>::prove(key)
	}

	fn check_proof((id, key): (KeyTypeId, D), proof: Self::Proof) -> Option<(AccountId, ())> {
		// Before anything else: what the keys in force show needs no nodes, and a block's author pays for none of the
		// bytes in its own report.
		if !is_small(&proof) {
			return None;
		}
		let in_force = KeysInForce::<T>::get();
		// Empty: this session began before the runtime that notes them.
		if proof.session != CurrentIndex::<T>::get() || in_force.is_empty() {
			return <Historical<T> as KeyOwnerProofSystem<(KeyTypeId, D)>>::check_proof(
				(id, key),
				proof,
			);
		}
		if usize::try_from(proof.validator_count).ok()? != in_force.len() {
			return None;
		}
		let is_owner = |keys: &T::Keys| keys.get_raw(id) == key.as_ref();
		in_force.into_iter().find(|(_, keys)| is_owner(keys)).map(|(account, _)| (account, ()))
	}
}

/// Whether a proof is no larger than one may have to be.
fn is_small(proof: &MembershipProof) -> bool {
	let bytes = proof.trie_nodes.iter().fold(0_usize, |sum, node| sum.saturating_add(node.len()));
	proof.trie_nodes.len() <= MAX_NODES && bytes <= MAX_NODES_BYTES
}

impl<T: Config> Pallet<T> {
	/// Keeps what the session that begins was planned with, before the next one is planned.
	pub(crate) fn keep_keys_in_force() {
		KeysInForce::<T>::put(QueuedKeys::<T>::get());
	}

	/// Forgets who had which keys in sessions that are too long ago for a report in this one.
	pub(crate) fn forget_early_sessions(session: SessionIndex) {
		let oldest = session.saturating_sub(T::HistoryDepth::get());
		if StoredRange::<T>::get().is_some_and(|(first, _)| first < oldest) {
			Historical::<T>::prune_up_to(oldest);
		}
	}
}
