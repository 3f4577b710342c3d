//! Lists of codes without repetition.

use crate::code::Code;
use alloc::{vec, vec::Vec};

/// Up to this many codes a search from end to end is faster than a sorted list.
const FEW: usize = 64;

/// Codes in the order in which they came, each once.
///
/// Few codes are compared with each other, more are sorted: patients choose the codes of their
/// policies, and could choose them so that no hash tells them apart.
#[derive(Default)]
pub(crate) struct Distinct {
	codes: Vec<Code>,
	/// Their values in ascending order, if there are more than a few.
	sorted: Vec<u128>,
}

impl Distinct {
	/// The first of each of these codes.
	pub fn of(codes: Vec<Code>) -> Self {
		if codes.len() <= FEW {
			return Self { codes: first_of_few(codes), sorted: Vec::new() };
		}
		let mut sorted: Vec<u128> = codes.iter().map(value).collect();
		sorted.sort_unstable();
		sorted.dedup();
		if sorted.len() == codes.len() {
			return Self { codes, sorted };
		}
		let mut is_taken = vec![false; sorted.len()];
		let is_first = |code: &Code| {
			let place = sorted.binary_search(&value(code)).ok();
			place
				.and_then(|place| is_taken.get_mut(place))
				.is_some_and(|is_taken| !core::mem::replace(is_taken, true))
		};
		let mut codes = codes;
		codes.retain(is_first);
		Self { codes, sorted }
	}

	/// Whether a code is there.
	pub fn contains(&self, code: &Code) -> bool {
		if self.sorted.is_empty() {
			self.codes.contains(code)
		} else {
			self.sorted.binary_search(&value(code)).is_ok()
		}
	}

	/// The codes.
	pub fn as_slice(&self) -> &[Code] {
		&self.codes
	}

	/// The codes.
	pub fn into_vec(self) -> Vec<Code> {
		self.codes
	}
}

/// Moves the first of each code to the front. Codes are hashes, so that most are told apart by
/// their first byte already.
fn first_of_few(mut codes: Vec<Code>) -> Vec<Code> {
	let mut first_bytes = [0u64; 4];
	let mut count = 0usize;
	for index in 0..codes.len() {
		let Some((code, distinct)) = codes.get(index).copied().zip(codes.get(..count)) else {
			break;
		};
		let [first, ..] = code.0;
		let bit = 1u64.rotate_left(u32::from(first));
		let Some(word) = first_bytes.get_mut(usize::from(first >> 6)) else { continue };
		if *word & bit != 0 && distinct.contains(&code) {
			continue;
		}
		*word |= bit;
		if let Some(place) = codes.get_mut(count) {
			*place = code;
			count = count.saturating_add(1);
		}
	}
	codes.truncate(count);
	codes
}

fn value(code: &Code) -> u128 {
	u128::from_be_bytes(code.0)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Codes that begin alike.
	fn codes(count: u8, first: u8) -> impl Iterator<Item = Code> {
		(0..count).map(move |last| {
			let mut code = [first; 16];
			code[15] = last.wrapping_mul(77);
			Code(code)
		})
	}

	#[test]
	fn each_code_is_there_once_in_the_order_in_which_it_came() {
		for count in [0, 1, 20, 200] {
			let repeated = codes(count, 7).chain(codes(count, 64)).chain(codes(count, 7));
			let distinct = Distinct::of(repeated.collect());
			assert!(distinct
				.as_slice()
				.iter()
				.copied()
				.eq(codes(count, 7).chain(codes(count, 64))));
			assert!(codes(count, 7).all(|code| distinct.contains(&code)));
			assert!(codes(count, 8).all(|code| !distinct.contains(&code)));
		}
	}

	#[test]
	fn codes_that_do_not_repeat_are_left_as_they_are() {
		let many: Vec<_> = codes(200, 7).collect();
		assert_eq!(Distinct::of(many.clone()).into_vec(), many);
	}

	#[test]
	fn lists_are_thinned_where_they_are() {
		for count in [20, 100] {
			let repeated: Vec<_> = codes(count, 7).chain(codes(count, 7)).collect();
			let place = repeated.as_ptr();
			let thinned = Distinct::of(repeated).into_vec();
			assert_eq!(thinned.as_ptr(), place);
		}
	}
}
