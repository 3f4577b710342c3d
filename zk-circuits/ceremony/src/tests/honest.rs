//! What four honest parties make.

use super::*;
use crate::{keys, BeaconError, ContributeError, KeysError, ShapeError};
use ark_bls12_381::Bls12_381;
use ark_ff::{FftField, Field};
use ark_groth16::{prepare_verifying_key, r1cs_to_qap::LibsnarkReduction, Groth16, ProvingKey};
use std::collections::BTreeSet;

fn made() -> ProvingKey<Bls12_381> {
	keys(&complete(), &shape(), &mut quiet()).unwrap()
}

#[test]
fn four_parties_make_a_key_that_proves_what_is_true_and_nothing_else() {
	let (shape, key, z) = (shape(), made(), assignment());
	let prove = |z: &[Fr]| {
		Groth16::<Bls12_381, LibsnarkReduction>::create_proof_with_reduction_and_matrices(
			&key,
			Fr::from(3u64),
			Fr::from(4u64),
			&shape.rows,
			shape.inputs,
			shape.constraints(),
			z,
		)
		.unwrap()
	};
	let prepared = prepare_verifying_key(&key.vk);
	let holds = |proof: &_, y: u64| {
		Groth16::<Bls12_381>::verify_proof(&prepared, proof, &[Fr::from(y)]).unwrap()
	};
	let proof = prove(&z);
	assert!(holds(&proof, 35));
	assert!(!holds(&proof, 36));
}

#[test]
fn every_phase_of_an_honest_ceremony_verifies_and_names_who_contributed() {
	let new = new(1);
	for (transcript, phase, records) in [
		(new, Some(Phase::Powers), 0),
		(powers(), Some(Phase::Powers), 4),
		(begun(), Some(Phase::Circuit), 5),
		(second(), Some(Phase::Circuit), 9),
		(complete(), None, 10),
	] {
		let report = judged(&transcript).unwrap();
		assert_eq!((report.phase, report.entries.len()), (phase, records));
		assert_eq!(Transcript::from_bytes(&transcript.to_bytes()).unwrap(), transcript);
	}
	let report = judged(&complete()).unwrap();
	let accounts: Vec<_> = report
		.entries
		.iter()
		.filter_map(|entry| match &entry.by {
			By::Party { account, .. } => Some(*account),
			By::Beacon(_) => None,
		})
		.collect();
	let all = parties().map(|party| party.public_key().0);
	assert_eq!(accounts, [all, all].concat());
}

#[test]
fn who_contributed_to_which_phase_is_told_apart() {
	let mut transcript = powers();
	add(&mut transcript, &dev::alice(), "once more");
	end(&mut transcript, b"first");
	add(&mut transcript, &dev::alice(), "circuit");
	add(&mut transcript, &dev::eve(), "circuit of eve");
	let report = judged(&transcript).unwrap();
	let all = parties().map(|party| party.public_key().0);
	assert_eq!(report.contributors(Phase::Powers), BTreeSet::from(all));
	let of_circuit = [dev::alice(), dev::eve()].map(|party| party.public_key().0);
	assert_eq!(report.contributors(Phase::Circuit), BTreeSet::from(of_circuit));
	assert_eq!(report.beacon(Phase::Powers), Some(&beacon(b"first")));
	assert_eq!(report.beacon(Phase::Circuit), None);
}

#[test]
fn a_party_finds_the_link_that_it_published() {
	let mut transcript = powers();
	let link = add(&mut transcript, &dev::eve(), "once more");
	assert_eq!(judged(&transcript).unwrap().entries.last().unwrap().link, link);
}

/// The product of what all brought in.
fn product(transcript: &Transcript, secret: Secret, text: &str) -> Fr {
	let parties = (0..4).map(|number| Entropy::known(format!("{text} {number}").as_bytes()));
	let mut product: Fr = parties.map(|entropy| *entropy.secret(secret)).product();
	for record in &transcript.records {
		if let (By::Beacon(beacon), true) = (&record.by, record.phase.secrets().contains(&secret)) {
			let entropy =
				Entropy::of_beacon(record.phase, &record.previous, &beacon.seed(iterations()));
			product *= *entropy.secret(secret);
		}
	}
	product
}

