//! What a patient restricts is not disclosed, whatever the consents say.

use crate::{
	mock::*, Error, Event, GrantRefusal, RestrictedPurposes, Restriction, RestrictionCountOf,
	RestrictionTerms,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{
		terminology::purpose::{BTG, ETREAT, HMARKT, HPAYMT, TREAT},
		Code, Obligations, Outcome,
	},
	AccessRequest, AccountId, AssuranceLevel, AuditAction, AuditEvent, AuditOutcome, ContextHash,
	DenialReason, GrantId, Overridden, OverrideReason, RecordId, Role, Subject, Target,
};
use sp_runtime::{DispatchError, DispatchResult};

fn list(purposes: &[Code]) -> RestrictedPurposes {
	let mut sorted = purposes.to_vec();
	sorted.sort();
	RestrictedPurposes::truncate_from(sorted)
}

fn not_for(purposes: &[Code]) -> RestrictionTerms {
	RestrictionTerms::NotFor(list(purposes))
}

fn only_for(purposes: &[Code]) -> RestrictionTerms {
	RestrictionTerms::OnlyFor(list(purposes))
}

fn restrict_as(
	who: AccountId,
	record: Option<RecordId>,
	terms: RestrictionTerms,
) -> DispatchResult {
	RecordAccess::restrict(RuntimeOrigin::signed(who), PATIENT, record, terms)
}

fn restrict(record: Option<RecordId>, terms: RestrictionTerms) -> DispatchResult {
	restrict_as(PATIENT, record, terms)
}

fn lift_as(who: AccountId, record: Option<RecordId>) -> DispatchResult {
	RecordAccess::lift_restriction(RuntimeOrigin::signed(who), PATIENT, record)
}

fn disclose(grant: GrantId, record: RecordId) -> DispatchResult {
	plain(RecordAccess::record_disclosure(
		RuntimeOrigin::signed(CUSTODIAN),
		grant,
		record,
		1,
		DISCLOSURE,
	))
}

/// Why the request is denied.
fn denial(request: AccessRequest) -> DenialReason {
	let origin = RuntimeOrigin::signed(PHYSICIAN);
	assert_ok!(RecordAccess::request_access(origin, request, Some(factor())));
	match last_entry().outcome {
		AuditOutcome::Denied(reason) => reason,
		AuditOutcome::Success => panic!("granted"),
	}
}

#[test]
fn a_restriction_is_stored_logged_and_announced() {
	run(|| {
		assert_ok!(restrict(None, not_for(&[TREAT])));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PATIENT),
				patient: Some(PATIENT),
				subject: Subject::Restriction { record: None },
				..AuditEvent::new(AuditAction::RestrictionSet)
			}
		);
		let (terms, entry) = (not_for(&[TREAT]), last_index());
		System::assert_last_event(
			Event::RestrictionSet { patient: PATIENT, record: None, by: PATIENT, terms, entry }
				.into(),
		);
		let stored = Restriction { terms: not_for(&[TREAT]), by: PATIENT, since: START };
		assert_eq!(RecordAccess::restrictions_of(PATIENT), [(None, stored)]);
		assert_eq!(RecordAccess::restrictions_of(SILENT_PATIENT), []);
	});
}

#[test]
fn a_request_is_denied_for_a_purpose_that_is_restricted_and_no_other() {
	run(|| {
		assert_ok!(restrict(None, not_for(&[TREAT, HPAYMT])));
		assert_eq!(denial(request()), DenialReason::RestrictedByPatient);
		assert_ok!(restrict(None, not_for(&[HPAYMT])));
		granted(request());
		assert_ok!(restrict(None, only_for(&[TREAT])));
		granted(request());
		assert_ok!(restrict(None, only_for(&[])));
		assert_eq!(denial(request()), DenialReason::RestrictedByPatient);
	});
}

