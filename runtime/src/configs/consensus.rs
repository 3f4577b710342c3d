//! Block production, sessions, and whose machines take part. Finality is in `equivocations`.

use super::{calls::every_leaf, equivocations::HistoryDepth, ValidatorsOrigin};
use crate::{
	AccountId, Audit, Aura, Balances, BlockNumber, ProviderRegistry, Runtime, RuntimeCall,
	RuntimeEvent, Session, SessionKeys, ValidatorSet, HOURS, SLOT_DURATION,
};
use frame_support::traits::{ConstBool, ConstU128, ConstU32, ConstU64, Contains};
use pallet_session::{disabling::UpToLimitDisablingStrategy, PeriodicSessions};
use pallet_validator_set::{MayChangeKeys, SessionBlocks, ValidatorTerms};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::OpaqueKeys;

/// Most validators.
pub(super) type MaxAuthorities = ConstU32<100>;

frame_support::parameter_types! {
	/// Blocks of a session, on a chain whose genesis names no other number.
	pub const DefaultSessionPeriod: BlockNumber = HOURS;
	/// Block at which the first session ends.
	pub const SessionOffset: BlockNumber = 0;
	/// As shipped: four validators, of which one may fail, and a day of sessions between changes of keys.
	pub const DefaultValidatorTerms: ValidatorTerms =
		ValidatorTerms { minimum: 4, key_cooldown: 24 };
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = Session;
	type MaxAuthorities = MaxAuthorities;
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = ();
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = MayChangeKeys<Runtime>;
	// pallet-session takes it that what this reads is in the weight of an empty block. Since it is the same key in every
	// block, it is.
	type ShouldEndSession = PeriodicSessions<SessionBlocks<Runtime>, SessionOffset>;
	type NextSessionRotation = PeriodicSessions<SessionBlocks<Runtime>, SessionOffset>;
	type SessionManager = ValidatorSet;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	// Less than a third of those that validate: where more are found out, blocks go on being made.
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type WeightInfo = crate::weights::pallet_session::WeightInfo<Runtime>;
	type Currency = Balances;
	type KeyDeposit = ConstU128<0>;
}

impl pallet_validator_set::Config for Runtime {
	type GovernanceOrigin = ValidatorsOrigin;
	type Providers = ProviderRegistry;
	type Audit = Audit;
	type MaxValidators = MaxAuthorities;
	// One that works, one beside it, and one that takes the place of either. Governance sees to it that no institution
	// has a third of all.
	type MaxPerInstitution = ConstU32<3>;
	type DefaultTerms = DefaultValidatorTerms;
	// A week of sessions.
	type MaxKeyCooldown = ConstU32<168>;
	type HistoryDepth = HistoryDepth;
	type DefaultSessionPeriod = DefaultSessionPeriod;
	// Ten seconds. A change of validators is final about two blocks after it, where all is well.
	type MinSessionPeriod = ConstU32<5>;
	// A day.
	type MaxSessionPeriod = ConstU32<43_200>;
	type WeightInfo = crate::weights::pallet_validator_set::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ValidatorSetup;
}

/// The calls that leave the validators as governance set them: all but the one with which a validator forgets its own
/// session keys. It would be left out of the sessions without governance, below whatever minimum. Its keys are
/// forgotten when it is removed.
pub struct KeepsValidators;

impl Contains<RuntimeCall> for KeepsValidators {
	fn contains(call: &RuntimeCall) -> bool {
		every_leaf(call, |leaf| {
			!matches!(leaf, RuntimeCall::Session(pallet_session::Call::purge_keys { .. }))
		})
	}
}
