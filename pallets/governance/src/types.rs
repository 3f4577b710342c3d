//! What is stored.

use crate::chambers::PollIndex;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, InstitutionId};
use scale_info::TypeInfo;

/// The seat of an institution.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Seat {
	/// Whose seat it is.
	pub institution: InstitutionId,
	/// The account that votes for it. `None`: nobody does, as it is suspended, closed or not accredited.
	pub voter: Option<AccountId>,
}

/// A referendum that had not ended when somebody looked last.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct OpenPoll {
	/// Its number in its chamber.
	pub poll: PollIndex,
	/// Who proposed it.
	pub proposer: AccountId,
	/// Whether it asks for the emergency origin.
	pub is_emergency: bool,
}
