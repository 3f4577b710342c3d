//! Contributing, and ending phases.

use crate::{
	beacon::Beacon,
	challenge::{challenge, Bound},
	entropy::Entropy,
	powers::Powers,
	prepare::prepare,
	record::{By, Phase, Record, Secret, Step},
	scaled::Scaled,
	shape::Shape,
	transcript::{Transcript, MAX_RECORDS},
	Progress,
};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::{
	short_weierstrass::{Affine, Projective, SWCurveConfig},
	AffineRepr, CurveGroup,
};
use ark_ff::Field;
use core::fmt;
use zeroize::Zeroizing;

/// Why nothing was contributed, or no phase ended. The transcript stays as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContributeError {
	/// The ceremony is complete.
	Complete,
	/// The phase has as many records as there may be.
	Full,
	/// Nobody contributed to the phase: a beacon alone is no secret.
	NobodyContributed(Phase),
	/// The transcript is about another circuit.
	OtherCircuit,
	/// arkworks could not compute it, or the transcript is not what it was checked to be.
	Internal,
}

impl fmt::Display for ContributeError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Complete => f.write_str("the ceremony is complete"),
			Self::Full => write!(f, "the transcript has {MAX_RECORDS} records, which are the most"),
			Self::NobodyContributed(phase) => write!(f, "nobody contributed to {phase}"),
			Self::OtherCircuit => f.write_str("the transcript is about another circuit"),
			Self::Internal => f.write_str("the transcript cannot be computed with"),
		}
	}
}

impl core::error::Error for ContributeError {}

/// Brings secrets into the phase that goes on, in the name of an account, which signs; gives the link of the record.
///
/// The transcript should have been [verified](crate::verify()) before: who contributes to one that does not hold
/// wastes their time. Secrets are overwritten afterwards; copies that arkworks makes while it multiplies are not.
///
/// # Errors
///
/// [`ContributeError::Complete`], [`ContributeError::Full`] and [`ContributeError::Internal`].
pub fn contribute(
	transcript: &mut Transcript,
	account: [u8; 32],
	sign: &dyn Fn(&[u8]) -> [u8; 64],
	entropy: &Entropy,
	progress: &mut Progress,
) -> Result<[u8; 32], ContributeError> {
	let phase = transcript.phase().ok_or(ContributeError::Complete)?;
	// Room is left for the ends of the phases.
	if transcript.records.len() >= MAX_RECORDS.saturating_sub(2) {
		return Err(ContributeError::Full);
	}
	let by = By::Party { account, signature: [0; 64] };
	append(transcript, phase, by, entropy, progress)?;
	let record = transcript.records.last_mut().ok_or(ContributeError::Internal)?;
	let signed = sign(&record.message());
	if let By::Party { signature, .. } = &mut record.by {
		*signature = signed;
	}
	Ok(record.link())
}

/// Ends the phase that goes on by a beacon, which anybody can do again; gives the link of the record. After the
/// first phase the second one begins, with delta one.
///
/// # Errors
///
/// Each of [`ContributeError`].
pub fn close(
	transcript: &mut Transcript,
	shape: &Shape,
	beacon: Beacon,
	progress: &mut Progress,
) -> Result<[u8; 32], ContributeError> {
	let phase = transcript.phase().ok_or(ContributeError::Complete)?;
	if !transcript.header.is_of(shape) {
		return Err(ContributeError::OtherCircuit);
	}
	if transcript.records.len() >= MAX_RECORDS {
		return Err(ContributeError::Full);
	}
	let party = |record: &Record| record.phase == phase && matches!(record.by, By::Party { .. });
	if !transcript.records.iter().any(party) {
		return Err(ContributeError::NobodyContributed(phase));
	}
	progress("hashing the beacon");
	let seed = beacon.seed(transcript.header.iterations);
	let entropy = Entropy::of_beacon(phase, &transcript.link(), &seed);
	let mut closed = transcript.clone();
	let link = append(&mut closed, phase, By::Beacon(beacon), &entropy, progress)?;
	if phase == Phase::Powers {
		progress("preparing the circuit's phase");
		closed.scaled = Some(prepare(&closed.powers, shape).ok_or(ContributeError::Internal)?);
	}
	*transcript = closed;
	Ok(link)
}