/// Each point is that of arkworks' generator (`generate_parameters_with_qap`) for the same secrets, computed here
/// from the secrets themselves.
#[test]
fn the_key_is_the_one_that_the_secrets_give() {
	let (shape, transcript, key) = (shape(), complete(), made());
	let of = |secret, text| product(&transcript, secret, text);
	let (tau, alpha) = (of(Secret::Tau, "powers"), of(Secret::Alpha, "powers"));
	let (beta, delta) = (of(Secret::Beta, "powers"), of(Secret::Delta, "circuit"));
	let n = shape.domain();
	assert_eq!(n, 8);
	let root = Fr::get_root_of_unity(n as u64).unwrap();
	let lagrange: Vec<Fr> = (0..n as u64)
		.map(|i| {
			let at = root.pow([i]);
			let others = (0..n as u64).filter(|other| *other != i).map(|other| root.pow([other]));
			others.map(|other| (tau - other) / (at - other)).product()
		})
		.collect();
	let evaluate = |rows: &[Vec<(Fr, usize)>], variable: usize| -> Fr {
		let entries = rows.iter().zip(&lagrange);
		entries
			.flat_map(|(row, at)| row.iter().map(move |entry| (entry, at)))
			.filter(|((_, found), _)| *found == variable)
			.map(|((weight, _), at)| *weight * at)
			.sum()
	};
	let (in_g1, in_g2) = (
		|scalar: Fr| (G1Affine::generator() * scalar).into_affine(),
		|scalar: Fr| (ark_bls12_381::G2Affine::generator() * scalar).into_affine(),
	);
	for variable in 0..4 {
		let mut a = evaluate(&shape.rows[0], variable);
		if variable < 2 {
			a += lagrange[3 + variable];
		}
		let (b, c) = (evaluate(&shape.rows[1], variable), evaluate(&shape.rows[2], variable));
		assert_eq!(key.a_query[variable], in_g1(a));
		assert_eq!(key.b_g1_query[variable], in_g1(b));
		assert_eq!(key.b_g2_query[variable], in_g2(b));
		let combined = beta * a + alpha * b + c;
		match variable {
			0 | 1 => assert_eq!(key.vk.gamma_abc_g1[variable], in_g1(combined)),
			_ => assert_eq!(key.l_query[variable - 2], in_g1(combined / delta)),
		}
	}
	let vanishing = tau.pow([n as u64]) - Fr::ONE;
	assert_eq!(key.h_query.len(), n - 1);
	for (i, h) in key.h_query.iter().enumerate() {
		assert_eq!(*h, in_g1(vanishing * tau.pow([i as u64]) / delta));
	}
	assert_eq!((key.vk.alpha_g1, key.beta_g1), (in_g1(alpha), in_g1(beta)));
	assert_eq!((key.vk.beta_g2, key.vk.delta_g2), (in_g2(beta), in_g2(delta)));
	assert_eq!((key.delta_g1, key.vk.gamma_g2), (in_g1(delta), in_g2(Fr::ONE)));
}

#[test]
fn a_beacon_gives_everybody_the_same() {
	let (mut one, mut another) = (powers(), powers());
	end(&mut one, b"first");
	end(&mut another, b"first");
	// Signatures have random numbers; nothing else has.
	assert_eq!(one.link(), another.link());
	assert_eq!(one.powers, another.powers);
	let mut another = powers();
	end(&mut another, b"another");
	assert_ne!(one.powers, another.powers);
}

