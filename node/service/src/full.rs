//! A running node: network, RPC, block production, finality, audit-log proofs, metrics.

use crate::{
	authoring,
	components::{self, Components},
	finality, keystore, metrics, requests, rpc,
	runtime_api::Block,
	stalled,
};
use futures::FutureExt;
use sc_client_api::Backend;
use sc_network::{config::FullNetworkConfiguration, Litep2pNetworkBackend, NetworkBackend};
use sc_service::{error::Error as ServiceError, Configuration, TaskManager, WarpSyncConfig};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_runtime::traits::Block as BlockT;
use std::{path::Path, sync::Arc};

/// The network library.
type Network = Litep2pNetworkBackend;

/// Starts the node, which keeps compiled runtimes in `compiled` or its base path. The tasks run until
/// the manager is dropped.
pub fn start(
	mut config: Configuration,
	compiled: Option<&Path>,
) -> Result<TaskManager, ServiceError> {
	keystore::is_private(&config)?;
	let Components {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (finality_import, finality_link, mut telemetry),
	} = components::new(&config, compiled)?;
	let genesis = client.chain_info().genesis_hash;
	keystore::is_of_this_chain(&config, genesis)?;

	let metrics =
		<Network as NetworkBackend<Block, <Block as BlockT>::Hash>>::register_notification_metrics(
			config.prometheus_registry(),
		);
	let mut network_config = FullNetworkConfiguration::<_, _, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let finality_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	let (finality_peers, finality_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
			finality_protocol.clone(),
			metrics.clone(),
			network_config.peer_store_handle(),
		);
	network_config.add_notification_protocol(finality_peers);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		finality_link.shared_authority_set().clone(),
		Vec::new(),
	));

	// The network has its own copy. What is left of this says how many requests may wait.
	requests::make_room(&mut config.network.default_peers_set);
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config: network_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore_container.keystore()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: config.role.is_authority(),
			// No pallet fetches anything, so none gets the means to.
			enable_http_requests: false,
			custom_extensions: |_| vec![],
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	metrics::start(&task_manager, client.clone(), config.prometheus_registry())?;
	let announcements =
		sc_network_sync::block_announces_protocol_name(genesis, config.chain_spec.fork_id());
	stalled::start(
		&task_manager,
		client.clone(),
		network.clone(),
		sync_service.clone(),
		announcements.into(),
		config.prometheus_registry(),
	)?;

	let role = config.role;
	let authoring_options = authoring::Options {
		force: config.force_authoring,
		prometheus: config.prometheus_registry().cloned(),
	};
	let finality_options = finality::Options {
		enabled: !config.disable_grandpa,
		role,
		name: config.network.node_name.clone(),
		protocol: finality_protocol,
		prometheus: config.prometheus_registry().cloned(),
	};
	let shared_voter_state = sc_consensus_grandpa::SharedVoterState::empty();

	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let finality = rpc::Finality {
			authority_set: finality_link.shared_authority_set().clone(),
			voter_state: shared_voter_state.clone(),
			justifications: finality_link.justification_stream(),
			proofs: sc_consensus_grandpa::FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(finality_link.shared_authority_set().clone()),
			),
		};
		let offchain = backend
			.offchain_storage()
			.ok_or_else(|| ServiceError::Other("the database has no off-chain storage".into()))?;
		Box::new(move |subscriptions| {
			rpc::create(
				client.clone(),
				pool.clone(),
				finality.clone(),
				offchain.clone(),
				subscriptions,
			)
			.map_err(Into::into)
		})
	};

	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		client: client.clone(),
		backend: backend.clone(),
		task_manager: &mut task_manager,
		keystore: keystore_container.keystore(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	task_manager.spawn_essential_handle().spawn_blocking(
		"mmr-gadget",
		None,
		mmr_gadget::MmrGadget::start(
			client.clone(),
			backend,
			sp_mmr_primitives::INDEXING_PREFIX.to_vec(),
		),
	);

	let keystore = role.is_authority().then(|| keystore_container.keystore());
	let telemetry = telemetry.as_ref().map(|telemetry| telemetry.handle());
	if let Some(keystore) = keystore.clone() {
		authoring::start(
			&task_manager,
			client,
			select_chain,
			finality_import,
			transaction_pool.clone(),
			sync_service.clone(),
			keystore,
			telemetry.clone(),
			authoring_options,
		)?;
	}
	finality::start(
		&task_manager,
		finality_link,
		network,
		sync_service,
		finality_notifications,
		transaction_pool,
		keystore,
		shared_voter_state,
		telemetry,
		finality_options,
	)?;
	Ok(task_manager)
}
