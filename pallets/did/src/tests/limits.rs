//! What one DID can hold, and what it can cost.

use crate::{mock::*, weights, Error, Pallet};
use codec::MaxEncodedLen;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::{
	Document, Key, KeyIndex, KeyMaterial, KeyScheme, NewKey, Relationships, MAX_KEYS,
};

/// So many different keys.
fn keys(count: u32) -> Vec<NewKey> {
	(0..count).map(|seed| signing(ed25519(100 + seed as u8))).collect()
}

#[test]
fn a_did_is_created_with_so_many_keys_at_most() {
	on_chain(|| {
		create(doctor(), keys(MAX_KEYS));
		assert_eq!(Pallet::<Test>::keys(doctor()).len() as u32, MAX_KEYS);
	});
}

#[test]
fn keys_that_ended_count() {
	on_chain(|| {
		create(doctor(), keys(MAX_KEYS));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, FIRST));
		let one_more =
			Did::add_key(signed(doctor()), doctor(), 2, sr25519(1), Relationships::SIGNING);
		assert_noop!(one_more, Error::<Test>::TooManyKeys);
		let instead = Did::rotate_key(signed(doctor()), doctor(), 2, KeyIndex(1), sr25519(1));
		assert_noop!(instead, Error::<Test>::TooManyKeys);
	});
}

#[test]
fn a_full_did_can_still_end_its_keys_and_itself() {
	on_chain(|| {
		create(doctor(), keys(MAX_KEYS));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, KeyIndex(MAX_KEYS - 1)));
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 2));
	});
}

/// The number in the header of the crate.
#[test]
fn the_values_of_a_did_take_so_many_bytes_at_most() {
	let each_key = Key::max_encoded_len() + KeyIndex::max_encoded_len();
	let all = Document::max_encoded_len() + MAX_KEYS as usize * each_key;
	assert_eq!(all, 66_147);
}

/// Calls of the runtime are kept small on the stack; long keys are not in them but behind them.
#[test]
fn a_call_is_small() {
	assert!(size_of::<crate::Call<Test>>() <= 512, "{}", size_of::<crate::Call<Test>>());
	assert!(size_of::<KeyMaterial>() <= 40);
}

#[test]
fn creating_costs_what_its_keys_cost() {
	type W = crate::mock_weights::MockWeight<Test>;
	let none = weights::create::<W>(&[]);
	let one = weights::create::<W>(&keys(1));
	let many = weights::create::<W>(&keys(MAX_KEYS));
	assert!(none.all_lt(one) && one.all_lt(many));
	assert!(
		weights::add_key::<W>(KeyScheme::XWing).all_lt(weights::rotate_key::<W>(KeyScheme::XWing))
	);
}
