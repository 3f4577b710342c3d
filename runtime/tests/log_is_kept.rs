//! No call of the runtime changes or removes an entry of the log within its window.
//!
//! The calls are those that the runtime's type information lists, so a call that is added later is
//! tried without anybody remembering to.

use crate::arbitrary_calls::Calls;
use crate::chain::{
	self, as_root, batch, enrol, include, next_block, request, with_consent, works, HOSPITAL_B,
	PATIENT, SUDO,
};
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::Hooks,
	weights::Weight,
};
use hdx_primitives::{AccountId, EntryIndex, Milliseconds, ReviewReason};
use hdx_runtime::{Audit, Runtime, RuntimeCall, RuntimeOrigin, System};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::{BTreeMap, BTreeSet};

/// A log with entries of many kinds, whose window is nearly over.
fn with_log(test: impl FnOnce()) {
	with_consent(|| {
		works(Key::Bob, enrol(Key::Charlie.to_account_id()));
		works(Key::Charlie, request(HOSPITAL_B));
		let entry = EntryIndex(pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1);
		works(
			PATIENT,
			pallet_audit::Call::request_review { entry, reason: ReviewReason::NotTreating },
		);
		next_block();
		let least: Milliseconds = <Runtime as pallet_audit::Config>::MinRetention::get();
		pallet_timestamp::Now::<Runtime>::mutate(|now| *now += least.0 - 60_000);
		assert!(entries().len() > 4, "{}", entries().len());
		test();
	});
}

/// The entries as they are stored.
fn entries() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let prefix = frame_support::storage::storage_prefix(b"Audit", b"Entries").to_vec();
	let mut found = BTreeMap::new();
	let mut key = prefix.clone();
	while let Some(next) = sp_io::storage::next_key(&key).filter(|key| key.starts_with(&prefix)) {
		found.insert(next.clone(), sp_io::storage::get(&next).unwrap().to_vec());
		key = next;
	}
	found
}

/// Does something, lets the log be pruned, and asserts that all entries of before are there and as
/// they were. Then undoes all of it.
fn keeps_the_log<R>(what: &str, act: impl FnOnce() -> R) -> R {
	with_transaction_unchecked(|| {
		let before = entries();
		let outcome = act();
		Audit::on_initialize(System::block_number());
		Audit::on_idle(System::block_number(), Weight::MAX);
		let after = entries();
		for (key, entry) in &before {
			assert_eq!(after.get(key), Some(entry), "an entry changed or vanished by {what}");
		}
		TransactionOutcome::Rollback(outcome)
	})
}

/// What writes to storage past all pallets. Root alone may call it, and no transaction carries it.
fn writes_storage(call: &RuntimeCall) -> bool {
	use frame_system::Call as System;
	matches!(
		call,
		RuntimeCall::System(
			System::set_storage { .. } | System::kill_storage { .. } | System::kill_prefix { .. }
		)
	)
}

/// What this environment cannot execute: it asks for the version in the code that it is given.
fn needs_an_executor(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::System(frame_system::Call::set_code { .. }))
}

/// The call alone, and in everything that carries calls.
fn wrapped(call: &RuntimeCall) -> Vec<RuntimeCall> {
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_scheduler::Call as Scheduler;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	use pallet_whitelist::Call as Whitelist;
	let boxed = || Box::new(call.clone());
	let signed = |key: Key| {
		Box::new(hdx_runtime::OriginCaller::system(frame_system::RawOrigin::Signed(
			key.to_account_id(),
		)))
	};
	let root = || Box::new(hdx_runtime::OriginCaller::system(frame_system::RawOrigin::Root));
	let noop = || Box::new(chain::remark());
	vec![
		call.clone(),
		batch([call.clone(), call.clone()]),
		Utility::batch_all { calls: vec![call.clone()] }.into(),
		Utility::force_batch { calls: vec![call.clone()] }.into(),
		Utility::as_derivative { index: 0, call: boxed() }.into(),
		Utility::dispatch_as { as_origin: root(), call: boxed() }.into(),
		Utility::dispatch_as { as_origin: signed(PATIENT), call: boxed() }.into(),
		Utility::dispatch_as_fallible { as_origin: root(), call: boxed() }.into(),
		Utility::with_weight { call: boxed(), weight: Weight::zero() }.into(),
		Utility::if_else { main: boxed(), fallback: noop() }.into(),
		Utility::if_else { main: noop(), fallback: boxed() }.into(),
		Scheduler::<Runtime>::schedule {
			when: 100,
			maybe_periodic: None,
			priority: 0,
			call: boxed(),
		}
		.into(),
		Scheduler::<Runtime>::schedule_named {
			id: [0; 32],
			when: 100,
			maybe_periodic: None,
			priority: 0,
			call: boxed(),
		}
		.into(),
		Scheduler::<Runtime>::schedule_after {
			after: 1,
			maybe_periodic: None,
			priority: 0,
			call: boxed(),
		}
		.into(),
		Scheduler::<Runtime>::schedule_named_after {
			id: [0; 32],
			after: 1,
			maybe_periodic: None,
			priority: 0,
			call: boxed(),
		}
		.into(),
		Whitelist::<Runtime>::dispatch_whitelisted_call_with_preimage { call: boxed() }.into(),
		Proxy::<Runtime>::proxy {
			real: Key::Bob.to_account_id().into(),
			force_proxy_type: None,
			call: boxed(),
		}
		.into(),
		Proxy::<Runtime>::proxy_announced {
			delegate: Key::Alice.to_account_id().into(),
			real: Key::Bob.to_account_id().into(),
			force_proxy_type: None,
			call: boxed(),
		}
		.into(),
		Multisig::<Runtime>::as_multi_threshold_1 {
			other_signatories: vec![Key::Bob.to_account_id()],
			call: boxed(),
		}
		.into(),
		Multisig::<Runtime>::as_multi {
			threshold: 2,
			other_signatories: vec![Key::Bob.to_account_id()],
			maybe_timepoint: None,
			call: boxed(),
			max_weight: Weight::zero(),
		}
		.into(),
		Sudo::sudo { call: boxed() }.into(),
		Sudo::sudo_unchecked_weight { call: boxed(), weight: Weight::zero() }.into(),
		Sudo::sudo_as { who: PATIENT.to_account_id().into(), call: boxed() }.into(),
	]
}

