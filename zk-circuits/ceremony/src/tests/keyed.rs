//! Keys that are said to come out of a ceremony.

use super::*;
use crate::{keys, verify_key, FormatError, KeyFault, KeyKind};
use ark_bls12_381::{Bls12_381, G2Affine};
use ark_groth16::ProvingKey;
use ark_serialize::CanonicalSerialize;
use hdx_zk_circuits::prove::{point_to_bytes, Ceremony, Development, Origin};

fn made() -> ProvingKey<Bls12_381> {
	keys(&complete(), &shape(), &mut quiet()).unwrap()
}

fn proving(key: &ProvingKey<Bls12_381>) -> Vec<u8> {
	let mut bytes = [&Ceremony::LABEL[..], &shape().relation].concat();
	key.serialize_uncompressed(&mut bytes).unwrap();
	bytes
}

fn verifying(key: &ProvingKey<Bls12_381>) -> Vec<u8> {
	let mut bytes = [&Ceremony::LABEL[..], &shape().relation].concat();
	bytes.extend(point_to_bytes(&key.vk.alpha_g1));
	for point in [&key.vk.beta_g2, &key.vk.gamma_g2, &key.vk.delta_g2] {
		bytes.extend(point_to_bytes(point));
	}
	for point in &key.vk.gamma_abc_g1 {
		bytes.extend(point_to_bytes(point));
	}
	bytes
}

fn judged_key(transcript: &Transcript, bytes: &[u8]) -> Result<KeyKind, KeyFault> {
	verify_key(transcript, &shape(), bytes, &mut random())
}

#[test]
fn the_keys_of_a_ceremony_are_its_own() {
	let (transcript, key) = (complete(), made());
	assert_eq!(judged_key(&transcript, &proving(&key)), Ok(KeyKind::Proving));
	assert_eq!(judged_key(&transcript, &verifying(&key)), Ok(KeyKind::Verifying));
}

#[test]
fn a_ceremony_that_goes_on_has_no_key() {
	let bytes = verifying(&made());
	for transcript in [powers(), begun(), second()] {
		assert_eq!(judged_key(&transcript, &bytes), Err(KeyFault::NotComplete));
	}
}

#[test]
fn a_key_of_another_ceremony_is_refused() {
	let mut other = second();
	end(&mut other, b"another");
	let bytes = verifying(&made());
	assert_eq!(judged_key(&other, &bytes), Err(KeyFault::Differs("delta in G2")));
}

#[test]
fn a_key_in_which_a_part_was_changed_is_refused() {
	type Change = fn(&mut ProvingKey<Bls12_381>);
	let two = || (G2Affine::generator() * Fr::from(2u64)).into_affine();
	let table: [(&str, bool, Change); 14] = [
		("alpha", true, |key| key.vk.alpha_g1 = g1(2)),
		("beta in G2", true, |key| key.vk.beta_g2 = key.vk.delta_g2),
		("gamma", true, |key| key.vk.gamma_g2 = key.vk.delta_g2),
		("delta in G2", true, |key| key.vk.delta_g2 = key.vk.beta_g2),
		("the list of inputs", true, |key| key.vk.gamma_abc_g1[1] = g1(2)),
		("the list of inputs", true, |key| key.vk.gamma_abc_g1.swap(0, 1)),
		("beta in G1", false, |key| key.beta_g1 = g1(2)),
		("delta in G1", false, |key| key.delta_g1 = g1(2)),
		("the list a", false, |key| key.a_query.swap(0, 2)),
		("the list b in G1", false, |key| key.b_g1_query[2] = g1(2)),
		("the list b in G2", false, |key| key.b_g2_query.swap(0, 2)),
		("the list h", false, |key| key.h_query[0] = g1(2)),
		("the list l", false, |key| key.l_query.swap(0, 1)),
		("the list a", false, |key| key.a_query[3] = G1Affine::identity()),
	];
	let transcript = complete();
	for (part, in_verifying, change) in table {
		let mut key = made();
		change(&mut key);
		assert_eq!(judged_key(&transcript, &proving(&key)), Err(KeyFault::Differs(part)));
		let alone = judged_key(&transcript, &verifying(&key));
		let expected =
			if in_verifying { Err(KeyFault::Differs(part)) } else { Ok(KeyKind::Verifying) };
		assert_eq!(alone, expected, "{part}");
	}
	let mut key = made();
	key.vk.gamma_g2 = two();
	assert_eq!(judged_key(&transcript, &verifying(&key)), Err(KeyFault::Differs("gamma")));
}

#[test]
fn a_key_that_is_labelled_otherwise_or_for_another_circuit_is_refused() {
	let (transcript, bytes) = (complete(), verifying(&made()));
	let development = [&Development::LABEL[..], &bytes[16..]].concat();
	assert_eq!(judged_key(&transcript, &development), Err(KeyFault::WrongOrigin));
	let mut other = bytes;
	other[16] ^= 1;
	assert_eq!(judged_key(&transcript, &other), Err(KeyFault::OtherCircuit));
}

#[test]
fn a_key_that_is_shorter_or_longer_or_no_points_is_refused() {
	let (transcript, key) = (complete(), made());
	for bytes in [verifying(&key), proving(&key)] {
		let longer = [&bytes[..], &[0]].concat();
		for wrong in [&bytes[1..], &longer] {
			let error = judged_key(&transcript, wrong).unwrap_err();
			assert!(matches!(error, KeyFault::Length { found, .. } if found == wrong.len()));
		}
		let mut off_curve = bytes;
		off_curve[48 + 95] ^= 1;
		let error = judged_key(&transcript, &off_curve).unwrap_err();
		assert!(matches!(error, KeyFault::Format(FormatError::Point { .. })), "{error}");
	}
	// As long, with other lists.
	let mut moved = proving(&key);
	let list = 48 + 96 + 3 * 192;
	moved[list] += 1;
	assert_eq!(judged_key(&transcript, &moved), Err(KeyFault::List("inputs")));
}
