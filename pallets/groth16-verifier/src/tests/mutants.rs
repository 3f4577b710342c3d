//! A corpus of changed proofs, keys and inputs of a real circuit: none is believed, none panics, and three verifiers
//! agree on each: by host functions, natively, and that of `hdx-zk-circuits`.

use super::real::{is_key, real, with_real, Real};
use crate::{
	curve::{Hosted, Native},
	key::{self, VerifyingKey},
	mock::*,
	types::PreparedKey,
	verify, PreparedKeys,
};
use hdx_primitives::{Proof, ProofRefusal, PublicInput};

/// Checks that a proof is refused, and why all say so.
fn refused(real: &Real, key: &PreparedKey, proof: &Proof, inputs: &[PublicInput]) -> ProofRefusal {
	let hosted = verify::verify::<Hosted>(key, proof, inputs);
	assert_eq!(verify::verify::<Native>(key, proof, inputs), hosted);
	assert!(!real.is_believed(proof, inputs));
	hosted.unwrap_err()
}

#[test]
fn no_bit_of_a_proof_can_be_flipped() {
	with_real(|real| {
		let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		for bit in 0..8 * 384 {
			let mut proof = real.proof.clone();
			proof.0[bit / 8] ^= 1 << (bit % 8);
			refused(real, &key, &proof, &real.inputs);
		}
	});
}

#[test]
fn no_byte_of_a_proof_can_be_another() {
	with_real(|real| {
		let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		for byte in 0..384 {
			for value in [0x00, 0x55, 0xff] {
				let mut proof = real.proof.clone();
				if proof.0[byte] != value {
					proof.0[byte] = value;
					refused(real, &key, &proof, &real.inputs);
				}
			}
		}
	});
}

#[test]
fn no_bit_of_an_input_can_be_flipped() {
	with_real(|real| {
		let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		for bit in 0..8 * 64 {
			let mut inputs = real.inputs.clone();
			inputs[bit / 256][bit % 256 / 8] ^= 1 << (bit % 8);
			let refusal = refused(real, &key, &real.proof, &inputs);
			let expected = [ProofRefusal::NotProven, ProofRefusal::InputTooLarge];
			assert!(expected.contains(&refusal));
		}
	});
}

/// But for the digest of the relation, which the attesters compare: under it the key is another registration.
#[test]
fn no_bit_of_a_key_can_be_flipped() {
	let real = real();
	let sound = real.key.to_vec();
	let digest = key::digest(&sound);
	for bit in (0..8 * sound.len()).filter(|bit| !(8 * 16..8 * 48).contains(bit)) {
		let mut bytes = sound.clone();
		bytes[bit / 8] ^= 1 << (bit % 8);
		let hosted = VerifyingKey::<Hosted>::from_bytes(&bytes).err();
		let native = VerifyingKey::<Native>::from_bytes(&bytes).err();
		assert!(hosted.is_some(), "bit {bit}");
		assert_eq!(hosted, native, "bit {bit}");
		assert!(!is_key(&bytes), "bit {bit}");
	}
	for bit in 8 * 16..8 * 48 {
		let mut bytes = sound.clone();
		bytes[bit / 8] ^= 1 << (bit % 8);
		let changed = VerifyingKey::<Hosted>::from_bytes(&bytes).ok().unwrap();
		assert_ne!(changed.relation.0, real.relation);
		assert_ne!(key::digest(&bytes), digest);
		assert!(!is_key(&bytes), "bit {bit}");
	}
}

/// Keys whose points are all sound and change places are keys, and believe no proof of the key that they were made of.
#[test]
fn a_key_whose_points_change_places_believes_nothing() {
	let real = real();
	let ranges =
		[[144..336, 336..528], [336..528, 528..720], [48..144, 720..816], [816..912, 912..1008]];
	for [one, two] in ranges {
		let mut bytes = real.key.to_vec();
		bytes[one.clone()].copy_from_slice(&real.key[two.clone()]);
		bytes[two].copy_from_slice(&real.key[one]);
		let changed = VerifyingKey::<Hosted>::from_bytes(&bytes).ok().unwrap();
		let prepared = changed.prepare(key::digest(&bytes));
		let hosted = verify::verify::<Hosted>(&prepared, &real.proof, &real.inputs);
		assert_eq!(hosted, Err(ProofRefusal::NotProven));
		assert_eq!(verify::verify::<Native>(&prepared, &real.proof, &real.inputs), hosted);
	}
}

/// Bytes that have nothing to do with a proof, and proofs of which half is another's.
#[test]
fn garbage_is_refused() {
	use proptest::{prelude::*, test_runner::TestRunner};
	with_real(|real| {
		let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		let mut runner = TestRunner::new(ProptestConfig::with_cases(400));
		let garbage = (proptest::collection::vec(any::<u8>(), 384), 0..384usize);
		let result = runner.run(&garbage, |(bytes, from)| {
			let mut proof = real.proof.clone();
			proof.0[from..].copy_from_slice(&bytes[from..]);
			prop_assume!(proof != real.proof);
			refused(real, &key, &proof, &real.inputs);
			let inputs: Vec<_> =
				bytes.chunks(32).take(2).map(|it| it.try_into().unwrap()).collect();
			refused(real, &key, &real.proof, &inputs);
			let _ = VerifyingKey::<Hosted>::from_bytes(&bytes);
			Ok(())
		});
		assert_eq!(result, Ok(()));
	});
}
