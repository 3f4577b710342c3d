//! The log, as it is read.

use super::{at::unreadable, interface, AtBlock, Chain, ChainError};
use codec::Decode;
use hdx_primitives::{AccountId, AuditEntry, EntryIndex, InstitutionId, Period};

/// Whose entries of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryScope {
	/// All of them.
	All,
	/// Those about a patient.
	Patient(AccountId),
	/// Those about what an account did or asked.
	Actor(AccountId),
	/// Those about what was done or asked for an institution, and what was done about it.
	Institution(InstitutionId),
}

/// Which of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct EntryFilter {
	/// Those of blocks whose time is in this period.
	pub period: Period,
	/// Those that were denied, or those that were not. `None`: all.
	pub denied: Option<bool>,
}

/// A page of the log.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct EntryPage {
	/// The entries, the oldest first.
	pub entries: Vec<AuditEntry>,
	/// Ask for the next page from here. `None`: there is none.
	pub next: Option<EntryIndex>,
}

/// What of the log is in the state of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogWindow {
	/// From this entry on all of them are in the state. Of those before, only what a legal hold or an open review keeps is.
	pub oldest: EntryIndex,
	/// How many entries were ever written: the index that the next one gets.
	pub length: EntryIndex,
}

impl LogWindow {
	/// Whether entries have been pruned.
	pub fn is_pruned(&self) -> bool {
		self.oldest > EntryIndex(0)
	}

	/// Refuses what is beyond the end of the log. Where there are no entries, the first is not beyond it.
	///
	/// # Errors
	///
	/// [`ChainError::BeyondTheEnd`].
	pub fn ensure_within(&self, index: EntryIndex) -> Result<(), ChainError> {
		if index > EntryIndex(0) && index >= self.length {
			return Err(ChainError::BeyondTheEnd { index: index.0, length: self.length.0 });
		}
		Ok(())
	}
}

impl Chain {
	/// What of the log is in the state of a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn log_window(&self, block: AtBlock) -> Result<LogWindow, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().oldest_entry();
		let found = at.storage().try_fetch(address, ()).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		let oldest = found.map_or(EntryIndex(0), |index| index.0);
		Ok(LogWindow { oldest, length: self.log_length(block).await? })
	}

	/// The index that the first entry after a block has.
	pub(super) async fn log_length(&self, block: AtBlock) -> Result<EntryIndex, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().next_entry_index();
		let found = at.storage().try_fetch(address, ()).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map_or(EntryIndex(0), |index| index.0))
	}

	/// An entry of the log.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn audit_entry(&self, index: EntryIndex) -> Result<AuditEntry, ChainError> {
		self.audit_entry_at(index, AtBlock::Best).await
	}

	/// An entry of the log, in the state of a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn audit_entry_at(
		&self,
		index: EntryIndex,
		block: AtBlock,
	) -> Result<AuditEntry, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().entries();
		let found = at
			.storage()
			.try_fetch(address, (index.into(),))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound { what: format!("audit entry {}", index.0) })?;
		Ok(found.decode().map_err(ChainError::transport)?.0)
	}

	/// A page of the entries that are in state, the oldest first: at most `limit`, and at most a hundred, from
	/// index `from` on. A page can be empty and still name a next one: a filter can pass over many.
	///
	/// # Errors
	///
	/// [`ChainError::BeyondTheEnd`] where the log has no entry `from`, and this is not the first page;
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn audit_entries(
		&self,
		scope: &EntryScope,
		filter: EntryFilter,
		from: EntryIndex,
		limit: u32,
		block: AtBlock,
	) -> Result<EntryPage, ChainError> {
		use interface::runtime_types::pallet_audit::query as chain;
		let scope = match scope.clone() {
			EntryScope::All => chain::EntryScope::All,
			EntryScope::Patient(account) => chain::EntryScope::Patient(account.into()),
			EntryScope::Actor(account) => chain::EntryScope::Actor(account.into()),
			EntryScope::Institution(id) => chain::EntryScope::Institution(id.into()),
		};
		let outcome = filter.denied.map(|denied| match denied {
			true => chain::OutcomeFilter::Denied,
			false => chain::OutcomeFilter::Success,
		});
		let filter = chain::EntryFilter { period: filter.period.into(), outcome };
		let query = interface::view_functions().audit().entries(scope, filter, from.into(), limit);
		let page: EntryPage = self.view(block, query).await?;
		// The view answers beyond the end as where nothing is found.
		if page.entries.is_empty() && page.next.is_none() {
			self.log_window(block).await?.ensure_within(from)?;
		}
		Ok(page)
	}

	/// All entries about a patient that are in state, the oldest first.
	///
	/// # Errors
	///
	/// Those of [`audit_entries`](Self::audit_entries).
	pub async fn audit_of_patient(
		&self,
		patient: &AccountId,
	) -> Result<Vec<AuditEntry>, ChainError> {
		// In the state of one block, so that no page moves while the others are read.
		let block = AtBlock::Hash(self.block_time(AtBlock::Best).await?.hash);
		self.audit_of_patient_at(patient, block).await
	}

	/// All entries about a patient that are in the state of a block, the oldest first. Those that were pruned by then are
	/// missing: [`log_window`](Self::log_window) tells from which one on none is.
	///
	/// # Errors
	///
	/// Those of [`audit_entries`](Self::audit_entries).
	pub async fn audit_of_patient_at(
		&self,
		patient: &AccountId,
		block: AtBlock,
	) -> Result<Vec<AuditEntry>, ChainError> {
		let scope = EntryScope::Patient(patient.clone());
		let mut from = Some(EntryIndex(0));
		let mut entries = Vec::new();
		while let Some(start) = from {
			let page =
				self.audit_entries(&scope, EntryFilter::default(), start, u32::MAX, block).await?;
			entries.extend(page.entries);
			from = page.next;
		}
		Ok(entries)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn fails_when_a_page_begins_beyond_the_end() {
		let window = LogWindow { oldest: EntryIndex(4), length: EntryIndex(10) };
		for index in [0, 3, 4, 9] {
			assert!(window.ensure_within(EntryIndex(index)).is_ok(), "{index}");
		}
		for index in [10, 11, u64::MAX] {
			let error = window.ensure_within(EntryIndex(index)).unwrap_err();
			let says = error.to_string();
			assert!(
				matches!(error, ChainError::BeyondTheEnd { length: 10, .. }),
				"{index}: {says}"
			);
			assert!(says.contains("10 entries") && says.contains("the last one is 9"), "{says}");
		}
	}

	#[test]
	fn the_first_page_of_an_empty_log_is_empty() {
		let empty = LogWindow { oldest: EntryIndex(0), length: EntryIndex(0) };
		assert!(empty.ensure_within(EntryIndex(0)).is_ok());
		assert!(empty.ensure_within(EntryIndex(1)).is_err());
	}

	#[test]
	fn a_log_is_pruned_where_its_first_entry_may_be_gone() {
		let of = |oldest| LogWindow { oldest: EntryIndex(oldest), length: EntryIndex(10) };
		assert!(!of(0).is_pruned());
		assert!(of(1).is_pruned());
	}
}
