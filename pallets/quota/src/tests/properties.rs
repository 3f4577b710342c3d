//! What holds whatever is sent.

use crate::{
	call_tree::leaves as leaves_of, mock::*, Bucket, CheckQuota, Config, Limits, Pallet, WeightInfo,
};
use frame_support::{
	traits::{Get, Hooks},
	weights::Weight,
};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds};
use proptest::prelude::*;
use sp_runtime::traits::TransactionExtension;

/// One attempt: so many milliseconds after the one before, so many units.
fn attempts() -> impl Strategy<Value = Vec<(u64, u32)>> {
	let pause = prop_oneof![Just(0), 0u64..50, 0u64..5_000];
	prop::collection::vec((pause, 1u32..40), 1..80)
}

fn limits() -> impl Strategy<Value = Limits> {
	(1u32..60, 1u32..60).prop_map(|(capacity, refill)| Limits { capacity, refill })
}

#[derive(Clone, Debug)]
enum Step {
	Send { by: u8, call: Shape },
	SetLimits { of: u32, limits: Option<(u32, u32)> },
	Wait(u64),
	Idle,
}

/// A transaction: so many ordinary, protected and "on behalf of B" leaves, wrapped so often.
#[derive(Clone, Debug)]
struct Shape {
	ordinary: usize,
	protected: usize,
	for_b: usize,
	wraps: u32,
}

impl Shape {
	fn call(&self) -> RuntimeCall {
		let mut calls = vec![ordinary(); self.ordinary];
		calls.extend(vec![protected(); self.protected]);
		calls.extend(vec![on_behalf_of(B); self.for_b]);
		wrapped(batch(calls), self.wraps)
	}

	fn leaves(&self) -> u64 {
		(self.ordinary + self.protected + self.for_b).max(1) as u64
	}
}

fn step() -> impl Strategy<Value = Step> {
	let shape = (0usize..4, 0usize..4, 0usize..3, 0u32..4).prop_map(
		|(ordinary, protected, for_b, wraps)| Shape { ordinary, protected, for_b, wraps },
	);
	prop_oneof![
		12 => (1u8..8, shape).prop_map(|(by, call)| Step::Send { by, call }),
		1 => (0u32..3, prop::option::of((0u32..30, 0u32..5)))
			.prop_map(|(of, limits)| Step::SetLimits { of, limits }),
		3 => (0u64..3_000).prop_map(Step::Wait),
		2 => Just(Step::Idle),
	]
}

/// All that was taken out of buckets, in units.
fn left_over() -> (u64, u64) {
	let institutions: u64 = [A, B].iter().map(|of| u64::from(Pallet::<Test>::available(*of))).sum();
	let signers: u64 =
		(1u8..8).map(|name| u64::from(Pallet::<Test>::own_available(&account(name)))).sum();
	(institutions, signers)
}

/// What is given back is the difference between what was declared and what would be looked at and written now.
fn weighs_what_it_takes(
	who: &AccountId,
	transaction: &RuntimeCall,
	leaves: u64,
) -> Result<(), TestCaseError> {
	type Weights = <Test as Config>::WeightInfo;
	let Ok(plan) = Pallet::<Test>::plan(who, transaction) else { return Ok(()) };
	let depth = <Test as Config>::MaxDepth::get();
	let counted = leaves_of::<RuntimeCall, <Test as Config>::Calls>(transaction, depth);
	// Of who is exempt, nobody asks how deep it goes.
	prop_assert!(*who == sudo_key() || u64::from(counted) == leaves);
	let mut used = Weights::check_quota(counted, plan.charge.buckets());
	if plan.looked_up > 0 {
		used += Weights::look_up(plan.looked_up);
	}
	let declared = CheckQuota::<Test>::new().weight(transaction);
	prop_assert!(used.all_lte(declared), "{used:?} of {declared:?}");
	prop_assert_eq!(Pallet::<Test>::unused_weight(transaction, &plan), declared - used);
	Ok(())
}

