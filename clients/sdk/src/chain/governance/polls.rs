//! Referenda, as the chain has them.

use super::{
	proposal::Proposal,
	raw::{blake2, prefix},
	track::{Chamber, Track},
};
use crate::chain::{Chain, ChainError};
use codec::{Decode, Encode};
use hdx_primitives::AccountId;
use sp_core::H256;

/// A deposit. There are no coins; it says who made it.
#[derive(Decode)]
struct Deposit {
	who: AccountId,
	_amount: u128,
}

/// With what a call is made. Referenda of this chain have no other.
#[derive(Decode)]
enum Caller {
	#[codec(index = 47)]
	Origins(Track),
}

/// When the proposer wants it to be carried out. The chain does so when its track says at the earliest, and 60 days after the
/// approval at the latest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum Enactment {
	/// In a block.
	At(u32),
	/// So many blocks after it is approved.
	After(u32),
}

#[derive(Decode)]
struct Deciding {
	since: u32,
	confirming: Option<u32>,
}

#[derive(Decode)]
struct Tally {
	_voters: u32,
	ayes: u32,
	nays: u32,
}

#[derive(Decode)]
struct Status {
	_track: u16,
	origin: Caller,
	proposal: Proposal,
	enactment: Enactment,
	submitted: u32,
	submission: Deposit,
	decision: Option<Deposit>,
	deciding: Option<Deciding>,
	tally: Tally,
	in_queue: bool,
	_alarm: Option<(u32, (u32, u32))>,
}

// Who made deposits is of no interest once it has ended.
#[allow(dead_code)]
#[derive(Decode)]
enum Info {
	Ongoing(Status),
	Approved(u32, Option<Deposit>, Option<Deposit>),
	Rejected(u32, Option<Deposit>, Option<Deposit>),
	Cancelled(u32, Option<Deposit>, Option<Deposit>),
	TimedOut(u32, Option<Deposit>, Option<Deposit>),
	Killed(u32),
}

/// How far a referendum has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PollStanding {
	/// It waits until a member has it decided about.
	Submitted,
	/// It is not yet time to decide, or others are decided before it.
	Preparing,
	/// It is decided about.
	Deciding {
		/// The block in which that began.
		since: u32,
	},
	/// Enough have approved; it passes where that holds until a block.
	Confirming {
		/// The block.
		until: u32,
	},
	/// It was approved, and is carried out or was.
	Approved {
		/// The block.
		at: u32,
	},
	/// It was not.
	Rejected {
		/// The block.
		at: u32,
	},
	/// Both chambers cancelled it.
	Cancelled {
		/// The block.
		at: u32,
	},
	/// Nobody had it decided about in time.
	TimedOut {
		/// The block.
		at: u32,
	},
}

/// What is known of a referendum that has not ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPoll {
	/// What it is about.
	pub track: Track,
	/// What it proposes.
	pub proposal: Proposal,
	/// When it would be carried out.
	pub enactment: Enactment,
	/// Who proposed it.
	pub proposer: AccountId,
	/// The block in which it was proposed.
	pub submitted: u32,
	/// Votes for it.
	pub ayes: u32,
	/// Votes against it.
	pub nays: u32,
}

/// A referendum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PollView {
	/// Whose it is.
	pub chamber: Chamber,
	/// Its number there.
	pub poll: u32,
	/// How far it has come.
	pub standing: PollStanding,
	/// What is known of one that has not ended; of others the chain keeps no more than how they ended.
	pub open: Option<OpenPoll>,
}

impl PollView {
	fn new(chamber: Chamber, poll: u32, info: Info) -> Self {
		let ended = |standing| Self { chamber, poll, standing, open: None };
		let status = match info {
			Info::Approved(at, ..) => return ended(PollStanding::Approved { at }),
			Info::Rejected(at, ..) => return ended(PollStanding::Rejected { at }),
			Info::Cancelled(at, ..) | Info::Killed(at) => {
				return ended(PollStanding::Cancelled { at });
			},
			Info::TimedOut(at, ..) => return ended(PollStanding::TimedOut { at }),
			Info::Ongoing(status) => status,
		};
		let standing = match &status.deciding {
			Some(Deciding { confirming: Some(until), .. }) => {
				PollStanding::Confirming { until: *until }
			},
			Some(deciding) => PollStanding::Deciding { since: deciding.since },
			None if status.decision.is_none() && !status.in_queue => PollStanding::Submitted,
			None => PollStanding::Preparing,
		};
		let Caller::Origins(track) = status.origin;
		let open = OpenPoll {
			track,
			proposal: status.proposal,
			enactment: status.enactment,
			proposer: status.submission.who,
			submitted: status.submitted,
			ayes: status.tally.ayes,
			nays: status.tally.nays,
		};
		Self { chamber, poll, standing, open: Some(open) }
	}
}

impl Chain {
	/// A referendum.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn poll(&self, chamber: Chamber, poll: u32) -> Result<PollView, ChainError> {
		let block = self.best().await?.block_hash();
		let found = self.poll_at(chamber, poll, block).await?;
		found
			.ok_or_else(|| ChainError::NotFound { what: format!("referendum {poll} of {chamber}") })
	}

	/// All referenda of a chamber, the newest first, at most so many.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn polls(&self, chamber: Chamber, most: u32) -> Result<Vec<PollView>, ChainError> {
		let block = self.best().await?.block_hash();
		let key = prefix(chamber.polls(), "ReferendumCount");
		let count: u32 = self.raw_value(key, block).await?.unwrap_or_default();
		let mut found = Vec::new();
		for poll in (count.saturating_sub(most)..count).rev() {
			found.extend(self.poll_at(chamber, poll, block).await?);
		}
		Ok(found)
	}

	async fn poll_at(
		&self,
		chamber: Chamber,
		poll: u32,
		block: H256,
	) -> Result<Option<PollView>, ChainError> {
		let start = prefix(chamber.polls(), "ReferendumInfoFor");
		let key = [start, blake2(&poll.encode())].concat();
		let info: Option<Info> = self.raw_value(key, block).await?;
		Ok(info.map(|info| PollView::new(chamber, poll, info)))
	}
}
