//! Breaking the glass: what it takes, what it leaves, and what it lets somebody see.

use super::emergency::*;
use crate::{
	mock::*, ConfirmedGrants, EmergencyOverride, EmergencyOverrides, Error, Event, Grant,
	GrantRefusal, GrantStatus, GrantedRequest, Grants, NextGrantId, PermittedActions,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	break_glass_operation,
	consent::Accounts,
	engine::{terminology::purpose, Algorithm, Obligations, Outcome},
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditEvent, AuditOutcome,
	DenialReason, GrantId, Milliseconds, Overridden, OverrideReason, RecordId, Role, Subject,
	Target,
};
use sp_runtime::DispatchError;

/// A physician at the highest level.
fn verified(test: impl FnOnce()) {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		test();
	});
}

/// Breaks the glass and returns what the log says, which is the last entry.
fn outcome(request: AccessRequest) -> AuditOutcome {
	assert_ok!(break_glass(request));
	assert_eq!(last_entry().action, AuditAction::EmergencyOverrideStarted);
	last_entry().outcome
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn overridden() -> Option<Overridden> {
	match last_entry().subject {
		Subject::BreakGlass { overridden, .. } => overridden,
		other => panic!("{other:?}"),
	}
}

#[test]
fn a_broken_glass_leaves_a_grant_without_obligations_and_a_pending_review() {
	verified(|| {
		let record = registered(PATIENT);
		answer(PATIENT, Outcome::Permit, redact(1));
		let request = AccessRequest { target: Target::Record(record), ..emergency() };
		assert_ok!(break_glass(request.clone()));

		let id = GrantId(0);
		let expires_at = START.saturating_add(HOUR);
		let deadline = START.saturating_add(TERMS.review_within);
		assert_eq!(
			Grants::<Test>::get(id),
			Some(Grant {
				grantee: PHYSICIAN,
				request: GrantedRequest::from(&request),
				patient: PATIENT,
				target: Target::Record(record),
				obligations: Obligations::default(),
				issued_at: START,
				expires_at,
				uses_left: TERMS.uses,
				basis: None,
				status: GrantStatus::Active,
			})
		);
		assert_eq!(
			EmergencyOverrides::<Test>::get(id),
			Some(EmergencyOverride { reason: REASON, entry: last_index(), deadline, review: None })
		);
		assert!(ConfirmedGrants::<Test>::contains_key(id));
		assert_eq!(Confirmed::get(), [break_glass_operation(&request, REASON)]);
		assert_eq!(LastRequired::get(), Some(AssuranceLevel::Verified));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PHYSICIAN),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(purpose::BTG),
				subject: Subject::BreakGlass {
					grant: Some(id),
					record: Some(record),
					reason: REASON,
					overridden: Some(Overridden::Redaction),
				},
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
			}
		);
		System::assert_last_event(
			Event::GlassBroken {
				grant: id,
				practitioner: PHYSICIAN,
				institution: CLINIC,
				patient: PATIENT,
				guardians: Accounts::truncate_from(vec![GUARDIAN]),
				reason: REASON,
				overridden: Overridden::Redaction,
				expires_at,
				deadline,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_denied_break_glass_is_an_answer_that_is_logged_and_announced() {
	run(|| {
		let record = registered(PATIENT);
		let request = AccessRequest { target: Target::Record(record), ..emergency() };
		assert_ok!(break_glass(request));
		assert_eq!(Grants::<Test>::iter().count(), 0);
		assert_eq!(EmergencyOverrides::<Test>::iter().count(), 0);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PHYSICIAN),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(purpose::BTG),
				outcome: denied(DenialReason::AssuranceTooLow),
				subject: Subject::BreakGlass {
					grant: None,
					record: Some(record),
					reason: REASON,
					overridden: None,
				},
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
			}
		);
		System::assert_last_event(
			Event::BreakGlassDenied {
				practitioner: PHYSICIAN,
				institution: CLINIC,
				patient: PATIENT,
				reason: DenialReason::AssuranceTooLow,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn the_log_says_what_the_consents_said() {
	verified(|| {
		for (answered, obligations, expected) in [
			(Outcome::Permit, Obligations::default(), Overridden::Nothing),
			(Outcome::Permit, redact(1), Overridden::Redaction),
			(Outcome::Deny, Obligations::default(), Overridden::Denial),
			(Outcome::NoConsent, Obligations::default(), Overridden::NoConsent),
		] {
			answer(PATIENT, answered, obligations);
			assert_eq!(outcome(another_emergency()), AuditOutcome::Success);
			assert_eq!(overridden(), Some(expected));
		}
	});
}

#[test]
fn no_consent_is_needed_then_or_later() {
	verified(|| {
		let record = registered(SILENT_PATIENT);
		let grant = broken(AccessRequest { patient: SILENT_PATIENT, ..emergency() });
		assert_ok!(disclose(grant, record));
		answer(SILENT_PATIENT, Outcome::Deny, Obligations::default());
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn a_disclosure_under_a_broken_glass_says_so_in_the_log() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		assert_ok!(disclose(grant, record));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				purpose: Some(purpose::BTG),
				subject: Subject::BreakGlass {
					grant: Some(grant),
					record: Some(record),
					reason: REASON,
					overridden: None,
				},
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::Disclosed)
			}
		);
	});
}

#[test]
fn emergency_treatment_breaks_the_glass_as_well() {
	verified(|| {
		let request = AccessRequest { purpose: purpose::ETREAT, ..emergency() };
		assert_eq!(outcome(request), AuditOutcome::Success);
		assert_eq!(EmergencyOverrides::<Test>::iter().count(), 1);
	});
}

#[test]
fn any_reason_of_the_value_set_will_do() {
	verified(|| {
		for reason in OverrideReason::ALL {
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			let id = NextGrantId::<Test>::get();
			assert_ok!(RecordAccess::break_glass(physician, emergency(), reason, Some(factor())));
			assert_eq!(EmergencyOverrides::<Test>::get(id).map(|it| it.reason), Some(reason));
		}
	});
}

#[test]
fn the_highest_level_is_needed_whatever_governance_sets() {
	run(|| {
		let (root, purpose) = (RuntimeOrigin::root(), purpose::ETREAT);
		let lower = Some(AssuranceLevel::Enrolled);
		assert_ok!(RecordAccess::set_required_level(root, purpose, Action::Read, lower));
		let request = AccessRequest { purpose, ..emergency() };
		assert_eq!(outcome(request), denied(DenialReason::AssuranceTooLow));
		assert_eq!(LastRequired::get(), Some(AssuranceLevel::Verified));
	});
}

#[test]
fn a_stranger_is_denied_and_logged() {
	run(|| {
		let stranger = RuntimeOrigin::signed(STRANGER);
		assert_ok!(RecordAccess::break_glass(stranger, emergency(), REASON, Some(factor())));
		assert_eq!(last_entry().actor, Some(STRANGER));
		assert_eq!(last_entry().outcome, denied(DenialReason::PractitionerUnknown));
	});
}

#[test]
fn each_reason_for_which_somebody_may_not_practise_is_logged() {
	run(|| {
		for reason in [
			DenialReason::InstitutionSuspended,
			DenialReason::PractitionerSuspended,
			DenialReason::NotAffiliated,
			DenialReason::RoleNotHeld,
			DenialReason::LicenceMissing,
			DenialReason::CheckStale,
			DenialReason::SecondKeyMissing,
			DenialReason::KeyRotated,
		] {
			refuse_standing(reason);
			assert_eq!(outcome(emergency()), denied(reason));
		}
	});
}

#[test]
fn the_role_matrix_applies() {
	verified(|| {
		let nothing = PermittedActions::default();
		let root = RuntimeOrigin::root();
		let role = Role::Physician;
		assert_ok!(RecordAccess::set_role_permissions(root, role, purpose::BTG, nothing));
		assert_eq!(outcome(emergency()), denied(DenialReason::RoleNotPermitted));
	});
}

#[test]
fn who_may_treat_an_emergency_with_a_consent_need_not_be_who_may_do_without() {
	verified(|| {
		let_act_verified(PHYSICIAN, CLINIC, Role::Pharmacist);
		let request = AccessRequest { role: Role::Pharmacist, ..emergency() };
		let request = AccessRequest { purpose: purpose::ETREAT, ..request };
		assert!(RecordAccess::role_permits(Role::Pharmacist, purpose::ETREAT, Action::Read));
		assert_eq!(outcome(request), denied(DenialReason::RoleNotPermitted));
		// Nor the other way round.
		let nothing = PermittedActions::default();
		let (root, role) = (RuntimeOrigin::root(), Role::Physician);
		assert_ok!(RecordAccess::set_role_permissions(root, role, purpose::ETREAT, nothing));
		let request = AccessRequest { purpose: purpose::ETREAT, ..emergency() };
		assert_eq!(outcome(request), denied(DenialReason::RoleNotPermitted));
		assert_eq!(outcome(emergency()), AuditOutcome::Success);
	});
}

#[test]
fn a_grant_ends_with_the_cell_of_the_matrix() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		let root = RuntimeOrigin::root();
		assert_ok!(RecordAccess::set_role_permissions(
			root,
			Role::Physician,
			purpose::BTG,
			PermittedActions::default()
		));
		assert_noop!(disclose(grant, record), Error::<Test>::RoleNotPermitted);
	});
}

