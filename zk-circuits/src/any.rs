//! A circuit that is named while a program runs.
//!
//! Nothing here is generic. So what it does is compiled with this crate, and as fast as this crate is, however the
//! program that calls it is compiled.

use crate::{
	circuits::Circuit,
	prove::{
		input_from_bytes, setup_dev, Ceremony, Development, KeyError, Origin, Proof, ProofError,
		ProvingKey, SetupError, Verifier, VerifyError, VerifyingKey, PROOF_BYTES,
	},
	Fr, Relation,
};
use alloc::vec::Vec;
use ark_bls12_381::Bls12_381;
use ark_relations::utils::matrix::Matrix;
use ark_std::rand::rngs::StdRng;
use core::fmt;

/// Does something with the type of a circuit that is named by [`AnyCircuit`].
macro_rules! with {
	($circuit:expr, $name:ident => $does:expr) => {
		match $circuit {
			$crate::any::AnyCircuit::ConsentGrant => {
				type $name = $crate::circuits::ConsentGrant;
				$does
			},
			$crate::any::AnyCircuit::ConsentAccess => {
				type $name = $crate::circuits::ConsentAccess;
				$does
			},
			$crate::any::AnyCircuit::ConsentRevoke => {
				type $name = $crate::circuits::ConsentRevoke;
				$does
			},
			$crate::any::AnyCircuit::StudyEnrolment => {
				type $name = $crate::circuits::StudyEnrolment;
				$does
			},
			$crate::any::AnyCircuit::DelegatedAccess => {
				type $name = $crate::circuits::DelegatedAccess;
				$does
			},
			$crate::any::AnyCircuit::BreakGlass => {
				type $name = $crate::circuits::BreakGlass;
				$does
			},
		}
	};
}
#[cfg(any(test, feature = "examples"))]
pub(crate) use with;

/// A circuit of this crate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnyCircuit {
	/// [`ConsentGrant`](crate::circuits::ConsentGrant).
	ConsentGrant,
	/// [`ConsentAccess`](crate::circuits::ConsentAccess).
	ConsentAccess,
	/// [`ConsentRevoke`](crate::circuits::ConsentRevoke).
	ConsentRevoke,
	/// [`StudyEnrolment`](crate::circuits::StudyEnrolment).
	StudyEnrolment,
	/// [`DelegatedAccess`](crate::circuits::DelegatedAccess).
	DelegatedAccess,
	/// [`BreakGlass`](crate::circuits::BreakGlass).
	BreakGlass,
}

/// Where a key says that it comes from ([`Origin`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyOrigin {
	/// From one party's randomness: whoever made it can prove what is false.
	Development,
	/// From a ceremony.
	Ceremony,
}

/// Keys of one party's randomness, encoded.
pub struct DevelopmentKeys {
	/// The proving key.
	pub proving: Vec<u8>,
	/// The verifying key.
	pub verifying: Vec<u8>,
}

/// Keys that came out of a ceremony, encoded.
pub struct CeremonyKeys {
	/// The proving key.
	pub proving: Vec<u8>,
	/// The verifying key.
	pub verifying: Vec<u8>,
}

/// A relation as its matrices, which keys are made of.
pub struct Matrices {
	/// How many values the verifier knows: one, and the public inputs. Variables are numbered from these.
	pub inputs: usize,
	/// How many values the prover alone knows.
	pub witnesses: usize,
	/// a, b and c by rows, each entry a weight and the number of its variable.
	pub rows: [Matrix<Fr>; 3],
}

/// Why a proof, as bytes, is not believed under a key, as bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disbelief {
	/// The key is none of this circuit.
	Key(KeyError),
	/// The bytes are no proof.
	Proof(ProofError),
	/// The inputs are not the circuit's, or the proof does not prove the statement about them.
	Statement(VerifyError),
}

impl fmt::Display for Disbelief {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Key(error) => error.fmt(f),
			Self::Proof(error) => error.fmt(f),
			Self::Statement(error) => error.fmt(f),
		}
	}
}

impl core::error::Error for Disbelief {}

impl AnyCircuit {
	/// All of them, by number.
	pub const ALL: [Self; 6] = [
		Self::ConsentGrant,
		Self::ConsentAccess,
		Self::ConsentRevoke,
		Self::StudyEnrolment,
		Self::DelegatedAccess,
		Self::BreakGlass,
	];

	/// The circuit of a number.
	pub fn numbered(number: u32) -> Option<Self> {
		Self::ALL.into_iter().find(|circuit| circuit.number() == number)
	}

