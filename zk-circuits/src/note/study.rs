//! What a study asks of those who take part.

use super::{Secret, TIME_BITS, TIME_LIMIT};
use crate::{
	domain::{Domain2, Domain4},
	field::{hash_element, pack},
	poseidon::{hash2, hash4},
	Fr,
};
use alloc::vec::Vec;
use core::{fmt, ops::RangeInclusive};

/// How many values are attested together.
pub const VALUES: usize = 4;

/// Bits of an attested value.
pub const VALUE_BITS: usize = 32;

/// A study, as governance registers it.
///
/// `digest = H(study, terms, panel, lower, upper)`, with the terms as [`StudyTermsHash`] has them and of these words, lowest
/// bits first:
///
/// | Word | Bits | Holds |
/// |---|---|---|
/// | lower | 0–127 | the four minima, 32 bits each |
/// | lower | 128–175 | the first millisecond of attestations that count |
/// | upper | 0–127 | the four maxima, 32 bits each |
/// | upper | 128–191 | the categories that a consent must cover, one bit each |
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Study {
	terms: StudyTermsHash,
	panel: u64,
	minima: [u32; VALUES],
	maxima: [u32; VALUES],
	attested_from: u64,
	categories: u64,
}

/// What stands in a study's digest for its number and for all that is registered of it: who answers for it, its
/// protocol and its times as well, of which the circuit knows nothing.
///
/// So whoever consents to a study consents to all of that, and a study of the same number and ranges, on another branch of the
/// chain or as a lying node tells it, is another one. The circuit only hashes it.
///
/// The default is no study's: it is what keys of circuits are made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StudyTermsHash(Fr);

impl StudyTermsHash {
	/// What the hash begins with.
	const LABEL: &'static [u8; 21] = b"hdx.zk.study-terms.v1";

	/// That of a study: the first 31 bytes of BLAKE2b-256 over `hdx.zk.study-terms.v1`, the number (eight bytes, the lowest
	/// first) and the terms as the chain encodes them, as a number whose lowest byte comes first.
	pub fn of(number: u64, encoded_terms: &[u8]) -> Self {
		let mut bytes = Vec::with_capacity(256);
		bytes.extend_from_slice(Self::LABEL);
		bytes.extend_from_slice(&number.to_le_bytes());
		bytes.extend_from_slice(encoded_terms);
		Self(hash_element(&bytes))
	}

	/// The element.
	pub fn element(&self) -> Fr {
		self.0
	}
}

/// Why a study is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StudyError {
	/// A range has its end before its beginning: nobody could take part.
	EmptyRange,
	/// The time does not fit 48 bits.
	TimeTooLate,
}

impl fmt::Display for StudyError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::EmptyRange => "a range of the study has its end before its beginning",
			Self::TimeTooLate => "the study's time does not fit 48 bits of milliseconds",
		})
	}
}

impl core::error::Error for StudyError {}

impl Study {
	/// A study by the hash of its terms, the panel of values that it asks for (the consortium's list says what
	/// a panel's four values are, in which unit and order), the range of each, since when they must
	/// have been attested, and the mask of categories that a consent must cover.
	///
	/// # Errors
	///
	/// Each of [`StudyError`].
	pub fn new(
		terms: StudyTermsHash,
		panel: u64,
		ranges: [RangeInclusive<u32>; VALUES],
		attested_from: u64,
		categories: u64,
	) -> Result<Self, StudyError> {
		if ranges.iter().any(RangeInclusive::is_empty) {
			return Err(StudyError::EmptyRange);
		}
		if attested_from >= TIME_LIMIT {
			return Err(StudyError::TimeTooLate);
		}
		let minima = ranges.each_ref().map(|range| *range.start());
		let maxima = ranges.map(|range| *range.end());
		Ok(Self { terms, panel, minima, maxima, attested_from, categories })
	}

	/// What stands for its number and all of its terms.
	pub fn terms(&self) -> StudyTermsHash {
		self.terms
	}

	/// The panel.
	pub fn panel(&self) -> u64 {
		self.panel
	}

	/// The smallest of each value that is in its range.
	pub fn minima(&self) -> [u32; VALUES] {
		self.minima
	}

