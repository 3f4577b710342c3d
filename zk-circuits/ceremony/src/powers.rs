//! The state of the first phase: powers of tau in the exponent.

use crate::{
	format_error::{FormatError, Place},
	reader::Reader,
};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use hdx_zk_circuits::prove::point_to_bytes;
use sp_crypto_hashing::blake2_256;

const STATE: &[u8] = b"hdx.ceremony.powers.v1";

/// Powers of tau, with the generators G and H of the groups, for a domain of n elements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Powers {
	/// tau^i·G for i below 2n - 1.
	pub tau_g1: Vec<G1Affine>,
	/// tau^i·H for i below n.
	pub tau_g2: Vec<G2Affine>,
	/// alpha·tau^i·G for i below n.
	pub alpha_g1: Vec<G1Affine>,
	/// beta·tau^i·G for i below n.
	pub beta_g1: Vec<G1Affine>,
	/// beta·H.
	pub beta_g2: G2Affine,
}

/// How many powers there are in G1 for a domain: what (2n - 2) = (n - 1) + (n - 1) needs, the degree of what the
/// prover divides.
fn powers_in_g1(domain: usize) -> usize {
	domain.saturating_mul(2).saturating_sub(1)
}

impl Powers {
	/// Where every ceremony begins: all secrets are one.
	pub(crate) fn start(domain: usize) -> Self {
		let (one_g1, one_g2) = (G1Affine::generator(), G2Affine::generator());
		Self {
			tau_g1: vec![one_g1; powers_in_g1(domain)],
			tau_g2: vec![one_g2; domain],
			alpha_g1: vec![one_g1; domain],
			beta_g1: vec![one_g1; domain],
			beta_g2: one_g2,
		}
	}

	pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
		for point in &self.tau_g1 {
			bytes.extend(point_to_bytes(point));
		}
		for point in &self.tau_g2 {
			bytes.extend(point_to_bytes(point));
		}
		for point in self.alpha_g1.iter().chain(&self.beta_g1) {
			bytes.extend(point_to_bytes(point));
		}
		bytes.extend(point_to_bytes(&self.beta_g2));
	}

	pub(crate) fn read(reader: &mut Reader, domain: usize) -> Result<Self, FormatError> {
		Ok(Self {
			tau_g1: reader.g1s(powers_in_g1(domain), "tau in G1")?,
			tau_g2: reader.g2s(domain, "tau in G2")?,
			alpha_g1: reader.g1s(domain, "alpha in G1")?,
			beta_g1: reader.g1s(domain, "beta in G1")?,
			beta_g2: reader.g2(Place::Point { name: "beta in G2", at: 0 })?,
		})
	}

	/// BLAKE2b-256 of all points.
	pub fn digest(&self) -> [u8; 32] {
		let mut bytes = STATE.to_vec();
		self.write(&mut bytes);
		blake2_256(&bytes)
	}
}
