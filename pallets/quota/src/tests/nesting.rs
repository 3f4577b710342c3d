//! Calls that carry calls.

use crate::{mock::*, InstitutionBuckets, Refusal};

/// Units of A that including the call took.
fn cost(call: RuntimeCall) -> u64 {
	let spent = || InstitutionBuckets::<Test>::get(A).unwrap_or_default().spent;
	let before = spent();
	include(patient(), call).unwrap();
	(spent() - before) / 1_000
}

fn if_else(main: RuntimeCall, fallback: RuntimeCall) -> RuntimeCall {
	pallet_utility::Call::if_else { main: Box::new(main), fallback: Box::new(fallback) }.into()
}

fn sudo(call: RuntimeCall) -> RuntimeCall {
	pallet_sudo::Call::sudo { call: Box::new(call) }.into()
}

#[test]
fn a_call_costs_one_unit() {
	on_chain(|| assert_eq!(cost(ordinary()), 1));
}

#[test]
fn a_call_that_does_what_takes_many_costs_as_many() {
	on_chain(|| {
		assert_eq!(cost(bulky(5)), 5);
		assert_eq!(cost(batch([bulky(2), ordinary()])), 3);
		assert_eq!(cost(batch([])), 1);
	});
}

#[test]
fn a_batch_costs_its_leaves() {
	on_chain(|| {
		let pair = || vec![ordinary(), ordinary()];
		assert_eq!(cost(pallet_utility::Call::batch { calls: pair() }.into()), 2);
		assert_eq!(cost(pallet_utility::Call::batch_all { calls: pair() }.into()), 2);
		assert_eq!(cost(pallet_utility::Call::force_batch { calls: pair() }.into()), 2);
		assert_eq!(cost(batch([ordinary(), batch(pair())])), 3);
	});
}

#[test]
fn a_call_that_carries_one_costs_what_that_costs() {
	on_chain(|| {
		assert_eq!(cost(wrapped(ordinary(), 1)), 1);
		assert_eq!(cost(wrapped(batch([ordinary(), ordinary()]), 2)), 2);
		assert_eq!(cost(sudo(batch([ordinary(), ordinary()]))), 2);
	});
}

#[test]
fn a_carrier_that_states_what_it_weighs_costs_that_besides() {
	let stated = |index: u16, call: RuntimeCall| -> RuntimeCall {
		pallet_utility::Call::as_derivative { index, call: Box::new(call) }.into()
	};
	on_chain(|| {
		assert_eq!(cost(stated(3, ordinary())), 4);
		assert_eq!(cost(batch([ordinary(), stated(2, batch([ordinary(), ordinary()]))])), 5);
	});
}

#[test]
fn both_branches_are_paid_for() {
	on_chain(|| {
		assert_eq!(cost(if_else(ordinary(), batch([ordinary(), ordinary()]))), 3);
	});
}

#[test]
fn a_batch_of_nothing_costs_one_unit() {
	on_chain(|| {
		assert_eq!(cost(batch([])), 1);
		assert_eq!(cost(batch([batch([]), batch([]), batch([])])), 3);
	});
}

#[test]
fn calls_may_be_nested_to_the_limit_and_no_deeper() {
	on_chain(|| {
		assert_eq!(cost(wrapped(ordinary(), MAX_DEPTH)), 1);
		for deeper in [MAX_DEPTH + 1, 40] {
			let call = wrapped(ordinary(), deeper);
			assert_eq!(include(patient(), call), Err(refused(Refusal::TooDeep)));
		}
	});
}

#[test]
fn one_branch_that_is_too_deep_refuses_the_whole() {
	on_chain(|| {
		let deep = wrapped(ordinary(), MAX_DEPTH);
		let call = batch([ordinary(), deep.clone()]);
		assert_eq!(include(patient(), call), Err(refused(Refusal::TooDeep)));
		let call = if_else(ordinary(), deep);
		assert_eq!(include(patient(), call), Err(refused(Refusal::TooDeep)));
	});
}

#[test]
fn a_flood_in_batches_ends_where_a_flood_of_single_calls_does() {
	on_chain(|| {
		let three = batch([ordinary(), wrapped(ordinary(), 1), batch([ordinary()])]);
		assert_eq!(flood(patient(), three, 50), 3);
		assert_eq!(flood(patient(), ordinary(), 50), 1);
	});
}

#[test]
fn the_weight_of_the_extension_grows_with_the_leaves() {
	use crate::{mock_weights::MockWeight, CheckQuota, WeightInfo};
	use sp_runtime::traits::TransactionExtension;
	type Weights = MockWeight<Test>;
	let weight = |call| CheckQuota::<Test>::new().weight(&call);
	let of = |leaves| Weights::check_quota(leaves, 2);
	assert_eq!(weight(ordinary()), of(1));
	assert_eq!(weight(batch([])), of(1));
	// Of what carries one, state is asked besides.
	let three = batch([ordinary(), wrapped(batch([ordinary(), ordinary()]), 1)]);
	assert_eq!(weight(three), of(3) + Weights::look_up(1));
	assert_eq!(weight(if_else(ordinary(), ordinary())), of(2) + Weights::look_up(1));
	// What is refused as too deep is not looked at further.
	let too_deep = wrapped(batch([ordinary(), ordinary()]), MAX_DEPTH);
	assert_eq!(weight(too_deep), of(1) + Weights::look_up(MAX_DEPTH));
}
