//! Breaking the glass when nothing else goes through any more, and no more often than it must.

use crate::chain::{
	as_root, assert_refused, batch, enrol, flood, include, left, next_block, remark, request,
	small_bucket, validate, with_consent, works, HOSPITAL_A, HOSPITAL_B, PATIENT, SMALL, SUDO,
};
use hdx_primitives::{
	break_glass_operation, engine::terminology::purpose, rotate_account_agreement,
	second_factor_payload, AccessRequest, Agreement, AuditOutcome, Commitment, CredentialId,
	DenialReason, EntryIndex, GrantId, InstitutionId, Milliseconds, OverrideReason, Period,
	RecordId, ReviewOutcome, SecondFactor, H256,
};
use hdx_runtime::{
	configs::{EmergencyBucket, OwnBucket},
	ProviderRegistry, Runtime, RuntimeCall, SafeMode, System,
};
use pallet_provider_registry::{Call, CredentialKind, OracleTerms, ReportedStatus, SecondKey};
use pallet_quota::{EmergencyBuckets, Refusal, PROTECTED_PRIORITY};
use pallet_record_access::Call as Access;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{BoundedVec, DispatchError};

const DOCTOR: Key = Key::Charlie;
const DEVICE: Key = Key::AliceStash;
const REASON: OverrideReason = OverrideReason::EmergencyTreatment;

/// A doctor of hospital B with a second key, whose hospital's bucket a test can spend.
fn with_doctor(test: impl FnOnce()) {
	with_consent(|| {
		works(Key::Bob, enrol(DOCTOR.to_account_id()));
		works(DOCTOR, Call::register_second_key { key: SecondKey::Sr25519(DEVICE.public().0) });
		works(SUDO, as_root(small_bucket(HOSPITAL_B)));
		next_block();
		test();
	});
}

/// The same, of whom the chain is as sure as it can be.
fn with_verified_doctor(test: impl FnOnce()) {
	with_doctor(|| {
		let (board, oracle) = (Key::Eve, Key::One);
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let account = board.to_account_id();
		works(SUDO, as_root(Call::register_issuer { account, kinds, profile: [0; 32] }));
		let account = oracle.to_account_id();
		works(SUDO, as_root(Call::register_oracle { account, institution: None }));
		let hour = Milliseconds(3_600_000);
		let terms =
			OracleTerms { quorum: 1, ttl: hour, report_lifetime: hour, max_misbehaviour: 1 };
		works(SUDO, as_root(Call::set_oracle_terms { terms }));
		works(
			board,
			Call::attest_credential {
				practitioner: DOCTOR.to_account_id(),
				kind: CredentialKind::Licence,
				commitment: Commitment([20; 32]),
				valid: Period::default(),
			},
		);
		works(
			oracle,
			Call::report_status {
				practitioner: DOCTOR.to_account_id(),
				credential: CredentialId(1),
				status: ReportedStatus::Good,
				evidence: H256::zero(),
				checked_at: Milliseconds(pallet_timestamp::Now::<Runtime>::get()),
			},
		);
		let register = Access::register_record {
			patient: PATIENT.to_account_id(),
			manifest: Commitment([3; 32]),
			sections: 5,
			epoch: 0,
		};
		works(Key::Alice, register);
		test();
	});
}

fn spend_bucket_of_b() {
	flood(Key::Bob, remark(), SMALL.capacity);
	assert_eq!(left(HOSPITAL_B), 0);
}

fn emergency(on_behalf_of: InstitutionId) -> AccessRequest {
	let RuntimeCall::RecordAccess(Access::request_access { request, .. }) = request(on_behalf_of)
	else {
		panic!("a request");
	};
	AccessRequest { purpose: purpose::BTG, ..request }
}

fn break_glass_by(who: Key, device: Key) -> RuntimeCall {
	let request = emergency(HOSPITAL_B);
	let who = who.to_account_id();
	let valid_until = Milliseconds(pallet_timestamp::Now::<Runtime>::get() + 60_000);
	let count = ProviderRegistry::second_factor_count(who.clone());
	let operation = break_glass_operation(&request, REASON);
	let payload =
		second_factor_payload(&System::block_hash(0), &who, count, operation, valid_until);
	let signature = device.sign(&payload).into();
	let second_factor = Some(SecondFactor { signature, valid_until });
	Access::break_glass { request, reason: REASON, second_factor }.into()
}

fn break_glass() -> RuntimeCall {
	break_glass_by(DOCTOR, DEVICE)
}

fn last_outcome() -> AuditOutcome {
	let last = pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1;
	pallet_audit::Entries::<Runtime>::get(EntryIndex(last)).unwrap().event.outcome
}

