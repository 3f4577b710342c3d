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

/// The element of 32 bytes, the lowest first. `None` at the modulus and above: an element has one encoding.
pub fn from_bytes(bytes: &[u8; 32]) -> Option<Fr> {
	let mut limbs = [0u64; 4];
	for (limb, bytes) in limbs.iter_mut().zip(bytes.as_chunks::<8>().0) {
		*limb = u64::from_le_bytes(*bytes);
	}
	Fr::from_bigint(BigInt(limbs))
}

/// The 32 bytes of an element, the lowest first.
pub fn to_bytes(element: &Fr) -> [u8; 32] {
	let mut bytes = [0u8; 32];
	for (to, limb) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(element.into_bigint().0) {
		*to = limb.to_le_bytes();
	}
	bytes
}

/// The first 31 bytes of BLAKE2b-256 over some bytes, as a number whose lowest byte comes first.
pub(crate) fn hash_element(bytes: &[u8]) -> Fr {
	let mut limbs = [0u64; 4];
	let hash = sp_crypto_hashing::blake2_256(bytes);
	for (limb, bytes) in limbs.iter_mut().zip(hash.as_chunks::<8>().0) {
		*limb = u64::from_le_bytes(*bytes);
	}
	let [a, b, c, d] = limbs;
	// 248 bits, below the modulus: two hashes are never one element.
	element([a, b, c, d & 0x00ff_ffff_ffff_ffff])
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
	fn an_element_has_one_encoding() {
		let modulus = {
			let mut bytes = to_bytes(&-Fr::from(1u64));
			bytes[0] += 1;
			bytes
		};
		assert_eq!(from_bytes(&modulus), None);
		assert_eq!(from_bytes(&[255; 32]), None);
		for element in [Fr::from(0u64), Fr::from(258u64), -Fr::from(1u64)] {
			assert_eq!(from_bytes(&to_bytes(&element)), Some(element));
		}
		assert_eq!(to_bytes(&Fr::from(258u64))[..3], [2, 1, 0]);
	}

	#[test]
	fn packed_parts_do_not_reach_into_each_other() {
		assert_eq!(pack(&[(0x1ff, 8), (1, 8)]), Fr::from(0x1ffu64));
		assert_eq!(pack(&[(3, 2), (0, 62), (5, 64)]), Fr::from((5u128 << 64) | 3));
		assert_eq!(pack(&[(u128::MAX, 128)]), Fr::from(u128::MAX));
	}
}
