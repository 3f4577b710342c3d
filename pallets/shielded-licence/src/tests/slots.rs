//! Nullifiers of emergencies are kept as long as a proof can be about their day.

use crate::{mock::*, slots::MOST_FORGOTTEN, OldestDay, UsedSlots};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use hdx_primitives::{EmergencyProofs, Milliseconds};

const DAY: u64 = 86_400_000;

fn used(day: u32) -> usize {
	UsedSlots::<Test>::iter_prefix(day).count()
}

fn idle() {
	Hidden::on_idle(0, Weight::MAX);
}

/// A chain on its twentieth day, at this millisecond of it, with a licence and an auditor.
fn at(millisecond: u64, test: impl FnOnce()) {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(Hidden::appoint_auditor(governance(), KEYS[0]));
		set_time(Milliseconds(20 * DAY + millisecond));
		test();
	});
}

fn use_up(nullifier: u64) {
	let proof = proven(nullifier);
	let statement = Hidden::statement(&OPERATOR, ASKED, LIMIT, &proof).unwrap();
	assert_ok!(Hidden::accept(statement, &proof));
}

#[test]
fn a_slot_is_kept_for_its_day_and_the_next_one() {
	at(5, || {
		use_up(1);
		for (time, kept) in [(21 * DAY - 1, 1), (22 * DAY - 1, 1), (22 * DAY, 0)] {
			set_time(Milliseconds(time));
			idle();
			assert_eq!(used(20), kept, "{time}");
		}
		assert_eq!(OldestDay::<Test>::get(), Some(21));
	});
}

#[test]
fn a_proof_about_tomorrow_does_not_forget_one_about_today() {
	at(DAY - 1, || {
		let tomorrow = Milliseconds(21 * DAY);
		let ahead = hdx_primitives::EmergencyProof { now: tomorrow, ..unproven(1) };
		let ahead = prove(&OPERATOR, ASKED, LIMIT, ahead);
		let statement = Hidden::statement(&OPERATOR, ASKED, LIMIT, &ahead).unwrap();
		assert_ok!(Hidden::accept(statement, &ahead));
		use_up(2);
		idle();
		assert_eq!((used(20), used(21)), (1, 1));
	});
}

#[test]
fn no_more_is_forgotten_than_fits_into_a_block() {
	at(5, || {
		OldestDay::<Test>::put(20);
		for number in 0..=u64::from(MOST_FORGOTTEN) {
			UsedSlots::<Test>::insert(20, leaf(number), ());
			crate::UsedRecipients::<Test>::insert(hdx_primitives::H256(leaf(number)), ());
		}
		set_time(Milliseconds(30 * DAY));
		assert_eq!(Hidden::on_idle(0, Weight::zero()), Weight::zero());
		assert_eq!(used(20), MOST_FORGOTTEN as usize + 1);
		idle();
		assert_eq!(used(20), 1);
		idle();
		assert_eq!((used(20), OldestDay::<Test>::get()), (0, Some(29)));
	});
}

#[test]
fn a_chain_without_a_proof_forgets_nothing() {
	at(5, || {
		idle();
		assert_eq!(OldestDay::<Test>::get(), None);
	});
}
