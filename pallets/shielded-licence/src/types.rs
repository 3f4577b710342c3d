//! What is stored of licences and auditors.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, CredentialId, Milliseconds, PublicInput};
use scale_info::TypeInfo;

/// A licence of which the chain has a hash alone.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct HiddenLicence {
	/// The practitioner whose licence it is. Which of all licences one breaks the glass with is hidden, and not that one has
	/// a licence.
	pub practitioner: AccountId,
	/// The licence, as the provider registry numbers it.
	pub licence: CredentialId,
	/// The hash: the leaf of the tree.
	pub leaf: PublicInput,
	/// When it was entered.
	pub entered_at: Milliseconds,
}

/// Where a licence is in the tree, or was.
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
pub struct LicencePlace {
	/// The place, for ever.
	pub place: u32,
	/// The first moment at which another leaf of it can be entered, whether the last one was removed or not.
	pub renewable_at: Milliseconds,
}

/// The root of the tree from a moment on, until the next one.
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
pub struct KeptRoot {
	/// The root.
	pub root: PublicInput,
	/// The block that made it.
	pub block: u32,
	/// The time of that block.
	pub since: Milliseconds,
}

/// Who reads the identities that are encrypted with a key.
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
pub struct IdentityAuditor {
	/// The key: a point of Jubjub, compressed.
	pub key: [u8; 32],
	/// When governance appointed the auditor.
	pub appointed_at: Milliseconds,
}

/// What is stored cannot be read. It is never taken for nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Damaged;

/// What is stored, or what there is before anything was.
pub(crate) fn intact<V: Default>(
	stored: Option<V>,
	is_stored: impl FnOnce() -> bool,
) -> Result<V, Damaged> {
	match stored {
		Some(value) => Ok(value),
		None if is_stored() => Err(Damaged),
		None => Ok(V::default()),
	}
}
