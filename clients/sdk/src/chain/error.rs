//! What can go wrong between a client and the chain.

use super::{
	not_taken::{explained, NotTaken},
	AtBlock,
};
use hdx_primitives::AccountId;
use std::path::PathBuf;

/// Why a call to the chain did not succeed. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
	/// Nobody answers.
	#[error("no node answers at {url}: start one, or name another with --url ({reason})")]
	Unreachable {
		/// Where the node was looked for.
		url: String,
		/// What the connection said.
		reason: String,
	},
	/// A node answers, but of another chain.
	#[error(
		"the node at {url} runs `{found}`, not a HealthDataExchange chain: name another with --url"
	)]
	AnotherChain {
		/// Where the node is.
		url: String,
		/// The runtime's name there.
		found: String,
	},
	/// A node of a HealthDataExchange chain, but with another genesis than expected.
	#[error("the node at {url} is of the chain with genesis 0x{found}, expected 0x{expected}")]
	AnotherGenesis {
		/// Where the node is.
		url: String,
		/// Its genesis hash.
		found: String,
		/// The genesis hash that was expected.
		expected: String,
	},
	/// The chain runs a runtime whose calls this program does not know.
	#[error("the chain's runtime (spec version {found}) is not the one this program was built for: use the release that goes with it ({reason})")]
	AnotherRuntime {
		/// The runtime's version.
		found: u32,
		/// What does not fit.
		reason: String,
	},
	/// The runtime refused the call.
	#[error("the chain refused {call}: {pallet}::{error}{}", explanation(.docs))]
	Refused {
		/// What was called.
		call: String,
		/// The pallet that refused.
		pallet: String,
		/// The name of its error.
		error: String,
		/// What the runtime's metadata says of that error.
		docs: String,
	},
	/// The runtime refused one of many things that a call is about, and with it the call.
	#[error("the chain refused {call}, because of number {position} of its list (from 0): {pallet}::{error}{}", explanation(.docs))]
	RefusedItem {
		/// What was called.
		call: String,
		/// The place of the thing in the call's list, counted from zero.
		position: u8,
		/// The pallet that refused.
		pallet: String,
		/// The name of the error that the thing alone would have given.
		error: String,
		/// What the runtime's metadata says of that error.
		docs: String,
	},
	/// The runtime refused for a reason outside any pallet.
	#[error("the chain refused {call}: {reason}")]
	RefusedOtherwise {
		/// What was called.
		call: String,
		/// Why.
		reason: String,
	},
	/// Only governance can do that, and the signer is not it.
	#[error("governance decides on {call}: propose it by a referendum{}", sudo_key(.key))]
	GovernanceDecides {
		/// What was to be called.
		call: String,
		/// The account that may do it alone: development chains have one.
		key: Option<AccountId>,
	},
	/// The pool did not take the transaction.
	#[error("the node did not take {call}: {}", explained(.reason))]
	NotAccepted {
		/// What was called.
		call: String,
		/// Why.
		reason: String,
	},
	/// The transaction is in a block, but the event that belongs to it is not.
	#[error("{call} was included, but without the event {event}")]
	EventMissing {
		/// What was called.
		call: String,
		/// The event that was expected.
		event: &'static str,
	},
	/// What was asked for is not there.
	#[error("there is no {what} on this chain")]
	NotFound {
		/// What was asked for.
		what: String,
	},
	/// The node has no state of that block any more.
	#[error("the node has discarded the state of {block}: ask an archive node (one that runs with --state-pruning archive), or name a newer block")]
	Discarded {
		/// Which block.
		block: AtBlock,
	},
	/// The entry is not in the state of now, and the node has not the state that had it.
	#[error("entry {index} of the log was pruned from the state, and the node has discarded the state of the block that wrote it: ask another node, or an archive node (one that runs with --state-pruning archive)")]
	EntryDiscarded {
		/// The entry.
		index: u64,
	},
	/// The log is shorter than that.
	#[error("there is no entry {index}: the log has {length} entries, and the last one is {}", .length.saturating_sub(1))]
	BeyondTheEnd {
		/// What was asked for.
		index: u64,
		/// How many entries there are, those that were pruned included.
		length: u64,
	},
	/// The members of the set that finalizes cannot be told now.
	#[error("the set of authorities is changing: the state of block {block} has not the set that finalizes what follows. Try again when block {until} is final")]
	AuthoritiesChanging {
		/// The newest finalized block.
		block: u32,
		/// The block with which the change comes into force, or by which it did.
		until: u32,
	},
	/// The node has not what shows that a set handed over.
	#[error("the node has no justification of block {block}, with which authority set {set_id} ended: ask a node that has kept all blocks from the first on (--blocks-pruning archive, and not from a warp sync), or start from a later set (--authorities)")]
	NoJustification {
		/// The last block of the set.
		block: u32,
		/// The set.
		set_id: crate::proof::SetId,
	},
	/// The connection broke, or the node answered something that cannot be read.
	#[error("while talking to the node: {0}")]
	Transport(String),
	/// Finality did not come.
	#[error(
		"block {block} was not finalized within {seconds} s: are two thirds of the validators up?"
	)]
	NotFinalized {
		/// The block waited for.
		block: u32,
		/// How long.
		seconds: u64,
	},
	/// An audit proof cannot be put together.
	#[error("the node's answers make no proof: {0}")]
	Proof(#[from] crate::proof::AssembleError),
	/// Not a key.
	#[error("`{text}` is no key: give `//Name`, the words of a mnemonic, or the path of a file that holds one of them")]
	NotAKey {
		/// What was given, unless it could be a secret.
		text: String,
	},
	/// No key can be made.
	#[error("the system makes no key: {0}")]
	KeyNotMade(String),
	/// A key file cannot be read.
	#[error("cannot read the key file {}: {reason}", .path.display())]
	KeyFile {
		/// Which file.
		path: PathBuf,
		/// Why.
		reason: String,
	},
}

