//! Patients have entries reviewed.

use crate::{mock::*, pallet::*, Closure, ReviewStatus, ReviewTally, ReviewTerms};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{
	engine::terminology::purpose, AccountId, AuditAction, AuditEvent, AuditOutcome, AuditSink,
	Commitment, DenialReason, EntryIndex, Milliseconds, ReviewFinding, ReviewReason, Subject,
};
use sp_runtime::DispatchError;

const STATEMENT: Commitment = Commitment([5; 32]);

fn ask(who: AccountId, entry: EntryIndex) -> DispatchResult {
	Audit::request_review(RuntimeOrigin::signed(who), entry, ReviewReason::NotTreating)
}

fn answer(who: AccountId, entry: EntryIndex) -> DispatchResult {
	Audit::answer_review(RuntimeOrigin::signed(who), entry, ReviewFinding::Justified, STATEMENT)
}

fn escalate(who: AccountId, entry: EntryIndex) -> DispatchResult {
	Audit::escalate_review(RuntimeOrigin::signed(who), entry)
}

fn withdraw(who: AccountId, entry: EntryIndex) -> DispatchResult {
	Audit::withdraw_review(RuntimeOrigin::signed(who), entry)
}

fn decide(entry: EntryIndex) -> DispatchResult {
	Audit::decide_review(RuntimeOrigin::root(), entry, ReviewFinding::Violation, STATEMENT)
}

fn status(entry: EntryIndex) -> ReviewStatus {
	Audit::review(entry).unwrap().status
}

fn tally() -> ReviewTally {
	Audit::review_tally(institution(1))
}

/// What actor 1 did for institution 1 about patient 1, under review.
fn asked() -> EntryIndex {
	let entry = acted(1, 1);
	assert_ok!(ask(patient(1), entry));
	entry
}

#[test]
fn a_patient_asks_the_institution_answers_and_the_answer_lapses() {
	on_empty_chain(|| {
		let entry = asked();
		let logged = last_event();
		assert_eq!(logged.action, AuditAction::EntryReviewRequested);
		assert_eq!((logged.actor, logged.patient), (Some(patient(1)), Some(patient(1))));
		let reason = ReviewReason::NotTreating;
		assert_eq!(logged.subject, Subject::EntryReview { entry, reason });
		assert_eq!(tally(), ReviewTally { open: 1, requested: 1, ..Default::default() });

		assert_ok!(answer(operator(1), entry));
		let logged = last_event();
		assert_eq!(logged.action, AuditAction::EntryReviewAnswered);
		assert_eq!(logged.on_behalf_of, Some(institution(1)));
		let finding = ReviewFinding::Justified;
		let subject = Subject::EntryReviewFinding { entry, finding, statement: STATEMENT };
		assert_eq!(logged.subject, subject);

		pass(2 * HOUR);
		next_block();
		assert_eq!(last_event().action, AuditAction::EntryReviewLapsed);
		assert_eq!(tally(), ReviewTally { requested: 1, ..Default::default() });
	});
}

#[test]
fn a_guardian_asks_within_their_scope() {
	on_empty_chain(|| {
		let of = |code| AuditEvent {
			on_behalf_of: Some(institution(1)),
			purpose: Some(code),
			..event(1, 1)
		};
		let treatment = Audit::record(of(purpose::TREAT));
		let payment = Audit::record(of(purpose::HPAYMT));
		assert_noop!(ask(guardian(1), payment), Error::<Test>::NotYourEntry);
		assert_ok!(ask(guardian(1), treatment));
		assert_eq!(last_event().actor, Some(guardian(1)));
		assert_noop!(ask(guardian(2), payment), Error::<Test>::NotYourEntry);
	});
}

#[test]
fn an_unanswered_review_is_overdue_counted_and_logged() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR - 1);
		next_block();
		assert_eq!(tally().overdue, 0);
		pass(1);
		next_block();
		assert_eq!(status(entry), ReviewStatus::Awaiting { is_overdue: true });
		assert_eq!((tally().open, tally().overdue), (1, 1));
		let logged = last_event();
		assert_eq!(logged.action, AuditAction::EntryReviewOverdue);
		assert_eq!(logged.on_behalf_of, Some(institution(1)));
		// Once, not in each block.
		next_block();
		assert_eq!(tally().overdue, 1);
	});
}

