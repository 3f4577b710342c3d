//! The chain of a consent's versions.

use crate::{
	types::{ConsentRecord, VersionRecord},
	Config, Consents, History, Pallet,
};
use alloc::vec::Vec;
use codec::Encode;
use hdx_primitives::{AccountId, ConsentId, Milliseconds, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Precedes a version where it is hashed, so that no other hash can be passed off as a version's.
/// Its number is the version of the encoding.
pub const VERSION_TAG: [u8; 21] = *b"hdx/consent/version/1";

impl VersionRecord {
	/// The hash of a version: BLAKE2-256 of the SCALE encoding of [`VERSION_TAG`], the consent's
	/// number, the patient, the number of the version, when and by whom it was given, the
	/// document, the policy, the terms, and the hash of the version before.
	///
	/// That it was superseded or its renewal stopped came later and is not part of it. It names no
	/// chain, so that a copy of the history can be checked anywhere.
	pub fn hash_of(&self, consent: ConsentId, patient: &AccountId) -> H256 {
		let given = (self.version, self.given_at, &self.granted_by);
		let content = (&self.document, &self.policy, &self.terms);
		(VERSION_TAG, consent, patient, given, content, self.previous)
			.using_encoded(BlakeTwo256::hash)
	}
}

impl ConsentRecord {
	/// The current version, as the history will keep it.
	pub fn current_version(&self) -> VersionRecord {
		VersionRecord {
			version: self.version,
			given_at: self.given_at,
			granted_by: self.granted_by.clone(),
			document: self.document,
			policy: self.policy.clone(),
			terms: self.terms,
			renewal_stopped_at: self.renewal_stopped_at,
			superseded_at: None,
			previous: self.previous,
			hash: self.hash,
		}
	}

	/// The record with the hash that belongs to it.
	#[must_use]
	pub(crate) fn hashed(mut self, consent: ConsentId) -> Self {
		self.hash = self.current_version().hash_of(consent, &self.patient);
		self
	}
}

impl<T: Config> Pallet<T> {
	/// Keeps the current version of a consent as a past one.
	pub(crate) fn archive(consent: ConsentId, record: &ConsentRecord, now: Milliseconds) {
		let past = VersionRecord { superseded_at: Some(now), ..record.current_version() };
		History::<T>::insert(consent, record.version, past);
	}

	/// One version of a consent, the current one included.
	pub(crate) fn version(consent: ConsentId, version: u32) -> Option<VersionRecord> {
		let record = Consents::<T>::get(consent)?;
		if record.version == version {
			Some(record.current_version())
		} else {
			History::<T>::get(consent, version)
		}
	}

	/// Every version of a consent, the first one first. Empty where there is no such consent.
	pub(crate) fn versions(consent: ConsentId) -> Vec<VersionRecord> {
		let Some(record) = Consents::<T>::get(consent) else { return Vec::new() };
		let past = (1..record.version).filter_map(|version| History::<T>::get(consent, version));
		past.chain(core::iter::once(record.current_version())).collect()
	}
}
