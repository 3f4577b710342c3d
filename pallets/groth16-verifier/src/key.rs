//! Verifying keys: what is registered, and what of it is stored to verify with.

use crate::{
	curve::Curve,
	point::{decode, decode_checked_before, encode, PointFault, G1_BYTES, G2_BYTES, GT_BYTES},
	types::{KeyOrigin, PreparedKey, MAX_INPUT_POINTS},
};
use alloc::vec::Vec;
use ark_bls12_381::Fq12;
use ark_ec::{pairing::Pairing, short_weierstrass::Affine, AffineRepr};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use hdx_primitives::{ProofRefusal, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What keys of one party's randomness begin with.
const DEVELOPMENT: &[u8; 16] = b"hdx-DEVELOPMENT\0";
/// What keys of a ceremony begin with.
const CEREMONY: &[u8; 16] = b"hdx-ceremony-v1\0";

/// Why bytes are no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum KeyFault {
	/// There are not as many bytes as any key has.
	WrongLength,
	/// They do not begin with where the key comes from.
	OriginUnknown,
	/// A point is none, or one that must not be there.
	Point(PointFault),
	/// Delta is gamma or its negative.
	DeltaIsGamma,
	/// Delta is the generator or its negative.
	DeltaIsGenerator,
}

impl From<PointFault> for KeyFault {
	fn from(fault: PointFault) -> Self {
		Self::Point(fault)
	}
}

/// A key of which all points are what they must be.
///
/// Encoded: the origin's label (16 bytes), the digest of the circuit's relation (32), alpha, beta, gamma, delta, and
/// a point for one and for each public input, all uncompressed.
pub(crate) struct VerifyingKey<C: Curve> {
	pub(crate) origin: KeyOrigin,
	pub(crate) relation: H256,
	alpha: Affine<C::G1>,
	beta: Affine<C::G2>,
	gamma: Affine<C::G2>,
	delta: Affine<C::G2>,
	inputs: Vec<Affine<C::G1>>,
}

/// Takes so many bytes from the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], KeyFault> {
	let (bytes, after) = rest.split_first_chunk::<N>().ok_or(KeyFault::WrongLength)?;
	*rest = after;
	Ok(*bytes)
}

impl<C: Curve> VerifyingKey<C> {
	/// The key of these bytes. The cheap checks come first.
	pub(crate) fn from_bytes(mut bytes: &[u8]) -> Result<Self, KeyFault> {
		let rest = &mut bytes;
		let origin = match &take::<16>(rest)? {
			DEVELOPMENT => KeyOrigin::Development,
			CEREMONY => KeyOrigin::Ceremony,
			_ => return Err(KeyFault::OriginUnknown),
		};
		let relation = H256(take(rest)?);
		let alpha = take::<G1_BYTES>(rest)?;
		let [beta, gamma, delta] = [take::<G2_BYTES>(rest)?, take(rest)?, take(rest)?];
		let (inputs, []) = rest.as_chunks::<G1_BYTES>() else {
			return Err(KeyFault::WrongLength);
		};
		// One for the constant, and one for each input.
		if inputs.is_empty() || inputs.len() > MAX_INPUT_POINTS as usize {
			return Err(KeyFault::WrongLength);
		}
		let key = Self {
			origin,
			relation,
			alpha: decode(&alpha)?,
			beta: decode(&beta)?,
			gamma: decode(&gamma)?,
			delta: decode(&delta)?,
			inputs: inputs.iter().map(decode).collect::<Result<_, _>>()?,
		};
		// Then the two pairings take each other's place: anybody can prove anything.
		if key.delta == key.gamma || key.delta == -key.gamma {
			return Err(KeyFault::DeltaIsGamma);
		}
		// Then nobody contributed to the second phase of the ceremony.
		let generator = Affine::<C::G2>::generator();
		if key.delta == generator || key.delta == -generator {
			return Err(KeyFault::DeltaIsGenerator);
		}
		Ok(key)
	}

	/// What is stored to verify with. `digest` is that of the key's bytes.
	pub(crate) fn prepare(&self, digest: H256) -> PreparedKey {
		let mut alpha_beta = [0; GT_BYTES];
		let product = C::Pairing::pairing(self.alpha, self.beta).0;
		// It fits. Were it not to, nothing verifies under a product of zero.
		if product.serialize_uncompressed(alpha_beta.as_mut_slice()).is_err() {
			alpha_beta = [0; GT_BYTES];
		}
		PreparedKey {
			digest,
			alpha: encode(&self.alpha),
			beta: encode(&self.beta),
			alpha_beta,
			minus_gamma: encode(&-self.gamma),
			minus_delta: encode(&-self.delta),
			inputs: frame_support::BoundedVec::truncate_from(
				self.inputs.iter().map(encode).collect(),
			),
		}
	}
}

/// BLAKE2-256 of the bytes of a key.
pub(crate) fn digest(bytes: &[u8]) -> H256 {
	BlakeTwo256::hash(bytes)
}

/// A stored key, read. Its points were checked when it was registered, and nobody but the registry writes it.
pub(crate) struct LoadedKey<C: Curve> {
	pub(crate) alpha: Affine<C::G1>,
	pub(crate) beta: Affine<C::G2>,
	pub(crate) alpha_beta: Fq12,
	pub(crate) minus_gamma: Affine<C::G2>,
	pub(crate) minus_delta: Affine<C::G2>,
	pub(crate) inputs: Vec<Affine<C::G1>>,
}

impl<C: Curve> LoadedKey<C> {
	/// Reads a stored key.
	pub(crate) fn new(key: &PreparedKey) -> Result<Self, ProofRefusal> {
		Self::read(key).ok_or(ProofRefusal::KeyDamaged)
	}

	fn read(key: &PreparedKey) -> Option<Self> {
		Some(Self {
			alpha: decode_checked_before(&key.alpha)?,
			beta: decode_checked_before(&key.beta)?,
			alpha_beta: Fq12::deserialize_uncompressed_unchecked(key.alpha_beta.as_slice()).ok()?,
			minus_gamma: decode_checked_before(&key.minus_gamma)?,
			minus_delta: decode_checked_before(&key.minus_delta)?,
			inputs: key.inputs.iter().map(decode_checked_before).collect::<Option<_>>()?,
		})
	}
}