#[test]
fn the_patients_opt_out_is_the_last_word_and_holds_for_grants_too() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		set_opt_out(PATIENT, true);
		assert_eq!(outcome(another_emergency()), denied(DenialReason::EmergencyOptOut));
		assert_noop!(disclose(grant, record), Error::<Test>::EmergencyOptOut);
		assert_eq!(
			RecordAccess::check_grant(grant, HOSPITAL, START),
			Err(GrantRefusal::Denied(DenialReason::EmergencyOptOut))
		);
		set_opt_out(PATIENT, false);
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn who_may_not_practise_learns_nothing_of_an_opt_out() {
	run(|| {
		set_opt_out(PATIENT, true);
		refuse_standing(DenialReason::PractitionerSuspended);
		assert_eq!(outcome(emergency()), denied(DenialReason::PractitionerSuspended));
		set_standing(AssuranceLevel::Verified);
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		assert_ok!(RecordAccess::break_glass(physician, emergency(), REASON, None));
		assert_eq!(last_entry().outcome, denied(DenialReason::SecondFactorMissing));
	});
}

#[test]
fn the_patient_ends_a_break_glass_and_the_log_says_that_it_stopped() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		assert_eq!(last_entry().action, AuditAction::EmergencyOverrideStopped);
		assert!(matches!(last_entry().subject, Subject::BreakGlass { .. }));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantRevoked);
		// It happened, so it is reviewed.
		assert_ok!(review(OFFICER, grant));
	});
}

