//! The curve, by host functions or natively.

use ark_bls12_381::{Fq12, Fr};
use ark_ec::{
	pairing::Pairing,
	short_weierstrass::{Affine, Projective, SWCurveConfig},
};

/// BLS12-381, computed by somebody. The runtime and the tests' native verifier differ in this alone.
pub(crate) trait Curve {
	/// The first group.
	type G1: SWCurveConfig<ScalarField = Fr>;
	/// The second group.
	type G2: SWCurveConfig<ScalarField = Fr>;
	/// The pairing.
	type Pairing: Pairing<
		ScalarField = Fr,
		TargetField = Fq12,
		G1 = Projective<Self::G1>,
		G1Affine = Affine<Self::G1>,
		G2 = Projective<Self::G2>,
		G2Affine = Affine<Self::G2>,
	>;
}

/// By the node's host functions. They panic where they are given what they cannot compute with, so they are
/// given points that were checked, and points on the curve whose subgroup is being checked.
pub(crate) struct Hosted;

impl Curve for Hosted {
	type G1 = sp_crypto_ec_utils::bls12_381::G1Config;
	type G2 = sp_crypto_ec_utils::bls12_381::G2Config;
	type Pairing = sp_crypto_ec_utils::bls12_381::Bls12_381;
}

/// By arkworks, without a host.
#[cfg(test)]
pub(crate) struct Native;

#[cfg(test)]
impl Curve for Native {
	type G1 = ark_bls12_381::g1::Config;
	type G2 = ark_bls12_381::g2::Config;
	type Pairing = ark_bls12_381::Bls12_381;
}
