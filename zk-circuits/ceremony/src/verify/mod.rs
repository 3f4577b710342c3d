//! Judging a ceremony, without anything that made it.

mod algebra;
mod circuit;
mod key;
mod powers;
mod records;

pub use key::{verify_key, KeyKind};
pub use records::Entry;

use crate::{
	beacon::Beacon,
	fault::Fault,
	powers::Powers,
	record::{By, Phase, Record},
	scaled::Scaled,
	shape::Shape,
	transcript::Transcript,
	Progress,
};
use ark_bls12_381::G1Affine;
use ark_ec::AffineRepr;
use ark_std::rand::rngs::StdRng;
use std::collections::BTreeSet;

/// What a ceremony is, as far as it went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
	/// The phase that goes on. `None`: the ceremony is complete.
	pub phase: Option<Phase>,
	/// The hash of the header, with which the chain of records begins.
	pub start: [u8; 32],
	/// The records.
	pub entries: Vec<Entry>,
}

impl Report {
	/// The accounts that contributed to a phase, each once. Those of the other phase may be others, and the ceremony
	/// is secure only if somebody honest is among those of each.
	pub fn contributors(&self, phase: Phase) -> BTreeSet<[u8; 32]> {
		let of_phase = self.entries.iter().filter(|entry| entry.phase == phase);
		of_phase
			.filter_map(|entry| match &entry.by {
				By::Party { account, .. } => Some(*account),
				By::Beacon(_) => None,
			})
			.collect()
	}

	/// The value of the beacon that ended a phase. `None`: it goes on, or has not begun.
	pub fn beacon(&self, phase: Phase) -> Option<&Beacon> {
		let mut of_phase = self.entries.iter().filter(|entry| entry.phase == phase);
		of_phase.find_map(|entry| match &entry.by {
			By::Party { .. } => None,
			By::Beacon(beacon) => Some(beacon),
		})
	}
}

/// Verifies a whole ceremony, as far as it went: the chain of records from the start, each signature, each proof of
/// knowledge, each product, the beacons, that the powers are those of the secrets, and that what delta divides
/// follows from the powers and the circuit. The beacons come last, as hashing them takes longest.
///
/// Points in lists are compared by random combinations, so the generator has to be one that whoever made the
/// transcript could not foresee: seeded by the system.
///
/// # Errors
///
/// The first [`Fault`] that is found.
pub fn verify(
	transcript: &Transcript,
	shape: &Shape,
	random: &mut StdRng,
	progress: &mut Progress,
) -> Result<Report, Fault> {
	if !transcript.header.is_of(shape) {
		return Err(Fault::OtherCircuit);
	}
	progress("verifying the records");
	let start = transcript.header.start();
	let entries = records::verify(start, &transcript.records)?;
	let last = |phase| transcript.records.iter().rfind(|record| record.phase == phase);

	progress("verifying the powers of tau");
	verify_powers(&transcript.powers, last(Phase::Powers), random)?;
	let begun = transcript.phase() != Some(Phase::Powers);
	match &transcript.scaled {
		Some(scaled) if begun => {
			progress("verifying the circuit's phase");
			verify_scaled(scaled, last(Phase::Circuit))?;
			circuit::verify(&transcript.powers, scaled, shape, random)?;
		},
		None if !begun => (),
		_ => return Err(Fault::WrongState(Phase::Circuit)),
	}
	progress("hashing the beacons");
	records::verify_beacons(&transcript.records, transcript.header.iterations)?;
	Ok(Report { phase: transcript.phase(), start, entries })
}

/// Whether the powers are those that the last record of their phase names.
fn verify_powers(powers: &Powers, last: Option<&Record>, random: &mut StdRng) -> Result<(), Fault> {
	match last {
		Some(record) if record.state != powers.digest() => Err(Fault::WrongState(Phase::Powers)),
		Some(record) => powers::verify(powers, &record.steps, random),
		None if powers::is_start(powers) => Ok(()),
		None => Err(Fault::NotTheStart(Phase::Powers)),
	}
}

/// Whether delta is the one that the last record of its phase names; one, where there is none.
fn verify_scaled(scaled: &Scaled, last: Option<&Record>) -> Result<(), Fault> {
	let Some(record) = last else {
		if scaled.delta_g1 == G1Affine::generator() {
			return Ok(());
		}
		return Err(Fault::NotTheStart(Phase::Circuit));
	};
	if record.state != scaled.digest() {
		return Err(Fault::WrongState(Phase::Circuit));
	}
	match record.steps.as_slice() {
		[delta] if delta.after == scaled.delta_g1 => Ok(()),
		_ => Err(Fault::WrongCircuitState("delta is not that of the records")),
	}
}
