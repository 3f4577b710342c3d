//! Points that must not be there.

use ark_bls12_381::{Fq, Fq2, Fr, G1Affine, G2Affine};
use ark_ec::{short_weierstrass::SWCurveConfig, AffineRepr, CurveGroup};
use ark_ff::{Field, PrimeField};
use ark_serialize::CanonicalSerialize;

/// The bytes of a point.
pub fn bytes<const N: usize>(point: impl CanonicalSerialize) -> [u8; N] {
	let mut bytes = [0; N];
	point.serialize_uncompressed(&mut bytes[..]).unwrap();
	bytes
}

/// Points of the first curve outside of the subgroup: as they come, and, multiplied by the subgroup's order, without any
/// part in it.
pub fn outside_g1() -> Vec<G1Affine> {
	let found = (0u64..).filter_map(|x| G1Affine::get_point_from_x_unchecked(Fq::from(x), true));
	let found = found.filter(|point| !point.is_in_correct_subgroup_assuming_on_curve()).take(8);
	found.flat_map(|point| [point, times_order(point)]).collect()
}

/// The same of the second curve.
pub fn outside_g2() -> Vec<G2Affine> {
	let x = |x: u64| Fq2::new(Fq::from(x), Fq::ONE);
	let found = (0u64..).filter_map(|n| G2Affine::get_point_from_x_unchecked(x(n), true));
	let found = found.filter(|point| !point.is_in_correct_subgroup_assuming_on_curve()).take(8);
	found.flat_map(|point| [point, times_order(point)]).collect()
}

/// Doubles and adds: what multiplies faster takes scalars as they are below the order.
fn times_order<P: SWCurveConfig>(
	point: ark_ec::short_weierstrass::Affine<P>,
) -> ark_ec::short_weierstrass::Affine<P> {
	let mut product = ark_ec::short_weierstrass::Projective::<P>::default();
	for bit in ark_ff::BitIteratorBE::without_leading_zeros(Fr::MODULUS) {
		product = product + product;
		if bit {
			product += point;
		}
	}
	product.into_affine()
}

/// Points of order 3, in which the cofactor of the first curve has a factor.
pub fn of_order_three() -> Vec<G1Affine> {
	// (0, ±2): the tangent at x = 0 of y² = x³ + 4 meets the curve there three times.
	let points = [2u64, 2].map(Fq::from);
	[points[0], -points[1]].map(|y| G1Affine::new_unchecked(Fq::from(0u64), y)).to_vec()
}

#[test]
fn these_points_are_on_their_curves_and_outside_of_the_subgroups() {
	for point in outside_g1().into_iter().chain(of_order_three()) {
		assert!(point.is_on_curve() && !point.is_zero());
		assert!(!times_order(point).is_zero());
	}
	for point in outside_g2() {
		assert!(point.is_on_curve() && !point.is_zero());
		assert!(!times_order(point).is_zero());
	}
	assert!(times_order(G1Affine::generator()).is_zero());
	assert!(times_order(G2Affine::generator()).is_zero());
}
