//! Which calls carry other calls. A call that is added to the runtime and dispatches another one
//! belongs here: quota and safe mode look through it.

use crate::RuntimeCall;
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

/// Whether this holds of each call that would be dispatched in the end.
pub fn every_leaf(call: &RuntimeCall, holds: fn(&RuntimeCall) -> bool) -> bool {
	match nested(call) {
		Nested::Leaf => holds(call),
		Nested::One(inner) => every_leaf(inner, holds),
		Nested::Two(first, second) => every_leaf(first, holds) && every_leaf(second, holds),
		Nested::Many(calls) => calls.iter().all(|inner| every_leaf(inner, holds)),
	}
}
