//! Second keys, and their signatures on single operations.

use super::{
	super::{
		interface::{self, runtime_types::pallet_provider_registry::types::second_key},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	SecondKey,
};
use hdx_primitives::{
	replace_second_key_operation, second_factor_payload, AccountId, Milliseconds, SecondFactor,
	H256,
};
use sp_core::sr25519::Signature;
use sp_runtime::MultiSignature;

/// The second key that a signer's key is.
pub fn second_key_of(signer: &Signer) -> SecondKey {
	second_key::SecondKey::Sr25519(signer.pair.public_key().0)
}

/// A second key's signature on one operation: by this account, as the `counter`th that is accepted,
/// until `valid_until`.
pub fn operation_signature(
	genesis: &[u8; 32],
	account: &AccountId,
	counter: u64,
	operation: H256,
	valid_until: Milliseconds,
	second_key: &Signer,
) -> SecondFactor {
	let payload = second_factor_payload(genesis, account, counter, operation, valid_until);
	SecondFactor { signature: signature(second_key, &payload), valid_until }
}

/// A key's signature on a message.
pub(super) fn signature(signer: &Signer, message: &[u8]) -> MultiSignature {
	MultiSignature::Sr25519(Signature::from_raw(signer.pair.sign(message).0))
}

impl Chain {
	/// A second key's signature on the next operation of an account, valid for as long as the chain
	/// lets one be. Whatever the account confirms before makes it invalid.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn sign_operation(
		&self,
		account: &AccountId,
		operation: H256,
		second_key: &Signer,
	) -> Result<SecondFactor, ChainError> {
		let counter = self.second_factor_count(account, AtBlock::Best).await?;
		let longest = interface::constants().provider_registry().max_confirmation_age();
		let longest = self.best().await?.constants().entry(longest);
		let longest = longest.map_err(ChainError::transport)?;
		let valid_until = self.now().await?.saturating_add(longest.0);
		let genesis = self.genesis();
		Ok(operation_signature(&genesis, account, counter, operation, valid_until, second_key))
	}

	/// Registers the practitioner's own second key, where there is none.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::register_second_key`.
	pub async fn register_second_key(
		&self,
		practitioner: &Signer,
		key: SecondKey,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().register_second_key(key);
		self.submit_registry("register_second_key", &call, practitioner, until).await?;
		Ok(())
	}

	/// Replaces the practitioner's own second key; the old one signs that.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::replace_second_key`.
	pub async fn replace_second_key(
		&self,
		practitioner: &Signer,
		old: &Signer,
		key: SecondKey,
		until: Until,
	) -> Result<(), ChainError> {
		let operation = replace_second_key_operation(&key);
		let factor = self.sign_operation(&practitioner.account(), operation, old).await?;
		let call =
			interface::transactions().provider_registry().replace_second_key(key, factor.into());
		self.submit_registry("replace_second_key", &call, practitioner, until).await?;
		Ok(())
	}

	/// Sets a practitioner's second key, since the old one is lost. The signer operates the
	/// institution that enrolled the practitioner.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::reset_second_key`.
	pub async fn reset_second_key(
		&self,
		operator: &Signer,
		practitioner: AccountId,
		key: SecondKey,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.reset_second_key(practitioner.into(), key);
		self.submit_registry("reset_second_key", &call, operator, until).await?;
		Ok(())
	}

	/// The second key of a practitioner, if there is one.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn second_key(
		&self,
		practitioner: &AccountId,
		block: AtBlock,
	) -> Result<Option<SecondKey>, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().provider_registry().second_keys();
		let found = at.storage().try_fetch(address, (practitioner.clone().into(),)).await;
		let found = found.map_err(|error| super::super::at::unreadable(block, error))?;
		found.map(|value| value.decode()).transpose().map_err(ChainError::transport)
	}

	/// How many signatures of second keys were accepted for an account: the number that the next one
	/// has to name.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn second_factor_count(
		&self,
		account: &AccountId,
		block: AtBlock,
	) -> Result<u64, ChainError> {
		let account = account.clone().into();
		let query = interface::view_functions().provider_registry().second_factor_count(account);
		self.view(block, query).await
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::operation_hash;
	use sp_runtime::traits::Verify;

	#[test]
	fn what_the_second_key_signs_is_what_the_registry_verifies() {
		let second = Signer::read("//Dave//phone").unwrap();
		let dave = Signer::read("//Dave").unwrap().account();
		let (genesis, until) = ([7; 32], Milliseconds(60_000));
		let operation = operation_hash(&"an operation");
		let factor = operation_signature(&genesis, &dave, 3, operation, until, &second);
		assert_eq!(factor.valid_until, until);
		let verifies = |counter, operation| {
			let payload = second_factor_payload(&H256(genesis), &dave, counter, operation, until);
			factor.signature.verify(payload.as_slice(), &second.account())
		};
		assert!(verifies(3, operation));
		assert!(!verifies(4, operation));
		assert!(!verifies(3, operation_hash(&"another")));
	}

	#[test]
	fn a_second_key_is_encoded_as_the_registry_encodes_it() {
		let second = Signer::read("//Dave//phone").unwrap();
		let signer = sp_runtime::MultiSigner::Sr25519(second.pair.public_key().0.into());
		assert_eq!(codec::Encode::encode(&second_key_of(&second)), codec::Encode::encode(&signer));
	}
}
