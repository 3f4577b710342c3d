//! Who takes part: patients with their guardians, and providers.

use crate::{domain::Domain2, poseidon::hash2, Fr};
use ark_ff::AdditiveGroup;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret of 255 bits. Overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Secret(Fr);

impl Secret {
	/// A secret of somebody's making: take it from a cryptographic generator or derive it from a
	/// wallet's seed, and reduce no fewer than 48 bytes of it to an element.
	pub fn new(element: Fr) -> Self {
		Self(element)
	}

	/// The secret itself.
	pub(crate) fn expose(&self) -> Fr {
		self.0
	}
}

impl core::fmt::Debug for Secret {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		f.write_str("Secret(..)")
	}
}

/// The key of whoever may act for a patient: the patient, or the guardian.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct AuthorityKey(pub Fr);

impl AuthorityKey {
	/// Nobody's: no secret is known whose key is zero.
	pub const NOBODY: Self = Self(Fr::ZERO);

	/// The key of a secret.
	pub fn of(secret: &Secret) -> Self {
		Self(hash2(Domain2::AuthorityKey, [secret.expose(), Fr::ZERO]))
	}
}

/// A patient's key: the keys of patient and guardian.
///
/// Whoever knows one of the two secrets acts for the patient. It is a pseudonym: custodians and
/// providers whom the patient tells it can recognise the patient by it, the chain never sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Zeroize)]
pub struct PatientKey(pub Fr);

impl PatientKey {
	/// The key of a patient with a guardian, or with [`AuthorityKey::NOBODY`].
	pub fn new(patient: AuthorityKey, guardian: AuthorityKey) -> Self {
		Self(hash2(Domain2::PatientKey, [patient.0, guardian.0]))
	}
}

/// Whoever acts for a patient: the patient, or the guardian.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct Authority {
	/// The secret of whoever acts.
	pub secret: Secret,
	/// The patient's own key.
	pub patient: AuthorityKey,
	/// The guardian's.
	pub guardian: AuthorityKey,
}

impl Authority {
	/// A patient who acts alone and has no guardian.
	pub fn patient(secret: Secret) -> Self {
		Self { patient: AuthorityKey::of(&secret), guardian: AuthorityKey::NOBODY, secret }
	}

	/// Whom they act for.
	pub fn patient_key(&self) -> PatientKey {
		PatientKey::new(self.patient, self.guardian)
	}
}

/// What the registry of providers knows a provider by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct ProviderTag(pub Fr);

impl ProviderTag {
	/// The tag of a secret.
	pub fn of(secret: &Secret) -> Self {
		Self(hash2(Domain2::ProviderTag, [secret.expose(), Fr::ZERO]))
	}
}

/// What a record names its patient by, on the chain: nobody who does not know the salt can tell
/// whose record it is.
pub fn subject_tag(patient: PatientKey, salt: Fr) -> Fr {
	hash2(Domain2::Subject, [patient.0, salt])
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn secrets_are_not_printed() {
		assert_eq!(std::format!("{:?}", Secret::new(Fr::from(42))), "Secret(..)");
	}

	#[test]
	fn one_secret_has_unrelated_keys() {
		let secret = Secret::new(Fr::from(42));
		assert_ne!(AuthorityKey::of(&secret).0, ProviderTag::of(&secret).0);
	}

	#[test]
	fn patient_and_guardian_are_not_interchangeable() {
		let [one, other] = [1, 2].map(|n| AuthorityKey::of(&Secret::new(Fr::from(n))));
		assert_ne!(PatientKey::new(one, other), PatientKey::new(other, one));
	}
}
