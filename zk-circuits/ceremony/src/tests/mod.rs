//! A small circuit, four parties, and what may go wrong between them.

mod forged;
mod format;
mod honest;
mod keyed;
mod real;
mod states;

use crate::{
	challenge::{challenge, hash_to_g2, Bound},
	close, contribute, verify, Beacon, By, Entropy, Fault, Iterations, Phase, Record, Report,
	Secret, Shape, Step, Transcript,
};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use subxt_signer::sr25519::{dev, Keypair};

/// *I know x with x³ + x + 5 = y.* Variables: one, y; x, x². One row has enough weights to be worth a table.
fn shape() -> Shape {
	let n = |weight: u64| Fr::from(weight);
	let many: Vec<_> = (2..=10).map(|weight| (n(weight), 2)).collect();
	let rows = [
		vec![vec![(n(1), 2)], vec![(n(1), 3)], many],
		vec![vec![(n(1), 2)], vec![(n(1), 2)], vec![(n(1), 0)]],
		vec![vec![(n(1), 3)], vec![(n(1), 1), (-n(1), 2), (-n(5), 0)], vec![(n(54), 2)]],
	];
	Shape::new(1000, [7; 32], 2, 2, rows).unwrap()
}

/// All variables for x = 3.
fn assignment() -> Vec<Fr> {
	[1u64, 35, 3, 9].map(Fr::from).to_vec()
}

fn parties() -> [Keypair; 4] {
	[dev::alice(), dev::bob(), dev::charlie(), dev::dave()]
}

fn quiet() -> impl FnMut(&'static str) {
	|_| ()
}

fn add(transcript: &mut Transcript, party: &Keypair, text: &str) -> [u8; 32] {
	let entropy = Entropy::known(text.as_bytes());
	let (account, sign) = (party.public_key().0, |message: &[u8]| party.sign(message).0);
	contribute(transcript, account, &sign, &entropy, &mut quiet()).unwrap()
}

/// Everybody contributes to the phase that goes on.
fn add_all(transcript: &mut Transcript, text: &str) {
	for (number, party) in parties().iter().enumerate() {
		add(transcript, party, &format!("{text} {number}"));
	}
}

fn beacon(value: &[u8]) -> Beacon {
	Beacon::new(value.to_vec()).unwrap()
}

fn iterations() -> Iterations {
	Iterations::new(Iterations::MIN).unwrap()
}

/// A ceremony about the small circuit, to which nobody contributed.
fn new(id: u8) -> Transcript {
	Transcript::identified(&shape(), [id; 32], iterations())
}

fn end(transcript: &mut Transcript, value: &[u8]) {
	close(transcript, &shape(), beacon(value), &mut quiet()).unwrap();
}

/// Four contributions to the powers.
fn powers() -> Transcript {
	let mut transcript = new(1);
	add_all(&mut transcript, "powers");
	transcript
}

/// The circuit's phase has begun.
fn begun() -> Transcript {
	let mut transcript = powers();
	end(&mut transcript, b"first");
	transcript
}

/// Four contributions to the circuit's phase.
fn second() -> Transcript {
	let mut transcript = begun();
	add_all(&mut transcript, "circuit");
	transcript
}

fn complete() -> Transcript {
	let mut transcript = second();
	end(&mut transcript, b"second");
	transcript
}

fn random() -> StdRng {
	StdRng::seed_from_u64(1)
}

fn judged(transcript: &Transcript) -> Result<Report, Fault> {
	verify(transcript, &shape(), &mut random(), &mut quiet())
}

fn fault(transcript: &Transcript) -> Option<Fault> {
	judged(transcript).err()
}

/// Signs the last record again, as its party would who forged it.
fn sign_last(transcript: &mut Transcript) {
	let record = transcript.records.last_mut().unwrap();
	let message = record.message();
	let By::Party { account, signature } = &mut record.by else { panic!("a beacon") };
	let party = parties().into_iter().find(|party| party.public_key().0 == *account).unwrap();
	*signature = party.sign(&message).0;
}

/// Lets the last record name the state that is there, and signs it again.
fn adopt_state(transcript: &mut Transcript) {
	let state = match (&transcript.scaled, transcript.records.last().unwrap().phase) {
		(Some(scaled), Phase::Circuit) => scaled.digest(),
		_ => transcript.powers.digest(),
	};
	transcript.records.last_mut().unwrap().state = state;
	sign_last(transcript);
}

fn g1(of: u64) -> G1Affine {
	(G1Affine::generator() * Fr::from(of)).into_affine()
}

/// A point on the curve, outside of the subgroup.
fn outside_g1() -> G1Affine {
	(1u64..)
		.filter_map(|x| G1Affine::get_point_from_x_unchecked(x.into(), false))
		.find(|point| !point.is_in_correct_subgroup_assuming_on_curve())
		.unwrap()
}

/// By the vector of RFC 9380, J.10.1, for the message `abc`.
#[test]
fn challenges_are_hashed_as_rfc_9380_says() {
	let domain = b"QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_";
	let point = hash_to_g2(domain, b"abc").unwrap();
	let hexadecimal = |element: ark_bls12_381::Fq| {
		use ark_ff::{BigInteger, PrimeField};
		hex::encode(element.into_bigint().to_bytes_be())
	};
	assert_eq!(
		hexadecimal(point.x.c0),
		"02c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbec7780ccc7954725f4168aff2787776e6"
	);
	assert_eq!(
		hexadecimal(point.x.c1),
		"139cddbccdc5e91b9623efd38c49f81a6f83f175e80b06fc374de9eb4b41dfe4ca3a230ed250fbe3a2acf73a41177fd8"
	);
}
