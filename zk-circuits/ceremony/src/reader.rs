//! Reading bytes that anybody may have written.

use crate::format_error::{FormatError, Place};
use ark_bls12_381::{g1, g2, G1Affine, G2Affine};
use hdx_zk_circuits::prove::{point_from_bytes, PointError};

/// Bytes of a point of G1.
pub(crate) const G1_BYTES: usize = 96;
/// Bytes of a point of G2.
pub(crate) const G2_BYTES: usize = 192;

/// What is left to be read.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
	pub fn new(bytes: &'a [u8]) -> Self {
		Self(bytes)
	}

	/// How many bytes are left.
	pub fn left(&self) -> usize {
		self.0.len()
	}

	pub fn take(&mut self, length: usize) -> Result<&'a [u8], FormatError> {
		let truncated = || FormatError::Truncated { missing: length.saturating_sub(self.0.len()) };
		let (taken, left) = self.0.split_at_checked(length).ok_or_else(truncated)?;
		self.0 = left;
		Ok(taken)
	}

	pub fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
		let mut array = [0; N];
		array.copy_from_slice(self.take(N)?);
		Ok(array)
	}

	pub fn byte(&mut self) -> Result<u8, FormatError> {
		let [byte] = self.array()?;
		Ok(byte)
	}

	pub fn number_u16(&mut self) -> Result<u16, FormatError> {
		self.array().map(u16::from_le_bytes)
	}

	pub fn number_u32(&mut self) -> Result<u32, FormatError> {
		self.array().map(u32::from_le_bytes)
	}

	pub fn number_u64(&mut self) -> Result<u64, FormatError> {
		self.array().map(u64::from_le_bytes)
	}

	/// A point in its one encoding, on the curve, in the subgroup, and not at infinity.
	pub fn g1(&mut self, place: Place) -> Result<G1Affine, FormatError> {
		let bytes = self.take(G1_BYTES)?;
		point_from_bytes::<g1::Config>(bytes).map_err(|error| FormatError::Point { place, error })
	}

	/// As [`Self::g1`].
	pub fn g2(&mut self, place: Place) -> Result<G2Affine, FormatError> {
		let bytes = self.take(G2_BYTES)?;
		point_from_bytes::<g2::Config>(bytes).map_err(|error| FormatError::Point { place, error })
	}

	/// So many points. Their bytes are there before room is made for them.
	pub fn g1s(&mut self, count: usize, name: &'static str) -> Result<Vec<G1Affine>, FormatError> {
		let mut inner = Reader(self.take(count.saturating_mul(G1_BYTES))?);
		(0..count).map(|at| inner.g1(Place::Point { name, at })).collect()
	}

	/// As [`Self::g1s`].
	pub fn g2s(&mut self, count: usize, name: &'static str) -> Result<Vec<G2Affine>, FormatError> {
		let mut inner = Reader(self.take(count.saturating_mul(G2_BYTES))?);
		(0..count).map(|at| inner.g2(Place::Point { name, at })).collect()
	}

	/// As [`Self::g1s`], of points of which some may be at infinity.
	pub fn any_g1s(
		&mut self,
		count: usize,
		name: &'static str,
	) -> Result<Vec<G1Affine>, FormatError> {
		let mut inner = Reader(self.take(count.saturating_mul(G1_BYTES))?);
		(0..count)
			.map(|at| or_infinity(inner.g1(Place::Point { name, at }), G1Affine::identity()))
			.collect()
	}

	/// As [`Self::any_g1s`].
	pub fn any_g2s(
		&mut self,
		count: usize,
		name: &'static str,
	) -> Result<Vec<G2Affine>, FormatError> {
		let mut inner = Reader(self.take(count.saturating_mul(G2_BYTES))?);
		(0..count)
			.map(|at| or_infinity(inner.g2(Place::Point { name, at }), G2Affine::identity()))
			.collect()
	}
}

fn or_infinity<T>(read: Result<T, FormatError>, infinity: T) -> Result<T, FormatError> {
	match read {
		Err(FormatError::Point { error: PointError::Infinity, .. }) => Ok(infinity),
		read => read,
	}
}
