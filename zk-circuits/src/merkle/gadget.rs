//! Paths as constraints.

use crate::{domain::Domain4, gadgets::select, poseidon::hash4_var, Fr, FrVar};
use ark_r1cs_std::{alloc::AllocVar, eq::EqGadget, fields::FieldVar};
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};

/// Demands that a path leads from the leaf at an index to the root: 300 constraints a level, and
/// one.
pub(crate) fn enforce_root<const LEVELS: usize>(
	cs: &ConstraintSystemRef<Fr>,
	domain: Domain4,
	leaf: &FrVar,
	index: &[FrVar],
	families: &[[Fr; 4]; LEVELS],
	root: &FrVar,
) -> Result<(), SynthesisError> {
	climb(cs, domain, leaf, index, families)?.enforce_equal(root)
}

/// The root that a path leads to: 300 constraints a level.
///
/// - `families`: the four children on each level, of which the path's own is one.
/// - `index`: two bits for each level, lowest first. They must be known to be bits.
pub(crate) fn climb<const LEVELS: usize>(
	cs: &ConstraintSystemRef<Fr>,
	domain: Domain4,
	leaf: &FrVar,
	index: &[FrVar],
	families: &[[Fr; 4]; LEVELS],
) -> Result<FrVar, SynthesisError> {
	let mut node = leaf.clone();
	let mut digits = index.chunks_exact(2);
	for family in families {
		let Some([low, high]) = digits.next() else {
			return Err(SynthesisError::Unsatisfiable);
		};
		let child = |value: Fr| FrVar::new_witness(cs.clone(), || Ok(value));
		let [a, b, c, d] = *family;
		let (a, b, c, d) = (child(a)?, child(b)?, child(c)?, child(d)?);
		let (left, right) = (select(low, &b, &a)?, select(low, &d, &c)?);
		// high · (right − left) = node − left
		high.mul_equals(&(&right - &left), &(&node - &left))?;
		node = hash4_var(domain, [&a, &b, &c, &d])?;
	}
	Ok(node)
}