#[test]
fn a_beacon_is_hashed_as_often_as_it_says() {
	let mut seed = sp_crypto_hashing::sha2_256(b"value");
	for _ in 1..1024 {
		seed = sp_crypto_hashing::sha2_256(&seed);
	}
	assert_eq!(beacon(b"value").seed(iterations()), seed);
	for length in [0, 129] {
		assert_eq!(Beacon::new(vec![1; length]), Err(BeaconError::Length(length)));
	}
	for exponent in [0, 9, 31, 64] {
		assert_eq!(Iterations::new(exponent), Err(BeaconError::Exponent(exponent)));
	}
	assert!([10, 24, 30].into_iter().all(|exponent| Iterations::new(exponent).is_ok()));
}

#[test]
fn what_a_party_gives_is_added_to_what_the_system_gives() {
	let secret = |text: &[u8]| *Entropy::from_system(text).unwrap().secret(Secret::Tau);
	assert_ne!(secret(b"the same"), secret(b"the same"));
	let known = Entropy::known(b"the same");
	assert_ne!(*known.secret(Secret::Tau), *known.secret(Secret::Alpha));
}

#[test]
fn a_phase_to_which_nobody_contributed_does_not_end() {
	let mut new = new(1);
	let mut half = begun();
	for (transcript, phase) in [(&mut new, Phase::Powers), (&mut half, Phase::Circuit)] {
		let before = transcript.clone();
		let result = close(transcript, &shape(), beacon(b"x"), &mut quiet());
		assert_eq!(result, Err(ContributeError::NobodyContributed(phase)));
		assert_eq!(*transcript, before);
	}
}

#[test]
fn a_complete_ceremony_takes_nothing_more_and_others_have_no_keys() {
	let mut transcript = complete();
	let sign = |_: &[u8]| [0u8; 64];
	let entropy = Entropy::known(b"late");
	let late = contribute(&mut transcript, [0; 32], &sign, &entropy, &mut quiet());
	assert_eq!(late, Err(ContributeError::Complete));
	let again = close(&mut transcript, &shape(), beacon(b"x"), &mut quiet());
	assert_eq!(again, Err(ContributeError::Complete));
	let early = keys(&second(), &shape(), &mut quiet());
	assert_eq!(early.unwrap_err(), KeysError::NotComplete);
	let mut other = shape();
	other.relation = [8; 32];
	let error = keys(&transcript, &other, &mut quiet()).unwrap_err();
	assert_eq!(error, KeysError::OtherCircuit);
	let error = close(&mut powers(), &other, beacon(b"x"), &mut quiet());
	assert_eq!(error, Err(ContributeError::OtherCircuit));
}

#[test]
fn a_transcript_leaves_room_for_the_ends_of_its_phases() {
	let mut transcript = powers();
	let record = transcript.records[0].clone();
	transcript.records.resize(crate::MAX_RECORDS - 2, record);
	let entropy = Entropy::known(b"late");
	let full = contribute(&mut transcript, [0; 32], &|_| [0u8; 64], &entropy, &mut quiet());
	assert_eq!(full, Err(ContributeError::Full));
}

#[test]
fn a_circuit_that_no_ceremony_can_be_about_is_refused() {
	let one = || vec![vec![(Fr::from(1u64), 0)]];
	let new = |inputs, witnesses, rows| Shape::new(0, [0; 32], inputs, witnesses, rows).err();
	assert_eq!(new(1, 0, [one(), one(), one()]), None);
	assert_eq!(new(0, 1, [one(), one(), one()]), Some(ShapeError::Ragged));
	assert_eq!(new(1, 0, [one(), vec![], one()]), Some(ShapeError::Ragged));
	assert_eq!(new(1, 1, [one(), one(), one()]), Some(ShapeError::Unused(1)));
	let beyond = vec![vec![(Fr::from(1u64), 1)]];
	assert_eq!(new(1, 0, [one(), beyond, one()]), Some(ShapeError::Ragged));
	let empty = || vec![vec![]; crate::MAX_DOMAIN];
	assert_eq!(new(1, 0, [empty(), empty(), empty()]), Some(ShapeError::TooLarge));
}
