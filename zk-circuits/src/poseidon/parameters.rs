//! What makes an instance of the permutation.

use super::{width_3, width_5, Fr};

/// Rounds in which all elements pass the S-box; half of them before the partial rounds.
pub const FULL_ROUNDS: usize = 8;

/// An instance: its matrix, and the constants that are added in each round.
pub struct Parameters<const WIDTH: usize> {
	/// Rows of the matrix of the linear layer.
	pub mds: &'static [[Fr; WIDTH]; WIDTH],
	/// One row for each round.
	pub round_constants: &'static [[Fr; WIDTH]],
}

impl<const WIDTH: usize> Parameters<WIDTH> {
	/// The constants of each round, and whether all elements pass the S-box in it.
	pub fn rounds(&self) -> impl Iterator<Item = (&'static [Fr; WIDTH], bool)> {
		let half = FULL_ROUNDS / 2;
		let last = self.round_constants.len().saturating_sub(half);
		let constants = self.round_constants.iter().enumerate();
		constants.map(move |(round, row)| (row, round < half || round >= last))
	}
}

/// Hashes two elements.
pub static WIDTH_3: Parameters<3> =
	Parameters { mds: &width_3::MDS, round_constants: &width_3::ROUND_CONSTANTS };

/// Hashes four elements.
pub static WIDTH_5: Parameters<5> =
	Parameters { mds: &width_5::MDS, round_constants: &width_5::ROUND_CONSTANTS };