#[test]
fn request_access_grants_no_emergency_without_a_consent_that_permits_it() {
	verified(|| {
		let ask = |request| {
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			assert_ok!(RecordAccess::request_access(physician, request, Some(factor())));
			last_entry().outcome
		};
		// Not even where a consent permits to break the glass.
		assert_eq!(ask(emergency()), denied(DenialReason::BreakGlassNeeded));
		let treat = AccessRequest { purpose: purpose::ETREAT, ..emergency() };
		assert_eq!(ask(treat.clone()), AuditOutcome::Success);
		imply(PATIENT);
		let treat = AccessRequest { duration: Milliseconds(1), ..treat };
		assert_eq!(ask(treat), denied(DenialReason::BreakGlassNeeded));
	});
}

#[test]
fn a_grant_for_emergency_treatment_ends_with_the_consent_on_which_it_rests() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = granted(AccessRequest { purpose: purpose::ETREAT, ..request() });
		imply(PATIENT);
		assert_noop!(disclose(grant, record), Error::<Test>::BreakGlassNeeded);
	});
}

#[test]
fn break_glass_fails_when_the_origin_is_not_signed() {
	run(|| {
		assert_noop!(
			RecordAccess::break_glass(RuntimeOrigin::none(), emergency(), REASON, Some(factor())),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn break_glass_fails_for_any_other_purpose() {
	verified(|| {
		for term in purpose::ALL {
			if !["BTG", "ETREAT"].contains(&term.symbol) {
				let request = AccessRequest { purpose: term.code, ..emergency() };
				assert_noop!(break_glass(request), Error::<Test>::NotAnEmergency);
			}
		}
	});
}

#[test]
fn break_glass_fails_for_anything_but_reading() {
	verified(|| {
		for action in [Action::Write, Action::Append, Action::Disclose] {
			let request = AccessRequest { action, ..emergency() };
			assert_noop!(break_glass(request), Error::<Test>::EmergencyOnlyReads);
		}
	});
}

#[test]
fn break_glass_fails_for_longer_than_the_terms_allow() {
	verified(|| {
		let duration = Milliseconds(HOUR.0 + 1);
		let request = AccessRequest { duration, ..emergency() };
		assert_noop!(break_glass(request), Error::<Test>::EmergencyTooLong);
		let request = AccessRequest { duration: Milliseconds(u64::MAX), ..emergency() };
		assert_noop!(break_glass(request), Error::<Test>::EmergencyTooLong);
		let request = AccessRequest { duration: Milliseconds(0), ..emergency() };
		assert_noop!(break_glass(request), Error::<Test>::ZeroDuration);
	});
}

#[test]
fn break_glass_fails_when_it_is_about_nobody_or_oneself_or_an_unknown_record() {
	verified(|| {
		let about = |patient: AccountId| AccessRequest { patient, ..emergency() };
		assert_noop!(break_glass(about(STRANGER)), Error::<Test>::PatientUnknown);
		assert_noop!(break_glass(about(PHYSICIAN)), Error::<Test>::SelfGrant);
		let of = |record| AccessRequest { target: Target::Record(record), ..emergency() };
		assert_noop!(break_glass(of(RecordId(7))), Error::<Test>::RecordUnknown);
		let record = registered(SILENT_PATIENT);
		assert_noop!(break_glass(of(record)), Error::<Test>::RecordOfAnotherPatient);
	});
}
