//! Begins anew with reserved peers where synchronizing stands still.
//!
//! A request for blocks may fail: the other node is busy, or the line is down for the 20 s that an answer may take. The SDK then
//! parts from the peer, and its synchronizing takes the peer for busy until it is parted from. The network library (litep2p) does not
//! part from a reserved peer. Validators of a consortium have no other peers, so one that failed them once is asked for nothing
//! any more, and a part of the chain that it was asked for is asked of nobody else; votes go on to pass meanwhile.
//!
//! So this node looks ([`hdx_sync_watch`]), takes such peers off the list of reserved ones, parts from them, and puts them
//! back on. Nothing of it is written down: a node that ends between begins with the list of its command line.

use crate::{components::FullClient, runtime_api::Block};
use futures_timer::Delay;
use hdx_sync_watch::{Look, Watch, INTERVAL};
use sc_network::{
	config::MultiaddrWithPeerId, service::traits::NetworkService, Multiaddr, NetworkPeers, PeerId,
	ProtocolName,
};
use sc_network_sync::{
	strategy::state_sync::StateSyncPhase, SyncStatus, SyncingService, WarpSyncPhase,
};
use sc_service::{error::Error as ServiceError, TaskManager};
use sp_blockchain::BlockStatus;
use sp_core::H256;
use std::sync::Arc;
use substrate_prometheus_endpoint::{register, Counter, Registry, U64};

/// Where in the log this is.
const LOG_TARGET: &str = "sync";

/// Starts looking. `protocol` is the one by which blocks are announced: who is parted from in it is forgotten by
/// synchronizing.
///
/// # Errors
///
/// The registry's, where it has such a count already.
pub fn start(
	task_manager: &TaskManager,
	client: Arc<FullClient>,
	network: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	protocol: ProtocolName,
	registry: Option<&Registry>,
) -> Result<(), ServiceError> {
	let restarts = registry
		.map(|registry| {
			let restarts = Counter::new(
				"hdx_sync_restarts_total",
				"How often synchronizing stood still and this node began anew with reserved peers",
			)?;
			register(restarts, registry)
		})
		.transpose()?;
	let node = Node { client, network, sync, protocol, restarts };
	task_manager.spawn_handle().spawn("sync-watch", None, node.watch());
	Ok(())
}

/// What is looked at, and what is done something about.
struct Node {
	client: Arc<FullClient>,
	network: Arc<dyn NetworkService>,
	sync: Arc<SyncingService<Block>>,
	protocol: ProtocolName,
	restarts: Option<Counter<U64>>,
}

impl Node {
	async fn watch(self) {
		let mut watch = Watch::default();
		// Nobody answers any more when the node ends.
		while let Some(look) = self.look().await {
			let ahead = watch.look(look, |block| self.lacks(*block));
			if !ahead.is_empty() {
				self.begin_anew(&ahead).await;
			}
			Delay::new(INTERVAL).await;
		}
	}

	/// How synchronizing stands. `None` where there is none any more.
	async fn look(&self) -> Option<Look<PeerId, H256>> {
		let peers = self.sync.peers_info().await.ok()?;
		let status = self.sync.status().await.ok()?;
		let chain = self.client.chain_info();
		let mut highest = chain.best_number;
		let mut ahead = Vec::new();
		for (peer, its) in peers {
			let is_alive = its.best_number > chain.finalized_number;
			if its.roles.is_full() && is_alive && self.lacks(its.best_hash) {
				highest = highest.max(its.best_number);
				ahead.push((peer, its.best_hash));
			}
		}
		Some(Look {
			ahead,
			gap: highest.saturating_sub(chain.best_number),
			finalized: chain.finalized_number,
			queued: status.queued_blocks,
			downloaded: downloaded(&status),
			waits: waits(&status),
		})
	}

	/// Whether this node does not have a block. Where the database does not answer, that is not what is looked for.
	fn lacks(&self, block: H256) -> bool {
		let status =
			<FullClient as sp_blockchain::HeaderBackend<Block>>::status(&self.client, block);
		matches!(status, Ok(BlockStatus::Unknown))
	}

	/// Parts from those of these peers that are reserved, and takes them up again.
	async fn begin_anew(&self, ahead: &[PeerId]) {
		let Ok(reserved) = self.network.reserved_peers().await else { return };
		// Who was taken off the list by `system_removeReservedPeer` is not put on it: it was not there a moment ago, and nothing
		// is waited for from here on. The network does what it is told in the order in which it is told.
		let mut count = 0_u32;
		for peer in ahead.iter().filter(|peer| reserved.contains(peer)) {
			self.network.remove_reserved_peer(*peer);
			// Where other than reserved peers are let in, it has become one of them, and the connection stays without this.
			self.network.disconnect_peer(*peer, self.protocol.clone());
			// With an address that it refuses, the network would leave the peer off the list. It still knows those that it had,
			// and takes a peer without any, as GRANDPA's come.
			let again = MultiaddrWithPeerId { multiaddr: Multiaddr::empty(), peer_id: *peer };
			if let Err(error) = self.network.add_reserved_peer(again) {
				log::error!(
					target: LOG_TARGET,
					"{peer} is no longer a reserved peer: {error}. Start the node again.",
				);
			}
			count = count.saturating_add(1);
		}
		if count == 0 {
			log::warn!(
				target: LOG_TARGET,
				"Synchronizing stands still, and none of the {} peers that are ahead is reserved. If this goes on, \
				 start the node again.",
				ahead.len(),
			);
			return;
		}
		log::warn!(
			target: LOG_TARGET,
			"Synchronizing stands still: {count} reserved peers have blocks that do not come. Parting from them, and taking them up \
			 again; blocks may take a minute to come.",
		);
		if let Some(restarts) = &self.restarts {
			restarts.inc();
		}
	}
}

/// Bytes of proofs or of a state that came, where one of these is fetched.
fn downloaded(status: &SyncStatus<Block>) -> u64 {
	let proofs = status.warp_sync.as_ref().map_or(0, |warp| warp.total_bytes);
	let state = status.state_sync.as_ref().map_or(0, |state| state.size);
	proofs.saturating_add(state)
}

/// Whether it waits for more peers, or for a state to be written: for nothing that a peer owes.
fn waits(status: &SyncStatus<Block>) -> bool {
	let warp = status.warp_sync.as_ref().map(|warp| &warp.phase);
	let state = status.state_sync.as_ref().map(|state| &state.phase);
	matches!(warp, Some(WarpSyncPhase::AwaitingPeers { .. } | WarpSyncPhase::ImportingState))
		|| matches!(state, Some(StateSyncPhase::ImportingState))
}
