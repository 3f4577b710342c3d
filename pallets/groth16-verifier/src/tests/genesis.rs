//! Circuits with which a chain starts.

use super::real::real;
use crate::{mock::*, CircuitStatus, Circuits, Error, KeyOrigin, Pallet};
use frame_support::assert_noop;

#[test]
fn genesis_registers_circuits_and_activates_none() {
	DevelopmentChain::set(false);
	let key = key(2).into_inner();
	ext_with(vec![(7, 1, key.clone(), [9; 32]), (8, 1, key, [9; 32])]).execute_with(|| {
		for circuit in [CIRCUIT, OTHER] {
			let record = Circuits::<Test>::get(circuit).unwrap();
			assert_eq!(record.status, CircuitStatus::Registered);
			assert_eq!(record.origin, KeyOrigin::Ceremony);
			assert_eq!(record.transcript, TRANSCRIPT);
			assert_noop!(
				Verifier::activate(governance(), circuit),
				Error::<Test>::NotEnoughAttestations
			);
		}
		assert!(log().is_empty());
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

#[test]
fn genesis_takes_development_keys_on_a_development_chain() {
	DevelopmentChain::set(true);
	ext_with(vec![(7, 1, real().key.to_vec(), [9; 32])]).execute_with(|| {
		assert_eq!(Circuits::<Test>::get(CIRCUIT).unwrap().origin, KeyOrigin::Development);
	});
}

#[test]
#[should_panic(expected = "KeyForDevelopment")]
fn genesis_fails_when_a_key_is_for_development_and_the_chain_is_not() {
	DevelopmentChain::set(false);
	ext_with(vec![(7, 1, real().key.to_vec(), [9; 32])]);
}

#[test]
#[should_panic(expected = "KeyPointOffCurve")]
fn genesis_fails_when_a_key_is_none() {
	let mut key = key(2).into_inner();
	key[143] ^= 1;
	ext_with(vec![(7, 1, key, [9; 32])]);
}

#[test]
#[should_panic(expected = "KeyOfWrongLength")]
fn genesis_fails_when_a_key_is_longer_than_any() {
	ext_with(vec![(7, 1, vec![0; 10_000], [9; 32])]);
}

#[test]
#[should_panic(expected = "AlreadyRegistered")]
fn genesis_fails_when_a_circuit_is_named_twice() {
	let circuit = (7, 1, key(2).into_inner(), [9; 32]);
	ext_with(vec![circuit.clone(), circuit]);
}