#[test]
fn a_late_answer_is_late_for_ever() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR);
		next_block();
		assert_ok!(answer(operator(1), entry));
		assert!(Audit::review(entry).unwrap().answer().unwrap().is_late);
		assert_eq!((tally().overdue, tally().late), (0, 1));
	});
}

#[test]
fn an_answer_at_its_deadline_is_late_whether_it_was_counted_as_overdue_or_not() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR);
		assert_ok!(answer(operator(1), entry));
		assert_eq!((tally().overdue, tally().late), (0, 1));
	});
}

#[test]
fn an_overdue_review_goes_to_governance_which_closes_it() {
	on_empty_chain(|| {
		let entry = asked();
		assert_noop!(escalate(patient(1), entry), Error::<Test>::AnswerNotDue);
		pass(2 * HOUR);
		next_block();
		assert_ok!(escalate(patient(1), entry));
		assert_eq!(last_event().action, AuditAction::EntryReviewEscalated);
		assert_eq!((tally().overdue, tally().escalated, tally().unanswered), (0, 1, 1));
		assert_noop!(answer(operator(1), entry), Error::<Test>::ReviewEscalated);
		// Its turn to be pruned has not come while the review is open.
		assert_ok!(decide(entry));
		assert_eq!(last_event().action, AuditAction::EntryReviewDecided);
		assert_eq!(tally().violations, 1);
		assert_eq!(tally().open, 0);
	});
}

#[test]
fn an_unsatisfactory_answer_goes_to_governance_in_time() {
	on_empty_chain(|| {
		let (in_time, too_late) = (asked(), asked());
		assert_ok!(answer(operator(1), in_time));
		assert_ok!(answer(operator(1), too_late));
		pass(2 * HOUR - 1);
		assert_ok!(escalate(patient(1), in_time));
		assert!(Audit::review(in_time).unwrap().answer().is_some());
		pass(1);
		assert_noop!(escalate(patient(1), too_late), Error::<Test>::EscalationTooLate);
	});
}

#[test]
fn an_entry_under_review_is_not_pruned_and_leaves_when_the_review_is_over() {
	on_empty_chain(|| {
		let entry = asked();
		next_block_after(3 * HOUR);
		prune_all();
		assert!(stored().contains(&entry.0));
		assert_ok!(withdraw(patient(1), entry));
		assert!(!stored().contains(&entry.0));
		assert_eq!(Audit::review(entry), None);
	});
}

#[test]
fn open_reviews_of_an_institution_come_in_pages() {
	on_empty_chain(|| {
		let entries = [asked(), asked(), asked()];
		let found = |from: EntryIndex, limit| {
			let page = Audit::open_reviews(institution(1), from, limit);
			page.into_iter().map(|(entry, _)| entry).collect::<Vec<_>>()
		};
		assert_eq!(found(EntryIndex(0), 2), entries[..2]);
		assert_eq!(found(entries[1], 9), entries[1..]);
		assert_eq!(found(EntryIndex(99), 9), []);
		assert_ok!(withdraw(patient(1), entries[1]));
		assert_eq!(found(EntryIndex(0), 9), [entries[0], entries[2]]);
		assert_eq!(Audit::open_reviews(institution(2), EntryIndex(0), 9), vec![]);
	});
}

#[test]
fn deadlines_are_kept_a_few_in_each_block() {
	on_empty_chain(|| {
		for _ in 0..3 {
			asked();
		}
		pass(2 * HOUR);
		next_block();
		assert_eq!(tally().overdue, 2);
		next_block();
		assert_eq!(tally().overdue, 3);
	});
}

#[test]
fn request_review_fails_for_somebody_elses_entry() {
	on_empty_chain(|| {
		let entry = acted(1, 1);
		for who in [patient(2), actor(1), operator(1), guardian(2)] {
			assert_noop!(ask(who, entry), Error::<Test>::NotYourEntry);
		}
	});
}

