//! Reading consents, and asking for decisions, at any block whose state is kept.

use super::super::{at::unreadable, interface, AtBlock, Chain, ChainError};
use hdx_primitives::{
	consent::{
		ConsentQuery, ConsentRecord, ConsentSummary, ErasureConfirmation, UsageWindow,
		VersionRecord,
	},
	engine::Decision,
	AccountId, ConsentId, InstitutionId,
};

/// How many consents are asked for at a time; the most that the runtime gives.
const PAGE: u32 = 100;

impl Chain {
	/// A consent in its current version: in force, ended or revoked.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn consent(&self, id: ConsentId) -> Result<ConsentRecord, ChainError> {
		self.consent_at(id, AtBlock::Best).await
	}

	/// A consent as it was at a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn consent_at(
		&self,
		id: ConsentId,
		block: AtBlock,
	) -> Result<ConsentRecord, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().consent().consents();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(|error| unreadable(block, error))?
			.ok_or_else(|| ChainError::NotFound { what: format!("consent {}", id.0) })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(found.0)
	}

	/// The consents of a patient that are not revoked and whose time is not over.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn active_consents(&self, patient: &AccountId) -> Result<Vec<ConsentId>, ChainError> {
		let query = interface::view_functions().consent().active_consents(patient.clone().into());
		self.view(AtBlock::Best, query).await
	}

	/// Every consent that a patient had given at a block, ended and revoked ones included, in the
	/// order they were granted.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn consents_of(
		&self,
		patient: &AccountId,
		block: AtBlock,
	) -> Result<Vec<ConsentSummary>, ChainError> {
		let at = self.state(block).await?;
		let mut consents = Vec::new();
		loop {
			let skip = u32::try_from(consents.len()).unwrap_or(u32::MAX);
			let query =
				interface::runtime_apis().consent_api().list(patient.clone().into(), skip, PAGE);
			let page = at.runtime_apis().call(query).await;
			let page = page.map_err(|error| unreadable(block, error))?;
			let is_last = page.len() < PAGE as usize;
			consents.extend(page.into_iter().map(|summary| summary.0));
			if is_last {
				return Ok(consents);
			}
		}
	}

	/// Every version of a consent until a block, the first one first. Empty where there was no such
	/// consent.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn consent_history(
		&self,
		id: ConsentId,
		block: AtBlock,
	) -> Result<Vec<VersionRecord>, ChainError> {
		let at = self.state(block).await?;
		let query = interface::runtime_apis().consent_api().history(id.into());
		let found =
			at.runtime_apis().call(query).await.map_err(|error| unreadable(block, error))?;
		Ok(found.into_iter().map(|version| version.0).collect())
	}

	/// What the consents of a patient decided at a block. Whether who asks may practise is not
	/// looked at.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn decide(
		&self,
		patient: &AccountId,
		query: ConsentQuery,
		block: AtBlock,
	) -> Result<Decision, ChainError> {
		let at = self.state(block).await?;
		let query =
			interface::runtime_apis().consent_api().decide(patient.clone().into(), query.into());
		let found =
			at.runtime_apis().call(query).await.map_err(|error| unreadable(block, error))?;
		Ok(found.0)
	}

	/// The disclosures of the last window of time in which there were any. `None`: none were
	/// counted, since there were none or their number is not limited.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn consent_usage(&self, id: ConsentId) -> Result<Option<UsageWindow>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().usage();
		let found = at.storage().try_fetch(address, (id.into(),)).await;
		let found = found.map_err(ChainError::transport)?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|usage| usage.0))
	}

	/// Which institutions confirmed that they erased what they were given, by version.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn erasures(
		&self,
		id: ConsentId,
	) -> Result<Vec<(u32, InstitutionId, ErasureConfirmation)>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().erasures();
		let entries = at.storage().iter(address, (id.into(),)).await;
		let mut entries = entries.map_err(ChainError::transport)?;
		let mut erasures = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (_, (version, institution)) = key.decode().map_err(ChainError::transport)?;
			let confirmation = entry.value().decode().map_err(ChainError::transport)?;
			erasures.push((version, institution.0, confirmation.0));
		}
		erasures.sort_by_key(|(version, institution, _)| (*version, *institution));
		Ok(erasures)
	}
}
