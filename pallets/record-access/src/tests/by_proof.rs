//! Requests with the proof of a shielded consent: what is one, and what an answer leaves behind.

use crate::{
	by_proof::withheld, mock::*, ConfirmedGrants, Error, Event, Grant, GrantStatus, GrantedRequest,
	Grants, NextGrantId, ProvenGrants, RequiredLevels,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{
		terminology::{
			confidentiality::{N, R, V},
			purpose::{BTG, ETREAT},
			sensitivity,
		},
		Algorithm, Code, DataFacts, Obligations, Outcome,
	},
	AccessCircuit, AccessRequest, Action, AssuranceLevel, AuditAction, AuditEvent, AuditOutcome,
	DenialReason, Milliseconds, StatementRefusal, Subject, Target,
};
use sp_runtime::DispatchError;

fn ask(request: AccessRequest, nullifier: u8) -> Result<(), DispatchError> {
	let physician = RuntimeOrigin::signed(PHYSICIAN);
	plain(RecordAccess::request_access_by_proof(physician, request, None, proof(nullifier)))
}

/// Asserts that this is denied for this reason, logged without basis, and that the proof is left unused.
fn denied(request: AccessRequest, reason: DenialReason) {
	let grants = NextGrantId::<Test>::get();
	let entries = log().len();
	assert_ok!(ask(request, 1));
	assert_eq!(last_entry().outcome, AuditOutcome::Denied(reason));
	assert_eq!(log().len(), entries + 1);
	assert_eq!(NextGrantId::<Test>::get(), grants);
	assert!(Proven::get().is_empty());
}

#[test]
fn a_proof_stands_for_a_consent_where_none_is_visible() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let request = by_proof(record);
		let id = NextGrantId::<Test>::get();
		assert_ok!(ask(request.clone(), 7));
		assert_eq!(
			Grants::<Test>::get(id),
			Some(Grant {
				grantee: PHYSICIAN,
				request: GrantedRequest::from(&request),
				patient: SILENT_PATIENT,
				target: Target::Record(record),
				obligations: withheld(),
				issued_at: START,
				expires_at: START.saturating_add(QUARTER),
				uses_left: MAX_USES,
				basis: None,
				status: GrantStatus::Active,
			})
		);
		assert!(ProvenGrants::<Test>::contains_key(id));
		assert!(RecordAccess::is_proven(id));
		// What it was about is the request as it stands, the class, and the record's subject.
		assert_eq!(LastStated::get(), Some((PHYSICIAN, request, CLASS)));
		assert_eq!(Proven::get(), [(PHYSICIAN, SUBJECT, [7; 32])]);
	});
}

#[test]
fn what_a_delegates_consent_grants_is_what_the_patients_does_and_logged_alike() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let first = proven(record, 7);
		let patients = (Grants::<Test>::get(first).unwrap(), last_entry());
		let second = NextGrantId::<Test>::get();
		let mut delegated = proof(8);
		delegated.circuit = AccessCircuit::Delegated;
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		let call =
			RecordAccess::request_access_by_proof(physician, by_proof(record), None, delegated);
		assert_ok!(plain(call));
		assert!(ProvenGrants::<Test>::contains_key(second));
		assert_eq!(Grants::<Test>::get(second), Some(patients.0));
		let nullifier = [8; 32];
		let subject = Subject::ProvenAccess { grant: second, record, class: CLASS, nullifier };
		assert_eq!(last_entry(), AuditEvent { subject, ..patients.1 });
	});
}

