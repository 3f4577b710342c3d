//! A public value that nobody knew when the last party contributed.

use core::fmt;
use sp_crypto_hashing::sha2_256;

/// A value, which is hashed for long before it is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beacon {
	value: Vec<u8>,
}

/// How often the beacons of a ceremony are hashed, as a power of two. It is agreed on when the ceremony begins, so
/// that nobody who ends a phase chooses it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Iterations(u8);

/// Why there is no such beacon, or no such number of hashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BeaconError {
	/// The value has no bytes, or more than [`Beacon::MAX_VALUE`].
	Length(usize),
	/// The exponent is not within [`Iterations::MIN`] and [`Iterations::MAX`].
	Exponent(u8),
}

impl fmt::Display for BeaconError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Length(found) => {
				write!(f, "a beacon has 1 to {} bytes, and not {found}", Beacon::MAX_VALUE)
			},
			Self::Exponent(found) => write!(
				f,
				"a beacon is hashed 2^{} to 2^{} times, and not 2^{found} times",
				Iterations::MIN,
				Iterations::MAX
			),
		}
	}
}

impl core::error::Error for BeaconError {}

impl Iterations {
	/// Fewest hashes, as a power of two.
	pub const MIN: u8 = 10;
	/// Most hashes, as a power of two: whoever verifies does them all, twice. Minutes on a machine of today.
	pub const MAX: u8 = 30;
	/// Where nothing else is said: seconds.
	pub const DEFAULT: u8 = 24;

	/// 2^`exponent` hashes.
	///
	/// # Errors
	///
	/// [`BeaconError::Exponent`].
	pub fn new(exponent: u8) -> Result<Self, BeaconError> {
		if !(Self::MIN..=Self::MAX).contains(&exponent) {
			return Err(BeaconError::Exponent(exponent));
		}
		Ok(Self(exponent))
	}

	/// The power of two.
	pub fn exponent(self) -> u8 {
		self.0
	}
}

impl Beacon {
	/// Most bytes of a value.
	pub const MAX_VALUE: usize = 128;

	/// A beacon of a value.
	///
	/// # Errors
	///
	/// [`BeaconError::Length`].
	pub fn new(value: Vec<u8>) -> Result<Self, BeaconError> {
		if value.is_empty() || value.len() > Self::MAX_VALUE {
			return Err(BeaconError::Length(value.len()));
		}
		Ok(Self { value })
	}

	/// The value.
	pub fn value(&self) -> &[u8] {
		&self.value
	}

	/// SHA-256 of the value, hashed again until there are so many hashes.
	pub(crate) fn seed(&self, iterations: Iterations) -> [u8; 32] {
		let mut seed = sha2_256(&self.value);
		for _ in 1..1u64.checked_shl(iterations.0.into()).unwrap_or(u64::MAX) {
			seed = sha2_256(&seed);
		}
		seed
	}
}
