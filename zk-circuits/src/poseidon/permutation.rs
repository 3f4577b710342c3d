//! The permutation itself.

use super::{parameters::Parameters, Fr};
use ark_ff::{AdditiveGroup, Field};

/// x⁵: a bijection, as 5 does not divide the field's order less one.
fn sbox(x: &mut Fr) {
	*x *= x.square().square();
}

/// The state after all rounds.
pub fn permute<const WIDTH: usize>(
	parameters: &Parameters<WIDTH>,
	mut state: [Fr; WIDTH],
) -> [Fr; WIDTH] {
	for (constants, full) in parameters.rounds() {
		for (element, constant) in state.iter_mut().zip(constants) {
			*element += constant;
		}
		for element in state.iter_mut().take(if full { WIDTH } else { 1 }) {
			sbox(element);
		}
		let mut mixed = [Fr::ZERO; WIDTH];
		for (sum, row) in mixed.iter_mut().zip(parameters.mds) {
			*sum = Fr::sum_of_products(row, &state);
		}
		state = mixed;
	}
	state
}
