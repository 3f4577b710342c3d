//! Room for the requests of other nodes for blocks.
//!
//! The service lets as many of them wait as there may be peers that nobody reserved. A consortium's validators talk to reserved peers and
//! to nobody else, so there was room for one: of two who ask at the same time, as all do when a block is announced, one was
//! refused. The network library (litep2p) does not part from a reserved peer, and synchronizing takes one that refused for busy
//! until it is parted from. A validator that each of its peers had refused once asked nobody for blocks any more.

use sc_network::config::SetConfig;

/// Has the service expect as many peers as may ask. To be called when the network has its own copy.
pub fn make_room(peers: &mut SetConfig) {
	peers.in_peers = hdx_sync_watch::waiting(peers.in_peers, peers.reserved_nodes.len());
}
