//! Referenda, as they are shown.

use super::meaning::{self, Meaning};
use crate::{error::Error, output::block};
use hdx_sdk::chain::{Chain, ChainError, Enactment, PollStanding, PollView};
use serde::Serialize;
use std::fmt::{self, Display};

/// A referendum.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
	poll: u32,
	chamber: String,
	standing: &'static str,
	/// The block in which it began to be decided about, passes, or ended.
	block: Option<u32>,
	track: Option<String>,
	needed: Option<&'static str>,
	proposer: Option<String>,
	ayes: Option<u32>,
	nays: Option<u32>,
	votes: Option<u32>,
	/// When it would be carried out, as its proposer wants.
	enactment: Option<String>,
	hash: Option<String>,
	/// What it would change. None where nobody stored the text, or where it has ended.
	pub would: Option<Meaning>,
}

fn standing(of: PollStanding) -> (&'static str, Option<u32>) {
	match of {
		PollStanding::Submitted => ("submitted", None),
		PollStanding::Preparing => ("preparing", None),
		PollStanding::Deciding { since } => ("deciding", Some(since)),
		PollStanding::Confirming { until } => ("confirming", Some(until)),
		PollStanding::Approved { at } => ("approved", Some(at)),
		PollStanding::Rejected { at } => ("rejected", Some(at)),
		PollStanding::Cancelled { at } => ("cancelled", Some(at)),
		PollStanding::TimedOut { at } => ("timed-out", Some(at)),
	}
}

/// When it would be carried out. Who votes must see it: an approved call that waits is easily forgotten.
fn when(of: Enactment) -> String {
	match of {
		Enactment::At(0) | Enactment::After(0) => "as soon as its track says".to_owned(),
		Enactment::At(block) => {
			format!("in block {block}, but no sooner than its track says, and 60 days after its approval at the latest")
		},
		Enactment::After(blocks) => format!(
			"{blocks} blocks after its approval, but no sooner than its track says, and after 60 days at the latest"
		),
	}
}

impl Shown {
	/// Reads what the referendum proposes, and how many votes there are.
	pub async fn read(chain: &Chain, found: PollView) -> Result<Self, Error> {
		let (standing, block) = standing(found.standing);
		let mut shown = Self {
			poll: found.poll,
			chamber: found.chamber.to_string(),
			standing,
			block,
			track: None,
			needed: None,
			proposer: None,
			ayes: None,
			nays: None,
			votes: None,
			enactment: None,
			hash: None,
			would: None,
		};
		let Some(open) = found.open else { return Ok(shown) };
		shown.track = Some(open.track.to_string());
		shown.needed = Some(open.track.threshold());
		shown.proposer = Some(open.proposer.to_string());
		shown.ayes = Some(open.ayes);
		shown.nays = Some(open.nays);
		shown.votes = Some(chain.votes_of(found.chamber).await?);
		shown.enactment = Some(when(open.enactment));
		shown.hash = Some(format!("0x{}", hex::encode(open.proposal.hash())));
		if let Some(call) = chain.proposed(&open.proposal).await? {
			shown.would = match meaning::of(chain, &call).await {
				Ok(meaning) => Some(meaning),
				// What is no call of this runtime changes nothing, and nobody should vote for it.
				Err(ChainError::NotFound { .. }) => None,
				Err(error) => return Err(error.into()),
			};
		}
		Ok(shown)
	}

	/// Whether it has not ended.
	pub fn is_open(&self) -> bool {
		self.track.is_some()
	}
}

impl Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let title = format!("referendum {} of {}", self.poll, self.chamber);
		let standing = match self.block {
			Some(block) => format!("{} (block {block})", self.standing),
			None => self.standing.to_owned(),
		};
		let text = |words: &Option<String>| words.clone().unwrap_or_default();
		let number = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
		let needed = match (self.needed, self.votes) {
			(Some(share), Some(votes)) => format!("{share} of {votes} votes"),
			_ => String::new(),
		};
		let would = match &self.would {
			Some(meaning) => meaning.sentences().join(": "),
			None if self.is_open() => {
				"unknown: nobody stored its text. Do not vote for what you cannot read".to_owned()
			},
			None => String::new(),
		};
		let arguments = self.would.as_ref().map(innermost).unwrap_or_default();
		let fields: [(&str, &dyn Display); 10] = [
			("standing", &standing),
			("track", &text(&self.track)),
			("needs", &needed),
			("for", &number(self.ayes)),
			("against", &number(self.nays)),
			("proposed by", &text(&self.proposer)),
			("carried out", &text(&self.enactment)),
			("hash", &text(&self.hash)),
			("would", &would),
			("arguments", &arguments),
		];
		block(f, title, &fields)
	}
}

/// The arguments of what would be called in the end.
pub fn innermost(meaning: &Meaning) -> String {
	let mut last = meaning;
	while let Some(carried) = last.carries.as_deref() {
		last = carried;
	}
	last.arguments.to_string()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn when_it_would_be_carried_out_is_told() {
		assert_eq!(when(Enactment::After(0)), "as soon as its track says");
		assert!(when(Enactment::After(9_000)).starts_with("9000 blocks after its approval"));
		assert!(when(Enactment::At(77)).starts_with("in block 77,"));
	}
}
