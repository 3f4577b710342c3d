//! What judging computes with: random combinations, pairings, and polynomials by their values.

use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{pairing::Pairing, CurveGroup, VariableBaseMSM};
use ark_ff::{FftField, Field, UniformRand, Zero};
use ark_std::rand::rngs::StdRng;

/// So many random numbers.
pub fn weights(count: usize, random: &mut StdRng) -> Vec<Fr> {
	(0..count).map(|_| Fr::rand(random)).collect()
}

/// The sum of points times their weights; what is longer is cut.
pub fn combine_g1(points: &[G1Affine], weights: &[Fr]) -> G1Affine {
	let count = points.len().min(weights.len());
	match (points.get(..count), weights.get(..count)) {
		(Some(points), Some(weights)) => G1Projective::msm_unchecked(points, weights).into_affine(),
		_ => G1Affine::identity(),
	}
}

/// As [`combine_g1`].
pub fn combine_g2(points: &[G2Affine], weights: &[Fr]) -> G2Affine {
	let count = points.len().min(weights.len());
	match (points.get(..count), weights.get(..count)) {
		(Some(points), Some(weights)) => G2Projective::msm_unchecked(points, weights).into_affine(),
		_ => G2Affine::identity(),
	}
}

/// Whether e(a, b) = e(c, d).
pub fn pair_alike(a: G1Affine, b: G2Affine, c: G1Affine, d: G2Affine) -> bool {
	Bls12_381::multi_pairing([a, -c], [b, d]).is_zero()
}

/// The coefficients of the polynomial that has these values at the powers of a root of unity, in their order. As
/// many as a power of two.
pub fn interpolate(values: &[Fr]) -> Option<Vec<Fr>> {
	let count = u64::try_from(values.len()).ok().filter(|count| count.is_power_of_two())?;
	let inverse_root = Fr::get_root_of_unity(count)?.inverse()?;
	let inverse_count = Fr::from(count).inverse()?;
	let mut coefficients = evaluate(values, inverse_root);
	for coefficient in &mut coefficients {
		*coefficient *= inverse_count;
	}
	Some(coefficients)
}

/// The values of a polynomial at the powers of a root of unity, by those of its even and odd halves.
fn evaluate(coefficients: &[Fr], root: Fr) -> Vec<Fr> {
	if coefficients.len() < 2 {
		return coefficients.to_vec();
	}
	let half =
		|first: usize| -> Vec<Fr> { coefficients.iter().skip(first).step_by(2).copied().collect() };
	let even = evaluate(&half(0), root.square());
	let odd = evaluate(&half(1), root.square());
	let mut power = Fr::ONE;
	let (mut low, mut high) = (Vec::with_capacity(even.len()), Vec::with_capacity(even.len()));
	for (even, odd) in even.iter().zip(&odd) {
		let turned = power * odd;
		low.push(*even + turned);
		high.push(*even - turned);
		power *= root;
	}
	low.append(&mut high);
	low
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_std::rand::SeedableRng;

	#[test]
	fn a_polynomial_has_the_values_that_it_was_made_of() {
		let values = weights(8, &mut StdRng::seed_from_u64(1));
		let coefficients = interpolate(&values).unwrap();
		let root = Fr::get_root_of_unity(8).unwrap();
		for (at, value) in values.iter().enumerate() {
			let point = root.pow([at as u64]);
			let found: Fr =
				coefficients.iter().rev().fold(Fr::from(0u64), |sum, next| sum * point + next);
			assert_eq!(found, *value, "{at}");
		}
		assert_eq!(interpolate(&values[..7]), None);
	}
}
