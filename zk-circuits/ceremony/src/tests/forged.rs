//! What dishonest parties do to the chain of records. Each is refused for its own reason.

use super::*;
use crate::contribute::append;

#[test]
fn a_contribution_to_another_ceremony_is_refused() {
	let mut other = new(2);
	add(&mut other, &dev::alice(), "elsewhere");
	let mut transcript = powers();
	transcript.records[0] = other.records[0].clone();
	assert_eq!(fault(&transcript), Some(Fault::OtherCeremony { record: 0 }));
}

#[test]
fn contributions_in_another_order_are_refused() {
	let mut transcript = powers();
	transcript.records.swap(1, 2);
	assert_eq!(fault(&transcript), Some(Fault::OutOfOrder { record: 1 }));
}

#[test]
fn a_contribution_that_was_dropped_is_missed() {
	for dropped in 0..3 {
		let mut transcript = powers();
		transcript.records.remove(dropped);
		assert_eq!(fault(&transcript), Some(Fault::Missing { record: dropped }));
	}
	// Nobody names the last one but the state.
	let mut transcript = powers();
	transcript.records.pop();
	assert_eq!(fault(&transcript), Some(Fault::WrongState(Phase::Powers)));
	let mut transcript = second();
	transcript.records.pop();
	assert_eq!(fault(&transcript), Some(Fault::WrongState(Phase::Circuit)));
}

#[test]
fn a_contribution_that_was_changed_is_missed_by_the_next() {
	let mut transcript = powers();
	transcript.records[1].state = [0; 32];
	assert_eq!(fault(&transcript), Some(Fault::WrongSignature { record: 1 }));
	let message = transcript.records[1].message();
	if let By::Party { signature, .. } = &mut transcript.records[1].by {
		*signature = dev::bob().sign(&message).0;
	}
	assert_eq!(fault(&transcript), Some(Fault::Missing { record: 2 }));
}

#[test]
fn a_contribution_twice_is_refused() {
	let mut transcript = powers();
	let record = transcript.records[3].clone();
	transcript.records.push(record);
	assert_eq!(fault(&transcript), Some(Fault::Repeated { record: 4 }));
}

#[test]
fn a_contribution_without_a_signature_is_refused() {
	let mut transcript = powers();
	if let By::Party { signature, .. } = &mut transcript.records[2].by {
		*signature = [0; 64];
	}
	assert_eq!(fault(&transcript), Some(Fault::Unsigned { record: 2 }));
}

#[test]
fn a_contribution_that_somebody_else_signed_is_refused() {
	let mut transcript = powers();
	let message = transcript.records[3].message();
	if let By::Party { signature, .. } = &mut transcript.records[3].by {
		*signature = dev::eve().sign(&message).0;
	}
	assert_eq!(fault(&transcript), Some(Fault::WrongSignature { record: 3 }));
	// Nor does it go under another account.
	let mut transcript = powers();
	if let By::Party { account, .. } = &mut transcript.records[3].by {
		*account = dev::eve().public_key().0;
	}
	assert_eq!(fault(&transcript), Some(Fault::WrongSignature { record: 3 }));
}

#[test]
fn a_contribution_that_somebody_else_signs_as_their_own_is_refused() {
	let mut transcript = new(1);
	add(&mut transcript, &dev::alice(), "powers 0");
	assert_eq!(fault(&transcript), None);
	let record = &mut transcript.records[0];
	record.by = By::Party { account: dev::eve().public_key().0, signature: [0; 64] };
	let message = record.message();
	if let By::Party { signature, .. } = &mut record.by {
		*signature = dev::eve().sign(&message).0;
	}
	let secret = Secret::Tau;
	assert_eq!(fault(&transcript), Some(Fault::NotKnown { record: 0, secret }));
}