#[test]
fn request_review_fails_for_an_entry_about_nobody() {
	on_empty_chain(|| {
		let entry = Audit::record(AuditEvent::new(AuditAction::RoleMatrixChanged));
		assert_noop!(ask(patient(1), entry), Error::<Test>::NotYourEntry);
	});
}

#[test]
fn request_review_fails_for_an_entry_that_is_not_in_state() {
	on_empty_chain(|| {
		assert_noop!(ask(patient(1), EntryIndex(0)), Error::<Test>::EntryUnknown);
		let entry = acted(1, 1);
		next_block_after(HOUR);
		prune_all();
		assert_noop!(ask(patient(1), entry), Error::<Test>::EntryUnknown);
	});
}

#[test]
fn request_review_fails_where_nobody_acted_for_an_institution() {
	on_empty_chain(|| {
		let entry = record(1, 1);
		assert_noop!(ask(patient(1), entry), Error::<Test>::NoInstitutionActed);
	});
}

#[test]
fn an_institution_need_not_answer_for_a_stranger_who_claimed_to_act_for_it() {
	on_empty_chain(|| {
		for reason in [
			DenialReason::PractitionerUnknown,
			DenialReason::NotAffiliated,
			DenialReason::InstitutionUnknown,
			DenialReason::KeyRotated,
		] {
			let outcome = AuditOutcome::Denied(reason);
			let entry = Audit::record(AuditEvent { outcome, ..request(1, 1) });
			assert_noop!(ask(patient(1), entry), Error::<Test>::NoInstitutionActed);
		}
		let outcome = AuditOutcome::Denied(DenialReason::NoConsent);
		let entry = Audit::record(AuditEvent { outcome, ..request(1, 1) });
		assert_ok!(ask(patient(1), entry));
	});
}

#[test]
fn reviewing_the_answer_of_a_review_again_and_again_fails() {
	on_empty_chain(|| {
		let entry = asked();
		assert_ok!(answer(operator(1), entry));
		let answered = EntryIndex(NextEntryIndex::<Test>::get().0 - 1);
		assert_noop!(ask(patient(1), answered), Error::<Test>::ReviewOfReview);
	});
}

#[test]
fn asking_for_the_same_review_again_fails_even_when_it_is_over() {
	on_empty_chain(|| {
		let entry = asked();
		assert_noop!(ask(patient(1), entry), Error::<Test>::ReviewExists);
		assert_noop!(ask(guardian(1), entry), Error::<Test>::ReviewExists);
		assert_ok!(withdraw(patient(1), entry));
		assert_noop!(ask(patient(1), entry), Error::<Test>::ReviewExists);
	});
}

#[test]
fn flooding_an_institution_with_reviews_ends_at_the_most_for_a_patient() {
	on_empty_chain(|| {
		let entries = [asked(), asked(), asked()];
		let one_more = acted(1, 1);
		assert_noop!(ask(patient(1), one_more), Error::<Test>::TooManyReviews);
		// Another patient's are not in the way, and one that is over makes room.
		let of_another = acted(1, 2);
		assert_ok!(ask(patient(2), of_another));
		assert_ok!(withdraw(patient(1), entries[0]));
		assert_ok!(ask(patient(1), one_more));
	});
}

#[test]
fn answer_review_fails_for_anybody_but_the_operator_of_the_institution() {
	on_empty_chain(|| {
		let entry = asked();
		for who in [patient(1), actor(1), operator(2), guardian(1)] {
			assert_noop!(answer(who, entry), Error::<Test>::NotTheInstitution);
		}
	});
}

#[test]
fn answer_review_fails_twice() {
	on_empty_chain(|| {
		let entry = asked();
		assert_ok!(answer(operator(1), entry));
		assert_noop!(answer(operator(1), entry), Error::<Test>::ReviewAnswered);
		assert_ok!(withdraw(patient(1), entry));
		assert_noop!(answer(operator(1), entry), Error::<Test>::ReviewClosed);
	});
}

