//! The algorithms that are accepted. There is no other, and no `none`.

use super::scheme::{Ed25519, MlDsa65, Scheme};
use std::{fmt, str::FromStr};

/// A signature algorithm. A key belongs to one and is never used with another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Algorithm {
	/// Ed25519, `EdDSA` in JOSE (RFC 8037 section 3.1): 32-byte keys, 64-byte signatures.
	EdDsa,
	/// ML-DSA-65 of FIPS 204, `ML-DSA-65` in JOSE (RFC 9964 section 3): 1,952-byte keys,
	/// 3,309-byte signatures. Stays sound when elliptic curves no longer do.
	MlDsa65,
}

impl Algorithm {
	/// All of them.
	pub const ALL: [Self; 2] = [Self::EdDsa, Self::MlDsa65];

	/// The value of the header parameter `alg`.
	pub fn name(self) -> &'static str {
		match self {
			Self::EdDsa => "EdDSA",
			Self::MlDsa65 => "ML-DSA-65",
		}
	}

	pub(super) fn scheme(self) -> &'static dyn Scheme {
		match self {
			Self::EdDsa => &Ed25519,
			Self::MlDsa65 => &MlDsa65,
		}
	}
}

impl fmt::Display for Algorithm {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.name())
	}
}

impl FromStr for Algorithm {
	type Err = ();

	/// Reads a header's `alg`, which is compared as it is written (RFC 7515 section 4.1.1).
	fn from_str(text: &str) -> Result<Self, ()> {
		Self::ALL.into_iter().find(|one| one.name() == text).ok_or(())
	}
}
