//! A leaf of the consent tree opens to a note.

use crate::{domain::Domain4, note::Note, poseidon::hash4_var, statement::Statement, Fr, FrVar};
use ark_r1cs_std::eq::EqGadget;
use ark_relations::gr1cs::SynthesisError;
use zeroize::Zeroize;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct LeafValues {
	pub granter: Fr,
	pub recipient: Fr,
	pub policy: Fr,
	pub nonce: Fr,
	pub leaf: Fr,
}

impl LeafValues {
	pub fn of(note: &Note) -> Self {
		Self {
			granter: note.granter.0,
			recipient: note.recipient.0,
			policy: note.policy.word(),
			nonce: note.nonce,
			leaf: note.leaf(),
		}
	}
}

pub(crate) struct LeafVar {
	pub granter: FrVar,
	pub recipient: FrVar,
	pub policy: FrVar,
	pub nonce: FrVar,
	pub leaf: FrVar,
}

impl LeafVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &LeafValues,
	) -> Result<Self, SynthesisError> {
		Ok(Self {
			granter: statement.witness(values.granter)?,
			recipient: statement.witness(values.recipient)?,
			policy: statement.witness(values.policy)?,
			nonce: statement.witness(values.nonce)?,
			leaf: statement.witness(values.leaf)?,
		})
	}

	/// The leaf is the hash of the note.
	pub fn enforce_opens(&self) -> Result<(), SynthesisError> {
		let parts = [&self.granter, &self.recipient, &self.policy, &self.nonce];
		hash4_var(Domain4::ConsentLeaf, parts)?.enforce_equal(&self.leaf)
	}
}
