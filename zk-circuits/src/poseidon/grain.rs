//! The Grain LFSR that Poseidon's constants come from (Poseidon, eprint 2019/458, appendices E and
//! F), so that anybody can see that nobody chose them.
//!
//! Only tests use it: the constants are embedded as tables, and a test generates them again.

use crate::Fr;
use ark_ff::{BigInteger, Field, PrimeField};

/// Bits of an element of the scalar field of BLS12-381.
const FIELD_BITS: u32 = 255;

/// Bits that are discarded before the first is used.
const WARM_UP: usize = 160;

/// The register: bit 0 is the oldest of 80.
pub struct Grain(u128);

impl Grain {
	/// For the permutation x^5 over a prime field, of that width and those numbers of rounds.
	pub fn new(width: usize, full_rounds: usize, partial_rounds: usize) -> Self {
		// What describes the instance, most significant bit first, then 30 ones.
		let parts = [
			(1, 2),
			(0, 4),
			(u128::from(FIELD_BITS), 12),
			(width as u128, 12),
			(full_rounds as u128, 10),
			(partial_rounds as u128, 10),
			((1 << 30) - 1, 30),
		];
		let mut register = 0;
		let mut place = 0;
		for (value, bits) in parts {
			for bit in (0..bits).rev() {
				register |= ((value >> bit) & 1) << place;
				place += 1;
			}
		}
		let mut grain = Self(register);
		for _ in 0..WARM_UP {
			grain.clock();
		}
		grain
	}

	fn clock(&mut self) -> bool {
		let bit = [62, 51, 38, 23, 13, 0].iter().fold(0, |sum, tap| sum ^ ((self.0 >> tap) & 1));
		self.0 = (self.0 >> 1) | (bit << 79);
		bit == 1
	}

	/// Of two bits, the second counts where the first is one; otherwise both are discarded.
	fn bit(&mut self) -> bool {
		loop {
			let (first, second) = (self.clock(), self.clock());
			if first {
				return second;
			}
		}
	}

	fn integer(&mut self) -> <Fr as PrimeField>::BigInt {
		let bits: Vec<bool> = (0..FIELD_BITS).map(|_| self.bit()).collect();
		<Fr as PrimeField>::BigInt::from_bits_be(&bits)
	}

	/// The next element; integers of the modulus and above are skipped.
	pub fn element(&mut self) -> Fr {
		loop {
			if let Some(element) = Fr::from_bigint(self.integer()) {
				return element;
			}
		}
	}

	/// The next element; integers of the modulus and above are reduced.
	fn reduced(&mut self) -> Fr {
		Fr::from_le_bytes_mod_order(&self.integer().to_bytes_le())
	}

	/// The next Cauchy matrix: 1 / (xᵢ + yⱼ) of distinct xᵢ and yⱼ.
	pub fn cauchy(&mut self, width: usize) -> Vec<Vec<Fr>> {
		loop {
			let xy: Vec<Fr> = (0..2 * width).map(|_| self.reduced()).collect();
			let distinct = xy.iter().enumerate().all(|(at, one)| !xy[..at].contains(one));
			let (x, y) = xy.split_at(width);
			let rows = x.iter().map(|x| y.iter().map(|y| (*x + y).inverse()).collect());
			let matrix: Option<Vec<Vec<Fr>>> = rows.collect();
			if let (true, Some(matrix)) = (distinct, matrix) {
				return matrix;
			}
		}
	}
}