	/// The circuit of a name.
	pub fn named(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|circuit| circuit.name() == name)
	}

	/// The circuit that a key, proving or verifying, says that it is for.
	pub fn of_key(key: &[u8]) -> Option<Self> {
		let relation = key.get(16..48)?;
		Self::ALL.into_iter().find(|circuit| circuit.relation() == relation)
	}

	/// The number in the registries of chains.
	pub fn number(self) -> u32 {
		with!(self, C => C::NUMBER)
	}

	/// The name, which stays when the circuit changes.
	pub fn name(self) -> &'static str {
		let name = with!(self, C => C::NAME);
		name.split_once('.').map_or(name, |(name, _)| name)
	}

	/// The digest of the relation: what its keys are for.
	pub fn relation(self) -> [u8; 32] {
		with!(self, C => C::RELATION)
	}

	/// How many public inputs there are.
	pub fn arity(self) -> usize {
		with!(self, C => C::ARITY)
	}

	/// How many constraints there are. Counted each time.
	///
	/// # Errors
	///
	/// [`SetupError::Circuit`], which is not known to happen.
	pub fn constraints(self) -> Result<usize, SetupError> {
		with!(self, C => Relation::<C>::new().map(|relation| relation.constraints()))
			.map_err(|_| SetupError::Circuit)
	}

	/// Whether bytes are a verifying key of this circuit, and where it says that it comes from.
	///
	/// # Errors
	///
	/// Each of [`KeyError`] but [`KeyError::WrongDigest`]: whose key it is, its digest tells.
	pub fn check_key(self, key: &[u8]) -> Result<KeyOrigin, KeyError> {
		with!(self, C => check_key::<C>(key))
	}

	/// Keys for development alone ([`setup_dev`]).
	///
	/// # Errors
	///
	/// [`SetupError`].
	pub fn setup_dev(self, rng: &mut StdRng) -> Result<DevelopmentKeys, SetupError> {
		with!(self, C => development_keys::<C>(rng))
	}

	/// The relation as its matrices. Made each time.
	///
	/// # Errors
	///
	/// [`SetupError::Circuit`], and [`KeyError::WrongCircuit`] where the circuit is not the one that it says it
	/// is; neither is known to happen.
	pub fn matrices(self) -> Result<Matrices, SetupError> {
		with!(self, C => matrices::<C>())
	}

	/// Encodes what came out of a ceremony. **That it came out of one is for the caller to know.**
	///
	/// # Errors
	///
	/// [`SetupError`], where the parts do not fit the circuit or a point of the verifying key may not be there.
	pub fn ceremony_keys(
		self,
		key: ark_groth16::ProvingKey<Bls12_381>,
	) -> Result<CeremonyKeys, SetupError> {
		with!(self, C => ceremony_keys::<C>(key))
	}

	/// Verifies a proof about public inputs, in their order, under a key of either origin.
	///
	/// # Errors
	///
	/// Each of [`Disbelief`]: the first of what a chain would find, in its order.
	pub fn verify(
		self,
		key: &[u8],
		inputs: &[[u8; 32]],
		proof: &[u8; PROOF_BYTES],
	) -> Result<(), Disbelief> {
		match self.check_key(key).map_err(Disbelief::Key)? {
			KeyOrigin::Development => {
				with!(self, C => verify::<C, Development>(key, inputs, proof))
			},
			KeyOrigin::Ceremony => with!(self, C => verify::<C, Ceremony>(key, inputs, proof)),
		}
	}
}

impl fmt::Display for AnyCircuit {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.name())
	}
}

/// A key of these bytes, whoever published them.
fn key<C: Circuit, O: Origin>(bytes: &[u8]) -> Result<VerifyingKey<C, O>, KeyError> {
	VerifyingKey::from_bytes(bytes, VerifyingKey::<C, O>::digest(bytes))
}

fn check_key<C: Circuit>(bytes: &[u8]) -> Result<KeyOrigin, KeyError> {
	if bytes.starts_with(Development::LABEL) {
		return key::<C, Development>(bytes).map(|_| KeyOrigin::Development);
	}
	key::<C, Ceremony>(bytes).map(|_| KeyOrigin::Ceremony)
}

fn development_keys<C: Circuit>(rng: &mut StdRng) -> Result<DevelopmentKeys, SetupError> {
	let key = setup_dev::<C>(rng)?;
	let verifying = key.verifying_key().map_err(SetupError::Key)?;
	Ok(DevelopmentKeys { proving: key.to_bytes(), verifying: verifying.to_bytes() })
}

fn matrices<C: Circuit>() -> Result<Matrices, SetupError> {
	let relation = Relation::<C>::new().map_err(|_| SetupError::Circuit)?;
	if relation.digest() != C::RELATION {
		return Err(SetupError::Key(KeyError::WrongCircuit));
	}
	let (inputs, witnesses) = (relation.inputs(), relation.witnesses());
	Ok(Matrices { inputs, witnesses, rows: relation.matrices })
}

fn ceremony_keys<C: Circuit>(
	key: ark_groth16::ProvingKey<Bls12_381>,
) -> Result<CeremonyKeys, SetupError> {
	let relation = Relation::<C>::new().map_err(|_| SetupError::Circuit)?;
	let key = ProvingKey::<C, Ceremony>::new(&relation, key).map_err(SetupError::Key)?;
	let verifying = key.verifying_key().map_err(SetupError::Key)?;
	Ok(CeremonyKeys { proving: key.to_bytes(), verifying: verifying.to_bytes() })
}