#[test]
fn a_proof_of_knowledge_is_bound_to_its_kind_and_account() {
	let party = |account| By::Party { account, signature: [0; 64] };
	let of = |phase, by: &By, previous| {
		challenge(Secret::Tau, &Bound::new(phase, by, previous), &g1(2)).unwrap()
	};
	let (powers, none, link) = (Phase::Powers, party([0; 32]), [1; 32]);
	let known = of(powers, &none, link);
	// A beacon has the account of zeros, and another kind.
	assert_ne!(of(powers, &By::Beacon(beacon(b"x")), link), known);
	assert_ne!(of(Phase::Circuit, &none, link), known);
	assert_ne!(of(powers, &party([1; 32]), link), known);
	assert_ne!(of(powers, &none, [2; 32]), known);
	assert_eq!(of(powers, &none, link), known);
}

#[test]
fn a_secret_that_nobody_shows_to_know_is_refused() {
	for (number, secret) in Phase::Powers.secrets().iter().enumerate() {
		let mut transcript = powers();
		let step = &mut transcript.records[3].steps[number];
		step.proof = ark_bls12_381::G2Affine::generator();
		sign_last(&mut transcript);
		assert_eq!(fault(&transcript), Some(Fault::NotKnown { record: 3, secret: *secret }));
	}
}

#[test]
fn a_proof_of_knowledge_of_another_place_is_refused() {
	// Somebody's step of another ceremony, whose secret only they know.
	let mut other = new(2);
	add(&mut other, &dev::alice(), "elsewhere");
	let mut transcript = powers();
	let Step { key, proof, .. } = other.records[0].steps[0].clone();
	let step = &mut transcript.records[3].steps[0];
	(step.key, step.proof) = (key, proof);
	sign_last(&mut transcript);
	let secret = Secret::Tau;
	assert_eq!(fault(&transcript), Some(Fault::NotKnown { record: 3, secret }));
}

#[test]
fn a_step_of_an_earlier_record_is_refused() {
	let mut transcript = powers();
	let Step { key, proof, .. } = transcript.records[1].steps[2].clone();
	let step = &mut transcript.records[3].steps[2];
	(step.key, step.proof) = (key, proof);
	sign_last(&mut transcript);
	let secret = Secret::Beta;
	assert_eq!(fault(&transcript), Some(Fault::Replayed { record: 3, secret }));
	// A party that did not forget its secret, either.
	let mut transcript = second();
	add(&mut transcript, &dev::alice(), "circuit 0");
	let secret = Secret::Delta;
	assert_eq!(fault(&transcript), Some(Fault::Replayed { record: 9, secret }));
}

#[test]
fn a_product_of_something_else_is_refused() {
	for (number, secret) in Phase::Powers.secrets().iter().enumerate() {
		let mut transcript = powers();
		transcript.records[3].steps[number].after = g1(42);
		sign_last(&mut transcript);
		assert_eq!(fault(&transcript), Some(Fault::WrongProduct { record: 3, secret: *secret }));
	}
}

/// A step of a secret that the test chooses.
fn step(secret: Secret, value: Fr, before: G1Affine, bound: &Bound) -> Step {
	let key = (G1Affine::generator() * value).into_affine();
	let challenge = challenge(secret, bound, &key).unwrap();
	Step { key, proof: (challenge * value).into_affine(), after: (before * value).into_affine() }
}

/// A record of Alice at the beginning of the circuit's phase, with this delta. The state stays as it was.
fn with_delta(value: Fr) -> Transcript {
	let mut transcript = begun();
	let previous = transcript.link();
	let scaled = transcript.scaled.clone().unwrap();
	let (ceremony, state) = (transcript.header.start(), scaled.digest());
	let by = By::Party { account: dev::alice().public_key().0, signature: [0; 64] };
	let phase = Phase::Circuit;
	let bound = Bound::new(phase, &by, previous);
	let steps = vec![step(Secret::Delta, value, scaled.delta_g1, &bound)];
	transcript.records.push(Record { phase, ceremony, previous, steps, state, by });
	sign_last(&mut transcript);
	transcript
}

