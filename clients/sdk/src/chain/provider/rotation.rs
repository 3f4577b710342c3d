//! Going on under another account.

use super::{
	super::{interface, AtBlock, Chain, ChainError, Signer, Until},
	Agreement,
};
use hdx_primitives::{rotate_account_operation, AccountId};

/// Who goes on under which account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rotation {
	/// The account of before.
	pub from: AccountId,
	/// The account from now on.
	pub to: AccountId,
	/// BLAKE2-256 of the X-Wing public key to which records are wrapped from now on.
	pub key_agreement: [u8; 32],
	/// The new account's agreement to all of that.
	pub agreement: Agreement,
}

impl Chain {
	/// Lets a practitioner go on under another account. The signer is the practitioner, whose
	/// second key, if there is one, signs as well, or operates the institution that enrolled them.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::rotate_account`.
	pub async fn rotate_account(
		&self,
		signer: &Signer,
		rotation: Rotation,
		second_key: Option<&Signer>,
		until: Until,
	) -> Result<(), ChainError> {
		let Rotation { from, to, key_agreement, agreement } = rotation;
		let factor = match second_key {
			Some(key) => {
				let operation = rotate_account_operation(&from, &to, &key_agreement);
				Some(self.sign_operation(&from, operation, key).await?.into())
			},
			None => None,
		};
		let call = interface::transactions().provider_registry().rotate_account(
			from.into(),
			to.into(),
			key_agreement,
			agreement.into(),
			factor,
		);
		self.submit_registry("rotate_account", &call, signer, until).await?;
		Ok(())
	}

	/// The account that followed one that was rotated or replaced.
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
