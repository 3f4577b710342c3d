//! What patients and the chain itself ask about entries of the log: reviews and alerts.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why a patient has an entry reviewed. No standard lists these; they are the grounds on which HIPAA
/// lets individuals complain (45 CFR 164.530(d)) that can be said without words.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReviewReason {
	/// Who acted does not treat the patient.
	NotTreating,
	/// It was done for another purpose than the entry says.
	PurposeDisputed,
	/// It goes beyond what the patient consented to.
	BeyondConsent,
	/// The patient does not know the institution.
	InstitutionUnknown,
	/// There was no emergency.
	EmergencyDisputed,
	/// Something else.
	Other,
}

/// What a review of an entry found.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReviewFinding {
	/// It was right to do it.
	Justified,
	/// It should not have been done, and nobody meant it.
	Error,
	/// It broke the rules.
	Violation,
}

/// What is counted of actors and institutions, and raises an alert when it is too much.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum MonitoredClass {
	/// Refusals.
	Denials,
	/// Emergency overrides (DICOM 110127).
	EmergencyOverrides,
	/// Patients about whom access was asked for, each counted once.
	DistinctPatients,
}
