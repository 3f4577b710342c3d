//! Going on under another account.

use super::{
	super::{interface, AtBlock, Chain, ChainError, Signer, Until},
	second_key::signature,
};
use hdx_primitives::{rotate_account_consent, rotate_account_operation, AccountId};

impl Chain {
	/// Lets a practitioner go on under the account of `new`. The signer is the practitioner, whose
	/// second key, if there is one, signs as well, or operates the institution that enrolled them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::rotate_account`.
	pub async fn rotate_account(
		&self,
		signer: &Signer,
		practitioner: AccountId,
		new: &Signer,
		second_key: Option<&Signer>,
		until: Until,
	) -> Result<(), ChainError> {
		let to = new.account();
		let consent = rotate_account_consent(&self.genesis(), &practitioner, &to);
		let factor = match second_key {
			Some(key) => {
				let operation = rotate_account_operation(&practitioner, &to);
				Some(self.sign_operation(&practitioner, operation, key).await?.into())
			},
			None => None,
		};
		let call = interface::transactions().provider_registry().rotate_account(
			practitioner.into(),
			to.into(),
			signature(new, &consent).into(),
			factor,
		);
		self.submit_registry("rotate_account", &call, signer, until).await?;
		Ok(())
	}

	/// The account under which the practitioner of a rotated account goes on.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn successor(
		&self,
		account: &AccountId,
		block: AtBlock,
	) -> Result<Option<AccountId>, ChainError> {
		let query =
			interface::view_functions().provider_registry().successor(account.clone().into());
		self.view(block, query).await
	}
}
