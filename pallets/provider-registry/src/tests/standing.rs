//! Who may act for whom, in which role, and when.

use crate::{mock::*, CredentialStatus, InstitutionStatus, PractitionerStatus, Practitioners};
use frame_support::assert_ok;
use hdx_primitives::{
	AccountId, AssuranceLevel, Code, DenialReason, InstitutionId, Milliseconds, Period,
	ProviderDirectory, Role, Standing,
};

fn dana_at_hospital(at: u64) -> Result<Standing, DenialReason> {
	standing(&dana(), HOSPITAL, Role::Physician, at)
}

fn standing(
	who: &AccountId,
	institution: InstitutionId,
	role: Role,
	at: u64,
) -> Result<Standing, DenialReason> {
	ProviderRegistry::standing(who, institution, role, AssuranceLevel::Enrolled, Milliseconds(at))
}

fn suspend(institution: InstitutionId) {
	assert_ok!(ProviderRegistry::set_institution_status(
		RuntimeOrigin::root(),
		institution,
		InstitutionStatus::Suspended(REASON)
	));
}

#[test]
fn an_enrolled_practitioner_stands_at_the_first_level() {
	test(|| {
		enrol_dana();
		assert_eq!(
			dana_at_hospital(NOW.0),
			Ok(Standing { level: AssuranceLevel::Enrolled, taxonomy: Code([0; 16]) })
		);
	});
}

#[test]
fn the_taxonomy_is_that_of_the_role_asked_for() {
	test(|| {
		assert_ok!(enrol(
			hospital_operator(),
			dana(),
			&[Role::Physician, Role::Emergency],
			current()
		));
		let stands = standing(&dana(), HOSPITAL, Role::Emergency, NOW.0).unwrap();
		assert_eq!(stands.taxonomy, assignment(Role::Emergency).taxonomy);
	});
}

#[test]
fn a_practitioner_stands_at_every_affiliation() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_ok!(standing(&dana(), CLINIC, Role::Physician, NOW.0));
		assert_ok!(standing(&dana(), HOSPITAL, Role::Physician, NOW.0));
	});
}

#[test]
fn an_institution_that_is_suspended_takes_standing_and_gives_it_back() {
	test(|| {
		enrol_dana();
		let before = dana_at_hospital(NOW.0);
		assert_ok!(&before);
		suspend(HOSPITAL);
		assert_eq!(dana_at_hospital(NOW.0), Err(DenialReason::InstitutionSuspended));
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Active
		));
		assert_eq!(dana_at_hospital(NOW.0), before);
	});
}

#[test]
fn a_suspended_affiliation_leaves_the_others() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		suspend(CLINIC);
		assert_ok!(dana_at_hospital(NOW.0));
	});
}

#[test]
fn a_credential_starts_inclusively_and_ends_exclusively() {
	test(|| {
		let (start, end) = (NOW.0 - HOUR, NOW.0 + HOUR);
		enrol_dana();
		assert_eq!(dana_at_hospital(start - 1), Err(DenialReason::CredentialNotYetValid));
		assert_ok!(dana_at_hospital(start));
		assert_ok!(dana_at_hospital(end - 1));
		assert_eq!(dana_at_hospital(end), Err(DenialReason::CredentialExpired));
	});
}

#[test]
fn an_open_period_holds_always() {
	test(|| {
		assert_ok!(enrol(hospital_operator(), dana(), &[Role::Physician], Period::default()));
		assert_ok!(dana_at_hospital(0));
		assert_ok!(dana_at_hospital(u64::MAX));
	});
}

#[test]
fn standing_fails_when_institution_is_unknown() {
	test(|| {
		enrol_dana();
		assert_eq!(
			standing(&dana(), NOBODY, Role::Physician, NOW.0),
			Err(DenialReason::InstitutionUnknown)
		);
	});
}

#[test]
fn standing_fails_when_institution_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		suspend(CLINIC);
		assert_eq!(
			standing(&dana(), CLINIC, Role::Physician, NOW.0),
			Err(DenialReason::InstitutionSuspended)
		);
	});
}

#[test]
fn standing_fails_when_practitioner_is_unknown() {
	test(|| assert_eq!(dana_at_hospital(NOW.0), Err(DenialReason::PractitionerUnknown)));
}

