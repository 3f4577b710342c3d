//! Proofs of entries of the log.

use super::{at::unreadable, interface, search::first_that, AtBlock, Chain, ChainError};
use crate::proof::{
	authorities_key, AuditProof, Finality, Header, HexBytes, Pieces, SetId, TrustRoot,
};
use hdx_primitives::{AuditEntry, EntryIndex};
use sp_core::H256;
use std::time::{Duration, Instant};
use subxt::rpcs::rpc_params;

/// How long finality may take before waiting for it ends.
const FINALITY_LIMIT: Duration = Duration::from_secs(60);
/// How often a node is asked whether a block is final.
const FINALITY_POLL: Duration = Duration::from_millis(250);

/// What a node's refusal to prove leaves ends with (`GenerateProof` of mmr-rpc).
const NO_PROOF_NOW: &str = "(8012)";
/// How often a node that refuses is asked again.
const PROOF_TRIES: u32 = 20;

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
	/// A proof of an entry that verifies offline, against the genesis hash alone. Waits until the
	/// block after the entry's is finalized. An entry that was pruned is taken from the state of its
	/// own block, which archive nodes have.
	///
	/// # Errors
	///
	/// [`ChainError::NotFinalized`], [`ChainError::Proof`], [`ChainError::NotFound`] where there never was
	/// such an entry, [`ChainError::EntryDiscarded`] where the node has no state any more that had it,
	/// [`ChainError::Discarded`] and [`ChainError::NoJustification`] where it has not what else the proof needs,
	/// [`ChainError::Transport`].
	pub async fn prove(&self, index: EntryIndex) -> Result<AuditProof, ChainError> {
		self.prove_from(index, &self.trust_genesis()).await
	}

	/// The same, for who trusts something else than the genesis hash: with a later set of authorities the proof is
	/// shorter, and needs no state of the genesis block.
	///
	/// # Errors
	///
	/// Those of [`prove`](Self::prove).
	pub async fn prove_from(
		&self,
		index: EntryIndex,
		trust: &TrustRoot,
	) -> Result<AuditProof, ChainError> {
		match self.log_in(index, AtBlock::Best).await {
			// Pruned, or held without its neighbours.
			Err(ChainError::NotFound { .. }) => self.prove_from_archive(index, trust).await,
			found => self.prove_among(index, found?, trust).await,
		}
	}

	/// The same, without a look at the state of now: as if the entry were pruned.
	///
	/// # Errors
	///
	/// Those of [`prove`](Self::prove).
	pub async fn prove_from_archive(
		&self,
		index: EntryIndex,
		trust: &TrustRoot,
	) -> Result<AuditProof, ChainError> {
		// What genesis recorded is sealed by the block after it.
		let block = AtBlock::Number(self.block_with_entry(index).await?.max(1));
		match self.log_in(index, block).await {
			// It was written by then and is not there: the states before are gone, and with them that of
			// its own block. Or this one went while it was looked at.
			Err(ChainError::NotFound { .. } | ChainError::Discarded { .. }) => {
				Err(ChainError::EntryDiscarded { index: index.0 })
			},
			found => self.prove_among(index, found?, trust).await,
		}
	}

	/// What a verifier trusts who has this chain's genesis hash.
	pub fn trust_genesis(&self) -> TrustRoot {
		TrustRoot::Genesis(self.genesis().into())
	}

	/// The first block whose state the node has and by which an entry was written: that of the entry, if the
	/// node has its state.
	async fn block_with_entry(&self, index: EntryIndex) -> Result<u32, ChainError> {
		let newest = self.block_time(AtBlock::Best).await?.number;
		let newest = u32::try_from(newest).map_err(ChainError::transport)?;
		let found = first_that(0..=newest, |number| async move {
			match self.log_length(AtBlock::Number(number)).await {
				Ok(next) => Ok(next > index),
				// Nodes throw the oldest states away first: what is sought is newer, or gone, too.
				Err(ChainError::Discarded { .. }) => Ok(false),
				Err(error) => Err(error),
			}
		})
		.await?;
		found.ok_or_else(|| ChainError::NotFound { what: format!("audit entry {}", index.0) })
	}

	/// All entries of the block that holds this one, as the state of a block has them.
	async fn log_in(
		&self,
		index: EntryIndex,
		block: AtBlock,
	) -> Result<Vec<AuditEntry>, ChainError> {
		let entry = self.audit_entry_at(index, block).await?;
		self.entries_of_block(&entry, block).await
	}

	/// Proves an entry, whose block has these.
	async fn prove_among(
		&self,
		index: EntryIndex,
		block_entries: Vec<AuditEntry>,
		trust: &TrustRoot,
	) -> Result<AuditProof, ChainError> {
		let entry = block_entries.iter().find(|entry| entry.index == index);
		let entry = entry
			.ok_or_else(|| ChainError::NotFound { what: format!("audit entry {}", index.0) })?;
		// The block after the entry's holds the leaf about it.
		let leaf_block = entry.block.saturating_add(1);
		let genesis: H256 = self.request("chain_getBlockHash", rpc_params![0]).await?;
		let genesis_header: Header = self.request("chain_getHeader", rpc_params![genesis]).await?;
		let (first, authorities_proof) = self.beginning(trust, genesis).await?;

		let finality = self.finality(leaf_block).await?;
		let finalized_header: Header =
			self.request("chain_getHeader", rpc_params![finality.hash]).await?;
		// The first block has the leaf about genesis.
		let leaves = self.leaves(&[1, leaf_block], &finality).await?;
		// All of it is about blocks up to that one, which nothing undoes: whatever set finalizes by now, the answers fit
		// together.
		let (set_id, handovers) = self.handovers(first, finality.number).await?;

		Ok(AuditProof::assemble(Pieces {
			trust: trust.clone(),
			index,
			block_entries,
			genesis_header,
			authorities_proof,
			finality,
			set_id,
			handovers,
			finalized_header,
			mmr_leaves: leaves.leaves,
			mmr_proof: leaves.proof,
		})?)
	}

	/// The leaves of these blocks, with their proof in the tree of the finalized block.
	///
	/// Just after a block became final, a node moves what it has of the tree to where it keeps what is final, and proves nothing
	/// of it meanwhile. So it is asked again for a while.
	async fn leaves(&self, blocks: &[u32], finality: &Finality) -> Result<LeavesProof, ChainError> {
		let mut tries = 0u32;
		loop {
			let params = rpc_params![blocks, finality.number, finality.hash];
			match self.request("mmr_generateProof", params).await {
				Err(ChainError::Transport(reason))
					if reason.contains(NO_PROOF_NOW) && tries < PROOF_TRIES =>
				{
					tries = tries.saturating_add(1);
					tokio::time::sleep(FINALITY_POLL).await;
				},
				answer => return answer,
			}
		}
	}

	/// The number of the set that is trusted, and what shows its members in the genesis state, where it is that of
	/// genesis.
	async fn beginning(
		&self,
		trust: &TrustRoot,
		genesis: H256,
	) -> Result<(SetId, Vec<HexBytes>), ChainError> {
		match trust {
			TrustRoot::Genesis(_) => {
				let key = HexBytes::from(authorities_key());
				let authorities: ReadProof = self
					.rpc
					.request("state_getReadProof", rpc_params![vec![key], genesis])
					.await
					.map_err(|error| unreadable(AtBlock::Number(0), error))?;
				Ok((0, authorities.proof))
			},
			TrustRoot::Authorities { set_id, .. } => Ok((*set_id, Vec::new())),
		}
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
	/// `grandpa_proveFinality` would answer from what is stored. For a block of a set that has ended that is the set's last
	/// block, which does for this one, too; but for a block of the set in force it is the newest that the node happens to
	/// keep, and that may be of before this block.
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
	async fn entries_of_block(
		&self,
		entry: &AuditEntry,
		block: AtBlock,
	) -> Result<Vec<AuditEntry>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().audit().block_logs();
		let log = at
			.storage()
			.try_fetch(address, (entry.block,))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound { what: format!("log of block {}", entry.block) })?
			.decode()
			.map_err(ChainError::transport)?
			.0;
		let mut entries = Vec::new();
		for offset in 0..log.count {
			let index = EntryIndex(log.first.0.saturating_add(offset.into()));
			entries.push(self.audit_entry_at(index, block).await?);
		}
		Ok(entries)
	}
}