#[test]
fn a_restriction_is_told_to_those_alone_who_may_ask() {
	run(|| {
		assert_ok!(restrict(None, only_for(&[])));
		let reason = denial(AccessRequest { role: Role::Nurse, ..request() });
		assert_eq!(reason, DenialReason::PractitionerUnknown);
		let reason = denial(AccessRequest { purpose: HMARKT, ..request() });
		assert_eq!(reason, DenialReason::RoleNotPermitted);
		// It comes before consents: which one would have decided is none of anybody's business.
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_eq!(denial(request()), DenialReason::RestrictedByPatient);
		assert_eq!(last_entry().basis, None);
	});
}

#[test]
fn a_grant_stops_when_the_patient_restricts_and_goes_on_when_it_is_lifted() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(AccessRequest { target: Target::Record(record), ..request() });
		assert_ok!(restrict(Some(record), not_for(&[TREAT])));
		assert_noop!(disclose(grant, record), Error::<Test>::RestrictedByPatient);
		let refusal = GrantRefusal::Denied(DenialReason::RestrictedByPatient);
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(refusal));
		assert_ok!(lift_as(PATIENT, Some(record)));
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn of_the_whole_record_what_is_not_restricted_is_disclosed() {
	run(|| {
		let (restricted, other) = (registered(PATIENT), registered(PATIENT));
		assert_ok!(restrict(Some(restricted), only_for(&[])));
		let grant = granted(request());
		assert_noop!(disclose(grant, restricted), Error::<Test>::RestrictedByPatient);
		assert_ok!(disclose(grant, other));
		let target = Target::Record(restricted);
		let reason = denial(AccessRequest { target, ..request() });
		assert_eq!(reason, DenialReason::RestrictedByPatient);
	});
}

/// Breaks the glass: the grant, and what the log says was overridden.
fn broken(target: Target) -> (GrantId, Option<Overridden>) {
	let grant = crate::NextGrantId::<Test>::get();
	let context = ContextHash([log().len() as u8; 32]);
	assert_ok!(RecordAccess::break_glass(
		RuntimeOrigin::signed(PHYSICIAN),
		AccessRequest { purpose: BTG, target, context, ..request() },
		OverrideReason::EmergencyTreatment,
		Some(factor()),
	));
	match last_entry().subject {
		Subject::BreakGlass { overridden, .. } => (grant, overridden),
		other => panic!("{other:?}"),
	}
}

#[test]
fn breaking_the_glass_goes_on_and_says_that_there_was_a_restriction() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let record = registered(PATIENT);
		assert_eq!(broken(Target::WholeRecord).1, Some(Overridden::Nothing));
		assert_ok!(restrict(Some(record), only_for(&[TREAT])));
		for target in [Target::Record(record), Target::WholeRecord] {
			let (grant, overridden) = broken(target);
			assert_eq!(overridden, Some(Overridden::Restriction));
			assert_ok!(disclose(grant, record));
		}
		let elsewhere = Target::Record(registered(PATIENT));
		assert_eq!(broken(elsewhere).1, Some(Overridden::Nothing));
	});
}

#[test]
fn an_emergency_with_a_consent_is_restricted_like_any_request() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		assert_ok!(restrict(None, only_for(&[TREAT])));
		let reason = denial(AccessRequest { purpose: ETREAT, ..request() });
		assert_eq!(reason, DenialReason::RestrictedByPatient);
	});
}

#[test]
fn a_guardian_restricts_within_their_scope() {
	run(|| {
		set_scope(&[TREAT, HPAYMT]);
		assert_ok!(restrict_as(GUARDIAN, None, not_for(&[TREAT])));
		assert_ok!(restrict_as(GUARDIAN, None, not_for(&[TREAT, HPAYMT])));
		for beyond in [not_for(&[TREAT, HMARKT]), only_for(&[TREAT])] {
			assert_noop!(restrict_as(GUARDIAN, None, beyond), Error::<Test>::MayNotRestrict);
		}
		assert_ok!(lift_as(GUARDIAN, None));
		set_scope(&[]);
		assert_ok!(restrict_as(GUARDIAN, None, only_for(&[])));
		set_scope(&[TREAT]);
		assert_noop!(lift_as(GUARDIAN, None), Error::<Test>::MayNotRestrict);
		assert_ok!(lift_as(PATIENT, None));
	});
}

