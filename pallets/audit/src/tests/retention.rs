//! How long entries stay.

use crate::{mock::*, pallet::*};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditSink, EntryIndex, Milliseconds};
use sp_runtime::DispatchError;

fn set(hours: u64) -> frame_support::dispatch::DispatchResult {
	Audit::set_retention(RuntimeOrigin::root(), Milliseconds(hours * HOUR))
}

#[test]
fn set_retention_changes_the_window_and_leaves_an_entry() {
	on_empty_chain(|| {
		assert_eq!(RetentionPeriod::<Test>::get(), Milliseconds(HOUR));
		assert_ok!(set(2));
		assert_eq!(RetentionPeriod::<Test>::get(), Milliseconds(2 * HOUR));
		let entry = EntryIndex(0);
		let logged = Entries::<Test>::get(entry).unwrap().event;
		assert_eq!(logged.action, AuditAction::RetentionChanged);
		let period = Milliseconds(2 * HOUR);
		System::assert_last_event(Event::<Test>::RetentionSet { period, entry }.into());
	});
}

#[test]
fn set_retention_fails_below_the_floor_even_for_governance() {
	on_empty_chain(|| {
		let below = Milliseconds(HOUR - 1);
		assert_noop!(
			Audit::set_retention(RuntimeOrigin::root(), below),
			Error::<Test>::RetentionTooShort
		);
		assert_noop!(set(0), Error::<Test>::RetentionTooShort);
		assert_ok!(set(1));
	});
}

#[test]
fn set_retention_fails_above_the_longest() {
	on_empty_chain(|| {
		assert_noop!(set(25), Error::<Test>::RetentionTooLong);
		assert_ok!(set(24));
	});
}

#[test]
fn set_retention_fails_for_who_does_not_govern() {
	on_empty_chain(|| {
		for who in [actor(1), patient(1), Authority::get()] {
			assert_noop!(
				Audit::set_retention(RuntimeOrigin::signed(who), Milliseconds(2 * HOUR)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn a_longer_window_keeps_what_a_shorter_one_would_prune() {
	on_empty_chain(|| {
		record(1, 1);
		assert_ok!(set(2));
		next_block_after(HOUR);
		prune_all();
		assert_eq!(stored(), [0, 1]);
		next_block_after(HOUR);
		prune_all();
		assert_eq!(stored(), Vec::<u64>::new());
	});
}

#[test]
fn a_shorter_window_holds_for_what_was_written_before() {
	on_empty_chain(|| {
		assert_ok!(set(24));
		record(1, 1);
		next_block_after(2 * HOUR);
		prune_all();
		assert_eq!(stored(), [0, 1]);
		assert_ok!(set(1));
		prune_all();
		assert_eq!(stored(), [2]);
	});
}

#[test]
fn what_genesis_recorded_stays_for_a_window_after_the_clock_began() {
	let mut chain = sp_io::TestExternalities::default();
	chain.execute_with(|| {
		Audit::record(event(1, 1));
		begin(1);
		idle();
		pass(HOUR - 1);
		idle();
		assert_eq!(stored(), [0]);
		pass(1);
		idle();
		assert_eq!(stored(), Vec::<u64>::new());
	});
}
