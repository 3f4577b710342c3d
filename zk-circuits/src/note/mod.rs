//! Notes: consents as the consent tree holds them, hidden in a hash.
//!
//! ```text
//! leaf      = H(consent-leaf, granter, recipient, policy, nonce)
//! recipient = H(provider-recipient,  provider's tag, patient)             a consent
//!           | H(delegate-recipient,  delegate's key, patient)             a delegation
//!           | H(delegated-recipient, provider's tag, delegation's leaf)   a consent by a delegate
//!           | H(study-recipient,     study's digest, patient)             a consent to take part
//! granter   = patient, or in a consent by a delegate the delegate
//! patient   = H(patient-key, key of the patient, key of the guardian)
//! key       = H(authority-key, secret, 0)
//! ```
//!
//! The recipient names the patient too. So two patients' notes for one provider have nothing in
//! common. What a delegate gives names the delegation under which it is given: it is never a consent
//! about the delegate's own record, and ends with that very delegation.

mod attestation;
mod held;
mod keys;
mod licence;
mod policy;
mod recipient;
mod request;
mod study;

pub use attestation::{Attestation, HeldAttestation};
pub use held::HeldNote;
pub use keys::{subject_tag, Authority, AuthorityKey, PatientKey, ProviderTag, Secret};
pub use licence::{
	rate_nullifier, ClinicianKey, Credential, HeldCredential, Licence, MAY_BREAK_GLASS, RIGHT_BITS,
};
pub use policy::{
	Category, Policy, PolicyError, Purpose, CATEGORY_BITS, PURPOSE_BITS, TIME_BITS, TIME_LIMIT,
};
pub use recipient::Recipient;
pub use request::{access_scope, Request, RequestError, SCOPE_BITS};
pub use study::{study_nullifier, Study, StudyError, StudyTermsHash, VALUES, VALUE_BITS};

use crate::{domain::Domain4, poseidon::hash4, Fr};
use zeroize::Zeroize;

/// A consent, a delegation, or a consent to take part in a study.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Note {
	/// Who gives it: the patient, or a delegate.
	pub granter: PatientKey,
	/// Who may use it, and about whom.
	pub recipient: Recipient,
	/// What it covers.
	pub policy: Policy,
	/// 255 random bits: they hide everything else, and make each note another.
	pub nonce: Fr,
}

impl Note {
	/// The leaf of the consent tree.
	pub fn leaf(&self) -> Fr {
		let Self { granter, recipient, policy, nonce } = self;
		hash4(Domain4::ConsentLeaf, [granter.0, recipient.0, policy.word(), *nonce])
	}
}

/// What makes a use of a note by a provider, for the record of a subject tag, count once in a scope.
pub fn consent_nullifier(nonce: Fr, provider: &Secret, scope: u64, subject: Fr) -> Fr {
	hash4(Domain4::ConsentNullifier, [nonce, provider.expose(), Fr::from(scope), subject])
}
