//! What goes on elsewhere because a key or an institution is gone.

use super::{
	super::{
		interface::{self, runtime_types::pallet_provider_registry::pallet::Call},
		Chain, ChainError, Signer, Until,
	},
	Agreement, Attestation,
};
use hdx_primitives::AccountId;

impl Chain {
	/// Gives all that an account is registered for (operator, trusted issuer, oracle) to an account
	/// that is nobody's yet, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::replace_account`.
	pub async fn replace_account(
		&self,
		governance: &Signer,
		from: AccountId,
		to: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::replace_account { from: from.into(), to: to.into() };
		self.govern_registry("replace_account", call, governance, until).await?;
		Ok(())
	}

	/// Takes over a practitioner whose home has closed and who agreed, with an attestation of the new
	/// home, whose operator signs.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::take_over`.
	pub async fn take_over(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		agreement: Agreement,
		attestation: Attestation,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().take_over(
			practitioner.into(),
			agreement.into(),
			attestation.kind,
			attestation.commitment.into(),
			attestation.valid.into(),
		);
		self.submit_registry("take_over", &call, operator, until).await?;
		Ok(())
	}
}