/// Multiplies the state by secrets, and appends the record of it.
pub(crate) fn append(
	transcript: &mut Transcript,
	phase: Phase,
	by: By,
	entropy: &Entropy,
	progress: &mut Progress,
) -> Result<[u8; 32], ContributeError> {
	let internal = ContributeError::Internal;
	let previous = transcript.link();
	let bound = Bound::new(phase, &by, previous);
	let step =
		|name: Secret, secret: &Fr, before: Option<&G1Affine>| step(name, secret, before?, &bound);
	let (steps, state) = match phase {
		Phase::Powers => {
			// Each in its place: an array that is taken apart leaves a copy behind.
			let tau = entropy.secret(Secret::Tau);
			let alpha = entropy.secret(Secret::Alpha);
			let beta = entropy.secret(Secret::Beta);
			let powers = &transcript.powers;
			let steps = vec![
				step(Secret::Tau, &tau, powers.tau_g1.get(1)).ok_or(internal)?,
				step(Secret::Alpha, &alpha, powers.alpha_g1.first()).ok_or(internal)?,
				step(Secret::Beta, &beta, powers.beta_g1.first()).ok_or(internal)?,
			];
			progress("multiplying the powers of tau");
			transcript.powers = powers_after(powers, &tau, &alpha, &beta);
			(steps, transcript.powers.digest())
		},
		Phase::Circuit => {
			let delta = entropy.secret(Secret::Delta);
			let scaled = transcript.scaled.as_ref().ok_or(internal)?;
			let steps = vec![step(Secret::Delta, &delta, Some(&scaled.delta_g1)).ok_or(internal)?];
			progress("dividing by delta");
			let scaled = scaled_after(scaled, &delta).ok_or(internal)?;
			let digest = scaled.digest();
			transcript.scaled = Some(scaled);
			(steps, digest)
		},
	};
	let ceremony = transcript.header.start();
	let record = Record { phase, ceremony, previous, steps, state, by };
	let link = record.link();
	transcript.records.push(record);
	Ok(link)
}

/// What a record says of a secret.
fn step(name: Secret, secret: &Fr, before: &G1Affine, bound: &Bound) -> Option<Step> {
	let key = (G1Affine::generator() * secret).into_affine();
	let challenge = challenge(name, bound, &key)?;
	let proof = (challenge * secret).into_affine();
	let after = (*before * secret).into_affine();
	Some(Step { key, proof, after })
}

/// Multiplies points by first, first·ratio, first·ratio² and so on.
fn multiply<P: SWCurveConfig<ScalarField = Fr>>(
	points: &[Affine<P>],
	first: &Fr,
	ratio: &Fr,
) -> Vec<Affine<P>> {
	let mut factor = Zeroizing::new(*first);
	let mut products: Vec<Projective<P>> = Vec::with_capacity(points.len());
	for point in points {
		products.push(*point * *factor);
		*factor *= ratio;
	}
	Projective::<P>::normalize_batch(&products)
}

fn powers_after(powers: &Powers, tau: &Fr, alpha: &Fr, beta: &Fr) -> Powers {
	Powers {
		tau_g1: multiply(&powers.tau_g1, &Fr::ONE, tau),
		tau_g2: multiply(&powers.tau_g2, &Fr::ONE, tau),
		alpha_g1: multiply(&powers.alpha_g1, alpha, tau),
		beta_g1: multiply(&powers.beta_g1, beta, tau),
		beta_g2: (powers.beta_g2 * beta).into_affine(),
	}
}

/// `None` where delta is zero.
fn scaled_after(scaled: &Scaled, delta: &Fr) -> Option<Scaled> {
	let inverse = Zeroizing::new(delta.inverse()?);
	Some(Scaled {
		delta_g1: (scaled.delta_g1 * delta).into_affine(),
		delta_g2: (scaled.delta_g2 * delta).into_affine(),
		h: multiply(&scaled.h, &inverse, &Fr::ONE),
		l: multiply(&scaled.l, &inverse, &Fr::ONE),
	})
}
