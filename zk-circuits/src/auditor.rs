//! Identities that only an auditor can read: hashed ElGamal over Jubjub, the curve whose
//! coordinates are elements of the field that circuits compute in.
//!
//! With the auditor's key A = a·G and a scalar r of the sender's:
//!
//! ```text
//! R       = r·G
//! session = H(auditor-session, A, R)
//! pad     = H(auditor-pad, r·A, session, context)
//! masked  = identity + pad
//! digest  = H(ciphertext, session, masked, 0, 0)
//! ```
//!
//! The auditor has a·R = r·A. A circuit proves that the identity is the one of a credential; the
//! digest is what it proves it of, so that points need not be public inputs.

use crate::{domain::Domain4, poseidon::hash4, Fr};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ed_on_bls12_381::{EdwardsAffine, Fr as Scalar};
use ark_ff::{AdditiveGroup, UniformRand, Zero};
use ark_std::rand::{CryptoRng, RngCore};
use core::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// An auditor's key: a point of the subgroup of prime order, and not its neutral element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuditorKey(EdwardsAffine);

/// An auditor's secret. Overwritten when it is dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct AuditorSecret(Scalar);

/// The scalar of one ciphertext. Whoever learns it can read the identity. Overwritten when it is
/// dropped.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub struct Ephemeral(Scalar);

/// An identity for an auditor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ciphertext {
	/// R.
	pub ephemeral: EdwardsAffine,
	/// The identity and the pad.
	pub masked: Fr,
}

/// Why a point is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuditorError {
	/// A point is not on the curve.
	OffCurve,
	/// A point is not in the subgroup of prime order: it would tell parts of secrets.
	OutsideSubgroup,
	/// A point is the neutral element: everybody could read what is encrypted with it.
	Neutral,
}

impl fmt::Display for AuditorError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::OffCurve => "the point is not on Jubjub",
			Self::OutsideSubgroup => "the point is not in the subgroup of prime order",
			Self::Neutral => "the point is the neutral element",
		})
	}
}

impl core::error::Error for AuditorError {}

fn check(point: &EdwardsAffine) -> Result<(), AuditorError> {
	if !point.is_on_curve() {
		return Err(AuditorError::OffCurve);
	}
	if !point.is_in_correct_subgroup_assuming_on_curve() {
		return Err(AuditorError::OutsideSubgroup);
	}
	Ok(())
}

impl AuditorKey {
	/// A key by its point.
	///
	/// # Errors
	///
	/// Each of [`AuditorError`].
	pub fn new(point: EdwardsAffine) -> Result<Self, AuditorError> {
		check(&point)?;
		if point.is_zero() {
			return Err(AuditorError::Neutral);
		}
		Ok(Self(point))
	}

	/// The point.
	pub fn point(&self) -> EdwardsAffine {
		self.0
	}
}

impl Default for AuditorKey {
	/// The generator, whose secret everybody knows: what keys of circuits are made with.
	fn default() -> Self {
		Self(EdwardsAffine::generator())
	}
}

impl AuditorSecret {
	/// A secret, never zero.
	pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
		Self(nonzero(rng))
	}

	/// The key.
	pub fn key(&self) -> AuditorKey {
		AuditorKey((EdwardsAffine::generator() * self.0).into_affine())
	}

	/// The identity in a ciphertext that came with a proof of this context.
	///
	/// The neutral element is taken for what it is. Who chooses it can be read by everybody, and
	/// must not get away from the auditor by it.
	///
	/// # Errors
	///
	/// [`AuditorError::OffCurve`] and [`AuditorError::OutsideSubgroup`], about the ciphertext's point.
	/// No proof comes with such a one.
	pub fn open(&self, ciphertext: &Ciphertext, context: Fr) -> Result<Fr, AuditorError> {
		check(&ciphertext.ephemeral)?;
		let shared = (ciphertext.ephemeral * self.0).into_affine();
		let session = session(self.key(), ciphertext.ephemeral);
		Ok(ciphertext.masked - pad(shared, session, context))
	}
}

impl Ephemeral {
	/// A scalar, never zero.
	pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
		Self(nonzero(rng))
	}

	/// The scalar.
	pub(crate) fn expose(&self) -> Scalar {
		self.0
	}

	/// Encrypts an identity for an auditor, in a context.
	pub fn seal(&self, identity: Fr, key: AuditorKey, context: Fr) -> Ciphertext {
		let ephemeral = (EdwardsAffine::generator() * self.0).into_affine();
		let shared = (key.0 * self.0).into_affine();
		let masked = identity + pad(shared, session(key, ephemeral), context);
		Ciphertext { ephemeral, masked }
	}
}

