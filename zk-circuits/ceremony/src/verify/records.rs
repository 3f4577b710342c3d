//! The chain of records.

use super::algebra::pair_alike;
use crate::{
	beacon::{Beacon, Iterations},
	challenge::{challenge, Bound},
	entropy::Entropy,
	fault::Fault,
	record::{By, Phase, Record, Secret, Step},
};
use ark_bls12_381::G1Affine;
use ark_ec::{AffineRepr, CurveGroup};
use subxt_signer::sr25519;

/// A record that was verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
	/// Of which phase.
	pub phase: Phase,
	/// Whose it is.
	pub by: By,
	/// Its hash, which its party can compare with what it published.
	pub link: [u8; 32],
	/// The hash of the state after it, as its party states it. It was compared with the state for the last record of
	/// each phase alone: the states between are not kept.
	pub state: [u8; 32],
}

/// Verifies all records, from the start, but for what takes long: [`verify_beacons`].
pub fn verify(start: [u8; 32], records: &[Record]) -> Result<Vec<Entry>, Fault> {
	let links: Vec<[u8; 32]> = records.iter().map(Record::link).collect();
	let mut expected = start;
	// The products of all secrets so far, times the generator. Tau's, alpha's and beta's, then delta's.
	let mut products = [G1Affine::generator(); 4];
	// Under whatever name: no secret is used twice.
	let mut seen: Vec<G1Affine> = Vec::new();
	let mut contributed = false;
	let mut entries = Vec::with_capacity(records.len());
	for (number, (record, link)) in records.iter().zip(&links).enumerate() {
		place(number, record, &start, &expected, &links)?;
		match &record.by {
			By::Party { account, signature } => {
				signed(number, record, account, signature)?;
				contributed = true;
			},
			By::Beacon(_) if !contributed => {
				return Err(Fault::NobodyContributed(record.phase));
			},
			// The next phase needs parties of its own.
			By::Beacon(_) => contributed = false,
		}
		let bound = Bound::of(record);
		for (secret, step) in record.phase.secrets().iter().zip(&record.steps) {
			let secret = *secret;
			if seen.contains(&step.key) {
				return Err(Fault::Replayed { record: number, secret });
			}
			seen.push(step.key);
			let product = products.get_mut(usize::from(secret.label()).saturating_sub(1));
			if let Some(product) = product {
				multiplied(number, secret, step, product, &bound)?;
				*product = step.after;
			}
		}
		expected = *link;
		let (phase, by, state) = (record.phase, record.by.clone(), record.state);
		entries.push(Entry { phase, by, link: *link, state });
	}
	Ok(entries)
}

/// Verifies that the ends of the phases are what their beacons give: all the hashing, so that it comes last.
pub fn verify_beacons(records: &[Record], iterations: Iterations) -> Result<(), Fault> {
	for (number, record) in records.iter().enumerate() {
		if let By::Beacon(beacon) = &record.by {
			if !is_of_beacon(record, beacon, iterations) {
				return Err(Fault::WrongBeacon { record: number });
			}
		}
	}
	Ok(())
}

/// Whether a record stands where it was made to stand.
fn place(
	number: usize,
	record: &Record,
	start: &[u8; 32],
	expected: &[u8; 32],
	links: &[[u8; 32]],
) -> Result<(), Fault> {
	if record.ceremony != *start {
		return Err(Fault::OtherCeremony { record: number });
	}
	if record.previous == *expected {
		return Ok(());
	}
	let link = links.get(number);
	if links.iter().take(number).any(|before| Some(before) == link) {
		return Err(Fault::Repeated { record: number });
	}
	if links.iter().skip(number).any(|behind| *behind == record.previous) {
		return Err(Fault::OutOfOrder { record: number });
	}
	Err(Fault::Missing { record: number })
}

fn signed(
	number: usize,
	record: &Record,
	account: &[u8; 32],
	signature: &[u8; 64],
) -> Result<(), Fault> {
	if signature.iter().all(|byte| *byte == 0) {
		return Err(Fault::Unsigned { record: number });
	}
	let (signature, account) = (sr25519::Signature(*signature), sr25519::PublicKey(*account));
	if sr25519::verify(&signature, record.message(), &account) {
		Ok(())
	} else {
		Err(Fault::WrongSignature { record: number })
	}
}

/// Whether somebody knew a secret at this place of the chain, and multiplied by it.
fn multiplied(
	record: usize,
	secret: Secret,
	step: &Step,
	before: &G1Affine,
	bound: &Bound,
) -> Result<(), Fault> {
	let one = G1Affine::generator();
	if step.key == one || step.key == -one {
		return Err(Fault::Neutral { record, secret });
	}
	let not_known = Fault::NotKnown { record, secret };
	let challenge = challenge(secret, bound, &step.key).ok_or(not_known)?;
	if !pair_alike(step.key, challenge, one, step.proof) {
		return Err(not_known);
	}
	if !pair_alike(step.after, challenge, *before, step.proof) {
		return Err(Fault::WrongProduct { record, secret });
	}
	Ok(())
}

/// Whether the secrets of a record are those of a beacon.
fn is_of_beacon(record: &Record, beacon: &Beacon, iterations: Iterations) -> bool {
	let seed = beacon.seed(iterations);
	let entropy = Entropy::of_beacon(record.phase, &record.previous, &seed);
	record.phase.secrets().iter().zip(&record.steps).all(|(secret, step)| {
		(G1Affine::generator() * *entropy.secret(*secret)).into_affine() == step.key
	})
}
