//! A real circuit, a real key, a real proof: those of `hdx-zk-circuits`, whose verifier is another implementation of
//! what this pallet does.

use crate::{mock::*, Circuits, Error, KeyBytes, KeyOrigin};
use ark_ff::{BigInteger, PrimeField};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{CircuitVersion, Proof, ProofRefusal, PublicInput, H256};
use hdx_zk_circuits::{
	circuits::{Circuit, ConsentGrant, ConsentGrantPublic, ConsentGrantWitness},
	note::{Authority, Note, Policy, ProviderTag, Purpose, Recipient, Secret},
	prove::{
		self, setup_dev, Development, KeyError, Prover, Verifier as NativeVerifier, VerifyingKey,
	},
	Binding, Context, Fr,
};
use std::sync::OnceLock;

/// What was made once for all tests.
pub struct Real {
	pub key: KeyBytes,
	pub relation: [u8; 32],
	pub proof: Proof,
	pub inputs: Vec<PublicInput>,
	verifier: NativeVerifier<ConsentGrant, Development>,
}

fn bytes(input: Fr) -> PublicInput {
	input.into_bigint().to_bytes_le().try_into().unwrap()
}

/// The smallest circuit: whoever this consent says gave it did.
pub fn real() -> &'static Real {
	static REAL: OnceLock<Real> = OnceLock::new();
	REAL.get_or_init(|| {
		let patient = Authority::patient(Secret::new(Fr::from(11u64)));
		let provider = ProviderTag::of(&Secret::new(Fr::from(22u64)));
		let note = Note {
			granter: patient.patient_key(),
			recipient: Recipient::provider(provider, patient.patient_key()),
			policy: Policy::new(u64::MAX, Purpose::TREATMENT.mask(), 0, 1_900_000_000_000).unwrap(),
			nonce: Fr::from(33u64),
		};
		let mut rng = StdRng::seed_from_u64(0);
		let prover = Prover::<ConsentGrant, _>::new(setup_dev(&mut rng).unwrap()).unwrap();
		let CircuitVersion { circuit, version } = CIRCUIT;
		let (genesis, signer, request) = ([1; 32], [2; 32], [3; 32]);
		let binding = Binding { genesis, circuit: circuit.0, version, signer, request };
		let public = ConsentGrantPublic { leaf: note.leaf(), context: Context::new(&binding) };
		let witness = ConsentGrantWitness { note, authority: patient };
		let proof = prover.prove(&public, &witness, &mut rng, &mut |_| ()).unwrap();
		let key = prover.verifier().key().to_bytes();
		Real {
			verifier: NativeVerifier::new(read(&key).ok().unwrap()),
			key: key.try_into().unwrap(),
			relation: ConsentGrant::RELATION,
			proof: Proof(proof.to_bytes()),
			inputs: ConsentGrant::inputs(&public).into_iter().map(bytes).collect(),
		}
	})
}

impl Real {
	/// Whether the verifier of `hdx-zk-circuits` believes a proof under this key.
	pub fn is_believed(&self, proof: &Proof, inputs: &[PublicInput]) -> bool {
		let inputs: Result<Vec<_>, _> = inputs.iter().map(prove::input_from_bytes).collect();
		let Ok(inputs) = inputs else { return false };
		let Ok(proof) = prove::Proof::from_bytes(&proof.0) else { return false };
		self.verifier.verify_inputs(&inputs, &proof).is_ok()
	}
}

type NativeKey = VerifyingKey<ConsentGrant, Development>;

/// A key as if it were the published one.
fn read(bytes: &[u8]) -> Result<NativeKey, KeyError> {
	NativeKey::from_bytes(bytes, NativeKey::digest(bytes))
}

/// Whether `hdx-zk-circuits` takes a key for the circuit.
pub fn is_key(bytes: &[u8]) -> bool {
	read(bytes).is_ok()
}

/// Runs a test on a development chain that accepts the proofs of the circuit.
pub fn with_real(test: impl FnOnce(&'static Real)) {
	on_chain(|| {
		DevelopmentChain::set(true);
		accept(CIRCUIT, real().key.clone());
		test(real());
	});
}

#[test]
fn what_is_proven_verifies() {
	with_real(|real| {
		assert_ok!(ask(CIRCUIT, &real.proof, &real.inputs));
		let inputs = real.inputs.clone().try_into().unwrap();
		assert_ok!(Verifier::check_proof(CIRCUIT, real.proof.clone(), inputs));
		assert!(real.is_believed(&real.proof, &real.inputs));
		let record = Circuits::<Test>::get(CIRCUIT).unwrap();
		assert_eq!((record.origin, record.arity), (KeyOrigin::Development, 2));
		assert_eq!(record.relation, H256(real.relation));
	});
}

#[test]
fn a_development_key_fails_on_a_chain_for_production() {
	on_chain(|| {
		assert_noop!(
			Verifier::register_circuit(governance(), CIRCUIT, real().key.clone(), TRANSCRIPT),
			Error::<Test>::KeyForDevelopment
		);
	});
}

#[test]
fn a_development_key_is_worth_nothing_once_the_chain_is_for_production() {
	with_real(|real| {
		DevelopmentChain::set(false);
		assert_eq!(ask(CIRCUIT, &real.proof, &real.inputs), Err(ProofRefusal::CircuitNotActive));
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		assert_noop!(Verifier::activate(governance(), CIRCUIT), Error::<Test>::KeyForDevelopment);
	});
}

#[test]
fn a_proof_of_a_real_circuit_fails_under_the_key_of_another() {
	with_real(|real| {
		accept(OTHER, key(2));
		assert_eq!(ask(OTHER, &real.proof, &real.inputs), Err(ProofRefusal::NotProven));
	});
}

/// Why proofs must never be taken for identifiers.
#[test]
fn a_proof_that_was_made_another_one_still_verifies() {
	use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
	type Groth16 = ark_groth16::Groth16<ark_bls12_381::Bls12_381>;
	with_real(|real| {
		let key = &real.key[48..];
		// arkworks writes how many points of inputs there are before them.
		let (fixed, points) = key.split_at(96 + 3 * 192);
		let count = 3u64.to_le_bytes();
		let key = [fixed, &count, points].concat();
		let key = ark_groth16::VerifyingKey::deserialize_uncompressed(&*key).unwrap();
		let proof = ark_groth16::Proof::deserialize_uncompressed(&real.proof.0[..]).unwrap();
		let mut rng = StdRng::seed_from_u64(1);
		for _ in 0..8 {
			let other = Groth16::rerandomize_proof(&key, &proof, &mut rng);
			let mut bytes = [0; 384];
			other.serialize_uncompressed(&mut bytes[..]).unwrap();
			assert_ne!(bytes, real.proof.0);
			let other = Proof(bytes);
			assert_ok!(ask(CIRCUIT, &other, &real.inputs));
			assert!(real.is_believed(&other, &real.inputs));
		}
	});
}
