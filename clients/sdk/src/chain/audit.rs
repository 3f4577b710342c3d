//! The log, and proofs of it.

use super::{interface, AtBlock, Chain, ChainError};
use crate::proof::{authorities_key, AuditProof, Finality, Header, HexBytes, Pieces};
use codec::Decode;
use hdx_primitives::{AccountId, AuditEntry, EntryIndex, InstitutionId, Period};
use sp_core::H256;
use std::time::{Duration, Instant};
use subxt::rpcs::rpc_params;

/// How long finality may take before waiting for it ends.
const FINALITY_LIMIT: Duration = Duration::from_secs(60);
/// How often a node is asked whether a block is final.
const FINALITY_POLL: Duration = Duration::from_millis(250);

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

#[derive(serde::Deserialize)]
struct ReadProof {
	proof: Vec<HexBytes>,
}

#[derive(serde::Deserialize)]
struct LeavesProof {
	leaves: HexBytes,
	proof: HexBytes,
}

impl Chain {
	/// An entry of the log.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn audit_entry(&self, index: EntryIndex) -> Result<AuditEntry, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().audit().entries();
		let found = at
			.storage()
			.try_fetch(address, (index.into(),))
			.await
			.map_err(ChainError::transport)?
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

	/// A proof of an entry that verifies offline, against the genesis hash alone. Waits until the
	/// block after the entry's is finalized.
	///
	/// # Errors
	///
	/// [`ChainError::NotFinalized`], [`ChainError::Proof`], [`ChainError::NotFound`],
	/// [`ChainError::Transport`].
	pub async fn prove(&self, index: EntryIndex) -> Result<AuditProof, ChainError> {
		let entry = self.audit_entry(index).await?;
		// The block after the entry's holds the leaf about it.
		let leaf_block = entry.block.saturating_add(1);
		let genesis: H256 = self.request("chain_getBlockHash", rpc_params![0]).await?;
		let genesis_header: Header = self.request("chain_getHeader", rpc_params![genesis]).await?;
		let key = HexBytes::from(authorities_key());
		let authorities: ReadProof =
			self.request("state_getReadProof", rpc_params![vec![key], genesis]).await?;

		let finality = self.finality(leaf_block).await?;
		let finalized_header: Header =
			self.request("chain_getHeader", rpc_params![finality.hash]).await?;
		let leaves: LeavesProof = self
			.request(
				"mmr_generateProof",
				rpc_params![vec![leaf_block], finality.number, finality.hash],
			)
			.await?;

		Ok(AuditProof::assemble(Pieces {
			index,
			block_entries: self.entries_of_block(&entry).await?,
			genesis_header,
			authorities_proof: authorities.proof,
			finality,
			set_id: self.set_id().await?,
			finalized_header,
			mmr_leaves: leaves.leaves,
			mmr_proof: leaves.proof,
		})?)
	}

	/// Waits until a block of this number is finalized.
	///
	/// # Errors
	///
	/// [`ChainError::NotFinalized`], [`ChainError::Transport`].
	pub async fn wait_for_finality(&self, block: u32) -> Result<(), ChainError> {
		let since = Instant::now();
		loop {
			let head: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
			let header: Header = self.request("chain_getHeader", rpc_params![head]).await?;
			if header.number >= block {
				return Ok(());
			}
			if since.elapsed() > FINALITY_LIMIT {
				return Err(ChainError::NotFinalized { block, seconds: FINALITY_LIMIT.as_secs() });
			}
			tokio::time::sleep(FINALITY_POLL).await;
		}
	}

	/// A justification of a block at or after `block`: the next one that the validators sign.
	///
	/// `grandpa_proveFinality` would answer from what is stored, but not before the validators
	/// have changed for the first time.
	async fn finality(&self, block: u32) -> Result<Finality, ChainError> {
		let late = || ChainError::NotFinalized { block, seconds: FINALITY_LIMIT.as_secs() };
		let mut justifications = self
			.rpc
			.subscribe::<HexBytes>(
				"grandpa_subscribeJustifications",
				rpc_params![],
				"grandpa_unsubscribeJustifications",
			)
			.await
			.map_err(ChainError::transport)?;
		let covering = async {
			while let Some(justification) = justifications.next().await {
				let justification = justification.map_err(ChainError::transport)?;
				let finality =
					Finality::of_justification(justification.0).map_err(ChainError::transport)?;
				if finality.number >= block {
					return Ok(finality);
				}
			}
			Err(ChainError::transport("the node ended the subscription to justifications"))
		};
		tokio::time::timeout(FINALITY_LIMIT, covering).await.map_err(|_| late())?
	}

	/// All entries of the block that holds `entry`, in order.
	async fn entries_of_block(&self, entry: &AuditEntry) -> Result<Vec<AuditEntry>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().audit().block_logs();
		let log = at
			.storage()
			.try_fetch(address, (entry.block,))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound { what: format!("log of block {}", entry.block) })?
			.decode()
			.map_err(ChainError::transport)?
			.0;
		let mut entries = Vec::new();
		for offset in 0..log.count {
			let index = EntryIndex(log.first.0.saturating_add(offset.into()));
			entries.push(self.audit_entry(index).await?);
		}
		Ok(entries)
	}

	/// Which set of authorities finalizes now.
	async fn set_id(&self) -> Result<u64, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().grandpa().current_set_id();
		let value = at.storage().fetch(address, ()).await.map_err(ChainError::transport)?;
		value.decode().map_err(ChainError::transport)
	}
}
