//! A statement: the public inputs, and the groups of constraints that a witness must satisfy.

use crate::{Fr, FrVar};
use alloc::vec::Vec;
use ark_r1cs_std::{alloc::AllocVar, fields::FieldVar};
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};
use core::ops::Range;

/// What is being stated, group by group.
///
/// A group is one sentence of the statement, and its constraints are made in one place. So an
/// unsatisfied witness can be told which sentence is not true of it, and a test can leave a
/// sentence out to show that a forged witness is refused by that one alone.
pub struct Statement<G> {
	cs: ConstraintSystemRef<Fr>,
	groups: Vec<(G, Range<usize>)>,
	#[cfg(test)]
	without: Option<G>,
}

impl<G: Copy + PartialEq> Statement<G> {
	/// An empty statement.
	pub fn new(cs: ConstraintSystemRef<Fr>) -> Self {
		Self {
			cs,
			groups: Vec::new(),
			#[cfg(test)]
			without: None,
		}
	}

	/// A statement from which a group is left out.
	#[cfg(test)]
	pub fn without(cs: ConstraintSystemRef<Fr>, group: G) -> Self {
		Self { without: Some(group), ..Self::new(cs) }
	}

	/// Where variables are made.
	pub fn cs(&self) -> &ConstraintSystemRef<Fr> {
		&self.cs
	}

	/// Public inputs, in this order.
	pub fn inputs<const N: usize>(&self, values: [Fr; N]) -> Result<[FrVar; N], SynthesisError> {
		let mut result = Ok(());
		let vars = values.map(|value| {
			FrVar::new_input(self.cs.clone(), || Ok(value)).unwrap_or_else(|error| {
				result = Err(error);
				FrVar::zero()
			})
		});
		result.map(|()| vars)
	}

	/// A witness variable. Nothing is demanded of it yet.
	pub fn witness(&self, value: Fr) -> Result<FrVar, SynthesisError> {
		FrVar::new_witness(self.cs.clone(), || Ok(value))
	}

	/// The constraints of one sentence.
	pub fn group(
		&mut self,
		group: G,
		demand: impl FnOnce() -> Result<(), SynthesisError>,
	) -> Result<(), SynthesisError> {
		#[cfg(test)]
		if self.without == Some(group) {
			return Ok(());
		}
		let first = self.cs.num_constraints();
		demand()?;
		self.groups.push((group, first..self.cs.num_constraints()));
		Ok(())
	}

	/// Which constraints belong to which group.
	pub fn groups(self) -> Vec<(G, Range<usize>)> {
		self.groups
	}
}

/// Demands nothing but that the input takes part, so that a proof is bound to it.
///
/// Groth16 as arkworks has it also binds inputs that occur in no constraint. That it does is a
/// property of one reduction to QAPs, and nothing that a statement should rest on.
pub(crate) fn enforce_bound(input: &FrVar) -> Result<(), SynthesisError> {
	input.square().map(|_| ())
}
