//! Who has a vote, and who takes it.

use crate::{mock::*, Chamber, Error, Event, Origin, Pace, Seats, Voters};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, Subject};
use sp_runtime::DispatchError::BadOrigin;

fn seat(number: u8) -> sp_runtime::DispatchResult {
	Origins::seat_institution(by(Origin::Membership), institution(number))
}

fn unseat(number: u8) -> sp_runtime::DispatchResult {
	Origins::unseat_institution(by(Origin::Membership), institution(number))
}

fn appoint(number: u8) -> sp_runtime::DispatchResult {
	Origins::appoint_representative(by(Origin::Representation), account(number))
}

fn dismiss(number: u8) -> sp_runtime::DispatchResult {
	Origins::dismiss_representative(by(Origin::Representation), account(number))
}

fn sync(number: u8) -> sp_runtime::DispatchResult {
	Origins::sync_seat(RuntimeOrigin::signed(account(99)), institution(number))
}

#[test]
fn an_institution_with_a_seat_votes_by_its_operator_and_the_log_says_so() {
	on_chain(|| {
		assert_ok!(seat(3));
		assert!(Institutions::is_member(&account(3)));
		let entry = log().pop().unwrap();
		assert_eq!(entry.action, AuditAction::ChamberSeatGiven);
		assert_eq!(entry.subject, Subject::Institution(institution(3)));
		let event =
			Event::<Test>::InstitutionSeated { institution: institution(3), voter: account(3) };
		System::assert_last_event(event.into());
	});
}

#[test]
fn seats_are_given_and_taken_by_institutions_and_representatives_by_patients() {
	on_chain(|| {
		for origin in
			[Origin::Parameters, Origin::Emergency, Origin::PatientsRights, Origin::Representation]
		{
			assert_noop!(Origins::seat_institution(by(origin.clone()), institution(3)), BadOrigin);
			assert_noop!(Origins::unseat_institution(by(origin), institution(2)), BadOrigin);
		}
		for origin in [Origin::Membership, Origin::WhitelistedCaller, Origin::PatientsRights] {
			assert_noop!(
				Origins::appoint_representative(by(origin.clone()), account(13)),
				BadOrigin
			);
			assert_noop!(Origins::dismiss_representative(by(origin), account(12)), BadOrigin);
		}
		assert_noop!(Origins::seat_institution(RuntimeOrigin::root(), institution(3)), BadOrigin);
		assert_noop!(Origins::sync_seat(RuntimeOrigin::none(), institution(1)), BadOrigin);
	});
}

#[test]
fn an_institution_that_nobody_may_speak_for_gets_no_seat() {
	on_chain(|| {
		speaks(3, None);
		assert_noop!(seat(3), Error::<Test>::InstitutionHasNoVoice);
		assert_noop!(seat(50), Error::<Test>::InstitutionHasNoVoice);
	});
}

#[test]
fn an_institution_has_one_seat() {
	on_chain(|| {
		assert_noop!(seat(1), Error::<Test>::AlreadySeated);
	});
}

#[test]
fn there_are_no_more_seats_than_there_may_be() {
	on_chain(|| {
		assert_ok!(seat(3));
		assert_ok!(seat(4));
		assert_noop!(seat(5), Error::<Test>::NoSeatLeft);
		assert_ok!(appoint(13));
		assert_ok!(appoint(14));
		assert_noop!(appoint(15), Error::<Test>::NoSeatLeft);
	});
}

#[test]
fn the_last_seat_of_each_chamber_stays() {
	on_chain(|| {
		assert_ok!(unseat(1));
		assert_noop!(unseat(2), Error::<Test>::LastSeat);
		assert_ok!(dismiss(11));
		assert_noop!(dismiss(12), Error::<Test>::LastSeat);
	});
}

#[test]
fn whoever_has_no_seat_loses_none() {
	on_chain(|| {
		assert_noop!(unseat(3), Error::<Test>::NotSeated);
		assert_noop!(sync(3), Error::<Test>::NotSeated);
		assert_noop!(dismiss(13), Error::<Test>::NotARepresentative);
	});
}

#[test]
fn nobody_has_a_vote_in_both_chambers() {
	on_chain(|| {
		assert_noop!(appoint(3), Error::<Test>::IsOperator);
		speaks(3, Some(11));
		assert_noop!(seat(3), Error::<Test>::AlreadyRepresentative);
	});
}

#[test]
fn a_representative_is_appointed_once_exists_and_is_in_the_log() {
	on_chain(|| {
		assert_ok!(appoint(13));
		assert!(System::account_exists(&account(13)));
		let entry = log().pop().unwrap();
		assert_eq!(entry.action, AuditAction::ChamberSeatGiven);
		assert_eq!(entry.subject, Subject::Representative(account(13).into()));
		assert_noop!(appoint(13), Error::<Test>::AlreadyRepresentative);
	});
}

#[test]
fn a_dismissed_representative_keeps_its_account_so_that_nothing_signed_can_be_repeated() {
	on_chain(|| {
		assert_ok!(dismiss(11));
		assert!(!Patients::is_member(&account(11)));
		assert!(System::account_exists(&account(11)));
		assert_eq!(log().pop().unwrap().action, AuditAction::ChamberSeatEnded);
	});
}