fn disclosure() -> RuntimeCall {
	Access::record_disclosure {
		grant: GrantId(0),
		record: RecordId(0),
		sections: 1,
		disclosure: Commitment([6; 32]),
	}
	.into()
}

/// Otherwise any patient of the custodian could keep an emergency from being helped.
#[test]
fn a_record_is_disclosed_under_a_broken_glass_although_its_custodians_bucket_is_spent() {
	with_verified_doctor(|| {
		works(DOCTOR, break_glass());
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_refused(Key::Alice, remark(), Refusal::SponsorExhausted);
		let validity = validate(Key::Alice, disclosure()).unwrap();
		assert_eq!(validity.priority, PROTECTED_PRIORITY);
		works(Key::Alice, disclosure());
		assert_eq!(last_outcome(), AuditOutcome::Success);
	});
}

#[test]
fn a_disclosure_under_no_broken_glass_or_by_another_institution_is_paid_for() {
	with_verified_doctor(|| {
		works(DOCTOR, request(HOSPITAL_B));
		works(DOCTOR, break_glass());
		flood(Key::Alice, remark(), SMALL.capacity);
		spend_bucket_of_b();
		let disclose = |grant, record| {
			RuntimeCall::from(Access::record_disclosure {
				grant: GrantId(grant),
				record: RecordId(record),
				sections: 1,
				disclosure: Commitment([6; 32]),
			})
		};
		// The first grant rests on a consent.
		assert_refused(Key::Alice, disclose(0, 0), Refusal::SponsorExhausted);
		assert_refused(Key::Bob, disclose(1, 0), Refusal::SponsorExhausted);
		assert_refused(Key::Alice, disclose(1, 9), Refusal::SponsorExhausted);
		works(Key::Alice, disclose(1, 0));
	});
}

#[test]
fn the_glass_is_broken_although_the_hospitals_bucket_is_spent() {
	with_verified_doctor(|| {
		spend_bucket_of_b();
		assert_refused(DOCTOR, request(HOSPITAL_B), Refusal::SponsorExhausted);
		let validity = validate(DOCTOR, break_glass()).unwrap();
		assert_eq!(validity.priority, PROTECTED_PRIORITY);
		works(DOCTOR, break_glass());
		assert_eq!(last_outcome(), AuditOutcome::Success);
	});
}

#[test]
fn a_flood_of_break_glass_by_one_doctor_ends_at_their_own_bucket() {
	with_doctor(|| {
		spend_bucket_of_b();
		let most = OwnBucket::get().capacity;
		assert_eq!(flood(DOCTOR, break_glass(), most + 5), most);
		assert_refused(DOCTOR, break_glass(), Refusal::SponsorExhausted);
		// There is something left for the emergencies of others.
		let spent = EmergencyBuckets::<Runtime>::get(HOSPITAL_B).unwrap().spent;
		assert_eq!(spent, u64::from(most) * 1_000);
		assert!(most < EmergencyBucket::get().capacity);
	});
}

#[test]
fn a_flood_of_break_glass_by_a_whole_hospital_ends_at_its_bucket_for_emergencies() {
	with_doctor(|| {
		works(
			SUDO,
			as_root(pallet_quota::Call::set_bucket { institution: HOSPITAL_B, limits: None }),
		);
		let doctors: Vec<Key> = Key::iter()
			.filter(|key| {
				let known = [SUDO, PATIENT, DOCTOR, DEVICE, Key::Alice, Key::Bob];
				!known.contains(key)
			})
			.take(3)
			.collect();
		for (index, doctor) in doctors.iter().enumerate() {
			works(Key::Bob, enrol_with(*doctor, 40 + index as u8));
			works(
				*doctor,
				Call::register_second_key { key: SecondKey::Sr25519(DEVICE.public().0) },
			);
		}
		works(SUDO, as_root(small_bucket(HOSPITAL_B)));
		spend_bucket_of_b();
		let included: u32 =
			doctors.iter().map(|doctor| flood(*doctor, break_glass_by(*doctor, DEVICE), 40)).sum();
		assert_eq!(included, EmergencyBucket::get().capacity);
	});
}

fn enrol_with(practitioner: Key, commitment: u8) -> RuntimeCall {
	let RuntimeCall::ProviderRegistry(Call::enrol_practitioner {
		practitioner,
		roles,
		credential_kind,
		credential_valid,
		key_agreement,
		..
	}) = enrol(practitioner.to_account_id())
	else {
		panic!("an enrolment");
	};
	let credential_commitment = Commitment([commitment; 32]);
	Call::enrol_practitioner {
		practitioner,
		roles,
		credential_kind,
		credential_commitment,
		credential_valid,
		key_agreement,
	}
	.into()
}

