//! Codes from any code system, in the fixed size that a chain can store.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A FHIR `Coding`, as the 128-bit BLAKE2b of `system|code`.
///
/// The hash keeps storage bounded and lets any code system be used. It hides nothing: code systems
/// are public lists, so anyone can recompute it.
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
pub struct Code(pub [u8; 16]);

impl Code {
	/// The code of a token as FHIR search writes it: `system|code`.
	pub fn of_token(token: &str) -> Self {
		Self(sp_crypto_hashing::blake2_128(token.as_bytes()))
	}
}
