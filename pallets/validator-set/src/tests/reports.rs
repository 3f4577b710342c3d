//! Which reports of validators are let through.

use crate::{mock::*, OncePerOffender};
use frame_support::assert_ok;
use hdx_primitives::AccountId;
use pallet_session::CurrentIndex;
use sp_runtime::Perbill;
use sp_staking::offence::{Kind, Offence, OffenceError, ReportOffence};

/// What a validator did in a session.
struct Deed {
	who: u8,
	session: u32,
}

impl Offence<(AccountId, ())> for Deed {
	const ID: Kind = *b"a test's offence";
	type Slot = u32;

	fn offenders(&self) -> Vec<(AccountId, ())> {
		vec![(account(self.who), ())]
	}

	fn session_index(&self) -> u32 {
		self.session
	}

	fn validator_set_count(&self) -> u32 {
		MINIMUM
	}

	fn slot(&self) -> u32 {
		self.session
	}

	fn slash_fraction(&self, _: u32) -> Perbill {
		Perbill::one()
	}
}

/// Takes every report.
struct TakesAll;

impl ReportOffence<AccountId, (AccountId, ()), Deed> for TakesAll {
	fn report_offence(_: Vec<AccountId>, deed: Deed) -> Result<(), OffenceError> {
		offend([deed.who], deed.session);
		Ok(())
	}

	fn is_known_offence(_: &[(AccountId, ())], _: &u32) -> bool {
		false
	}
}

type Reports = OncePerOffender<Test, TakesAll>;

fn report(who: u8, session: u32) -> Result<(), OffenceError> {
	Reports::report_offence(vec![], Deed { who, session })
}

fn is_known(who: u8) -> bool {
	<Reports as ReportOffence<AccountId, (AccountId, ()), Deed>>::is_known_offence(
		&[(account(who), ())],
		&0,
	)
}

#[test]
fn a_validator_is_reported_once_until_it_is_reinstated() {
	on_chain(|| {
		next_session();
		assert!(!is_known(1));
		assert_eq!(report(1, 0), Ok(()));
		assert!(is_known(1));
		assert_eq!(report(1, 1), Err(OffenceError::DuplicateReport));
		assert_ok!(reinstate(1));
		for _ in 0..2 {
			// There is no session yet of which a report would disable it.
			assert!(is_known(1));
			assert_eq!(report(1, 0), Err(OffenceError::DuplicateReport));
			assert_eq!(report(1, CurrentIndex::<Test>::get()), Err(OffenceError::DuplicateReport));
			next_session();
		}
		assert!(!is_known(1));
		assert_eq!(report(1, 2), Err(OffenceError::DuplicateReport));
		assert_eq!(report(1, 3), Ok(()));
		assert_eq!(kept_from_blocks(), [1]);
	});
}

#[test]
fn who_is_no_validator_of_the_set_is_not_reported() {
	on_chain(|| {
		assert!(is_known(99));
		assert_eq!(report(99, 0), Err(OffenceError::DuplicateReport));
	});
}
