//! Where keys and proofs get their randomness from.

use crate::error::Error;
use ark_std::rand::{rngs::StdRng, SeedableRng};
use std::io;
use zeroize::Zeroizing;

/// A cryptographic generator that begins with what the system's generator gives.
pub fn generator() -> Result<StdRng, Error> {
	let mut seed = Zeroizing::new([0u8; 32]);
	getrandom::fill(&mut *seed)
		.map_err(|error| Error::System(io::Error::other(error.to_string())))?;
	Ok(StdRng::from_seed(*seed))
}
