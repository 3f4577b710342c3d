//! Moving from one institution to another.

use super::{
	super::{at::unreadable, interface, AtBlock, Chain, ChainError, Signer, Until},
	Attestation,
};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds};

/// The offer that another institution answers for a practitioner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TransferView {
	/// The institution that answers for them now.
	pub from: InstitutionId,
	/// The institution that may take over.
	pub to: InstitutionId,
	/// When it was offered.
	pub offered_at: Milliseconds,
}

impl Chain {
	/// Offers a practitioner to another institution. The signer operates the one that enrolled them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::offer_transfer`.
	pub async fn offer_transfer(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		to: InstitutionId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.offer_transfer(practitioner.into(), to.into());
		self.submit_registry("offer_transfer", &call, operator, until).await?;
		Ok(())
	}

	/// Takes over a practitioner who was offered, with an attestation of one's own. The signer
	/// operates the institution to which they were offered.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::accept_transfer`.
	pub async fn accept_transfer(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		attestation: Attestation,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().accept_transfer(
			practitioner.into(),
			attestation.kind,
			attestation.commitment.into(),
			attestation.valid.into(),
		);
		self.submit_registry("accept_transfer", &call, operator, until).await?;
		Ok(())
	}

	/// Withdraws the offer of a transfer. The signer is the practitioner, or operates the institution
	/// that made it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::withdraw_transfer`.
	pub async fn withdraw_transfer(
		&self,
		signer: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().withdraw_transfer(practitioner.into());
		self.submit_registry("withdraw_transfer", &call, signer, until).await?;
		Ok(())
	}

	/// The transfer of a practitioner that is offered, if one is.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn transfer_of(
		&self,
		practitioner: &AccountId,
		block: AtBlock,
	) -> Result<Option<TransferView>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().transfers();
		let found = at.storage().try_fetch(address, (practitioner.clone().into(),)).await;
		let found = found.map_err(|error| unreadable(block, error))?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|offer| TransferView {
			from: offer.from.0,
			to: offer.to.0,
			offered_at: offer.offered_at.0,
		}))
	}
}
