//! Disputes of accuracy.

use crate::{mock::*, Dispute, DisputeAnswer, Error, Event, OpenDisputesOf};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose::HPAYMT, AccessRequest, AccountId, AuditAction, AuditEvent,
	Commitment, DisputeOutcome, GrantId, Milliseconds, RecordId, Subject, Target,
};
use sp_runtime::{DispatchError, DispatchResult};

const STATEMENT: Commitment = Commitment([21; 32]);
const ANSWER: Commitment = Commitment([22; 32]);

fn dispute_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::dispute_record(RuntimeOrigin::signed(who), record, STATEMENT)
}

fn answer_as(who: AccountId, record: RecordId) -> DispatchResult {
	let origin = RuntimeOrigin::signed(who);
	RecordAccess::answer_dispute(origin, record, DisputeOutcome::Denied, ANSWER)
}

fn due() -> Milliseconds {
	START.saturating_add(DisputeDeadline::get())
}

fn open() -> Dispute {
	Dispute { statement: STATEMENT, by: PATIENT, opened_at: START, due_at: due(), answer: None }
}

#[test]
fn a_dispute_is_stored_logged_and_announced() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(dispute_as(PATIENT, record));
		assert_eq!(RecordAccess::dispute_of(record), Some(open()));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PATIENT),
				patient: Some(PATIENT),
				subject: Subject::Dispute { record, statement: STATEMENT },
				..AuditEvent::new(AuditAction::RecordDisputed)
			}
		);
		System::assert_last_event(
			Event::RecordDisputed {
				record,
				patient: PATIENT,
				by: PATIENT,
				statement: STATEMENT,
				due_at: due(),
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn an_answer_closes_the_dispute_and_is_kept_with_it() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(dispute_as(PATIENT, record));
		assert_ok!(answer_as(CUSTODIAN, record));
		let (outcome, statement, is_late) = (DisputeOutcome::Denied, ANSWER, false);
		let answer = DisputeAnswer { outcome, statement, at: START, is_late };
		let answered = Dispute { answer: Some(answer), ..open() };
		assert_eq!(RecordAccess::dispute_of(record), Some(answered));
		assert!(!OpenDisputesOf::<Test>::contains_key(PATIENT));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				subject: Subject::DisputeAnswer { record, outcome, statement, is_late },
				..AuditEvent::new(AuditAction::DisputeAnswered)
			}
		);
		System::assert_last_event(
			Event::DisputeAnswered {
				record,
				patient: PATIENT,
				custodian: HOSPITAL,
				outcome,
				statement,
				is_late,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn an_answer_is_late_from_the_deadline_on() {
	run(|| {
		for (at, is_late) in [(due().0 - 1, false), (due().0, true)] {
			set_time(START);
			let record = registered(PATIENT);
			assert_ok!(dispute_as(PATIENT, record));
			set_time(Milliseconds(at));
			assert_ok!(answer_as(CUSTODIAN, record));
			let answer = RecordAccess::dispute_of(record).unwrap().answer.unwrap();
			assert_eq!(answer.is_late, is_late);
		}
	});
}

#[test]
fn whoever_is_granted_access_sees_the_open_disputes() {
	run(|| {
		let (disputed, other) = (registered(PATIENT), registered(PATIENT));
		let of = |record| granted(AccessRequest { target: Target::Record(record), ..request() });
		let (whole, narrow, elsewhere) = (granted(request()), of(disputed), of(other));
		assert_ok!(dispute_as(PATIENT, disputed));
		for grant in [whole, narrow] {
			assert_eq!(RecordAccess::disputes_under(grant), [(disputed, open())]);
		}
		assert_eq!(RecordAccess::disputes_under(elsewhere), []);
		assert_eq!(RecordAccess::disputes_under(GrantId(9)), []);
		assert_ok!(answer_as(CUSTODIAN, disputed));
		assert_eq!(RecordAccess::disputes_under(whole), []);
	});
}

#[test]
fn a_guardian_of_whatever_scope_disputes() {
	run(|| {
		set_scope(&[HPAYMT]);
		let record = registered(PATIENT);
		assert_ok!(dispute_as(GUARDIAN, record));
		assert_eq!(RecordAccess::dispute_of(record), Some(Dispute { by: GUARDIAN, ..open() }));
	});
}

#[test]
fn a_patient_who_disagrees_with_the_answer_disputes_again() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(dispute_as(PATIENT, record));
		assert_ok!(answer_as(CUSTODIAN, record));
		assert_ok!(dispute_as(PATIENT, record));
		assert_eq!(RecordAccess::dispute_of(record), Some(open()));
	});
}

