//! Registering studies.

use crate::{mock::*, Error, Event, StudyRecord, StudyStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AuditAction, AuditEvent, InstitutionId, Milliseconds, StudyId, StudyTerms, Subject, ValueRange,
};
use sp_runtime::DispatchError;

#[test]
fn a_study_is_registered_logged_and_told() {
	on_chain(|| {
		assert_ok!(register(terms()));
		let event = Event::StudyRegistered { study: STUDY, sponsor: HOSPITAL };
		assert_eq!(new_events(), [event]);
		let entry = AuditEvent {
			on_behalf_of: Some(HOSPITAL),
			subject: Subject::Study { study: STUDY },
			..AuditEvent::new(AuditAction::StudyRegistered)
		};
		assert_eq!(log(), [entry]);
		let record =
			StudyRecord { terms: terms(), status: StudyStatus::Open, count: 0, results: None };
		assert_eq!(Study::study(STUDY), Some(record));
	});
}

#[test]
fn studies_are_numbered_in_their_order() {
	on_chain(|| {
		for panel in 0..3 {
			assert_ok!(register(StudyTerms { panel, ..terms() }));
		}
		let listed: Vec<_> = Study::studies(StudyId(1))
			.into_iter()
			.map(|(study, record)| (study.0, record.terms.panel))
			.collect();
		assert_eq!(listed, [(1, 1), (2, 2)]);
		assert_eq!(Study::study(StudyId(3)), None);
	});
}

#[test]
fn registering_fails_when_it_is_not_governance_that_asks() {
	on_chain(|| {
		assert_noop!(Study::register_study(signed(OPERATOR), terms()), DispatchError::BadOrigin);
	});
}

#[test]
fn registering_fails_when_the_sponsor_is_not_active() {
	on_chain(|| {
		let unknown = StudyTerms { sponsor: InstitutionId(99), ..terms() };
		assert_noop!(register(unknown), Error::<Test>::SponsorInactive);
		HospitalSuspended::set(true);
		assert_noop!(register(terms()), Error::<Test>::SponsorInactive);
	});
}

#[test]
fn registering_fails_when_a_range_is_empty() {
	on_chain(|| {
		for place in 0..4 {
			let mut terms = terms();
			terms.ranges[place] = ValueRange { min: 8, max: 7 };
			assert_noop!(register(terms), Error::<Test>::RangeEmpty);
			terms.ranges[place] = ValueRange { min: 7, max: 7 };
			assert_ok!(register(terms));
		}
	});
}

#[test]
fn registering_fails_when_attestations_would_count_too_late() {
	on_chain(|| {
		// As late as the end: nobody could take part.
		let late = StudyTerms { attested_from: Milliseconds(UNTIL), ..terms() };
		assert_noop!(register(late), Error::<Test>::AttestedTooLate);
		// Beyond what a proof can express.
		let beyond = StudyTerms {
			attested_from: Milliseconds(1 << 48),
			until: Milliseconds(u64::MAX),
			..terms()
		};
		assert_noop!(register(beyond), Error::<Test>::AttestedTooLate);
		assert_ok!(register(StudyTerms { attested_from: Milliseconds(UNTIL - 1), ..terms() }));
	});
}

#[test]
fn registering_fails_when_no_category_is_asked_for() {
	on_chain(|| {
		assert_noop!(register(StudyTerms { categories: 0, ..terms() }), Error::<Test>::NoCategory);
	});
}

/// A class that gets the category later is nothing that patients thought of.
#[test]
fn registering_fails_when_a_category_stands_for_no_class() {
	on_chain(|| {
		for category in [CATEGORIES, 63] {
			let terms = StudyTerms { categories: 1 | (1 << category), ..terms() };
			assert_noop!(register(terms), Error::<Test>::CategoryUnknown);
		}
		let all = (1 << CATEGORIES) - 1;
		assert_ok!(register(StudyTerms { categories: all, ..terms() }));
	});
}

#[test]
fn registering_fails_when_too_few_would_do() {
	on_chain(|| {
		let few = StudyTerms { minimum: SMALLEST - 1, ..terms() };
		assert_noop!(register(few), Error::<Test>::MinimumTooSmall);
	});
}

#[test]
fn registering_fails_when_there_is_no_time_left_to_enrol() {
	on_chain(|| {
		let empty = StudyTerms { from: Milliseconds(UNTIL), ..terms() };
		assert_noop!(register(empty), Error::<Test>::PeriodEmpty);
		at(UNTIL);
		assert_noop!(register(terms()), Error::<Test>::PeriodEmpty);
		at(UNTIL - 1);
		assert_ok!(register(terms()));
	});
}

#[test]
fn registering_fails_when_there_are_as_many_studies_as_there_can_be() {
	on_chain(|| {
		for _ in 0..STUDIES {
			assert_ok!(register(terms()));
		}
		assert_noop!(register(terms()), Error::<Test>::TooManyStudies);
	});
}
