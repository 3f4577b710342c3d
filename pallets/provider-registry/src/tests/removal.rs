//! Removing practitioners.

use crate::{
	mock::*, Error, Event, InstitutionStatus, PractitionerCount, PractitionerStatus, Practitioners,
	Retired, Retirement,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, Role, Subject};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn enrolling_institution_removes_a_practitioner() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert!(!Practitioners::<Test>::contains_key(dana()));
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), 0);
		System::assert_last_event(
			Event::PractitionerRemoved { practitioner: dana(), institution: HOSPITAL }.into(),
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(hospital_operator()),
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::Practitioner(dana().into()),
				..AuditEvent::new(AuditAction::PractitionerRemoved)
			})
		);
	});
}

#[test]
fn a_removed_practitioners_account_goes_on_so_that_its_nonce_never_starts_again() {
	test(|| {
		enrol_dana();
		System::inc_account_nonce(dana());
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_eq!(Retired::<Test>::get(dana()), Some(Retirement::Removed));
		assert_eq!(System::sufficients(&dana()), 1);
		enrol_dana();
		assert_eq!(Retired::<Test>::get(dana()), None);
		assert_eq!(System::sufficients(&dana()), 1);
		assert_eq!(System::account_nonce(dana()), 1);
	});
}

#[test]
fn removal_keeps_an_account_that_others_hold_up() {
	test(|| {
		System::inc_providers(&dana());
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert!(System::account_exists(&dana()));
	});
}

#[test]
fn a_removed_practitioner_may_be_enrolled_elsewhere() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_ok!(enrol(clinic_operator(), dana(), &[Role::Nurse], current()));
		assert_eq!(practitioner(&dana()).affiliations.to_vec(), [CLINIC]);
	});
}

#[test]
fn an_institution_may_remove_somebody_whom_it_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_practitioner_status(
			signed(hospital_operator()),
			dana(),
			PractitionerStatus::Suspended(REASON)
		));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
	});
}

#[test]
fn remove_fails_when_unsigned() {
	test(|| {
		enrol_dana();
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(ProviderRegistry::remove_practitioner(origin, dana()), BadOrigin);
		}
	});
}

#[test]
fn remove_fails_when_caller_is_no_operator() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::remove_practitioner(signed(dana()), dana()),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn remove_fails_when_institution_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(
			ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()),
			Error::<Test>::InstitutionSuspended
		);
	});
}

#[test]
fn remove_fails_when_practitioner_is_unknown() {
	test(|| {
		assert_noop!(
			ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()),
			Error::<Test>::PractitionerUnknown
		);
	});
}

#[test]
fn remove_fails_when_another_institution_enrolled() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_noop!(
			ProviderRegistry::remove_practitioner(signed(clinic_operator()), dana()),
			Error::<Test>::NotEnrolledByYou
		);
	});
}

#[test]
fn remove_fails_when_held_by_governance() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_practitioner_status(
			RuntimeOrigin::root(),
			dana(),
			PractitionerStatus::Suspended(REASON)
		));
		assert_noop!(
			ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()),
			Error::<Test>::HeldByGovernance
		);
	});
}
