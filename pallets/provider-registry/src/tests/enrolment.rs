//! Enrolling practitioners.

use crate::{
	mock::*, Credential, CredentialIssuer, CredentialKind, CredentialStatus, Error, Event,
	InstitutionStatus, Practitioner, PractitionerCount, PractitionerStatus,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AuditAction, AuditEvent, Code, Commitment, Milliseconds, Period, Role, Subject,
};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn operator_enrols_a_practitioner() {
	test(|| {
		assert_ok!(enrol(
			hospital_operator(),
			dana(),
			&[Role::Physician, Role::Emergency],
			current()
		));
		assert_eq!(
			practitioner(&dana()),
			Practitioner {
				enrolled_by: HOSPITAL,
				status: PractitionerStatus::Active,
				affiliations: vec![HOSPITAL].try_into().unwrap(),
				roles: roles(&[Role::Physician, Role::Emergency]),
				credentials: vec![Credential {
					id: FIRST,
					kind: CredentialKind::Licence,
					issuer: CredentialIssuer::Institution(HOSPITAL),
					commitment: credential(&dana()).commitment,
					valid: current(),
					status: CredentialStatus::Valid,
					attested_at: NOW,
					check: None,
					finding: None,
				}]
				.try_into()
				.unwrap(),
				key_agreement: [8; 32],
				enrolled_at: NOW,
			}
		);
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), 1);
		System::assert_last_event(
			Event::PractitionerEnrolled {
				practitioner: dana(),
				institution: HOSPITAL,
				credential: FIRST,
			}
			.into(),
		);
		assert_eq!(
			log(),
			[AuditEvent {
				actor: Some(hospital_operator()),
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::Practitioner(dana().into()),
				..AuditEvent::new(AuditAction::PractitionerEnrolled)
			}]
		);
	});
}

#[test]
fn enrolment_gives_the_practitioner_an_account() {
	test(|| {
		assert_eq!(System::sufficients(&dana()), 0);
		enrol_dana();
		assert_eq!(System::sufficients(&dana()), 1);
	});
}

#[test]
fn a_credential_may_start_later_and_never_end() {
	test(|| {
		let valid = Period { start: Some(Milliseconds(NOW.0 + HOUR)), end: None };
		assert_ok!(enrol(hospital_operator(), dana(), &[Role::Nurse], valid));
		assert_eq!(credential(&dana()).valid, valid);
	});
}

#[test]
fn enrol_fails_when_unsigned() {
	test(|| {
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(
				ProviderRegistry::enrol_practitioner(
					origin,
					dana(),
					roles(&[Role::Nurse]),
					CredentialKind::Employment,
					Commitment([7; 32]),
					current(),
					[8; 32],
				),
				BadOrigin
			);
		}
	});
}

#[test]
fn enrol_fails_when_caller_is_no_operator() {
	test(|| {
		assert_noop!(
			enrol(stranger(), dana(), &[Role::Nurse], current()),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn enrol_fails_when_institution_is_suspended() {
	test(|| {
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(
			enrol(hospital_operator(), dana(), &[Role::Nurse], current()),
			Error::<Test>::InstitutionSuspended
		);
	});
}

#[test]
fn enrol_fails_when_account_is_an_operator() {
	test(|| {
		for operator in [hospital_operator(), clinic_operator()] {
			assert_noop!(
				enrol(hospital_operator(), operator, &[Role::Nurse], current()),
				Error::<Test>::AccountIsOperator
			);
		}
	});
}

#[test]
fn enrol_fails_when_already_enrolled() {
	test(|| {
		enrol_dana();
		for operator in [hospital_operator(), clinic_operator()] {
			assert_noop!(
				enrol(operator, dana(), &[Role::Nurse], current()),
				Error::<Test>::AlreadyEnrolled
			);
		}
	});
}

#[test]
fn enrol_fails_when_no_roles_are_named() {
	test(|| {
		assert_noop!(enrol(hospital_operator(), dana(), &[], current()), Error::<Test>::NoRoles);
	});
}

#[test]
fn enrol_fails_when_a_role_is_repeated() {
	test(|| {
		let mut repeated = roles(&[Role::Nurse, Role::Physician, Role::Nurse]);
		repeated.last_mut().unwrap().taxonomy = Code([42; 16]);
		assert_noop!(
			ProviderRegistry::enrol_practitioner(
				signed(hospital_operator()),
				dana(),
				repeated,
				CredentialKind::Licence,
				Commitment([7; 32]),
				current(),
				[8; 32],
			),
			Error::<Test>::RoleRepeated
		);
	});
}

#[test]
fn enrol_fails_when_period_is_not_ordered() {
	test(|| {
		for end in [NOW.0 + 1, NOW.0 + 2] {
			assert_noop!(
				enrol(hospital_operator(), dana(), &[Role::Nurse], from_until(NOW.0 + 2, end)),
				Error::<Test>::PeriodNotOrdered
			);
		}
	});
}

#[test]
fn enrol_fails_when_credential_already_expired() {
	test(|| {
		// The end is exclusive: a credential that ends now is over.
		for end in [NOW.0 - 1, NOW.0] {
			assert_noop!(
				enrol(hospital_operator(), dana(), &[Role::Nurse], from_until(0, end)),
				Error::<Test>::PeriodAlreadyOver
			);
		}
		assert_ok!(enrol(hospital_operator(), dana(), &[Role::Nurse], from_until(0, NOW.0 + 1)));
	});
}

#[test]
fn enrol_fails_when_practitioners_cannot_be_counted() {
	new_test_ext().execute_with(|| {
		PractitionerCount::<Test>::insert(HOSPITAL, u32::MAX);
		assert_noop!(
			enrol(hospital_operator(), dana(), &[Role::Nurse], current()),
			Error::<Test>::TooManyPractitioners
		);
	});
}
