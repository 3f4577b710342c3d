//! New versions of records, and records that are out of use.

use super::{
	interface::{self, runtime_types::pallet_record_access::types::custody::NewManifest},
	AtBlock, Chain, ChainError, SealedAnew, Signer, Until,
};
use hdx_primitives::{AccountId, Commitment, EntryIndex, GrantId, Milliseconds, RecordId};

impl Chain {
	/// Puts a new version in the place of the version `replaces` of a record, which has to be the present one: the custodian's own, or what a grantee brought under
	/// a grant to write or to append. The signer operates the custodian. Says which version it is.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::update_record`.
	pub async fn update_record(
		&self,
		custodian: &Signer,
		record: RecordId,
		replaces: u32,
		new: SealedAnew,
		under: Option<GrantId>,
		until: Until,
	) -> Result<(u32, EntryIndex), ChainError> {
		let new =
			NewManifest { manifest: new.manifest.into(), sections: new.sections, epoch: new.epoch };
		let call = interface::transactions().record_access().update_record(
			record.into(),
			replaces,
			new,
			under.map(Into::into),
		);
		let included = self.submit("RecordAccess::update_record", &call, custodian, until).await?;
		let event: interface::record_access::events::RecordUpdated =
			included.event("RecordUpdated")?;
		Ok((event.version, event.entry.0))
	}

	/// Takes a record out of use. The signer operates the custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::retire_record`.
	pub async fn retire_record(
		&self,
		custodian: &Signer,
		record: RecordId,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().retire_record(record.into());
		let included = self.submit("RecordAccess::retire_record", &call, custodian, until).await?;
		let event: interface::record_access::events::RecordRetired =
			included.event("RecordRetired")?;
		Ok(event.entry.0)
	}

	/// Takes a retired record into use again. The signer operates the custodian.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `RecordAccess::reinstate_record`.
	pub async fn reinstate_record(
		&self,
		custodian: &Signer,
		record: RecordId,
		until: Until,
	) -> Result<EntryIndex, ChainError> {
		let call = interface::transactions().record_access().reinstate_record(record.into());
		let included =
			self.submit("RecordAccess::reinstate_record", &call, custodian, until).await?;
		let event: interface::record_access::events::RecordReinstated =
			included.event("RecordReinstated")?;
		Ok(event.entry.0)
	}

	/// Which version a record is, counted from 1. `None`: there is no such record.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn record_version(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<u32>, ChainError> {
		let query = interface::view_functions().record_access().record_version(record.into());
		self.view(block, query).await
	}

	/// The record of a patient that had this manifest before its present one.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn superseded_manifest(
		&self,
		patient: &AccountId,
		manifest: Commitment,
	) -> Result<Option<RecordId>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().record_access().superseded_manifests();
		let key = ((patient.clone().into(), manifest.into()),);
		let found = at.storage().try_fetch(address, key).await.map_err(ChainError::transport)?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|record| record.0))
	}

	/// Since when a record is out of use. `None`: it is in use, or not there.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Transport`].
	pub async fn retired_since(
		&self,
		record: RecordId,
		block: AtBlock,
	) -> Result<Option<Milliseconds>, ChainError> {
		let query = interface::view_functions().record_access().retired_since(record.into());
		self.view(block, query).await
	}
}
