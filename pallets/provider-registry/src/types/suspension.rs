//! Why somebody is suspended.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why somebody is suspended. A code, not a story: what happened stays off chain.
///
/// The ledger is public for ever, and says no more than others need to act: that somebody may not
/// practise, and which sort of body to ask. No code tells a ground of fitness to practise. One for
/// health would be a health datum about the practitioner (GDPR article 9); and where only conduct had
/// one of its own, its absence would tell the same.
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
pub enum SuspensionReason {
	/// The licence or registration is in doubt or was restricted.
	Licence,
	/// Fitness to practise is in question, on whatever ground: conduct, performance or anything else.
	FitnessToPractise,
	/// An investigation is open.
	Investigation,
	/// A key was lost, stolen or used by somebody else.
	Security,
	/// A court or an authority ordered it.
	Order,
	/// Something formal: a contract ended, a fee or a document is missing.
	Administrative,
	/// An oracle contradicted the others too often.
	Misbehaviour,
}

/// Whether an issuer or an oracle may act.
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
pub enum RegistrationStatus {
	/// It may act.
	Active,
	/// It may not act, and what it attested does not count.
	Suspended(SuspensionReason),
}

impl RegistrationStatus {
	/// Whether it may act.
	pub const fn is_active(self) -> bool {
		matches!(self, Self::Active)
	}
}
