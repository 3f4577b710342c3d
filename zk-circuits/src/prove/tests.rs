use super::*;
use crate::{circuits::Circuit, statement::Statement, Fr};
use ark_bls12_381::{Fq, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{AdditiveGroup, BigInteger, Field, PrimeField};
use ark_r1cs_std::eq::EqGadget;
use ark_relations::gr1cs::SynthesisError;
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hex_literal::hex;

/// *I know a square root of the first input.* The second takes part in nothing else.
struct Root;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Square;

#[derive(Clone, Default)]
struct Inputs([Fr; 2]);

impl Circuit for Root {
	type Public = Inputs;
	type Witness = Fr;
	type Group = Square;

	const NUMBER: u32 = 1000;
	const NAME: &'static str = "root.test";
	const ARITY: usize = 2;
	const RELATION: [u8; 32] =
		hex!("05ef61899b317ab553fb68ced4b26f8c28bfd350a459dc035f4b7733a33b0095");
	const GROUPS: &'static [Square] = &[Square];

	fn inputs(public: &Inputs) -> Vec<Fr> {
		public.0.to_vec()
	}

	fn state(
		statement: &mut Statement<Square>,
		public: &Inputs,
		witness: &Fr,
	) -> Result<(), SynthesisError> {
		let [square, context] = statement.inputs(public.0)?;
		let root = statement.witness(*witness)?;
		statement.group(Square, || {
			(&root * &root).enforce_equal(&square)?;
			crate::statement::enforce_bound(&context)
		})
	}
}

/// *I know a cube root of the first input.*
struct CubeRoot;

impl Circuit for CubeRoot {
	type Public = Inputs;
	type Witness = Fr;
	type Group = Square;

	const NUMBER: u32 = 1001;
	const NAME: &'static str = "cube-root.test";
	const ARITY: usize = 2;
	const RELATION: [u8; 32] =
		hex!("14dd8cc6961dd5fc2a08cbba0e2738a9a5144246fd168c60f5aa924b9cb4a1ed");
	const GROUPS: &'static [Square] = &[Square];

	fn inputs(public: &Inputs) -> Vec<Fr> {
		public.0.to_vec()
	}

	fn state(
		statement: &mut Statement<Square>,
		public: &Inputs,
		witness: &Fr,
	) -> Result<(), SynthesisError> {
		let [cube, context] = statement.inputs(public.0)?;
		let root = statement.witness(*witness)?;
		statement.group(Square, || {
			(&root * &root * &root).enforce_equal(&cube)?;
			crate::statement::enforce_bound(&context)
		})
	}
}

#[test]
fn the_circuits_of_these_tests_stay_as_they_are() {
	let relation = crate::Relation::<Root>::new().unwrap().digest();
	assert_eq!(relation, Root::RELATION, "{relation:02x?}");
	let relation = crate::Relation::<CubeRoot>::new().unwrap().digest();
	assert_eq!(relation, CubeRoot::RELATION, "{relation:02x?}");
}

/// Circuits as they must not be.
struct Broken<const HOW: u8>;

/// States nothing.
const REFUSES: u8 = 0;
/// Has another number of public inputs than it says.
const MISCOUNTS: u8 = 1;
/// States more of some witnesses than of others.
const DEPENDS: u8 = 2;
/// States something else than when its relation was pinned.
const CHANGED: u8 = 3;

impl<const HOW: u8> Circuit for Broken<HOW> {
	type Public = Inputs;
	type Witness = Fr;
	type Group = Square;

	const NUMBER: u32 = 1002;
	const NAME: &'static str = "broken.test";
	const ARITY: usize = if HOW == MISCOUNTS { 3 } else { 2 };
	const RELATION: [u8; 32] = if HOW == CHANGED { [0; 32] } else { Root::RELATION };
	const GROUPS: &'static [Square] = &[Square];

	fn inputs(public: &Inputs) -> Vec<Fr> {
		public.0.to_vec()
	}

	fn state(
		statement: &mut Statement<Square>,
		public: &Inputs,
		witness: &Fr,
	) -> Result<(), SynthesisError> {
		if HOW == REFUSES {
			return Err(SynthesisError::Unsatisfiable);
		}
		if HOW == DEPENDS && *witness == Fr::from(3u64) {
			let _ = statement.witness(*witness)?;
		}
		Root::state(statement, public, witness)
	}
}

#[test]
fn the_setup_fails_when_the_circuit_states_nothing() {
	assert_eq!(setup_dev::<Broken<REFUSES>>(&mut rng()).err(), Some(SetupError::Circuit));
}

#[test]
fn the_setup_fails_when_the_circuit_miscounts_its_inputs() {
	let error = SetupError::Key(KeyError::WrongShape);
	assert_eq!(setup_dev::<Broken<MISCOUNTS>>(&mut rng()).err(), Some(error));
}

#[test]
fn the_setup_fails_when_the_circuit_is_not_the_one_that_it_says() {
	let error = SetupError::Key(KeyError::WrongCircuit);
	assert_eq!(setup_dev::<Broken<CHANGED>>(&mut rng()).err(), Some(error));
}

#[test]
fn proving_fails_when_what_is_stated_depends_on_the_witness() {
	let key = setup_dev::<Broken<DEPENDS>>(&mut rng()).unwrap();
	let prover = Prover::new(key).unwrap();
	let result = prover.prove(&public(), &Fr::from(3u64), &mut rng(), &mut |_| ());
	assert_eq!(result, Err(ProveError::Circuit));
}

#[test]
fn errors_say_what_is_wrong() {
	let error = PointError::OffCurve;
	assert_eq!(
		ProofError { part: ProofPart::B, error }.to_string(),
		"point B of the proof is not on the curve"
	);
	let error = KeyError::Point { part: KeyPart::Input(2), error };
	assert_eq!(error.to_string(), "Input(2) of the key is not on the curve");
	let error = ProveError::Unsatisfied { group: Some(Square), constraint: 7 };
	assert_eq!(error.to_string(), "the witness does not satisfy Square (constraint 7)");
}

fn rng() -> StdRng {
	StdRng::seed_from_u64(7)
}

fn prover() -> Prover<Root, Development> {
	Prover::new(setup_dev(&mut rng()).unwrap()).unwrap()
}

fn public() -> Inputs {
	Inputs([9u64, 5].map(Fr::from))
}

fn proof(prover: &Prover<Root, Development>) -> Proof {
	prover.prove(&public(), &Fr::from(3u64), &mut rng(), &mut |_| ()).unwrap()
}

#[test]
fn what_is_proven_verifies() {
	let prover = prover();
	let mut stages = Vec::new();
	let proof = prover
		.prove(&public(), &Fr::from(3u64), &mut rng(), &mut |stage| stages.push(stage))
		.unwrap();
	assert_eq!(stages, [Stage::Assigned, Stage::Satisfied, Stage::Proved, Stage::Verified]);
	let read = Proof::from_bytes(&proof.to_bytes()).unwrap();
	assert_eq!(read, proof);
	assert_eq!(prover.verifier().verify(&public(), &read), Ok(()));
}

#[test]
fn two_proofs_of_one_witness_differ() {
	let prover = prover();
	let mut rng = rng();
	let mut prove = || prover.prove(&public(), &Fr::from(3u64), &mut rng, &mut |_| ()).unwrap();
	assert_ne!(prove(), prove());
}

#[test]
fn proving_fails_when_the_witness_does_not_satisfy() {
	let result = prover().prove(&public(), &Fr::from(4u64), &mut rng(), &mut |_| ());
	assert_eq!(result, Err(ProveError::Unsatisfied { group: Some(Square), constraint: 1 }));
}

#[test]
fn proving_fails_when_the_key_is_damaged() {
	let mut key = setup_dev::<Root>(&mut rng()).unwrap();
	key.key.l_query.swap(0, 1);
	let result =
		Prover::new(key).unwrap().prove(&public(), &Fr::from(3u64), &mut rng(), &mut |_| ());
	assert_eq!(result, Err(ProveError::Unverified));
}

#[test]
fn verifying_fails_when_any_input_is_another() {
	let prover = prover();
	let proof = proof(&prover);
	for inputs in [[9, 6], [10, 5], [5, 9]] {
		let public = Inputs(inputs.map(|n: u64| Fr::from(n)));
		assert_eq!(prover.verifier().verify(&public, &proof), Err(VerifyError::Invalid));
	}
}

#[test]
fn verifying_fails_when_the_key_is_another() {
	let other = Prover::<Root, _>::new(setup_dev(&mut StdRng::seed_from_u64(8)).unwrap()).unwrap();
	let result = other.verifier().verify(&public(), &proof(&prover()));
	assert_eq!(result, Err(VerifyError::Invalid));
}

#[test]
fn verifying_fails_when_there_are_fewer_or_more_inputs() {
	let prover = prover();
	let proof = proof(&prover);
	for found in [0, 1, 3, 8] {
		let mut inputs = vec![Fr::ZERO; found];
		inputs.iter_mut().zip(public().0).for_each(|(to, from)| *to = from);
		assert_eq!(
			prover.verifier().verify_inputs(&inputs, &proof),
			Err(VerifyError::WrongArity { expected: 2, found })
		);
	}
}

#[test]
fn an_input_fails_when_it_is_not_below_the_order() {
	let bytes = |number: ark_ff::BigInt<4>| <[u8; 32]>::try_from(number.to_bytes_le()).unwrap();
	let mut order = Fr::MODULUS;
	assert_eq!(input_from_bytes(&bytes(order)), Err(VerifyError::InputTooLarge));
	assert_eq!(input_from_bytes(&[0xff; 32]), Err(VerifyError::InputTooLarge));
	order.sub_with_borrow(&1u64.into());
	assert_eq!(input_from_bytes(&bytes(order)), Ok(-Fr::ONE));
	assert_eq!(input_from_bytes(&bytes(5u64.into())), Ok(Fr::from(5u64)));
	for input in [Fr::ZERO, Fr::ONE, -Fr::ONE, Fr::from(0x0102_0304_0506_0708u64)] {
		assert_eq!(input_from_bytes(&input_to_bytes(&input)), Ok(input));
		assert_eq!(input_to_bytes(&input), bytes(input.into_bigint()));
	}
}

/// Where the points of a proof begin and end.
const PARTS: [(ProofPart, usize, usize); 3] =
	[(ProofPart::A, 0, 96), (ProofPart::B, 96, 288), (ProofPart::C, 288, 384)];

/// A point on the curve and outside of the subgroup.
fn outside_g1() -> G1Affine {
	let candidates = (0..).filter_map(|x| G1Affine::get_point_from_x_unchecked(Fq::from(x), true));
	candidates.into_iter().find(|point| !point.is_in_correct_subgroup_assuming_on_curve()).unwrap()
}

fn outside_g2() -> G2Affine {
	let x = |x: u64| ark_bls12_381::Fq2::new(Fq::from(x), Fq::ONE);
	let candidates = (0..).filter_map(|n| G2Affine::get_point_from_x_unchecked(x(n), true));
	candidates.into_iter().find(|point| !point.is_in_correct_subgroup_assuming_on_curve()).unwrap()
}

#[test]
fn a_proof_fails_when_a_point_is_at_infinity() {
	let bytes = proof(&prover()).to_bytes();
	for (part, from, until) in PARTS {
		let mut bytes = bytes;
		bytes[from..until].fill(0);
		bytes[from] = 0x40;
		let error = PointError::Infinity;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_a_point_is_at_infinity_with_garbage() {
	let bytes = proof(&prover()).to_bytes();
	let error = PointError::Malformed;
	for (part, from, until) in PARTS {
		let mut bytes = bytes;
		bytes[from] |= 0x40;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
		bytes[from..until].fill(0);
		(bytes[from], bytes[until - 1]) = (0x40, 1);
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_it_says_that_a_point_is_compressed() {
	let bytes = proof(&prover()).to_bytes();
	for (part, from, _) in PARTS {
		let mut bytes = bytes;
		bytes[from] |= 0x80;
		let error = PointError::Malformed;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_a_point_has_a_flag_too_many() {
	let bytes = proof(&prover()).to_bytes();
	for (part, from, _) in PARTS {
		let mut bytes = bytes;
		bytes[from] |= 0x20;
		let error = PointError::Malformed;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_a_coordinate_is_not_below_the_modulus() {
	let bytes = proof(&prover()).to_bytes();
	for (part, from, _) in PARTS {
		let mut bytes = bytes;
		bytes[from..from + 48].copy_from_slice(&Fq::MODULUS.to_bytes_be());
		let error = PointError::Malformed;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_a_point_is_off_the_curve() {
	let bytes = proof(&prover()).to_bytes();
	for (part, _, until) in PARTS {
		let mut bytes = bytes;
		bytes[until - 1] ^= 1;
		let error = PointError::OffCurve;
		assert_eq!(Proof::from_bytes(&bytes), Err(ProofError { part, error }));
	}
}

#[test]
fn a_proof_fails_when_a_point_is_outside_of_the_subgroup() {
	let sound = proof(&prover());
	let error = PointError::OutsideSubgroup;
	for (part, forged) in [
		(ProofPart::A, Proof { a: outside_g1(), ..sound.clone() }),
		(ProofPart::B, Proof { b: outside_g2(), ..sound.clone() }),
		(ProofPart::C, Proof { c: outside_g1(), ..sound }),
	] {
		assert_eq!(Proof::from_bytes(&forged.to_bytes()), Err(ProofError { part, error }));
	}
}

#[test]
fn no_bit_of_a_proof_can_be_flipped() {
	let prover = prover();
	let bytes = proof(&prover).to_bytes();
	for bit in 0..8 * PROOF_BYTES {
		let mut bytes = bytes;
		bytes[bit / 8] ^= 1 << (bit % 8);
		let accepted = Proof::from_bytes(&bytes)
			.is_ok_and(|proof| prover.verifier().verify(&public(), &proof).is_ok());
		assert!(!accepted, "bit {bit}");
	}
}

#[test]
fn points_that_change_places_prove_nothing() {
	let prover = prover();
	let sound = proof(&prover);
	let forged = [
		Proof { a: sound.c, c: sound.a, ..sound.clone() },
		Proof { a: -sound.a, ..sound.clone() },
		Proof { b: -sound.b, ..sound.clone() },
		Proof { c: -sound.c, ..sound },
	];
	for proof in forged {
		assert_eq!(prover.verifier().verify(&public(), &proof), Err(VerifyError::Invalid));
	}
}

/// Why proofs must never be taken for identifiers.
#[test]
fn a_proof_can_be_made_another_one_of_the_same_statement() {
	let prover = prover();
	let Proof { a, b, c } = proof(&prover);
	let vk = &prover.verifier().key().key;
	let proof = ark_groth16::Proof { a, b, c };
	type Groth16 = ark_groth16::Groth16<ark_bls12_381::Bls12_381>;
	let other = Proof::of(Groth16::rerandomize_proof(vk, &proof, &mut rng()));
	assert_ne!(other, Proof { a, b, c });
	assert_eq!(prover.verifier().verify(&public(), &other), Ok(()));
}

type Key = VerifyingKey<Root, Development>;

fn key() -> Vec<u8> {
	setup_dev::<Root>(&mut rng()).unwrap().verifying_key().unwrap().to_bytes()
}

/// A key that was published like this.
fn read(bytes: &[u8]) -> Result<Key, KeyError> {
	Key::from_bytes(bytes, Key::digest(bytes))
}

fn refused(
	change: impl FnOnce(&mut ark_groth16::VerifyingKey<ark_bls12_381::Bls12_381>),
) -> KeyError {
	let mut key = read(&key()).unwrap();
	change(&mut key.key);
	read(&key.to_bytes()).err().unwrap()
}

#[test]
fn a_verifying_key_is_read_as_it_was_written() {
	let bytes = key();
	assert_eq!(bytes.len(), Key::encoded_len());
	let key = read(&bytes).unwrap();
	assert_eq!(key.to_bytes(), bytes);
	assert_eq!(Verifier::new(key).verify(&public(), &proof(&prover())), Ok(()));
}

#[test]
fn a_development_key_fails_when_one_from_a_ceremony_is_needed() {
	let bytes = key();
	let result = VerifyingKey::<Root, Ceremony>::from_bytes(&bytes, Key::digest(&bytes));
	assert_eq!(result.err(), Some(KeyError::WrongOrigin));
}

#[test]
fn a_verifying_key_fails_when_it_is_for_another_circuit() {
	let key = setup_dev::<CubeRoot>(&mut rng()).unwrap().verifying_key().unwrap();
	assert_eq!(read(&key.to_bytes()).err(), Some(KeyError::WrongCircuit));
}

#[test]
fn a_verifying_key_fails_when_it_is_not_the_published_one() {
	let other = setup_dev::<Root>(&mut StdRng::seed_from_u64(8)).unwrap().verifying_key().unwrap();
	let result = Key::from_bytes(&other.to_bytes(), Key::digest(&key()));
	assert_eq!(result.err(), Some(KeyError::WrongDigest));
}

#[test]
fn a_verifying_key_fails_when_it_has_another_length() {
	let mut bytes = key();
	bytes.push(0);
	let (expected, found) = (bytes.len() - 1, bytes.len());
	let error = KeyError::WrongLength { expected, found };
	assert_eq!(read(&bytes).err(), Some(error));
	assert!(matches!(read(&[]).err(), Some(KeyError::WrongLength { found: 0, .. })));
}

#[test]
fn a_verifying_key_fails_when_a_point_is_at_infinity() {
	let error = PointError::Infinity;
	let in_part = |part| KeyError::Point { part, error };
	assert_eq!(refused(|key| key.alpha_g1 = G1Affine::zero()), in_part(KeyPart::Alpha));
	assert_eq!(refused(|key| key.beta_g2 = G2Affine::zero()), in_part(KeyPart::Beta));
	assert_eq!(refused(|key| key.gamma_g2 = G2Affine::zero()), in_part(KeyPart::Gamma));
	assert_eq!(refused(|key| key.delta_g2 = G2Affine::zero()), in_part(KeyPart::Delta));
	for input in 0..3 {
		let error = refused(|key| key.gamma_abc_g1[input] = G1Affine::zero());
		assert_eq!(error, in_part(KeyPart::Input(input)));
	}
}

#[test]
fn a_verifying_key_fails_when_a_point_is_outside_of_the_subgroup() {
	let error = PointError::OutsideSubgroup;
	let part = KeyPart::Input(1);
	let refused_input = refused(|key| key.gamma_abc_g1[1] = outside_g1());
	assert_eq!(refused_input, KeyError::Point { part, error });
	let refused_delta = refused(|key| key.delta_g2 = outside_g2());
	assert_eq!(refused_delta, KeyError::Point { part: KeyPart::Delta, error });
}

#[test]
fn a_verifying_key_fails_when_delta_is_gamma_or_its_negative() {
	assert_eq!(refused(|key| key.delta_g2 = key.gamma_g2), KeyError::DeltaIsGamma);
	assert_eq!(refused(|key| key.delta_g2 = -key.gamma_g2), KeyError::DeltaIsGamma);
}

#[test]
fn a_verifying_key_fails_when_nobody_contributed_to_delta() {
	let generator = G2Affine::generator();
	assert_eq!(refused(|key| key.delta_g2 = generator), KeyError::DeltaIsGenerator);
	assert_eq!(refused(|key| key.delta_g2 = -generator), KeyError::DeltaIsGenerator);
}

#[test]
fn a_proving_key_is_read_as_it_was_written() {
	let bytes = setup_dev::<Root>(&mut rng()).unwrap().to_bytes();
	let digest = ProvingKey::<Root, Development>::digest(&bytes);
	let key = ProvingKey::<Root, Development>::from_bytes(&bytes, digest).unwrap();
	assert_eq!(key.to_bytes(), bytes);
	proof(&Prover::new(key).unwrap());
}

#[test]
fn a_proving_key_fails_when_it_is_not_the_published_one() {
	let mut bytes = setup_dev::<Root>(&mut rng()).unwrap().to_bytes();
	let digest = ProvingKey::<Root, Development>::digest(&bytes);
	bytes[1000] ^= 1;
	let result = ProvingKey::<Root, Development>::from_bytes(&bytes, digest);
	assert_eq!(result.err(), Some(KeyError::WrongDigest));
}

#[test]
fn a_proving_key_fails_when_its_origin_is_another() {
	let bytes = setup_dev::<Root>(&mut rng()).unwrap().to_bytes();
	let digest = ProvingKey::<Root, Ceremony>::digest(&bytes);
	let result = ProvingKey::<Root, Ceremony>::from_bytes(&bytes, digest);
	assert_eq!(result.err(), Some(KeyError::WrongOrigin));
}

#[test]
fn a_proving_key_fails_when_it_is_cut_short() {
	let bytes = setup_dev::<Root>(&mut rng()).unwrap().to_bytes();
	for length in [0, 15, 47, 48, 100, bytes.len() - 1] {
		let digest = ProvingKey::<Root, Development>::digest(&bytes[..length]);
		let result = ProvingKey::<Root, Development>::from_bytes(&bytes[..length], digest);
		assert_eq!(result.err(), Some(KeyError::WrongShape), "{length}");
	}
}

#[test]
fn a_proving_key_fails_when_it_is_for_another_circuit() {
	let bytes = setup_dev::<CubeRoot>(&mut rng()).unwrap().to_bytes();
	let digest = ProvingKey::<Root, Development>::digest(&bytes);
	let result = ProvingKey::<Root, Development>::from_bytes(&bytes, digest);
	assert_eq!(result.err(), Some(KeyError::WrongCircuit));
}

#[test]
fn a_prover_fails_when_the_key_has_another_shape() {
	let mut key = setup_dev::<Root>(&mut rng()).unwrap();
	key.key.b_g1_query.pop();
	assert_eq!(Prover::new(key).err(), Some(KeyError::WrongShape));
}