fn perform(step: &Step) -> Result<(), TestCaseError> {
	match step {
		Step::Send { by, call } => {
			let who: AccountId = account(*by);
			let (transaction, before) = (call.call(), left_over());
			weighs_what_it_takes(&who, &transaction, call.leaves())?;
			let promised = validate(who.clone(), &transaction);
			prop_assert_eq!(left_over(), before, "validation charges nothing");
			let included = include(who.clone(), transaction);
			prop_assert_eq!(promised.map(|_| ()), included, "the pool says what the block does");
			let after = left_over();
			let taken = (before.0 - after.0) + (before.1 - after.1);
			let counted = included.is_ok() && who != sudo_key();
			prop_assert_eq!(taken, if counted { call.leaves() } else { 0 });
		},
		Step::SetLimits { of, limits } => {
			let limits = limits.map(|(capacity, refill)| Limits { capacity, refill });
			let valid = limits.is_none_or(|limits| limits.capacity > 0 && limits.refill > 0);
			let set = Quota::set_bucket(RuntimeOrigin::root(), InstitutionId(*of), limits);
			prop_assert_eq!(set.is_ok(), *of < 2 && valid);
		},
		Step::Wait(time) => wait(*time),
		Step::Idle => {
			let before = left_over();
			Pallet::<Test>::on_idle(1, Weight::MAX);
			prop_assert_eq!(left_over(), before, "forgetting a bucket changes nothing");
		},
	}
	Ok(())
}

proptest! {
	#[test]
	fn no_window_lets_through_more_than_capacity_and_refill(
		limits in limits(),
		attempts in attempts(),
	) {
		let (mut bucket, mut now) = (Bucket::default(), Milliseconds(7));
		let mut accepted: Vec<(u64, u64)> = Vec::new();
		for (pause, units) in attempts {
			now = Milliseconds(now.0 + pause);
			if let Some(charged) = bucket.charged(units, limits, now) {
				bucket = charged;
				accepted.push((now.0, u64::from(units)));
			}
		}
		for (first, (start, _)) in accepted.iter().enumerate() {
			let mut sum = 0;
			for (at, units) in &accepted[first..] {
				sum += units;
				let most =
					u64::from(limits.capacity) * 1_000 + u64::from(limits.refill) * (at - start);
				prop_assert!(sum * 1_000 <= most, "{sum} units in {} ms", at - start);
			}
		}
	}

	#[test]
	fn what_the_bucket_holds_is_let_through(limits in limits(), attempts in attempts()) {
		let (mut bucket, mut now) = (Bucket::default(), Milliseconds(7));
		for (pause, units) in attempts {
			now = Milliseconds(now.0 + pause);
			let available = bucket.available(limits, now);
			let charged = bucket.charged(units, limits, now);
			prop_assert_eq!(charged.is_some(), units <= available);
			if let Some(charged) = charged {
				prop_assert_eq!(charged.available(limits, now), available - units);
				bucket = charged;
			}
		}
	}

	#[test]
	fn settling_in_steps_is_settling_at_once(
		limits in limits(),
		spent in 0u64..60_000,
		pauses in prop::collection::vec(0u64..3_000, 0..40),
	) {
		let start = Bucket { spent, at: Milliseconds(3) };
		let (mut stepped, mut now) = (start, start.at);
		for pause in pauses {
			now = Milliseconds(now.0 + pause);
			stepped = stepped.settled(limits, now);
		}
		prop_assert_eq!(stepped.settled(limits, now), start.settled(limits, now));
	}

	#[test]
	fn any_sequence_of_transactions_keeps_the_invariants(
		steps in prop::collection::vec(step(), 0..60),
	) {
		new_test_ext().execute_with(|| {
			for step in &steps {
				perform(step)?;
				prop_assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			}
			Ok(())
		})?;
	}
}
