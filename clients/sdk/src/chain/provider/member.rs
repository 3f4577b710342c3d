//! Who acts for an institution: joining it and leaving it.

use super::super::{interface, AtBlock, Chain, ChainError, Signer, Until};
use hdx_primitives::{AccountId, InstitutionId};

/// The most accounts that the runtime gives at a time.
const PAGE: u32 = 1_000;

impl Chain {
	/// Takes a practitioner on at another institution, which the signer operates.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::add_affiliation`.
	pub async fn add_affiliation(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		until: Until,
	) -> Result<(), ChainError> {
		let call =
			interface::transactions().provider_registry().add_affiliation(practitioner.into());
		self.submit_registry("add_affiliation", &call, operator, until).await?;
		Ok(())
	}

	/// Ends that a practitioner acts for an institution other than the one that enrolled them. The
	/// signer is the practitioner, or operates that institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::leave`.
	pub async fn leave(
		&self,
		signer: &Signer,
		practitioner: AccountId,
		institution: InstitutionId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.leave(practitioner.into(), institution.into());
		self.submit_registry("leave", &call, signer, until).await?;
		Ok(())
	}

	/// Who may act for an institution, in no particular order: at most `limit` accounts (the runtime
	/// gives 1 000 at most), beginning behind `after`.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn members(
		&self,
		institution: InstitutionId,
		after: Option<&AccountId>,
		limit: u32,
		block: AtBlock,
	) -> Result<Vec<AccountId>, ChainError> {
		let query = interface::view_functions().provider_registry().members(
			institution.into(),
			after.map(|account| account.clone().into()),
			limit.min(PAGE),
		);
		self.view(block, query).await
	}
}