#[test]
fn a_contribution_of_nothing_is_refused() {
	for value in [Fr::from(1u64), -Fr::from(1u64)] {
		let secret = Secret::Delta;
		assert_eq!(fault(&with_delta(value)), Some(Fault::Neutral { record: 5, secret }));
	}
}

#[test]
fn a_secret_under_another_name_is_refused() {
	let tau = Entropy::known(b"powers 0").secret(Secret::Tau);
	let secret = Secret::Delta;
	assert_eq!(fault(&with_delta(*tau)), Some(Fault::Replayed { record: 5, secret }));
	// One that was not used is refused for the state alone, which was not divided by it.
	let other = fault(&with_delta(Fr::from(3u64)));
	assert_eq!(other, Some(Fault::WrongCircuitState("delta is not that of the records")));
}

#[test]
fn the_end_of_a_phase_by_another_beacon_is_refused() {
	for (mut transcript, record) in [(begun(), 4), (complete(), 9)] {
		transcript.records[record].by = By::Beacon(beacon(b"of somebody's choice"));
		assert_eq!(fault(&transcript), Some(Fault::WrongBeacon { record }));
	}
}

#[test]
fn everything_else_is_judged_before_a_beacon_is_hashed() {
	let mut transcript = begun();
	transcript.records[4].by = By::Beacon(beacon(b"of somebody's choice"));
	transcript.scaled.as_mut().unwrap().l[0] = g1(2);
	assert_eq!(fault(&transcript), Some(Fault::WrongCircuitState("l")));
}

#[test]
fn how_often_beacons_are_hashed_cannot_be_changed_later() {
	let mut transcript = complete();
	transcript.header.iterations = Iterations::new(11).unwrap();
	assert_eq!(fault(&transcript), Some(Fault::OtherCeremony { record: 0 }));
}

#[test]
fn a_beacon_alone_is_refused() {
	let mut transcript = new(1);
	let value = beacon(b"alone");
	let entropy = Entropy::of_beacon(Phase::Powers, &transcript.link(), &value.seed(iterations()));
	append(&mut transcript, Phase::Powers, By::Beacon(value), &entropy, &mut quiet()).unwrap();
	transcript.scaled = crate::prepare::prepare(&transcript.powers, &shape());
	assert_eq!(fault(&transcript), Some(Fault::NobodyContributed(Phase::Powers)));

	let mut transcript = begun();
	let value = beacon(b"alone");
	let entropy = Entropy::of_beacon(Phase::Circuit, &transcript.link(), &value.seed(iterations()));
	append(&mut transcript, Phase::Circuit, By::Beacon(value), &entropy, &mut quiet()).unwrap();
	assert_eq!(fault(&transcript), Some(Fault::NobodyContributed(Phase::Circuit)));
}

#[test]
fn another_circuit_is_refused() {
	let transcript = complete();
	let refused = |shape: &Shape| verify(&transcript, shape, &mut random(), &mut quiet()).err();
	assert_eq!(refused(&shape()), None);
	let (mut relation, mut number, mut sizes) = (shape(), shape(), shape());
	relation.relation = [8; 32];
	number.number = 1001;
	sizes.rows.iter_mut().for_each(|rows| rows.push(vec![(Fr::from(1u64), 0)]));
	for other in [relation, number, sizes] {
		assert_eq!(refused(&other), Some(Fault::OtherCircuit));
	}
	// Of the same sizes and said to be the same, with another weight.
	let mut weight = shape();
	weight.rows[2][1][2].0 = -Fr::from(6u64);
	assert_eq!(refused(&weight), None, "the weight of an input is in the key alone");
	weight.rows[2][2][0].0 = Fr::from(55u64);
	assert_eq!(refused(&weight), Some(Fault::WrongCircuitState("l")));
}
