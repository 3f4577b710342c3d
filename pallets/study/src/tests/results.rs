//! What may be said of a study's results.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{AuditAction, AuditEvent, StudyId, Subject, H256};

const RESULTS: H256 = H256([8; 32]);

fn publish() -> DispatchResult {
	Study::publish_results(signed(OPERATOR), STUDY, RESULTS)
}

/// So many take part.
fn with(count: u32, test: impl FnOnce()) {
	with_study(|| {
		for nullifier in 1..=count {
			assert_ok!(enrol(nullifier.into()));
		}
		new_events();
		test();
	});
}

#[test]
fn results_of_a_cohort_are_published_after_the_study() {
	with(SMALLEST, || {
		assert_ok!(Study::close_study(signed(OPERATOR), STUDY));
		new_events();
		assert_ok!(publish());
		let event = Event::ResultsPublished { study: STUDY, results: RESULTS, count: SMALLEST };
		assert_eq!(new_events(), [event]);
		assert_eq!(Study::study(STUDY).unwrap().results, Some(RESULTS));
		let entry = AuditEvent {
			actor: Some(OPERATOR),
			on_behalf_of: Some(HOSPITAL),
			subject: Subject::StudyResults { study: STUDY, results: RESULTS },
			..AuditEvent::new(AuditAction::StudyResultsPublished)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn results_are_published_of_a_study_that_ended_by_time() {
	with(SMALLEST, || {
		at(UNTIL);
		assert_ok!(publish());
	});
}

#[test]
fn publishing_fails_when_the_cohort_was_not_reached() {
	with(SMALLEST - 1, || {
		at(UNTIL);
		assert_noop!(publish(), Error::<Test>::CohortNotReached);
		assert_ok!(Study::close_study(governance(), STUDY));
		assert_noop!(publish(), Error::<Test>::CohortNotReached);
	});
}

/// Two results, with one patient more in the second, would tell of that patient.
#[test]
fn publishing_fails_when_one_can_still_enrol() {
	with(SMALLEST, || {
		at(UNTIL - 1);
		assert_noop!(publish(), Error::<Test>::StudyStillOpen);
	});
}

#[test]
fn publishing_fails_when_results_were_published() {
	with(SMALLEST, || {
		at(UNTIL);
		assert_ok!(publish());
		assert_noop!(publish(), Error::<Test>::ResultsPublished);
	});
}

#[test]
fn publishing_fails_when_somebody_else_asks() {
	with(SMALLEST, || {
		at(UNTIL);
		assert_noop!(
			Study::publish_results(signed(ATTESTER), STUDY, RESULTS),
			Error::<Test>::NotTheSponsor
		);
		HospitalSuspended::set(true);
		assert_noop!(publish(), Error::<Test>::NotTheSponsor);
	});
}

#[test]
fn publishing_fails_when_there_is_no_such_study() {
	with(SMALLEST, || {
		assert_noop!(
			Study::publish_results(signed(OPERATOR), StudyId(1), RESULTS),
			Error::<Test>::StudyUnknown
		);
	});
}
