//! Taking on practitioners whom others enrolled.

use crate::{mock::*, Error, Event, InstitutionKind, InstitutionStatus, PractitionerCount};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, Subject};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn another_institution_takes_a_practitioner_on() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_eq!(practitioner(&dana()).affiliations.to_vec(), [HOSPITAL, CLINIC]);
		System::assert_last_event(
			Event::AffiliationAdded { practitioner: dana(), institution: CLINIC }.into(),
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(clinic_operator()),
				on_behalf_of: Some(CLINIC),
				subject: Subject::Practitioner(dana().into()),
				..AuditEvent::new(AuditAction::AffiliationAdded)
			})
		);
	});
}

#[test]
fn an_affiliation_changes_no_count() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), 1);
		assert_eq!(PractitionerCount::<Test>::get(CLINIC), 0);
		assert_eq!(System::sufficients(&dana()), 1);
	});
}

#[test]
fn add_affiliation_fails_when_unsigned() {
	test(|| {
		enrol_dana();
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(ProviderRegistry::add_affiliation(origin, dana()), BadOrigin);
		}
	});
}

#[test]
fn add_affiliation_fails_when_caller_is_no_operator() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::add_affiliation(signed(stranger()), dana()),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn add_affiliation_fails_when_institution_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			CLINIC,
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(
			ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()),
			Error::<Test>::InstitutionSuspended
		);
	});
}

#[test]
fn add_affiliation_fails_when_practitioner_is_unknown() {
	test(|| {
		assert_noop!(
			ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()),
			Error::<Test>::PractitionerUnknown
		);
	});
}

#[test]
fn add_affiliation_fails_when_already_affiliated() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		for operator in [hospital_operator(), clinic_operator()] {
			assert_noop!(
				ProviderRegistry::add_affiliation(signed(operator), dana()),
				Error::<Test>::AlreadyAffiliated
			);
		}
	});
}

#[test]
fn add_affiliation_fails_when_there_are_too_many() {
	test(|| {
		enrol_dana();
		for operator in [account(110), account(111)] {
			assert_ok!(ProviderRegistry::register_institution(
				RuntimeOrigin::root(),
				operator.clone(),
				InstitutionKind::Clinic,
				[0; 32]
			));
			assert_ok!(ProviderRegistry::add_affiliation(signed(operator), dana()));
		}
		assert_noop!(
			ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()),
			Error::<Test>::TooManyAffiliations
		);
	});
}
