//! Each broken invariant is found.

use crate::{
	mock::*, Attestations, CircuitRecord, CircuitStatus, Circuits, KeyOrigin, Keys, Pallet,
	PreparedKey, PreparedKeys,
};
use hdx_primitives::{InstitutionId, H256};
use sp_runtime::TryRuntimeError;

/// Breaks a chain on which a circuit is active, and tells what is found.
fn broken(change: impl FnOnce()) -> TryRuntimeError {
	new_test_ext().execute_with(|| {
		accept(CIRCUIT, key(2));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		change();
		Pallet::<Test>::do_try_state().unwrap_err()
	})
}

fn change_record(change: impl FnOnce(&mut CircuitRecord)) {
	Circuits::<Test>::mutate(CIRCUIT, |record| change(record.as_mut().unwrap()));
}

fn change_prepared(change: impl FnOnce(&mut PreparedKey)) {
	PreparedKeys::<Test>::mutate(CIRCUIT, |key| change(key.as_mut().unwrap()));
}

#[test]
fn a_circuit_without_its_keys_is_found() {
	assert_eq!(broken(|| Keys::<Test>::remove(CIRCUIT)), "a circuit has no key".into());
	assert_eq!(
		broken(|| PreparedKeys::<Test>::remove(CIRCUIT)),
		"a key is not verified with as it was registered".into()
	);
}

#[test]
fn what_is_left_over_is_found() {
	assert_eq!(broken(|| Keys::<Test>::insert(OTHER, key(2))), "a key has no circuit".into());
	assert_eq!(
		broken(|| {
			PreparedKeys::<Test>::insert(OTHER, PreparedKeys::<Test>::get(CIRCUIT).unwrap());
		}),
		"a key has no circuit".into()
	);
	assert_eq!(
		broken(|| {
			Attestations::<Test>::insert(OTHER, Attestations::<Test>::get(CIRCUIT));
		}),
		"an attestation has no circuit".into()
	);
}

#[test]
fn a_key_that_is_none_or_another_is_found() {
	let none = || {
		Keys::<Test>::mutate(CIRCUIT, |key| {
			let mut bytes = key.take().unwrap().into_inner();
			bytes[143] ^= 1;
			*key = Some(bytes.try_into().unwrap());
		});
	};
	assert_eq!(broken(none), "a key is none".into());
	assert_eq!(
		broken(|| Keys::<Test>::insert(CIRCUIT, key(3))),
		"a key is not the one that was registered".into()
	);
	assert_eq!(
		broken(|| change_record(|record| record.key = H256::zero())),
		"a key is not the one that was registered".into()
	);
}

#[test]
fn a_circuit_that_is_not_what_its_key_says_is_found() {
	let expected: TryRuntimeError = "a circuit is not what its key says".into();
	assert_eq!(broken(|| change_record(|it| it.origin = KeyOrigin::Development)), expected);
	assert_eq!(broken(|| change_record(|it| it.relation = H256::zero())), expected);
	assert_eq!(broken(|| change_record(|it| it.arity = 3)), expected);
}

#[test]
fn a_prepared_key_that_is_another_is_found() {
	let expected: TryRuntimeError = "a key is not verified with as it was registered".into();
	assert_eq!(broken(|| change_prepared(|key| key.alpha[0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.beta[0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.alpha_beta[0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.minus_gamma[0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.minus_delta[0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.inputs[0][0] ^= 1)), expected);
	assert_eq!(broken(|| change_prepared(|key| key.digest = H256::zero())), expected);
}

#[test]
fn an_institution_that_attested_twice_is_found() {
	let twice = || {
		Attestations::<Test>::mutate(CIRCUIT, |it| it.try_push(InstitutionId(0)).unwrap());
	};
	assert_eq!(broken(twice), "an institution attested a key twice".into());
}

#[test]
fn a_circuit_that_was_not_attested_often_enough_is_found() {
	let expected: TryRuntimeError = "an active circuit was not attested often enough".into();
	for (attested, needed) in [(2, 3), (0, 0), (4, 4)] {
		let status = CircuitStatus::Active { attested, needed };
		assert_eq!(broken(|| change_record(|record| record.status = status)), expected);
	}
	assert_eq!(broken(|| Attestations::<Test>::remove(CIRCUIT)), expected);
}
