//! Breaking the glass by proof: what is one, what is denied, and what an answer leaves behind.

use super::emergency::*;
use crate::{
	mock::*, Call, ConfirmedGrants, EmergencyOverride, EmergencyOverrides, EmergencyTerms,
	EmergencyTermsInForce, Error, Event, Grant, GrantStatus, GrantedRequest, Grants, NextGrantId,
	OverrideCountOf, ProvenOverrides, RoleMatrix, WeightInfo,
};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use hdx_primitives::{
	emergency_operation,
	engine::{
		terminology::purpose::{BTG, ETREAT, TREAT},
		Actor, Algorithm, Obligations, Outcome,
	},
	AccessRequest, Action, AssuranceLevel, AuditAction, AuditEvent, AuditOutcome, DenialReason,
	EmergencyEvidence, EmergencyRefusal, Milliseconds, Overridden, RecordId, Role, Subject, Target,
};

fn evidence(request: &AccessRequest, nullifier: u8) -> EmergencyEvidence {
	let proof = emergency_proof(nullifier);
	EmergencyEvidence::new(&proof, emergency_operation(request, REASON, proof.recipient))
}

/// Asserts that this is denied for this reason and logged without evidence, and that the proof is left unused.
fn denied(request: AccessRequest, reason: DenialReason) {
	let (grants, entries) = (NextGrantId::<Test>::get(), log().len());
	let proven = ProvenEmergencies::get();
	assert_ok!(break_by_proof(request, 99));
	let entry = last_entry();
	assert_eq!(entry.outcome, AuditOutcome::Denied(reason));
	assert!(matches!(
		entry.subject,
		Subject::ProvenBreakGlass { grant: None, evidence: None, overridden: None, .. }
	));
	assert_eq!(log().len(), entries + 1);
	assert_eq!(NextGrantId::<Test>::get(), grants);
	assert_eq!(ProvenEmergencies::get(), proven);
}

#[test]
fn an_institution_breaks_the_glass_for_a_clinician_who_proves() {
	run(|| {
		let id = broken_by_proof(emergency(), 7);
		assert_eq!(
			Grants::<Test>::get(id),
			Some(Grant {
				grantee: CLINIC_OPERATOR,
				request: GrantedRequest::from(&emergency()),
				patient: PATIENT,
				target: Target::WholeRecord,
				obligations: Obligations::default(),
				issued_at: START,
				expires_at: START.saturating_add(HOUR),
				uses_left: TERMS.uses,
				basis: None,
				status: GrantStatus::Active,
			})
		);
		assert_eq!(
			EmergencyOverrides::<Test>::get(id),
			Some(EmergencyOverride {
				reason: REASON,
				entry: last_index(),
				deadline: START.saturating_add(TERMS.review_within),
				review: None,
			})
		);
		assert_eq!(RecordAccess::emergency_evidence(id), Some(evidence(&emergency(), 7)));
		assert!(!ConfirmedGrants::<Test>::contains_key(id));
		assert!(!RecordAccess::is_proven(id));
		assert_eq!(OverrideCountOf::<Test>::get(PATIENT), 1);
		// What it was about is what was asked, for whom it was drawn, and how often a day.
		let asked = evidence(&emergency(), 7).asked;
		assert_eq!(LastEmergency::get(), Some((CLINIC_OPERATOR, asked, TERMS.proofs_a_day)));
		assert_eq!(ProvenEmergencies::get(), [[7; 32]]);
	});
}

