//! Finality.

use crate::{
	components::{FinalityLink, FullPool, JUSTIFICATION_PERIOD},
	runtime_api::Block,
	voting,
};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState};
use sc_network::{
	config::Role, service::traits::NetworkService, NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// How long votes are gathered before they are passed on.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// How blocks are finalized.
pub struct Options {
	/// Whether this node follows finality at all.
	pub enabled: bool,
	/// Validator or not.
	pub role: Role,
	/// The node's name.
	pub name: String,
	/// The protocol's name on the network.
	pub protocol: ProtocolName,
	/// Where metrics go.
	pub prometheus: Option<Registry>,
}

/// Starts the voter; the node ends when it fails.
#[allow(clippy::too_many_arguments)]
pub fn start(
	task_manager: &TaskManager,
	link: FinalityLink,
	network: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	notification_service: Box<dyn NotificationService>,
	pool: Arc<FullPool>,
	keystore: Option<KeystorePtr>,
	shared_voter_state: SharedVoterState,
	telemetry: Option<TelemetryHandle>,
	options: Options,
) -> Result<(), ServiceError> {
	if !options.enabled {
		return Ok(());
	}
	let voting_rule = voting::rules(link.shared_authority_set().clone());
	let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config: sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: options.role,
			name: Some(options.name),
			keystore,
			telemetry: telemetry.clone(),
			protocol_name: options.protocol,
		},
		link,
		network,
		sync,
		notification_service,
		voting_rule,
		prometheus_registry: options.prometheus,
		shared_voter_state,
		telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool),
	})?;
	task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	Ok(())
}
