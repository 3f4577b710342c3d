//! What patients want erased.

use crate::{
	mock::*, ErasureCounts, ErasureCountsOf, ErasureRequest, ErasureStanding, Error, Event,
	PendingErasures,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose::TREAT, AccountId, AuditAction, AuditEvent, Commitment,
	ErasureExemption, InstitutionId, Milliseconds, RecordId, Subject,
};
use proptest::{collection::vec, prelude::*};
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::BTreeMap;

const STATEMENT: Commitment = Commitment([41; 32]);
const EXEMPTION: ErasureExemption = ErasureExemption::LegalObligation;

fn ask_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::request_erasure(RuntimeOrigin::signed(who), record)
}

fn refuse_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::refuse_erasure(RuntimeOrigin::signed(who), record, EXEMPTION, STATEMENT)
}

fn erase_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::record_erasure(RuntimeOrigin::signed(who), record, STATEMENT)
}

fn due(since: Milliseconds) -> Milliseconds {
	since.saturating_add(ErasureDeadline::get())
}

fn asked(since: Milliseconds) -> ErasureRequest {
	ErasureRequest { by: PATIENT, requested_at: since, due_at: due(since) }
}

/// A record of the patient, whose erasure was asked for.
fn wanted() -> RecordId {
	let record = registered(PATIENT);
	assert_ok!(ask_as(PATIENT, record));
	record
}

#[test]
fn a_request_is_stored_logged_and_announced_and_waits_for_the_custodian() {
	run(|| {
		let record = wanted();
		assert_eq!(RecordAccess::erasure_request(record), Some(asked(START)));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(PATIENT),
				patient: Some(PATIENT),
				subject: Subject::Record(record),
				..AuditEvent::new(AuditAction::ErasureRequested)
			}
		);
		System::assert_last_event(
			Event::ErasureRequested {
				record,
				patient: PATIENT,
				by: PATIENT,
				custodian: HOSPITAL,
				due_at: due(START),
				entry: last_index(),
			}
			.into(),
		);
		let pending = RecordAccess::pending_erasures(HOSPITAL, None, 9);
		assert_eq!(pending, [(record, asked(START))]);
		let counts = ErasureCounts { pending: 1, ..Default::default() };
		let standing = ErasureStanding { counts, overdue: 0 };
		assert_eq!(RecordAccess::erasure_standing(HOSPITAL), standing);
	});
}

#[test]
fn erasing_grants_the_request() {
	run(|| {
		let record = wanted();
		assert_ok!(erase_as(CUSTODIAN, record));
		assert_eq!(RecordAccess::erasure_request(record), None);
		assert_eq!(RecordAccess::pending_erasures(HOSPITAL, None, 9), []);
		let counts = ErasureCounts { erased: 1, ..Default::default() };
		assert_eq!(ErasureCountsOf::<Test>::get(HOSPITAL), counts);
	});
}

#[test]
fn erasing_what_nobody_asked_for_is_no_answer() {
	run(|| {
		assert_ok!(erase_as(CUSTODIAN, registered(PATIENT)));
		assert_eq!(ErasureCountsOf::<Test>::get(HOSPITAL), ErasureCounts::default());
	});
}

#[test]
fn a_refusal_is_logged_and_announced_and_the_patient_may_ask_again() {
	run(|| {
		let record = wanted();
		assert_ok!(refuse_as(CUSTODIAN, record));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				subject: Subject::ErasureRefusal {
					record,
					exemption: EXEMPTION,
					statement: STATEMENT,
					is_late: false,
				},
				..AuditEvent::new(AuditAction::ErasureRefused)
			}
		);
		System::assert_last_event(
			Event::ErasureRefused {
				record,
				patient: PATIENT,
				custodian: HOSPITAL,
				exemption: EXEMPTION,
				statement: STATEMENT,
				is_late: false,
				entry: last_index(),
			}
			.into(),
		);
		let counts = ErasureCounts { refused: 1, ..Default::default() };
		assert_eq!(ErasureCountsOf::<Test>::get(HOSPITAL), counts);
		assert_ok!(ask_as(PATIENT, record));
	});
}

