//! Points as bytes: one encoding each, and none for points that have no business in a proof or a key.

use ark_ec::{
	short_weierstrass::{Affine, SWCurveConfig},
	AffineRepr,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use hdx_primitives::ProofRefusal;

/// Bytes of a point of G1, uncompressed.
pub(crate) const G1_BYTES: usize = 96;
/// Bytes of a point of G2, uncompressed.
pub(crate) const G2_BYTES: usize = 192;
/// Bytes of an element of GT.
pub(crate) const GT_BYTES: usize = 576;

/// What is wrong with a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PointFault {
	/// The bytes are not the one encoding of a point.
	Malformed,
	/// It is at infinity.
	AtInfinity,
	/// It is not on the curve.
	OffCurve,
	/// It is on the curve, and not in the subgroup of prime order.
	OutsideSubgroup,
}

impl From<PointFault> for ProofRefusal {
	fn from(fault: PointFault) -> Self {
		match fault {
			PointFault::Malformed => Self::PointMalformed,
			PointFault::AtInfinity => Self::PointAtInfinity,
			PointFault::OffCurve => Self::PointOffCurve,
			PointFault::OutsideSubgroup => Self::PointOutsideSubgroup,
		}
	}
}

/// A point that a stranger sent.
///
/// arkworks' validation checks the subgroup and not the curve's equation. And its reader for host functions takes
/// an infinity with garbage behind it, and flags that mean nothing, where its native reader does not: so what was
/// read is encoded again.
pub(crate) fn decode<P: SWCurveConfig, const N: usize>(
	bytes: &[u8; N],
) -> Result<Affine<P>, PointFault> {
	let point = decode_checked_before(bytes).ok_or(PointFault::Malformed)?;
	if encode::<P, N>(&point) != *bytes {
		return Err(PointFault::Malformed);
	}
	if point.is_zero() {
		return Err(PointFault::AtInfinity);
	}
	// Before the subgroup: that check multiplies, and no point off the curve may reach a host function.
	if !point.is_on_curve() {
		return Err(PointFault::OffCurve);
	}
	if !point.is_in_correct_subgroup_assuming_on_curve() {
		return Err(PointFault::OutsideSubgroup);
	}
	Ok(point)
}

/// A point that [`decode`] took before it was stored.
pub(crate) fn decode_checked_before<P: SWCurveConfig, const N: usize>(
	bytes: &[u8; N],
) -> Option<Affine<P>> {
	Affine::deserialize_uncompressed_unchecked(bytes.as_slice()).ok()
}

/// The bytes of a point.
pub(crate) fn encode<P: SWCurveConfig, const N: usize>(point: &Affine<P>) -> [u8; N] {
	let mut bytes = [0; N];
	// It fits where N is the group's. Were it not to, zeros are the encoding of no point.
	match point.serialize_uncompressed(bytes.as_mut_slice()) {
		Ok(()) => bytes,
		Err(_) => [0; N],
	}
}
