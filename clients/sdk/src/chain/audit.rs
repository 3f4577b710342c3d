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

impl Chain {
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
		self.view(block, query).await
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
		let scope = EntryScope::Patient(patient.clone());
		// In the state of one block, so that no page moves while the others are read.
		let block = AtBlock::Hash(self.block_time(AtBlock::Best).await?.hash);
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
