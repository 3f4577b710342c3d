//! Who keeps a record: passing custody on.

use super::{
	interface::{self, runtime_types::pallet_record_access::types::custody::NewManifest},
	AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{Commitment, EntryIndex, InstitutionId, Milliseconds, RecordId};

/// That the custodian of a record offers it to another institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct CustodyOffer {
	/// To whom.
	pub to: InstitutionId,
	/// Since when.
	pub offered_at: Milliseconds,
}

/// The manifest of a record that was sealed anew, with keys of a later generation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SealedAnew {
	/// Salted commitment to it.
	pub manifest: Commitment,
	/// How many sections it lists.
	pub sections: u32,
	/// The generation of their keys.
	pub epoch: u32,
}

impl Chain {
	/// Offers a record to another institution. The signer operates its custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::offer_custody`.
	pub async fn offer_custody(
		&self,
		custodian: &Signer,
		record: RecordId,
		to: InstitutionId,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call =
			interface::transactions().record_access().offer_custody(record.into(), to.into());
		let included = self.submit("RecordAccess::offer_custody", &call, custodian, until).await?;
		let event: interface::record_access::events::CustodyOffered =
			included.event("CustodyOffered")?;
		Ok(event.entry.0)
	}

	/// Withdraws the offer of a record, or declines it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::withdraw_custody_offer`.
	pub async fn withdraw_custody_offer(
		&self,
		operator: &Signer,
		record: RecordId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().record_access().withdraw_custody_offer(record.into());
		self.submit("RecordAccess::withdraw_custody_offer", &call, operator, until).await?;
		Ok(())
	}

	/// Takes over this version of a record that was offered, with its seals as they are, or sealed anew. The signer
	/// operates the institution that it was offered to, which holds the sealed sections and their keys.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::accept_custody`.
	pub async fn accept_custody(
		&self,
		operator: &Signer,
		record: RecordId,
		version: u32,
		sealed_anew: Option<SealedAnew>,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let sealed_anew = sealed_anew.map(|anew| NewManifest {
			manifest: anew.manifest.into(),
			sections: anew.sections,
			epoch: anew.epoch,
		});
		let call = interface::transactions().record_access().accept_custody(
			record.into(),
			version,
			sealed_anew,
		);
		let included = self.submit("RecordAccess::accept_custody", &call, operator, until).await?;
		let event: interface::record_access::events::CustodyTransferred =
			included.event("CustodyTransferred")?;
		Ok(event.entry.0)
	}

	/// To whom a record is offered, if it is.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn custody_offer(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<CustodyOffer>, ChainError> {
		let query = interface::view_functions().record_access().custody_offer(record.into());
		self.view(block, query).await
	}
}
