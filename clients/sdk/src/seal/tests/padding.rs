//! Padding is undone exactly, and nothing else passes for it.

use super::*;
use cipher::{pad, unpad, MIN_PADDED_BYTES};
use proptest::prelude::*;

#[test]
fn padded_sizes_are_powers_of_two() {
	for (text, padded) in
		[(0, 4096), (4092, 4096), (4093, 8192), (8188, 8192), (8189, 16384), (5_000_000, 8_388_608)]
	{
		assert_eq!(pad(&vec![1; text]).unwrap().len(), padded, "{text}");
	}
}

#[test]
fn unpad_fails_when_the_padding_is_not_the_one_in_use() {
	let padded = pad(b"text").unwrap();
	for (at, value) in [(0, 5), (1, 255), (8, 1), (MIN_PADDED_BYTES - 1, 1)] {
		let mut altered = padded.to_vec();
		altered[at] = value;
		// One longer is a text with a zero at its end: it is the encryption that keeps the length.
		assert_eq!(unpad(&altered).is_none(), at != 0, "{at}");
	}
	assert!(unpad(&[]).is_none());
	assert!(unpad(&[1, 0, 0]).is_none());
}

proptest! {
	#[test]
	fn unpad_undoes_pad(text in prop::collection::vec(any::<u8>(), 0..9000)) {
		let padded = pad(&text).unwrap();
		prop_assert_eq!(unpad(&padded), Some(text.as_slice()));
	}
}
