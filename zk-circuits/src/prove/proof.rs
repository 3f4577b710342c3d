//! Proofs: three points in 384 bytes.

use super::point::{decode, encode, PointError, G1_BYTES, G2_BYTES};
use ark_bls12_381::{g1, g2, Bls12_381, G1Affine, G2Affine};
use core::fmt;

/// Bytes of a proof.
pub const PROOF_BYTES: usize = G1_BYTES + G2_BYTES + G1_BYTES;

/// A proof whose points are what they must be: on their curves, in the right subgroups, and none at
/// infinity. Whether it proves anything is for a [`Verifier`](super::Verifier) to say.
///
/// A proof can be changed into another one of the same statement by anybody. So proofs are no
/// identifiers: a nullifier is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
	pub(super) a: G1Affine,
	pub(super) b: G2Affine,
	pub(super) c: G1Affine,
}

/// A point of a proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProofPart {
	/// The first, in G1.
	A,
	/// The second, in G2.
	B,
	/// The third, in G1.
	C,
}

/// Why bytes are no proof: which point, and what is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProofError {
	/// Which.
	pub part: ProofPart,
	/// What.
	pub error: PointError,
}

impl fmt::Display for ProofError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "point {:?} of the proof {}", self.part, self.error)
	}
}

impl core::error::Error for ProofError {}

impl Proof {
	/// The proof of these bytes: A, B and C, uncompressed, in the encoding that the IETF's draft on
	/// BLS signatures (appendix A) and Zcash have for the curve.
	///
	/// # Errors
	///
	/// [`ProofError`] with each of [`PointError`].
	pub fn from_bytes(bytes: &[u8; PROOF_BYTES]) -> Result<Self, ProofError> {
		let in_part = |part| move |error| ProofError { part, error };
		let short = |part| move || ProofError { part, error: PointError::Malformed };
		let rest = bytes.as_slice();
		let (a, rest) = rest.split_at_checked(G1_BYTES).ok_or_else(short(ProofPart::A))?;
		let (b, c) = rest.split_at_checked(G2_BYTES).ok_or_else(short(ProofPart::B))?;
		Ok(Self {
			a: decode::<g1::Config>(a).map_err(in_part(ProofPart::A))?,
			b: decode::<g2::Config>(b).map_err(in_part(ProofPart::B))?,
			c: decode::<g1::Config>(c).map_err(in_part(ProofPart::C))?,
		})
	}

	/// The bytes.
	pub fn to_bytes(&self) -> [u8; PROOF_BYTES] {
		let mut bytes = [0; PROOF_BYTES];
		let parts = encode(&self.a).into_iter().chain(encode(&self.b)).chain(encode(&self.c));
		for (to, from) in bytes.iter_mut().zip(parts) {
			*to = from;
		}
		bytes
	}

	pub(super) fn of(proof: ark_groth16::Proof<Bls12_381>) -> Self {
		Self { a: proof.a, b: proof.b, c: proof.c }
	}
}
