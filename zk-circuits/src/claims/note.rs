//! All claims about a note that is used: its leaf, its place, its revocation, what it covers.

use super::{
	CoverageValues, CoverageVar, LeafValues, LeafVar, MembershipValues, MembershipVar,
	StandingValues, StandingVar,
};
use crate::{domain::Domain4, note::HeldNote, statement::Statement, FrVar};
use ark_relations::gr1cs::SynthesisError;
use zeroize::Zeroize;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct NoteValues {
	pub leaf: LeafValues,
	pub membership: MembershipValues,
	pub standing: StandingValues,
	pub coverage: CoverageValues,
}

impl NoteValues {
	pub fn of(HeldNote { note, index, path, revocation }: &HeldNote) -> Self {
		let leaf = LeafValues::of(note);
		Self {
			membership: MembershipValues::of(Domain4::ConsentNode, leaf.leaf, *index, path),
			standing: StandingValues::of(*index, revocation),
			coverage: CoverageValues::of(&note.policy),
			leaf,
		}
	}
}

pub(crate) struct NoteVar {
	pub leaf: LeafVar,
	pub membership: MembershipVar,
	pub standing: StandingVar,
	pub policy: CoverageVar,
}

impl NoteVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &NoteValues,
	) -> Result<Self, SynthesisError> {
		Ok(Self {
			leaf: LeafVar::witness(statement, &values.leaf)?,
			membership: MembershipVar::witness(statement, &values.membership)?,
			standing: StandingVar::witness(statement, &values.standing)?,
			policy: CoverageVar::witness(statement, &values.coverage)?,
		})
	}

	/// All that must be bits.
	pub fn bits(&self) -> impl Iterator<Item = &FrVar> {
		self.membership.index.iter().chain(&self.standing.word).chain(self.policy.bits())
	}
}
