//! Domains: what a hash is of. Each has a tag of its own and one arity, so that a hash of one kind
//! can never stand where another is meant.

use crate::{field::ascii, Fr};

/// What two elements are hashed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Domain2 {
	/// An authority's key, of its secret (and zero).
	AuthorityKey,
	/// A patient's key, of the keys of patient and guardian.
	PatientKey,
	/// A provider's tag, of its secret (and zero).
	ProviderTag,
	/// What a note for a provider names: its tag and the patient.
	ProviderRecipient,
	/// What a note for a delegate names: the delegate's patient key and the patient.
	DelegateRecipient,
	/// What a delegate's note for a provider names: its tag and the delegation's leaf.
	DelegatedRecipient,
	/// What a note for a study names: its digest and the patient.
	StudyRecipient,
	/// What a record names its patient by: the patient's key and a salt.
	Subject,
	/// A clinician's key, of its secret (and zero).
	ClinicianKey,
	/// The root of the revocation tree, of its two halves.
	RevocationRoot,
	/// What counts a patient once in a study: the patient's secret and the study's digest.
	StudyNullifier,
}

/// What four elements are hashed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Domain4 {
	/// A leaf of the consent tree.
	ConsentLeaf,
	/// A node of the consent tree.
	ConsentNode,
	/// A node of either half of the revocation tree.
	RevocationNode,
	/// What makes a use of a consent count once in a scope.
	ConsentNullifier,
	/// A study's definition.
	Study,
	/// A leaf of an attestation tree.
	AttestationLeaf,
	/// A node of an attestation tree.
	AttestationNode,
	/// A leaf of the credential tree.
	CredentialLeaf,
	/// A node of the credential tree.
	CredentialNode,
	/// What makes one slot of an epoch's emergency accesses count once.
	RateNullifier,
	/// The pad that hides an identity from all but the auditor.
	AuditorPad,
	/// An auditor's key and the first part of a ciphertext.
	AuditorSession,
	/// An identity's ciphertext for an auditor.
	Ciphertext,
}

impl Domain2 {
	/// All of them.
	pub const ALL: [Self; 11] = [
		Self::AuthorityKey,
		Self::PatientKey,
		Self::ProviderTag,
		Self::ProviderRecipient,
		Self::DelegateRecipient,
		Self::DelegatedRecipient,
		Self::StudyRecipient,
		Self::Subject,
		Self::ClinicianKey,
		Self::RevocationRoot,
		Self::StudyNullifier,
	];

	/// The tag: the ASCII letters of its name as a number, most significant first.
	pub const fn tag(self) -> Fr {
		ascii(match self {
			Self::AuthorityKey => b"hdx.zk.authority-key.v1",
			Self::PatientKey => b"hdx.zk.patient-key.v1",
			Self::ProviderTag => b"hdx.zk.provider-tag.v1",
			Self::ProviderRecipient => b"hdx.zk.provider-recipient.v1",
			Self::DelegateRecipient => b"hdx.zk.delegate-recipient.v1",
			Self::DelegatedRecipient => b"hdx.zk.delegated-recipient.v1",
			Self::StudyRecipient => b"hdx.zk.study-recipient.v1",
			Self::Subject => b"hdx.zk.subject.v1",
			Self::ClinicianKey => b"hdx.zk.clinician-key.v1",
			Self::RevocationRoot => b"hdx.zk.revocation-root.v1",
			Self::StudyNullifier => b"hdx.zk.study-nullifier.v1",
		})
	}
}

impl Domain4 {
	/// All of them.
	pub const ALL: [Self; 13] = [
		Self::ConsentLeaf,
		Self::ConsentNode,
		Self::RevocationNode,
		Self::ConsentNullifier,
		Self::Study,
		Self::AttestationLeaf,
		Self::AttestationNode,
		Self::CredentialLeaf,
		Self::CredentialNode,
		Self::RateNullifier,
		Self::AuditorPad,
		Self::AuditorSession,
		Self::Ciphertext,
	];

	/// The tag: the ASCII letters of its name as a number, most significant first.
	pub const fn tag(self) -> Fr {
		ascii(match self {
			Self::ConsentLeaf => b"hdx.zk.consent-leaf.v1",
			Self::ConsentNode => b"hdx.zk.consent-node.v1",
			Self::RevocationNode => b"hdx.zk.revocation-node.v1",
			Self::ConsentNullifier => b"hdx.zk.consent-nullifier.v1",
			Self::Study => b"hdx.zk.study.v1",
			Self::AttestationLeaf => b"hdx.zk.attestation-leaf.v1",
			Self::AttestationNode => b"hdx.zk.attestation-node.v1",
			Self::CredentialLeaf => b"hdx.zk.credential-leaf.v1",
			Self::CredentialNode => b"hdx.zk.credential-node.v1",
			Self::RateNullifier => b"hdx.zk.rate-nullifier.v1",
			Self::AuditorPad => b"hdx.zk.auditor-pad.v1",
			Self::AuditorSession => b"hdx.zk.auditor-session.v1",
			Self::Ciphertext => b"hdx.zk.ciphertext.v1",
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn no_two_domains_share_a_tag() {
		let tags: BTreeSet<Fr> = Domain2::ALL
			.map(Domain2::tag)
			.into_iter()
			.chain(Domain4::ALL.map(Domain4::tag))
			.collect();
		assert_eq!(tags.len(), Domain2::ALL.len() + Domain4::ALL.len());
	}
}
