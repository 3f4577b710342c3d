//! What the calls cost at their worst: on the largest document.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{Call, Config, Documents, Keys, KeysByFingerprint, Pallet};
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*};
use frame_system::RawOrigin;
use hdx_primitives::{
	did::{
		Document, Key, KeyIndex, KeyMaterial, Relationships, Service, MAX_CONTROLLERS,
		MAX_ENDPOINT_BYTES, MAX_KEYS, MAX_SERVICES, MAX_SERVICE_ID_BYTES, MAX_SERVICE_TYPE_BYTES,
		ML_DSA_65_BYTES, X_WING_BYTES,
	},
	AccountId, Milliseconds,
};

/// The base point of Ed25519: a key as good as any for its check.
const BASE_POINT: [u8; 32] = {
	let mut point = [0x66; 32];
	point[0] = 0x58;
	point
};

fn ml_dsa_65(seed: u8) -> KeyMaterial {
	KeyMaterial::MlDsa65(vec![seed; ML_DSA_65_BYTES as usize].try_into().unwrap())
}

fn x_wing() -> KeyMaterial {
	KeyMaterial::XWing(vec![1; X_WING_BYTES as usize].try_into().unwrap())
}

/// The largest service of this number.
fn service(number: u8) -> Service {
	let id: Vec<u8> = vec![b'a' + number; MAX_SERVICE_ID_BYTES as usize];
	Service {
		id: id.try_into().unwrap(),
		kind: vec![b'T'; MAX_SERVICE_TYPE_BYTES as usize].try_into().unwrap(),
		endpoint: vec![b'e'; MAX_ENDPOINT_BYTES as usize].try_into().unwrap(),
	}
}

fn controller(number: u32) -> AccountId {
	let controller: AccountId = account("controller", number, 0);
	controller
}

/// A DID with as many keys, controllers and services as there may be, but for as many of them as
/// are to be left free. Its last controller, whom a search finds last, acts.
fn largest<T: Config>(free_keys: u32, free_controllers: u32, free_services: u32) -> AccountId {
	let subject: AccountId = account("subject", 0, 0);
	let mut document = Document::new(Milliseconds(0));
	for number in 0..MAX_CONTROLLERS - free_controllers {
		document.controllers.try_push(controller(number)).unwrap();
	}
	for number in 0..MAX_SERVICES - free_services {
		document.services.try_push(service(number as u8)).unwrap();
	}
	for number in 0..MAX_KEYS - free_keys {
		let material = ml_dsa_65(number as u8 + 1);
		let index = KeyIndex(number);
		KeysByFingerprint::<T>::insert(&subject, material.fingerprint(), index);
		let relationships = Relationships::SIGNING;
		let valid_from = Milliseconds(0);
		let key = Key { material, relationships, valid_from, valid_until: None };
		Keys::<T>::insert(&subject, index, key);
	}
	document.next_key = KeyIndex(MAX_KEYS - free_keys);
	Documents::<T>::insert(&subject, document);
	subject
}

fn last_controller() -> RawOrigin<AccountId> {
	RawOrigin::Signed(controller(MAX_CONTROLLERS - 1))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn create() {
		let subject: AccountId = account("subject", 0, 0);
		frame_system::Pallet::<T>::inc_providers(&subject);

		#[extrinsic_call]
		_(RawOrigin::Signed(subject.clone()), Default::default());

		assert!(Documents::<T>::contains_key(&subject));
	}

	#[benchmark]
	fn add_key_ed25519() {
		let subject = largest::<T>(1, 0, 0);
		let material = KeyMaterial::Ed25519(BASE_POINT);

		#[extrinsic_call]
		add_key(last_controller(), subject.clone(), 1, material, Relationships::SIGNING);

		assert!(Keys::<T>::contains_key(&subject, KeyIndex(MAX_KEYS - 1)));
	}

	#[benchmark]
	fn add_key_ml_dsa_65() {
		let subject = largest::<T>(1, 0, 0);
		let material = ml_dsa_65(MAX_KEYS as u8);

		#[extrinsic_call]
		add_key(last_controller(), subject.clone(), 1, material, Relationships::SIGNING);

		assert!(Keys::<T>::contains_key(&subject, KeyIndex(MAX_KEYS - 1)));
	}

	#[benchmark]
	fn add_key_x_wing() {
		let subject = largest::<T>(1, 0, 0);

		#[extrinsic_call]
		add_key(last_controller(), subject.clone(), 1, x_wing(), Relationships::KEY_AGREEMENT);

		assert!(Keys::<T>::contains_key(&subject, KeyIndex(MAX_KEYS - 1)));
	}

	#[benchmark]
	fn end_key() {
		let subject = largest::<T>(0, 0, 0);
		let key = KeyIndex(MAX_KEYS - 1);

		#[extrinsic_call]
		_(last_controller(), subject.clone(), 1, key);

		assert!(Keys::<T>::get(&subject, key).unwrap().valid_until.is_some());
	}

	#[benchmark]
	fn add_controller() {
		let subject = largest::<T>(0, 1, 0);
		let new = controller(MAX_CONTROLLERS);
		frame_system::Pallet::<T>::inc_providers(&new);

		#[extrinsic_call]
		_(RawOrigin::Signed(subject.clone()), subject.clone(), 1, new.clone());

		assert!(Documents::<T>::get(&subject).unwrap().controllers.contains(&new));
	}

	#[benchmark]
	fn remove_controller() {
		let subject = largest::<T>(0, 0, 0);
		let leaving = controller(MAX_CONTROLLERS - 1);

		#[extrinsic_call]
		_(last_controller(), subject.clone(), 1, leaving.clone());

		assert!(!Documents::<T>::get(&subject).unwrap().controllers.contains(&leaving));
	}

	#[benchmark]
	fn set_service() {
		let subject = largest::<T>(0, 0, 1);

		#[extrinsic_call]
		_(last_controller(), subject.clone(), 1, service(MAX_SERVICES as u8));

		assert!(Documents::<T>::get(&subject).unwrap().services.is_full());
	}

	#[benchmark]
	fn remove_service() {
		let subject = largest::<T>(0, 0, 0);

		#[extrinsic_call]
		_(last_controller(), subject.clone(), 1, service(0).id);

		assert!(!Documents::<T>::get(&subject).unwrap().services.is_full());
	}

	#[benchmark]
	fn deactivate() {
		let subject = largest::<T>(0, 0, 0);

		#[extrinsic_call]
		_(last_controller(), subject.clone(), 1);

		assert!(!Documents::<T>::get(&subject).unwrap().is_active());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
