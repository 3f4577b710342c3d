//! Reading DIDs, at any block whose state is kept.

use super::super::{interface, AtBlock, Chain, ChainError};
use hdx_primitives::{
	did::{Did, DidResolution, Document, KeyEntry, KeyFingerprint, Relationship},
	AccountId, Milliseconds, H256,
};

impl Chain {
	/// The DID of an account on this chain, whether it was created or not.
	pub fn did_of(&self, account: AccountId) -> Did {
		Did::new(&H256(self.genesis()), account)
	}

	/// Whether a DID is one of this chain.
	pub fn is_home_of(&self, did: &Did) -> bool {
		did.is_on(&H256(self.genesis()))
	}

	/// All that there was to an account's DID at a block, deactivated or not. `None`: it was not
	/// created by then.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn resolve_did(
		&self,
		subject: &AccountId,
		block: AtBlock,
	) -> Result<Option<DidResolution>, ChainError> {
		let query = interface::view_functions().did().resolve(subject.clone().into());
		self.view(block, query).await
	}

	/// The document of an account's DID at a block, without its keys. `None`: it was not created by
	/// then.
	///
	/// # Errors
	///
	/// Those of [`resolve_did`](Self::resolve_did).
	pub async fn did_document(
		&self,
		subject: &AccountId,
		block: AtBlock,
	) -> Result<Option<Document>, ChainError> {
		let query = interface::view_functions().did().document(subject.clone().into());
		self.view(block, query).await
	}

	/// The keys that, in the state of a block, were in force at `at` for a relationship, in the order
	/// they were added.
	///
	/// # Errors
	///
	/// Those of [`resolve_did`](Self::resolve_did).
	pub async fn did_keys_at(
		&self,
		subject: &AccountId,
		relationship: Relationship,
		at: Milliseconds,
		block: AtBlock,
	) -> Result<Vec<KeyEntry>, ChainError> {
		let query = interface::view_functions().did().keys_at(
			subject.clone().into(),
			relationship.into(),
			at.into(),
		);
		self.view(block, query).await
	}

	/// The key with this fingerprint in the state of a block, ended or not. `None`: the DID did not
	/// list it.
	///
	/// # Errors
	///
	/// Those of [`resolve_did`](Self::resolve_did).
	pub async fn did_key_by_fingerprint(
		&self,
		subject: &AccountId,
		fingerprint: KeyFingerprint,
		block: AtBlock,
	) -> Result<Option<KeyEntry>, ChainError> {
		let query = interface::view_functions()
			.did()
			.key_by_fingerprint(subject.clone().into(), fingerprint);
		self.view(block, query).await
	}
}
