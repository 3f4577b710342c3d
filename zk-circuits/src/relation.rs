//! A circuit as its matrices: what keys are made for and witnesses are checked against.

use crate::{circuits::Circuit, statement::Statement, Fr};
use alloc::vec::Vec;
use ark_ff::{AdditiveGroup, BigInteger, PrimeField};
use ark_relations::{
	gr1cs::{
		ConstraintSystem, ConstraintSystemRef, OptimizationGoal, SynthesisError, SynthesisMode,
		R1CS_PREDICATE_LABEL,
	},
	utils::matrix::Matrix,
};
use core::ops::Range;
use zeroize::{Zeroize, Zeroizing};

/// The rank-1 constraint system of a circuit: a·z ∘ b·z = c·z for one, the public inputs and the
/// witness, in this order, as z.
pub struct Relation<C: Circuit> {
	/// a, b and c, by rows.
	pub(crate) matrices: [Matrix<Fr>; 3],
	groups: Groups<C::Group>,
	inputs: usize,
	witnesses: usize,
}

/// Which constraints belong to which group.
type Groups<G> = Vec<(G, Range<usize>)>;

/// States a circuit in a constraint system of this mode.
pub(crate) fn synthesize<C: Circuit>(
	cs: &ConstraintSystemRef<Fr>,
	public: &C::Public,
	witness: &C::Witness,
) -> Result<Groups<C::Group>, SynthesisError> {
	let mut statement = Statement::new(cs.clone());
	C::state(&mut statement, public, witness)?;
	Ok(statement.groups())
}

/// The matrices of what was stated.
fn matrices(cs: &ConstraintSystemRef<Fr>) -> Result<[Matrix<Fr>; 3], SynthesisError> {
	cs.finalize();
	let mut matrices = cs.to_matrices()?;
	let matrices =
		matrices.remove(R1CS_PREDICATE_LABEL).ok_or(SynthesisError::PredicateNotFound)?;
	matrices.try_into().map_err(|_| SynthesisError::PredicateNotFound)
}

/// One, the public inputs and the witness.
fn assignment(cs: &ConstraintSystemRef<Fr>) -> Result<Zeroizing<Vec<Fr>>, SynthesisError> {
	let mut system = cs.borrow_mut().ok_or(SynthesisError::MissingCS)?;
	let assignments = &mut system.assignments;
	let mut z = Zeroizing::new(Vec::with_capacity(
		assignments.instance_assignment.len().saturating_add(assignments.witness_assignment.len()),
	));
	z.extend_from_slice(&assignments.instance_assignment);
	z.extend_from_slice(&assignments.witness_assignment);
	assignments.witness_assignment.zeroize();
	assignments.lc_assignment.zeroize();
	Ok(z)
}

fn product(row: &[(Fr, usize)], z: &[Fr]) -> Fr {
	let term = |(weight, at): &(Fr, usize)| z.get(*at).map(|value| *weight * value);
	row.iter().filter_map(term).sum()
}

/// Numbers of the constraints that an assignment does not satisfy.
fn unsatisfied<'a>(
	[a, b, c]: &'a [Matrix<Fr>; 3],
	z: &'a [Fr],
) -> impl Iterator<Item = usize> + 'a {
	let rows = a.iter().zip(b).zip(c).enumerate();
	rows.filter(|(_, ((a, b), c))| product(a, z) * product(b, z) != product(c, z))
		.map(|(number, _)| number)
}

fn group_of<G: Copy>(groups: &[(G, Range<usize>)], constraint: usize) -> Option<G> {
	groups.iter().find(|(_, range)| range.contains(&constraint)).map(|(group, _)| *group)
}

impl<C: Circuit> Relation<C> {
	/// The relation of a circuit.
	///
	/// # Errors
	///
	/// Whatever the constraint system has against the circuit.
	pub fn new() -> Result<Self, SynthesisError> {
		let cs = ConstraintSystem::new_ref();
		cs.set_optimization_goal(OptimizationGoal::Constraints);
		cs.set_mode(SynthesisMode::Setup);
		let groups = synthesize::<C>(&cs, &C::Public::default(), &C::Witness::default())?;
		let matrices = matrices(&cs)?;
		let (inputs, witnesses) = (cs.num_instance_variables(), cs.num_witness_variables());
		Ok(Self { matrices, groups, inputs, witnesses })
	}

	/// How many constraints there are.
	pub fn constraints(&self) -> usize {
		self.matrices[0].len()
	}

	/// How many values the verifier knows: one, and the public inputs.
	pub fn inputs(&self) -> usize {
		self.inputs
	}

	/// How many values the prover alone knows.
	pub fn witnesses(&self) -> usize {
		self.witnesses
	}

