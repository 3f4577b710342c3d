//! How much members may propose and store.

use crate::{mock::*, Chamber, Error, Notes, OpenPolls, Pallet};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TryRuntimeError;
use std::collections::BTreeMap;

const CHAMBER: Chamber = Chamber::Institutions;

#[test]
fn only_members_propose_in_their_chamber() {
	on_chain(|| {
		assert_noop!(propose(CHAMBER, 3, false), Error::<Test>::NotAMember);
		assert_noop!(propose(CHAMBER, 11, false), Error::<Test>::NotAMember);
		assert_noop!(propose(Chamber::Patients, 1, false), Error::<Test>::NotAMember);
		assert_ok!(propose(CHAMBER, 1, false));
		assert_ok!(propose(Chamber::Patients, 11, false));
	});
}

#[test]
fn a_member_has_so_many_open_proposals_and_more_when_some_have_ended() {
	on_chain(|| {
		let first = propose(CHAMBER, 1, false).unwrap();
		assert_ok!(propose(CHAMBER, 1, false));
		assert_noop!(propose(CHAMBER, 1, false), Error::<Test>::TooManyOpen);
		assert_ok!(propose(CHAMBER, 2, false));
		end(CHAMBER, first);
		assert_ok!(propose(CHAMBER, 1, false));
		assert_eq!(OpenPolls::<Test>::get(CHAMBER).len(), 3);
	});
}

#[test]
fn an_emergency_waits_for_no_other_proposal_of_the_member() {
	on_chain(|| {
		assert_ok!(propose(CHAMBER, 1, false));
		assert_ok!(propose(CHAMBER, 1, false));
		assert_ok!(propose(CHAMBER, 1, true));
		assert_noop!(propose(CHAMBER, 1, true), Error::<Test>::TooManyOpen);
	});
}

#[test]
fn a_member_stores_so_many_texts_and_more_when_some_are_gone() {
	on_chain(|| {
		assert_ok!(Origins::take_note(&account(1), 10));
		assert_ok!(Origins::take_note(&account(1), u64::from(NOTE_LENGTH)));
		assert_noop!(Origins::take_note(&account(1), 10), Error::<Test>::TooManyNotes);
		assert_ok!(Origins::take_note(&account(11), 10));
		Origins::drop_note(&account(1));
		assert_ok!(Origins::take_note(&account(1), 10));
		Origins::drop_note(&account(11));
		assert!(!Notes::<Test>::contains_key(account(11)));
	});
}

#[test]
fn whoever_is_no_member_stores_nothing() {
	on_chain(|| {
		assert_noop!(Origins::take_note(&account(3), 10), Error::<Test>::NotAMember);
	});
}

#[test]
fn a_long_text_is_not_stored() {
	on_chain(|| {
		let long = u64::from(NOTE_LENGTH) + 1;
		assert_noop!(Origins::take_note(&account(1), long), Error::<Test>::NoteTooLong);
	});
}

#[test]
fn the_texts_that_are_counted_are_those_that_are_stored() {
	on_chain(|| {
		let checked = Pallet::<Test>::do_try_state;
		let found: Result<(), TryRuntimeError> =
			Err("texts are counted that nobody stored, or are not".into());
		assert_ok!(Origins::take_note(&account(1), 10));
		Stored::put(BTreeMap::from([(account(1), 1)]));
		assert_eq!(checked(), Ok(()));
		for stored in [vec![], vec![(account(1), 2)], vec![(account(1), 1), (account(2), 1)]] {
			Stored::put(BTreeMap::from_iter(stored));
			assert_eq!(checked(), found);
		}
		Stored::kill();
	});
}
