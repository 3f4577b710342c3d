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

use crate::{domain::Domain4, poseidon::hash4, Context, Fr};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ed_on_bls12_381::{EdwardsAffine, Fr as Scalar};
use ark_ff::{AdditiveGroup, UniformRand, Zero};
use ark_serialize::{
	CanonicalDeserialize, CanonicalSerialize, Compress, SerializationError, Validate,
};
use ark_std::rand::{CryptoRng, RngCore};
use core::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// An auditor's key: a point of the subgroup of prime order, and not its neutral element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuditorKey(EdwardsAffine);

/// An auditor's secret. Overwritten when it is dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct AuditorSecret(Scalar);

/// The scalar of one ciphertext. Whoever learns it can read the identity, and two ciphertexts of one
/// scalar are seen to be of one sender. So nobody outside of this crate chooses it. Overwritten when
/// it is dropped.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Ephemeral(Scalar);

/// An identity for an auditor.
///
/// As 64 bytes: R compressed, which is its y with the sign of x in the highest bit, and what is
/// masked; each a number whose lowest byte comes first.
///
/// The default is none that anybody reads: keys of circuits are made with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ciphertext {
	/// R.
	pub(crate) ephemeral: EdwardsAffine,
	/// The identity and the pad.
	pub(crate) masked: Fr,
}

/// Bytes of a ciphertext.
pub const CIPHERTEXT_BYTES: usize = 64;

/// Bytes of an auditor's key: its point compressed, which is its y with the sign of x in the highest bit.
pub const AUDITOR_KEY_BYTES: usize = 32;

/// Why a point is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuditorError {
	/// A point is not on the curve.
	OffCurve,
	/// A point is not in the subgroup of prime order: it would tell parts of secrets.
	OutsideSubgroup,
	/// A point is the neutral element: everybody could read what is encrypted with it.
	Neutral,
	/// Bytes are not the one encoding of a ciphertext, or of a key.
	Malformed,
	/// A key is the generator of the curve: everybody knows its secret, which is one.
	Generator,
}

