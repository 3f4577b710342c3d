//! States that the records do not lead to, though the last party signs that they do.

use super::*;
use crate::{Powers, Scaled};
use ark_bls12_381::G2Affine;

fn g2(of: u64) -> G2Affine {
	(G2Affine::generator() * Fr::from(of)).into_affine()
}

#[test]
fn powers_that_are_not_of_the_products_are_refused() {
	type Change = fn(&mut Powers);
	let table: [(&str, Change); 11] = [
		("the first power in G1", |powers| powers.tau_g1[0] = g1(2)),
		("the first power in G2", |powers| powers.tau_g2[0] = g2(2)),
		("tau is not that of the records", |powers| powers.tau_g1[1] = g1(2)),
		("alpha is not that of the records", |powers| powers.alpha_g1[0] = g1(2)),
		("beta is not that of the records", |powers| powers.beta_g1[0] = g1(2)),
		("tau in G2", |powers| powers.tau_g2[1] = g2(2)),
		("beta in G2", |powers| powers.beta_g2 = g2(2)),
		("powers of tau in G1", |powers| powers.tau_g1[14] = g1(2)),
		("powers of tau times alpha", |powers| powers.alpha_g1[7] = g1(2)),
		("powers of tau times beta", |powers| powers.beta_g1[3] = g1(2)),
		("powers of tau in G2", |powers| powers.tau_g2[7] = g2(2)),
	];
	for (part, change) in table {
		let mut transcript = powers();
		change(&mut transcript.powers);
		assert_eq!(fault(&transcript), Some(Fault::WrongState(Phase::Powers)), "{part}");
		adopt_state(&mut transcript);
		assert_eq!(fault(&transcript), Some(Fault::WrongPowers(part)));
	}
}

#[test]
fn what_delta_divides_fails_when_it_does_not_follow_from_the_circuit() {
	type Change = fn(&mut Scaled);
	let table: [(&str, Change); 6] = [
		("delta is not that of the records", |scaled| scaled.delta_g1 = g1(2)),
		("delta in G2", |scaled| scaled.delta_g2 = g2(2)),
		("l", |scaled| scaled.l[1] = g1(2)),
		("l", |scaled| scaled.l.swap(0, 1)),
		("h", |scaled| scaled.h[6] = g1(2)),
		("h", |scaled| scaled.h.swap(0, 1)),
	];
	for (part, change) in table {
		let mut transcript = second();
		change(transcript.scaled.as_mut().unwrap());
		assert_eq!(fault(&transcript), Some(Fault::WrongState(Phase::Circuit)), "{part}");
		adopt_state(&mut transcript);
		assert_eq!(fault(&transcript), Some(Fault::WrongCircuitState(part)));
	}
}

#[test]
fn a_phase_that_does_not_begin_at_its_start_is_refused() {
	let mut transcript = new(1);
	transcript.powers = powers().powers;
	assert_eq!(fault(&transcript), Some(Fault::NotTheStart(Phase::Powers)));

	let mut transcript = begun();
	transcript.scaled.as_mut().unwrap().delta_g1 = g1(2);
	assert_eq!(fault(&transcript), Some(Fault::NotTheStart(Phase::Circuit)));
	// With delta one, and something else of the circuit.
	let mut transcript = begun();
	transcript.scaled.as_mut().unwrap().l[0] = g1(2);
	assert_eq!(fault(&transcript), Some(Fault::WrongCircuitState("l")));
	let mut transcript = begun();
	transcript.scaled = None;
	assert_eq!(fault(&transcript), Some(Fault::WrongState(Phase::Circuit)));
}
