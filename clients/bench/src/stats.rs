//! The middle and the ends of what was measured several times.

use serde::{Deserialize, Serialize};

/// What repetitions gave.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spread {
	/// The smallest value.
	pub min: f64,
	/// The middle one; between two, their mean.
	pub median: f64,
	/// The largest value.
	pub max: f64,
}

/// How long most took, in milliseconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Percentiles {
	/// Half took no longer.
	pub p50: f64,
	/// 95 of 100 took no longer.
	pub p95: f64,
	/// 99 of 100 took no longer.
	pub p99: f64,
}

impl Spread {
	/// Of at least one value.
	pub fn of(values: &[f64]) -> Option<Self> {
		let sorted = sorted(values);
		let (min, max) = (*sorted.first()?, *sorted.last()?);
		let upper = *sorted.get(sorted.len() / 2)?;
		let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
		Some(Self { min, median: (lower + upper) / 2.0, max })
	}
}

impl Percentiles {
	/// Of at least one value.
	pub fn of(values: &[f64]) -> Option<Self> {
		let sorted = sorted(values);
		let at = |percent| percentile(&sorted, percent);
		Some(Self { p50: at(50)?, p95: at(95)?, p99: at(99)? })
	}
}

/// The smallest of the values that at least so many in a hundred do not exceed (nearest rank). It is always one that
/// was measured. `sorted`: the smallest first; `percent`: 1 to 100.
pub fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
	let rank = sorted.len().saturating_mul(percent).div_ceil(100);
	sorted.get(rank.checked_sub(1)?).copied()
}

fn sorted(values: &[f64]) -> Vec<f64> {
	let mut sorted = values.to_vec();
	sorted.sort_by(f64::total_cmp);
	sorted
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn the_median_is_the_middle_one_or_between_the_middle_two() {
		let spread = |values: &[f64]| Spread::of(values).unwrap();
		assert_eq!(spread(&[3.0, 1.0, 9.0]), Spread { min: 1.0, median: 3.0, max: 9.0 });
		assert_eq!(spread(&[4.0, 1.0, 2.0, 9.0]).median, 3.0);
		assert_eq!(spread(&[7.0]), Spread { min: 7.0, median: 7.0, max: 7.0 });
		assert_eq!(Spread::of(&[]), None);
	}

	#[test]
	fn a_percentile_is_the_value_of_the_nearest_rank() {
		let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
		for percent in [1, 50, 95, 99, 100] {
			assert_eq!(percentile(&hundred, percent), Some(percent as f64));
		}
		let five = [15.0, 20.0, 35.0, 40.0, 50.0];
		let of_five = |percent| percentile(&five, percent).unwrap();
		assert_eq!([of_five(5), of_five(30), of_five(40), of_five(50)], [15.0, 20.0, 20.0, 35.0]);
		assert_eq!([of_five(95), of_five(100)], [50.0, 50.0]);
	}

	#[test]
	fn percentiles_sort_first_and_need_a_value() {
		let found = Percentiles::of(&[30.0, 10.0, 20.0]).unwrap();
		assert_eq!(found, Percentiles { p50: 20.0, p95: 30.0, p99: 30.0 });
		assert_eq!(Percentiles::of(&[]), None);
		assert_eq!(percentile(&[], 50), None);
		assert_eq!(percentile(&[1.0], 0), None);
	}
}