#[test]
fn with_the_seat_go_the_votes_in_referenda_that_have_not_ended() {
	on_chain(|| {
		let ended = propose(Chamber::Institutions, 1, false).unwrap();
		vote(Chamber::Institutions, ended, 1);
		end(Chamber::Institutions, ended);
		let open = propose(Chamber::Institutions, 2, false).unwrap();
		vote(Chamber::Institutions, open, 1);
		vote(Chamber::Institutions, open, 2);
		assert_ok!(unseat(1));
		let left =
			[(Chamber::Institutions, ended, account(1)), (Chamber::Institutions, open, account(2))];
		assert_eq!(votes(), left);
	});
}

#[test]
fn a_suspended_institution_keeps_the_seat_and_loses_its_vote_until_it_is_reinstated() {
	on_chain(|| {
		let open = propose(Chamber::Institutions, 2, false).unwrap();
		vote(Chamber::Institutions, open, 1);
		speaks(1, None);
		assert!(Origins::do_sync(institution(1)));
		assert!(!Institutions::is_member(&account(1)));
		assert!(votes().is_empty());
		assert!(Origins::is_seated(institution(1)));
		speaks(1, Some(1));
		assert_ok!(sync(1));
		assert!(Institutions::is_member(&account(1)));
	});
}

#[test]
fn a_new_operator_votes_and_the_old_one_does_not_nor_did() {
	on_chain(|| {
		let open = propose(Chamber::Institutions, 1, false).unwrap();
		vote(Chamber::Institutions, open, 1);
		speaks(1, Some(21));
		assert_ok!(sync(1));
		assert!(!Institutions::is_member(&account(1)));
		assert!(Institutions::is_member(&account(21)));
		assert!(votes().is_empty());
		let event = Event::VoterChanged { institution: institution(1), voter: Some(account(21)) };
		System::assert_last_event(event.into());
	});
}

#[test]
fn the_clock_takes_no_vote_unless_more_than_half_of_the_seats_keep_one() {
	on_chain(|| {
		assert_ok!(seat(3));
		assert_ok!(seat(4));
		speaks(1, None);
		assert_ok!(sync(1));
		// Two of four would be left.
		speaks(2, None);
		assert_noop!(sync(2), Error::<Test>::TooFewVoters);
		assert_eq!(Institutions::count(), 3);
		// Whoever may vote again does, and another operator takes the place of the old one.
		speaks(1, Some(1));
		assert_ok!(sync(1));
		speaks(4, Some(24));
		assert_ok!(sync(4));
		assert_eq!(Institutions::count(), 4);
	});
}

#[test]
fn who_comes_first_does_not_choose_who_is_left_where_all_ended_together() {
	on_chain(|| {
		assert_ok!(seat(3));
		assert_ok!(seat(4));
		(1..=4).for_each(|number| speaks(number, None));
		for number in 1..=4 {
			assert_noop!(sync(number), Error::<Test>::TooFewVoters);
		}
		assert_eq!(Institutions::count(), 4);
	});
}

#[test]
fn the_clock_never_takes_the_last_vote() {
	on_chain(|| {
		assert_ok!(unseat(2));
		speaks(1, None);
		assert_noop!(sync(1), Error::<Test>::TooFewVoters);
		assert!(Institutions::is_member(&account(1)));
	});
}

#[test]
fn what_was_decided_takes_every_vote() {
	on_chain(|| {
		for number in [1, 2] {
			speaks(number, None);
			// As the registry does when it suspends.
			assert!(Origins::do_sync(institution(number)));
		}
		assert_eq!(Institutions::count(), 0);
	});
}

#[test]
fn an_account_that_represents_patients_gets_no_vote_by_becoming_an_operator() {
	on_chain(|| {
		speaks(1, Some(11));
		assert!(Origins::do_sync(institution(1)));
		assert!(!Institutions::is_member(&account(11)) && !Institutions::is_member(&account(1)));
		assert!(Patients::is_member(&account(11)));
		assert_noop!(sync(1), Error::<Test>::SeatUnchanged);
		// It chooses: once it represents patients no longer, it votes for the institution.
		assert_ok!(dismiss(11));
		assert_ok!(sync(1));
		assert!(Institutions::is_member(&account(11)));
	});
}

#[test]
fn a_seat_that_is_in_line_with_the_registry_is_not_changed() {
	on_chain(|| {
		assert_noop!(sync(1), Error::<Test>::SeatUnchanged);
	});
}

#[test]
fn a_suspended_institution_can_lose_its_seat() {
	on_chain(|| {
		speaks(1, None);
		assert!(Origins::do_sync(institution(1)));
		assert_ok!(unseat(1));
		assert_eq!(Seats::<Test>::get().len(), 1);
	});
}

#[test]
fn periods_are_shorter_by_the_pace_and_never_less_than_a_block() {
	on_chain(|| {
		assert_eq!(Origins::paced(43_200), 43_200);
		Pace::<Test>::put(21_600);
		assert_eq!(Origins::paced(43_200), 2);
		assert_eq!(Origins::paced(300), 1);
		assert_eq!(Origins::paced(0), 0);
	});
}