fn accounts() -> Vec<AccountId> {
	[Key::Alice, Key::Bob, Key::Charlie, PATIENT, SUDO].map(|key| key.to_account_id()).to_vec()
}

#[test]
fn no_call_by_anybody_changes_or_removes_an_entry() {
	with_log(|| {
		let calls = Calls::of_runtime(accounts());
		let mut tried = BTreeSet::new();
		for (name, call) in calls.each(8) {
			tried.insert(name.clone());
			if needs_an_executor(&call) {
				continue;
			}
			for who in accounts() {
				let origin = RuntimeOrigin::signed(who);
				let _ = keeps_the_log(&name, || call.clone().dispatch(origin));
			}
			if !writes_storage(&call) {
				let _ = keeps_the_log(&name, || call.clone().dispatch(RuntimeOrigin::root()));
			}
		}
		let missing: Vec<_> = calls.names().into_iter().filter(|n| !tried.contains(n)).collect();
		assert!(missing.is_empty(), "no arguments were found for {missing:?}");
		assert!(tried.len() > 80, "{tried:?}");
		println!("{} calls tried", tried.len());
	});
}

#[test]
fn no_call_that_another_one_carries_changes_or_removes_an_entry() {
	with_log(|| {
		let calls = Calls::of_runtime(accounts());
		for (name, call) in calls.each(2) {
			if needs_an_executor(&call) {
				continue;
			}
			for carrier in wrapped(&call) {
				for who in [SUDO.to_account_id(), Key::Alice.to_account_id()] {
					let origin = RuntimeOrigin::signed(who);
					let _ = keeps_the_log(&name, || carrier.clone().dispatch(origin));
				}
				if !writes_storage(&call) {
					let root = RuntimeOrigin::root();
					let _ = keeps_the_log(&name, || carrier.clone().dispatch(root));
				}
			}
		}
	});
}

#[test]
fn the_sudo_key_cannot_write_to_the_logs_storage_whatever_carries_the_call() {
	with_log(|| {
		let prefix = sp_io::hashing::twox_128(b"Audit").to_vec();
		let keys: Vec<_> = entries().into_keys().collect();
		let forged = keys.iter().map(|key| (key.clone(), vec![0])).collect();
		let raw: [RuntimeCall; 3] = [
			frame_system::Call::kill_prefix { prefix, subkeys: 100 }.into(),
			frame_system::Call::kill_storage { keys }.into(),
			frame_system::Call::set_storage { items: forged }.into(),
		];
		for call in &raw {
			for carrier in wrapped(call) {
				for outer in [carrier.clone(), as_root(carrier.clone())] {
					let outcome = keeps_the_log("sudo", || include(SUDO, outer.clone()));
					let filtered: DispatchError =
						frame_system::Error::<Runtime>::CallFiltered.into();
					assert_eq!(outcome, Ok(Err(filtered)), "{outer:?}");
				}
			}
		}
	});
}

#[test]
fn governance_cannot_shorten_the_window_below_six_years() {
	with_log(|| {
		let least = <Runtime as pallet_audit::Config>::MinRetention::get();
		assert_eq!(least, Milliseconds((6 * 365 + 2) * 24 * 3_600_000));
		for period in [0, 1, least.0 - 1] {
			let period = Milliseconds(period);
			let call: RuntimeCall = pallet_audit::Call::set_retention { period }.into();
			let refused = keeps_the_log("set_retention", || call.dispatch(RuntimeOrigin::root()));
			let reason = pallet_audit::Error::<Runtime>::RetentionTooShort.into();
			assert_eq!(refused.unwrap_err().error, reason);
		}
	});
}

#[test]
fn when_six_years_are_over_entries_leave_the_state() {
	with_log(|| {
		pallet_timestamp::Now::<Runtime>::mutate(|now| *now += 120_000);
		let before = entries().len();
		Audit::on_idle(System::block_number(), Weight::MAX);
		assert!(entries().len() < before);
	});
}
