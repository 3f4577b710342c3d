//! Why somebody is suspended.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why somebody is suspended. A code, not a story: what happened stays off chain.
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
	/// Professional misconduct, found or alleged.
	Misconduct,
	/// Fitness to practise is impaired.
	Impairment,
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
