//! The same hashes as constraints: three for each S-box, none for what is linear.

use super::{
	parameters::{Parameters, WIDTH_3, WIDTH_5},
	Fr,
};
use crate::{
	domain::{Domain2, Domain4},
	FrVar,
};
use ark_r1cs_std::fields::FieldVar;
use ark_relations::gr1cs::SynthesisError;

fn sbox(x: &FrVar) -> Result<FrVar, SynthesisError> {
	Ok(x.square()?.square()? * x)
}

fn permute<const WIDTH: usize>(
	parameters: &Parameters<WIDTH>,
	mut state: [FrVar; WIDTH],
) -> Result<[FrVar; WIDTH], SynthesisError> {
	for (constants, full) in parameters.rounds() {
		for (element, constant) in state.iter_mut().zip(constants) {
			*element += *constant;
		}
		for element in state.iter_mut().take(if full { WIDTH } else { 1 }) {
			*element = sbox(element)?;
		}
		let mut mixed = core::array::from_fn(|_| FrVar::zero());
		for (sum, row) in mixed.iter_mut().zip(parameters.mds) {
			*sum = FrVar::inner_product(&state, &row.map(FrVar::Constant))?;
		}
		state = mixed;
	}
	Ok(state)
}

fn tag(tag: Fr) -> FrVar {
	FrVar::Constant(tag)
}

/// [`hash2`](super::hash2) in a circuit: 240 constraints where no input is a constant.
pub fn hash2_var(domain: Domain2, [a, b]: [&FrVar; 2]) -> Result<FrVar, SynthesisError> {
	let state = [tag(domain.tag()), a.clone(), b.clone()];
	let [_, hash, _] = permute(&WIDTH_3, state)?;
	Ok(hash)
}

/// [`hash4`](super::hash4) in a circuit: 297 constraints where no input is a constant.
pub fn hash4_var(domain: Domain4, [a, b, c, d]: [&FrVar; 4]) -> Result<FrVar, SynthesisError> {
	let state = [tag(domain.tag()), a.clone(), b.clone(), c.clone(), d.clone()];
	let [_, hash, _, _, _] = permute(&WIDTH_5, state)?;
	Ok(hash)
}
