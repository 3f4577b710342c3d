//! What calls cost in this runtime: a file for each pallet, which `scripts/weights.sh` generates.

#[cfg(feature = "std")]
mod declared;
pub mod frame_system;
pub mod frame_system_extensions;
pub mod pallet_audit;
pub mod pallet_balances;
pub mod pallet_consent;
pub mod pallet_did;
pub mod pallet_governance;
pub mod pallet_grandpa;
pub mod pallet_groth16_verifier;
pub mod pallet_migrations;
pub mod pallet_mmr;
pub mod pallet_multisig;
pub mod pallet_preimage;
pub mod pallet_provider_registry;
pub mod pallet_proxy;
pub mod pallet_quota;
pub mod pallet_ranked_collective;
pub mod pallet_record_access;
pub mod pallet_referenda;
pub mod pallet_safe_mode;
pub mod pallet_scheduler;
pub mod pallet_session;
pub mod pallet_shielded_consent;
pub mod pallet_shielded_licence;
pub mod pallet_study;
pub mod pallet_sudo;
pub mod pallet_timestamp;
pub mod pallet_tx_pause;
pub mod pallet_utility;
pub mod pallet_validator_set;
pub mod pallet_whitelist;
#[cfg(feature = "std")]
mod table;
pub mod texts;

#[cfg(feature = "std")]
pub use declared::{declared, Declared, OURS};
#[cfg(feature = "std")]
pub use table::{around, table, Figure};

use frame_support::weights::Weight;

/// What is measured of pallet-grandpa. Its own trait has arguments that make no difference here.
pub trait GrandpaWeights {
	/// Noting that finality has stalled.
	fn note_stalled() -> Weight;

	/// A report of one of the most validators, all of whom are found out in the same round.
	fn report_equivocation() -> Weight;
}

impl<T: ::frame_system::Config> ::pallet_grandpa::WeightInfo for pallet_grandpa::WeightInfo<T> {
	/// How many validators there were is what the reporter says, so that it makes no difference.
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		<Self as GrandpaWeights>::report_equivocation()
	}

	fn note_stalled() -> Weight {
		<Self as GrandpaWeights>::note_stalled()
	}
}

/// The figures of every pallet, by its name.
#[cfg(feature = "std")]
pub fn figures() -> alloc::vec::Vec<(&'static str, alloc::vec::Vec<Figure>)> {
	use crate::Runtime;
	alloc::vec![
		("frame_system", frame_system::figures::<Runtime>()),
		("frame_system_extensions", frame_system_extensions::figures::<Runtime>()),
		("pallet_audit", pallet_audit::figures::<Runtime>()),
		("pallet_balances", pallet_balances::figures::<Runtime>()),
		("pallet_consent", pallet_consent::figures::<Runtime>()),
		("pallet_did", pallet_did::figures::<Runtime>()),
		("pallet_governance", pallet_governance::figures::<Runtime>()),
		("pallet_grandpa", pallet_grandpa::figures::<Runtime>()),
		("pallet_groth16_verifier", pallet_groth16_verifier::figures::<Runtime>()),
		("pallet_migrations", pallet_migrations::figures::<Runtime>()),
		("pallet_mmr", pallet_mmr::figures::<Runtime>()),
		("pallet_multisig", pallet_multisig::figures::<Runtime>()),
		("pallet_preimage", pallet_preimage::figures::<Runtime>()),
		("pallet_provider_registry", pallet_provider_registry::figures::<Runtime>()),
		("pallet_proxy", pallet_proxy::figures::<Runtime>()),
		("pallet_quota", pallet_quota::figures::<Runtime>()),
		("pallet_ranked_collective", pallet_ranked_collective::figures::<Runtime>()),
		("pallet_record_access", pallet_record_access::figures::<Runtime>()),
		("pallet_referenda", pallet_referenda::figures::<Runtime>()),
		("pallet_safe_mode", pallet_safe_mode::figures::<Runtime>()),
		("pallet_scheduler", pallet_scheduler::figures::<Runtime>()),
		("pallet_session", pallet_session::figures::<Runtime>()),
		("pallet_shielded_consent", pallet_shielded_consent::figures::<Runtime>()),
		("pallet_shielded_licence", pallet_shielded_licence::figures::<Runtime>()),
		("pallet_study", pallet_study::figures::<Runtime>()),
		("pallet_sudo", pallet_sudo::figures::<Runtime>()),
		("pallet_timestamp", pallet_timestamp::figures::<Runtime>()),
		("pallet_tx_pause", pallet_tx_pause::figures::<Runtime>()),
		("pallet_utility", pallet_utility::figures::<Runtime>()),
		("pallet_validator_set", pallet_validator_set::figures::<Runtime>()),
		("pallet_whitelist", pallet_whitelist::figures::<Runtime>()),
	]
}

/// When, where and how often each pallet was measured.
#[cfg(feature = "std")]
pub fn measured() -> alloc::collections::BTreeSet<&'static str> {
	[
		frame_system::MEASURED,
		frame_system_extensions::MEASURED,
		pallet_audit::MEASURED,
		pallet_balances::MEASURED,
		pallet_consent::MEASURED,
		pallet_did::MEASURED,
		pallet_governance::MEASURED,
		pallet_grandpa::MEASURED,
		pallet_groth16_verifier::MEASURED,
		pallet_migrations::MEASURED,
		pallet_mmr::MEASURED,
		pallet_multisig::MEASURED,
		pallet_preimage::MEASURED,
		pallet_provider_registry::MEASURED,
		pallet_proxy::MEASURED,
		pallet_quota::MEASURED,
		pallet_ranked_collective::MEASURED,
		pallet_record_access::MEASURED,
		pallet_referenda::MEASURED,
		pallet_safe_mode::MEASURED,
		pallet_scheduler::MEASURED,
		pallet_session::MEASURED,
		pallet_shielded_consent::MEASURED,
		pallet_shielded_licence::MEASURED,
		pallet_study::MEASURED,
		pallet_sudo::MEASURED,
		pallet_timestamp::MEASURED,
		pallet_tx_pause::MEASURED,
		pallet_utility::MEASURED,
		pallet_validator_set::MEASURED,
		pallet_whitelist::MEASURED,
	]
	.into()
}
