//! What the registry stores.

use crate::point::{G1_BYTES, G2_BYTES, GT_BYTES};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{CircuitVersion, H256, MAX_PUBLIC_INPUTS};
use scale_info::TypeInfo;

/// Most points of a key that belong to inputs: one for the constant, and one for each public input.
pub(crate) const MAX_INPUT_POINTS: u32 = MAX_PUBLIC_INPUTS + 1;

/// Most bytes of a key.
pub const MAX_KEY_BYTES: u32 =
	(16 + 32 + G1_BYTES + 3 * G2_BYTES + MAX_INPUT_POINTS as usize * G1_BYTES) as u32;

/// A key, as its makers publish it: the origin's label (16 bytes), the digest of the circuit's relation (32), alpha,
/// beta, gamma, delta, and a point for one and for each public input, all uncompressed.
pub type KeyBytes = BoundedVec<u8, ConstU32<MAX_KEY_BYTES>>;

/// Where a key comes from. It says so itself.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum KeyOrigin {
	/// From one party's randomness: whoever made it can prove what is false.
	Development,
	/// From a ceremony.
	Ceremony,
}

/// Whether proofs are accepted.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum CircuitStatus {
	/// Not yet: institutions attest the key.
	Registered,
	/// Yes.
	Active {
		/// By how many active institutions the key was attested when governance activated it.
		attested: u32,
		/// How many were needed then.
		needed: u32,
	},
	/// Not any more, until governance activates it again.
	Suspended,
}

/// A version of a circuit.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CircuitRecord {
	/// Whether proofs are accepted.
	pub status: CircuitStatus,
	/// Where the key comes from.
	pub origin: KeyOrigin,
	/// The digest of the relation that the key is for. Whoever attests compares it with that of the circuit.
	pub relation: H256,
	/// BLAKE2-256 of the key's bytes.
	pub key: H256,
	/// The hash of the ceremony's transcript.
	pub transcript: H256,
	/// How many public inputs there are.
	pub arity: u32,
}

/// A version of a circuit and which it is.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct CircuitEntry {
	/// Which.
	pub circuit: CircuitVersion,
	/// What is stored of it.
	pub record: CircuitRecord,
}

/// A key as it is verified with: checked once, when it was registered.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PreparedKey {
	/// BLAKE2-256 of the bytes of the key that it was made of.
	pub digest: H256,
	/// Alpha, in G1.
	pub alpha: [u8; G1_BYTES],
	/// Beta, in G2.
	pub beta: [u8; G2_BYTES],
	/// The pairing of alpha and beta.
	pub alpha_beta: [u8; GT_BYTES],
	/// The negative of gamma, in G2.
	pub minus_gamma: [u8; G2_BYTES],
	/// The negative of delta, in G2.
	pub minus_delta: [u8; G2_BYTES],
	/// A point of G1 for one, and for each public input.
	pub inputs: BoundedVec<[u8; G1_BYTES], ConstU32<MAX_INPUT_POINTS>>,
}

impl PreparedKey {
	/// How many public inputs there are: one point less, which is that of the constant.
	pub(crate) fn arity(&self) -> u32 {
		u32::try_from(self.inputs.len()).unwrap_or(u32::MAX).saturating_sub(1)
	}
}

/// How many public inputs a key of so many bytes has at most.
pub(crate) fn inputs_of(key: &[u8]) -> u32 {
	let points = key.len().saturating_sub(16 + 32 + G1_BYTES + 3 * G2_BYTES).div_ceil(G1_BYTES);
	u32::try_from(points).unwrap_or(u32::MAX).saturating_sub(1).min(MAX_PUBLIC_INPUTS)
}
