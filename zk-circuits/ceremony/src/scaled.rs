//! The state of the second phase: what delta divides.

use crate::{
	format_error::{FormatError, Place},
	reader::Reader,
};
use ark_bls12_381::{G1Affine, G2Affine};
use hdx_zk_circuits::prove::point_to_bytes;
use sp_crypto_hashing::blake2_256;

const STATE: &[u8] = b"hdx.ceremony.scaled.v1";

/// The parts of a proving key that depend on delta, as arkworks has them (the reduction of libsnark). The others
/// follow from the powers of tau and the circuit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scaled {
	/// delta·G.
	pub delta_g1: G1Affine,
	/// delta·H.
	pub delta_g2: G2Affine,
	/// (tau^n - 1)·tau^i / delta · G, for i below n - 1.
	pub h: Vec<G1Affine>,
	/// (beta·a + alpha·b + c) / delta · G of each variable of the witness.
	pub l: Vec<G1Affine>,
}

impl Scaled {
	pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
		bytes.extend(point_to_bytes(&self.delta_g1));
		bytes.extend(point_to_bytes(&self.delta_g2));
		for point in self.h.iter().chain(&self.l) {
			bytes.extend(point_to_bytes(point));
		}
	}

	pub(crate) fn read(
		reader: &mut Reader,
		domain: usize,
		witnesses: usize,
	) -> Result<Self, FormatError> {
		Ok(Self {
			delta_g1: reader.g1(Place::Point { name: "delta in G1", at: 0 })?,
			delta_g2: reader.g2(Place::Point { name: "delta in G2", at: 0 })?,
			h: reader.g1s(domain.saturating_sub(1), "h")?,
			l: reader.g1s(witnesses, "l")?,
		})
	}

	/// BLAKE2b-256 of all points.
	pub fn digest(&self) -> [u8; 32] {
		let mut bytes = STATE.to_vec();
		self.write(&mut bytes);
		blake2_256(&bytes)
	}
}