	/// The largest of each value that is in its range.
	pub fn maxima(&self) -> [u32; VALUES] {
		self.maxima
	}

	/// The first millisecond of attestations that count.
	pub fn attested_from(&self) -> u64 {
		self.attested_from
	}

	/// The mask of categories that a consent must cover.
	pub fn categories(&self) -> u64 {
		self.categories
	}

	/// The minima and the time, as a word.
	pub(crate) fn lower(&self) -> Fr {
		let [a, b, c, d] = self.minima.map(|value| (value.into(), VALUE_BITS));
		pack(&[a, b, c, d, (self.attested_from.into(), TIME_BITS)])
	}

	/// The maxima and the categories, as a word.
	pub(crate) fn upper(&self) -> Fr {
		let [a, b, c, d] = self.maxima.map(|value| (value.into(), VALUE_BITS));
		pack(&[a, b, c, d, (self.categories.into(), 64)])
	}

	/// The digest.
	pub fn digest(&self) -> Fr {
		let (terms, panel) = (self.terms.element(), Fr::from(self.panel));
		hash4(Domain4::Study, [terms, panel, self.lower(), self.upper()])
	}
}

/// What counts a patient once in a study.
///
/// It is of the patient's secret, not of the key: whoever knows patients' keys cannot tell from it
/// who took part, and another guardian makes no other participant.
pub fn study_nullifier(patient: &Secret, study: &Study) -> Fr {
	hash2(Domain2::StudyNullifier, [patient.expose(), study.digest()])
}

#[cfg(test)]
mod tests {
	use super::*;

	fn terms(number: u64) -> StudyTermsHash {
		StudyTermsHash::of(number, b"what is registered")
	}

	fn ranges(of: RangeInclusive<u32>) -> [RangeInclusive<u32>; VALUES] {
		[of.clone(), 0..=1, 0..=2, of]
	}

	#[test]
	fn terms_are_hashed_as_documented() {
		let mut bytes = b"hdx.zk.study-terms.v1".to_vec();
		bytes.extend([0, 1, 0, 0, 0, 0, 0, 0]);
		bytes.extend(b"what is registered");
		let mut expected = sp_crypto_hashing::blake2_256(&bytes);
		expected[31] = 0;
		assert_eq!(crate::field::to_bytes(&terms(256).element()), expected);
	}

	#[test]
	fn whatever_changes_number_or_terms_changes_what_stands_for_them() {
		let others =
			[terms(2), StudyTermsHash::of(1, b""), StudyTermsHash::of(1, b"what is registereD")];
		assert!(others.iter().all(|other| *other != terms(1)));
	}

	#[test]
	fn words_are_packed_as_documented() {
		let study = Study::new(terms(1), 2, ranges(3..=7), 5, 1 << 63).unwrap();
		let limbs = |word: Fr| ark_ff::PrimeField::into_bigint(word).0;
		assert_eq!(limbs(study.lower()), [3, 3 << 32, 5, 0]);
		assert_eq!(limbs(study.upper()), [7 | (1 << 32), 2 | (7 << 32), 1 << 63, 0]);
	}

	#[test]
	fn a_study_fails_when_a_range_is_empty() {
		#[allow(clippy::reversed_empty_ranges)]
		let study = Study::new(terms(1), 2, ranges(8..=7), 5, 0);
		assert_eq!(study, Err(StudyError::EmptyRange));
	}

	#[test]
	fn a_study_fails_when_its_time_does_not_fit() {
		assert_eq!(
			Study::new(terms(1), 2, ranges(3..=7), TIME_LIMIT, 0),
			Err(StudyError::TimeTooLate)
		);
	}

	#[test]
	fn whatever_changes_a_study_changes_its_digest() {
		let study = Study::new(terms(1), 2, ranges(3..=7), 5, 9).unwrap();
		let others = [
			Study { terms: terms(2), ..study },
			Study { panel: 1, ..study },
			Study { minima: [0; 4], ..study },
			Study { maxima: [0; 4], ..study },
			Study { attested_from: 0, ..study },
			Study { categories: 0, ..study },
		];
		assert!(others.iter().all(|other| other.digest() != study.digest()));
	}
}
