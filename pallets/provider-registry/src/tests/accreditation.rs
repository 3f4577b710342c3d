//! Accreditations, and what kinds of institutions need.

use crate::{
	mock::*, AccreditationStatus, Accreditations, Error, Event, InstitutionKind, Requirement,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, Code, DenialReason, InstitutionId, Period};
use sp_runtime::DispatchResult;

const SCHEME: Code = Code([5; 16]);

fn accredit(institution: InstitutionId, scheme: Code, level: u8, valid: Period) -> DispatchResult {
	ProviderRegistry::accredit(RuntimeOrigin::root(), institution, scheme, level, valid)
}

fn renew(scheme: Code, level: u8, valid: Period) -> DispatchResult {
	ProviderRegistry::renew_accreditation(RuntimeOrigin::root(), HOSPITAL, scheme, level, valid)
}

fn set(status: AccreditationStatus) -> DispatchResult {
	ProviderRegistry::set_accreditation_status(RuntimeOrigin::root(), HOSPITAL, SCHEME, status)
}

fn require(level: u8) -> DispatchResult {
	ProviderRegistry::require_accreditation(
		RuntimeOrigin::root(),
		InstitutionKind::Hospital,
		Some(Requirement { scheme: SCHEME, level }),
	)
}

const MISSING: Result<(), DenialReason> = Err(DenialReason::AccreditationMissing);

fn dana() -> Result<(), DenialReason> {
	enrolled(&crate::mock::dana()).map(|_| ())
}

#[test]
fn an_accreditation_is_logged_and_announced() {
	test(|| {
		assert_ok!(accredit(HOSPITAL, SCHEME, 2, current()));
		System::assert_last_event(
			Event::Accredited { institution: HOSPITAL, scheme: SCHEME, level: 2, valid: current() }
				.into(),
		);
		assert_eq!(log().last().unwrap().action, AuditAction::AccreditationChanged);
	});
}

#[test]
fn nothing_is_needed_until_governance_requires_it() {
	test(|| {
		enrol_dana();
		assert_ok!(dana());
		assert_ok!(require(2));
		assert_eq!(dana(), MISSING);
		assert_ok!(ProviderRegistry::require_accreditation(
			RuntimeOrigin::root(),
			InstitutionKind::Hospital,
			None,
		));
		assert_ok!(dana());
	});
}

#[test]
fn a_requirement_is_of_one_kind_of_institution() {
	test(|| {
		assert_ok!(require(2));
		let view = |id| ProviderRegistry::institution(id).unwrap().standing;
		assert_eq!(view(HOSPITAL), MISSING);
		assert_eq!(view(CLINIC), Ok(()));
	});
}

#[test]
fn an_accreditation_counts_in_force_at_the_level_and_inside_its_period() {
	test(|| {
		enrol_dana();
		assert_ok!(require(2));
		assert_ok!(accredit(HOSPITAL, Code([6; 16]), 9, current()));
		assert_eq!(dana(), MISSING);
		assert_ok!(accredit(HOSPITAL, SCHEME, 1, current()));
		assert_eq!(dana(), MISSING);
		assert_ok!(renew(SCHEME, 2, current()));
		assert_ok!(dana());
		assert_ok!(set(AccreditationStatus::Suspended));
		assert_eq!(dana(), MISSING);
		assert_ok!(set(AccreditationStatus::InForce));
		assert_ok!(dana());
		assert_ok!(set(AccreditationStatus::Revoked));
		assert_eq!(dana(), MISSING);
		assert_noop!(set(AccreditationStatus::InForce), Error::<Test>::AccreditationIsRevoked);
		assert_ok!(renew(SCHEME, 3, current()));
		assert_ok!(dana());
	});
}

#[test]
fn an_accreditation_ends_without_a_transaction() {
	test(|| {
		assert_ok!(enrol(
			hospital_operator(),
			crate::mock::dana(),
			&[hdx_primitives::Role::Physician],
			Period::default()
		));
		assert_ok!(require(1));
		assert_ok!(accredit(HOSPITAL, SCHEME, 1, current()));
		wait(HOUR - 1);
		assert_ok!(dana());
		wait(1);
		assert_eq!(dana(), MISSING);
	});
}

#[test]
fn an_affiliation_elsewhere_does_not_help_where_home_is_not_accredited() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(
			signed(clinic_operator()),
			crate::mock::dana()
		));
		assert_ok!(require(1));
		let at_clinic = ProviderRegistry::status(
			crate::mock::dana(),
			CLINIC,
			hdx_primitives::Role::Physician,
			NOW,
		);
		assert_eq!(at_clinic.enrolled.map(|_| ()), MISSING);
	});
}

#[test]
fn accredit_fails_when_institution_is_unknown() {
	test(|| {
		assert_noop!(accredit(NOBODY, SCHEME, 1, current()), Error::<Test>::InstitutionUnknown);
		let unknown = ProviderRegistry::renew_accreditation(
			RuntimeOrigin::root(),
			NOBODY,
			SCHEME,
			1,
			current(),
		);
		assert_eq!(unknown, Err(Error::<Test>::InstitutionUnknown.into()));
	});
}

#[test]
fn accredit_fails_when_the_period_is_wrong() {
	test(|| {
		for (valid, error) in [
			(from_until(2, 1), Error::<Test>::PeriodNotOrdered),
			(from_until(1, NOW.0), Error::<Test>::PeriodAlreadyOver),
			(from_until(NOW.0 + 40 * 24 * HOUR, u64::MAX), Error::<Test>::StartsTooFarAhead),
		] {
			assert_noop!(accredit(HOSPITAL, SCHEME, 1, valid), error);
		}
	});
}

#[test]
fn accredit_fails_when_accredited_for_the_scheme_already() {
	test(|| {
		assert_ok!(accredit(HOSPITAL, SCHEME, 1, current()));
		assert_noop!(accredit(HOSPITAL, SCHEME, 2, current()), Error::<Test>::AlreadyAccredited);
	});
}

#[test]
fn accredit_fails_when_there_are_too_many() {
	test(|| {
		for scheme in 0..2 {
			assert_ok!(accredit(HOSPITAL, Code([scheme; 16]), 1, current()));
		}
		assert_noop!(
			accredit(HOSPITAL, SCHEME, 1, current()),
			Error::<Test>::TooManyAccreditations
		);
		assert_eq!(Accreditations::<Test>::get(HOSPITAL).len(), 2);
	});
}

#[test]
fn changes_fail_when_there_is_no_such_accreditation() {
	test(|| {
		assert_noop!(renew(SCHEME, 1, current()), Error::<Test>::AccreditationUnknown);
		assert_noop!(set(AccreditationStatus::Revoked), Error::<Test>::AccreditationUnknown);
	});
}

#[test]
fn changes_fail_when_nothing_changes() {
	test(|| {
		assert_ok!(accredit(HOSPITAL, SCHEME, 1, current()));
		assert_noop!(set(AccreditationStatus::InForce), Error::<Test>::StatusUnchanged);
		assert_ok!(require(1));
		assert_noop!(require(1), Error::<Test>::RequirementUnchanged);
	});
}
