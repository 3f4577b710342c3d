//! What an account signs outside of a transaction of its own: that it agrees to what somebody else
//! sends.

use crate::{operation_hash, AccountId, InstitutionId, Milliseconds, H256};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::MultiSignature;

/// Precedes what is signed so that a practitioner goes on under another account. Its number is the
/// version of the payload.
pub const ROTATE_ACCOUNT_TAG: [u8; 20] = *b"hdx/rotate-account/2";

/// Precedes what a practitioner signs so that another institution answers for them.
pub const TAKE_OVER_TAG: [u8; 15] = *b"hdx/take-over/1";

/// An account's signature, which says: I agree to this, until then.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Agreement {
	/// The signature on [`rotate_account_agreement`] or [`take_over_agreement`].
	pub signature: MultiSignature,
	/// The first moment at which the signature is no longer accepted.
	pub valid_until: Milliseconds,
}

/// What the new account signs to say that it follows the old one, with `key_agreement` as the
/// BLAKE2-256 hash of its X-Wing public key: the SCALE encoding of ([`ROTATE_ACCOUNT_TAG`], hash of
/// the genesis block, old account, new account, hash of the key, end of validity).
pub fn rotate_account_agreement(
	genesis: &impl Encode,
	from: &AccountId,
	to: &AccountId,
	key_agreement: &[u8; 32],
	valid_until: Milliseconds,
) -> Vec<u8> {
	(ROTATE_ACCOUNT_TAG, genesis, from, to, key_agreement, valid_until).encode()
}

/// The operation that the second key signs where a practitioner goes on under another account: the
/// hash of ([`ROTATE_ACCOUNT_TAG`], old account, new account, hash of the X-Wing public key).
pub fn rotate_account_operation(
	from: &AccountId,
	to: &AccountId,
	key_agreement: &[u8; 32],
) -> H256 {
	operation_hash(&(ROTATE_ACCOUNT_TAG, from, to, key_agreement))
}

/// What a practitioner signs so that `to` answers for them instead of `from`, which closed: the
/// SCALE encoding of ([`TAKE_OVER_TAG`], hash of the genesis block, practitioner, `from`, `to`, end
/// of validity).
pub fn take_over_agreement(
	genesis: &impl Encode,
	practitioner: &AccountId,
	from: InstitutionId,
	to: InstitutionId,
	valid_until: Milliseconds,
) -> Vec<u8> {
	(TAKE_OVER_TAG, genesis, practitioner, from, to, valid_until).encode()
}
