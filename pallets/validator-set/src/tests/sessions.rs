//! How long sessions are.

use crate::{mock::*, Error, Pallet, SessionBlocks, SessionPeriod};
use frame_support::traits::Get;
use pallet_session::ShouldEndSession;

type Sessions = <Test as pallet_session::Config>::ShouldEndSession;

/// The blocks, of the first so many, with which a session ends.
fn ends(until: u64) -> Vec<u64> {
	(1..=until).filter(|block| Sessions::should_end_session(*block)).collect()
}

fn starting_with_period(period: u64) -> sp_io::TestExternalities {
	let mut genesis = starting_with(4);
	genesis.validator_set.session_period = Some(period);
	ext_of(genesis)
}

#[test]
fn sessions_have_the_length_that_is_shipped_unless_the_genesis_names_one() {
	new_test_ext().execute_with(|| {
		assert!(!SessionPeriod::<Test>::exists());
		assert_eq!(<SessionBlocks<Test> as Get<u64>>::get(), PERIOD);
		assert_eq!(ends(35), [10, 20, 30]);
	});
}

#[test]
fn a_genesis_can_name_the_length_of_sessions() {
	for period in [SHORTEST, 7, LONGEST] {
		starting_with_period(period).execute_with(|| {
			assert_eq!(SessionPeriod::<Test>::get(), Some(period));
			assert_eq!(ends(2 * period), [period, 2 * period]);
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		});
	}
}

#[test]
#[should_panic(expected = "SessionPeriodOutOfBounds")]
fn genesis_fails_when_sessions_are_too_short() {
	starting_with_period(SHORTEST - 1);
}

#[test]
#[should_panic(expected = "SessionPeriodOutOfBounds")]
fn genesis_fails_when_sessions_are_too_long() {
	starting_with_period(LONGEST + 1);
}

#[test]
fn a_refused_length_is_not_stored() {
	new_test_ext().execute_with(|| {
		for period in [0, SHORTEST - 1, LONGEST + 1, u64::MAX] {
			let refused = Pallet::<Test>::set_session_period(Some(period));
			assert_eq!(refused, Err(Error::<Test>::SessionPeriodOutOfBounds));
			assert!(!SessionPeriod::<Test>::exists());
		}
	});
}

#[test]
fn a_broken_length_does_not_stop_the_chain() {
	new_test_ext().execute_with(|| {
		SessionPeriod::<Test>::put(0);
		assert_eq!(ends(3), [1, 2, 3]);
	});
}
