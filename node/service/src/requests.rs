//! Room for the requests of other nodes for blocks.
//!
//! The service lets as many of them wait as there may be peers that nobody reserved. A consortium's validators talk to reserved peers and
//! to nobody else, so there was room for one: of two who ask at the same time, as all do when a block is announced, one was
//! refused. The network library (litep2p) does not part from a reserved peer, and synchronizing takes one that refused for busy
//! until it is parted from. A validator that each of its peers had refused once asked nobody for blocks any more.

use sc_network::config::SetConfig;

/// Requests that may wait, however few peers are expected. One is a few bytes, and is answered within milliseconds.
const ROOM: u32 = 256;

/// Has the service expect so many peers, and each that is reserved. To be called when the network has its own copy.
pub fn make_room(peers: &mut SetConfig) {
	let reserved = u32::try_from(peers.reserved_nodes.len()).unwrap_or(u32::MAX);
	peers.in_peers = peers.in_peers.saturating_add(reserved).max(ROOM);
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn requests_of_reserved_peers_find_room_where_no_other_peers_are_let_in() {
		let mut peers = SetConfig { in_peers: 0, out_peers: 0, ..SetConfig::default() };
		make_room(&mut peers);
		assert!(peers.in_peers >= 100);
	}

	#[test]
	fn who_lets_in_many_keeps_the_room_for_them() {
		let mut peers = SetConfig { in_peers: 1_000, ..SetConfig::default() };
		make_room(&mut peers);
		assert_eq!(peers.in_peers, 1_000);
	}
}