fn verify<C: Circuit, O: Origin>(
	bytes: &[u8],
	inputs: &[[u8; 32]],
	proof: &[u8; PROOF_BYTES],
) -> Result<(), Disbelief> {
	let verifier = Verifier::new(key::<C, O>(bytes).map_err(Disbelief::Key)?);
	if inputs.len() != C::ARITY {
		let (expected, found) = (C::ARITY, inputs.len());
		return Err(Disbelief::Statement(VerifyError::WrongArity { expected, found }));
	}
	let inputs = inputs.iter().map(input_from_bytes).collect::<Result<Vec<_>, _>>();
	let inputs = inputs.map_err(Disbelief::Statement)?;
	let proof = Proof::from_bytes(proof).map_err(Disbelief::Proof)?;
	verifier.verify_inputs(&inputs, &proof).map_err(Disbelief::Statement)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{examples::rehearse, prove::PointError, Context};
	use ark_std::rand::SeedableRng;

	#[test]
	fn numbers_and_names_are_as_documented() {
		let names = AnyCircuit::ALL.map(|circuit| (circuit.number(), circuit.name()));
		let documented = [
			(0, "consent_grant"),
			(1, "consent_access"),
			(2, "consent_revoke"),
			(3, "study_enrolment"),
			(4, "delegated_access"),
			(5, "break_glass"),
		];
		assert_eq!(names, documented);
		for circuit in AnyCircuit::ALL {
			assert_eq!(AnyCircuit::numbered(circuit.number()), Some(circuit));
			assert_eq!(AnyCircuit::named(circuit.name()), Some(circuit));
		}
		assert_eq!(AnyCircuit::numbered(6), None);
		assert_eq!(AnyCircuit::named("consent_grant.v1"), None);
	}

	#[test]
	fn keys_are_of_their_circuit_alone() {
		let mut rng = StdRng::seed_from_u64(1);
		let DevelopmentKeys { proving, verifying } =
			AnyCircuit::ConsentGrant.setup_dev(&mut rng).unwrap();
		for key in [&proving, &verifying] {
			assert_eq!(AnyCircuit::of_key(key), Some(AnyCircuit::ConsentGrant));
		}
		let origin = AnyCircuit::ConsentGrant.check_key(&verifying);
		assert_eq!(origin, Ok(KeyOrigin::Development));
		for other in AnyCircuit::ALL.into_iter().skip(1) {
			assert!(other.check_key(&verifying).is_err(), "{other}");
		}
		// Whoever relabels a key has a ceremony's; that nobody attests it is for the chain to say.
		let relabelled = [&Ceremony::LABEL[..], &verifying[16..]].concat();
		let origin = AnyCircuit::ConsentGrant.check_key(&relabelled);
		assert_eq!(origin, Ok(KeyOrigin::Ceremony));
		assert_eq!(AnyCircuit::of_key(&verifying[..47]), None);
	}

	#[test]
	fn matrices_are_those_of_the_relation() {
		let circuit = AnyCircuit::ConsentGrant;
		let matrices = circuit.matrices().unwrap();
		assert_eq!(matrices.inputs, circuit.arity() + 1);
		for rows in &matrices.rows {
			assert_eq!(rows.len(), circuit.constraints().unwrap());
			let mut entries = rows.iter().flatten();
			assert!(entries.all(|(_, at)| *at < matrices.inputs + matrices.witnesses));
		}
	}

	#[test]
	fn a_proof_is_disbelieved_for_its_own_reason() {
		let circuit = AnyCircuit::ConsentGrant;
		let mut rng = StdRng::seed_from_u64(1);
		let DevelopmentKeys { proving, verifying } = circuit.setup_dev(&mut rng).unwrap();
		let rehearsal = rehearse(circuit, &proving, Context::default()).unwrap();
		let inputs = rehearsal.inputs();
		let proof = rehearsal.prove(&mut rng).unwrap().to_bytes();
		assert_eq!(circuit.verify(&verifying, &inputs, &proof), Ok(()));

		let reason = |inputs: &[[u8; 32]], proof| circuit.verify(&verifying, inputs, proof).err();
		let (expected, found) = (2, 1);
		let arity = VerifyError::WrongArity { expected, found };
		assert_eq!(reason(&inputs[1..], &proof), Some(Disbelief::Statement(arity)));
		let large = Disbelief::Statement(VerifyError::InputTooLarge);
		assert_eq!(reason(&[inputs[0], [0xff; 32]], &proof), Some(large));
		let invalid = Disbelief::Statement(VerifyError::Invalid);
		assert_eq!(reason(&[inputs[0], inputs[0]], &proof), Some(invalid));
		let malformed = reason(&inputs, &[0xff; PROOF_BYTES]);
		assert!(
			matches!(malformed, Some(Disbelief::Proof(found)) if found.error == PointError::Malformed)
		);
		assert!(matches!(circuit.verify(&proving, &inputs, &proof), Err(Disbelief::Key(_))));
	}
}
