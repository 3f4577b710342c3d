//! `consent_grant`: *whoever this consent says gave it did: I am that patient, or their guardian.*
//!
//! Leaves hide who gave them, so a chain that let anybody append one would let providers write
//! consents to themselves: they know the keys of their patients. This proof comes with each leaf,
//! from whatever account sends it.

use super::{groups::groups, Circuit};
use crate::{
	claims::{AuthorityValues, AuthorityVar, LeafValues, LeafVar},
	gadgets::enforce_bits,
	note::{Authority, Note},
	statement::{enforce_bound, Statement},
	Context, Fr,
};
use alloc::vec::Vec;
use ark_r1cs_std::eq::EqGadget;
use ark_relations::gr1cs::SynthesisError;
use hex_literal::hex;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The circuit.
pub struct ConsentGrant;

/// What the verifier knows, in the order of the public inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsentGrantPublic {
	/// The leaf that is to be appended.
	pub leaf: Fr,
	/// What else the proof is bound to.
	pub context: Context,
}

/// What the patient alone knows.
#[derive(Clone, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct ConsentGrantWitness {
	/// The consent.
	pub note: Note,
	/// Who gives it.
	pub authority: Authority,
}

groups! {
	/// The sentences of the statement.
	pub enum ConsentGrantGroup {
		/// Whether the guardian acts is said by a bit.
		Bits,
		/// I know the secret of the patient, or of the guardian, whoever acts.
		Authority,
		/// They are the patient and the guardian of whoever gives the consent.
		Patient,
		/// The leaf is the hash of the consent.
		Leaf,
		/// The proof is bound to the context.
		Context,
	}
}

/// What the variables are given.
#[derive(Clone, Debug, Zeroize)]
struct Values {
	leaf: LeafValues,
	authority: AuthorityValues,
}

impl Values {
	fn of(witness: &ConsentGrantWitness) -> Self {
		Self {
			leaf: LeafValues::of(&witness.note),
			authority: AuthorityValues::of(&witness.authority),
		}
	}
}

fn demand(
	statement: &mut Statement<ConsentGrantGroup>,
	public: &ConsentGrantPublic,
	values: &Values,
) -> Result<(), SynthesisError> {
	use ConsentGrantGroup as Group;

	let [leaf, context] = statement.inputs(public.to_inputs())?;
	let consent = LeafVar::witness(statement, &values.leaf)?;
	let authority = AuthorityVar::witness(statement, &values.authority)?;

	statement.group(Group::Bits, || enforce_bits([&authority.is_guardian]))?;
	statement.group(Group::Authority, || authority.enforce_secret())?;
	statement.group(Group::Patient, || authority.enforce_patient(&consent.granter))?;
	statement.group(Group::Leaf, || {
		consent.enforce_opens()?;
		consent.leaf.enforce_equal(&leaf)
	})?;
	statement.group(Group::Context, || enforce_bound(&context))
}

impl ConsentGrantPublic {
	fn to_inputs(&self) -> [Fr; 2] {
		[self.leaf, self.context.element()]
	}
}

impl Circuit for ConsentGrant {
	type Public = ConsentGrantPublic;
	type Witness = ConsentGrantWitness;
	type Group = ConsentGrantGroup;

	const NUMBER: u32 = 0;
	const NAME: &'static str = "consent_grant.v1";
	const ARITY: usize = 2;
	const RELATION: [u8; 32] =
		hex!("794d585462f5aa2175efd5c3379f9ef590d1ebfadf5f239dda77e4424e531a76");
	const GROUPS: &'static [ConsentGrantGroup] = ConsentGrantGroup::ALL;

	fn inputs(public: &ConsentGrantPublic) -> Vec<Fr> {
		public.to_inputs().to_vec()
	}

	fn state(
		statement: &mut Statement<ConsentGrantGroup>,
		public: &ConsentGrantPublic,
		witness: &ConsentGrantWitness,
	) -> Result<(), SynthesisError> {
		demand(statement, public, &Zeroizing::new(Values::of(witness)))
	}
}

#[cfg(test)]
#[path = "consent_grant/tests.rs"]
mod tests;
