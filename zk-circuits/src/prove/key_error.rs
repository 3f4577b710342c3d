//! What can be wrong with a key.

use super::{verifying_key::KeyPart, PointError};
use core::fmt;

/// Why a key is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyError {
	/// It does not begin with the label of the origin that is asked for. A development key is
	/// refused thus where one from a ceremony is needed.
	WrongOrigin,
	/// It is for another circuit, or another version of it.
	WrongCircuit,
	/// There are not as many bytes as such a key has.
	WrongLength {
		/// How many it has.
		expected: usize,
		/// How many there are.
		found: usize,
	},
	/// A point is none, or one that must not be there.
	Point {
		/// Which.
		part: KeyPart,
		/// What is wrong with it.
		error: PointError,
	},
	/// Delta is gamma or its negative: anybody can prove anything.
	DeltaIsGamma,
	/// Delta is the generator or its negative: nobody contributed to it.
	DeltaIsGenerator,
	/// The bytes do not hash to the digest that was published.
	WrongDigest,
	/// The key's parts do not fit the circuit.
	WrongShape,
}

impl fmt::Display for KeyError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::WrongOrigin => f.write_str("the key does not have the origin that is needed"),
			Self::WrongCircuit => f.write_str("the key is for another circuit"),
			Self::WrongLength { expected, found } => {
				write!(f, "the key has {found} bytes and should have {expected}")
			},
			Self::Point { part, error } => write!(f, "{part:?} of the key {error}"),
			Self::DeltaIsGamma => f.write_str("delta of the key is gamma or its negative"),
			Self::DeltaIsGenerator => {
				f.write_str("delta of the key is the generator or its negative")
			},
			Self::WrongDigest => f.write_str("the key does not have the digest that was published"),
			Self::WrongShape => f.write_str("the key's parts do not fit the circuit"),
		}
	}
}

impl core::error::Error for KeyError {}
