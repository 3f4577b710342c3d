//! What an account signs outside of a transaction of its own, so that somebody else can send it.
//!
//! The new device, or the practitioner of a closed institution, is elsewhere than the operator who
//! sends the transaction: an [`Agreement`] is signed there and carried over, and its validity is short.

use super::{
	super::{interface, Chain, ChainError, Signer},
	second_key::signature,
};
pub use hdx_primitives::Agreement;
use hdx_primitives::{
	rotate_account_agreement, take_over_agreement, AccountId, InstitutionId, Milliseconds,
};

/// What is agreed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Agreed {
	/// Who signs goes on for `from`, with this hash of an X-Wing public key.
	Rotate {
		/// The practitioner's account of before.
		from: AccountId,
		/// BLAKE2-256 of the X-Wing public key to which records are wrapped from then on.
		key_agreement: [u8; 32],
	},
	/// `to` answers for who signs, since `from` has closed.
	TakeOver {
		/// The institution that has closed.
		from: InstitutionId,
		/// The one that takes over.
		to: InstitutionId,
	},
}

impl Agreed {
	/// Signs it, for the chain with this genesis.
	pub fn sign(&self, genesis: &[u8; 32], key: &Signer, valid_until: Milliseconds) -> Agreement {
		let who = key.account();
		let payload = match self {
			Self::Rotate { from, key_agreement } => {
				rotate_account_agreement(genesis, from, &who, key_agreement, valid_until)
			},
			Self::TakeOver { from, to } => {
				take_over_agreement(genesis, &who, *from, *to, valid_until)
			},
		};
		Agreement { signature: signature(key, &payload), valid_until }
	}
}

impl Chain {
	/// The latest end of validity that an agreement can have now.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn latest_agreement_end(&self) -> Result<Milliseconds, ChainError> {
		let longest = interface::constants().provider_registry().max_agreement_age();
		let longest = self.best().await?.constants().entry(longest);
		let longest = longest.map_err(ChainError::transport)?;
		Ok(self.now().await?.saturating_add(longest.0))
	}

	/// A key's agreement, valid for as long as the chain lets one be.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn agree(&self, agreed: &Agreed, key: &Signer) -> Result<Agreement, ChainError> {
		Ok(agreed.sign(&self.genesis(), key, self.latest_agreement_end().await?))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::H256;
	use sp_runtime::traits::Verify;

	#[test]
	fn what_is_agreed_to_is_what_the_registry_verifies() {
		let key = Signer::read("//Dave//new").unwrap();
		let dave = Signer::read("//Dave").unwrap().account();
		let until = Milliseconds(60_000);
		let agreement = Agreed::Rotate { from: dave.clone(), key_agreement: [3; 32] }
			.sign(&[7; 32], &key, until);
		assert_eq!(agreement.valid_until, until);
		let verifies = |key_agreement| {
			let payload = rotate_account_agreement(
				&H256([7; 32]),
				&dave,
				&key.account(),
				&key_agreement,
				until,
			);
			agreement.signature.verify(payload.as_slice(), &key.account())
		};
		assert!(verifies([3; 32]));
		assert!(!verifies([4; 32]));
		let (from, to) = (InstitutionId(1), InstitutionId(2));
		let agreement = Agreed::TakeOver { from, to }.sign(&[7; 32], &key, until);
		let verifies = |to| {
			let payload = take_over_agreement(&H256([7; 32]), &key.account(), from, to, until);
			agreement.signature.verify(payload.as_slice(), &key.account())
		};
		assert!(verifies(to));
		assert!(!verifies(InstitutionId(3)));
	}
}
