//! Whether points are the powers of one tau, alone and times alpha and beta.

use super::algebra::{combine_g1, combine_g2, pair_alike, weights};
use crate::{fault::Fault, powers::Powers, record::Step};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_std::rand::rngs::StdRng;

/// Whether nothing was multiplied by anything.
pub fn is_start(powers: &Powers) -> bool {
	let (one_g1, one_g2) = (G1Affine::generator(), G2Affine::generator());
	let in_g1 = [&powers.tau_g1, &powers.alpha_g1, &powers.beta_g1];
	in_g1.into_iter().flatten().all(|point| *point == one_g1)
		&& powers.tau_g2.iter().all(|point| *point == one_g2)
		&& powers.beta_g2 == one_g2
}

/// Whether the powers are those of the products that the last record of the phase says.
pub fn verify(powers: &Powers, steps: &[Step], random: &mut StdRng) -> Result<(), Fault> {
	let (one_g1, one_g2) = (G1Affine::generator(), G2Affine::generator());
	let [tau, alpha, beta] = steps else { return Err(Fault::WrongPowers("the record")) };
	let (Some(tau_g2), Some(alpha_g1), Some(beta_g1)) =
		(powers.tau_g2.get(1).copied(), powers.alpha_g1.first(), powers.beta_g1.first())
	else {
		return Err(Fault::WrongPowers("their number"));
	};
	let demand = |holds: bool, part| if holds { Ok(()) } else { Err(Fault::WrongPowers(part)) };

	demand(powers.tau_g1.first() == Some(&one_g1), "the first power in G1")?;
	demand(powers.tau_g2.first() == Some(&one_g2), "the first power in G2")?;
	demand(powers.tau_g1.get(1) == Some(&tau.after), "tau is not that of the records")?;
	demand(*alpha_g1 == alpha.after, "alpha is not that of the records")?;
	demand(*beta_g1 == beta.after, "beta is not that of the records")?;
	demand(pair_alike(tau.after, one_g2, one_g1, tau_g2), "tau in G2")?;
	demand(pair_alike(*beta_g1, one_g2, one_g1, powers.beta_g2), "beta in G2")?;

	for (points, part) in [
		(&powers.tau_g1, "powers of tau in G1"),
		(&powers.alpha_g1, "powers of tau times alpha"),
		(&powers.beta_g1, "powers of tau times beta"),
	] {
		let weights = weights(points.len().saturating_sub(1), random);
		let next = points.get(1..).unwrap_or_default();
		let (low, high) = (combine_g1(points, &weights), combine_g1(next, &weights));
		demand(pair_alike(high, one_g2, low, tau_g2), part)?;
	}
	let points = &powers.tau_g2;
	let weights = weights(points.len().saturating_sub(1), random);
	let next = points.get(1..).unwrap_or_default();
	let (low, high) = (combine_g2(points, &weights), combine_g2(next, &weights));
	demand(pair_alike(one_g1, high, tau.after, low), "powers of tau in G2")
}
