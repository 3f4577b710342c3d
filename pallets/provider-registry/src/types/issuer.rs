//! Trusted issuers.

use super::{CredentialKind, RegistrationStatus};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{AccountId, Milliseconds};
use scale_info::TypeInfo;

/// How many kinds of credentials there are.
pub const CREDENTIAL_KINDS: u32 = 3;

/// The kinds of credentials for which an issuer is trusted, each once. Empty: for none any more.
pub type TrustedKinds = BoundedVec<CredentialKind, ConstU32<CREDENTIAL_KINDS>>;

/// A body whose attestations count: a licensing board, a specialty board. Issuers are public.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Issuer {
	/// The account that attests. Never a practitioner's, so that nobody attests themselves.
	pub account: AccountId,
	/// What it may attest.
	pub kinds: TrustedKinds,
	/// Whether it may act.
	pub status: RegistrationStatus,
	/// BLAKE2-256 of its public description (a FHIR `Organization` document).
	pub profile: [u8; 32],
	/// When it was registered.
	pub registered_at: Milliseconds,
}
