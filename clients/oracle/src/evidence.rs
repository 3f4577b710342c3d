//! What stands on chain for what was seen.
//!
//! The evidence of a report is BLAKE2-256 of the SCALE encoding of
//!
//! ```text
//! ( TAG: [u8; 21]                                        b"hdx/status-evidence/2"
//! , salt: [u8; 32]
//! , Vec<( list URL: Vec<u8>, index: u64, SHA-256 of the list: [u8; 32] )> )
//! ```
//!
//! with the entries in ascending order of that triple. The list is hashed as it was served: the bytes
//! of its token (`vc+jwt`) without blanks around it, so that `sha256sum` of a stored list gives the
//! same. Evidence of a good credential covers all of its entries; of one that is not, the one entry that
//! says so.
//!
//! Each report has a salt of its own, which the log keeps: lists are public and have few places, so that
//! without one anybody could find the place by trying, and with the place whose credential it is.

use codec::Encode;
use hdx_primitives::H256;
use sp_crypto_hashing::{blake2_256, sha2_256};

/// Precedes what is hashed, so that no other hash can be passed off for evidence.
pub const TAG: &[u8; 21] = b"hdx/status-evidence/2";

/// What keeps others from finding a place by trying. Of one report, and kept to open its evidence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

impl Salt {
	/// A random one.
	///
	/// # Errors
	///
	/// Where the system has no randomness.
	pub fn random() -> Result<Self, getrandom::Error> {
		let mut bytes = [0; 32];
		getrandom::fill(&mut bytes)?;
		Ok(Self(bytes))
	}
}

/// One bit that was read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
	/// The URL of the list.
	pub list: String,
	/// Which bit of it.
	pub index: u64,
	/// [`digest`] of the list.
	pub digest: [u8; 32],
}

/// SHA-256 of a list as it was served, without blanks around it.
pub fn digest(token: &str) -> [u8; 32] {
	sha2_256(token.trim().as_bytes())
}

/// The evidence for what these bits say.
pub fn of(salt: &Salt, places: &[Place]) -> H256 {
	let mut places: Vec<_> = places.iter().collect();
	places.sort();
	let places: Vec<_> =
		places.into_iter().map(|one| (one.list.as_bytes(), one.index, one.digest)).collect();
	H256(blake2_256(&(TAG, salt.0, places).encode()))
}
