//! The benchmarks of this runtime, and the scenes that they are measured in.

// Benchmarks may panic: they never run in a node.
#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used
)]

mod access;
mod scenes;

pub use access::AccessSetup;
pub use scenes::{AuditSetup, ConsentSetup, ProofSetup, QuotaSetup};

use crate::{
	AllPalletsWithSystem, Audit, Consent, Did, Groth16Verifier, ProviderRegistry, Quota, RecordAccess,
};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};

frame_benchmarking::define_benchmarks!(
	[pallet_audit, Audit]
	[pallet_consent, Consent]
	[pallet_did, Did]
	[pallet_groth16_verifier, Groth16Verifier]
	[pallet_provider_registry, ProviderRegistry]
	[pallet_quota, Quota]
	[pallet_record_access, RecordAccess]
);

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
