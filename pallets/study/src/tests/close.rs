//! Closing studies.

use crate::{mock::*, Error, Event, StudyStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, Milliseconds, StudyId, Subject};
use sp_runtime::DispatchError;

#[test]
fn a_sponsor_closes_a_study() {
	with_study(|| {
		assert_ok!(enrol(1));
		new_events();
		at(NOW + 1);
		assert_ok!(Study::close_study(signed(OPERATOR), STUDY));
		assert_eq!(new_events(), [Event::StudyClosed { study: STUDY, count: 1 }]);
		let closed = StudyStatus::Closed { at: Milliseconds(NOW + 1) };
		assert_eq!(Study::study(STUDY).unwrap().status, closed);
		let entry = AuditEvent {
			actor: Some(OPERATOR),
			on_behalf_of: Some(HOSPITAL),
			subject: Subject::Study { study: STUDY },
			..AuditEvent::new(AuditAction::StudyClosed)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn governance_closes_a_study() {
	with_study(|| {
		// Nobody operates the sponsor meanwhile.
		HospitalSuspended::set(true);
		assert_ok!(Study::close_study(governance(), STUDY));
		let entry = log().pop().unwrap();
		assert_eq!((entry.action, entry.actor), (AuditAction::StudyClosed, None));
	});
}

#[test]
fn closing_fails_when_somebody_else_asks() {
	with_study(|| {
		for who in [ATTESTER, sender()] {
			assert_noop!(Study::close_study(signed(who), STUDY), Error::<Test>::NotTheSponsor);
		}
		assert_noop!(Study::close_study(RuntimeOrigin::none(), STUDY), DispatchError::BadOrigin);
		HospitalSuspended::set(true);
		assert_noop!(Study::close_study(signed(OPERATOR), STUDY), Error::<Test>::NotTheSponsor);
	});
}

#[test]
fn closing_fails_when_there_is_no_such_study() {
	with_study(|| {
		assert_noop!(Study::close_study(governance(), StudyId(1)), Error::<Test>::StudyUnknown);
	});
}

#[test]
fn closing_fails_when_the_study_is_closed() {
	with_study(|| {
		assert_ok!(Study::close_study(governance(), STUDY));
		assert_noop!(Study::close_study(signed(OPERATOR), STUDY), Error::<Test>::StudyClosed);
		assert_noop!(Study::close_study(governance(), STUDY), Error::<Test>::StudyClosed);
	});
}
