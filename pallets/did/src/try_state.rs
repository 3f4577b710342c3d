//! What must hold after every block.

use crate::{Config, Documents, Keys, KeysByFingerprint, Pallet};
use alloc::collections::btree_set::BTreeSet;
use frame_support::ensure;
use hdx_primitives::{
	did::{DidStatus, Document, Key, KeyIndex, MAX_KEYS},
	AccountId,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that documents are well formed, that keys are counted without gaps, are what they
	/// should be and are found by their fingerprints, and that nothing is left over.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut keys = 0u64;
		for (subject, document) in Documents::<T>::iter() {
			Self::try_state_document(&subject, &document)?;
			Self::try_state_keys(&subject, &document)?;
			keys = keys.saturating_add(document.next_key.0.into());
		}
		// Each document's keys were found, so equal numbers leave none over.
		ensure!(Keys::<T>::iter_keys().count() as u64 == keys, "a key has no document");
		ensure!(
			KeysByFingerprint::<T>::iter_keys().count() as u64 == keys,
			"a fingerprint has no key"
		);
		Ok(())
	}

	fn try_state_document(subject: &AccountId, document: &Document) -> Result<(), TryRuntimeError> {
		ensure!(document.version > 0, "a document has no version");
		ensure!(
			document.created_at <= document.updated_at && document.updated_at <= Self::now(),
			"a document changed before it was created, or in the future"
		);
		if let DidStatus::Deactivated { at } = document.status {
			ensure!(at == document.updated_at, "a document changed after its deactivation");
		}
		let controllers: BTreeSet<_> = document.controllers.iter().collect();
		ensure!(controllers.len() == document.controllers.len(), "a controller is listed twice");
		ensure!(!controllers.contains(subject), "a subject is its own controller");
		let services: BTreeSet<_> =
			document.services.iter().map(|service| service.id.as_slice()).collect();
		ensure!(services.len() == document.services.len(), "a service is listed twice");
		ensure!(
			document.services.iter().all(|service| service.check().is_ok()),
			"a service is malformed"
		);
		Ok(())
	}

	fn try_state_keys(subject: &AccountId, document: &Document) -> Result<(), TryRuntimeError> {
		ensure!(document.next_key.0 <= MAX_KEYS, "a document has too many keys");
		for index in (0..document.next_key.0).map(KeyIndex) {
			let key = Keys::<T>::get(subject, index).ok_or("a document's key is missing")?;
			Self::try_state_key(document, &key)?;
			ensure!(
				KeysByFingerprint::<T>::get(subject, key.material.fingerprint()) == Some(index),
				"a key is not found by its fingerprint"
			);
		}
		Ok(())
	}

	fn try_state_key(document: &Document, key: &Key) -> Result<(), TryRuntimeError> {
		ensure!(key.material.check().is_ok(), "a key is none");
		ensure!(
			!key.relationships.is_empty()
				&& key.relationships.is_within(&key.material.scheme().relationships()),
			"a key's relationships are not those of its scheme"
		);
		let end = key.valid_until.unwrap_or(document.updated_at);
		ensure!(
			document.created_at <= key.valid_from
				&& key.valid_from <= end
				&& end <= document.updated_at,
			"a key's interval is not within its document's"
		);
		Ok(())
	}
}
