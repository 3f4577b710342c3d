//! DIDs on the real chain: who has one, what goes through in need, what the log says.

use crate::chain::{
	as_root, assert_refused, batch, enrol, failure_inside, flood, include, left, next_block,
	on_chain, remark, signed, validate, with_consent, works, HOSPITAL_A, PATIENT, SMALL, SUDO,
};
use frame_support::traits::Contains;
use hdx_primitives::{
	did::{Did, DidStatus, KeyIndex, KeyMaterial, NewKey, Relationship, Relationships},
	rotate_account_agreement, Agreement, AuditAction, EntryIndex, KeyDirectory, Milliseconds,
	Subject,
};
use hdx_runtime::{
	configs::AllowedInEmergency, genesis, AccountId, Executive, Runtime, RuntimeCall,
	RuntimeOrigin, System, Timestamp,
};
use pallet_did::{Call, Error};
use pallet_quota::{Refusal, PROTECTED_PRIORITY};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring as Key};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

fn ed25519(key: Ed25519Keyring) -> KeyMaterial {
	KeyMaterial::Ed25519(key.public().0)
}

fn x_wing(seed: u8) -> KeyMaterial {
	KeyMaterial::XWing(vec![seed; 1_216].try_into().unwrap())
}

/// A DID with a key for signatures and one for key agreement.
fn create() -> RuntimeCall {
	let signing =
		NewKey { material: ed25519(Ed25519Keyring::Alice), relationships: Relationships::SIGNING };
	let agreement = NewKey { material: x_wing(1), relationships: Relationships::KEY_AGREEMENT };
	Call::create { keys: vec![signing, agreement].try_into().unwrap() }.into()
}

fn end_key(subject: Key, expected_version: u32, key: u32) -> RuntimeCall {
	let key = KeyIndex(key);
	Call::end_key { subject: subject.to_account_id(), expected_version, key }.into()
}

fn rotate_key(subject: Key, expected_version: u32, key: u32) -> RuntimeCall {
	let subject = subject.to_account_id();
	let material = ed25519(Ed25519Keyring::Bob);
	Call::rotate_key { subject, expected_version, key: KeyIndex(key), material }.into()
}

fn add_controller(subject: Key, expected_version: u32, controller: Key) -> RuntimeCall {
	let controller = controller.to_account_id();
	Call::add_controller { subject: subject.to_account_id(), expected_version, controller }.into()
}

fn remove_controller(subject: Key, expected_version: u32, controller: Key) -> RuntimeCall {
	let controller = controller.to_account_id();
	Call::remove_controller { subject: subject.to_account_id(), expected_version, controller }
		.into()
}

fn deactivate(subject: Key, expected_version: u32) -> RuntimeCall {
	Call::deactivate { subject: subject.to_account_id(), expected_version }.into()
}

fn version(who: Key) -> u32 {
	pallet_did::Documents::<Runtime>::get(who.to_account_id()).unwrap().version
}

fn spend_bucket_of_a() {
	flood(Key::Alice, remark(), SMALL.capacity);
	assert_eq!(left(HOSPITAL_A), 0);
}

#[test]
fn patients_practitioners_and_operators_have_dids() {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		for who in [PATIENT, Key::Charlie, Key::Alice] {
			works(who, create());
			let resolution = hdx_runtime::Did::resolve(who.to_account_id()).unwrap();
			assert_eq!(resolution.did, Did::new(&System::block_hash(0), who.to_account_id()));
			assert_eq!(resolution.keys.len(), 2);
		}
	});
}

/// The home's operator moves a practitioner to another account, as after a theft.
fn rotate_account(from: Key, to: Key) -> RuntimeCall {
	let (practitioner, new) = (from.to_account_id(), to.to_account_id());
	let key_agreement = [88; 32];
	let valid_until = Milliseconds(Timestamp::get() + 60_000);
	let genesis = System::block_hash(0);
	let payload =
		rotate_account_agreement(&genesis, &practitioner, &new, &key_agreement, valid_until);
	let agreement = Agreement { signature: to.sign(&payload).into(), valid_until };
	let second_factor = None;
	pallet_provider_registry::Call::rotate_account {
		practitioner,
		new,
		key_agreement,
		agreement,
		second_factor,
	}
	.into()
}

#[test]
fn nothing_is_released_to_the_did_of_a_rotated_away_account() {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, create());
		let old = Key::Charlie.to_account_id();
		let key_of = |who: &AccountId| {
			<hdx_runtime::Did as KeyDirectory>::key_agreement(who, Milliseconds(Timestamp::get()))
		};
		assert!(key_of(&old).is_some());
		works(Key::Bob, rotate_account(Key::Charlie, Key::AliceStash));
		assert!(key_of(&old).is_none());
		let resolution = hdx_runtime::Did::resolve(old.clone()).unwrap();
		assert!(!resolution.document.is_active());
		assert!(resolution.keys.iter().all(|entry| entry.key.valid_until.is_some()));
		// The thief gets no other in: what the old key asks is no longer paid for by anybody.
		assert_refused(Key::Charlie, end_key(Key::Charlie, 2, 0), Refusal::NoSponsor);
		let new = hdx_runtime::ProviderRegistry::successor(old).unwrap();
		assert_eq!(new, Key::AliceStash.to_account_id());
		works(Key::AliceStash, create());
		assert!(key_of(&new).is_some());
	});
}

