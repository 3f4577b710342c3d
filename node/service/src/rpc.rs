//! What the node answers over JSON-RPC, besides the standard methods.

use crate::{
	components::{FullBackend, FullClient, FullPool},
	runtime_api::{Block, BlockNumber},
};
use jsonrpsee::RpcModule;
use mmr_rpc::{Mmr, MmrApiServer};
use sc_client_api::Backend;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sp_core::H256;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the finality methods need.
#[derive(Clone)]
pub struct Finality {
	/// The current authorities.
	pub authority_set: SharedAuthoritySet<H256, BlockNumber>,
	/// The voter's state.
	pub voter_state: SharedVoterState,
	/// New justifications.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// Builds the module.
pub fn create(
	client: Arc<FullClient>,
	pool: Arc<FullPool>,
	finality: Finality,
	offchain: <FullBackend as Backend<Block>>::OffchainStorage,
	subscriptions: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(
		Grandpa::new(
			subscriptions,
			finality.authority_set,
			finality.voter_state,
			finality.justifications,
			finality.proofs,
		)
		.into_rpc(),
	)?;
	module.merge(MmrApiServer::<H256, BlockNumber, H256>::into_rpc(
		Mmr::<_, (Block, H256), _>::new(client, offchain),
	))?;
	Ok(module)
}
