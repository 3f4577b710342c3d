//! Suspending and reinstating practitioners.

use crate::{
	mock::*,
	Error, Event, GovernanceHolds, InstitutionStatus,
	PractitionerStatus::{self, Active},
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, Subject};
use sp_runtime::{DispatchError::BadOrigin, DispatchResult};

const SUSPENDED: PractitionerStatus = PractitionerStatus::Suspended(REASON);

fn by_hospital(status: PractitionerStatus) -> DispatchResult {
	ProviderRegistry::set_practitioner_status(signed(hospital_operator()), dana(), status)
}

fn by_governance(status: PractitionerStatus) -> DispatchResult {
	ProviderRegistry::set_practitioner_status(RuntimeOrigin::root(), dana(), status)
}

#[test]
fn enrolling_institution_suspends_and_reinstates() {
	test(|| {
		enrol_dana();
		for status in [SUSPENDED, Active] {
			assert_ok!(by_hospital(status));
			assert_eq!(practitioner(&dana()).status, status);
			System::assert_last_event(
				Event::PractitionerStatusChanged {
					practitioner: dana(),
					status,
					by: Some(HOSPITAL),
				}
				.into(),
			);
			assert_eq!(
				log().last(),
				Some(&AuditEvent {
					actor: Some(hospital_operator()),
					on_behalf_of: Some(HOSPITAL),
					subject: Subject::Practitioner(dana().into()),
					..AuditEvent::new(AuditAction::PractitionerStatusChanged)
				})
			);
		}
		assert_eq!(log().len(), 3);
	});
}

#[test]
fn governance_suspends_and_reinstates() {
	test(|| {
		enrol_dana();
		for status in [SUSPENDED, Active] {
			assert_ok!(by_governance(status));
			assert_eq!(practitioner(&dana()).status, status);
			assert_eq!(GovernanceHolds::<Test>::contains_key(dana()), status == SUSPENDED);
			System::assert_last_event(
				Event::PractitionerStatusChanged { practitioner: dana(), status, by: None }.into(),
			);
			assert_eq!(
				log().last(),
				Some(&AuditEvent {
					subject: Subject::Practitioner(dana().into()),
					..AuditEvent::new(AuditAction::PractitionerStatusChanged)
				})
			);
		}
	});
}

#[test]
fn governance_ends_an_institutions_suspension() {
	test(|| {
		enrol_dana();
		assert_ok!(by_hospital(SUSPENDED));
		assert_ok!(by_governance(Active));
		assert_eq!(practitioner(&dana()).status, Active);
	});
}

#[test]
fn governance_holds_somebody_whom_the_institution_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(by_hospital(SUSPENDED));
		assert_ok!(by_governance(SUSPENDED));
		assert_noop!(by_hospital(Active), Error::<Test>::HeldByGovernance);
	});
}

#[test]
fn an_institution_may_suspend_again_after_a_hold_ended() {
	test(|| {
		enrol_dana();
		assert_ok!(by_governance(SUSPENDED));
		assert_ok!(by_governance(Active));
		assert_ok!(by_hospital(SUSPENDED));
		assert_ok!(by_hospital(Active));
	});
}

#[test]
fn set_practitioner_status_fails_when_held_by_governance() {
	test(|| {
		enrol_dana();
		assert_ok!(by_governance(SUSPENDED));
		assert_noop!(by_hospital(Active), Error::<Test>::HeldByGovernance);
	});
}

#[test]
fn set_practitioner_status_fails_when_unsigned() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::set_practitioner_status(RuntimeOrigin::none(), dana(), SUSPENDED),
			BadOrigin
		);
	});
}

#[test]
fn set_practitioner_status_fails_when_caller_is_no_operator() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::set_practitioner_status(signed(dana()), dana(), SUSPENDED),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn set_practitioner_status_fails_when_institution_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(by_hospital(SUSPENDED), Error::<Test>::InstitutionSuspended);
	});
}

#[test]
fn set_practitioner_status_fails_when_practitioner_is_unknown() {
	test(|| {
		assert_noop!(by_hospital(SUSPENDED), Error::<Test>::PractitionerUnknown);
		assert_noop!(by_governance(SUSPENDED), Error::<Test>::PractitionerUnknown);
	});
}

#[test]
fn set_practitioner_status_fails_when_another_institution_enrolled() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_noop!(
			ProviderRegistry::set_practitioner_status(signed(clinic_operator()), dana(), SUSPENDED),
			Error::<Test>::NotEnrolledByYou
		);
	});
}

#[test]
fn set_practitioner_status_fails_when_status_is_unchanged() {
	test(|| {
		enrol_dana();
		assert_noop!(by_hospital(Active), Error::<Test>::StatusUnchanged);
		assert_noop!(by_governance(Active), Error::<Test>::StatusUnchanged);
		assert_ok!(by_governance(SUSPENDED));
		assert_noop!(by_hospital(SUSPENDED), Error::<Test>::StatusUnchanged);
		assert_noop!(by_governance(SUSPENDED), Error::<Test>::StatusUnchanged);
	});
}
