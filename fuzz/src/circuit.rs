//! Points, proofs, keys and transcripts, and what is encrypted for an auditor.

mod made;

use crate::input::{altered, choice};
use arbitrary::Unstructured;
use ark_bls12_381::{g1, g2};
use hdx_zk_ceremony::{Transcript, MAX_RECORDS};
use hdx_zk_circuits::{
	auditor::{AuditorKey, AuditorSecret, Ciphertext, AUDITOR_KEY_BYTES, CIPHERTEXT_BYTES},
	circuits::ConsentGrant,
	prove::{
		input_from_bytes, input_to_bytes, point_from_bytes, point_to_bytes, Ceremony, Development,
		Origin, Proof, ProvingKey, VerifyingKey, PROOF_BYTES,
	},
	AnyCircuit, Binding, Context, Fr, KeyOrigin,
};
use made::{proof, proving_key, transcript, verifying_key, G1_BYTES, G2_BYTES};
use pallet_groth16_verifier::fuzzing::{is_g1, is_g2, is_key};

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 7) else { return };
	let input = &mut Unstructured::new(rest);
	match reader {
		0 => points(rest),
		1 => verified(input),
		2 => verifying_keys(rest),
		3 => proving_keys(rest),
		4 => for_auditors(rest),
		5 => read_transcript(rest),
		_ => altered_transcript(input),
	}
}

/// So many bytes of the input; what it does not have is zero.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
	let mut array = [0; N];
	array.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
	array
}

/// Points: the prover's own reader, and that of the chain, which is written apart from it, take the same.
fn points(bytes: &[u8]) {
	let input = &mut Unstructured::new(bytes);
	let made = input.int_in_range(1..=4_u64).unwrap_or(1);
	let in_g1 = altered(&made::g1(made), input);
	let in_g2 = altered(&made::g2(made), input);
	for bytes in [bytes, &in_g1] {
		let point = point_from_bytes::<g1::Config>(bytes);
		if let Ok(point) = &point {
			assert_eq!(point_to_bytes(point), bytes, "a point is spelled in one way");
		}
		if let Ok(bytes) = <[u8; G1_BYTES]>::try_from(bytes) {
			assert_eq!(is_g1(&bytes), point.is_ok());
		}
	}
	for bytes in [bytes, &in_g2] {
		let point = point_from_bytes::<g2::Config>(bytes);
		if let Ok(point) = &point {
			assert_eq!(point_to_bytes(point), bytes, "a point is spelled in one way");
		}
		if let Ok(bytes) = <[u8; G2_BYTES]>::try_from(bytes) {
			assert_eq!(is_g2(&bytes), point.is_ok());
		}
	}
	let number = array::<32>(bytes);
	if let Ok(read) = input_from_bytes(&number) {
		assert_eq!(input_to_bytes(&read), number);
	}
}

/// A proof that verifies, with something of it, its inputs or its key altered.
fn verified(input: &mut Unstructured<'_>) {
	let circuit = any_circuit(input);
	let key = verifying_key(circuit, KeyOrigin::Development);
	let what = input.int_in_range(0..=2_u8).unwrap_or_default();
	let of = |which: u8, valid: &[u8], input: &mut Unstructured<'_>| {
		if what == which {
			altered(valid, input)
		} else {
			valid.to_vec()
		}
	};
	let whole_proof = proof();
	let changed_proof = array::<PROOF_BYTES>(&of(0, &whole_proof, input));
	let changed_key = of(1, &key, input);
	let zeros = vec![0_u8; circuit.arity() * 32];
	let changed_inputs: Vec<[u8; 32]> = of(2, &zeros, input).chunks(32).map(array).collect();

	let read = Proof::from_bytes(&changed_proof);
	if let Ok(read) = &read {
		assert_eq!(read.to_bytes(), changed_proof, "a proof is spelled in one way");
	}
	let is_whole =
		changed_proof == whole_proof && changed_key == key && changed_inputs.concat() == zeros;
	let believed = circuit.verify(&changed_key, &changed_inputs, &changed_proof);
	assert!(believed.is_ok() || !is_whole, "the proof holds");
	if believed.is_ok() {
		assert!(read.is_ok() && circuit.check_key(&changed_key).is_ok());
		assert_eq!(changed_inputs.len(), circuit.arity());
		assert!(changed_inputs.iter().all(|one| input_from_bytes(one).is_ok()));
	}
}

fn any_circuit(input: &mut Unstructured<'_>) -> AnyCircuit {
	input.choose(&AnyCircuit::ALL).copied().unwrap_or(AnyCircuit::ConsentGrant)
}

