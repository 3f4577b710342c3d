//! What somebody trustworthy says about a patient: four values, hidden in a hash.

use super::{PatientKey, TIME_BITS, VALUES, VALUE_BITS};
use crate::{
	domain::Domain4,
	field::pack,
	merkle::{Path, LEVELS},
	poseidon::hash4,
	Fr,
};
use zeroize::Zeroize;

/// Four values of a patient, as a laboratory or a custodian attests them.
///
/// `leaf = H(attestation-leaf, patient, panel, values, salt)`, of a word with the four values in
/// bits 0–127, 32 bits each, and the time in bits 128–175.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Attestation {
	/// Whose values.
	pub patient: PatientKey,
	/// Which: the consortium's list says what a panel's values are.
	pub panel: u64,
	/// The values.
	pub values: [u32; VALUES],
	/// When they were attested, in milliseconds since 1970. Only the lowest 48 bits count.
	pub attested_at: u64,
	/// 255 random bits, which hide everything else.
	pub salt: Fr,
}

impl Attestation {
	/// The values and the time, as a word.
	pub(crate) fn word(&self) -> Fr {
		let [a, b, c, d] = self.values.map(|value| (value.into(), VALUE_BITS));
		pack(&[a, b, c, d, (self.attested_at.into(), TIME_BITS)])
	}

	/// The leaf of the tree of attestations.
	pub fn leaf(&self) -> Fr {
		let panel = Fr::from(self.panel);
		hash4(Domain4::AttestationLeaf, [self.patient.0, panel, self.word(), self.salt])
	}
}

/// An attestation, and its place in the tree of attestations.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct HeldAttestation {
	/// The attestation.
	pub attestation: Attestation,
	/// The index of its leaf.
	pub index: u32,
	/// The path of its leaf.
	pub path: Path<LEVELS>,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_are_packed_as_documented() {
		let attestation =
			Attestation { values: [1, 2, 3, 4], attested_at: 5, ..Attestation::default() };
		let limbs = ark_ff::PrimeField::into_bigint(attestation.word()).0;
		assert_eq!(limbs, [1 | (2 << 32), 3 | (4 << 32), 5, 0]);
	}
}
