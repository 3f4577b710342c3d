//! Every benchmark runs on this runtime, as `scripts/weights.sh` has them run: from the state that the `dev`
//! preset begins with, checking at the end that it did what it is to measure.

use crate::{chain, watched::Watched};
use codec::Encode;
use frame_benchmarking::{BenchmarkConfig, BenchmarkList};
use hdx_runtime::{benchmarks, genesis, VERSION};
use sp_core::{
	storage::Storage,
	traits::{ReadRuntimeVersion, ReadRuntimeVersionExt},
};
use sp_externalities::{set_and_run_with_externalities, Externalities};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use std::{
	panic::{catch_unwind, AssertUnwindSafe},
	thread,
};

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
	let mut state = Watched::unseen(chain.ext());
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
