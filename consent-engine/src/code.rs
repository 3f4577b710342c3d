//! Codes from any code system, in the fixed size that a chain can store.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{
	cmp::Ordering,
	hash::{Hash, Hasher},
};
use scale_info::TypeInfo;

/// A FHIR `Coding`, as the 128-bit BLAKE2b of `system|code`.
///
/// The hash keeps storage bounded and lets any code system be used. It hides nothing: code systems
/// are public lists, so anyone can recompute it.
#[derive(
	Clone, Copy, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Code(pub [u8; 16]);

impl Code {
	/// The code of a token as FHIR search writes it: `system|code`.
	pub fn of_token(token: &str) -> Self {
		Self(sp_crypto_hashing::blake2_128(token.as_bytes()))
	}
}

// Compared as numbers: arrays of bytes are compared byte by byte in WebAssembly, and decisions
// compare codes more than anything else.
impl PartialEq for Code {
	fn eq(&self, other: &Self) -> bool {
		u128::from_ne_bytes(self.0) == u128::from_ne_bytes(other.0)
	}
}

impl PartialOrd for Code {
	fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
		Some(self.cmp(other))
	}
}

impl Ord for Code {
	/// In the order of the bytes.
	fn cmp(&self, other: &Self) -> Ordering {
		u128::from_be_bytes(self.0).cmp(&u128::from_be_bytes(other.0))
	}
}

impl Hash for Code {
	fn hash<H: Hasher>(&self, state: &mut H) {
		self.0.hash(state);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	proptest! {
		#[test]
		fn codes_compare_as_their_bytes_do(one: [u8; 16], other: [u8; 16]) {
			prop_assert_eq!(Code(one).cmp(&Code(other)), one.cmp(&other));
			prop_assert_eq!(Code(one) == Code(other), one == other);
			prop_assert!(Code(one) == Code(one));
		}
	}
}
