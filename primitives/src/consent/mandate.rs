//! What somebody may do in a patient's place.

use crate::consent::ConsentContent;
use crate::{Code, ConsentId, RequestId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What guardians or a delegate may do with consents.
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
pub struct Powers {
	/// Grant new ones.
	pub grant: bool,
	/// Amend them.
	pub amend: bool,
	/// Revoke them, and stop their renewal.
	pub revoke: bool,
	/// Approve and deny requests of providers.
	pub answer_requests: bool,
}

impl Powers {
	/// All of them.
	pub const ALL: Self = Self { grant: true, amend: true, revoke: true, answer_requests: true };
}

/// What can be done with consents in a patient's place.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ConsentAction {
	/// Grant a consent.
	Grant(ConsentContent),
	/// Amend a consent.
	Amend {
		/// Which.
		consent: ConsentId,
		/// What it says from then on.
		content: ConsentContent,
	},
	/// Revoke a consent.
	Revoke {
		/// Which.
		consent: ConsentId,
	},
	/// Stop the renewal of a consent.
	StopRenewal {
		/// Of which.
		consent: ConsentId,
	},
	/// Approve a request of a provider, as a whole or in part.
	ApproveRequest {
		/// Which.
		request: RequestId,
		/// What is consented to.
		content: ConsentContent,
	},
	/// Deny a request of a provider.
	DenyRequest {
		/// Which.
		request: RequestId,
		/// Why, as a code of any code system.
		reason: Option<Code>,
	},
}

impl ConsentAction {
	/// Whether these powers allow it.
	pub fn is_allowed_by(&self, powers: &Powers) -> bool {
		match self {
			Self::Grant(_) => powers.grant,
			Self::Amend { .. } => powers.amend,
			Self::Revoke { .. } | Self::StopRenewal { .. } => powers.revoke,
			Self::ApproveRequest { .. } | Self::DenyRequest { .. } => powers.answer_requests,
		}
	}

	/// What it consents to, if it consents to anything.
	pub fn content(&self) -> Option<&ConsentContent> {
		match self {
			Self::Grant(content)
			| Self::Amend { content, .. }
			| Self::ApproveRequest { content, .. } => Some(content),
			Self::Revoke { .. } | Self::StopRenewal { .. } | Self::DenyRequest { .. } => None,
		}
	}
}