#[test]
fn what_is_not_answered_in_time_is_overdue_and_late_for_ever() {
	run(|| {
		let (first, second) = (wanted(), wanted());
		let overdue = || RecordAccess::erasure_standing(HOSPITAL).overdue;
		set_time(Milliseconds(due(START).0 - 1));
		assert_eq!(overdue(), 0);
		set_time(due(START));
		assert_eq!(overdue(), 2);
		assert_ok!(refuse_as(CUSTODIAN, first));
		let subject = last_entry().subject;
		assert!(matches!(subject, Subject::ErasureRefusal { is_late: true, .. }));
		assert_ok!(erase_as(CUSTODIAN, second));
		let counts = ErasureCounts { pending: 0, erased: 1, refused: 1, late: 2 };
		let standing = ErasureStanding { counts, overdue: 0 };
		assert_eq!(RecordAccess::erasure_standing(HOSPITAL), standing);
	});
}

#[test]
fn requests_are_paged_in_the_order_of_their_deadlines() {
	run(|| {
		let records = [registered(PATIENT), registered(PATIENT), registered(PATIENT)];
		for (record, wait) in [(records[2], 0), (records[0], 10), (records[1], 20)] {
			set_time(Milliseconds(START.0 + wait));
			assert_ok!(ask_as(PATIENT, record));
		}
		let page = |after, limit| -> Vec<RecordId> {
			let page = RecordAccess::pending_erasures(HOSPITAL, after, limit);
			page.into_iter().map(|(record, _)| record).collect()
		};
		assert_eq!(page(None, 9), [records[2], records[0], records[1]]);
		assert_eq!(page(None, 1), [records[2]]);
		assert_eq!(page(Some(records[2]), 9), [records[0], records[1]]);
		assert_eq!(page(None, 0), []);
	});
}

#[test]
fn a_request_passes_to_the_new_custodian_deadline_and_all() {
	run(|| {
		let record = wanted();
		set_time(Milliseconds(START.0 + 5));
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		let clinic = RuntimeOrigin::signed(CLINIC_OPERATOR);
		assert_ok!(RecordAccess::accept_custody(clinic, record, 1, None));
		assert_eq!(RecordAccess::pending_erasures(HOSPITAL, None, 9), []);
		let pending = RecordAccess::pending_erasures(CLINIC, None, 9);
		assert_eq!(pending, [(record, asked(START))]);
		assert_noop!(refuse_as(CUSTODIAN, record), Error::<Test>::NotTheCustodian);
		assert_ok!(refuse_as(CLINIC_OPERATOR, record));
	});
}

#[test]
fn a_guardian_for_all_purposes_asks_and_one_for_some_does_not() {
	run(|| {
		let record = registered(PATIENT);
		set_scope(&[TREAT]);
		assert_noop!(ask_as(GUARDIAN, record), Error::<Test>::MayNotRequestErasure);
		set_scope(&[]);
		assert_ok!(ask_as(GUARDIAN, record));
	});
}

#[test]
fn erasure_requests_fail_when_the_origin_is_not_signed() {
	run(|| {
		let (record, root) = (registered(PATIENT), RuntimeOrigin::root);
		let bad = DispatchError::BadOrigin;
		assert_noop!(RecordAccess::request_erasure(root(), record), bad);
		assert_noop!(RecordAccess::refuse_erasure(root(), record, EXEMPTION, STATEMENT), bad);
	});
}

#[test]
fn a_request_fails_when_the_record_is_unknown_or_erased() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(ask_as(PATIENT, RecordId(9)), Error::<Test>::RecordUnknown);
		assert_ok!(erase_as(CUSTODIAN, record));
		assert_noop!(ask_as(PATIENT, record), Error::<Test>::RecordErased);
		assert!(!RecordAccess::may_request_erasure(&PATIENT, record));
	});
}

#[test]
fn a_request_fails_when_the_signer_does_not_speak_for_the_patient() {
	run(|| {
		let record = registered(PATIENT);
		for who in [STRANGER, CUSTODIAN, PHYSICIAN, SILENT_PATIENT] {
			assert!(!RecordAccess::may_request_erasure(&who, record));
			assert_noop!(ask_as(who, record), Error::<Test>::MayNotRequestErasure);
		}
	});
}

#[test]
fn a_request_fails_when_one_waits() {
	run(|| {
		let record = wanted();
		assert!(!RecordAccess::may_request_erasure(&PATIENT, record));
		assert_noop!(ask_as(PATIENT, record), Error::<Test>::ErasureRequested);
	});
}

