//! Points as bytes: one encoding each, and none for points that have no business in a proof.

use alloc::vec::Vec;
use ark_ec::{
	short_weierstrass::{Affine, SWCurveConfig},
	AffineRepr,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use core::fmt;

/// Bytes of an uncompressed point of G1.
pub(crate) const G1_BYTES: usize = 96;
/// Bytes of an uncompressed point of G2.
pub(crate) const G2_BYTES: usize = 192;

/// Why bytes are no point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointError {
	/// A coordinate is not below the modulus, a flag is set that must not be, there are not as many
	/// bytes as a point has, or they are not the one encoding that their point has.
	Malformed,
	/// The point at infinity.
	Infinity,
	/// Not on the curve.
	OffCurve,
	/// On the curve, and not in the subgroup of prime order.
	OutsideSubgroup,
}

impl fmt::Display for PointError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Malformed => "is not the encoding of a point",
			Self::Infinity => "is the point at infinity",
			Self::OffCurve => "is not on the curve",
			Self::OutsideSubgroup => "is not in the subgroup of prime order",
		})
	}
}

impl core::error::Error for PointError {}

/// The point of these bytes, uncompressed, for whoever reads points of transcripts.
///
/// # Errors
///
/// Each of [`PointError`].
pub fn point_from_bytes<P: SWCurveConfig>(bytes: &[u8]) -> Result<Affine<P>, PointError> {
	decode(bytes)
}

/// The bytes of a point, uncompressed: 96 of G1, 192 of G2.
pub fn point_to_bytes<P: SWCurveConfig>(point: &Affine<P>) -> Vec<u8> {
	encode(point)
}

/// The point of these bytes, uncompressed.
///
/// arkworks' validation checks the subgroup and not the curve's equation: a point off the curve can
/// pass, as the check is made of formulas that never use the constant of the equation. So the
/// equation is checked first, and by ourselves. And whether an infinity may come with garbage
/// depends on which of arkworks' readers of this curve reads it, so what was read is encoded again.
pub(crate) fn decode<P: SWCurveConfig>(bytes: &[u8]) -> Result<Affine<P>, PointError> {
	let point = Affine::<P>::deserialize_uncompressed_unchecked(bytes)
		.map_err(|_| PointError::Malformed)?;
	if encode(&point) != bytes {
		return Err(PointError::Malformed);
	}
	check(&point)?;
	Ok(point)
}

/// Whether a point may be in a proof or a key.
pub(crate) fn check<P: SWCurveConfig>(point: &Affine<P>) -> Result<(), PointError> {
	if point.is_zero() {
		return Err(PointError::Infinity);
	}
	if !point.is_on_curve() {
		return Err(PointError::OffCurve);
	}
	if !point.is_in_correct_subgroup_assuming_on_curve() {
		return Err(PointError::OutsideSubgroup);
	}
	Ok(())
}

/// The bytes of a point, uncompressed.
pub(crate) fn encode<P: SWCurveConfig>(point: &Affine<P>) -> Vec<u8> {
	let mut bytes = Vec::with_capacity(point.uncompressed_size());
	// Writing to a vector does not fail; were it to, an empty encoding equals no other.
	match point.serialize_uncompressed(&mut bytes) {
		Ok(()) => bytes,
		Err(_) => Vec::new(),
	}
}
