//! Whom a note is for.

use super::{PatientKey, ProviderTag};
use crate::{domain::Domain2, poseidon::hash2, Fr};
use zeroize::Zeroize;

/// Who may use a note, and about which patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Recipient(pub Fr);

impl Recipient {
	/// A provider, for access to the patient's records.
	pub fn provider(tag: ProviderTag, patient: PatientKey) -> Self {
		Self(hash2(Domain2::ProviderRecipient, [tag.0, patient.0]))
	}

	/// A provider, for access to the records of a patient who delegated: by the leaf of the delegation.
	///
	/// So the consent ends with the delegation, and another one of the same two does not revive it.
	pub fn by_delegate(tag: ProviderTag, delegation: Fr) -> Self {
		Self(hash2(Domain2::DelegatedRecipient, [tag.0, delegation]))
	}

	/// A delegate, for giving consents about the patient's records.
	pub fn delegate(delegate: PatientKey, patient: PatientKey) -> Self {
		Self(hash2(Domain2::DelegateRecipient, [delegate.0, patient.0]))
	}

	/// A study, by its digest.
	pub fn study(digest: Fr, patient: PatientKey) -> Self {
		Self(hash2(Domain2::StudyRecipient, [digest, patient.0]))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_note_of_one_kind_is_none_of_another() {
		let (who, patient) = (Fr::from(3u64), PatientKey(Fr::from(4u64)));
		let provider = Recipient::provider(ProviderTag(who), patient);
		let delegate = Recipient::delegate(PatientKey(who), patient);
		let study = Recipient::study(who, patient);
		let delegated = Recipient::by_delegate(ProviderTag(who), patient.0);
		let kinds = [provider, delegate, study, delegated].map(|recipient| recipient.0);
		assert_eq!(std::collections::BTreeSet::from(kinds).len(), 4);
	}
}
