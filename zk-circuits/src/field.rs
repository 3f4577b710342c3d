//! Numbers as elements of the field.

use crate::Fr;
use ark_ff::{BigInt, PrimeField};

/// An element by its limbs, least significant first.
pub(crate) const fn element(limbs: [u64; 4]) -> Fr {
	Fr::new(BigInt(limbs))
}

/// Letters as a number, most significant first. At most 31 letters count, which is what fits.
pub const fn ascii(letters: &[u8]) -> Fr {
	let mut limbs = [0u64; 4];
	let mut rest = letters;
	while let [first, after @ ..] = rest {
		let [a, b, c, d] = limbs;
		limbs = [
			(a << 8) | *first as u64,
			(b << 8) | (a >> 56),
			(c << 8) | (b >> 56),
			(d << 8) | (c >> 56),
		];
		rest = after;
	}
	let [a, b, c, d] = limbs;
	// 31 letters have 248 bits, below the modulus.
	Fr::new(BigInt([a, b, c, d & 0x00ff_ffff_ffff_ffff]))
}

/// 2ⁿ in the field; as a multiple of the modulus where n is above 254.
pub fn power_of_two(n: usize) -> Fr {
	use ark_ff::Field;
	Fr::from(2u64).pow([n as u64])
}

/// Parts side by side in one element: each a number and its width in bits, the first lowest.
///
/// Numbers are cut to their widths, so that no part reaches into the next.
pub fn pack(parts: &[(u128, usize)]) -> Fr {
	use ark_ff::AdditiveGroup;
	let mut word = Fr::ZERO;
	let mut place = 0usize;
	for (value, width) in parts {
		let cut = 128u32.saturating_sub(*width as u32);
		let value = value.checked_shl(cut).and_then(|high| high.checked_shr(cut)).unwrap_or(0);
		word += Fr::from(value) * power_of_two(place);
		place = place.saturating_add(*width);
	}
	word
}

/// The number of an element, where it fits 128 bits.
pub fn as_u128(element: &Fr) -> Option<u128> {
	let [a, b, c, d] = element.into_bigint().0;
	(c == 0 && d == 0).then(|| u128::from(a) | (u128::from(b) << 64))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn letters_are_a_number_read_from_the_left() {
		assert_eq!(ascii(b"ab"), Fr::from(0x6162u64));
		assert_eq!(as_u128(&ascii(b"0123456789abcdef")), Some(0x30313233343536373839616263646566));
	}

	#[test]
	fn packed_parts_do_not_reach_into_each_other() {
		assert_eq!(pack(&[(0x1ff, 8), (1, 8)]), Fr::from(0x1ffu64));
		assert_eq!(pack(&[(3, 2), (0, 62), (5, 64)]), Fr::from((5u128 << 64) | 3));
		assert_eq!(pack(&[(u128::MAX, 128)]), Fr::from(u128::MAX));
	}
}
