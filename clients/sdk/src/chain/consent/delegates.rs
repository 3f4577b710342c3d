//! Delegates: who may act for a patient, within a narrower scope.

use super::super::{interface, AtBlock, Chain, ChainError, Signer, Until};
use hdx_primitives::{
	consent::{DelegateTerms, Delegation},
	AccountId,
};

impl Chain {
	/// Names a delegate, or changes what one may do. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::delegate`.
	pub async fn delegate(
		&self,
		patient: &Signer,
		delegate: AccountId,
		terms: DelegateTerms,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().delegate(delegate.into(), terms.into());
		self.submit("Consent::delegate", &call, patient, until).await?;
		Ok(())
	}

	/// Takes a delegate's powers back. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::revoke_delegate`.
	pub async fn revoke_delegate(
		&self,
		patient: &Signer,
		delegate: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().consent().revoke_delegate(delegate.into());
		self.submit("Consent::revoke_delegate", &call, patient, until).await?;
		Ok(())
	}

	/// The delegates of a patient.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn delegates(&self, patient: &AccountId) -> Result<Vec<Delegation>, ChainError> {
		let query = interface::view_functions().consent().delegates(patient.clone().into());
		self.view(AtBlock::Best, query).await
	}
}
