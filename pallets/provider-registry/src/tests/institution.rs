//! Registering and suspending institutions.

use crate::{
	mock::*, Error, Event, Institution, InstitutionKind, InstitutionStatus, Institutions,
	NextInstitutionId,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, ProviderDirectory, Subject};
use sp_runtime::DispatchError::BadOrigin;

fn register(operator: hdx_primitives::AccountId) -> sp_runtime::DispatchResult {
	ProviderRegistry::register_institution(
		RuntimeOrigin::root(),
		operator,
		InstitutionKind::Laboratory,
		[3; 32],
	)
}

fn set_status(institution: InstitutionId, status: InstitutionStatus) -> sp_runtime::DispatchResult {
	ProviderRegistry::set_institution_status(RuntimeOrigin::root(), institution, status)
}

#[test]
fn governance_registers_an_institution() {
	test(|| {
		assert_ok!(register(stranger()));
		assert_eq!(
			Institutions::<Test>::get(InstitutionId(2)),
			Some(Institution {
				operator: stranger(),
				kind: InstitutionKind::Laboratory,
				status: InstitutionStatus::Active,
				profile: [3; 32],
				registered_at: NOW,
			})
		);
		assert_eq!(ProviderRegistry::operated_by(&stranger()), Some(InstitutionId(2)));
		System::assert_last_event(
			Event::InstitutionRegistered {
				institution: InstitutionId(2),
				operator: stranger(),
				kind: InstitutionKind::Laboratory,
			}
			.into(),
		);
		assert_eq!(
			log(),
			[AuditEvent {
				subject: Subject::Institution(InstitutionId(2)),
				..AuditEvent::new(AuditAction::InstitutionRegistered)
			}]
		);
	});
}

#[test]
fn registration_gives_the_operator_an_account() {
	test(|| {
		assert_eq!(System::sufficients(&stranger()), 0);
		assert_ok!(register(stranger()));
		assert_eq!(System::sufficients(&stranger()), 1);
	});
}

#[test]
fn register_institution_fails_when_not_governance() {
	test(|| {
		assert_noop!(
			ProviderRegistry::register_institution(
				signed(hospital_operator()),
				stranger(),
				InstitutionKind::Clinic,
				[3; 32],
			),
			BadOrigin
		);
	});
}

#[test]
fn register_institution_fails_when_operator_is_taken() {
	test(|| {
		assert_noop!(register(hospital_operator()), Error::<Test>::OperatorTaken);
	});
}

#[test]
fn register_institution_fails_when_operator_is_taken_by_a_suspended_institution() {
	test(|| {
		assert_ok!(set_status(HOSPITAL, InstitutionStatus::Suspended(REASON)));
		assert_noop!(register(hospital_operator()), Error::<Test>::OperatorTaken);
	});
}

#[test]
fn register_institution_fails_when_operator_is_a_practitioner() {
	test(|| {
		enrol_dana();
		assert_noop!(register(dana()), Error::<Test>::AccountIsPractitioner);
	});
}

#[test]
fn register_institution_fails_when_no_id_is_left() {
	new_test_ext().execute_with(|| {
		NextInstitutionId::<Test>::put(InstitutionId(u32::MAX));
		assert_noop!(register(stranger()), Error::<Test>::NoInstitutionIdLeft);
	});
}

#[test]
fn governance_suspends_and_reinstates_an_institution() {
	test(|| {
		for (status, operated, logged) in [
			(InstitutionStatus::Suspended(REASON), None, 1),
			(InstitutionStatus::Active, Some(HOSPITAL), 2),
		] {
			assert_ok!(set_status(HOSPITAL, status));
			assert_eq!(ProviderRegistry::operated_by(&hospital_operator()), operated);
			assert_eq!(ProviderRegistry::is_active(HOSPITAL), operated.is_some());
			System::assert_last_event(
				Event::InstitutionStatusChanged { institution: HOSPITAL, status }.into(),
			);
			assert_eq!(log().len(), logged);
			assert_eq!(
				log().last(),
				Some(&AuditEvent {
					subject: Subject::Institution(HOSPITAL),
					..AuditEvent::new(AuditAction::InstitutionStatusChanged)
				})
			);
		}
	});
}

#[test]
fn suspension_leaves_other_institutions_alone() {
	test(|| {
		assert_ok!(set_status(HOSPITAL, InstitutionStatus::Suspended(REASON)));
		assert!(ProviderRegistry::is_active(CLINIC));
		assert_eq!(ProviderRegistry::operated_by(&clinic_operator()), Some(CLINIC));
	});
}

#[test]
fn set_institution_status_fails_when_not_governance() {
	test(|| {
		assert_noop!(
			ProviderRegistry::set_institution_status(
				signed(hospital_operator()),
				CLINIC,
				InstitutionStatus::Suspended(REASON),
			),
			BadOrigin
		);
	});
}

#[test]
fn set_institution_status_fails_when_institution_is_unknown() {
	test(|| {
		assert_noop!(
			set_status(NOBODY, InstitutionStatus::Suspended(REASON)),
			Error::<Test>::InstitutionUnknown
		);
	});
}

#[test]
fn set_institution_status_fails_when_status_is_unchanged() {
	test(|| {
		assert_noop!(
			set_status(HOSPITAL, InstitutionStatus::Active),
			Error::<Test>::StatusUnchanged
		);
	});
}

#[test]
fn nobody_operates_and_nothing_is_active_when_unknown() {
	test(|| {
		assert_eq!(ProviderRegistry::operated_by(&stranger()), None);
		assert!(!ProviderRegistry::is_active(NOBODY));
	});
}
