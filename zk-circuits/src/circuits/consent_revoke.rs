//! `consent_revoke`: *the consent at this index is mine to revoke: I am the patient who gave it, or
//! their guardian.*
//!
//! The index is public, and with it the bit to set. So the chain sets it itself, and nobody's
//! revocation waits for, or is undone by, another that comes into the same block
//! (`docs/adr/0012-zero-knowledge-circuits.md`).

use super::{groups::groups, Circuit};
use crate::{
	claims::{AuthorityValues, AuthorityVar, LeafValues, LeafVar, MembershipValues, MembershipVar},
	domain::Domain4,
	gadgets::{enforce_bits, number},
	merkle::{Path, LEVELS},
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
pub struct ConsentRevoke;

/// What the verifier knows, in the order of the public inputs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsentRevokePublic {
	/// A recent root of the consent tree.
	pub consent_root: Fr,
	/// Which consent.
	pub index: u32,
	/// What else the proof is bound to.
	pub context: Context,
}

/// What the patient alone knows.
#[derive(Clone, Debug, Default, Zeroize, ZeroizeOnDrop)]
pub struct ConsentRevokeWitness {
	/// The consent.
	pub note: Note,
	/// The path of its leaf.
	pub path: Path<LEVELS>,
	/// Who revokes it.
	pub authority: Authority,
}

groups! {
	/// The sentences of the statement.
	pub enum ConsentRevokeGroup {
		/// What is said to be bits are bits.
		Bits,
		/// The path is that of the public index.
		Index,
		/// I know the secret of the patient, or of the guardian, whoever acts.
		Authority,
		/// They are the patient and the guardian of whoever gave the consent.
		Patient,
		/// The leaf is the hash of the consent.
		Leaf,
		/// The leaf is in the consent tree.
		Membership,
		/// The proof is bound to the context.
		Context,
	}
}

/// What the variables are given.
#[derive(Clone, Debug, Zeroize)]
struct Values {
	leaf: LeafValues,
	membership: MembershipValues,
	authority: AuthorityValues,
}

impl Values {
	fn of(public: &ConsentRevokePublic, witness: &ConsentRevokeWitness) -> Self {
		let leaf = LeafValues::of(&witness.note);
		let (index, path) = (public.index, &witness.path);
		Self {
			membership: MembershipValues::of(Domain4::ConsentNode, leaf.leaf, index, path),
			authority: AuthorityValues::of(&witness.authority),
			leaf,
		}
	}
}

fn demand(
	statement: &mut Statement<ConsentRevokeGroup>,
	public: &ConsentRevokePublic,
	values: &Values,
) -> Result<(), SynthesisError> {
	use ConsentRevokeGroup as Group;

	let [consent_root, index, context] = statement.inputs(public.to_inputs())?;
	let consent = LeafVar::witness(statement, &values.leaf)?;
	let membership = MembershipVar::witness(statement, &values.membership)?;
	let authority = AuthorityVar::witness(statement, &values.authority)?;
	let cs = statement.cs().clone();

	statement.group(Group::Bits, || {
		enforce_bits(membership.index.iter().chain([&authority.is_guardian]))
	})?;
	statement.group(Group::Index, || number(&membership.index, 0)?.enforce_equal(&index))?;
	statement.group(Group::Authority, || authority.enforce_secret())?;
	statement.group(Group::Patient, || authority.enforce_patient(&consent.granter))?;
	statement.group(Group::Leaf, || consent.enforce_opens())?;
	statement.group(Group::Membership, || {
		membership.enforce_member(&cs, Domain4::ConsentNode, &consent.leaf, &consent_root)
	})?;
	statement.group(Group::Context, || enforce_bound(&context))
}

impl ConsentRevokePublic {
	fn to_inputs(&self) -> [Fr; 3] {
		[self.consent_root, Fr::from(self.index), self.context.element()]
	}
}

impl Circuit for ConsentRevoke {
	type Public = ConsentRevokePublic;
	type Witness = ConsentRevokeWitness;
	type Group = ConsentRevokeGroup;

	const NUMBER: u32 = 2;
	const NAME: &'static str = "consent_revoke.v1";
	const ARITY: usize = 3;
	const RELATION: [u8; 32] =
		hex!("fd4790321467ecdf7c9def57ce2f9e472aefa71b12cfa5f5d45fcbeec4877a9d");
	const GROUPS: &'static [ConsentRevokeGroup] = ConsentRevokeGroup::ALL;

	fn inputs(public: &ConsentRevokePublic) -> Vec<Fr> {
		public.to_inputs().to_vec()
	}

	fn state(
		statement: &mut Statement<ConsentRevokeGroup>,
		public: &ConsentRevokePublic,
		witness: &ConsentRevokeWitness,
	) -> Result<(), SynthesisError> {
		demand(statement, public, &Zeroizing::new(Values::of(public, witness)))
	}
}

#[cfg(test)]
#[path = "consent_revoke/tests.rs"]
mod tests;