	/// Each group with the number of its constraints.
	pub fn groups(&self) -> impl Iterator<Item = (C::Group, usize)> + '_ {
		self.groups.iter().map(|(group, range)| (*group, range.len()))
	}

	/// The values of all variables.
	///
	/// # Errors
	///
	/// Whatever the constraint system has against the circuit.
	pub(crate) fn assign(
		&self,
		public: &C::Public,
		witness: &C::Witness,
	) -> Result<Zeroizing<Vec<Fr>>, SynthesisError> {
		let cs = ConstraintSystem::new_ref();
		cs.set_optimization_goal(OptimizationGoal::Constraints);
		cs.set_mode(SynthesisMode::Prove {
			construct_matrices: false,
			generate_lc_assignments: false,
		});
		synthesize::<C>(&cs, public, witness)?;
		let z = assignment(&cs)?;
		if z.len() == self.inputs.saturating_add(self.witnesses) {
			Ok(z)
		} else {
			Err(SynthesisError::Unsatisfiable)
		}
	}

	/// The first constraint that an assignment does not satisfy, and its group.
	pub(crate) fn check(&self, z: &[Fr]) -> Result<(), (usize, Option<C::Group>)> {
		match unsatisfied(&self.matrices, z).next() {
			Some(constraint) => Err((constraint, group_of(&self.groups, constraint))),
			None => Ok(()),
		}
	}

	/// What tells this relation from every other: BLAKE2b-256 over its sizes and all entries.
	///
	/// A key fits one relation. So whatever changes this digest voids the keys, and the ceremony
	/// that made them.
	///
	/// Hashed are, as 64-bit little-endian integers: inputs, witnesses, constraints; then for each
	/// row of a, of b and of c the number of its entries, and each entry as the variable's number
	/// and the weight in 32 bytes, little-endian, in the order of the variables.
	pub fn digest(&self) -> [u8; 32] {
		let mut bytes = Vec::new();
		let count = |bytes: &mut Vec<u8>, n: usize| bytes.extend((n as u64).to_le_bytes());
		count(&mut bytes, self.inputs);
		count(&mut bytes, self.witnesses);
		count(&mut bytes, self.constraints());
		for row in self.matrices.iter().flatten() {
			let mut entries: Vec<&(Fr, usize)> =
				row.iter().filter(|(weight, _)| *weight != Fr::ZERO).collect();
			entries.sort_by_key(|(_, variable)| *variable);
			count(&mut bytes, entries.len());
			for (weight, variable) in entries {
				count(&mut bytes, *variable);
				bytes.extend(weight.into_bigint().to_bytes_le());
			}
		}
		sp_crypto_hashing::blake2_256(&bytes)
	}
}

/// What tests look into.
#[cfg(test)]
pub(crate) mod testing {
	use super::*;

	/// A statement as a dishonest prover may fill it.
	pub struct Filled<G> {
		cs: ConstraintSystemRef<Fr>,
		groups: Groups<G>,
	}

	impl<G: Copy + PartialEq> Filled<G> {
		/// Fills a statement, from which a group may be left out.
		pub fn new(
			without: Option<G>,
			demand: impl FnOnce(&mut Statement<G>) -> Result<(), SynthesisError>,
		) -> Self {
			let cs = ConstraintSystem::new_ref();
			cs.set_optimization_goal(OptimizationGoal::Constraints);
			let mut statement = match without {
				Some(group) => Statement::without(cs.clone(), group),
				None => Statement::new(cs.clone()),
			};
			demand(&mut statement).unwrap();
			let groups = statement.groups();
			Self { cs, groups }
		}

		/// The groups that are not satisfied, each once. Without the matrices, which take longer to
		/// make than all else here.
		pub fn unsatisfied(&self) -> Vec<Option<G>> {
			let system = self.cs.borrow().unwrap();
			let constraints = &system.predicate_constraint_systems[R1CS_PREDICATE_LABEL];
			let value = |variable| system.assigned_value(variable).unwrap();
			let [a, b, c] = constraints.get_constraints().as_slice() else { panic!() };
			let rows = a.iter().zip(b).zip(c).enumerate();
			let mut groups: Vec<_> = rows
				.filter(|(_, ((a, b), c))| value(**a) * value(**b) != value(**c))
				.map(|(constraint, _)| group_of(&self.groups, constraint))
				.collect();
			groups.dedup();
			groups
		}

		/// Constraints that belong to no group.
		pub fn outside_of_groups(&self) -> usize {
			let outside = |at: &usize| group_of(&self.groups, *at).is_none();
			(0..self.cs.num_constraints()).filter(outside).count()
		}

		/// Variables that no constraint would miss: those to which one can be added, others staying
		/// as they are, and all constraints are still satisfied.
		pub fn unbound(&self) -> Vec<usize> {
			let matrices = matrices(&self.cs).unwrap();
			let mut z = assignment(&self.cs).unwrap();
			let mut rows = alloc::vec![Vec::new(); z.len()];
			for matrix in &matrices {
				for (number, row) in matrix.iter().enumerate() {
					for (_, variable) in row {
						rows[*variable].push(number);
					}
				}
			}
			let [a, b, c] = &matrices;
			let mut unbound = Vec::new();
			for (variable, rows) in rows.iter().enumerate() {
				z[variable] += Fr::from(1u64);
				let holds = |row: &usize| {
					product(&a[*row], &z) * product(&b[*row], &z) == product(&c[*row], &z)
				};
				if rows.iter().all(holds) {
					unbound.push(variable);
				}
				z[variable] -= Fr::from(1u64);
			}
			unbound
		}

		/// Public inputs that occur in no constraint.
		pub fn unused_inputs(&self) -> Vec<usize> {
			let matrices = matrices(&self.cs).unwrap();
			let used = |input| {
				let mut entries = matrices.iter().flatten().flatten();
				entries.any(|(_, variable)| *variable == input)
			};
			(1..self.cs.num_instance_variables()).filter(|input| !used(*input)).collect()
		}
	}
}
