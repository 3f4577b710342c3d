//! What no transaction may do to the log.

use super::calls::every_leaf;
use crate::RuntimeCall;
use frame_support::traits::Contains;

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
		every_leaf(call, |leaf| {
			!matches!(
				leaf,
				RuntimeCall::System(
					System::set_storage { .. }
						| System::kill_storage { .. }
						| System::kill_prefix { .. }
				)
			)
		})
	}
}
