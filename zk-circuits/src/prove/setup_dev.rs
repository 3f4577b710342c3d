//! The setup of a single party, for development alone.

use super::{Development, KeyError, ProvingKey};
use crate::{circuits::Circuit, relation::synthesize, Fr, Relation};
use ark_bls12_381::Bls12_381;
use ark_groth16::{r1cs_to_qap::LibsnarkReduction, Groth16};
use ark_relations::gr1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError};
use ark_std::rand::{CryptoRng, RngCore};
use core::{fmt, marker::PhantomData};

/// A circuit with default values.
struct Blank<C>(PhantomData<C>);

impl<C: Circuit> ConstraintSynthesizer<Fr> for Blank<C> {
	fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
		synthesize::<C>(&cs, &C::Public::default(), &C::Witness::default()).map(|_| ())
	}
}

/// Why there are no keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetupError {
	/// The constraint system has something against the circuit.
	Circuit,
	/// What came out is no key: the circuit has not as many public inputs as it says.
	Key(KeyError),
}

impl fmt::Display for SetupError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Circuit => f.write_str("the circuit cannot be synthesized"),
			Self::Key(error) => write!(f, "{error}"),
		}
	}
}

impl core::error::Error for SetupError {}

/// Keys of **one party's randomness, for development alone**: whoever knows what the generator gave
/// can prove anything. The type of the keys says so, their encoding says so, and a chain for
/// production refuses them.
///
/// # Errors
///
/// [`SetupError`]; none is known to happen with the circuits of this crate.
pub fn setup_dev<C: Circuit>(
	rng: &mut (impl RngCore + CryptoRng),
) -> Result<ProvingKey<C, Development>, SetupError> {
	let relation = Relation::<C>::new().map_err(|_| SetupError::Circuit)?;
	let key = Groth16::<Bls12_381, LibsnarkReduction>::generate_random_parameters_with_reduction(
		Blank::<C>(PhantomData),
		rng,
	)
	.map_err(|_| SetupError::Circuit)?;
	let key = ProvingKey::new(&relation, key).map_err(SetupError::Key)?;
	key.verifying_key().map_err(SetupError::Key)?;
	Ok(key)
}
