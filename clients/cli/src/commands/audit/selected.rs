//! The entries that are exported, and the proofs of those that are not in state any more.

use super::export::count_entries;
use crate::{commands::Context, error::Error};
use hdx_primitives::{AccountId, AuditEntry, EntryIndex};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, LogWindow},
	proof::{AssembleError, AuditProof},
};
use serde::Serialize;
use std::{
	collections::{btree_map::Entry, BTreeMap},
	fmt,
	future::Future,
	ops::RangeInclusive,
};

/// Entries, in the order of the log.
pub struct Selected<P = AuditProof> {
	/// The entries.
	pub entries: Vec<AuditEntry>,
	/// The proofs that were made so far, by the index of the entry.
	pub proofs: BTreeMap<EntryIndex, P>,
	/// What of the log was in the state, where that is all that was looked at. `None`: nothing that was asked for is missing.
	pub window: Option<LogWindow>,
}

impl Selected {
	/// What the state has about a patient.
	pub async fn of_patient(chain: &Chain, patient: &AccountId) -> Result<Self, Error> {
		// In the state of one block: what it says of itself is then true of these entries.
		let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
		let window = chain.log_window(block).await?;
		let entries = chain.audit_of_patient_at(patient, block).await?;
		Ok(Self { entries, proofs: BTreeMap::new(), window: Some(window) })
	}

	/// All entries from one to another. Those that were pruned come from their proofs, which have to hold.
	///
	/// # Errors
	///
	/// [`ChainError::BeyondTheEnd`]; [`ChainError::EntryDiscarded`] with the first entry that the node has in no state any
	/// more, and what else [`Chain::prove`] refuses with.
	pub async fn of_range(chain: &Chain, range: RangeInclusive<u64>) -> Result<Self, Error> {
		chain.log_window(AtBlock::Best).await?.ensure_within(EntryIndex(*range.end()))?;
		gather(range, |index| chain.audit_entry(index), |index| prove(chain, index)).await
	}

	/// Proves what is not proven yet.
	pub async fn prove(&mut self, chain: &Chain, context: &Context) -> Result<(), Error> {
		let bar = context.output.bar("proving", self.entries.len());
		for entry in &self.entries {
			if let Entry::Vacant(place) = self.proofs.entry(entry.index) {
				place.insert(chain.prove(entry.index).await?);
			}
			bar.advance(1);
		}
		Ok(())
	}
}

/// What of the log was in the state from which the entries about a patient come.
#[derive(Serialize)]
pub struct Log {
	/// From this entry on all of it was.
	pub from: u64,
	/// How many entries there are before, of which only those are exported that a hold or a review keeps.
	pub pruned: u64,
	/// What gives those before, pruned or not, against a node that keeps the state of all blocks.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub older: Option<String>,
}

impl From<LogWindow> for Log {
	fn from(window: LogWindow) -> Self {
		let from = window.oldest.0;
		let older = from.checked_sub(1).map(|last| {
			format!("hdx audit export --range 0-{last} --format forensic -o older.bundle")
		});
		Self { from, pruned: from, older }
	}
}

impl fmt::Display for Log {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.pruned {
			0 => f.write_str("all of it is in state: none is missing"),
			pruned => write!(
				f,
				"in state from entry {} on: the {} before were pruned, and those about the patient are missing here, but for what a hold or a review keeps",
				self.from,
				count_entries(pruned),
			),
		}
	}
}

/// The entry that a proof of it has, and the proof.
async fn prove(chain: &Chain, index: EntryIndex) -> Result<(AuditEntry, AuditProof), ChainError> {
	let proof = chain.prove(index).await?;
	let entry = proof.verify(&chain.trust_genesis()).map_err(AssembleError::from)?;
	Ok((entry, proof))
}

/// Takes each entry from the state of now, or, where that has it no more, from its proof.
async fn gather<P, S, Q>(
	range: RangeInclusive<u64>,
	in_state: impl Fn(EntryIndex) -> S,
	prove: impl Fn(EntryIndex) -> Q,
) -> Result<Selected<P>, Error>
where
	S: Future<Output = Result<AuditEntry, ChainError>>,
	Q: Future<Output = Result<(AuditEntry, P), ChainError>>,
{
	let (mut entries, mut proofs) = (Vec::new(), BTreeMap::new());
	for index in range.map(EntryIndex) {
		match in_state(index).await {
			Ok(entry) => entries.push(entry),
			Err(ChainError::NotFound { .. }) => {
				let (entry, proof) = prove(index).await?;
				entries.push(entry);
				proofs.insert(index, proof);
			},
			Err(error) => return Err(error.into()),
		}
	}
	Ok(Selected { entries, proofs, window: None })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{AuditAction, AuditEvent, Milliseconds};

	fn entry(index: EntryIndex) -> AuditEntry {
		let event = AuditEvent::new(AuditAction::AccessDecided);
		AuditEntry { index, at: Milliseconds(1_000), block: 3, event }
	}

	/// A range, of which the state has what comes from `oldest` on, and a node proves what comes from `archived` on.
	async fn range(
		range: RangeInclusive<u64>,
		oldest: u64,
		archived: u64,
	) -> Result<Selected<&'static str>, Error> {
		let in_state = |index: EntryIndex| async move {
			match index.0 >= oldest {
				true => Ok(entry(index)),
				false => Err(ChainError::NotFound { what: format!("audit entry {}", index.0) }),
			}
		};
		let prove = |index: EntryIndex| async move {
			match index.0 >= archived {
				true => Ok((entry(index), "a proof")),
				false => Err(ChainError::EntryDiscarded { index: index.0 }),
			}
		};
		gather(range, in_state, prove).await
	}

	#[tokio::test]
	async fn what_was_pruned_is_taken_from_its_proof() {
		let selected = range(2..=6, 5, 0).await.unwrap();
		let indexes: Vec<_> = selected.entries.iter().map(|entry| entry.index.0).collect();
		assert_eq!(indexes, [2, 3, 4, 5, 6]);
		let proven: Vec<_> = selected.proofs.keys().map(|index| index.0).collect();
		assert_eq!(proven, [2, 3, 4]);
		assert!(selected.window.is_none());
	}

	#[tokio::test]
	async fn what_is_in_state_needs_no_proof() {
		let selected = range(2..=6, 0, 100).await.unwrap();
		assert_eq!((selected.entries.len(), selected.proofs.len()), (5, 0));
	}

	#[tokio::test]
	async fn a_range_fails_with_the_first_entry_that_the_node_has_no_more() {
		let error = range(2..=6, 5, 4).await.err().unwrap();
		let says = error.to_string();
		assert!(matches!(error, Error::Chain(ChainError::EntryDiscarded { index: 2 })), "{says}");
		assert!(says.contains("entry 2") && says.contains("--state-pruning archive"), "{says}");
		assert_eq!(error.code(), "discarded");
		assert!(error.help().is_some());
	}

	#[tokio::test]
	async fn a_broken_connection_is_no_pruned_entry() {
		let broken = |_| async { Err(ChainError::Transport("gone".to_owned())) };
		let prove = |index| async move { Ok((entry(index), ())) };
		let error = gather(0..=3, broken, prove).await.err().unwrap();
		assert!(matches!(error, Error::Chain(ChainError::Transport(_))), "{error}");
	}
}
