//! What is requested.

use crate::{
	gadgets::{number, Bits},
	note::{Request, SCOPE_BITS, TIME_BITS},
	statement::Statement,
	FrVar,
};
use alloc::vec::Vec;
use ark_r1cs_std::eq::EqGadget;
use ark_relations::gr1cs::SynthesisError;
use zeroize::Zeroize;

/// Places of the parts, as [`Request`] documents them.
const CATEGORY_PLACE: usize = 48;
const PURPOSE_PLACE: usize = 56;
const SCOPE_PLACE: usize = 64;

#[derive(Clone, Debug, Zeroize)]
pub(crate) struct RequestValues {
	pub now: Bits<TIME_BITS>,
	pub category: Bits<6>,
	pub purpose: Bits<5>,
	pub scope: Bits<SCOPE_BITS>,
}

impl RequestValues {
	pub fn of(request: &Request) -> Self {
		Self {
			now: Bits::of(request.now().into()),
			category: Bits::of(request.category().place().into()),
			purpose: Bits::of(request.purpose().place().into()),
			scope: Bits::of(request.scope().into()),
		}
	}
}

pub(crate) struct RequestVar {
	now: Vec<FrVar>,
	pub category: Vec<FrVar>,
	pub purpose: Vec<FrVar>,
	scope: Vec<FrVar>,
}

impl RequestVar {
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		values: &RequestValues,
	) -> Result<Self, SynthesisError> {
		let cs = statement.cs();
		Ok(Self {
			now: values.now.witness(cs)?,
			category: values.category.witness(cs)?,
			purpose: values.purpose.witness(cs)?,
			scope: values.scope.witness(cs)?,
		})
	}

	/// All that must be bits.
	pub fn bits(&self) -> impl Iterator<Item = &FrVar> {
		let Self { now, category, purpose, scope } = self;
		now.iter().chain(category).chain(purpose).chain(scope)
	}

	/// When, in milliseconds.
	pub fn now(&self) -> Result<FrVar, SynthesisError> {
		number(&self.now, 0)
	}

	/// In which scope it counts once.
	pub fn scope(&self) -> Result<FrVar, SynthesisError> {
		number(&self.scope, 0)
	}

	/// The parts are those of the packed request.
	pub fn enforce_packed(&self, packed: &FrVar) -> Result<(), SynthesisError> {
		let sum = number(&self.now, 0)?
			+ number(&self.category, CATEGORY_PLACE)?
			+ number(&self.purpose, PURPOSE_PLACE)?
			+ number(&self.scope, SCOPE_PLACE)?;
		sum.enforce_equal(packed)
	}
}