impl fmt::Display for AuditorError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::OffCurve => "the point is not on Jubjub",
			Self::OutsideSubgroup => "the point is not in the subgroup of prime order",
			Self::Neutral => "the point is the neutral element",
			Self::Malformed => "the bytes are not the one encoding of a ciphertext or a key",
			Self::Generator => "the key is the generator, whose secret everybody knows",
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

	/// The key of these bytes, as a chain takes it from whoever appoints an auditor. It cannot be told whether anybody knows
	/// its secret.
	///
	/// # Errors
	///
	/// [`AuditorError::Malformed`], [`AuditorError::OutsideSubgroup`], [`AuditorError::Neutral`], and
	/// [`AuditorError::Generator`], with which keys of circuits are made.
	pub fn from_bytes(bytes: &[u8; AUDITOR_KEY_BYTES]) -> Result<Self, AuditorError> {
		let (compressed, later) = (Compress::Yes, Validate::No);
		let point = EdwardsAffine::deserialize_with_mode(bytes.as_slice(), compressed, later)
			.map_err(|_| AuditorError::Malformed)?;
		let key = Self::new(point)?;
		// Some points can be written in two ways, of which one is that in which we write them.
		if key.to_bytes() != *bytes {
			return Err(AuditorError::Malformed);
		}
		if key == Self::default() {
			return Err(AuditorError::Generator);
		}
		Ok(key)
	}

	/// The bytes.
	pub fn to_bytes(&self) -> [u8; AUDITOR_KEY_BYTES] {
		let mut bytes = [0; AUDITOR_KEY_BYTES];
		// Writing into an array that has the room does not fail.
		let _ = self.0.serialize_compressed(bytes.as_mut_slice());
		bytes
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

	/// The secret of these bytes, the lowest first.
	///
	/// # Errors
	///
	/// [`AuditorError::Malformed`], and [`AuditorError::Neutral`] of zero.
	pub fn from_bytes(bytes: &[u8; AUDITOR_KEY_BYTES]) -> Result<Self, AuditorError> {
		let secret = Scalar::deserialize_compressed(bytes.as_slice())
			.map_err(|_| AuditorError::Malformed)?;
		if secret.is_zero() {
			return Err(AuditorError::Neutral);
		}
		Ok(Self(secret))
	}

	/// The bytes, which nobody else may see.
	pub fn expose(&self) -> Zeroizing<[u8; AUDITOR_KEY_BYTES]> {
		let mut bytes = Zeroizing::new([0; AUDITOR_KEY_BYTES]);
		// Writing into an array that has the room does not fail.
		let _ = self.0.serialize_compressed(bytes.as_mut_slice());
		bytes
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
	pub fn open(&self, ciphertext: &Ciphertext, context: Context) -> Result<Fr, AuditorError> {
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

	/// The scalar itself.
	pub fn expose(&self) -> Scalar {
		self.0
	}

	/// Encrypts an identity for an auditor, in a context.
	pub fn seal(&self, identity: Fr, key: AuditorKey, context: Context) -> Ciphertext {
		let ephemeral = (EdwardsAffine::generator() * self.0).into_affine();
		let shared = (key.0 * self.0).into_affine();
		let masked = identity + pad(shared, session(key, ephemeral), context);
		Ciphertext { ephemeral, masked }
	}
}

impl Ciphertext {
	/// The ciphertext of these bytes, as a verifier takes it.
	///
	/// # Errors
	///
	/// [`AuditorError::Malformed`], [`AuditorError::OutsideSubgroup`], and [`AuditorError::Neutral`]:
	/// whoever sends the neutral element tells everybody who they are, and surely did not mean to.
	pub fn from_bytes(bytes: &[u8; CIPHERTEXT_BYTES]) -> Result<Self, AuditorError> {
		let ciphertext = Self::read(bytes).map_err(|_| AuditorError::Malformed)?;
		// Some points can be written in two ways, of which one is that in which we write them.
		if ciphertext.to_bytes() != *bytes {
			return Err(AuditorError::Malformed);
		}
		check(&ciphertext.ephemeral)?;
		if ciphertext.ephemeral.is_zero() {
			return Err(AuditorError::Neutral);
		}
		Ok(ciphertext)
	}

	fn read(mut bytes: &[u8]) -> Result<Self, SerializationError> {
		let (compressed, later) = (Compress::Yes, Validate::No);
		let ephemeral = EdwardsAffine::deserialize_with_mode(&mut bytes, compressed, later)?;
		let masked = Fr::deserialize_compressed(&mut bytes)?;
		Ok(Self { ephemeral, masked })
	}

	/// The bytes.
	pub fn to_bytes(&self) -> [u8; CIPHERTEXT_BYTES] {
		let mut bytes = [0; CIPHERTEXT_BYTES];
		let (point, masked) = bytes.split_at_mut(CIPHERTEXT_BYTES / 2);
		// Writing into an array that has the room does not fail.
		let _ = self.ephemeral.serialize_compressed(point);
		let _ = self.masked.serialize_compressed(masked);
		bytes
	}

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

fn pad(shared: EdwardsAffine, session: Fr, context: Context) -> Fr {
	hash4(Domain4::AuditorPad, [shared.x, shared.y, session, context.element()])
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Binding;
	use ark_ff::{BigInteger, Field, PrimeField};
	use ark_std::rand::{rngs::StdRng, SeedableRng};

	fn context(request: u8) -> Context {
		let request = [request; 32];
		Context::new(&Binding {
			genesis: [1; 32],
			circuit: 6,
			version: 1,
			signer: [2; 32],
			request,
		})
	}

	fn setting() -> (AuditorSecret, Ephemeral) {
		let mut rng = StdRng::seed_from_u64(3);
		(AuditorSecret::random(&mut rng), Ephemeral::random(&mut rng))
	}

	#[test]
	fn the_auditor_reads_what_was_sealed() {
		let (auditor, ephemeral) = setting();
		let (identity, context) = (Fr::from(42u64), context(7));
		let ciphertext = ephemeral.seal(identity, auditor.key(), context);
		assert_eq!(auditor.open(&ciphertext, context), Ok(identity));
	}

	#[test]
	fn nobody_else_reads_it_and_not_in_another_context() {
		let (auditor, ephemeral) = setting();
		let other = AuditorSecret::random(&mut StdRng::seed_from_u64(4));
		let ciphertext = ephemeral.seal(Fr::from(42u64), auditor.key(), context(7));
		assert_ne!(other.open(&ciphertext, context(7)), Ok(Fr::from(42u64)));
		assert_ne!(auditor.open(&ciphertext, context(8)), Ok(Fr::from(42u64)));
	}

	#[test]
	fn the_digest_is_of_the_whole_ciphertext_and_the_key() {
		let (auditor, ephemeral) = setting();
		let sealed = ephemeral.seal(Fr::from(42u64), auditor.key(), context(7));
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
	fn a_secret_is_read_as_it_was_written_and_never_zero() {
		let secret = setting().0;
		let read = AuditorSecret::from_bytes(&secret.expose()).unwrap();
		assert_eq!(read.key(), secret.key());
		let refused = |bytes| AuditorSecret::from_bytes(&bytes).err();
		assert_eq!(refused([0; 32]), Some(AuditorError::Neutral));
		assert_eq!(refused([0xff; 32]), Some(AuditorError::Malformed));
	}

	#[test]
	fn a_key_is_read_as_it_was_written() {
		let key = setting().0.key();
		assert_eq!(AuditorKey::from_bytes(&key.to_bytes()), Ok(key));
	}

	#[test]
	fn the_bytes_of_a_key_fail_when_anybody_could_read_what_is_encrypted_with_it() {
		let bytes = |point: EdwardsAffine| AuditorKey(point).to_bytes();
		let read = |point| AuditorKey::from_bytes(&bytes(point));
		assert_eq!(read(EdwardsAffine::zero()), Err(AuditorError::Neutral));
		assert_eq!(read(EdwardsAffine::generator()), Err(AuditorError::Generator));
		let small = EdwardsAffine::new_unchecked(Fr::ZERO, -Fr::ONE);
		let large = (small + setting().0.key().point()).into_affine();
		assert_eq!(read(large), Err(AuditorError::OutsideSubgroup));
	}

	#[test]
	fn the_bytes_of_a_key_fail_when_they_are_not_the_only_ones() {
		let modulus = Fr::MODULUS.to_bytes_le();
		let mut large = [0; AUDITOR_KEY_BYTES];
		large.copy_from_slice(&modulus);
		for bytes in [large, [0xff; AUDITOR_KEY_BYTES]] {
			assert_eq!(AuditorKey::from_bytes(&bytes), Err(AuditorError::Malformed));
		}
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
			assert_eq!(auditor.open(&ciphertext, context(7)), Err(error));
		}
	}

	fn sealed() -> Ciphertext {
		let (auditor, ephemeral) = setting();
		ephemeral.seal(Fr::from(42u64), auditor.key(), context(7))
	}

	fn read(ephemeral: EdwardsAffine) -> Result<Ciphertext, AuditorError> {
		Ciphertext::from_bytes(&Ciphertext { ephemeral, ..sealed() }.to_bytes())
	}

	#[test]
	fn a_ciphertext_is_read_as_it_was_written() {
		let bytes = sealed().to_bytes();
		assert_eq!(Ciphertext::from_bytes(&bytes), Ok(sealed()));
		let y = sealed().ephemeral.y.into_bigint().to_bytes_le();
		assert_eq!((&bytes[..31], bytes[31] & 0x7f), (&y[..31], y[31]));
		assert_eq!(bytes[32..], sealed().masked.into_bigint().to_bytes_le());
	}

	#[test]
	fn a_ciphertext_fails_when_its_point_is_the_neutral_element() {
		assert_eq!(read(EdwardsAffine::zero()), Err(AuditorError::Neutral));
	}

	#[test]
	fn a_ciphertext_fails_when_its_point_is_outside_of_the_subgroup() {
		let small = EdwardsAffine::new_unchecked(Fr::ZERO, -Fr::ONE);
		let large = (small + sealed().ephemeral).into_affine();
		assert_eq!(read(small), Err(AuditorError::OutsideSubgroup));
		assert_eq!(read(large), Err(AuditorError::OutsideSubgroup));
	}

	#[test]
	fn a_ciphertext_fails_when_its_bytes_are_not_the_only_ones() {
		// The neutral element with a sign, though its x is zero.
		let neutral = Ciphertext { ephemeral: EdwardsAffine::zero(), ..sealed() };
		let mut signed = neutral.to_bytes();
		signed[31] |= 0x80;
		// Numbers that are not below the modulus.
		let modulus = Fr::MODULUS.to_bytes_le();
		let (mut y, mut masked) = (sealed().to_bytes(), sealed().to_bytes());
		y[..32].copy_from_slice(&modulus);
		masked[32..].copy_from_slice(&modulus);
		for bytes in [signed, y, masked, [0xff; CIPHERTEXT_BYTES]] {
			assert_eq!(Ciphertext::from_bytes(&bytes), Err(AuditorError::Malformed));
		}
	}

	#[test]
	fn nobody_gets_away_by_a_scalar_of_zero() {
		let (auditor, _) = setting();
		let ciphertext = Ephemeral::default().seal(Fr::from(42u64), auditor.key(), context(7));
		assert!(ciphertext.ephemeral.is_zero());
		assert_eq!(auditor.open(&ciphertext, context(7)), Ok(Fr::from(42u64)));
	}
}