#[test]
fn access_by_proof_is_logged_with_class_and_nullifier_and_without_basis() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let grant = proven(record, 7);
		let nullifier = [7; 32];
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PHYSICIAN),
				on_behalf_of: Some(CLINIC),
				patient: Some(SILENT_PATIENT),
				purpose: Some(request().purpose),
				subject: Subject::ProvenAccess { grant, record, class: CLASS, nullifier },
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::AccessDecided)
			}
		);
		System::assert_has_event(Event::AccessProven { grant, class: CLASS, nullifier }.into());
		System::assert_last_event(
			Event::AccessGranted {
				grant,
				grantee: PHYSICIAN,
				patient: SILENT_PATIENT,
				expires_at: START.saturating_add(QUARTER),
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_denial_is_logged_with_the_record_and_without_the_nullifier_that_was_claimed() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		ProofAnswer::put(DenialReason::NotProven);
		denied(by_proof(record), DenialReason::NotProven);
		let entry = last_entry();
		assert_eq!(entry.subject, Subject::Record(record));
		assert_eq!((entry.basis, entry.patient), (None, Some(SILENT_PATIENT)));
	});
}

#[test]
fn what_is_visible_and_denies_denies_and_leaves_the_proof_unused() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		answer(SILENT_PATIENT, Outcome::Deny, Obligations::default());
		denied(by_proof(record), DenialReason::ConsentDenied);
		assert_eq!(last_entry().basis, Some(BASIS));
	});
}

#[test]
fn what_is_visible_and_permits_permits_as_ever_and_leaves_the_proof_unused() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		answer(SILENT_PATIENT, Outcome::Permit, redact(1));
		let id = NextGrantId::<Test>::get();
		assert_ok!(ask(by_proof(record), 1));
		let grant = Grants::<Test>::get(id).unwrap();
		assert_eq!((grant.obligations, grant.basis), (redact(1), Some(BASIS)));
		assert!(!ProvenGrants::<Test>::contains_key(id));
		assert_eq!(last_entry().subject, Subject::Grant { grant: id, record: Some(record) });
		assert!(Proven::get().is_empty());
	});
}

#[test]
fn a_stranger_is_denied_before_the_proof_is_looked_at() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		refuse_standing(DenialReason::PractitionerSuspended);
		denied(by_proof(record), DenialReason::PractitionerSuspended);
	});
}

#[test]
fn a_proof_is_no_second_key() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		set_standing(AssuranceLevel::Verified);
		let level = AssuranceLevel::Verified;
		RequiredLevels::<Test>::insert(request().purpose, Action::Read, level);
		denied(by_proof(record), DenialReason::SecondFactorMissing);
		let id = NextGrantId::<Test>::get();
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		let call = RecordAccess::request_access_by_proof(
			physician,
			by_proof(record),
			Some(factor()),
			proof(1),
		);
		assert_ok!(plain(call));
		assert!(ConfirmedGrants::<Test>::contains_key(id));
		assert_eq!(RecordAccess::check_grant(id, HOSPITAL, START), Ok(()));
	});
}

#[test]
fn a_proof_lets_no_role_do_what_the_matrix_does_not() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let request = AccessRequest { purpose: Code([99; 16]), ..by_proof(record) };
		denied(request, DenialReason::RoleNotPermitted);
	});
}

#[test]
fn a_proof_opens_no_erased_record() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::record_erasure(custodian, record, DISCLOSURE));
		denied(by_proof(record), DenialReason::RecordErased);
	});
}

#[test]
fn a_proof_opens_no_retired_record() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		assert_ok!(RecordAccess::retire_record(RuntimeOrigin::signed(CUSTODIAN), record));
		denied(by_proof(record), DenialReason::RecordRetired);
	});
}

#[test]
fn a_proof_overrides_no_restriction() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let terms = crate::RestrictionTerms::OnlyFor(Default::default());
		let patient = RuntimeOrigin::signed(SILENT_PATIENT);
		assert_ok!(RecordAccess::restrict(patient, SILENT_PATIENT, Some(record), terms));
		denied(by_proof(record), DenialReason::RestrictedByPatient);
	});
}

