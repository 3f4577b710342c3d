//! What a study asks for, as it is typed, read and proven.

use crate::{error::Error, files, shielded_error::ShieldedError};
use codec::Encode;
use hdx_primitives::{StudyId, StudyTerms, ValueRange, H256};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, StudyView},
	commitment,
};
use hdx_zk_circuits::note::{Category, Study, StudyTermsHash, VALUES};
use std::path::Path;

/// Largest protocol, in bytes.
const MAX_PROTOCOL_BYTES: u64 = 256 * 1024 * 1024;

/// The hash of a protocol, as the chain has it.
pub fn protocol(file: &Path) -> Result<H256, Error> {
	Ok(H256(commitment::public(&files::read(file, MAX_PROTOCOL_BYTES)?)))
}

/// The study of a number, as the chain has it at a block.
pub async fn find(chain: &Chain, study: StudyId, block: AtBlock) -> Result<StudyView, Error> {
	let found = chain.study(study, block).await?;
	Ok(found.ok_or_else(|| ChainError::NotFound { what: format!("study {}", study.0) })?)
}

/// A study as proofs know it. Its digest binds all of the terms: a consent by it is of no use for a study that is
/// registered otherwise, whatever a node told of that.
pub fn stated(study: StudyId, terms: &StudyTerms) -> Result<Study, ShieldedError> {
	let ranges = terms.ranges.map(|range| range.min..=range.max);
	let from = terms.attested_from.0;
	let all = StudyTermsHash::of(study.0.into(), &terms.encode());
	let stated = Study::new(all, terms.panel, ranges, from, terms.categories);
	stated.map_err(|error| ShieldedError::NotProven {
		circuit: "study_enrolment",
		why: error.to_string(),
	})
}

/// Reads `MIN-MAX`.
pub fn range(text: &str) -> Result<ValueRange, String> {
	let read = || {
		let (min, max) = text.split_once('-')?;
		let (min, max) = (min.trim().parse().ok()?, max.trim().parse().ok()?);
		(min <= max).then_some(ValueRange { min, max })
	};
	read().ok_or_else(|| {
		format!("`{text}` is no range: give MIN-MAX, each from 0 to 4294967295, the smaller first")
	})
}

/// Reads four values with commas between them.
pub fn values(text: &str) -> Result<[u32; VALUES], String> {
	let values: Option<Vec<u32>> = text.split(',').map(|one| one.trim().parse().ok()).collect();
	values.and_then(|values| values.try_into().ok()).ok_or_else(|| {
		format!("`{text}` are not {VALUES} numbers from 0 to 4294967295 with commas")
	})
}

/// Reads categories into a mask.
pub fn categories(text: &str) -> Result<u64, String> {
	text.split(',').try_fold(0, |mask, one| {
		let category = one.trim().parse().ok().and_then(Category::new);
		let category = category.ok_or_else(|| {
			format!("`{one}` is no category: give numbers from 0 to 63 with commas")
		})?;
		Ok(mask | category.mask())
	})
}

/// The categories of a mask, by their numbers.
pub fn category_places(mask: u64) -> Vec<u8> {
	let asked = |category: &Category| mask & category.mask() != 0;
	(0..=u8::MAX).map_while(Category::new).filter(asked).map(Category::place).collect()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_range_has_its_smaller_end_first() {
		assert_eq!(range("40-60"), Ok(ValueRange { min: 40, max: 60 }));
		assert_eq!(range("0 - 4294967295"), Ok(ValueRange { min: 0, max: u32::MAX }));
		assert_eq!(range("7-7"), Ok(ValueRange { min: 7, max: 7 }));
		for text in ["", "40", "60-40", "-1-3", "1-4294967296", "a-b"] {
			assert!(range(text).unwrap_err().contains("MIN-MAX"), "{text}");
		}
	}

	#[test]
	fn there_are_four_values() {
		assert_eq!(values("1, 2,3,4294967295"), Ok([1, 2, 3, u32::MAX]));
		for text in ["", "1,2,3", "1,2,3,4,5", "1,2,3,x", "1,2,3,4294967296"] {
			assert!(values(text).is_err(), "{text}");
		}
	}

	#[test]
	fn categories_are_a_mask() {
		assert_eq!(categories("0, 3"), Ok(0b1001));
		assert_eq!(category_places(0b1001), [0, 3]);
		assert_eq!(category_places(u64::MAX).len(), 64);
		for text in ["", "64", "all"] {
			assert!(categories(text).is_err(), "{text}");
		}
	}
}
