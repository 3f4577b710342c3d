//! What the readers take, made of small multiples of the generators. It proves nothing to anybody.

use arbitrary::Unstructured;
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use hdx_zk_circuits::{
	prove::{point_to_bytes, Ceremony, Development, Origin, PROOF_BYTES},
	AnyCircuit, Fr, KeyOrigin,
};

/// Bytes of a point of G1.
pub const G1_BYTES: usize = 96;
/// Bytes of a point of G2.
pub const G2_BYTES: usize = 192;

/// So many times the generator of G1.
pub fn g1(times: u64) -> Vec<u8> {
	point_to_bytes(&(G1Affine::generator() * Fr::from(times)).into_affine())
}

/// So many times the generator of G2.
pub fn g2(times: u64) -> Vec<u8> {
	point_to_bytes(&(G2Affine::generator() * Fr::from(times)).into_affine())
}

/// A verifying key: alpha, beta and the points of the inputs are generators, gamma twice one, delta three times.
pub fn verifying_key(circuit: AnyCircuit, origin: KeyOrigin) -> Vec<u8> {
	let label = match origin {
		KeyOrigin::Development => Development::LABEL,
		KeyOrigin::Ceremony => Ceremony::LABEL,
	};
	let mut bytes = [&label[..], &circuit.relation()].concat();
	bytes.extend([g1(1), g2(1), g2(2), g2(3)].concat());
	bytes.extend(g1(1).repeat(circuit.arity() + 1));
	bytes
}

/// What verifies under that key about inputs that are zero: 3 · 2 = 1 · 1 + 1 · 2 + 1 · 3. Whoever knows how a key was
/// made can do that.
pub fn proof() -> [u8; PROOF_BYTES] {
	let bytes = [g1(3), g2(2), g1(1)].concat();
	bytes.try_into().expect("three points")
}

/// A proving key of consents that are given, in form: each query has one point.
pub fn proving_key() -> Vec<u8> {
	let one = |point: Vec<u8>| [&1_u64.to_le_bytes()[..], &point].concat();
	let parts = [
		// The verifying key in it.
		Development::LABEL.to_vec(),
		AnyCircuit::ConsentGrant.relation().to_vec(),
		[g1(1), g2(1), g2(2), g2(3), one(g1(1))].concat(),
		// beta and delta in G1, then a, b in both groups, h and l.
		[g1(1), g1(3), one(g1(1)), one(g1(1)), one(g2(1)), one(g1(1)), one(g1(1))].concat(),
	];
	parts.concat()
}

/// A transcript about a circuit of one constraint, with as many records as the input says.
pub fn transcript(input: &mut Unstructured<'_>) -> Vec<u8> {
	let mut count = |most: u16| input.int_in_range(0..=most).unwrap_or_default();
	let (powers, is_second) = (count(2), count(1) == 1);
	let (circuit, is_over) = (count(1), count(1) == 1);
	let mut records: Vec<u8> = Vec::new();
	let mut number: u16 = 0;
	let mut add = |kind: u8| {
		records.extend(record(kind));
		number += 1;
	};
	(0..powers).for_each(|_| add(1));
	if is_second {
		add(2);
		(0..circuit).for_each(|_| add(3));
		if is_over {
			add(4);
		}
	}
	let mut bytes = b"hdx-transcript".to_vec();
	bytes.extend(1_u16.to_le_bytes());
	bytes.extend(1_u32.to_le_bytes());
	bytes.extend([7; 32]);
	// One constraint, one input, one variable of the prover's: a domain of two.
	bytes.extend([1_u32, 1, 1].map(u32::to_le_bytes).concat());
	bytes.extend([8; 32]);
	bytes.push(10);
	bytes.extend(number.to_le_bytes());
	bytes.extend(records);
	bytes.extend([g1(1).repeat(3), g2(1).repeat(2), g1(1).repeat(4), g2(1)].concat());
	if is_second {
		bytes.extend([g1(1), g2(1), g1(1), g1(1)].concat());
	}
	bytes
}

/// A record of a party (1, 3) or a beacon (2, 4), of the first phase or the second.
fn record(kind: u8) -> Vec<u8> {
	let steps = if kind <= 2 { 3 } else { 1 };
	let step = [g1(2), g2(2), g1(2)].concat();
	let by = match kind {
		1 | 3 => vec![5; 32 + 64],
		_ => vec![3, 1, 2, 3],
	};
	[vec![kind], vec![6; 64], step.repeat(steps), vec![9; 32], by].concat()
}