#[test]
fn an_emergency_by_proof_is_logged_with_its_evidence_and_announced_with_the_institution() {
	run(|| {
		answer(PATIENT, Outcome::Deny, Obligations::default());
		let record = registered(PATIENT);
		let request = AccessRequest { target: Target::Record(record), ..emergency() };
		let grant = broken_by_proof(request.clone(), 7);
		let evidence = evidence(&request, 7);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CLINIC_OPERATOR),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(BTG),
				subject: Subject::ProvenBreakGlass {
					grant: Some(grant),
					record: Some(record),
					reason: REASON,
					overridden: Some(Overridden::Denial),
					evidence: Some(evidence.hash()),
				},
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
			}
		);
		System::assert_has_event(Event::EmergencyProven { grant, evidence }.into());
		System::assert_last_event(
			Event::GlassBroken {
				grant,
				practitioner: CLINIC_OPERATOR,
				institution: CLINIC,
				patient: PATIENT,
				guardians: hdx_primitives::consent::Accounts::truncate_from(vec![GUARDIAN]),
				reason: REASON,
				overridden: Overridden::Denial,
				expires_at: START.saturating_add(HOUR),
				deadline: START.saturating_add(TERMS.review_within),
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn consents_are_asked_about_the_institution_alone() {
	run(|| {
		broken_by_proof(emergency(), 7);
		let asked = LastAsked::get().unwrap();
		assert_eq!(asked.actors, [Actor::Organisation(CLINIC)]);
	});
}

#[test]
fn a_denial_is_announced() {
	run(|| {
		Lacking::insert(CLINIC, DenialReason::InstitutionSuspended);
		denied(emergency(), DenialReason::InstitutionSuspended);
		System::assert_last_event(
			Event::BreakGlassDenied {
				practitioner: CLINIC_OPERATOR,
				institution: CLINIC,
				patient: PATIENT,
				reason: DenialReason::InstitutionSuspended,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn an_emergency_by_proof_is_denied_when_the_signer_does_not_operate_the_institution() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		for signer in [PHYSICIAN, CUSTODIAN, STRANGER] {
			assert_ok!(break_by_proof_as(signer, emergency(), 7));
			let outcome = AuditOutcome::Denied(DenialReason::NotAffiliated);
			assert_eq!(last_entry().outcome, outcome);
		}
		assert!(ProvenEmergencies::get().is_empty());
	});
}

#[test]
fn an_emergency_by_proof_is_denied_when_the_institution_does_not_stand() {
	run(|| {
		for reason in [DenialReason::InstitutionSuspended, DenialReason::AccreditationMissing] {
			Lacking::insert(CLINIC, reason);
			denied(emergency(), reason);
		}
	});
}

#[test]
fn an_emergency_by_proof_is_denied_when_the_matrix_does_not_permit_the_role() {
	run(|| {
		let billing = AccessRequest { role: Role::Billing, ..emergency() };
		denied(billing, DenialReason::RoleNotPermitted);
		RoleMatrix::<Test>::remove(Role::Physician, ETREAT);
		let treatment = AccessRequest { purpose: ETREAT, ..emergency() };
		denied(treatment, DenialReason::RoleNotPermitted);
		broken_by_proof(emergency(), 7);
	});
}

#[test]
fn an_emergency_by_proof_is_denied_for_a_record_that_is_retired_or_erased() {
	run(|| {
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		let record = registered(PATIENT);
		let request = || AccessRequest { target: Target::Record(record), ..emergency() };
		assert_ok!(RecordAccess::retire_record(custodian(), record));
		denied(request(), DenialReason::RecordRetired);
		assert_ok!(RecordAccess::record_erasure(custodian(), record, DISCLOSURE));
		denied(request(), DenialReason::RecordErased);
	});
}

#[test]
fn an_emergency_by_proof_is_denied_when_the_institutions_reviews_are_overdue() {
	run(|| {
		for nullifier in 0..=TERMS.max_overdue as u8 {
			broken_by_proof(emergency(), nullifier);
		}
		set_time(Milliseconds(START.0 + TERMS.review_within.0 - 1));
		broken_by_proof(emergency(), 50);
		set_time(START.saturating_add(TERMS.review_within));
		denied(emergency(), DenialReason::ReviewsOverdue);
	});
}

#[test]
fn an_emergency_by_proof_is_denied_when_the_proof_does_not_hold() {
	run(|| {
		for reason in [DenialReason::NotProven, DenialReason::CircuitInactive] {
			EmergencyAnswer::put(reason);
			denied(emergency(), reason);
		}
		EmergencyAnswer::kill();
		broken_by_proof(emergency(), 99);
		denied(emergency(), DenialReason::ProofUsed);
	});
}

#[test]
fn an_opt_out_holds_and_is_told_after_the_proof_alone() {
	run(|| {
		set_opt_out(PATIENT, true);
		EmergencyAnswer::put(DenialReason::NotProven);
		denied(emergency(), DenialReason::NotProven);
		EmergencyAnswer::kill();
		assert_ok!(break_by_proof(emergency(), 7));
		let entry = last_entry();
		assert_eq!(entry.outcome, AuditOutcome::Denied(DenialReason::EmergencyOptOut));
		// Whoever tried can be read by the auditor, and used a slot up.
		let evidence = Some(evidence(&emergency(), 7).hash());
		assert!(
			matches!(entry.subject, Subject::ProvenBreakGlass { grant: None, evidence: said, .. } if said == evidence)
		);
		assert_eq!(ProvenEmergencies::get(), [[7; 32]]);
		assert_eq!(ProvenOverrides::<Test>::iter().count(), 0);
		assert_eq!(OverrideCountOf::<Test>::get(PATIENT), 0);
	});
}

#[test]
fn an_emergency_by_proof_fails_when_no_proof_can_be_about_it() {
	run(|| {
		for (refusal, error) in [
			(EmergencyRefusal::RootNotRecent, Error::<Test>::LicenceRootNotRecent),
			(EmergencyRefusal::AuditorNotInOffice, Error::AuditorNotInOffice),
			(EmergencyRefusal::TimeTooFar, Error::ProofTimeTooFar),
			(EmergencyRefusal::NullifierTooLarge, Error::NullifierTooLarge),
			(EmergencyRefusal::IdentityMalformed, Error::IdentityMalformed),
			(EmergencyRefusal::RecipientUsed, Error::RecipientUsed),
		] {
			NoEmergency::put(refusal);
			assert_noop!(break_by_proof(emergency(), 7), error);
		}
	});
}

#[test]
fn an_emergency_by_proof_fails_when_it_is_none() {
	run(|| {
		let record = registered(SILENT_PATIENT);
		let unknown = Target::Record(RecordId(9));
		for (request, error) in [
			(AccessRequest { purpose: TREAT, ..emergency() }, Error::<Test>::NotAnEmergency),
			(AccessRequest { action: Action::Write, ..emergency() }, Error::EmergencyOnlyReads),
			(
				AccessRequest { duration: Milliseconds(HOUR.0 + 1), ..emergency() },
				Error::EmergencyTooLong,
			),
			(AccessRequest { duration: Milliseconds(0), ..emergency() }, Error::ZeroDuration),
			(AccessRequest { patient: STRANGER, ..emergency() }, Error::PatientUnknown),
			(AccessRequest { patient: CLINIC_OPERATOR, ..emergency() }, Error::SelfGrant),
			(AccessRequest { target: unknown, ..emergency() }, Error::RecordUnknown),
			(
				AccessRequest { target: Target::Record(record), ..emergency() },
				Error::RecordOfAnotherPatient,
			),
		] {
			assert_noop!(break_by_proof(request, 7), error);
		}
	});
}

#[test]
fn the_terms_say_how_often_a_day() {
	run(|| {
		EmergencyTermsInForce::<Test>::put(EmergencyTerms { proofs_a_day: 9, ..TERMS });
		broken_by_proof(emergency(), 7);
		assert_eq!(LastEmergency::get().unwrap().2, 9);
	});
}

#[test]
fn an_emergency_by_proof_costs_what_one_does_and_the_proof() {
	run(|| {
		let call = Call::<Test>::break_glass_by_proof {
			request: emergency(),
			reason: REASON,
			emergency: Box::new(emergency_proof(7)),
		};
		let weight = call.get_dispatch_info().call_weight;
		let least =
			crate::mock_weights::MockWeight::<Test>::break_glass().saturating_add(EMERGENCY_WEIGHT);
		assert!(weight.all_gte(least));
	});
}