fn explanation(docs: &str) -> String {
	match docs.trim() {
		"" => String::new(),
		docs => format!(" ({docs})"),
	}
}

fn sudo_key(key: &Option<AccountId>) -> String {
	match key {
		Some(key) => format!(" (on this chain the sudo key can do it alone: {key})"),
		None => String::new(),
	}
}

impl ChainError {
	/// The name of the pallet's error, where a pallet refused.
	pub fn refusal(&self) -> Option<&str> {
		match self {
			Self::Refused { error, .. } | Self::RefusedItem { error, .. } => Some(error),
			_ => None,
		}
	}

	/// Whether the chain refused: nothing was done, and nothing will be.
	pub fn is_refusal(&self) -> bool {
		matches!(
			self,
			Self::Refused { .. }
				| Self::RefusedItem { .. }
				| Self::RefusedOtherwise { .. }
				| Self::GovernanceDecides { .. }
		)
	}

	/// Why no node took the transaction. `None`: no reason that [`NotTaken`] has, or it is another error.
	pub fn not_taken(&self) -> Option<NotTaken> {
		match self {
			Self::NotAccepted { reason, .. } => NotTaken::of(reason),
			_ => None,
		}
	}

	pub(super) fn transport(error: impl std::fmt::Display) -> Self {
		Self::Transport(error.to_string())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_what_the_pool_refused_was_not_taken() {
		let (call, reason) = ("Consent::grant".to_owned(), "Custom error: 33".to_owned());
		assert_eq!(ChainError::Transport(reason.clone()).not_taken(), None);
		let error = ChainError::NotAccepted { call, reason };
		assert_eq!(error.not_taken(), Some(NotTaken::SponsorExhausted));
		assert_eq!(
			error.to_string(),
			"the node did not take Consent::grant: the quota of the institution that answers for it is spent for now (Custom error: 33)"
		);
	}
}