#[test]
fn steps_of_a_review_that_nobody_asked_for_fail() {
	on_empty_chain(|| {
		let entry = acted(1, 1);
		assert_noop!(answer(operator(1), entry), Error::<Test>::ReviewUnknown);
		assert_noop!(escalate(patient(1), entry), Error::<Test>::ReviewUnknown);
		assert_noop!(withdraw(patient(1), entry), Error::<Test>::ReviewUnknown);
		assert_noop!(decide(entry), Error::<Test>::ReviewUnknown);
	});
}

#[test]
fn escalate_review_fails_for_who_does_not_stand_in_for_the_patient() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR);
		for who in [patient(2), operator(1), guardian(2)] {
			assert_noop!(escalate(who, entry), Error::<Test>::NotYourEntry);
		}
		assert_ok!(escalate(guardian(1), entry));
	});
}

#[test]
fn escalate_review_fails_twice_and_when_it_is_over() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR);
		assert_ok!(escalate(patient(1), entry));
		assert_noop!(escalate(patient(1), entry), Error::<Test>::ReviewEscalated);
		assert_ok!(decide(entry));
		assert_noop!(escalate(patient(1), entry), Error::<Test>::ReviewClosed);
		assert_noop!(decide(entry), Error::<Test>::ReviewClosed);
		let closure = Closure::Decided { finding: ReviewFinding::Violation, statement: STATEMENT };
		assert_eq!(status(entry), ReviewStatus::Closed { answer: None, closure });
	});
}

#[test]
fn a_guardian_cannot_withdraw_what_the_patient_asked_for() {
	on_empty_chain(|| {
		let entry = asked();
		for who in [guardian(1), operator(1), patient(2)] {
			assert_noop!(withdraw(who, entry), Error::<Test>::NotYourEntry);
		}
		let other = acted(1, 2);
		assert_ok!(ask(guardian(2), other));
		assert_ok!(withdraw(guardian(2), other));
		assert_noop!(withdraw(guardian(2), other), Error::<Test>::ReviewClosed);
	});
}

#[test]
fn decide_review_fails_before_it_was_taken_to_governance() {
	on_empty_chain(|| {
		let entry = asked();
		assert_noop!(decide(entry), Error::<Test>::ReviewNotEscalated);
		assert_ok!(answer(operator(1), entry));
		assert_noop!(decide(entry), Error::<Test>::ReviewNotEscalated);
	});
}

#[test]
fn decide_review_fails_for_the_institution_itself() {
	on_empty_chain(|| {
		let entry = asked();
		pass(2 * HOUR);
		assert_ok!(escalate(patient(1), entry));
		let origin = RuntimeOrigin::signed(operator(1));
		assert_noop!(
			Audit::decide_review(origin, entry, ReviewFinding::Justified, STATEMENT),
			DispatchError::BadOrigin
		);
	});
}

fn set_terms(answer: u64, escalate: u64) -> DispatchResult {
	let (answer_within, escalate_within) = (Milliseconds(answer), Milliseconds(escalate));
	let terms = ReviewTerms { answer_within, escalate_within };
	Audit::set_review_terms(RuntimeOrigin::root(), terms)
}

#[test]
fn new_times_hold_for_new_reviews_and_not_for_those_that_run() {
	on_empty_chain(|| {
		let old = asked();
		assert_ok!(set_terms(HOUR, HOUR));
		assert_eq!(last_event().action, AuditAction::ReviewTermsChanged);
		let new = asked();
		pass(HOUR);
		assert_noop!(escalate(patient(1), old), Error::<Test>::AnswerNotDue);
		assert_ok!(escalate(patient(1), new));
	});
}

#[test]
fn set_review_terms_fails_out_of_bounds_and_for_who_does_not_govern() {
	on_empty_chain(|| {
		for (answer, escalate) in
			[(0, HOUR), (HOUR, 0), (HOUR / 2 - 1, HOUR), (HOUR, 4 * HOUR + 1), (u64::MAX, HOUR)]
		{
			let refused = set_terms(answer, escalate);
			assert_eq!(refused, Err(Error::<Test>::ReviewPeriodOutOfBounds.into()));
		}
		let terms = ReviewTermsInForce::<Test>::get();
		let origin = RuntimeOrigin::signed(operator(1));
		assert_noop!(Audit::set_review_terms(origin, terms), DispatchError::BadOrigin);
	});
}
