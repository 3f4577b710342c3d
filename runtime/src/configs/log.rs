//! What no transaction may do to the log.

use super::calls::nested;
use crate::RuntimeCall;
use frame_support::traits::Contains;
use pallet_quota::Nested;

/// The calls that leave the log as it is: all but those that write to storage directly, which would
/// let whoever governs remove or forge entries. They are refused wherever they are carried, by the
/// sudo key of the `dev` preset as well.
///
/// An upgrade of the runtime can still replace this rule. It is a decision of governance that
/// everybody sees, and it changes no root that validators have signed.
pub struct KeepsTheLog;

impl Contains<RuntimeCall> for KeepsTheLog {
	fn contains(call: &RuntimeCall) -> bool {
		use frame_system::Call as System;
		match nested(call) {
			Nested::Leaf => !matches!(
				call,
				RuntimeCall::System(
					System::set_storage { .. }
						| System::kill_storage { .. }
						| System::kill_prefix { .. }
				)
			),
			Nested::One(inner) => Self::contains(inner),
			Nested::Two(first, second) => Self::contains(first) && Self::contains(second),
			Nested::Many(calls) => calls.iter().all(Self::contains),
		}
	}
}
