//! Which calls carry other calls. A call that is added to the runtime and dispatches another one
//! belongs here: quota and safe mode look through it.

use crate::RuntimeCall;
use codec::Encode;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::Contains,
};
use pallet_quota::Nested;

/// The calls that this one would dispatch.
pub fn nested(call: &RuntimeCall) -> Nested<'_, RuntimeCall> {
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_scheduler::Call as Scheduler;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	use pallet_whitelist::Call as Whitelist;
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls }
			| Utility::batch_all { calls }
			| Utility::force_batch { calls },
		) => Nested::Many(calls),
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. },
		)
		| RuntimeCall::Sudo(
			Sudo::sudo { call }
			| Sudo::sudo_unchecked_weight { call, .. }
			| Sudo::sudo_as { call, .. },
		)
		| RuntimeCall::Scheduler(
			Scheduler::schedule { call, .. }
			| Scheduler::schedule_named { call, .. }
			| Scheduler::schedule_after { call, .. }
			| Scheduler::schedule_named_after { call, .. },
		)
		| RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call_with_preimage { call })
		| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(
			Multisig::as_multi { call, .. } | Multisig::as_multi_threshold_1 { call, .. },
		) => Nested::One(call),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => Nested::Two(main, fallback),
		_ => Nested::Leaf,
	}
}

/// Whether what this call carries is dispatched as whoever signed it: batches alone. A call that is added and carries others is
/// none until it is named here.
pub fn is_as_signer(carrier: &RuntimeCall) -> bool {
	use pallet_utility::Call as Utility;
	matches!(
		carrier,
		RuntimeCall::Utility(
			Utility::batch { .. }
				| Utility::batch_all { .. }
				| Utility::force_batch { .. }
				| Utility::if_else { .. }
		)
	)
}

/// How many whole KiB a call that carries others has beside them: names of accounts, which may be of any length. What is carried
/// is paid for by itself.
pub fn own_kib(carrier: &RuntimeCall) -> u32 {
	let carried = match nested(carrier) {
		Nested::Leaf => 0,
		Nested::One(inner) => inner.encoded_size(),
		Nested::Two(first, second) => first.encoded_size().saturating_add(second.encoded_size()),
		Nested::Many(calls) => {
			calls.iter().fold(0usize, |sum, inner| sum.saturating_add(inner.encoded_size()))
		},
	};
	let own = carrier.encoded_size().saturating_sub(carried);
	u32::try_from(own / 1_024).unwrap_or(u32::MAX)
}

/// The calls in which everybody asks as themselves, and nothing is carried that only a block's author makes:
/// - who asks for a record, or breaks the glass, signs it with the account that is known for them. An account of several, or one
///   that somebody derived, can be enrolled like any other, and then the log would not say who asked (45 CFR 164.312(a)(2)(i)).
///   A proof names the clinician to the auditor, whoever sends it for their institution, so that one is left;
/// - what is mandatory (the time) is taken into a block however full it is, and what carries it would be as well.
pub struct NobodyIsBehindAnother;

impl Contains<RuntimeCall> for NobodyIsBehindAnother {
	fn contains(call: &RuntimeCall) -> bool {
		match nested(call) {
			Nested::Leaf => true,
			_ => carries_only(call, true),
		}
	}
}

fn carries_only(call: &RuntimeCall, was_as_signer: bool) -> bool {
	let as_signer = was_as_signer && is_as_signer(call);
	match nested(call) {
		Nested::Leaf => may_be_carried(call, was_as_signer),
		Nested::One(inner) => carries_only(inner, as_signer),
		Nested::Two(first, second) => {
			carries_only(first, as_signer) && carries_only(second, as_signer)
		},
		Nested::Many(calls) => calls.iter().all(|inner| carries_only(inner, as_signer)),
	}
}

fn may_be_carried(leaf: &RuntimeCall, as_signer: bool) -> bool {
	use pallet_record_access::Call as Access;
	let asks = matches!(
		leaf,
		RuntimeCall::RecordAccess(
			Access::request_access { .. }
				| Access::request_access_by_proof { .. }
				| Access::break_glass { .. }
		)
	);
	(as_signer || !asks) && leaf.get_dispatch_info().class != DispatchClass::Mandatory
}

/// Whether this holds of each call that would be dispatched in the end.
pub fn every_leaf(call: &RuntimeCall, holds: fn(&RuntimeCall) -> bool) -> bool {
	match nested(call) {
		Nested::Leaf => holds(call),
		Nested::One(inner) => every_leaf(inner, holds),
		Nested::Two(first, second) => every_leaf(first, holds) && every_leaf(second, holds),
		Nested::Many(calls) => calls.iter().all(|inner| every_leaf(inner, holds)),
	}
}