impl Ciphertext {
	/// What a proof is about, for an auditor.
	pub fn digest(&self, key: AuditorKey) -> Fr {
		let parts = [session(key, self.ephemeral), self.masked, Fr::ZERO, Fr::ZERO];
		hash4(Domain4::Ciphertext, parts)
	}
}

fn nonzero(rng: &mut (impl RngCore + CryptoRng)) -> Scalar {
	loop {
		let scalar = Scalar::rand(rng);
		if !scalar.is_zero() {
			return scalar;
		}
	}
}

pub(crate) fn session(key: AuditorKey, ephemeral: EdwardsAffine) -> Fr {
	let AuditorKey(key) = key;
	hash4(Domain4::AuditorSession, [key.x, key.y, ephemeral.x, ephemeral.y])
}

fn pad(shared: EdwardsAffine, session: Fr, context: Fr) -> Fr {
	hash4(Domain4::AuditorPad, [shared.x, shared.y, session, context])
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_std::rand::{rngs::StdRng, SeedableRng};

	fn setting() -> (AuditorSecret, Ephemeral) {
		let mut rng = StdRng::seed_from_u64(3);
		(AuditorSecret::random(&mut rng), Ephemeral::random(&mut rng))
	}

	#[test]
	fn the_auditor_reads_what_was_sealed() {
		let (auditor, ephemeral) = setting();
		let (identity, context) = (Fr::from(42u64), Fr::from(7u64));
		let ciphertext = ephemeral.seal(identity, auditor.key(), context);
		assert_eq!(auditor.open(&ciphertext, context), Ok(identity));
	}

	#[test]
	fn nobody_else_reads_it_and_not_in_another_context() {
		let (auditor, ephemeral) = setting();
		let other = AuditorSecret::random(&mut StdRng::seed_from_u64(4));
		let ciphertext = ephemeral.seal(Fr::from(42u64), auditor.key(), Fr::from(7u64));
		assert_ne!(other.open(&ciphertext, Fr::from(7u64)), Ok(Fr::from(42u64)));
		assert_ne!(auditor.open(&ciphertext, Fr::from(8u64)), Ok(Fr::from(42u64)));
	}

	#[test]
	fn the_digest_is_of_the_whole_ciphertext_and_the_key() {
		let (auditor, ephemeral) = setting();
		let sealed = ephemeral.seal(Fr::from(42u64), auditor.key(), Fr::ZERO);
		let digest = sealed.digest(auditor.key());
		let masked = sealed.masked + Fr::from(1u64);
		assert_ne!(digest, Ciphertext { masked, ..sealed }.digest(auditor.key()));
		let negative = Ciphertext { ephemeral: -sealed.ephemeral, ..sealed };
		assert_ne!(digest, negative.digest(auditor.key()));
		assert_ne!(digest, sealed.digest(AuditorKey::default()));
	}

	#[test]
	fn a_key_fails_when_it_is_no_point_of_the_subgroup() {
		let off = EdwardsAffine::new_unchecked(Fr::from(1u64), Fr::from(1u64));
		assert_eq!(AuditorKey::new(off), Err(AuditorError::OffCurve));
		assert_eq!(AuditorKey::new(EdwardsAffine::zero()), Err(AuditorError::Neutral));
		// Of order two.
		let small = EdwardsAffine::new_unchecked(Fr::ZERO, -Fr::from(1u64));
		assert_eq!(AuditorKey::new(small), Err(AuditorError::OutsideSubgroup));
		let large = (small + setting().0.key().point()).into_affine();
		assert_eq!(AuditorKey::new(large), Err(AuditorError::OutsideSubgroup));
		assert!(AuditorKey::new(EdwardsAffine::generator()).is_ok());
	}

	#[test]
	fn opening_fails_when_the_point_is_none_of_the_subgroup() {
		let (auditor, _) = setting();
		let small = EdwardsAffine::new_unchecked(Fr::ZERO, -Fr::from(1u64));
		let off = EdwardsAffine::new_unchecked(Fr::from(1u64), Fr::from(1u64));
		for (ephemeral, error) in
			[(small, AuditorError::OutsideSubgroup), (off, AuditorError::OffCurve)]
		{
			let ciphertext = Ciphertext { ephemeral, masked: Fr::ZERO };
			assert_eq!(auditor.open(&ciphertext, Fr::ZERO), Err(error));
		}
	}

	#[test]
	fn nobody_gets_away_by_a_scalar_of_zero() {
		let (auditor, _) = setting();
		let ciphertext = Ephemeral::default().seal(Fr::from(42u64), auditor.key(), Fr::ZERO);
		assert!(ciphertext.ephemeral.is_zero());
		assert_eq!(auditor.open(&ciphertext, Fr::ZERO), Ok(Fr::from(42u64)));
	}
}
