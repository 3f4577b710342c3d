//! Provers that are compiled with this crate.
//!
//! [`Prover`] is generic, so whoever names it compiles it, and a program that is not optimised proves tens of times as
//! slowly. Behind [`CompiledProver`] is the code of this crate, which is as fast as this crate is.

use super::{
	setup_dev, Ceremony, Development, KeyError, Origin, Proof, ProveError, Prover, ProvingKey,
	SetupError,
};
use crate::{
	any::KeyOrigin,
	circuits::{
		BreakGlass, Circuit, ConsentAccess, ConsentGrant, ConsentRevoke, DelegatedAccess,
		StudyEnrolment,
	},
};
use alloc::{boxed::Box, vec::Vec};
use ark_std::rand::rngs::StdRng;

/// A prover of a circuit, with a key of either origin.
pub trait CompiledProver<C: Circuit>: Send + Sync {
	/// Where the key says that it comes from.
	fn origin(&self) -> KeyOrigin;

	/// The verifying key that belongs to it.
	fn verifying_key(&self) -> Vec<u8>;

	/// Proves the statement, and verifies the proof.
	///
	/// # Errors
	///
	/// Those of [`Prover::prove`].
	fn prove(
		&self,
		public: &C::Public,
		witness: &C::Witness,
		rng: &mut StdRng,
	) -> Result<Proof, ProveError<C::Group>>;
}

/// A circuit of which there are [`CompiledProver`]s.
pub trait Provable: Circuit + Sized {
	/// A prover with the proving key of these bytes and this digest, as its makers published it.
	///
	/// # Errors
	///
	/// Those of [`ProvingKey::from_bytes`].
	fn prover(key: &[u8], digest: [u8; 32]) -> Result<Box<dyn CompiledProver<Self>>, KeyError>;

	/// A prover with keys of one party's randomness, **for development alone** ([`setup_dev`]).
	///
	/// # Errors
	///
	/// Those of [`setup_dev`].
	fn setup_dev(rng: &mut StdRng) -> Result<Box<dyn CompiledProver<Self>>, SetupError>;
}

impl<C: Circuit, O: Origin + Send + Sync> CompiledProver<C> for Prover<C, O>
where
	Self: Send + Sync,
{
	fn origin(&self) -> KeyOrigin {
		if O::LABEL == Development::LABEL {
			KeyOrigin::Development
		} else {
			KeyOrigin::Ceremony
		}
	}

	fn verifying_key(&self) -> Vec<u8> {
		self.verifier().key().to_bytes()
	}

	fn prove(
		&self,
		public: &C::Public,
		witness: &C::Witness,
		rng: &mut StdRng,
	) -> Result<Proof, ProveError<C::Group>> {
		Prover::prove(self, public, witness, rng, &mut |_stage| ())
	}
}

fn read<C: Circuit, O: Origin>(key: &[u8], digest: [u8; 32]) -> Result<Prover<C, O>, KeyError> {
	Prover::new(ProvingKey::from_bytes(key, digest)?)
}

macro_rules! provable {
	($($circuit:ident),*) => {
		$(impl Provable for $circuit {
			fn prover(
				key: &[u8],
				digest: [u8; 32],
			) -> Result<Box<dyn CompiledProver<Self>>, KeyError> {
				Ok(if key.starts_with(Development::LABEL) {
					Box::new(read::<Self, Development>(key, digest)?)
				} else {
					Box::new(read::<Self, Ceremony>(key, digest)?)
				})
			}

			fn setup_dev(rng: &mut StdRng) -> Result<Box<dyn CompiledProver<Self>>, SetupError> {
				let prover = Prover::new(setup_dev::<Self>(rng)?).map_err(SetupError::Key)?;
				Ok(Box::new(prover))
			}
		})*
	};
}

provable!(BreakGlass, ConsentAccess, ConsentGrant, ConsentRevoke, DelegatedAccess, StudyEnrolment);

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{any::AnyCircuit, examples::Example, prove::VerifyingKey, Context};
	use ark_std::rand::SeedableRng;

	#[test]
	fn a_compiled_prover_proves_what_a_generic_one_does() {
		let mut rng = StdRng::seed_from_u64(3);
		let key = setup_dev::<ConsentGrant>(&mut rng).unwrap();
		let bytes = key.to_bytes();
		let digest = ProvingKey::<ConsentGrant, Development>::digest(&bytes);
		let prover = ConsentGrant::prover(&bytes, digest).ok().unwrap();
		assert_eq!(prover.origin(), KeyOrigin::Development);
		let verifying = key.verifying_key().unwrap().to_bytes();
		assert_eq!(prover.verifying_key(), verifying);

		let (public, witness) = ConsentGrant::example(Context::default()).unwrap();
		let proof = prover.prove(&public, &witness, &mut rng).unwrap().to_bytes();
		let inputs: Vec<_> =
			ConsentGrant::inputs(&public).iter().map(crate::prove::input_to_bytes).collect();
		assert_eq!(AnyCircuit::ConsentGrant.verify(&verifying, &inputs, &proof), Ok(()));

		let relabelled = [&Ceremony::LABEL[..], &bytes[16..]].concat();
		let digest = ProvingKey::<ConsentGrant, Ceremony>::digest(&relabelled);
		let prover = ConsentGrant::prover(&relabelled, digest).ok().unwrap();
		assert_eq!(prover.origin(), KeyOrigin::Ceremony);
		let digest = VerifyingKey::<ConsentGrant, Ceremony>::digest(&prover.verifying_key());
		let found =
			VerifyingKey::<ConsentGrant, Ceremony>::from_bytes(&prover.verifying_key(), digest);
		assert!(found.is_ok());
	}

	#[test]
	fn a_compiled_setup_makes_the_keys_that_a_generic_one_does() {
		let key = setup_dev::<ConsentGrant>(&mut StdRng::seed_from_u64(3)).unwrap();
		let prover = ConsentGrant::setup_dev(&mut StdRng::seed_from_u64(3)).ok().unwrap();
		assert_eq!(prover.origin(), KeyOrigin::Development);
		assert_eq!(prover.verifying_key(), key.verifying_key().unwrap().to_bytes());
	}

	#[test]
	fn there_is_no_prover_without_a_key_of_the_circuit() {
		let mut rng = StdRng::seed_from_u64(3);
		let bytes = setup_dev::<ConsentGrant>(&mut rng).unwrap().to_bytes();
		let digest = ProvingKey::<ConsentGrant, Development>::digest(&bytes);
		assert!(ConsentRevoke::prover(&bytes, digest).is_err());
		assert!(ConsentGrant::prover(&bytes, [7; 32]).is_err());
		assert!(ConsentGrant::prover(&[], [7; 32]).is_err());
	}
}
