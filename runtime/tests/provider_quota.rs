//! Who answers for the transactions of issuers, oracles and accounts that were rotated away.

use crate::chain::{
	as_root, assert_refused, enrol, flood, left, remark, request, validate, with_consent, works,
	HOSPITAL_A, HOSPITAL_B, SMALL, SUDO,
};
use hdx_primitives::{
	rotate_account_agreement, Agreement, AppealId, AuditOutcome, Commitment, CredentialId,
	DenialReason, EntryIndex, InstitutionId, IssuerId, Milliseconds, Period, H256,
};
use hdx_runtime::{configs::OwnBucket, Runtime, RuntimeCall, System};
use pallet_provider_registry::{
	Call, CredentialKind, OracleTerms, PractitionerStatus, RegistrationStatus, ReportedStatus,
	SuspensionReason,
};
use pallet_quota::Refusal;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::BoundedVec;

const BOARD: Key = Key::Eve;
const ORACLE: Key = Key::One;
const DOCTOR: Key = Key::Charlie;

/// The home's operator moves a practitioner to another account.
fn rotate(from: Key, to: Key) -> RuntimeCall {
	let (practitioner, new) = (from.to_account_id(), to.to_account_id());
	let key_agreement = [88; 32];
	let valid_until = Milliseconds(pallet_timestamp::Now::<Runtime>::get() + 60_000);
	let genesis = System::block_hash(0);
	let payload =
		rotate_account_agreement(&genesis, &practitioner, &new, &key_agreement, valid_until);
	let agreement = Agreement { signature: to.sign(&payload).into(), valid_until };
	let second_factor = None;
	Call::rotate_account { practitioner, new, key_agreement, agreement, second_factor }.into()
}

fn register_board() {
	let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
	let account = BOARD.to_account_id();
	works(SUDO, as_root(Call::register_issuer { account, kinds, profile: [0; 32] }));
	works(Key::Bob, enrol(DOCTOR.to_account_id()));
}

fn attest(salt: u8) -> RuntimeCall {
	Call::attest_credential {
		practitioner: DOCTOR.to_account_id(),
		kind: CredentialKind::Licence,
		commitment: Commitment([salt; 32]),
		valid: Period::default(),
	}
	.into()
}

fn register_oracle(institution: Option<InstitutionId>) {
	let account = ORACLE.to_account_id();
	works(SUDO, as_root(Call::register_oracle { account, institution }));
	let hour = Milliseconds(3_600_000);
	let terms = OracleTerms { quorum: 1, ttl: hour, report_lifetime: hour, max_misbehaviour: 1 };
	works(SUDO, as_root(Call::set_oracle_terms { terms }));
}

fn report() -> RuntimeCall {
	Call::report_status {
		practitioner: DOCTOR.to_account_id(),
		credential: CredentialId(0),
		status: ReportedStatus::Good,
		evidence: H256::zero(),
		checked_at: Milliseconds(pallet_timestamp::Now::<Runtime>::get()),
	}
	.into()
}

#[test]
fn a_trusted_issuer_pays_for_its_attestations_itself() {
	with_consent(|| {
		register_board();
		let (a, b) = (left(HOSPITAL_A), left(HOSPITAL_B));
		works(BOARD, attest(20));
		assert_refused(BOARD, remark(), Refusal::NoSponsor);
		let most = OwnBucket::get().capacity;
		assert_eq!(flood(BOARD, attest(21), most + 5), most - 1);
		assert_refused(BOARD, attest(22), Refusal::ProtectedExhausted);
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a, b));
	});
}

#[test]
fn attestations_are_protected_for_issuers_alone() {
	with_consent(|| {
		register_board();
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_refused(Key::Alice, attest(20), Refusal::SponsorExhausted);
		assert_refused(Key::Alice, report(), Refusal::SponsorExhausted);
	});
}

#[test]
fn an_oracle_that_a_hospital_runs_is_charged_to_it() {
	with_consent(|| {
		register_board();
		register_oracle(Some(HOSPITAL_A));
		let before = left(HOSPITAL_A);
		works(ORACLE, report());
		assert_eq!(left(HOSPITAL_A), before - 1);
	});
}

#[test]
fn an_independent_oracle_pays_for_its_reports_itself() {
	with_consent(|| {
		register_board();
		register_oracle(None);
		works(ORACLE, report());
		assert_refused(ORACLE, remark(), Refusal::NoSponsor);
	});
}

#[test]
fn what_a_rotated_away_key_asks_is_logged_and_costs_nobody_else() {
	with_consent(|| {
		let old = DOCTOR.to_account_id();
		works(Key::Bob, enrol(old.clone()));
		works(DOCTOR, remark());
		works(Key::Bob, rotate(DOCTOR, Key::AliceStash));
		let before = left(HOSPITAL_B);
		assert_eq!(System::account_nonce(&old), 1);
		works(DOCTOR, request(HOSPITAL_B));
		let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
		let entry = pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap();
		assert_eq!(entry.event.outcome, AuditOutcome::Denied(DenialReason::KeyRotated));
		assert_eq!(entry.event.actor, Some(old));
		assert_refused(DOCTOR, remark(), Refusal::NoSponsor);
		let most = OwnBucket::get().capacity;
		assert_eq!(flood(DOCTOR, request(HOSPITAL_B), most + 5), most - 1);
		assert_refused(DOCTOR, request(HOSPITAL_B), Refusal::SponsorExhausted);
		assert_eq!(left(HOSPITAL_B), before);
		works(Key::AliceStash, request(HOSPITAL_B));
		assert_eq!(left(HOSPITAL_B), before - 1);
	});
}

