//! What stands on chain for what was seen.
//!
//! The evidence of a report is BLAKE2-256 of the SCALE encoding of
//!
//! ```text
//! ( TAG: [u8; 21]                                        b"hdx/status-evidence/1"
//! , Vec<( list URL: Vec<u8>, index: u64, SHA-256 of the list: [u8; 32] )> )
//! ```
//!
//! with the entries in ascending order of that triple. The list is hashed as it was served: the bytes
//! of its token (`vc+jwt`) without blanks around it, so that `sha256sum` of a stored list gives the
//! same. Evidence of a good credential covers all of its entries; of one that is not, the one entry that
//! says so. Two oracles that saw the same bytes give the same evidence.

use codec::Encode;
use hdx_primitives::H256;
use sp_crypto_hashing::{blake2_256, sha2_256};

/// Precedes what is hashed, so that no other hash can be passed off for evidence.
pub const TAG: &[u8; 21] = b"hdx/status-evidence/1";

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
pub fn of(places: &[Place]) -> H256 {
	let mut places: Vec<_> = places.iter().collect();
	places.sort();
	let places: Vec<_> =
		places.into_iter().map(|one| (one.list.as_bytes(), one.index, one.digest)).collect();
	H256(blake2_256(&(TAG, places).encode()))
}
