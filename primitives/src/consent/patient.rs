//! What is known of a patient's account.

use crate::{InstitutionId, Milliseconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is known of a patient's account. Who the person is, is not.
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
pub struct PatientInfo {
	/// The institution that brought the account into existence.
	pub sponsor: InstitutionId,
	/// When it did.
	pub sponsored_at: Milliseconds,
}
