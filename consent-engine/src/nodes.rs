//! Sets of the provisions of one policy, one bit each.

use crate::policy::MAX_PROVISIONS;

// One bit for every provision that a policy can hold.
const _: () = assert!(MAX_PROVISIONS <= u32::BITS);

/// Some provisions of one policy, by their index.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Nodes(u32);

impl Nodes {
	/// None of them.
	pub const NONE: Self = Self(0);

	/// One of them.
	pub fn one(index: usize) -> Self {
		Self(u32::try_from(index).ok().and_then(|index| 1u32.checked_shl(index)).unwrap_or(0))
	}

	/// Whether there is none.
	pub fn is_empty(self) -> bool {
		self.0 == 0
	}

	/// Whether this one is among them.
	pub fn contains(self, index: usize) -> bool {
		self.0 & Self::one(index).0 != 0
	}

	/// Adds one.
	pub fn insert(&mut self, index: usize) {
		self.0 |= Self::one(index).0;
	}

	/// Those in either set.
	pub fn or(self, other: Self) -> Self {
		Self(self.0 | other.0)
	}

	/// Those in both sets.
	pub fn and(self, other: Self) -> Self {
		Self(self.0 & other.0)
	}

	/// Those of this set that are not in the other.
	pub fn without(self, other: Self) -> Self {
		Self(self.0 & !other.0)
	}
}

/// In document order.
impl Iterator for Nodes {
	type Item = usize;

	fn next(&mut self) -> Option<usize> {
		if self.0 == 0 {
			return None;
		}
		let index = self.0.trailing_zeros();
		self.0 &= self.0.wrapping_sub(1);
		Some(index as usize)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_provision_has_a_bit_of_its_own() {
		let mut all = Nodes::NONE;
		for index in 0..MAX_PROVISIONS as usize {
			assert!(!all.contains(index));
			all.insert(index);
			assert!(all.contains(index));
		}
		assert!(all.eq(0..MAX_PROVISIONS as usize));
		assert!(Nodes::one(MAX_PROVISIONS as usize).is_empty());
	}
}