#[test]
fn an_operators_stolen_key_controls_no_patients_did() {
	with_consent(|| {
		works(PATIENT, create());
		works(PATIENT, add_controller(PATIENT, 1, Key::Alice));
		works(
			SUDO,
			as_root(pallet_provider_registry::Call::replace_account {
				from: Key::Alice.to_account_id(),
				to: Key::AliceStash.to_account_id(),
			}),
		);
		assert_refused(Key::Alice, deactivate(PATIENT, 2), Refusal::NoSponsor);
		let by_thief = hdx_runtime::Did::deactivate(
			RuntimeOrigin::signed(Key::Alice.to_account_id()),
			PATIENT.to_account_id(),
			2,
		);
		assert_eq!(by_thief, Err(Error::<Runtime>::AccountRetired.into()));
		assert_eq!(version(PATIENT), 2);
	});
}

#[test]
fn who_is_not_on_the_chain_has_none() {
	with_consent(|| {
		let payment: TransactionValidityError = InvalidTransaction::Payment.into();
		assert_eq!(include(Key::Eve, create()), Err(payment));
		// An account that somebody derives from an own one, without end, is none that exists.
		let call = Box::new(create());
		let derived = pallet_utility::Call::as_derivative { index: 7, call };
		let unknown = Error::<Runtime>::AccountUnknown.into();
		assert_eq!(include(PATIENT, derived), Ok(Err(unknown)));
	});
}

#[test]
fn the_did_is_of_the_genesis_block_for_ever() {
	on_chain(genesis::DEV, || {
		let genesis = System::block_hash(0);
		let text = hdx_runtime::Did::did(Key::Alice.to_account_id()).to_string();
		let account: &[u8; 32] = &Key::Alice.to_account_id().into();
		let hex = |bytes: &[u8]| bytes.iter().map(|it| format!("{it:02x}")).collect::<String>();
		assert_eq!(text, format!("did:hdx:{}:{}", hex(&genesis.0[..8]), hex(account)));
		next_block();
		assert_eq!(hdx_runtime::Did::did(Key::Alice.to_account_id()).to_string(), text);
	});
}

#[test]
fn stolen_keys_end_although_the_hospitals_bucket_is_spent() {
	with_consent(|| {
		works(PATIENT, create());
		works(PATIENT, add_controller(PATIENT, 1, Key::Alice));
		spend_bucket_of_a();

		assert_refused(PATIENT, rotate_key(PATIENT, 2, 0), Refusal::SponsorExhausted);
		let controller = Key::Bob;
		let add = add_controller(PATIENT, 2, controller);
		assert_refused(PATIENT, add, Refusal::SponsorExhausted);
		assert_eq!(validate(PATIENT, end_key(PATIENT, 2, 0)).unwrap().priority, PROTECTED_PRIORITY);
		works(PATIENT, end_key(PATIENT, 2, 0));
		works(PATIENT, remove_controller(PATIENT, 3, Key::Alice));
		works(PATIENT, deactivate(PATIENT, 4));
		assert_eq!(version(PATIENT), 5);
	});
}

#[test]
fn what_takes_nothing_back_from_an_own_did_is_not_protected() {
	with_consent(|| {
		let remove = |version| remove_controller(PATIENT, version, Key::Alice);
		works(PATIENT, create());
		works(PATIENT, end_key(PATIENT, 1, 0));
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, create());
		spend_bucket_of_a();
		for call in [
			// Ended already; not there; of another version; no controller.
			end_key(PATIENT, 2, 0),
			end_key(PATIENT, 2, 9),
			end_key(PATIENT, 1, 1),
			deactivate(PATIENT, 1),
			remove(2),
			// Somebody else's.
			end_key(Key::Charlie, 1, 0),
			deactivate(Key::Charlie, 1),
		] {
			assert_refused(PATIENT, call, Refusal::SponsorExhausted);
		}
		works(PATIENT, deactivate(PATIENT, 2));
		assert_refused(PATIENT, deactivate(PATIENT, 3), Refusal::SponsorExhausted);
		assert_refused(PATIENT, end_key(PATIENT, 3, 1), Refusal::SponsorExhausted);
	});
}

#[test]
fn a_controller_pays_from_its_institutions_bucket() {
	with_consent(|| {
		works(PATIENT, create());
		works(PATIENT, add_controller(PATIENT, 1, Key::Alice));
		spend_bucket_of_a();
		assert_refused(Key::Alice, end_key(PATIENT, 2, 0), Refusal::SponsorExhausted);
		next_block();
		works(Key::Alice, end_key(PATIENT, 2, 0));
	});
}

