//! The signature of a second key on one operation.

use crate::{AccessRequest, AccountId, Milliseconds, OverrideReason, H256};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	MultiSignature,
};

/// Precedes what a second key signs, so that no signature of another protocol can be passed off as
/// one. Its number is the version of the payload.
pub const SECOND_FACTOR_TAG: [u8; 19] = *b"hdx/second-factor/1";

/// Precedes the operation of replacing a second key where the old one signs it.
pub const REPLACE_SECOND_KEY_TAG: [u8; 24] = *b"hdx/replace-second-key/1";

/// Precedes the operation of breaking the glass, so that a signature on an ordinary request breaks none.
pub const BREAK_GLASS_TAG: [u8; 17] = *b"hdx/break-glass/1";

/// A second key's signature, which says: this operation, by this account, once, until then.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SecondFactor {
	/// The signature on [`second_factor_payload`].
	pub signature: MultiSignature,
	/// The first moment at which the signature is no longer accepted.
	pub valid_until: Milliseconds,
}

/// What the second key signs: the SCALE encoding of ([`SECOND_FACTOR_TAG`], hash of the genesis
/// block, account, counter, operation, end of validity).
///
/// `counter` is how many signatures of the account's second keys were accepted before. `operation`
/// is [`operation_hash`] of what is done.
pub fn second_factor_payload(
	genesis: &impl Encode,
	account: &AccountId,
	counter: u64,
	operation: H256,
	valid_until: Milliseconds,
) -> Vec<u8> {
	(SECOND_FACTOR_TAG, genesis, account, counter, operation, valid_until).encode()
}

/// The BLAKE2-256 hash of an encoded operation.
pub fn operation_hash(operation: &impl Encode) -> H256 {
	operation.using_encoded(BlakeTwo256::hash)
}

/// The operation that the old second key signs: the hash of ([`REPLACE_SECOND_KEY_TAG`], new key).
pub fn replace_second_key_operation(key: &impl Encode) -> H256 {
	operation_hash(&(REPLACE_SECOND_KEY_TAG, key))
}

/// The operation that the second key signs where somebody breaks the glass: the hash of
/// ([`BREAK_GLASS_TAG`], request, reason).
pub fn break_glass_operation(request: &AccessRequest, reason: OverrideReason) -> H256 {
	operation_hash(&(BREAK_GLASS_TAG, request, reason))
}