#[test]
fn standing_fails_when_an_operator_asks() {
	test(|| {
		assert_eq!(
			standing(&hospital_operator(), HOSPITAL, Role::Physician, NOW.0),
			Err(DenialReason::PractitionerUnknown)
		);
	});
}

#[test]
fn standing_fails_when_practitioner_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_practitioner_status(
			signed(hospital_operator()),
			dana(),
			PractitionerStatus::Suspended(REASON)
		));
		assert_eq!(dana_at_hospital(NOW.0), Err(DenialReason::PractitionerSuspended));
	});
}

#[test]
fn standing_fails_when_not_affiliated() {
	test(|| {
		enrol_dana();
		assert_eq!(
			standing(&dana(), CLINIC, Role::Physician, NOW.0),
			Err(DenialReason::NotAffiliated)
		);
	});
}

#[test]
fn standing_fails_when_role_is_not_held() {
	test(|| {
		enrol_dana();
		assert_eq!(standing(&dana(), HOSPITAL, Role::Nurse, NOW.0), Err(DenialReason::RoleNotHeld));
	});
}

#[test]
fn standing_fails_when_the_issuer_is_suspended_even_for_another_institution() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		suspend(HOSPITAL);
		assert_eq!(
			standing(&dana(), CLINIC, Role::Physician, NOW.0),
			Err(DenialReason::InstitutionSuspended)
		);
	});
}

#[test]
fn standing_fails_when_credential_is_revoked() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST));
		assert_eq!(dana_at_hospital(NOW.0), Err(DenialReason::CredentialRevoked));
	});
}

#[test]
fn standing_fails_when_removed() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_eq!(dana_at_hospital(NOW.0), Err(DenialReason::PractitionerUnknown));
	});
}

/// Everything is wrong at first; each step repairs the cause that was named, and the next shows.
#[test]
fn refusals_come_in_their_order() {
	new_test_ext().execute_with(|| {
		let who = dana();
		let at = NOW.0 + HOUR;
		let ask = |institution| standing(&who, institution, Role::Nurse, at);
		assert_eq!(ask(NOBODY), Err(DenialReason::InstitutionUnknown));
		suspend(CLINIC);
		assert_eq!(ask(CLINIC), Err(DenialReason::InstitutionSuspended));
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			CLINIC,
			InstitutionStatus::Active
		));
		assert_eq!(ask(CLINIC), Err(DenialReason::PractitionerUnknown));
		assert_ok!(enrol(hospital_operator(), who.clone(), &[Role::Physician], current()));
		Practitioners::<Test>::mutate(&who, |stored| {
			let stored = stored.as_mut().unwrap();
			stored.status = PractitionerStatus::Suspended(REASON);
			stored.credentials[0].status = CredentialStatus::Revoked;
			// No real period is over before it starts, but only so can both refusals compete.
			stored.credentials[0].valid = from_until(at + 1, at);
		});
		suspend(HOSPITAL);

		let repair = |change: fn(&mut crate::PractitionerOf<Test>)| {
			Practitioners::<Test>::mutate(&who, |stored| change(stored.as_mut().unwrap()))
		};
		assert_eq!(ask(CLINIC), Err(DenialReason::PractitionerSuspended));
		repair(|stored| stored.status = PractitionerStatus::Active);
		assert_eq!(ask(CLINIC), Err(DenialReason::NotAffiliated));
		repair(|stored| stored.affiliations.try_push(CLINIC).unwrap());
		assert_eq!(ask(CLINIC), Err(DenialReason::RoleNotHeld));
		repair(|stored| stored.roles = roles(&[Role::Nurse]));
		assert_eq!(ask(CLINIC), Err(DenialReason::InstitutionSuspended));
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Active
		));
		assert_eq!(ask(CLINIC), Err(DenialReason::CredentialRevoked));
		repair(|stored| stored.credentials[0].status = CredentialStatus::Valid);
		assert_eq!(ask(CLINIC), Err(DenialReason::CredentialNotYetValid));
		repair(|stored| stored.credentials[0].valid.start = None);
		assert_eq!(ask(CLINIC), Err(DenialReason::CredentialExpired));
		repair(|stored| stored.credentials[0].valid.end = None);
		assert_ok!(ask(CLINIC));
	});
}
