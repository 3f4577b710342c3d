//! Proving.

use super::{point, KeyError, Origin, Proof, ProvingKey, Verifier};
use crate::{circuits::Circuit, Fr, Relation};
use ark_bls12_381::Bls12_381;
use ark_ff::UniformRand;
use ark_groth16::{r1cs_to_qap::LibsnarkReduction, Groth16};
use ark_std::rand::{CryptoRng, RngCore};
use core::fmt;
use zeroize::Zeroizing;

/// What a prover has done so far.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
	/// All variables have values.
	Assigned,
	/// The values satisfy the statement.
	Satisfied,
	/// There is a proof. Nearly all of the time was for this.
	Proved,
	/// The proof verifies.
	Verified,
}

/// Why there is no proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProveError<G> {
	/// The witness does not make the statement true.
	Unsatisfied {
		/// The first sentence of the statement that is not true.
		group: Option<G>,
		/// The number of the first constraint that is not satisfied.
		constraint: usize,
	},
	/// The constraint system has something against the circuit.
	Circuit,
	/// A proof came out, and does not verify: the key is damaged.
	Unverified,
}

impl<G: fmt::Debug> fmt::Display for ProveError<G> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unsatisfied { group: Some(group), constraint } => {
				write!(f, "the witness does not satisfy {group:?} (constraint {constraint})")
			},
			Self::Unsatisfied { group: None, constraint } => {
				write!(f, "the witness does not satisfy constraint {constraint}")
			},
			Self::Circuit => f.write_str("the circuit cannot be synthesized"),
			Self::Unverified => f.write_str("the proof does not verify: the key is damaged"),
		}
	}
}

impl<G: fmt::Debug> core::error::Error for ProveError<G> {}

/// Proves one circuit's statements. Made once, as the key is large; used as often as one likes.
pub struct Prover<C: Circuit, O: Origin> {
	relation: Relation<C>,
	key: ProvingKey<C, O>,
	verifier: Verifier<C, O>,
}

impl<C: Circuit, O: Origin> Prover<C, O> {
	/// A prover with this key.
	///
	/// # Errors
	///
	/// [`KeyError::WrongCircuit`] where the circuit is not the one that it says it is,
	/// [`KeyError::WrongShape`], and all that is about the points of the verifying key.
	pub fn new(key: ProvingKey<C, O>) -> Result<Self, KeyError> {
		let relation = Relation::new().map_err(|_| KeyError::WrongCircuit)?;
		key.check_shape(&relation)?;
		let verifier = Verifier::new(key.verifying_key()?);
		Ok(Self { relation, key, verifier })
	}

	/// Verifies what this proves.
	pub fn verifier(&self) -> &Verifier<C, O> {
		&self.verifier
	}

	/// The relation.
	pub fn relation(&self) -> &Relation<C> {
		&self.relation
	}

	/// A proof, if the witness makes the statement true.
	///
	/// arkworks 0.6 checks that only where debug assertions are on, and otherwise gives a proof
	/// that verifies nowhere. Here it is checked first, and the proof is verified before it is
	/// given away.
	///
	/// The values of all variables are overwritten afterwards. What arkworks copies of them, while
	/// it multiplies, is not.
	///
	/// # Errors
	///
	/// Each of [`ProveError`].
	pub fn prove(
		&self,
		public: &C::Public,
		witness: &C::Witness,
		rng: &mut (impl RngCore + CryptoRng),
		progress: &mut dyn FnMut(Stage),
	) -> Result<Proof, ProveError<C::Group>> {
		let z = self.relation.assign(public, witness).map_err(|_| ProveError::Circuit)?;
		progress(Stage::Assigned);
		self.relation
			.check(&z)
			.map_err(|(constraint, group)| ProveError::Unsatisfied { group, constraint })?;
		progress(Stage::Satisfied);
		let proof = self.prove_assignment(&z, rng)?;
		progress(Stage::Proved);
		self.verifier.verify(public, &proof).map_err(|_| ProveError::Unverified)?;
		progress(Stage::Verified);
		Ok(proof)
	}

	fn prove_assignment(
		&self,
		z: &[Fr],
		rng: &mut (impl RngCore + CryptoRng),
	) -> Result<Proof, ProveError<C::Group>> {
		// They hide the witness: whoever learns them can tell witnesses apart.
		let blinding = Zeroizing::new([Fr::rand(rng), Fr::rand(rng)]);
		let [r, s] = *blinding;
		let proof =
			Groth16::<Bls12_381, LibsnarkReduction>::create_proof_with_reduction_and_matrices(
				&self.key.key,
				r,
				s,
				&self.relation.matrices,
				self.relation.inputs(),
				self.relation.constraints(),
				z,
			)
			.map_err(|_| ProveError::Circuit)?;
		let proof = Proof::of(proof);
		let sound = point::check(&proof.a).is_ok()
			&& point::check(&proof.b).is_ok()
			&& point::check(&proof.c).is_ok();
		if sound {
			Ok(proof)
		} else {
			Err(ProveError::Unverified)
		}
	}
}
