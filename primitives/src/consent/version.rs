//! The hash chain of a consent's versions.

use crate::{
	consent::{ConsentRecord, VersionRecord},
	AccountId, ConsentId, H256,
};
use codec::Encode;
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
	pub fn hashed(mut self, consent: ConsentId) -> Self {
		self.hash = self.current_version().hash_of(consent, &self.patient);
		self
	}
}
