//! Whether the state of the second phase follows from the powers and the circuit.
//!
//! Nothing is done again that was done to prepare the phase. A random combination of all variables is one
//! polynomial; it is known by its values, is given its coefficients in the field, and evaluated at tau by the
//! powers. The combination of the points must be that.

use super::algebra::{combine_g1, interpolate, pair_alike, weights};
use crate::{fault::Fault, powers::Powers, scaled::Scaled, shape::Shape};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::AdditiveGroup;
use ark_std::rand::rngs::StdRng;

/// The coefficients of the combinations of a, b and c of all variables by these weights.
pub struct Combined {
	pub a: Vec<Fr>,
	pub b: Vec<Fr>,
	pub c: Vec<Fr>,
}

impl Combined {
	/// `None` where the domain is none.
	pub fn new(shape: &Shape, weights: &[Fr]) -> Option<Self> {
		let [a, b, c] = &shape.rows;
		let values = |rows: &[Vec<(Fr, usize)>]| {
			let mut values = vec![Fr::ZERO; shape.domain()];
			for (value, row) in values.iter_mut().zip(rows) {
				for (entry, variable) in row {
					if let Some(weight) = weights.get(*variable) {
						*value += *entry * weight;
					}
				}
			}
			values
		};
		let mut of_a = values(a);
		// Behind the constraints there is a row for each input.
		let rows_of_inputs = of_a.iter_mut().skip(shape.constraints());
		for (value, weight) in rows_of_inputs.zip(weights.iter().take(shape.inputs)) {
			*value += weight;
		}
		Some(Self {
			a: interpolate(&of_a)?,
			b: interpolate(&values(b))?,
			c: interpolate(&values(c))?,
		})
	}

	/// beta·a + alpha·b + c at tau.
	pub fn at_tau(&self, powers: &Powers) -> G1Affine {
		let sum = combine_g1(&powers.beta_g1, &self.a).into_group()
			+ combine_g1(&powers.alpha_g1, &self.b)
			+ combine_g1(&powers.tau_g1, &self.c);
		sum.into_affine()
	}
}

/// Weights of all variables, of which only those within the range are not zero.
pub fn weights_within(
	shape: &Shape,
	range: core::ops::Range<usize>,
	random: &mut StdRng,
) -> Vec<Fr> {
	let mut weights = weights(shape.variables(), random);
	for (variable, weight) in weights.iter_mut().enumerate() {
		if !range.contains(&variable) {
			*weight = Fr::ZERO;
		}
	}
	weights
}

/// Whether all that delta divides is divided by it, and is what the circuit says.
pub fn verify(
	powers: &Powers,
	scaled: &Scaled,
	shape: &Shape,
	random: &mut StdRng,
) -> Result<(), Fault> {
	let (one_g1, one_g2) = (G1Affine::generator(), G2Affine::generator());
	let demand =
		|holds: bool, part| if holds { Ok(()) } else { Err(Fault::WrongCircuitState(part)) };
	let domain = shape.domain();
	demand(scaled.l.len() == shape.witnesses, "how many points l has")?;
	demand(scaled.h.len().saturating_add(1) == domain, "how many points h has")?;
	demand(pair_alike(scaled.delta_g1, one_g2, one_g1, scaled.delta_g2), "delta in G2")?;

	let of_witness = weights_within(shape, shape.inputs..shape.variables(), random);
	let combined =
		Combined::new(shape, &of_witness).ok_or(Fault::WrongCircuitState("the domain"))?;
	let of_l = of_witness.get(shape.inputs..).unwrap_or_default();
	let l = combine_g1(&scaled.l, of_l);
	demand(pair_alike(l, scaled.delta_g2, combined.at_tau(powers), one_g2), "l")?;

	let weights = weights(scaled.h.len(), random);
	let high = combine_g1(powers.tau_g1.get(domain..).unwrap_or_default(), &weights);
	let low = combine_g1(&powers.tau_g1, &weights);
	let expected: G1Projective = high.into_group() - low;
	let h = combine_g1(&scaled.h, &weights);
	demand(pair_alike(h, scaled.delta_g2, expected.into_affine(), one_g2), "h")
}
