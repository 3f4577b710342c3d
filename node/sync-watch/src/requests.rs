//! How many requests of others may wait.

/// That many, however few peers are expected. A request is a few bytes, and is answered within milliseconds.
const ROOM: u32 = 256;

/// How many requests for blocks may wait at a node that lets in so many peers and has so many that are reserved: one of each.
pub fn waiting(in_peers: u32, reserved: usize) -> u32 {
	let reserved = u32::try_from(reserved).unwrap_or(u32::MAX);
	in_peers.saturating_add(reserved).max(ROOM)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn requests_of_reserved_peers_find_room_where_no_other_peers_are_let_in() {
		assert!(waiting(0, 0) >= 100);
		assert!(waiting(0, 1_000) >= 1_000);
	}

	#[test]
	fn who_lets_in_many_keeps_the_room_for_them() {
		assert_eq!(waiting(1_000, 0), 1_000);
		assert_eq!(waiting(u32::MAX, 5), u32::MAX);
	}
}
