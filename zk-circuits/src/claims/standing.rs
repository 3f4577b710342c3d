//! A consent is not revoked.

use crate::{
	domain::{Domain2, Domain4},
	gadgets::{bit_at, number, Bits},
	merkle::{climb, RevocationPath, REVOCATION_LEVELS, WORD_BITS, WORD_INDEX_BITS},
	poseidon::hash2_var,
	statement::Statement,
	Fr, FrVar,
};
use alloc::vec::Vec;
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};
use zeroize::Zeroize;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct StandingValues {
	pub word: Bits<WORD_BITS>,
	pub families: [[Fr; 4]; REVOCATION_LEVELS],
	pub halves: [Fr; 2],
}

impl StandingValues {
	pub fn of(index: u32, revocation: &RevocationPath) -> Self {
		let (families, halves) = revocation.climb(index);
		Self { word: Bits::of(revocation.word), families, halves }
	}
}

pub(crate) struct StandingVar {
	pub word: Vec<FrVar>,
	families: [[Fr; 4]; REVOCATION_LEVELS],
	halves: [FrVar; 2],
}

impl StandingVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &StandingValues,
	) -> Result<Self, SynthesisError> {
		let word = values.word.witness(statement.cs())?;
		let [lower, upper] = values.halves;
		let halves = [statement.witness(lower)?, statement.witness(upper)?];
		Ok(Self { word, families: values.families, halves })
	}

	/// The word is the one that the revocation tree has for the consent at this index.
	pub fn enforce_word(
		&self,
		cs: &ConstraintSystemRef<Fr>,
		index: &[FrVar],
		root: &FrVar,
	) -> Result<(), SynthesisError> {
		let Some((upper_half, leaf_index)) =
			index.get(WORD_INDEX_BITS..).and_then(<[FrVar]>::split_last)
		else {
			return Err(SynthesisError::Unsatisfiable);
		};
		let leaf = number(&self.word, 0)?;
		let half = climb(cs, Domain4::RevocationNode, &leaf, leaf_index, &self.families)?;
		// upper_half · (upper − lower) = half − lower
		let [lower, upper] = &self.halves;
		upper_half.mul_equals(&(upper - lower), &(half - lower))?;
		hash2_var(Domain2::RevocationRoot, [lower, upper])?.enforce_equal(root)
	}

	/// The consent's bit of the word is not set.
	pub fn enforce_not_revoked(&self, index: &[FrVar]) -> Result<(), SynthesisError> {
		let Some(place) = index.get(..WORD_INDEX_BITS) else {
			return Err(SynthesisError::Unsatisfiable);
		};
		bit_at(&self.word, place)?.enforce_equal(&FrVar::zero())
	}
}
