//! The terms of a consent: how often, until erased when, renewed how.

use crate::{Commitment, Milliseconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What holds of a consent beside what it permits.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ConsentTerms {
	/// How many disclosures may be made under it (ABDM `permission.frequency`). `None`: any number.
	pub frequency: Option<FrequencyLimit>,
	/// By when recipients must have erased what they were given (ABDM `permission.dataEraseAt`).
	/// The consent does not apply from then on, whatever its period and renewal say.
	pub erase_by: Option<Milliseconds>,
	/// Whether, and how, it goes on when its period ends. `None`: it does not.
	pub renewal: Option<Renewal>,
}

/// At most so many disclosures in each window of time. The windows follow each other without gaps,
/// counted from the moment at which the version of the consent was given.
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
pub struct FrequencyLimit {
	/// Most disclosures in one window.
	pub accesses: u32,
	/// How long a window is.
	pub per: Milliseconds,
}

/// How a consent goes on when its period ends, unless the patient stops it.
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
pub struct Renewal {
	/// By how much each renewal moves the end of the period.
	pub extends_by: Milliseconds,
	/// How often it is renewed at most.
	pub times: u32,
	/// How long before each end a notice is given, so that the patient can stop it. Shorter than
	/// `extends_by`.
	pub notice: Milliseconds,
}

/// The disclosures that were made in the current window of a [`FrequencyLimit`].
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
pub struct UsageWindow {
	/// The version of the consent that they count for.
	pub version: u32,
	/// Which window, counted from zero at the moment the version was given.
	pub window: u64,
	/// How many disclosures were made in it.
	pub used: u32,
}

/// An institution's word that it erased what it was given.
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
pub struct ErasureConfirmation {
	/// Salted hash of the record of the erasure.
	pub commitment: Commitment,
	/// When it was confirmed.
	pub confirmed_at: Milliseconds,
}

impl FrequencyLimit {
	/// Whether this allows no more than the other in any stretch of time: no more disclosures in
	/// a window that is no shorter.
	pub fn is_as_strict(&self, other: &Self) -> bool {
		self.accesses <= other.accesses && self.per >= other.per
	}
}

impl Renewal {
	/// Whether this extends no further than the other, no more often, and with no less notice.
	pub fn is_as_strict(&self, other: &Self) -> bool {
		self.extends_by <= other.extends_by
			&& self.times <= other.times
			&& self.notice >= other.notice
	}
}