#[test]
fn in_an_emergency_keys_end_and_none_begin() {
	with_consent(|| {
		works(PATIENT, create());
		works(PATIENT, add_controller(PATIENT, 1, Key::Alice));
		let calls = |version| {
			[
				end_key(PATIENT, version, 0),
				remove_controller(PATIENT, version, Key::Alice),
				deactivate(PATIENT, version),
			]
		};
		assert!(calls(2).iter().all(AllowedInEmergency::contains));
		let service = hdx_primitives::did::Service {
			id: b"a".to_vec().try_into().unwrap(),
			kind: b"T".to_vec().try_into().unwrap(),
			endpoint: b"e".to_vec().try_into().unwrap(),
		};
		let subject = PATIENT.to_account_id();
		for refused in [
			create(),
			rotate_key(PATIENT, 2, 0),
			add_controller(PATIENT, 2, Key::Bob),
			Call::add_key {
				subject: subject.clone(),
				expected_version: 2,
				material: x_wing(2),
				relationships: Relationships::KEY_AGREEMENT,
			}
			.into(),
			Call::remove_service {
				subject: subject.clone(),
				expected_version: 2,
				service: service.id.clone(),
			}
			.into(),
			Call::set_service { subject, expected_version: 2, service }.into(),
			batch([end_key(PATIENT, 2, 0), rotate_key(PATIENT, 3, 1)]),
		] {
			assert!(!AllowedInEmergency::contains(&refused), "{refused:?}");
		}
		works(SUDO, as_root(pallet_safe_mode::Call::force_enter {}));
		for (place, version) in (2..5).enumerate() {
			works(PATIENT, calls(version)[place].clone());
		}
	});
}

#[test]
fn the_past_of_a_key_is_told_after_a_rotation() {
	with_consent(|| {
		works(PATIENT, create());
		let who: AccountId = PATIENT.to_account_id();
		let key_at = |at| {
			<hdx_runtime::Did as KeyDirectory>::keys_at(&who, Relationship::AssertionMethod, at)
		};
		let before = hdx_primitives::Milliseconds(Timestamp::get());
		next_block();
		works(PATIENT, rotate_key(PATIENT, 1, 0));
		let after = hdx_primitives::Milliseconds(Timestamp::get());
		let indices = |at| key_at(at).iter().map(|entry| entry.index.0).collect::<Vec<_>>();
		assert_eq!((indices(before), indices(after)), (vec![0], vec![2]));
	});
}

#[test]
fn nothing_is_replayed_when_an_account_comes_back() {
	with_consent(|| {
		let doctor = Key::Charlie;
		let practitioner = doctor.to_account_id();
		works(Key::Bob, enrol(practitioner.clone()));
		works(doctor, create());
		let old = signed(doctor, end_key(doctor, 1, 0));
		assert_eq!(System::account_nonce(&practitioner), 1);
		works(doctor, rotate_key(doctor, 1, 0));

		let remove = pallet_provider_registry::Call::remove_practitioner {
			practitioner: practitioner.clone(),
		};
		works(Key::Bob, remove);
		// Whoever was a practitioner keeps the account, so that its nonce never starts again.
		assert!(System::account_exists(&practitioner));
		works(Key::Bob, enrol(practitioner.clone()));
		assert_eq!(System::account_nonce(&practitioner), 2);

		let exists = Error::<Runtime>::AlreadyCreated.into();
		assert_eq!(include(doctor, create()), Ok(Err(exists)));
		assert_eq!(Executive::apply_extrinsic(old), Err(InvalidTransaction::Stale.into()));
		// Even signed anew, the change is for a version that is gone.
		let mismatch = Error::<Runtime>::VersionMismatch.into();
		assert_eq!(include(doctor, end_key(doctor, 1, 0)), Ok(Err(mismatch)));
		assert_eq!(version(doctor), 2);
	});
}

#[test]
fn the_log_names_the_did_and_the_patient() {
	with_consent(|| {
		works(PATIENT, create());
		works(PATIENT, add_controller(PATIENT, 1, Key::Alice));
		works(Key::Alice, deactivate(PATIENT, 2));
		assert_eq!(failure_inside(), None);
		let next = pallet_audit::NextEntryIndex::<Runtime>::get();
		let entry = pallet_audit::Entries::<Runtime>::get(EntryIndex(next.0 - 1)).unwrap();
		assert_eq!(entry.event.action, AuditAction::DidDeactivated);
		assert_eq!(entry.event.actor, Some(Key::Alice.to_account_id()));
		assert_eq!(entry.event.patient, Some(PATIENT.to_account_id()));
		assert_eq!(entry.event.subject, Subject::Did(PATIENT.to_account_id().into()));
		let document = pallet_did::Documents::<Runtime>::get(PATIENT.to_account_id()).unwrap();
		assert!(matches!(document.status, DidStatus::Deactivated { .. }));
	});
}
