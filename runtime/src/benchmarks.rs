//! The benchmarks of this runtime: of its own pallets, and of those of the SDK as they are configured here.
//! `scripts/weights.sh` generates the weights from them.

// Benchmarks may panic: they never run in a node.
#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used,
	// Benchmarks are of a type, and some of this runtime alone.
	clippy::extra_unused_type_parameters
)]

mod access;
mod collective;
mod decisions;
mod grandpa;
mod guardians;
mod migrations;
mod mmr;
mod polls;
mod preimage;
mod quota;
mod referenda;
mod scenes;
mod session;
mod whitelist;

pub use access::AccessSetup;
pub use quota::QuotaSetup;
pub use scenes::{
	AuditSetup, ChamberSetup, ConsentSetup, LicenceSetup, ProofSetup, ShieldedSetup, StudySetup,
	ValidatorSetup,
};

use crate::{
	AllPalletsWithSystem, Audit, Balances, Consent, Did, Groth16Verifier, Multisig, Origins,
	ProviderRegistry, Proxy, Quota, RecordAccess, Runtime, SafeMode, Scheduler, ShieldedConsent,
	ShieldedLicence, Study, Sudo, Timestamp, TxPause, Utility, ValidatorSet,
};
use alloc::{string::String, vec::Vec};
use collective::Pallet as CollectiveBenchmarks;
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensions, Pallet as SystemBenchmarks,
};
use grandpa::Pallet as GrandpaBenchmarks;
use migrations::Pallet as MigrationBenchmarks;
use mmr::Pallet as MmrBenchmarks;
use preimage::Pallet as PreimageBenchmarks;
use referenda::Pallet as ReferendumBenchmarks;
use session::Pallet as SessionBenchmarks;
use whitelist::Pallet as WhitelistBenchmarks;

// Left out: pallet-aura and pallet-authorship have no calls and take no weights.
// pallet-offences and the historical part of pallet-session have no calls: what they do is in the report of an equivocation,
// which is measured as a whole with pallet-grandpa, and in the block that begins a session.
// Of pallet-grandpa, pallet-migrations, pallet-mmr, pallet-session, and those with which the chambers decide (pallet-preimage,
// pallet-ranked-collective, pallet-referenda and pallet-whitelist) the benchmarks are our own: those of the SDK want what is not
// here. Each says what.
// pallet-multisig and pallet-proxy are measured as they are, their deposits included, of which there are none on a chain
// (`configs/proxies.rs`); so they are charged a little more than they take.
// In part: of pallet-safe-mode, what needs a deposit is refused before anything is looked at, and has no weight of its own.
frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBenchmarks::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_audit, Audit]
	[pallet_balances, Balances]
	[pallet_consent, Consent]
	[pallet_did, Did]
	[pallet_governance, Origins]
	[pallet_grandpa, GrandpaBenchmarks::<Runtime>]
	[pallet_groth16_verifier, Groth16Verifier]
	[pallet_migrations, MigrationBenchmarks::<Runtime>]
	[pallet_mmr, MmrBenchmarks::<Runtime>]
	[pallet_multisig, Multisig]
	[pallet_preimage, PreimageBenchmarks::<Runtime>]
	[pallet_provider_registry, ProviderRegistry]
	[pallet_proxy, Proxy]
	[pallet_quota, Quota]
	[pallet_ranked_collective, CollectiveBenchmarks::<Runtime>]
	[pallet_record_access, RecordAccess]
	[pallet_referenda, ReferendumBenchmarks::<Runtime>]
	[pallet_safe_mode, SafeMode]
	[pallet_scheduler, Scheduler]
	[pallet_session, SessionBenchmarks::<Runtime>]
	[pallet_shielded_consent, ShieldedConsent]
	[pallet_shielded_licence, ShieldedLicence]
	[pallet_study, Study]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_tx_pause, TxPause]
	[pallet_utility, Utility]
	[pallet_validator_set, ValidatorSet]
	[pallet_whitelist, WhitelistBenchmarks::<Runtime>]
);

impl frame_system_benchmarking::Config for Runtime {}

/// Which benchmarks there are.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmarks that `config` names.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
