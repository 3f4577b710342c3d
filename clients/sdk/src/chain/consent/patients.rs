//! Patients' accounts, and the emergency override.

use super::super::{interface, AtBlock, Chain, ChainError, Signer, Until};
use hdx_primitives::AccountId;

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

	/// Allows the emergency override, or opts out of it. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::set_emergency_override`.
	pub async fn set_emergency_override(
		&self,
		patient: &Signer,
		allowed: bool,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().set_emergency_override(allowed);
		self.submit("Consent::set_emergency_override", &call, patient, until).await?;
		Ok(())
	}

	/// Whether a patient allows the emergency override.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn allows_emergency_override(
		&self,
		patient: &AccountId,
		block: AtBlock,
	) -> Result<bool, ChainError> {
		let query =
			interface::view_functions().consent().allows_emergency_override(patient.clone().into());
		self.view(block, query).await
	}
}
