//! Why something is kept although its erasure was asked for.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The exemptions of GDPR article 17(3) that a health record can fall under.
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
pub enum ErasureExemption {
	/// The law has the custodian keep it (letter b): the retention of medical records, for one.
	LegalObligation,
	/// Public health (letter c).
	PublicHealth,
	/// Archiving, research or statistics, which it would impair seriously (letter d).
	Research,
	/// Legal claims (letter e).
	LegalClaims,
}