#[test]
fn a_refusal_fails_when_the_signer_does_not_keep_the_record() {
	run(|| {
		let record = wanted();
		assert_noop!(refuse_as(PATIENT, record), Error::<Test>::NotAnOperator);
		assert_noop!(refuse_as(CLINIC_OPERATOR, record), Error::<Test>::NotTheCustodian);
		assert_noop!(refuse_as(CUSTODIAN, RecordId(9)), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn a_refusal_fails_when_nobody_asked() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(refuse_as(CUSTODIAN, record), Error::<Test>::NoErasureRequest);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_requests_and_what_waits_disagree() {
	use crate::{ErasureKey, ErasureRequests};
	fn noticed(spoil: impl FnOnce(RecordId), complaint: &'static str) {
		genesis().execute_with(|| {
			spoil(wanted());
			let complaint = DispatchError::Other(complaint);
			assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		});
	}
	let unknown = |_| ErasureRequests::<Test>::insert(RecordId(9), asked(START));
	noticed(unknown, "what is to be erased is no record");
	let key = |record| ErasureKey::new(due(START), record);
	let moved = |record| PendingErasures::<Test>::remove(HOSPITAL, key(record));
	noticed(moved, "a request for erasure waits for nobody");
	let more = |record| PendingErasures::<Test>::insert(CLINIC, key(record), ());
	noticed(more, "what waits for an institution was not asked for");
	let counted = |_| ErasureCountsOf::<Test>::mutate(HOSPITAL, |counts| counts.pending = 2);
	noticed(counted, "an institution's count of requests for erasure is wrong");
	let late = |_| ErasureCountsOf::<Test>::mutate(HOSPITAL, |counts| counts.late = 1);
	noticed(late, "more was answered late than was answered");
	let uncounted = |_| ErasureCountsOf::<Test>::remove(HOSPITAL);
	noticed(uncounted, "an institution's requests for erasure are not counted");
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	/// Whatever is asked, refused, erased and passed on: what is open waits for its custodian.
	#[test]
	fn what_is_open_waits_for_its_custodian(taken in vec((0u8..4, 0u64..3, 0u64..2), 1..40)) {
		genesis().execute_with(|| {
			let mut custodians: BTreeMap<u64, (AccountId, InstitutionId)> = (0..3)
				.map(|record| (record, (CUSTODIAN, HOSPITAL)))
				.collect();
			let records = [registered(PATIENT), registered(PATIENT), registered(PATIENT)];
			let mut now = START;
			for (what, record, months) in taken {
				now = now.saturating_add(Milliseconds(ErasureDeadline::get().0 * months));
				set_time(now);
				let id = records[record as usize];
				let (operator, institution) = custodians[&record].clone();
				let before = ErasureCountsOf::<Test>::get(institution);
				let was_open = RecordAccess::erasure_request(id);
				match what {
					0 => {
						let may = RecordAccess::may_request_erasure(&PATIENT, id);
						prop_assert_eq!(ask_as(PATIENT, id).is_ok(), may);
					},
					1 => prop_assert_eq!(refuse_as(operator, id).is_ok(), was_open.is_some()),
					2 => {
						let _ = erase_as(operator, id);
					},
					_ => {
						let (to, next) = match operator {
							CUSTODIAN => (CLINIC, CLINIC_OPERATOR),
							_ => (HOSPITAL, CUSTODIAN),
						};
						let from = RuntimeOrigin::signed(operator);
						if RecordAccess::offer_custody(from, id, to).is_ok() {
							let origin = RuntimeOrigin::signed(next.clone());
							assert_ok!(RecordAccess::accept_custody(origin, id, version_now(id), None));
							custodians.insert(record, (next, to));
						}
					},
				}
				let after = ErasureCountsOf::<Test>::get(institution);
				let is_answered = [1, 2].contains(&what) && was_open.is_some();
				let is_late = is_answered && was_open.is_some_and(|open| open.due_at <= now);
				prop_assert_eq!(after.late - before.late, u32::from(is_late));
				let answers = |counts: &ErasureCounts| counts.erased + counts.refused;
				prop_assert_eq!(answers(&after) - answers(&before), u32::from(is_answered));
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			Ok(())
		})?;
	}
}
