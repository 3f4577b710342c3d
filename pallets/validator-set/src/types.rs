//! What is stored of a validator, and what is told of it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, InstitutionId, H256};
use scale_info::TypeInfo;
use sp_staking::SessionIndex;

/// A validator in the set, whether it is chosen for a session or not.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Member {
	/// Its account, which sets its session keys.
	pub account: AccountId,
	/// The institution whose machine it is.
	pub institution: InstitutionId,
	/// BLAKE2-256 of the session keys that it had when a session was planned last. `None`: it never had any.
	pub keys: Option<H256>,
	/// The session in which it was seen last that the keys are others than before. `None`: they never were.
	pub keys_changed_in: Option<SessionIndex>,
}

impl Member {
	/// A validator that has no keys yet.
	pub(crate) fn new(account: AccountId, institution: InstitutionId) -> Self {
		Self { account, institution, keys: None, keys_changed_in: None }
	}
}

/// What governance sets about validators.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ValidatorTerms {
	/// How many validators there are at least. With four of them, one may fail and blocks are final all the same. At
	/// least one.
	pub minimum: u32,
	/// For how many sessions a validator keeps its keys after it changed them. Zero: it may change them always.
	pub key_cooldown: SessionIndex,
}

/// A validator, as it is told to who asks.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ValidatorView {
	/// Its account.
	pub account: AccountId,
	/// The institution whose machine it is.
	pub institution: InstitutionId,
	/// Whether that institution is active. If not, it is left out, as long as there are enough others.
	pub is_institution_active: bool,
	/// Whether it has session keys. Without them it is not chosen.
	pub has_keys: bool,
	/// Whether it makes blocks in this session.
	pub is_validating: bool,
	/// The session from which on it may change its keys again. `None`: it may now.
	pub keys_fixed_until: Option<SessionIndex>,
	/// The session in which it did what it was disabled for. `None`: it is not disabled. One that is disabled is left out,
	/// as long as there are enough others.
	pub disabled_for: Option<SessionIndex>,
}
