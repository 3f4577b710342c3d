//! Who governs.

use crate::{Runtime, RuntimeCall, RuntimeEvent};
use frame_system::EnsureRoot;

/// Who may change institutions, templates, the role matrix and the rules of decision.
///
/// By any of:
/// - Root: in the `dev` preset the sudo key, elsewhere nobody until chambers vote.
pub type GovernanceOrigin = EnsureRoot<crate::AccountId>;

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = crate::weights::pallet_sudo::WeightInfo<Runtime>;
}
