//! The directory of keys, as other pallets see it.

use crate::{
	did::{KeyEntry, Relationship},
	AccountId, Milliseconds,
};
use alloc::vec::Vec;

/// Whose keys were in force when.
///
/// Each question may read every key of one DID: up to
/// [`MAX_KEYS`](crate::did::MAX_KEYS) items of two kilobytes.
pub trait KeyDirectory {
	/// The key to which data for `who` is to be encrypted at `at`: of the X-Wing keys in force the
	/// one added last; where there is none, of the X25519 keys. Look at its scheme before use: only
	/// X-Wing withstands a quantum computer.
	fn key_agreement(who: &AccountId, at: Milliseconds) -> Option<KeyEntry>;

	/// The keys of `who` that were in force at `at` for `relationship`, in the order they were added.
	fn keys_at(who: &AccountId, relationship: Relationship, at: Milliseconds) -> Vec<KeyEntry>;
}
