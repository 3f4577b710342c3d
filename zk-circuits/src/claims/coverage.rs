//! A policy covers a category, a purpose and a time.

use crate::{
	field::power_of_two,
	gadgets::{bit_at, enforce_fits, number, Bits},
	note::{Policy, CATEGORY_BITS, PURPOSE_BITS, TIME_BITS},
	statement::Statement,
	Fr, FrVar,
};
use alloc::vec::Vec;
use ark_ff::Field;
use ark_r1cs_std::{eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::SynthesisError;
use zeroize::Zeroize;

/// Places of the parts, as [`Policy`] documents them.
const PURPOSE_PLACE: usize = 64;
const FROM_PLACE: usize = 96;
const UNTIL_PLACE: usize = 144;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct CoverageValues {
	pub categories: Bits<CATEGORY_BITS>,
	pub purposes: Bits<PURPOSE_BITS>,
	pub valid_from: Bits<TIME_BITS>,
	pub valid_until: Fr,
}

impl CoverageValues {
	pub fn of(policy: &Policy) -> Self {
		Self {
			categories: Bits::of(policy.categories().into()),
			purposes: Bits::of(policy.purposes().into()),
			valid_from: Bits::of(policy.valid_from().into()),
			valid_until: Fr::from(policy.valid_until()),
		}
	}
}

pub(crate) struct CoverageVar {
	pub categories: Vec<FrVar>,
	pub purposes: Vec<FrVar>,
	valid_from: Vec<FrVar>,
	valid_until: FrVar,
}

impl CoverageVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &CoverageValues,
	) -> Result<Self, SynthesisError> {
		let cs = statement.cs();
		Ok(Self {
			categories: values.categories.witness(cs)?,
			purposes: values.purposes.witness(cs)?,
			valid_from: values.valid_from.witness(cs)?,
			valid_until: statement.witness(values.valid_until)?,
		})
	}

	/// All that must be bits. The end is not among them: see [`Self::enforce_not_ended`].
	pub fn bits(&self) -> impl Iterator<Item = &FrVar> {
		let Self { categories, purposes, valid_from, .. } = self;
		categories.iter().chain(purposes).chain(valid_from)
	}

	/// The parts are those of the policy's word.
	pub fn enforce_word(&self, word: &FrVar) -> Result<(), SynthesisError> {
		let sum = number(&self.categories, 0)?
			+ number(&self.purposes, PURPOSE_PLACE)?
			+ number(&self.valid_from, FROM_PLACE)?
			+ &self.valid_until * power_of_two(UNTIL_PLACE);
		sum.enforce_equal(word)
	}

	/// The category at a place is among the policy's.
	pub fn enforce_category(&self, place: &[FrVar]) -> Result<(), SynthesisError> {
		bit_at(&self.categories, place)?.enforce_equal(&FrVar::one())
	}

	/// The purpose at a place is among the policy's.
	pub fn enforce_purpose(&self, place: &[FrVar]) -> Result<(), SynthesisError> {
		bit_at(&self.purposes, place)?.enforce_equal(&FrVar::one())
	}

	/// It has begun.
	pub fn enforce_begun(&self, now: &FrVar) -> Result<(), SynthesisError> {
		enforce_fits(&(now - number(&self.valid_from, 0)?), TIME_BITS)
	}

	/// It has not ended.
	///
	/// So the end is at most 2⁴⁸ after now, which is below 2⁴⁸, and needs no bits of its own: with an
	/// end below 2⁴⁹ the sum of [`Self::enforce_word`] is below 2¹⁹³ and far from the modulus, and
	/// what it says of the 144 bits below the end is unique.
	pub fn enforce_not_ended(&self, now: &FrVar) -> Result<(), SynthesisError> {
		enforce_fits(&(&self.valid_until - now - Fr::ONE), TIME_BITS)
	}
}
