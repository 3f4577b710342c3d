//! What patients object to goes through whatever their hospital has spent, and in safe mode.

use crate::chain::{
	as_root, assert_refused, enrol, flood, include, left, next_block, remark, request, validate,
	with_consent, works, HOSPITAL_A, HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use hdx_primitives::{
	engine::terminology::purpose, Code, Commitment, DisputeOutcome, GrantId, Milliseconds, RecordId,
};
use hdx_runtime::{RecordAccess, Runtime, RuntimeCall};
use pallet_quota::{Refusal, PROTECTED_PRIORITY};
use pallet_record_access::{Call, Error, RestrictedPurposes, RestrictionTerms};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchError;

const RECORD: RecordId = RecordId(0);

fn restrict(patient: Key, record: Option<RecordId>, terms: RestrictionTerms) -> RuntimeCall {
	Call::restrict { patient: patient.to_account_id(), record, terms }.into()
}

fn lift() -> RuntimeCall {
	Call::lift_restriction { patient: PATIENT.to_account_id(), record: None }.into()
}

fn dispute() -> RuntimeCall {
	Call::dispute_record { record: RECORD, statement: Commitment([1; 32]) }.into()
}

fn answer() -> RuntimeCall {
	let statement = Commitment([2; 32]);
	Call::answer_dispute { record: RECORD, outcome: DisputeOutcome::Denied, statement }.into()
}

fn not_for(purpose: Code) -> RestrictionTerms {
	RestrictionTerms::NotFor(RestrictedPurposes::truncate_from(vec![purpose]))
}

fn nothing() -> RestrictionTerms {
	RestrictionTerms::OnlyFor(RestrictedPurposes::default())
}

/// A record that hospital A keeps, a grant of it to a doctor of hospital B, and hospital A without quota.
fn spent(test: impl FnOnce()) {
	with_consent(|| {
		let patient = PATIENT.to_account_id();
		let manifest = Commitment([3; 32]);
		works(Key::Alice, Call::register_record { patient, manifest, sections: 12, epoch: 0 });
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, request(HOSPITAL_B));
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_eq!(left(HOSPITAL_A), 0);
		test();
	});
}

#[test]
fn a_patient_restricts_although_their_hospital_has_spent_its_quota() {
	spent(|| {
		assert_refused(PATIENT, remark(), Refusal::SponsorExhausted);
		let call = restrict(PATIENT, None, not_for(purpose::TREAT));
		assert_eq!(validate(PATIENT, call.clone()).unwrap().priority, PROTECTED_PRIORITY);
		works(PATIENT, call);
		let at = Milliseconds(pallet_timestamp::Now::<Runtime>::get());
		assert!(RecordAccess::check_grant(GrantId(0), HOSPITAL_A, at).is_err());
		works(PATIENT, restrict(PATIENT, None, nothing()));
	});
}

#[test]
fn a_patient_revokes_a_grant_once_although_their_hospital_has_spent_its_quota() {
	spent(|| {
		let call = || RuntimeCall::from(Call::revoke_grant { grant: GrantId(0) });
		// Whoever it does not concern pays.
		assert_refused(Key::Alice, call(), Refusal::SponsorExhausted);
		assert_eq!(validate(PATIENT, call()).unwrap().priority, PROTECTED_PRIORITY);
		works(PATIENT, call());
		assert_refused(PATIENT, call(), Refusal::SponsorExhausted);
		let unknown = Call::revoke_grant { grant: GrantId(9) };
		assert_refused(PATIENT, unknown, Refusal::SponsorExhausted);
	});
}

#[test]
fn restricting_is_no_way_around_the_quota() {
	spent(|| {
		works(PATIENT, restrict(PATIENT, None, not_for(purpose::TREAT)));
		// The same again, looser, of what is not theirs, and lifting.
		let same = restrict(PATIENT, None, not_for(purpose::TREAT));
		let looser = restrict(PATIENT, None, not_for(purpose::HPAYMT));
		let unknown = restrict(PATIENT, Some(RecordId(9)), nothing());
		let of_another = restrict(Key::Eve, None, nothing());
		for call in [same, looser, unknown, of_another, lift()] {
			assert_refused(PATIENT, call, Refusal::SponsorExhausted);
		}
		let by_the_hospital = restrict(PATIENT, None, nothing());
		assert_refused(Key::Alice, by_the_hospital, Refusal::SponsorExhausted);
	});
}

#[test]
fn a_patient_disputes_once_although_their_hospital_has_spent_its_quota() {
	spent(|| {
		works(PATIENT, dispute());
		assert_refused(PATIENT, dispute(), Refusal::SponsorExhausted);
		assert_refused(Key::Alice, answer(), Refusal::SponsorExhausted);
		assert!(RecordAccess::dispute_of(RECORD).is_some());
	});
}

#[test]
fn a_patient_asks_for_erasure_although_their_hospital_has_spent_its_quota() {
	spent(|| {
		let call: RuntimeCall = Call::request_erasure { record: RECORD }.into();
		assert_refused(Key::Alice, call.clone(), Refusal::SponsorExhausted);
		works(PATIENT, call.clone());
		assert_refused(PATIENT, call, Refusal::SponsorExhausted);
		assert!(RecordAccess::erasure_request(RECORD).is_some());
	});
}

#[test]
fn in_safe_mode_patients_restrict_and_dispute_and_nobody_loosens() {
	spent(|| {
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		next_block();
		works(PATIENT, restrict(PATIENT, None, not_for(purpose::TREAT)));
		works(PATIENT, dispute());
		works(PATIENT, Call::request_erasure { record: RECORD });
		// Long enough for the hospital to have quota again.
		pallet_timestamp::Now::<Runtime>::mutate(|now| *now += 100_000);
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		for call in [lift(), restrict(PATIENT, None, not_for(purpose::HPAYMT))] {
			assert_eq!(include(PATIENT, call), Ok(Err(filtered)));
		}
		works(Key::Alice, answer());
		let closed: DispatchError = Error::<Runtime>::DisputeClosed.into();
		assert_eq!(include(Key::Alice, answer()), Ok(Err(closed)));
	});
}
