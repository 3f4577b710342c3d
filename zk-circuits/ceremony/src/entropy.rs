//! Where secrets come from.

use crate::record::{Phase, Secret};
use ark_bls12_381::Fr;
use ark_ff::{AdditiveGroup, Field, PrimeField};
use sp_crypto_hashing::blake2_512;
use zeroize::Zeroizing;

const OF_PARTY: &[u8] = b"hdx.ceremony.entropy.v1";
const OF_BEACON: &[u8] = b"hdx.ceremony.beacon.v1";
const OF_SECRET: &[u8] = b"hdx.ceremony.secret.v1";

/// What secrets are derived from. Overwritten when it is dropped.
pub struct Entropy(Zeroizing<[u8; 64]>);

impl Entropy {
	/// Sixty-four bytes of the system's generator, hashed with whatever else the party gives. What it gives can
	/// only add: whoever knows it learns nothing of the secrets.
	///
	/// # Errors
	///
	/// The system gives no random bytes.
	pub fn from_system(text: &[u8]) -> Result<Self, getrandom::Error> {
		let mut random = Zeroizing::new([0u8; 64]);
		getrandom::fill(&mut *random)?;
		Ok(Self::of(OF_PARTY, &[&*random, text]))
	}

	/// What everybody computes of a beacon's seed, at one place of one chain.
	pub(crate) fn of_beacon(phase: Phase, previous: &[u8; 32], seed: &[u8; 32]) -> Self {
		Self::of(OF_BEACON, &[&[phase as u8], previous, seed])
	}

	/// Secrets that a test knows.
	#[cfg(test)]
	pub(crate) fn known(text: &[u8]) -> Self {
		Self::of(OF_PARTY, &[text])
	}

	fn of(domain: &[u8], parts: &[&[u8]]) -> Self {
		let length = parts.iter().fold(domain.len(), |sum, part| sum.saturating_add(part.len()));
		// With its final size from the beginning: a vector that grows leaves copies behind.
		let mut bytes = Zeroizing::new(Vec::<u8>::with_capacity(length));
		bytes.extend_from_slice(domain);
		for part in parts {
			bytes.extend_from_slice(part);
		}
		Self(Zeroizing::new(blake2_512(&bytes)))
	}

	/// A secret, neither zero nor plus or minus one: those would leave everything as it was, or nothing.
	pub(crate) fn secret(&self, secret: Secret) -> Zeroizing<Fr> {
		let mut drawn = (0u8..=u8::MAX).map(|again| {
			let wide = Self::of(OF_SECRET, &[&[secret.label(), again], &*self.0]);
			Zeroizing::new(Fr::from_le_bytes_mod_order(&*wide.0))
		});
		let usable = |drawn: &Zeroizing<Fr>| {
			**drawn != Fr::ZERO && **drawn != Fr::ONE && **drawn != -Fr::ONE
		};
		// That none of 256 is usable has a chance of 2 to the power of minus 65,000.
		drawn.find(usable).unwrap_or_else(|| Zeroizing::new(Fr::from(2u64)))
	}
}
