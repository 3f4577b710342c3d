//! Verifying: one proof, or many at once.
//!
//! A proof (A, B, C) about inputs x proves its statement where
//! e(A, B) · e(Σ xⱼ·ICⱼ, −γ) · e(C, −δ) = e(α, β), x₀ being one.

use crate::{
	coefficients::coefficients,
	curve::Curve,
	input,
	key::LoadedKey,
	point::{decode, G1_BYTES, G2_BYTES},
	types::PreparedKey,
};
use alloc::{vec, vec::Vec};
use ark_bls12_381::{Fq12, Fr};
use ark_ec::{
	pairing::{MillerLoopOutput, Pairing},
	short_weierstrass::{Affine, Projective},
	AffineRepr, CurveGroup, VariableBaseMSM,
};
use ark_ff::{Field, Zero};
use hdx_primitives::{Proof, ProofRefusal, ProvenStatement, PublicInput, MAX_PROOF_BATCH};

/// The points of a proof, checked.
struct Points<C: Curve> {
	a: Affine<C::G1>,
	b: Affine<C::G2>,
	c: Affine<C::G1>,
}

impl<C: Curve> Points<C> {
	fn of(Proof(bytes): &Proof) -> Result<Self, ProofRefusal> {
		let short = ProofRefusal::PointMalformed;
		let (a, rest) = bytes.split_first_chunk::<G1_BYTES>().ok_or(short)?;
		let (b, rest) = rest.split_first_chunk::<G2_BYTES>().ok_or(short)?;
		let (c, []) = rest.split_first_chunk::<G1_BYTES>().ok_or(short)? else {
			return Err(short);
		};
		Ok(Self { a: decode(a)?, b: decode(b)?, c: decode(c)? })
	}
}

/// One and the inputs, as many as the key has points for.
///
/// ark-groth16 0.6 does not count them: what is too much goes unread, what is missing counts as zero.
fn scalars(key: &PreparedKey, inputs: &[PublicInput]) -> Result<Vec<Fr>, ProofRefusal> {
	if inputs.len().checked_add(1) != Some(key.inputs.len()) {
		return Err(ProofRefusal::WrongArity);
	}
	core::iter::once(Ok(Fr::ONE)).chain(inputs.iter().map(input::decode)).collect()
}

fn multiply<C: Curve>(
	points: &[Affine<C::G1>],
	scalars: &[Fr],
) -> Result<Affine<C::G1>, ProofRefusal> {
	// It fails where there are not as many of the ones as of the others.
	let product = Projective::<C::G1>::msm(points, scalars);
	product.map(CurveGroup::into_affine).map_err(|_| ProofRefusal::WrongArity)
}

fn exponentiate<C: Curve>(product: MillerLoopOutput<C::Pairing>) -> Option<Fq12> {
	// No pairs of checked points give zero. Of zero there is no exponentiation, and a host would panic.
	if product.0.is_zero() {
		return None;
	}
	C::Pairing::final_exponentiation(product).map(|result| result.0)
}

/// Whether a proof holds under a key: three Miller loops and a final exponentiation.
pub(crate) fn verify<C: Curve>(
	key: &PreparedKey,
	proof: &Proof,
	inputs: &[PublicInput],
) -> Result<(), ProofRefusal> {
	let scalars = scalars(key, inputs)?;
	let Points { a, b, c } = Points::<C>::of(proof)?;
	let key = LoadedKey::<C>::new(key)?;

	let statement = multiply::<C>(&key.inputs, &scalars)?;
	let product =
		C::Pairing::multi_miller_loop([a, statement, c], [b, key.minus_gamma, key.minus_delta]);
	match exponentiate::<C>(product) {
		Some(result) if result == key.alpha_beta => Ok(()),
		_ => Err(ProofRefusal::NotProven),
	}
}

/// Whether all proofs hold under a key: one Miller loop each, three more, and one final exponentiation.
///
/// Each equation is raised to a power of its own and all are multiplied. The powers follow from all bytes of key,
/// proofs and inputs, so whoever makes a proof that does not hold has one chance in 2¹²⁸ that another one of the
/// batch makes up for it.
pub(crate) fn verify_batch<C: Curve>(
	key: &PreparedKey,
	statements: &[ProvenStatement],
) -> Result<(), ProofRefusal> {
	match statements {
		[] => return Err(ProofRefusal::BatchEmpty),
		[only] => return verify::<C>(key, &only.proof, &only.inputs),
		_ if statements.len() > MAX_PROOF_BATCH as usize => {
			return Err(ProofRefusal::BatchTooLarge)
		},
		_ => {},
	}
	let inputs = statements
		.iter()
		.map(|statement| scalars(key, &statement.inputs))
		.collect::<Result<Vec<_>, _>>()?;
	let points = statements
		.iter()
		.map(|statement| Points::<C>::of(&statement.proof))
		.collect::<Result<Vec<_>, _>>()?;
	let coefficients = coefficients(key, statements);
	let key = LoadedKey::<C>::new(key)?;

	// The factors of the key's points: Σᵢ rᵢ·xᵢⱼ, of which the first is Σᵢ rᵢ.
	let mut factors = vec![Fr::zero(); key.inputs.len()];
	for (coefficient, inputs) in coefficients.iter().zip(&inputs) {
		for (factor, input) in factors.iter_mut().zip(inputs) {
			*factor += Fr::from(*coefficient) * input;
		}
	}
	let sum: Fr = coefficients.iter().copied().map(Fr::from).sum();
	let (mut left, mut right): (Vec<_>, Vec<_>) = points
		.iter()
		.zip(&coefficients)
		.map(|(Points { a, b, .. }, coefficient)| {
			(a.mul_bigint(limbs(*coefficient)).into_affine(), *b)
		})
		.unzip();
	let cs: Vec<_> = points.iter().map(|points| points.c).collect();
	let powers: Vec<_> = coefficients.iter().copied().map(Fr::from).collect();

	left.push(multiply::<C>(&key.inputs, &factors)?);
	right.push(key.minus_gamma);
	left.push(multiply::<C>(&cs, &powers)?);
	right.push(key.minus_delta);
	left.push(multiply::<C>(&[key.alpha], &[-sum])?);
	right.push(key.beta);

	match exponentiate::<C>(C::Pairing::multi_miller_loop(left, right)) {
		Some(result) if result == Fq12::ONE => Ok(()),
		_ => Err(ProofRefusal::NotProven),
	}
}

/// A number as the limbs that multiplication takes, the lowest first.
fn limbs(number: u128) -> [u64; 2] {
	[number as u64, (number >> 64) as u64]
}
