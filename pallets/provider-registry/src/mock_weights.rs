//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Time and proof size that any call takes besides its reads and writes, set high.
const BASE: Weight = Weight::from_parts(60_000_000, 16_384);
/// Set high for one role compared with all others and stored.
const PER_ROLE: Weight = Weight::from_parts(1_000_000, 64);
/// Set high for verifying a signature of any of the algorithms.
const PER_SIGNATURE: Weight = Weight::from_parts(100_000_000, 0);
/// Reads of one entry in the audit log and of the event list, set high.
const LOG_READS: u64 = 8;
/// Writes of one entry in the audit log and of the event list, set high.
const LOG_WRITES: u64 = 10;

/// Counts reads and writes, for 8 affiliations, 8 credentials and 16 oracles, and adds a generous base.
pub struct MockWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> MockWeight<T> {
	fn of(reads: u64, writes: u64) -> Weight {
		BASE.saturating_add(
			T::DbWeight::get()
				.reads_writes(reads.saturating_add(LOG_READS), writes.saturating_add(LOG_WRITES)),
		)
	}

	/// One more entry in the log, of an appeal that is answered by the way.
	fn another_entry() -> Weight {
		Self::of(0, 0)
	}

	/// Set high for whoever is told that an account is given up: a DID, and its entry in the log.
	fn retirement() -> Weight {
		Self::of(3, 1)
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn register_institution() -> Weight {
		Self::of(6, 4)
	}

	fn set_institution_status() -> Weight {
		Self::of(3, 3).saturating_add(Self::another_entry())
	}

	fn enrol_practitioner(r: u32) -> Weight {
		Self::of(14, 7).saturating_add(PER_ROLE.saturating_mul(u64::from(r)))
	}

	fn set_practitioner_status_by_operator() -> Weight {
		Self::of(4, 1)
	}

	fn set_practitioner_status_by_governance() -> Weight {
		Self::of(7, 4).saturating_add(Self::another_entry())
	}

	fn remove_practitioner() -> Weight {
		Self::of(6, 39)
	}

	fn add_affiliation() -> Weight {
		Self::of(3, 2)
	}

	fn revoke_credential() -> Weight {
		Self::of(6, 1)
	}

	fn accredit() -> Weight {
		Self::of(3, 1)
	}

	fn renew_accreditation() -> Weight {
		Self::of(3, 1)
	}

	fn set_accreditation_status() -> Weight {
		Self::of(2, 1)
	}

	fn require_accreditation() -> Weight {
		Self::of(1, 1)
	}

	fn register_issuer() -> Weight {
		Self::of(7, 4)
	}

	fn set_issuer_kinds() -> Weight {
		Self::of(1, 1)
	}

	fn set_issuer_status() -> Weight {
		Self::of(1, 1)
	}

	fn attest_credential() -> Weight {
		Self::of(9, 6)
	}

	fn renew_credential() -> Weight {
		Self::of(10, 5)
	}

	fn suspend_credential() -> Weight {
		Self::of(6, 1)
	}

	fn reinstate_credential() -> Weight {
		Self::of(7, 1)
	}

	fn register_second_key() -> Weight {
		Self::of(2, 1)
	}

	fn replace_second_key() -> Weight {
		Self::of(5, 2).saturating_add(PER_SIGNATURE)
	}

	fn reset_second_key() -> Weight {
		Self::of(4, 1)
	}

	fn register_oracle() -> Weight {
		Self::of(8, 4)
	}

	fn remove_oracle() -> Weight {
		Self::of(2, 3)
	}

	fn set_oracle_status() -> Weight {
		Self::of(1, 1)
	}

	fn set_oracle_terms() -> Weight {
		Self::of(0, 1)
	}

	fn report_status() -> Weight {
		Self::of(36, 40)
	}

	fn leave() -> Weight {
		Self::of(3, 2)
	}

	fn offer_transfer() -> Weight {
		Self::of(5, 1)
	}

	fn withdraw_transfer() -> Weight {
		Self::of(3, 1)
	}

	fn accept_transfer() -> Weight {
		Self::of(10, 34)
	}

	fn rotate_account() -> Weight {
		Self::of(19, 41)
			.saturating_add(PER_SIGNATURE.saturating_mul(2))
			.saturating_add(Self::retirement())
	}

	fn appeal() -> Weight {
		Self::of(5, 3)
	}

	fn decide_appeal() -> Weight {
		Self::of(2, 4)
	}

	fn withdraw_appeal() -> Weight {
		Self::of(2, 2)
	}

	fn replace_account() -> Weight {
		Self::of(14, 10).saturating_add(Self::retirement())
	}

	fn take_over() -> Weight {
		Self::of(11, 34).saturating_add(PER_SIGNATURE)
	}
}
