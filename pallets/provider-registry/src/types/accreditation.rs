//! Accreditations of institutions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{Code, Milliseconds, Period};
use scale_info::TypeInfo;

/// Whether an accreditation stands.
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
pub enum AccreditationStatus {
	/// It stands, inside its period.
	InForce,
	/// It does not count for now.
	Suspended,
	/// It was taken back. Only a renewal brings it back.
	Revoked,
}

/// That an institution fulfils a scheme (a hospital standard, ISO 15189 for laboratories, ...).
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
pub struct Accreditation {
	/// Which scheme. An institution has at most one accreditation a scheme.
	pub scheme: Code,
	/// The level reached; higher is more.
	pub level: u8,
	/// When it holds. It starts and ends without a transaction.
	pub valid: Period,
	/// Whether it stands.
	pub status: AccreditationStatus,
	/// When it was given or last renewed.
	pub accredited_at: Milliseconds,
}

impl Accreditation {
	/// Whether it fulfils the requirement at `at`.
	pub fn fulfils(&self, requirement: &Requirement, at: Milliseconds) -> bool {
		self.scheme == requirement.scheme
			&& self.level >= requirement.level
			&& self.status == AccreditationStatus::InForce
			&& self.valid.contains(at)
	}
}

/// Which accreditation institutions of a kind need in order to have standing.
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
pub struct Requirement {
	/// Of which scheme.
	pub scheme: Code,
	/// The least level.
	pub level: u8,
}
