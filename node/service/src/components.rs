//! The parts that running and maintaining a chain share: database, client, pool, import queue.

use crate::{
	compiled,
	first_block::{self, FirstBlock},
	pool::CountingPool,
	runtime_api::{Block, RuntimeApi},
};
use sc_consensus_aura::ImportQueueParams;
use sc_executor::{HeapAllocStrategy, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{error::Error as ServiceError, Configuration};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use std::{path::Path, sync::Arc};

/// What the runtime may call in the node. What verifies proofs needs the curves of RFC 163; a runtime whose
/// imports a node does not have stops that node, so nodes are upgraded before such a runtime is.
pub type HostFunctions = (sp_io::SubstrateHostFunctions, sp_crypto_ec_utils::HostFunctionsRfc163);
/// What executes the runtime.
pub type Executor = sc_executor::WasmExecutor<HostFunctions>;
/// The client.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// How the best chain is chosen.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = CountingPool;
/// Import of blocks that GRANDPA watches.
pub type FinalityImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
/// What connects the import to the voter.
pub type FinalityLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, FullSelectChain>;

/// The parts.
pub type Components = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	(FinalityImport, FinalityLink, Option<Telemetry>),
>;

/// Blocks between two justifications that every node stores and serves. An audit proof needs one
/// at or after the entry's block; the newest is always kept besides.
pub const JUSTIFICATION_PERIOD: u32 = 8;

/// Opens the database and builds the parts. `compiled` is where compiled runtimes are kept, if not in
/// the base path.
pub fn new(config: &Configuration, compiled: Option<&Path>) -> Result<Components, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = executor(config, &compiled::directory(config, compiled)?);
	let mut database = config.db_config();
	// Justified blocks survive pruning, so that others can warp-sync from this node.
	database.pruning_filters = vec![Arc::new(sc_consensus_grandpa::GrandpaPruningFilter)];
	let backend = sc_service::new_db_backend(database)?;
	first_block::is_of_this_chain(&*config.chain_spec, &backend, &executor)?;
	let first_block = FirstBlock {
		spec: &*config.chain_spec,
		commit: !config.no_genesis(),
		backend: backend.clone(),
		executor: executor.clone(),
	};
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			backend,
			first_block,
			false,
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let pool = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client.clone(),
		config.role.is_authority().into(),
	)
	.with_options(config.transaction_pool.clone())
	.with_prometheus(config.prometheus_registry())
	.build();
	let transaction_pool = Arc::new(CountingPool::new(pool, config.prometheus_registry())?);

	let (finality_import, finality_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;

	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let import_queue =
		sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
			block_import: finality_import.clone(),
			justification_import: Some(Box::new(finality_import.clone())),
			client: client.clone(),
			create_inherent_data_providers: move |_, ()| inherents(slot_duration),
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			check_for_equivocation: Default::default(),
			telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
			compatibility_mode: Default::default(),
		})?;

	Ok(sc_service::PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (finality_import, finality_link, telemetry),
	})
}

/// As `sc_service::new_wasm_executor` makes it, and with a place for compiled runtimes.
fn executor(config: &Configuration, compiled: &Path) -> Executor {
	let config = &config.executor;
	let heap = config.default_heap_pages.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
		HeapAllocStrategy::Static { extra_pages: u32::try_from(pages).unwrap_or(u32::MAX) }
	});
	Executor::builder()
		.with_execution_method(config.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(config.max_runtime_instances)
		.with_runtime_cache_size(config.runtime_cache_size)
		.with_cache_path(compiled)
		.build()
}

/// The slot and the time of now: what a block's author states and the others check.
pub async fn inherents(
	slot_duration: sp_consensus_aura::SlotDuration,
) -> Result<
	(sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider),
	Box<dyn std::error::Error + Send + Sync>,
> {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*timestamp,
		slot_duration,
	);
	Ok((slot, timestamp))
}
