//! Whoever proves may act for a patient: as the patient, or as the guardian.

use crate::{
	domain::Domain2,
	gadgets::select,
	note::{Authority, AuthorityKey},
	poseidon::hash2_var,
	statement::Statement,
	Fr, FrVar,
};
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::SynthesisError;
use zeroize::Zeroize;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct AuthorityValues {
	pub secret: Fr,
	/// One where the guardian acts.
	pub is_guardian: Fr,
	pub patient: Fr,
	pub guardian: Fr,
}

impl AuthorityValues {
	/// The patient, unless it is the guardian whose secret it is.
	pub fn of(authority: &Authority) -> Self {
		let Authority { secret, patient, guardian } = authority;
		let is_guardian = AuthorityKey::of(secret) == *guardian && guardian != patient;
		Self {
			secret: secret.expose(),
			is_guardian: Fr::from(is_guardian),
			patient: patient.0,
			guardian: guardian.0,
		}
	}
}

pub(crate) struct AuthorityVar {
	secret: FrVar,
	pub is_guardian: FrVar,
	patient: FrVar,
	guardian: FrVar,
}

impl AuthorityVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &AuthorityValues,
	) -> Result<Self, SynthesisError> {
		Ok(Self {
			secret: statement.witness(values.secret)?,
			is_guardian: statement.witness(values.is_guardian)?,
			patient: statement.witness(values.patient)?,
			guardian: statement.witness(values.guardian)?,
		})
	}

	/// The secret is that of the patient or of the guardian, whoever is said to act.
	pub fn enforce_secret(&self) -> Result<(), SynthesisError> {
		let key = hash2_var(Domain2::AuthorityKey, [&self.secret, &FrVar::zero()])?;
		select(&self.is_guardian, &self.guardian, &self.patient)?.enforce_equal(&key)
	}

	/// The patient's key is that of these two.
	pub fn enforce_patient(&self, key: &FrVar) -> Result<(), SynthesisError> {
		hash2_var(Domain2::PatientKey, [&self.patient, &self.guardian])?.enforce_equal(key)
	}
}