#[test]
fn a_proof_breaks_no_glass() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		set_standing(AssuranceLevel::Verified);
		let read: crate::PermittedActions = vec![Action::Read].try_into().unwrap();
		for purpose in [BTG, ETREAT] {
			crate::RoleMatrix::<Test>::insert(request().role, purpose, &read);
		}
		RequiredLevels::<Test>::insert(ETREAT, Action::Read, AssuranceLevel::Enrolled);
		let denied = |request: AccessRequest| {
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			let factor = Some(factor());
			let call = RecordAccess::request_access_by_proof(physician, request, factor, proof(1));
			assert_ok!(plain(call));
			let reason = DenialReason::BreakGlassNeeded;
			assert_eq!(last_entry().outcome, AuditOutcome::Denied(reason));
			assert!(Proven::get().is_empty());
		};
		denied(AccessRequest { purpose: BTG, ..by_proof(record) });
		// Nor where a jurisdiction lets emergencies see without the patient's word.
		imply(SILENT_PATIENT);
		denied(AccessRequest { purpose: ETREAT, ..by_proof(record) });
	});
}

#[test]
fn no_proof_counts_for_a_record_without_a_subject_tag() {
	run(|| {
		let record = registered(SILENT_PATIENT);
		denied(by_proof(record), DenialReason::SubjectTagMissing);
	});
}

#[test]
fn each_refusal_of_a_proof_is_a_denial_with_its_reason() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		for reason in [
			DenialReason::ProviderTagMissing,
			DenialReason::RevocationInactive,
			DenialReason::CircuitInactive,
			DenialReason::ProofUsed,
			DenialReason::NotProven,
		] {
			ProofAnswer::put(reason);
			denied(by_proof(record), reason);
		}
	});
}

#[test]
fn a_proof_counts_once() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		proven(record, 7);
		assert_ok!(ask(by_proof(record), 7));
		let used = AuditOutcome::Denied(DenialReason::ProofUsed);
		assert_eq!(last_entry().outcome, used);
		proven(record, 8);
	});
}

#[test]
fn a_request_by_proof_fails_when_no_statement_can_be_made() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let refusals = [
			(StatementRefusal::ClassWithoutCategory, Error::<Test>::ClassWithoutCategory),
			(StatementRefusal::PurposeWithoutPlace, Error::PurposeWithoutPlace),
			(StatementRefusal::NullifierTooLarge, Error::NullifierTooLarge),
			(StatementRefusal::SnapshotUnknown, Error::SnapshotUnknown),
			(StatementRefusal::SnapshotTooOld, Error::SnapshotTooOld),
			(StatementRefusal::TreeNotInSnapshot, Error::TreeNotInSnapshot),
		];
		for (refusal, error) in refusals {
			NoStatement::put(refusal);
			let error = DispatchError::from(error);
			assert_noop!(ask(by_proof(record), 1), error);
			// The same whatever the consents say: an error tells nothing of them.
			answer(SILENT_PATIENT, Outcome::Permit, Obligations::default());
			assert_noop!(ask(by_proof(record), 1), error);
			forget_consents(SILENT_PATIENT);
		}
	});
}

#[test]
fn a_request_by_proof_fails_when_it_names_no_record() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let request = AccessRequest { target: Target::WholeRecord, ..by_proof(record) };
		assert_noop!(ask(request, 1), Error::<Test>::ProofNeedsRecord);
	});
}

#[test]
fn a_request_by_proof_fails_when_it_names_no_class_or_several() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		for classes in [vec![], vec![CLASS, Code([23; 16])]] {
			let classes = classes.try_into().unwrap();
			let request = AccessRequest { classes, ..by_proof(record) };
			assert_noop!(ask(request, 1), Error::<Test>::ProofNeedsOneClass);
		}
	});
}

#[test]
fn a_request_by_proof_fails_when_it_names_labels() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let labels = vec![sensitivity::PSY].try_into().unwrap();
		let request = AccessRequest { labels, ..by_proof(record) };
		assert_noop!(ask(request, 1), Error::<Test>::ProofNamesNoLabels);
	});
}