#[test]
fn a_dispute_passes_to_the_new_custodian() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(dispute_as(PATIENT, record));
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		let clinic = RuntimeOrigin::signed(CLINIC_OPERATOR);
		assert_ok!(RecordAccess::accept_custody(clinic, record, 1, None));
		assert_noop!(answer_as(CUSTODIAN, record), Error::<Test>::NotTheCustodian);
		assert_ok!(answer_as(CLINIC_OPERATOR, record));
	});
}

#[test]
fn dispute_calls_fail_when_the_origin_is_not_signed() {
	run(|| {
		let (root, bad) = (RuntimeOrigin::root, DispatchError::BadOrigin);
		let record = registered(PATIENT);
		assert_noop!(RecordAccess::dispute_record(root(), record, STATEMENT), bad);
		let outcome = DisputeOutcome::Accepted;
		assert_noop!(RecordAccess::answer_dispute(root(), record, outcome, ANSWER), bad);
	});
}

#[test]
fn a_dispute_fails_when_the_record_is_unknown() {
	run(|| {
		assert_noop!(dispute_as(PATIENT, RecordId(9)), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn a_dispute_fails_when_the_signer_does_not_speak_for_the_patient() {
	run(|| {
		let record = registered(PATIENT);
		for who in [STRANGER, CUSTODIAN, PHYSICIAN, SILENT_PATIENT] {
			assert!(!RecordAccess::may_dispute(&who, record));
			assert_noop!(dispute_as(who, record), Error::<Test>::MayNotDispute);
		}
	});
}

#[test]
fn a_dispute_fails_when_one_is_open() {
	run(|| {
		let record = registered(PATIENT);
		assert!(RecordAccess::may_dispute(&PATIENT, record));
		assert_ok!(dispute_as(PATIENT, record));
		assert!(!RecordAccess::may_dispute(&PATIENT, record));
		assert_noop!(dispute_as(GUARDIAN, record), Error::<Test>::DisputeOpen);
	});
}

#[test]
fn a_dispute_fails_when_as_many_are_open_as_may_be() {
	run(|| {
		let records = [registered(PATIENT), registered(PATIENT), registered(PATIENT)];
		assert_ok!(dispute_as(PATIENT, records[0]));
		assert_ok!(dispute_as(PATIENT, records[1]));
		assert!(!RecordAccess::may_dispute(&PATIENT, records[2]));
		assert_noop!(dispute_as(PATIENT, records[2]), Error::<Test>::TooManyDisputes);
		assert_ok!(answer_as(CUSTODIAN, records[0]));
		assert_ok!(dispute_as(PATIENT, records[2]));
	});
}

#[test]
fn an_answer_fails_when_the_signer_does_not_keep_the_record() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(dispute_as(PATIENT, record));
		assert_noop!(answer_as(PATIENT, record), Error::<Test>::NotAnOperator);
		assert_noop!(answer_as(CLINIC_OPERATOR, record), Error::<Test>::NotTheCustodian);
		assert_noop!(answer_as(CUSTODIAN, RecordId(9)), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn an_answer_fails_when_nothing_is_disputed_or_it_was_answered() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(answer_as(CUSTODIAN, record), Error::<Test>::NoDispute);
		assert_ok!(dispute_as(PATIENT, record));
		assert_ok!(answer_as(CUSTODIAN, record));
		assert_noop!(answer_as(CUSTODIAN, record), Error::<Test>::DisputeClosed);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_disputes_and_their_list_disagree() {
	use crate::Disputes;
	fn noticed(spoil: impl FnOnce(RecordId), complaint: &'static str) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			assert_ok!(dispute_as(PATIENT, record));
			spoil(record);
			let complaint = DispatchError::Other(complaint);
			assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		});
	}
	let unlisted = |_| OpenDisputesOf::<Test>::remove(PATIENT);
	noticed(unlisted, "the list of disputes and the disputes disagree");
	noticed(Disputes::<Test>::remove, "a list names what is not disputed");
	let empty =
		|_| OpenDisputesOf::<Test>::insert(SILENT_PATIENT, OpenDisputesOf::<Test>::get(STRANGER));
	noticed(empty, "an empty list of disputes is stored");
	genesis().execute_with(|| {
		Disputes::<Test>::insert(RecordId(9), open());
		let complaint = DispatchError::Other("a dispute names no record");
		assert_eq!(RecordAccess::check_invariants(), Err(complaint));
	});
}
