//! The calls that are left out, and why. All of them destroy, or stop the chain, because they are meant to, and none is
//! open to an account.

use hdx_runtime::{configs::Calls, RuntimeCall};
use pallet_quota::{CallClassifier, Nested};

/// Whether the call, or one that it carries, is left out.
pub fn is_left_out(call: &RuntimeCall) -> bool {
	match Calls::nested(call) {
		Nested::Leaf => why(call).is_some(),
		Nested::One(inner) => is_left_out(inner),
		Nested::Two(first, second) => is_left_out(first) || is_left_out(second),
		Nested::Many(calls) => calls.iter().any(is_left_out),
	}
}

/// Why a call that carries no other is left out. `None`: it is not.
pub fn why(call: &RuntimeCall) -> Option<&'static str> {
	use frame_system::Call as System;
	use pallet_balances::Call as Balances;
	use pallet_referenda::Call as Polls;
	use pallet_sudo::Call as Sudo;
	Some(match call {
		RuntimeCall::System(
			System::set_storage { .. } | System::kill_storage { .. } | System::kill_prefix { .. },
		) => "Root writes past all pallets with it; no transaction carries it (log_is_kept.rs)",
		RuntimeCall::MultiBlockMigrations(_) => {
			"Root stops all transactions with it; no transaction carries it (migrations.rs)"
		},
		RuntimeCall::System(System::set_code { .. } | System::set_code_without_checks { .. }) => {
			"replaces the runtime, and asks an executor that is not here for its version"
		},
		RuntimeCall::Timestamp(_) => {
			"the clock is set once in a block, by its author; the SDK panics the second time"
		},
		RuntimeCall::Grandpa(pallet_grandpa::Call::note_stalled { .. }) => {
			"Root forces other finality; the SDK adds what it is given to the number of the block, unchecked"
		},
		RuntimeCall::RankedPolls(Polls::one_fewer_deciding { .. })
		| RuntimeCall::PatientPolls(Polls::one_fewer_deciding { .. }) => {
			"the pallet's own alarm counts with it; Root would count wrongly"
		},
		RuntimeCall::Balances(
			Balances::force_set_balance { .. } | Balances::force_adjust_total_issuance { .. },
		) => "makes coins, of which the chain has none",
		RuntimeCall::Sudo(Sudo::set_key { .. } | Sudo::remove_key { .. }) => {
			"ends the chain's being one for development, and with it most of what is tried here"
		},
		_ => return None,
	})
}
