//! Every benchmark runs on this runtime, as `scripts/weights.sh` has them run: from the state that the `dev`
//! preset begins with, checking at the end that it did what it is to measure.

use crate::chain;
use codec::Encode;
use frame_benchmarking::{BenchmarkConfig, BenchmarkList};
use hdx_runtime::{benchmarks, genesis, VERSION};
use sp_core::{
	storage::{ChildInfo, StateVersion, Storage, TrackedStorageKey},
	traits::{ReadRuntimeVersion, ReadRuntimeVersionExt},
};
use sp_externalities::{
	set_and_run_with_externalities, Error, Extension, ExtensionStore, Externalities,
	MultiRemovalResults,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use std::{
	any::{Any, TypeId},
	panic::{catch_unwind, AssertUnwindSafe},
	thread,
};

/// A state that does not count what is read and written, and keeps to itself what is committed.
struct Uncounted<E>(E);

impl<E: Externalities> ExtensionStore for Uncounted<E> {
	fn extension_by_type_id(&mut self, id: TypeId) -> Option<&mut dyn Any> {
		self.0.extension_by_type_id(id)
	}

	fn register_extension_with_type_id(
		&mut self,
		id: TypeId,
		extension: Box<dyn Extension>,
	) -> Result<(), Error> {
		self.0.register_extension_with_type_id(id, extension)
	}

	fn deregister_extension_by_type_id(&mut self, id: TypeId) -> Result<(), Error> {
		self.0.deregister_extension_by_type_id(id)
	}
}

impl<E: Externalities> Externalities for Uncounted<E> {
	fn commit(&mut self) {}

	fn read_write_count(&self) -> (u32, u32, u32, u32) {
		(0, 0, 0, 0)
	}

	fn reset_read_write_count(&mut self) {}

	fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
		Vec::new()
	}

	fn proof_size(&self) -> Option<u32> {
		None
	}

	// All else is the inner state's.

	fn wipe(&mut self) {
		self.0.wipe();
	}

	fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
		self.0.get_whitelist()
	}

	fn set_whitelist(&mut self, new: Vec<TrackedStorageKey>) {
		self.0.set_whitelist(new);
	}

	fn set_offchain_storage(&mut self, key: &[u8], value: Option<&[u8]>) {
		self.0.set_offchain_storage(key, value);
	}

	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.0.storage(key)
	}

	fn storage_hash(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.0.storage_hash(key)
	}

	fn child_storage_hash(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.0.child_storage_hash(child, key)
	}

	fn child_storage(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.0.child_storage(child, key)
	}

	fn next_storage_key(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.0.next_storage_key(key)
	}

	fn next_child_storage_key(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.0.next_child_storage_key(child, key)
	}

	fn kill_child_storage(
		&mut self,
		child: &ChildInfo,
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.0.kill_child_storage(child, limit, cursor)
	}

	fn clear_prefix(
		&mut self,
		prefix: &[u8],
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.0.clear_prefix(prefix, limit, cursor)
	}

	fn clear_child_prefix(
		&mut self,
		child: &ChildInfo,
		prefix: &[u8],
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.0.clear_child_prefix(child, prefix, limit, cursor)
	}

	fn place_storage(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.0.place_storage(key, value);
	}

	fn place_child_storage(&mut self, child: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.0.place_child_storage(child, key, value);
	}

	fn storage_root(&mut self, version: StateVersion) -> Vec<u8> {
		self.0.storage_root(version)
	}

	fn child_storage_root(&mut self, child: &ChildInfo, version: StateVersion) -> Vec<u8> {
		self.0.child_storage_root(child, version)
	}

	fn storage_append(&mut self, key: Vec<u8>, value: Vec<u8>) {
		self.0.storage_append(key, value);
	}

	fn storage_start_transaction(&mut self) {
		self.0.storage_start_transaction();
	}

	fn storage_rollback_transaction(&mut self) -> Result<(), ()> {
		self.0.storage_rollback_transaction()
	}

	fn storage_commit_transaction(&mut self) -> Result<(), ()> {
		self.0.storage_commit_transaction()
	}
}

/// Says of any code that it is this runtime.
struct ThisVersion;

impl ReadRuntimeVersion for ThisVersion {
	fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
		Ok(VERSION.encode())
	}
}

/// Runs a benchmark at the least of each component, and says what went wrong.
fn run(genesis: &Storage, config: BenchmarkConfig) -> Result<(), String> {
	let mut chain = TestExternalities::new(genesis.clone());
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.register_extension(ReadRuntimeVersionExt::new(ThisVersion));
	let mut state = Uncounted(chain.ext());
	let result = catch_unwind(AssertUnwindSafe(|| {
		set_and_run_with_externalities(&mut state, || benchmarks::dispatch(config))
	}));
	match result {
		Ok(Ok(batches)) if batches.is_empty() => Err("nothing was measured".into()),
		Ok(Ok(_)) => Ok(()),
		Ok(Err(error)) => Err(error),
		Err(_) => Err("it panicked, see above".into()),
	}
}

fn run_all(genesis: &Storage, pallet: &BenchmarkList) -> Vec<String> {
	let named = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
	let failure = |benchmark: &frame_benchmarking::BenchmarkMetadata| {
		let config = BenchmarkConfig {
			pallet: pallet.pallet.clone(),
			instance: pallet.instance.clone(),
			benchmark: benchmark.name.clone(),
			selected_components: benchmark
				.components
				.iter()
				.map(|(component, least, _)| (*component, *least))
				.collect(),
			verify: true,
			internal_repeats: 1,
		};
		let error = run(genesis, config).err()?;
		Some(format!("{}::{}: {error}", named(&pallet.pallet), named(&benchmark.name)))
	};
	pallet.benchmarks.iter().filter_map(failure).collect()
}

#[test]
fn every_benchmark_runs_on_a_new_chain() {
	let genesis = chain::genesis_of(genesis::DEV);
	let (pallets, _) =
		TestExternalities::new(genesis.clone()).execute_with(|| benchmarks::metadata(false));
	let failures: Vec<_> = thread::scope(|scope| {
		let runs: Vec<_> =
			pallets.iter().map(|pallet| scope.spawn(|| run_all(&genesis, pallet))).collect();
		runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
	});
	assert!(failures.is_empty(), "{}", failures.join("\n"));
}
