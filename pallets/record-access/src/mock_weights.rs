//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::{emergency_terms::MAX_OVERDUE, WeightInfo};
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts reads and writes, rounded up, with what the other pallets do behind the traits: the provider
/// registry reads up to 30 items, a consent decision up to 40, and an entry of the log reads 6 and writes 8.
pub struct MockWeight<T>(PhantomData<T>);

const AUDIT_READS: u64 = 6;
const AUDIT_WRITES: u64 = 8;
const PROVIDER_READS: u64 = 30;
/// Verifying the second key's signature, of whatever algorithm.
const SIGNATURE: u64 = 100_000_000;
const CONSENT_READS: u64 = 40;
/// The pending reviews that are looked at: as many as may be overdue at most, and one more.
const REVIEW_READS: u64 = MAX_OVERDUE as u64 + 1;

/// The time, the guardians, and those who are to take their place.
const GUARDIAN_READS: u64 = 3;

/// The restrictions of a patient: more than a runtime lets one have.
const RESTRICTION_READS: u64 = 64;

impl<T: frame_system::Config> MockWeight<T> {
	/// A generous base for execution, and the database on top.
	fn estimate(reference_time: u64, reads: u64, writes: u64) -> Weight {
		Weight::from_parts(reference_time, 0).saturating_add(
			T::DbWeight::get().reads_writes(
				reads.saturating_add(AUDIT_READS),
				writes.saturating_add(AUDIT_WRITES),
			),
		)
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn register_record() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(6), 4)
	}
	fn request_access(_consents: u32, _credentials: u32, second_keys: u32) -> Weight {
		let reads = PROVIDER_READS.saturating_add(CONSENT_READS).saturating_add(8);
		let confirmed = Weight::from_parts(SIGNATURE, 0)
			.saturating_add(T::DbWeight::get().reads_writes(2, 2))
			.saturating_mul(second_keys.into());
		Self::estimate(2_000_000_000, reads, 2).saturating_add(confirmed)
	}
	fn request_access_referenced(
		_provisions: u32,
		_more: u32,
		credentials: u32,
		second_keys: u32,
	) -> Weight {
		Self::request_access(1, credentials, second_keys)
	}
	fn request_access_coded(
		provisions: u32,
		more: u32,
		credentials: u32,
		second_keys: u32,
	) -> Weight {
		Self::request_access_referenced(provisions, more, credentials, second_keys)
	}
	fn request_access_usual(_provisions: u32) -> Weight {
		Self::request_access(1, 1, 0)
	}
	fn revoke_grant() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(4), 1)
	}
	fn record_disclosure(_consents: u32) -> Weight {
		let reads =
			PROVIDER_READS.saturating_mul(2).saturating_add(CONSENT_READS).saturating_add(11);
		Self::estimate(2_000_000_000, reads, 1)
	}
	fn set_role_permissions() -> Weight {
		Self::estimate(30_000_000, 1, 1)
	}
	fn set_required_level() -> Weight {
		Self::estimate(30_000_000, 1, 1)
	}
	fn break_glass() -> Weight {
		let reads = PROVIDER_READS
			.saturating_add(CONSENT_READS)
			.saturating_add(REVIEW_READS)
			.saturating_add(RESTRICTION_READS)
			.saturating_add(16);
		Self::estimate(SIGNATURE.saturating_add(2_100_000_000), reads, 9)
	}
	fn break_glass_denied() -> Weight {
		let reads = PROVIDER_READS.saturating_add(REVIEW_READS).saturating_add(14);
		Self::estimate(SIGNATURE.saturating_add(100_000_000), reads, 2)
	}
	fn review_break_glass() -> Weight {
		Self::estimate(80_000_000, PROVIDER_READS.saturating_mul(2).saturating_add(6), 4)
	}
	fn set_emergency_terms() -> Weight {
		Self::estimate(30_000_000, 1, 1)
	}
	fn record_disclosures(uses: u32, _more: u32) -> Weight {
		let reads = PROVIDER_READS.saturating_add(CONSENT_READS).saturating_add(11);
		let each = Weight::from_parts(2_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads_writes(reads, 2));
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(2), 2)
			.saturating_add(each.saturating_mul(uses.into()))
	}
	fn record_disclosures_usual(uses: u32) -> Weight {
		Self::record_disclosures(uses, 0)
	}
	fn offer_custody() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_mul(2).saturating_add(3), 1)
	}
	fn withdraw_custody_offer() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(3), 1)
	}
	fn accept_custody() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(10), 8)
	}
	fn restrict() -> Weight {
		Self::estimate(80_000_000, GUARDIAN_READS.saturating_add(4), 2)
	}
	fn lift_restriction() -> Weight {
		Self::estimate(80_000_000, GUARDIAN_READS.saturating_add(2), 2)
	}
	fn dispute_record() -> Weight {
		Self::estimate(60_000_000, GUARDIAN_READS.saturating_add(5), 2)
	}
	fn record_erasure() -> Weight {
		Self::estimate(80_000_000, PROVIDER_READS.saturating_add(11), 15)
	}
	fn request_erasure() -> Weight {
		Self::estimate(60_000_000, GUARDIAN_READS.saturating_add(6), 3)
	}
	fn refuse_erasure() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(3), 3)
	}
	fn update_record() -> Weight {
		let reads =
			PROVIDER_READS.saturating_mul(2).saturating_add(CONSENT_READS).saturating_add(15);
		Self::estimate(2_000_000_000, reads, 5)
	}
	fn retire_record() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(3), 1)
	}
	fn reinstate_record() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(3), 1)
	}
	fn set_subject_tag() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(4), 1)
	}
	fn beside_access_proof() -> Weight {
		T::DbWeight::get().reads_writes(1, 1)
	}
	fn beside_emergency_proof() -> Weight {
		T::DbWeight::get().reads_writes(PROVIDER_READS, 1)
	}
	fn answer_dispute() -> Weight {
		Self::estimate(60_000_000, PROVIDER_READS.saturating_add(3), 2)
	}
}