#[test]
fn a_request_by_proof_fails_when_it_is_for_more_than_reading() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		for action in [Action::Write, Action::Append, Action::Disclose] {
			let request = AccessRequest { action, ..by_proof(record) };
			assert_noop!(ask(request, 1), Error::<Test>::ProofOnlyReads);
		}
	});
}

#[test]
fn a_request_by_proof_fails_when_it_is_for_too_long() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let duration = Milliseconds(QUARTER.0 + 1);
		let request = AccessRequest { duration, ..by_proof(record) };
		assert_noop!(ask(request, 1), Error::<Test>::ProvenTooLong);
	});
}

#[test]
fn a_request_by_proof_fails_when_it_is_no_request() {
	run(|| {
		let record = with_subject(PATIENT);
		let of_another = by_proof(record);
		assert_noop!(ask(of_another, 1), Error::<Test>::RecordOfAnotherPatient);
		let request = AccessRequest { duration: Milliseconds(0), ..by_proof(record) };
		assert_noop!(ask(request, 1), Error::<Test>::ZeroDuration);
		let patient = RuntimeOrigin::signed(PATIENT);
		let own = AccessRequest { patient: PATIENT, ..by_proof(record) };
		let call = RecordAccess::request_access_by_proof(patient, own, None, proof(1));
		assert_noop!(plain(call), Error::<Test>::SelfGrant);
	});
}

#[test]
fn a_grant_by_proof_opens_what_is_known_to_be_normal_and_carries_no_sensitivity_label() {
	let opens = |codes: &[Code]| {
		let facts = DataFacts { codes, references: None, dated: None };
		!withheld().iter().any(|obligation| obligation.withholds(&facts))
	};
	assert!(opens(&[CLASS, N]));
	for restricted in [R, V] {
		assert!(!opens(&[CLASS, restricted]));
		// Nor beside a level that it would open by itself, whether a label or in the body.
		assert!(!opens(&[CLASS, N, restricted]));
		assert!(!opens(&[CLASS, restricted, N]));
	}
	assert_eq!(withheld().len(), 2);
	assert!(!opens(&[CLASS]));
	for term in sensitivity::ALL {
		assert!(!opens(&[CLASS, N, term.code]), "{}", term.symbol);
	}
}

#[test]
fn a_request_by_proof_costs_what_one_without_does_and_the_proof() {
	use crate::WeightInfo;
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		let call =
			RecordAccess::request_access_by_proof(physician, by_proof(record), None, proof(1));
		let charged = call.unwrap().actual_weight.unwrap();
		type Weights = <Test as crate::Config>::WeightInfo;
		let least = Weights::request_access(0, 0, 1).saturating_add(PROOF_WEIGHT);
		assert!(charged.all_gte(least), "{charged:?}");
	});
}

#[test]
fn a_request_that_does_not_come_to_its_proof_costs_no_proof() {
	run(|| {
		let charged = |record| {
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			let call =
				RecordAccess::request_access_by_proof(physician, by_proof(record), None, proof(1));
			call.unwrap().actual_weight.unwrap()
		};
		let record = with_subject(SILENT_PATIENT);
		ProofAnswer::put(DenialReason::NotProven);
		let refused = charged(record);
		assert!(refused.all_gte(PROOF_WEIGHT), "{refused:?}");
		let least = refused.saturating_sub(PROOF_WEIGHT);
		let without_tag = charged(registered(SILENT_PATIENT));
		answer(SILENT_PATIENT, Outcome::Deny, Obligations::default());
		let denied = charged(record);
		answer(SILENT_PATIENT, Outcome::Permit, Obligations::default());
		let permitted = charged(record);
		refuse_standing(DenialReason::PractitionerSuspended);
		let stranger = charged(record);
		assert_eq!(without_tag, stranger);
		for charged in [denied, permitted, stranger] {
			assert!(charged.all_gte(least), "what it would be about is made: {charged:?}");
			assert!(charged.all_lt(refused), "{charged:?}");
		}
	});
}
