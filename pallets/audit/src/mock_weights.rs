//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use frame_support::weights::Weight;

/// Time and proof size besides the reads and writes, set high (a few hashes of short inputs).
const BASE: Weight = Weight::from_parts(60_000_000, 16_384);
/// The same for each further entry that is touched.
const EACH: Weight = Weight::from_parts(20_000_000, 4_096);

impl WeightInfo for () {
	fn record() -> Weight {
		BASE
	}

	fn seal() -> Weight {
		BASE
	}

	fn prune(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn sweep(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn set_retention() -> Weight {
		BASE
	}

	fn place_hold(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn release_hold(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn keep_deadlines(deadlines: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(deadlines.into()))
	}

	fn forget_windows(patients: u32, counts: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(patients.saturating_add(counts).into()))
	}

	fn request_review() -> Weight {
		BASE
	}

	fn answer_review() -> Weight {
		BASE
	}

	fn escalate_review() -> Weight {
		BASE
	}

	fn withdraw_review() -> Weight {
		BASE
	}

	fn decide_review() -> Weight {
		BASE
	}

	fn set_review_terms() -> Weight {
		BASE
	}

	fn set_monitoring() -> Weight {
		BASE
	}
}