#[test]
fn only_a_practitioner_of_the_hospital_with_a_second_key_has_emergencies_there() {
	with_doctor(|| {
		let nurse = Key::Eve;
		works(Key::Bob, enrol_with(nurse, 50));
		let other = Key::One.to_account_id();
		works(Key::Alice, pallet_consent::Call::sponsor_patient { patient: other.clone() });
		spend_bucket_of_b();
		// No second key.
		assert_refused(nurse, break_glass_by(nurse, DEVICE), Refusal::SponsorExhausted);
		// No signature.
		let unsigned = Access::break_glass {
			request: emergency(HOSPITAL_B),
			reason: REASON,
			second_factor: None,
		};
		assert_refused(DOCTOR, unsigned, Refusal::SponsorExhausted);
		// In a batch.
		assert_refused(DOCTOR, batch([break_glass()]), Refusal::SponsorExhausted);
		// A patient of the other hospital pays as for anything else.
		let before = left(HOSPITAL_A);
		let request = AccessRequest { patient: other, ..emergency(HOSPITAL_B) };
		works(PATIENT, Access::break_glass { request, reason: REASON, second_factor: None });
		assert_eq!(left(HOSPITAL_A), before - 1);
		assert_eq!(last_outcome(), AuditOutcome::Denied(DenialReason::PractitionerUnknown));
		assert_eq!(EmergencyBuckets::<Runtime>::get(HOSPITAL_B), None);
	});
}

#[test]
fn what_a_rotated_away_key_tries_to_break_is_logged_and_costs_nobody_else() {
	with_doctor(|| {
		let (old, new) = (DOCTOR.to_account_id(), Key::BobStash.to_account_id());
		let key_agreement = [6; 32];
		let now = pallet_timestamp::Now::<Runtime>::get();
		let valid_until = Milliseconds(now.saturating_add(1_000));
		let genesis = System::block_hash(0);
		let payload = rotate_account_agreement(&genesis, &old, &new, &key_agreement, valid_until);
		let signature = Key::BobStash.sign(&payload).into();
		let agreement = Agreement { signature, valid_until };
		let rotation = Call::rotate_account {
			practitioner: old,
			new,
			key_agreement,
			agreement,
			second_factor: None,
		};
		works(Key::Bob, rotation);
		let before = left(HOSPITAL_B);
		assert_eq!(validate(DOCTOR, break_glass()).unwrap().priority, 0);
		works(DOCTOR, break_glass());
		assert_eq!(last_outcome(), AuditOutcome::Denied(DenialReason::KeyRotated));
		assert_eq!(left(HOSPITAL_B), before);
		assert_eq!(EmergencyBuckets::<Runtime>::get(HOSPITAL_B), None);
		let most = OwnBucket::get().capacity;
		assert_eq!(flood(DOCTOR, break_glass(), most + 5), most - 1);
	});
}

#[test]
fn in_safe_mode_the_glass_is_broken_disclosed_under_and_reviewed() {
	with_verified_doctor(|| {
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		next_block();
		assert!(SafeMode::is_entered());
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		assert_eq!(include(DOCTOR, request(HOSPITAL_B)), Ok(Err(filtered)));
		// There is no such grant yet.
		assert_eq!(include(Key::Alice, disclosure()), Ok(Err(filtered)));
		works(DOCTOR, break_glass());
		assert_eq!(last_outcome(), AuditOutcome::Success);
		works(Key::Alice, disclosure());
		let review = Access::review_break_glass {
			grant: GrantId(0),
			outcome: ReviewOutcome::Justified,
			finding: Commitment([7; 32]),
		};
		works(Key::Bob, review);
	});
}

#[test]
fn in_safe_mode_governance_ends_breaking_the_glass() {
	with_verified_doctor(|| {
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		next_block();
		let close = Access::set_role_permissions {
			role: hdx_primitives::Role::Physician,
			purpose: purpose::BTG,
			actions: Default::default(),
		};
		works(SUDO, as_root(close));
		works(DOCTOR, break_glass());
		assert_eq!(last_outcome(), AuditOutcome::Denied(DenialReason::RoleNotPermitted));
	});
}

#[test]
fn in_safe_mode_no_disclosure_is_made_under_an_ordinary_grant() {
	with_verified_doctor(|| {
		works(DOCTOR, request(HOSPITAL_B));
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		next_block();
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		assert_eq!(include(Key::Alice, disclosure()), Ok(Err(filtered)));
	});
}
