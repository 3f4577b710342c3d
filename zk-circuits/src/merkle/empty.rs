//! Nodes above which nothing was appended.

use crate::{domain::Domain4, poseidon::hash4, Fr};
use alloc::vec::Vec;
use ark_ff::AdditiveGroup;

/// The roots of empty trees of no level, one level, and so on up to `levels`.
pub fn empty_nodes(domain: Domain4, levels: usize) -> Vec<Fr> {
	let up = |node: &Fr| Some(hash4(domain, [*node; 4]));
	core::iter::successors(Some(Fr::ZERO), up).take(levels.saturating_add(1)).collect()
}
