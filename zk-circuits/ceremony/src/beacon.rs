//! A public value that nobody knew when the last party contributed.

use core::fmt;
use sp_crypto_hashing::sha2_256;

/// A value, and how long it is hashed before it is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beacon {
	value: Vec<u8>,
	exponent: u8,
}

/// Why there is no such beacon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BeaconError {
	/// The value has no bytes, or more than [`Beacon::MAX_VALUE`].
	Length(usize),
	/// The exponent is not within [`Beacon::MIN_EXPONENT`] and [`Beacon::MAX_EXPONENT`].
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
				Beacon::MIN_EXPONENT,
				Beacon::MAX_EXPONENT
			),
		}
	}
}

impl core::error::Error for BeaconError {}

impl Beacon {
	/// Most bytes of a value.
	pub const MAX_VALUE: usize = 128;
	/// Fewest hashes, as a power of two.
	pub const MIN_EXPONENT: u8 = 10;
	/// Most hashes, as a power of two: whoever verifies does them all.
	pub const MAX_EXPONENT: u8 = 36;

	/// A beacon of a value that is hashed 2^`exponent` times.
	///
	/// # Errors
	///
	/// Each of [`BeaconError`].
	pub fn new(value: Vec<u8>, exponent: u8) -> Result<Self, BeaconError> {
		if value.is_empty() || value.len() > Self::MAX_VALUE {
			return Err(BeaconError::Length(value.len()));
		}
		if !(Self::MIN_EXPONENT..=Self::MAX_EXPONENT).contains(&exponent) {
			return Err(BeaconError::Exponent(exponent));
		}
		Ok(Self { value, exponent })
	}

	/// The value.
	pub fn value(&self) -> &[u8] {
		&self.value
	}

	/// How often it is hashed, as a power of two.
	pub fn exponent(&self) -> u8 {
		self.exponent
	}

	/// SHA-256 of the value, hashed again until there are 2^exponent hashes.
	pub(crate) fn seed(&self) -> [u8; 32] {
		let mut seed = sha2_256(&self.value);
		for _ in 1..1u64.checked_shl(self.exponent.into()).unwrap_or(u64::MAX) {
			seed = sha2_256(&seed);
		}
		seed
	}
}
