//! What a consent covers: categories of data, purposes, and a time; in one element.

use crate::{field::pack, Fr};
use core::fmt;
use zeroize::Zeroize;

/// Bits of a mask of categories.
pub const CATEGORY_BITS: usize = 64;
/// Bits of a mask of purposes.
pub const PURPOSE_BITS: usize = 32;
/// Bits of a time in milliseconds since 1970: until the year 10889.
pub const TIME_BITS: usize = 48;
/// The first time that cannot be expressed; "no end" is the millisecond before.
pub const TIME_LIMIT: u64 = 1 << TIME_BITS;

/// A category of data: a place in the list of 64 that the consortium keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Category(u8);

/// A purpose of use: a place in a list of 32, of which the first ten are the purposes that
/// consents name (`terminology::purpose::ALL` of the consent engine), in that order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Purpose(u8);

impl Category {
	/// The category at a place; none at 64 and above.
	pub const fn new(place: u8) -> Option<Self> {
		if (place as usize) < CATEGORY_BITS {
			Some(Self(place))
		} else {
			None
		}
	}

	/// The place.
	pub const fn place(self) -> u8 {
		self.0
	}

	/// A mask with this category alone.
	pub const fn mask(self) -> u64 {
		1 << self.0
	}
}

impl Purpose {
	/// Treatment (`TREAT`).
	pub const TREATMENT: Self = Self(0);
	/// Healthcare research (`HRESCH`).
	pub const RESEARCH: Self = Self(5);

	/// The purpose at a place; none at 32 and above.
	pub const fn new(place: u8) -> Option<Self> {
		if (place as usize) < PURPOSE_BITS {
			Some(Self(place))
		} else {
			None
		}
	}

	/// The place.
	pub const fn place(self) -> u8 {
		self.0
	}

	/// A mask with this purpose alone.
	pub const fn mask(self) -> u32 {
		1 << self.0
	}
}

/// Why a policy is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolicyError {
	/// No category, or no purpose: such a consent covers nothing.
	CoversNothing,
	/// A time does not fit 48 bits.
	TimeTooLate,
	/// It ends before it begins, or at once.
	EndsBeforeItBegins,
}

impl fmt::Display for PolicyError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::CoversNothing => "the policy names no category or no purpose",
			Self::TimeTooLate => "a time of the policy does not fit 48 bits of milliseconds",
			Self::EndsBeforeItBegins => "the policy ends before it begins",
		})
	}
}

impl core::error::Error for PolicyError {}

/// What a consent covers.
///
/// As a word, lowest bits first:
///
/// | Bits | Holds |
/// |---|---|
/// | 0–63 | categories, one bit each |
/// | 64–95 | purposes, one bit each |
/// | 96–143 | first millisecond inside |
/// | 144–191 | first millisecond after |
///
/// 192 bits, so that no word is another one plus the modulus.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct Policy {
	categories: u64,
	purposes: u32,
	valid_from: u64,
	valid_until: u64,
}

impl Policy {
	/// A policy for the categories and purposes of these masks, from a millisecond and before
	/// another.
	///
	/// # Errors
	///
	/// Each of [`PolicyError`].
	pub fn new(
		categories: u64,
		purposes: u32,
		valid_from: u64,
		valid_until: u64,
	) -> Result<Self, PolicyError> {
		if categories == 0 || purposes == 0 {
			return Err(PolicyError::CoversNothing);
		}
		if valid_from >= TIME_LIMIT || valid_until >= TIME_LIMIT {
			return Err(PolicyError::TimeTooLate);
		}
		if valid_until <= valid_from {
			return Err(PolicyError::EndsBeforeItBegins);
		}
		Ok(Self { categories, purposes, valid_from, valid_until })
	}

	/// The mask of categories.
	pub fn categories(&self) -> u64 {
		self.categories
	}

	/// The mask of purposes.
	pub fn purposes(&self) -> u32 {
		self.purposes
	}

	/// First millisecond inside.
	pub fn valid_from(&self) -> u64 {
		self.valid_from
	}

	/// First millisecond after.
	pub fn valid_until(&self) -> u64 {
		self.valid_until
	}

	/// The word.
	pub fn word(&self) -> Fr {
		pack(&[
			(self.categories.into(), CATEGORY_BITS),
			(self.purposes.into(), PURPOSE_BITS),
			(self.valid_from.into(), TIME_BITS),
			(self.valid_until.into(), TIME_BITS),
		])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_are_packed_as_documented() {
		let word = Policy::new(0b101, 1 << 31, 7, 9).unwrap().word();
		let [a, b, c, d] = ark_ff::PrimeField::into_bigint(word).0;
		assert_eq!([a, b, c, d], [0b101, (7 << 32) | (1 << 31), 9 << 16, 0]);
	}

	#[test]
	fn a_policy_fails_when_it_covers_nothing() {
		assert_eq!(Policy::new(0, 1, 0, 1), Err(PolicyError::CoversNothing));
		assert_eq!(Policy::new(1, 0, 0, 1), Err(PolicyError::CoversNothing));
	}

	#[test]
	fn a_policy_fails_when_a_time_does_not_fit() {
		assert_eq!(Policy::new(1, 1, 0, TIME_LIMIT), Err(PolicyError::TimeTooLate));
		assert_eq!(Policy::new(1, 1, TIME_LIMIT, 1), Err(PolicyError::TimeTooLate));
		assert!(Policy::new(1, 1, 0, TIME_LIMIT - 1).is_ok());
	}

	#[test]
	fn a_policy_fails_when_it_ends_before_it_begins() {
		assert_eq!(Policy::new(1, 1, 5, 5), Err(PolicyError::EndsBeforeItBegins));
	}

	#[test]
	fn there_are_64_categories_and_32_purposes() {
		assert_eq!(
			(Category::new(63).map(Category::mask), Category::new(64)),
			(Some(1 << 63), None)
		);
		assert_eq!((Purpose::new(31).map(Purpose::mask), Purpose::new(32)), (Some(1 << 31), None));
	}
}
