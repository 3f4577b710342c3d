//! What others ask: which keys, and when.

use crate::{Config, Documents, Keys, Pallet};
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	did::{Did, DidResolution, Document, KeyEntries, KeyEntry, KeyIndex, KeyScheme, Relationship},
	AccountId, KeyDirectory, Milliseconds,
};
use sp_runtime::traits::Zero;

impl<T: Config> KeyDirectory for Pallet<T> {
	fn key_agreement(who: &AccountId, at: Milliseconds) -> Option<KeyEntry> {
		Self::preferred_key(who, Relationship::KeyAgreement, at)
	}

	fn keys_at(who: &AccountId, relationship: Relationship, at: Milliseconds) -> Vec<KeyEntry> {
		let Some(document) = Documents::<T>::get(who) else { return Vec::new() };
		Self::entries(who, &document).filter(|entry| serves(entry, relationship, at)).collect()
	}
}

impl<T: Config> Pallet<T> {
	/// The DID of an account. The hash of the genesis block is kept for ever.
	pub(crate) fn did_of(account: AccountId) -> Did {
		Did::new(&frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()), account)
	}

	pub(crate) fn all_keys(who: &AccountId) -> KeyEntries {
		let Some(document) = Documents::<T>::get(who) else { return KeyEntries::default() };
		KeyEntries::truncate_from(Self::entries(who, &document).collect())
	}

	pub(crate) fn resolution(account: AccountId) -> Option<DidResolution> {
		let document = Documents::<T>::get(&account)?;
		let keys = KeyEntries::truncate_from(Self::entries(&account, &document).collect());
		Some(DidResolution { did: Self::did_of(account), document, keys, at: Self::now() })
	}

	/// Of the keys in force the one added last; X-Wing keys before all others.
	pub(crate) fn preferred_key(
		who: &AccountId,
		relationship: Relationship,
		at: Milliseconds,
	) -> Option<KeyEntry> {
		let document = Documents::<T>::get(who)?;
		let mut second = None;
		let entries = Self::entries(who, &document).rev();
		for entry in entries.filter(|entry| serves(entry, relationship, at)) {
			let is_first_choice = relationship != Relationship::KeyAgreement
				|| entry.key.material.scheme() == KeyScheme::XWing;
			if is_first_choice {
				return Some(entry);
			}
			second = second.or(Some(entry));
		}
		second
	}

	/// A key, as it is seen through the document.
	pub(crate) fn key(who: &AccountId, document: &Document, index: KeyIndex) -> Option<KeyEntry> {
		let key = Keys::<T>::get(who, index)?;
		Some(document.seen(KeyEntry { index, key }))
	}

	fn entries<'a>(
		who: &'a AccountId,
		document: &'a Document,
	) -> impl DoubleEndedIterator<Item = KeyEntry> + 'a {
		(0..document.next_key.0).filter_map(|index| Self::key(who, document, KeyIndex(index)))
	}
}

fn serves(entry: &KeyEntry, relationship: Relationship, at: Milliseconds) -> bool {
	entry.key.relationships.contains(relationship) && entry.key.is_in_force_at(at)
}
