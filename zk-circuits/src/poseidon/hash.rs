//! Hashes of a fixed number of elements.

use super::{
	parameters::{WIDTH_3, WIDTH_5},
	permutation::permute,
	Fr,
};
use crate::domain::{Domain2, Domain4};

/// The hash of two elements in a domain.
pub fn hash2(domain: Domain2, [a, b]: [Fr; 2]) -> Fr {
	let [_, hash, _] = permute(&WIDTH_3, [domain.tag(), a, b]);
	hash
}

/// The hash of four elements in a domain.
pub fn hash4(domain: Domain4, [a, b, c, d]: [Fr; 4]) -> Fr {
	let [_, hash, _, _, _] = permute(&WIDTH_5, [domain.tag(), a, b, c, d]);
	hash
}
