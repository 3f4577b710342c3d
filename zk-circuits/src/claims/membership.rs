//! A leaf is in a tree, at an index.

use crate::{
	domain::Domain4,
	gadgets::Bits,
	merkle::{enforce_root, Path, INDEX_BITS, LEVELS},
	statement::Statement,
	Fr, FrVar,
};
use alloc::vec::Vec;
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};
use zeroize::Zeroize;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct MembershipValues {
	pub index: Bits<INDEX_BITS>,
	pub families: [[Fr; 4]; LEVELS],
}

impl MembershipValues {
	pub fn of(domain: Domain4, leaf: Fr, index: u32, path: &Path<LEVELS>) -> Self {
		let (families, _) = path.climb(domain, leaf, index);
		Self { index: Bits::of(index.into()), families }
	}
}

pub(crate) struct MembershipVar {
	/// Two bits for each level, lowest first.
	pub index: Vec<FrVar>,
	families: [[Fr; 4]; LEVELS],
}

impl MembershipVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &MembershipValues,
	) -> Result<Self, SynthesisError> {
		let index = values.index.witness(statement.cs())?;
		Ok(Self { index, families: values.families })
	}

	/// The path from the leaf leads to the root.
	pub fn enforce_member(
		&self,
		cs: &ConstraintSystemRef<Fr>,
		domain: Domain4,
		leaf: &FrVar,
		root: &FrVar,
	) -> Result<(), SynthesisError> {
		enforce_root(cs, domain, leaf, &self.index, &self.families, root)
	}
}
