//! Keys: added, ended, rotated.

use crate::{change::Change, Config, Error, Event, Keys, KeysByFingerprint, Pallet};
use frame_support::ensure;
use hdx_primitives::{
	did::{Key, KeyFingerprint, KeyIndex, KeyMaterial, NewKey, MAX_KEYS},
	AccountId, AuditAction,
};
use sp_runtime::DispatchResult;

/// A key that may be listed.
pub(crate) struct CheckedKey {
	key: NewKey,
	fingerprint: KeyFingerprint,
}

impl CheckedKey {
	/// Whether it is the same public key.
	pub fn is_same_as(&self, other: &Self) -> bool {
		self.fingerprint == other.fingerprint
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_key(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		key: NewKey,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		ensure!(has_room(&change), Error::<T>::TooManyKeys);
		let key = Self::check_key(&change.subject, key)?;

		Self::list_key(&mut change, key)?;
		Self::commit(&change, &[AuditAction::DidKeyAdded]);
		Ok(())
	}

	pub(crate) fn do_end_key(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		index: KeyIndex,
	) -> DispatchResult {
		let change = Self::begin(signer, subject, expected_version)?;
		let key = Self::key_without_end(&change, index)?;

		Self::close_key(&change, index, key);
		Self::commit(&change, &[AuditAction::DidKeyEnded]);
		Ok(())
	}

	pub(crate) fn do_rotate_key(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
		index: KeyIndex,
		material: KeyMaterial,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		let old = Self::key_without_end(&change, index)?;
		ensure!(has_room(&change), Error::<T>::TooManyKeys);
		let new = NewKey { material, relationships: old.relationships };
		let new = Self::check_key(&change.subject, new)?;

		Self::close_key(&change, index, old);
		Self::list_key(&mut change, new)?;
		Self::commit(&change, &[AuditAction::DidKeyEnded, AuditAction::DidKeyAdded]);
		Ok(())
	}

	/// Checks a key that is to be listed, what is cheap first.
	pub(crate) fn check_key(subject: &AccountId, key: NewKey) -> Result<CheckedKey, Error<T>> {
		let possible = key.material.scheme().relationships();
		ensure!(!key.relationships.is_empty(), Error::<T>::NoRelationship);
		ensure!(key.relationships.is_within(&possible), Error::<T>::RelationshipNotForScheme);
		let fingerprint = key.material.fingerprint();
		let is_listed = KeysByFingerprint::<T>::contains_key(subject, fingerprint);
		ensure!(!is_listed, Error::<T>::KeyAlreadyListed);
		key.material.check()?;
		Ok(CheckedKey { key, fingerprint })
	}

	/// Lists a key. The change is to be committed after.
	pub(crate) fn list_key(change: &mut Change, checked: CheckedKey) -> Result<(), Error<T>> {
		let CheckedKey { key: NewKey { material, relationships }, fingerprint } = checked;
		let index = change.document.next_key;
		let next = index.0.checked_add(1).ok_or(Error::<T>::TooManyKeys)?;
		change.document.next_key = KeyIndex(next);
		let scheme = material.scheme();
		let key = Key { material, relationships, valid_from: change.now, valid_until: None };
		Keys::<T>::insert(&change.subject, index, key);
		KeysByFingerprint::<T>::insert(&change.subject, fingerprint, index);
		Self::deposit_event(Event::KeyAdded {
			subject: change.subject.clone(),
			key: index,
			scheme,
			relationships,
			version: change.document.version,
			by: change.by.clone(),
		});
		Ok(())
	}

	fn key_without_end(change: &Change, index: KeyIndex) -> Result<Key, Error<T>> {
		let key = Keys::<T>::get(&change.subject, index).ok_or(Error::<T>::KeyUnknown)?;
		ensure!(key.valid_until.is_none(), Error::<T>::KeyAlreadyEnded);
		Ok(key)
	}

	fn close_key(change: &Change, index: KeyIndex, key: Key) {
		let key = Key { valid_until: Some(change.now), ..key };
		Keys::<T>::insert(&change.subject, index, key);
		Self::deposit_event(Event::KeyEnded {
			subject: change.subject.clone(),
			key: index,
			version: change.document.version,
			by: change.by.clone(),
		});
	}
}

fn has_room(change: &Change) -> bool {
	change.document.next_key.0 < MAX_KEYS
}