#[test]
fn a_guardian_is_looked_up_once_however_many_purposes_there_are() {
	run(|| {
		set_scope(&[TREAT, HPAYMT, HMARKT]);
		let before = GuardianLookUps::get();
		assert_ok!(restrict_as(GUARDIAN, None, not_for(&[TREAT, HPAYMT, HMARKT])));
		assert_eq!(GuardianLookUps::get(), before + 1);
		assert_ok!(lift_as(GUARDIAN, None));
		assert_eq!(GuardianLookUps::get(), before + 2);
		// A patient is none.
		assert_ok!(restrict(None, not_for(&[TREAT, HPAYMT])));
		assert_eq!(GuardianLookUps::get(), before + 2);
	});
}

#[test]
fn what_the_patient_restricted_a_guardian_narrows_and_does_not_loosen() {
	run(|| {
		assert_ok!(restrict(None, not_for(&[TREAT])));
		assert_noop!(lift_as(GUARDIAN, None), Error::<Test>::SetByPatient);
		for looser in [not_for(&[HPAYMT]), only_for(&[TREAT])] {
			assert_noop!(restrict_as(GUARDIAN, None, looser), Error::<Test>::SetByPatient);
		}
		assert_ok!(restrict_as(GUARDIAN, None, only_for(&[])));
		// Although the guardian narrowed it, it stays the patient's.
		assert_noop!(lift_as(GUARDIAN, None), Error::<Test>::SetByPatient);
		assert_ok!(lift_as(PATIENT, None));
	});
}

#[test]
fn restricting_fails_when_the_origin_is_not_signed() {
	run(|| {
		let (root, bad) = (RuntimeOrigin::root, DispatchError::BadOrigin);
		assert_noop!(RecordAccess::restrict(root(), PATIENT, None, only_for(&[])), bad);
		assert_noop!(RecordAccess::lift_restriction(root(), PATIENT, None), bad);
	});
}

#[test]
fn restricting_fails_when_the_purposes_are_no_set() {
	run(|| {
		let (low, high) = (TREAT.min(HPAYMT), TREAT.max(HPAYMT));
		for purposes in [vec![high, low], vec![low, low]] {
			let purposes = RestrictedPurposes::truncate_from(purposes);
			let not_for = RestrictionTerms::NotFor(purposes.clone());
			for terms in [not_for, RestrictionTerms::OnlyFor(purposes)] {
				assert_noop!(restrict(None, terms), Error::<Test>::PurposesNotOrdered);
			}
		}
	});
}

#[test]
fn restricting_fails_when_nothing_is_restricted() {
	run(|| {
		assert_noop!(restrict(None, not_for(&[])), Error::<Test>::RestrictsNothing);
	});
}

#[test]
fn restricting_fails_when_there_is_no_such_patient() {
	run(|| {
		let origin = RuntimeOrigin::signed(STRANGER);
		let outcome = RecordAccess::restrict(origin, STRANGER, None, only_for(&[]));
		assert_noop!(outcome, Error::<Test>::PatientUnknown);
	});
}

#[test]
fn restricting_fails_when_the_signer_does_not_speak_for_the_patient() {
	run(|| {
		for who in [STRANGER, CUSTODIAN, PHYSICIAN, SILENT_PATIENT] {
			let outcome = restrict_as(who, None, only_for(&[]));
			assert_noop!(outcome, Error::<Test>::MayNotRestrict);
		}
	});
}

