//! Disclosures, many at once.

use super::{
	interface::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_record_access::types::batch::GrantUse as OnChainUse,
		},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use hdx_primitives::{
	disclosure::{DisclosureBatch, DisclosureLeaf, InclusionProof, LeafRefusal},
	BatchId, EntryIndex, GrantId, Milliseconds, RecordId,
};
use sp_core::H256;

/// Most pairs of grant and record of one batch.
pub const MAX_GRANT_USES: usize = 128;

/// How many disclosures of a batch were made from one record under one grant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GrantUse {
	/// The grant.
	pub grant: GrantId,
	/// The record.
	pub record: RecordId,
	/// How many.
	pub uses: u32,
}

/// What a custodian reports of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DisclosureReport {
	/// The root of the tree over the leaves.
	pub root: H256,
	/// How many leaves.
	pub count: u32,
	/// When the first disclosure was made.
	pub first_at: Milliseconds,
	/// When the last one was made.
	pub last_at: Milliseconds,
	/// Under which grants: sorted by grant, then record, each pair once, at most [`MAX_GRANT_USES`].
	pub uses: Vec<GrantUse>,
}

impl Chain {
	/// Confirms what was released under many grants. The signer operates the custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::record_disclosures`. Where one pair is
	/// refused, all are, and [`ChainError::RefusedItem`] says which and why.
	pub async fn record_disclosures(
		&self,
		custodian: &Signer,
		report: &DisclosureReport,
		until: Until,
	) -> Result<(BatchId, EntryIndex), ChainError> {
		let uses = report.uses.iter().map(|used| OnChainUse {
			grant: used.grant.into(),
			record: used.record.into(),
			uses: used.uses,
		});
		let call = interface::transactions().record_access().record_disclosures(
			report.root,
			report.count,
			report.first_at.into(),
			report.last_at.into(),
			BoundedVec(uses.collect()),
		);
		let included =
			self.submit("RecordAccess::record_disclosures", &call, custodian, until).await?;
		let event: interface::record_access::events::DisclosuresRecorded =
			included.event("DisclosuresRecorded")?;
		Ok((event.batch.0, event.entry.0))
	}

	/// A batch of disclosures. `None`: there never was one of that number, or its entry was pruned.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn disclosure_batch(
		&self,
		batch: BatchId,
		block: AtBlock,
	) -> Result<Option<DisclosureBatch>, ChainError> {
		let query = interface::view_functions().record_access().disclosure_batch(batch.into());
		self.view(block, query).await
	}

	/// Whether a batch holds a disclosure, and the grant that it names says the same.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn check_disclosure(
		&self,
		batch: BatchId,
		leaf: &DisclosureLeaf,
		proof: &InclusionProof,
		block: AtBlock,
	) -> Result<Result<(), LeafRefusal>, ChainError> {
		let query = interface::view_functions().record_access().check_disclosure(
			batch.into(),
			leaf.clone().into(),
			proof.clone().into(),
		);
		self.view(block, query).await
	}
}