/// A verifying key: of anybody, and one that is sound with something altered.
fn verifying_keys(bytes: &[u8]) {
	let input = &mut Unstructured::new(bytes);
	let circuit = any_circuit(input);
	let origin = match input.arbitrary::<bool>().unwrap_or_default() {
		true => KeyOrigin::Ceremony,
		false => KeyOrigin::Development,
	};
	let whole = verifying_key(circuit, origin);
	let changed = altered(&whole, input);
	assert!(changed != whole || circuit.check_key(&changed) == Ok(origin));
	for bytes in [bytes, &changed] {
		for circuit in AnyCircuit::ALL {
			if circuit.check_key(bytes).is_ok() {
				assert_eq!(AnyCircuit::of_key(bytes), Some(circuit));
				assert!(is_key(bytes), "what a client takes, the chain takes");
			}
		}
		verifying_key_of::<Development>(bytes);
		verifying_key_of::<Ceremony>(bytes);
	}
}

fn verifying_key_of<O: Origin>(bytes: &[u8]) {
	let digest = VerifyingKey::<ConsentGrant, O>::digest(bytes);
	if let Ok(key) = VerifyingKey::<ConsentGrant, O>::from_bytes(bytes, digest) {
		assert_eq!(key.to_bytes(), bytes, "a key is spelled in one way");
		let other = VerifyingKey::<ConsentGrant, O>::from_bytes(bytes, [0; 32]);
		assert!(other.is_err(), "a key is of its digest");
	}
}

/// A proving key, whose digest is that which was published: only the reading is looked at.
fn proving_keys(bytes: &[u8]) {
	let input = &mut Unstructured::new(bytes);
	let whole = proving_key();
	let changed = altered(&whole, input);
	for bytes in [bytes, &changed] {
		let digest = ProvingKey::<ConsentGrant, Development>::digest(bytes);
		let read = ProvingKey::<ConsentGrant, Development>::from_bytes(bytes, digest);
		assert!(read.is_ok() || bytes != whole);
		let Ok(key) = read else { continue };
		// Its points are not checked, nor that they are spelled as we do.
		let written = key.to_bytes();
		assert!(written.len() <= bytes.len());
		assert!(bytes != whole || written == whole);
		let digest = ProvingKey::<ConsentGrant, Development>::digest(&written);
		let again = ProvingKey::<ConsentGrant, Development>::from_bytes(&written, digest);
		assert_eq!(again.map(|again| again.to_bytes()).ok(), Some(written));
		drop(key.verifying_key());
	}
}

/// Keys of auditors, and what is encrypted for them: as it comes, and sound with something altered.
fn for_auditors(bytes: &[u8]) {
	let secret = AuditorSecret::from_bytes(&array(&[5])).expect("a number below the order");
	let key = secret.key().to_bytes();
	let input = &mut Unstructured::new(bytes);
	let altered_key = altered(&key, input);
	for bytes in [array::<AUDITOR_KEY_BYTES>(bytes), array(&altered_key)] {
		if let Ok(key) = AuditorKey::from_bytes(&bytes) {
			assert_eq!(key.to_bytes(), bytes, "a key is spelled in one way");
			assert_eq!(AuditorKey::new(key.point()), Ok(key));
		}
		if let Ok(secret) = AuditorSecret::from_bytes(&bytes) {
			assert_eq!(*secret.expose(), bytes);
			// One is the secret of the generator, which nobody may have.
			let is_one = bytes == array::<AUDITOR_KEY_BYTES>(&[1]);
			assert_eq!(AuditorKey::from_bytes(&secret.key().to_bytes()).is_err(), is_one);
		}
	}
	let context = Context::new(&Binding {
		genesis: [1; 32],
		circuit: 6,
		version: 1,
		signer: [2; 32],
		request: [3; 32],
	});
	let ciphertext = [key, array(&[42])].concat();
	let altered_ciphertext = altered(&ciphertext, input);
	for bytes in [array::<CIPHERTEXT_BYTES>(bytes), array(&altered_ciphertext)] {
		if let Ok(read) = Ciphertext::from_bytes(&bytes) {
			assert_eq!(read.to_bytes(), bytes, "a ciphertext is spelled in one way");
			let opened: Result<Fr, _> = secret.open(&read, context);
			assert!(opened.is_ok(), "what is taken can be opened");
		}
	}
}

/// A transcript of anybody.
fn read_transcript(bytes: &[u8]) {
	let Ok(read) = Transcript::from_bytes(bytes) else { return };
	assert_eq!(read.to_bytes(), bytes, "a transcript is spelled in one way");
	assert!(read.records().len() <= MAX_RECORDS);
	let last = read.records().last().map_or_else(|| read.header().start(), |record| record.link());
	assert_eq!(read.link(), last);
	let _ = read.phase();
}

/// One that can be read, with something altered. It is honest in nothing but its form.
fn altered_transcript(input: &mut Unstructured<'_>) {
	let whole = transcript(input);
	assert!(Transcript::from_bytes(&whole).is_ok());
	read_transcript(&altered(&whole, input));
}