#[test]
fn restricting_fails_when_the_record_is_unknown_or_of_somebody_else() {
	run(|| {
		let strangers = registered(SILENT_PATIENT);
		let outcome = restrict(Some(RecordId(9)), only_for(&[]));
		assert_noop!(outcome, Error::<Test>::RecordUnknown);
		let outcome = restrict(Some(strangers), only_for(&[]));
		assert_noop!(outcome, Error::<Test>::RecordOfAnotherPatient);
	});
}

#[test]
fn restricting_fails_when_it_changes_nothing() {
	run(|| {
		assert_ok!(restrict(None, not_for(&[TREAT])));
		let outcome = restrict(None, not_for(&[TREAT]));
		assert_noop!(outcome, Error::<Test>::AlreadyRestricted);
	});
}

#[test]
fn restricting_fails_when_there_are_as_many_restrictions_as_there_may_be() {
	run(|| {
		assert_ok!(restrict(None, not_for(&[TREAT])));
		for _ in 0..2 {
			assert_ok!(restrict(Some(registered(PATIENT)), only_for(&[])));
		}
		let record = registered(PATIENT);
		let outcome = restrict(Some(record), only_for(&[]));
		assert_noop!(outcome, Error::<Test>::TooManyRestrictions);
		assert!(!RecordAccess::only_restricts(&PATIENT, &PATIENT, Some(record), &only_for(&[])));
		// Those that there are change.
		assert_ok!(restrict(None, only_for(&[])));
		assert_ok!(lift_as(PATIENT, None));
		assert_ok!(restrict(Some(record), only_for(&[])));
	});
}

#[test]
fn lifting_is_logged_and_announced_and_leaves_nothing() {
	run(|| {
		assert_ok!(restrict(None, only_for(&[])));
		assert_ok!(lift_as(PATIENT, None));
		assert_eq!(last_entry().action, AuditAction::RestrictionLifted);
		assert_eq!(last_entry().patient, Some(PATIENT));
		let entry = last_index();
		System::assert_last_event(
			Event::RestrictionLifted { patient: PATIENT, record: None, by: PATIENT, entry }.into(),
		);
		assert_eq!(RecordAccess::restrictions_of(PATIENT), []);
		assert!(!RestrictionCountOf::<Test>::contains_key(PATIENT));
		granted(request());
	});
}

#[test]
fn lifting_fails_when_nothing_is_restricted() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(restrict(None, only_for(&[])));
		assert_noop!(lift_as(PATIENT, Some(record)), Error::<Test>::NoRestriction);
	});
}

#[test]
fn lifting_fails_when_the_signer_does_not_speak_for_the_patient() {
	run(|| {
		assert_ok!(restrict(None, only_for(&[])));
		assert_noop!(lift_as(CUSTODIAN, None), Error::<Test>::MayNotRestrict);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_restrictions_make_no_sense() {
	use crate::Restrictions;
	fn noticed(spoil: impl FnOnce(RecordId), complaint: &'static str) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			assert_ok!(restrict(None, only_for(&[])));
			spoil(record);
			let complaint = DispatchError::Other(complaint);
			assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		});
	}
	let stored = |terms| Restriction { terms, by: PATIENT, since: START };
	noticed(
		|_| Restrictions::<Test>::insert(PATIENT, None::<RecordId>, stored(not_for(&[]))),
		"a restriction restricts nothing, or its purposes are no set",
	);
	noticed(
		|_| Restrictions::<Test>::insert(PATIENT, Some(RecordId(9)), stored(only_for(&[]))),
		"a restriction names no record",
	);
	noticed(
		|record| Restrictions::<Test>::insert(SILENT_PATIENT, Some(record), stored(only_for(&[]))),
		"somebody restricts another patient's record",
	);
	noticed(
		|_| RestrictionCountOf::<Test>::insert(PATIENT, 2),
		"a patient's count of restrictions is wrong",
	);
	noticed(
		|_| {
			for _ in 0..3 {
				let record = Some(registered(PATIENT));
				Restrictions::<Test>::insert(PATIENT, record, stored(only_for(&[])));
			}
		},
		"a patient has too many restrictions",
	);
}
