//! What every circuit is.

use crate::{statement::Statement, Fr};
use ark_relations::gr1cs::SynthesisError;
use core::fmt::Debug;

/// A statement with its public inputs, its witness, and its groups of constraints.
pub trait Circuit {
	/// What the verifier knows.
	type Public: Default;
	/// What the prover alone knows.
	type Witness: Default;
	/// The statement's sentences.
	type Group: Copy + PartialEq + Debug + 'static;

	/// The number in the registries of chains. It stays when the circuit changes; the version does not.
	const NUMBER: u32;
	/// The name with a version of its own. It changes with whatever the circuit states.
	const NAME: &'static str;
	/// How many public inputs there are.
	const ARITY: usize;
	/// The digest of the relation ([`Relation::digest`](crate::Relation::digest)): what keys are for,
	/// and what a circuit that was changed no longer has.
	const RELATION: [u8; 32];
	/// All sentences.
	const GROUPS: &'static [Self::Group];

	/// The public inputs in the order in which they are proven; [`Circuit::ARITY`] of them.
	fn inputs(public: &Self::Public) -> alloc::vec::Vec<Fr>;

	/// States it.
	///
	/// What is stated must not depend on the values: keys are made for default ones.
	///
	/// # Errors
	///
	/// Whatever the constraint system has against it; not that a witness does not satisfy it.
	fn state(
		statement: &mut Statement<Self::Group>,
		public: &Self::Public,
		witness: &Self::Witness,
	) -> Result<(), SynthesisError>;
}
