//! Patients, consent documents, consents.

use super::{
	interface::{self, runtime_types::pallet_consent::types},
	Chain, ChainError, Signer, Until,
};
use hdx_primitives::{
	engine::{Policy, Status},
	AccountId, Commitment, ConsentId, TemplateId,
};

/// A consent, as the chain has it.
#[derive(Clone, Debug)]
pub struct ConsentView {
	/// Which.
	pub id: ConsentId,
	/// Whose.
	pub patient: AccountId,
	/// Whether it is in force.
	pub active: bool,
	/// Its version.
	pub version: u32,
	/// When it was given, in milliseconds since 1970.
	pub given_at: u64,
	/// When it was revoked.
	pub revoked_at: Option<u64>,
	/// The template that the patient was shown.
	pub template: TemplateId,
	/// What it says.
	pub policy: Policy,
}

/// A consent-document template, as the chain has it.
#[derive(Clone, Copy, Debug)]
pub struct TemplateView {
	/// Which.
	pub id: TemplateId,
	/// BLAKE2-256 of the URI of the document.
	pub uri_hash: [u8; 32],
	/// Its version.
	pub version: u32,
}

impl Chain {
	/// Brings a patient's account into existence. The signer operates an institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::sponsor_patient`.
	pub async fn sponsor_patient(
		&self,
		operator: &Signer,
		patient: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().sponsor_patient(patient.into());
		self.submit("Consent::sponsor_patient", &call, operator, until).await?;
		Ok(())
	}

	/// Whether an account is a patient.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn is_patient(&self, account: &AccountId) -> Result<bool, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().patients();
		let found = at.storage().try_fetch(address, (account.clone().into(),)).await;
		Ok(found.map_err(ChainError::transport)?.is_some())
	}

	/// Every template that governance published.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn templates(&self) -> Result<Vec<TemplateView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().templates();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut templates = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (id,) = key.decode().map_err(ChainError::transport)?;
			let template = entry.value().decode().map_err(ChainError::transport)?;
			templates.push(TemplateView {
				id: id.0,
				uri_hash: template.uri_hash,
				version: template.version,
			});
		}
		templates.sort_by_key(|template| template.id);
		Ok(templates)
	}

	/// Grants a consent. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::grant`.
	pub async fn grant_consent(
		&self,
		patient: &Signer,
		policy: Policy,
		template: TemplateId,
		document: Commitment,
		until: Until,
	) -> Result<ConsentId, ChainError> {
		let document =
			types::SignedDocument { template: template.into(), commitment: document.into() };
		let call = interface::transactions().consent().grant(policy.into(), document);
		let included = self.submit("Consent::grant", &call, patient, until).await?;
		let event: interface::consent::events::ConsentGranted = included.event("ConsentGranted")?;
		Ok(event.consent.0)
	}

	/// Revokes a consent. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::revoke`.
	pub async fn revoke_consent(
		&self,
		patient: &Signer,
		consent: ConsentId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().revoke(consent.into());
		self.submit("Consent::revoke", &call, patient, until).await?;
		Ok(())
	}

	/// A consent, active or revoked.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Transport`].
	pub async fn consent(&self, id: ConsentId) -> Result<ConsentView, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().consents();
		let found = at
			.storage()
			.try_fetch(address, (id.into(),))
			.await
			.map_err(ChainError::transport)?
			.ok_or_else(|| ChainError::NotFound { what: format!("consent {}", id.0) })?
			.decode()
			.map_err(ChainError::transport)?;
		Ok(ConsentView {
			id,
			patient: found.patient.0,
			active: found.status.0 == Status::Active,
			version: found.version,
			given_at: found.given_at.0 .0,
			revoked_at: found.revoked_at.map(|moment| moment.0 .0),
			template: found.document.template.0,
			policy: found.policy.0,
		})
	}

	/// The active consents of a patient.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn active_consents(&self, patient: &AccountId) -> Result<Vec<ConsentId>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().consents_of();
		let found = at
			.storage()
			.try_fetch(address, (patient.clone().into(),))
			.await
			.map_err(ChainError::transport)?;
		match found {
			Some(ids) => {
				let ids = ids.decode().map_err(ChainError::transport)?;
				Ok(ids.0.into_iter().map(|id| id.0).collect())
			},
			None => Ok(Vec::new()),
		}
	}
}
