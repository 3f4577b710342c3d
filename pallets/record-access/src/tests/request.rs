//! Asking for access: what is a request, and what an answer leaves behind.

use crate::{mock::*, Error, Event, Grant, GrantStatus, GrantedRequest, Grants, NextGrantId};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Algorithm, Code, Obligations, Outcome},
	AccessRequest, AuditAction, AuditEvent, AuditOutcome, ContextHash, DenialReason, GrantId,
	Milliseconds, RecordId, Subject, Target,
};
use sp_runtime::DispatchError;

fn ask(request: AccessRequest) -> Result<(), DispatchError> {
	plain(RecordAccess::request_access(RuntimeOrigin::signed(PHYSICIAN), request, None))
}

#[test]
fn a_permitted_request_leaves_a_grant_with_the_obligations_of_the_decision() {
	run(|| {
		let record = registered(PATIENT);
		answer(PATIENT, Outcome::Permit, redact(1));
		let labels = vec![Code([1; 16])].try_into().unwrap();
		let request = AccessRequest { target: Target::Record(record), labels, ..request() };
		assert_ok!(ask(request.clone()));

		let id = GrantId(0);
		assert_eq!(
			Grants::<Test>::get(id),
			Some(Grant {
				grantee: PHYSICIAN,
				request: GrantedRequest::from(&request),
				patient: PATIENT,
				target: Target::Record(record),
				obligations: redact(1),
				issued_at: START,
				expires_at: START.saturating_add(HOUR),
				uses_left: MAX_USES,
				basis: Some(BASIS),
				status: GrantStatus::Active,
			})
		);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PHYSICIAN),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(request.purpose),
				subject: Subject::Grant { grant: id, record: Some(record) },
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::AccessDecided)
			}
		);
		System::assert_last_event(
			Event::AccessGranted {
				grant: id,
				grantee: PHYSICIAN,
				patient: PATIENT,
				expires_at: START.saturating_add(HOUR),
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_denied_request_is_an_answer_that_is_logged() {
	run(|| {
		let record = registered(PATIENT);
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_ok!(ask(AccessRequest { target: Target::Record(record), ..request() }));

		assert_eq!(Grants::<Test>::iter().count(), 0);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PHYSICIAN),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(request().purpose),
				outcome: AuditOutcome::Denied(DenialReason::ConsentDenied),
				subject: Subject::Record(record),
				basis: Some(BASIS),
				algorithm: Some(Algorithm::MostRecentWins),
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::AccessDecided)
			}
		);
		System::assert_last_event(
			Event::AccessDenied {
				requester: PHYSICIAN,
				patient: PATIENT,
				reason: DenialReason::ConsentDenied,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn the_whole_record_can_be_asked_of_a_patient_without_records() {
	run(|| {
		let id = granted(request());
		assert_eq!(last_entry().subject, Subject::Grant { grant: id, record: None });
	});
}

#[test]
fn a_denial_about_the_whole_record_has_no_subject_but_the_patient() {
	run(|| {
		assert_ok!(ask(AccessRequest { patient: SILENT_PATIENT, ..request() }));
		assert_eq!(last_entry().subject, Subject::None);
		assert_eq!(last_entry().patient, Some(SILENT_PATIENT));
	});
}

#[test]
fn a_stranger_is_denied_and_logged() {
	run(|| {
		assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(STRANGER), request(), None));
		assert_eq!(last_entry().actor, Some(STRANGER));
		assert_eq!(last_entry().outcome, AuditOutcome::Denied(DenialReason::PractitionerUnknown));
		assert_eq!(Grants::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_grant_for_the_longest_time_is_possible() {
	run(|| {
		let id = granted(AccessRequest { duration: MaxGrantDuration::get(), ..request() });
		assert_eq!(
			Grants::<Test>::get(id).unwrap().expires_at,
			START.saturating_add(MaxGrantDuration::get())
		);
	});
}

#[test]
fn request_fails_when_the_origin_is_not_signed() {
	run(|| {
		assert_noop!(
			RecordAccess::request_access(RuntimeOrigin::none(), request(), None),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn request_fails_when_the_requester_is_the_patient() {
	run(|| {
		assert_noop!(
			RecordAccess::request_access(RuntimeOrigin::signed(PATIENT), request(), None),
			Error::<Test>::SelfGrant
		);
	});
}

#[test]
fn request_fails_when_the_duration_is_zero() {
	run(|| {
		assert_noop!(
			ask(AccessRequest { duration: Milliseconds(0), ..request() }),
			Error::<Test>::ZeroDuration
		);
	});
}

#[test]
fn request_fails_when_the_duration_is_too_long() {
	run(|| {
		let duration = MaxGrantDuration::get().saturating_add(Milliseconds(1));
		assert_noop!(ask(AccessRequest { duration, ..request() }), Error::<Test>::DurationTooLong);
	});
}

#[test]
fn request_fails_when_payment_or_research_names_no_context() {
	run(|| {
		for purpose in crate::grants::NEEDS_CONTEXT {
			let asked = |context| AccessRequest { purpose, context, ..request() };
			assert_noop!(ask(asked(ContextHash([0; 32]))), Error::<Test>::ContextMissing);
			assert_ok!(ask(asked(ContextHash([1; 32]))));
		}
		assert_ok!(ask(AccessRequest { context: ContextHash([0; 32]), ..request() }));
	});
}

#[test]
fn request_fails_when_the_account_is_no_patient() {
	run(|| {
		assert_noop!(
			ask(AccessRequest { patient: STRANGER, ..request() }),
			Error::<Test>::PatientUnknown
		);
	});
}

#[test]
fn request_fails_when_the_record_is_unknown() {
	run(|| {
		assert_noop!(
			ask(AccessRequest { target: Target::Record(RecordId(0)), ..request() }),
			Error::<Test>::RecordUnknown
		);
	});
}

#[test]
fn request_fails_when_the_record_is_of_another_patient() {
	run(|| {
		let record = registered(SILENT_PATIENT);
		assert_noop!(
			ask(AccessRequest { target: Target::Record(record), ..request() }),
			Error::<Test>::RecordOfAnotherPatient
		);
	});
}

#[test]
fn request_fails_when_identifiers_are_exhausted() {
	genesis().execute_with(|| {
		NextGrantId::<Test>::put(GrantId(u64::MAX));
		assert_noop!(ask(request()), Error::<Test>::IdentifiersExhausted);
	});
}