fn set_status(status: PractitionerStatus) -> RuntimeCall {
	Call::set_practitioner_status { practitioner: DOCTOR.to_account_id(), status }.into()
}

fn appeal() -> RuntimeCall {
	Call::appeal { statement: Commitment([1; 32]) }.into()
}

#[test]
fn a_suspended_practitioner_spends_no_bucket_and_is_heard_all_the_same() {
	with_consent(|| {
		works(Key::Bob, enrol(DOCTOR.to_account_id()));
		let suspended = PractitionerStatus::Suspended(SuspensionReason::Investigation);
		works(Key::Bob, set_status(suspended));
		let before = left(HOSPITAL_B);
		assert_refused(DOCTOR, remark(), Refusal::NoSponsor);
		works(DOCTOR, appeal());
		assert_refused(DOCTOR, appeal(), Refusal::NoSponsor);
		let withdraw =
			|number| -> RuntimeCall { Call::withdraw_appeal { appeal: AppealId(number) }.into() };
		assert_refused(DOCTOR, withdraw(1), Refusal::NoSponsor);
		works(DOCTOR, withdraw(0));
		works(DOCTOR, request(HOSPITAL_B));
		let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
		let entry = pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap();
		let refused = AuditOutcome::Denied(DenialReason::PractitionerSuspended);
		assert_eq!(entry.event.outcome, refused);
		let most = OwnBucket::get().capacity;
		assert_eq!(flood(DOCTOR, request(HOSPITAL_B), most + 5), most - 1);
		assert_refused(DOCTOR, request(HOSPITAL_B), Refusal::SponsorExhausted);
		assert_eq!(left(HOSPITAL_B), before);
		works(Key::Bob, set_status(PractitionerStatus::Active));
		works(DOCTOR, remark());
	});
}

#[test]
fn a_suspended_practitioner_leaves_and_stays_where_others_would_send_them() {
	with_consent(|| {
		let practitioner = || DOCTOR.to_account_id();
		works(Key::Bob, enrol(practitioner()));
		works(Key::Alice, Call::add_affiliation { practitioner: practitioner() });
		let to = HOSPITAL_A;
		works(Key::Bob, Call::offer_transfer { practitioner: practitioner(), to });
		works(Key::Bob, set_status(PractitionerStatus::Suspended(SuspensionReason::Investigation)));
		let leave = |institution| Call::leave { practitioner: practitioner(), institution };
		let withdraw = || Call::withdraw_transfer { practitioner: practitioner() };
		works(DOCTOR, withdraw());
		assert_refused(DOCTOR, withdraw(), Refusal::NoSponsor);
		assert_refused(DOCTOR, leave(HOSPITAL_B), Refusal::NoSponsor);
		works(DOCTOR, leave(HOSPITAL_A));
		assert_refused(DOCTOR, leave(HOSPITAL_A), Refusal::NoSponsor);
	});
}

#[test]
fn rotating_again_and_again_opens_no_new_bucket_and_no_fast_lane() {
	with_consent(|| {
		works(Key::Bob, enrol(DOCTOR.to_account_id()));
		let chain = [DOCTOR, Key::AliceStash, Key::BobStash, Key::CharlieStash];
		for pair in chain.windows(2) {
			works(Key::Bob, rotate(pair[0], pair[1]));
		}
		let newest = chain[3];
		let ordinary = validate(newest, request(HOSPITAL_B)).unwrap().priority;
		let attempt = validate(DOCTOR, request(HOSPITAL_B)).unwrap().priority;
		assert!(attempt < ordinary, "{attempt} comes before {ordinary}");
		let most = OwnBucket::get().capacity;
		let included: u32 =
			chain[..3].iter().map(|old| flood(*old, request(HOSPITAL_B), most)).sum();
		assert_eq!(included, most);
	});
}

#[test]
fn who_is_suspended_has_no_protected_calls() {
	with_consent(|| {
		register_board();
		register_oracle(None);
		works(BOARD, attest(20));
		works(ORACLE, report());
		let suspended = RegistrationStatus::Suspended(SuspensionReason::Investigation);
		let issuer = IssuerId(0);
		works(SUDO, as_root(Call::set_issuer_status { issuer, status: suspended }));
		let account = ORACLE.to_account_id();
		works(SUDO, as_root(Call::set_oracle_status { account, status: suspended }));
		assert_refused(BOARD, attest(21), Refusal::NoSponsor);
		assert_refused(ORACLE, report(), Refusal::NoSponsor);
	});
}
