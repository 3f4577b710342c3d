//! # HDX sync watch
//!
//! Tells from looks at a node, [`INTERVAL`] apart, whether its synchronizing stands still: a peer has a block that the node
//! lacks, and for long neither that block nor anything else comes.
//!
//! Height is not asked for. Two parts of a network that could not hear each other make branches of the same length, and a
//! validator that fetches nothing goes on with its own: what tells is that it never gets the block which a peer named.
//!
//! Neither network nor client is in it, so that each case has its test.

#![deny(missing_docs)]

mod requests;
#[cfg(test)]
mod tests;

pub use requests::waiting;

use std::{collections::BTreeMap, mem, time::Duration};

/// Time between two looks.
pub const INTERVAL: Duration = Duration::from_secs(5);
/// Looks until nothing that came is a standstill: 45 s, longer than any request may take (40 s, for a part of the state).
pub const PATIENCE: u32 = 9;
/// Looks after a standstill was told in which nothing counts: 90 s. Peers are taken up again after 5 s, those that were
/// being asked are asked for blocks a minute later at the earliest, and an answer takes 20 s at most.
pub const REST: u32 = 18;
/// The rest doubles with each standstill that follows on another, up to this many looks: 12 minutes.
pub const LONGEST_REST: u32 = 144;

/// What a look found. `Peer` and `Hash` name a peer and a block.
#[derive(Clone, Debug)]
pub struct Look<Peer, Hash> {
	/// The peers whose best block, as they say, the node lacks, with that block. Blocks at or below the last final one are
	/// not missed: they are of a branch that is dead.
	pub ahead: Vec<(Peer, Hash)>,
	/// Blocks between the node's best one and the highest of those; zero where the node's is as high.
	pub gap: u32,
	/// Number of the last final block.
	pub finalized: u32,
	/// Blocks that came and wait to be imported, or are being.
	pub queued: u32,
	/// Bytes that came of proofs or of a state, where one of these is fetched and not blocks.
	pub downloaded: u64,
	/// Whether the node waits for something that no peer has to send: more peers, or its own writing of a state.
	pub waits: bool,
}

/// What the looks up to now told.
#[derive(Debug)]
pub struct Watch<Peer, Hash> {
	/// For each peer that is ahead, the first block of it that did not come, and the looks since.
	lacking: BTreeMap<Peer, (Hash, u32)>,
	/// The smallest gap since some peer is ahead.
	least: Option<u32>,
	finalized: u32,
	downloaded: u64,
	/// Looks in which nothing counts yet.
	rest: u32,
	/// Those after the next standstill.
	next_rest: u32,
}

impl<Peer, Hash> Default for Watch<Peer, Hash> {
	fn default() -> Self {
		Self {
			lacking: BTreeMap::new(),
			least: None,
			finalized: 0,
			downloaded: 0,
			rest: 0,
			next_rest: REST,
		}
	}
}

impl<Peer: Ord, Hash> Watch<Peer, Hash> {
	/// Takes a look. `is_lacking` says of a block whether the node lacks it now.
	///
	/// Returns the peers to begin anew with where synchronizing stands still: all that have a block which the node lacks,
	/// because it cannot be seen which of them is in the way. None where all is well, or it is too early to say.
	pub fn look(
		&mut self,
		look: Look<Peer, Hash>,
		is_lacking: impl Fn(&Hash) -> bool,
	) -> Vec<Peer> {
		let has_moved = self.has_moved(&look);
		let mut before = mem::take(&mut self.lacking);
		if has_moved {
			before.clear();
			self.next_rest = REST;
		}
		// A block that is being imported for long, as where a runtime is compiled, is no standstill and no progress either:
		// blocks of those who are on the same branch are imported while the others' do not come.
		let counts = self.rest == 0 && look.queued == 0 && !look.waits;
		self.rest = self.rest.saturating_sub(1);
		for (peer, hash) in look.ahead {
			let kept = match before.remove(&peer) {
				Some((first, looks)) if is_lacking(&first) => {
					(first, looks.saturating_add(u32::from(counts)))
				},
				// What it had came; it has another one now, as is usual.
				_ => (hash, 0),
			};
			self.lacking.insert(peer, kept);
		}
		self.least = match self.least {
			_ if self.lacking.is_empty() => None,
			Some(least) => Some(least.min(look.gap)),
			None => Some(look.gap),
		};
		if self.lacking.values().all(|(_, looks)| *looks < PATIENCE) {
			return Vec::new();
		}
		self.rest = self.next_rest;
		self.next_rest = self.next_rest.saturating_mul(2).min(LONGEST_REST);
		self.least = None;
		mem::take(&mut self.lacking).into_keys().collect()
	}

	/// Whether something came since the last look, and remembers what there is.
	fn has_moved(&mut self, look: &Look<Peer, Hash>) -> bool {
		let is_closer = self.least.is_some_and(|least| look.gap < least);
		let finalized = mem::replace(&mut self.finalized, look.finalized);
		let downloaded = mem::replace(&mut self.downloaded, look.downloaded);
		// More than one block at once is a part of a chain that is fetched.
		is_closer || look.finalized > finalized || look.downloaded != downloaded || look.queued > 1
	}
}
