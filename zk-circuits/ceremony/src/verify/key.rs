//! Whether a key is the one of a ceremony.

use super::{
	algebra::{combine_g1, combine_g2, weights},
	circuit::{weights_within, Combined},
};
use crate::{
	fault::KeyFault,
	format_error::Place,
	powers::Powers,
	reader::{Reader, G1_BYTES, G2_BYTES},
	scaled::Scaled,
	shape::Shape,
	transcript::Transcript,
};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::prove::{Ceremony, Origin};

/// Bytes of a length in arkworks' encoding.
const LENGTH_BYTES: usize = 8;
/// Label and relation.
const HEADER_BYTES: usize = 16 + 32;

/// Which key it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
	/// With which is proven.
	Proving,
	/// With which is verified, and which chains register.
	Verifying,
}

/// Whether bytes are a verifying key or a proving key of a ceremony that was [verified](crate::verify()): each of
/// its points follows from the transcript and the circuit. Which of the two it is, its length tells.
///
/// # Errors
///
/// Each of [`KeyFault`].
pub fn verify_key(
	transcript: &Transcript,
	shape: &Shape,
	bytes: &[u8],
	random: &mut StdRng,
) -> Result<KeyKind, KeyFault> {
	if transcript.phase().is_some() {
		return Err(KeyFault::NotComplete);
	}
	let scaled = transcript.scaled.as_ref().ok_or(KeyFault::NotComplete)?;
	let (verifying, proving) = (verifying_bytes(shape), proving_bytes(shape));
	let found = bytes.len();
	if found != verifying && found != proving {
		return Err(KeyFault::Length { verifying, proving, found });
	}
	let mut reader = Reader::new(bytes);
	let label: [u8; 16] = reader.array().map_err(KeyFault::Format)?;
	if label != *Ceremony::LABEL {
		return Err(KeyFault::WrongOrigin);
	}
	let relation: [u8; 32] = reader.array().map_err(KeyFault::Format)?;
	if relation != shape.relation || !transcript.header.is_of(shape) {
		return Err(KeyFault::OtherCircuit);
	}
	let powers = &transcript.powers;
	let is_proving = found == proving;
	verify_verifying(&mut reader, powers, scaled, shape, is_proving, random)?;
	if !is_proving {
		return Ok(KeyKind::Verifying);
	}
	verify_proving(&mut reader, powers, scaled, shape, random)?;
	Ok(KeyKind::Proving)
}

fn demand(holds: bool, part: &'static str) -> Result<(), KeyFault> {
	if holds {
		Ok(())
	} else {
		Err(KeyFault::Differs(part))
	}
}

fn points(count: usize, bytes: usize) -> usize {
	count.saturating_mul(bytes)
}

fn verifying_bytes(shape: &Shape) -> usize {
	HEADER_BYTES
		.saturating_add(G1_BYTES)
		.saturating_add(points(3, G2_BYTES))
		.saturating_add(points(shape.inputs, G1_BYTES))
}

fn proving_bytes(shape: &Shape) -> usize {
	let in_g1 = shape
		.variables()
		.saturating_mul(2)
		.saturating_add(shape.witnesses)
		.saturating_add(shape.domain().saturating_sub(1))
		// Beta and delta.
		.saturating_add(2);
	verifying_bytes(shape)
		// Of the inputs, a, b twice, h and l.
		.saturating_add(LENGTH_BYTES.saturating_mul(6))
		.saturating_add(points(in_g1, G1_BYTES))
		.saturating_add(points(shape.variables(), G2_BYTES))
}

/// Reads the length of a list, which has to be this.
fn length(reader: &mut Reader, count: usize, name: &'static str) -> Result<(), KeyFault> {
	let found = reader.number_u64().map_err(KeyFault::Format)?;
	if usize::try_from(found) == Ok(count) {
		Ok(())
	} else {
		Err(KeyFault::List(name))
	}
}

fn g1(reader: &mut Reader, name: &'static str) -> Result<G1Affine, KeyFault> {
	reader.g1(Place::Point { name, at: 0 }).map_err(KeyFault::Format)
}

fn g2(reader: &mut Reader, name: &'static str) -> Result<G2Affine, KeyFault> {
	reader.g2(Place::Point { name, at: 0 }).map_err(KeyFault::Format)
}

/// The part that verifying keys are, and proving keys begin with.
fn verify_verifying(
	reader: &mut Reader,
	powers: &Powers,
	scaled: &Scaled,
	shape: &Shape,
	is_proving: bool,
	random: &mut StdRng,
) -> Result<(), KeyFault> {
	demand(powers.alpha_g1.first() == Some(&g1(reader, "alpha")?), "alpha")?;
	demand(powers.beta_g2 == g2(reader, "beta")?, "beta in G2")?;
	demand(G2Affine::generator() == g2(reader, "gamma")?, "gamma")?;
	demand(scaled.delta_g2 == g2(reader, "delta")?, "delta in G2")?;
	if is_proving {
		length(reader, shape.inputs, "inputs")?;
	}
	let inputs = reader.g1s(shape.inputs, "inputs").map_err(KeyFault::Format)?;
	let weights = weights_within(shape, 0..shape.inputs, random);
	let combined = Combined::new(shape, &weights).ok_or(KeyFault::Differs("the domain"))?;
	demand(combine_g1(&inputs, &weights) == combined.at_tau(powers), "the list of inputs")
}

/// What a proving key has besides.
fn verify_proving(
	reader: &mut Reader,
	powers: &Powers,
	scaled: &Scaled,
	shape: &Shape,
	random: &mut StdRng,
) -> Result<(), KeyFault> {
	demand(powers.beta_g1.first() == Some(&g1(reader, "beta")?), "beta in G1")?;
	demand(scaled.delta_g1 == g1(reader, "delta")?, "delta in G1")?;
	let count = shape.variables();
	// Variables that do not occur in a, or in b, have the point at infinity there.
	length(reader, count, "a")?;
	let a = reader.any_g1s(count, "a").map_err(KeyFault::Format)?;
	length(reader, count, "b in G1")?;
	let b_g1 = reader.any_g1s(count, "b in G1").map_err(KeyFault::Format)?;
	length(reader, count, "b in G2")?;
	let b_g2 = reader.any_g2s(count, "b in G2").map_err(KeyFault::Format)?;
	let weights = weights(count, random);
	let combined = Combined::new(shape, &weights).ok_or(KeyFault::Differs("the domain"))?;
	let (tau_g1, tau_g2) = (&powers.tau_g1, &powers.tau_g2);
	demand(combine_g1(&a, &weights) == combine_g1(tau_g1, &combined.a), "the list a")?;
	demand(combine_g1(&b_g1, &weights) == combine_g1(tau_g1, &combined.b), "the list b in G1")?;
	demand(combine_g2(&b_g2, &weights) == combine_g2(tau_g2, &combined.b), "the list b in G2")?;
	length(reader, scaled.h.len(), "h")?;
	let h = reader.g1s(scaled.h.len(), "h").map_err(KeyFault::Format)?;
	demand(h == scaled.h, "the list h")?;
	length(reader, scaled.l.len(), "l")?;
	let l = reader.g1s(scaled.l.len(), "l").map_err(KeyFault::Format)?;
	demand(l == scaled.l, "the list l")
}
