//! From powers of tau to the circuit: Lagrange polynomials in the exponent, and the queries of a key.
//!
//! As arkworks' generator has it with the reduction of libsnark (`ark_groth16::generator`, `r1cs_to_qap`): the
//! domain has a row for each constraint, then one for each input, in which a alone has that input.

use crate::{
	powers::Powers,
	scaled::Scaled,
	shape::{Rows, Shape},
};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{
	scalar_mul::ScalarMul,
	short_weierstrass::{Affine, Projective, SWCurveConfig},
	AffineRepr, CurveGroup,
};
use ark_ff::{AdditiveGroup, Field};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};

/// From how many multiples of a point on a table of it pays.
const WORTH_A_TABLE: usize = 8;

/// The Lagrange polynomials of the domain at tau, times what the powers are times.
fn lagrange<P: SWCurveConfig<ScalarField = Fr>>(powers: &[Affine<P>]) -> Option<Vec<Affine<P>>> {
	let domain = Radix2EvaluationDomain::<Fr>::new(powers.len())?;
	let mut values: Vec<Projective<P>> = powers.iter().map(|power| (*power).into()).collect();
	domain.ifft_in_place(&mut values);
	Some(Projective::<P>::normalize_batch(&values))
}

/// Adds to each variable's sum its weights in the rows, times the rows' points. Variables that have no sum are left
/// out.
fn add_rows<P: SWCurveConfig<ScalarField = Fr>>(
	sums: &mut [Projective<P>],
	rows: &Rows,
	points: &[Affine<P>],
) {
	for (row, point) in rows.iter().zip(points) {
		let mut others = Vec::new();
		for (weight, variable) in row {
			let Some(sum) = sums.get_mut(*variable) else { continue };
			if *weight == Fr::ONE {
				*sum += point;
			} else if *weight == -Fr::ONE {
				*sum -= point;
			} else {
				others.push((*weight, *variable));
			}
		}
		let weights: Vec<Fr> = others.iter().map(|(weight, _)| *weight).collect();
		let multiples: Vec<Affine<P>> = if weights.len() < WORTH_A_TABLE {
			let multiples: Vec<Projective<P>> =
				weights.iter().map(|weight| *point * weight).collect();
			Projective::<P>::normalize_batch(&multiples)
		} else {
			point.into_group().batch_mul(&weights)
		};
		for ((_, variable), multiple) in others.iter().zip(&multiples) {
			if let Some(sum) = sums.get_mut(*variable) {
				*sum += multiple;
			}
		}
	}
}

/// Adds to the sum of each input the point of its row.
fn add_inputs<P: SWCurveConfig<ScalarField = Fr>>(
	sums: &mut [Projective<P>],
	shape: &Shape,
	points: &[Affine<P>],
) {
	let rows = points.iter().skip(shape.constraints()).take(shape.inputs);
	for (sum, point) in sums.iter_mut().zip(rows) {
		*sum += point;
	}
}

/// The Lagrange polynomials at tau.
pub(crate) struct Lagrange {
	tau_g1: Vec<G1Affine>,
	tau_g2: Vec<G2Affine>,
	alpha_g1: Vec<G1Affine>,
	beta_g1: Vec<G1Affine>,
}

impl Lagrange {
	/// `None` where the powers are of no domain.
	pub(crate) fn new(powers: &Powers, domain: usize, in_g2: bool) -> Option<Self> {
		Some(Self {
			tau_g1: lagrange(powers.tau_g1.get(..domain)?)?,
			// Only the key needs it, and it takes the longest.
			tau_g2: if in_g2 { lagrange(&powers.tau_g2)? } else { Vec::new() },
			alpha_g1: lagrange(&powers.alpha_g1)?,
			beta_g1: lagrange(&powers.beta_g1)?,
		})
	}

	/// a of each variable, in G1.
	pub(crate) fn a(&self, shape: &Shape) -> Vec<G1Affine> {
		let [a, _, _] = &shape.rows;
		let mut sums = vec![G1Projective::ZERO; shape.variables()];
		add_rows(&mut sums, a, &self.tau_g1);
		add_inputs(&mut sums, shape, &self.tau_g1);
		G1Projective::normalize_batch(&sums)
	}

	/// b of each variable, in both groups.
	pub(crate) fn b(&self, shape: &Shape) -> (Vec<G1Affine>, Vec<G2Affine>) {
		let [_, b, _] = &shape.rows;
		let mut in_g1 = vec![G1Projective::ZERO; shape.variables()];
		add_rows(&mut in_g1, b, &self.tau_g1);
		let mut in_g2 = vec![G2Projective::ZERO; shape.variables()];
		add_rows(&mut in_g2, b, &self.tau_g2);
		(G1Projective::normalize_batch(&in_g1), G2Projective::normalize_batch(&in_g2))
	}

	/// beta·a + alpha·b + c of each of the first variables.
	pub(crate) fn combined(&self, shape: &Shape, variables: usize) -> Vec<G1Affine> {
		let [a, b, c] = &shape.rows;
		let mut sums = vec![G1Projective::ZERO; variables];
		add_rows(&mut sums, a, &self.beta_g1);
		add_inputs(&mut sums, shape, &self.beta_g1);
		add_rows(&mut sums, b, &self.alpha_g1);
		add_rows(&mut sums, c, &self.tau_g1);
		G1Projective::normalize_batch(&sums)
	}
}

/// Where the second phase begins: delta is one. `None` where the powers do not fit the circuit.
pub(crate) fn prepare(powers: &Powers, shape: &Shape) -> Option<Scaled> {
	let domain = shape.domain();
	let mut all = Lagrange::new(powers, domain, false)?.combined(shape, shape.variables());
	let l = all.split_off(shape.inputs.min(all.len()));
	// (tau^n - 1)·tau^i
	let h: Vec<G1Projective> = powers
		.tau_g1
		.get(domain..)?
		.iter()
		.zip(&powers.tau_g1)
		.map(|(high, low)| high.into_group() - low)
		.collect();
	Some(Scaled {
		delta_g1: G1Affine::generator(),
		delta_g2: G2Affine::generator(),
		h: G1Projective::normalize_batch(&h),
		l,
	})
}
