//! What the decision asks, in which order, and the reason that each refusal gives.

use super::emergency::*;
use crate::{mock::*, Error, Grants};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{
		terminology::{action, purpose},
		Actor, Code, Obligations, Outcome,
	},
	AccessRequest, Action, AssuranceLevel, AuditOutcome, DenialReason, Role,
};

/// Asks as the physician and returns why it was denied.
fn denial(request: AccessRequest) -> DenialReason {
	assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(PHYSICIAN), request, None));
	assert_eq!(Grants::<Test>::iter().count(), 0);
	match last_entry().outcome {
		AuditOutcome::Denied(reason) => reason,
		AuditOutcome::Success => panic!("was granted"),
	}
}

#[test]
fn the_consents_are_asked_about_account_institution_and_taxonomy() {
	run(|| {
		let labels = vec![Code([1; 16]), Code([2; 16])];
		let classes = vec![Code([3; 16])];
		granted(AccessRequest {
			labels: labels.clone().try_into().unwrap(),
			classes: classes.clone().try_into().unwrap(),
			..request()
		});
		assert_eq!(
			LastAsked::get(),
			Some(Asked {
				patient: PATIENT,
				actors: vec![
					Actor::Account(PHYSICIAN.into()),
					Actor::Organisation(CLINIC),
					Actor::Role(TAXONOMY),
				],
				purposes: vec![purpose::TREAT],
				actions: vec![action::ACCESS],
				labels,
				classes,
				at: START,
			})
		);
	});
}

#[test]
fn each_action_is_asked_under_its_code() {
	run(|| {
		for (asked, code) in [
			(Action::Read, action::ACCESS),
			(Action::Write, action::CORRECT),
			(Action::Append, action::COLLECT),
			(Action::Disclose, action::DISCLOSE),
		] {
			granted(AccessRequest { action: asked, ..request() });
			assert_eq!(LastAsked::get().unwrap().actions, vec![code]);
		}
	});
}

#[test]
fn every_refusal_of_the_directory_is_the_reason() {
	for reason in [
		DenialReason::PractitionerUnknown,
		DenialReason::PractitionerSuspended,
		DenialReason::NotAffiliated,
		DenialReason::InstitutionUnknown,
		DenialReason::InstitutionSuspended,
		DenialReason::RoleNotHeld,
		DenialReason::CredentialNotYetValid,
		DenialReason::CredentialExpired,
		DenialReason::CredentialRevoked,
		DenialReason::AssuranceTooLow,
		DenialReason::AccreditationMissing,
		DenialReason::IssuerSuspended,
		DenialReason::IssuerNotTrusted,
		DenialReason::CredentialSuspended,
		DenialReason::LicenceMissing,
		DenialReason::CheckMissing,
		DenialReason::CheckStale,
		DenialReason::SecondKeyMissing,
		DenialReason::KeyRotated,
		DenialReason::LicenceUnconfirmed,
	] {
		run(|| {
			refuse_standing(reason);
			assert_eq!(denial(request()), reason);
		});
	}
}

#[test]
fn a_cell_that_is_not_in_the_matrix_is_denied() {
	run(|| {
		assert_eq!(
			denial(AccessRequest { purpose: purpose::HMARKT, ..request() }),
			DenialReason::RoleNotPermitted
		);
	});
}

#[test]
fn an_action_that_is_not_in_the_cell_is_denied() {
	run(|| {
		assert_eq!(
			denial(AccessRequest { purpose: purpose::PATRQT, action: Action::Write, ..request() }),
			DenialReason::RoleNotPermitted
		);
	});
}

#[test]
fn a_consent_that_denies_is_the_reason() {
	run(|| {
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_eq!(denial(request()), DenialReason::ConsentDenied);
	});
}

#[test]
fn no_consent_is_a_denial() {
	run(|| {
		assert_eq!(
			denial(AccessRequest { patient: SILENT_PATIENT, ..request() }),
			DenialReason::NoConsent
		);
		assert_eq!(last_entry().basis, None);
		assert!(last_entry().algorithm.is_some());
	});
}

#[test]
fn the_directory_is_asked_before_the_matrix() {
	run(|| {
		refuse_standing(DenialReason::CredentialExpired);
		assert_eq!(
			denial(AccessRequest { purpose: purpose::HMARKT, ..request() }),
			DenialReason::CredentialExpired
		);
	});
}

#[test]
fn consents_are_not_looked_at_for_those_who_may_not_ask() {
	run(|| {
		LastAsked::set(None);
		denial(AccessRequest { purpose: purpose::HMARKT, ..request() });
		assert_eq!(LastAsked::get(), None);
		assert_eq!(last_entry().algorithm, None);
		refuse_standing(DenialReason::NotAffiliated);
		denial(request());
		assert_eq!(LastAsked::get(), None);
	});
}

#[test]
fn breaking_the_glass_needs_the_highest_level_whatever_the_matrix_says() {
	run(|| {
		let request = AccessRequest { purpose: purpose::BTG, ..request() };
		assert_ok!(RecordAccess::set_role_permissions(
			RuntimeOrigin::root(),
			Role::Physician,
			purpose::BTG,
			vec![Action::Read].try_into().unwrap(),
		));
		assert_noop!(
			RecordAccess::set_required_level(
				RuntimeOrigin::root(),
				purpose::BTG,
				Action::Read,
				Some(AssuranceLevel::Enrolled),
			),
			Error::<Test>::LevelIsFixed
		);
		for level in [AssuranceLevel::Enrolled, AssuranceLevel::Attested] {
			set_standing(level);
			assert_eq!(denial(request.clone()), DenialReason::AssuranceTooLow);
			assert_ok!(break_glass(request.clone()));
			let too_low = AuditOutcome::Denied(DenialReason::AssuranceTooLow);
			assert_eq!(last_entry().outcome, too_low);
		}
		set_standing(AssuranceLevel::Verified);
		broken(request);
	});
}
