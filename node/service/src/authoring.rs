//! Block production.

use crate::components::{self, FinalityImport, FullClient, FullPool, FullSelectChain};
use sc_consensus_aura::{SlotProportion, StartAuraParams};
use sc_network_sync::SyncingService;
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use substrate_prometheus_endpoint::Registry;

/// How blocks are produced.
pub struct Options {
	/// Produce blocks even while the node seems to be offline.
	pub force: bool,
	/// Where metrics go.
	pub prometheus: Option<Registry>,
}

/// Starts block production; the node ends when it fails.
#[allow(clippy::too_many_arguments)]
pub fn start(
	task_manager: &TaskManager,
	client: Arc<FullClient>,
	select_chain: FullSelectChain,
	block_import: FinalityImport,
	pool: Arc<FullPool>,
	sync: Arc<SyncingService<crate::runtime_api::Block>>,
	keystore: KeystorePtr,
	telemetry: Option<TelemetryHandle>,
	options: Options,
) -> Result<(), ServiceError> {
	let proposer_factory = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		client.clone(),
		pool,
		options.prometheus.as_ref(),
		telemetry.clone(),
	);
	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let aura =
		sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client,
			select_chain,
			block_import,
			proposer_factory,
			sync_oracle: sync.clone(),
			justification_sync_link: sync,
			create_inherent_data_providers: move |_, ()| components::inherents(slot_duration),
			force_authoring: options.force,
			backoff_authoring_blocks: Option::<()>::None,
			keystore,
			block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
			max_block_proposal_slot_portion: None,
			telemetry,
			compatibility_mode: Default::default(),
		})?;
	task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	Ok(())
}
