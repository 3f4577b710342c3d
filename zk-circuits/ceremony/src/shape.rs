//! A circuit, as the ceremony knows it.

use ark_bls12_381::Fr;
use ark_ff::AdditiveGroup;
use core::fmt;
use hdx_zk_circuits::{prove::SetupError, AnyCircuit};

/// Largest domain: what bounds time, memory and the size of files.
pub const MAX_DOMAIN: usize = 1 << 15;

/// The rows of a matrix, each entry a weight and the number of its variable.
pub(crate) type Rows = [Vec<(Fr, usize)>];

/// A circuit as matrices, and what tells it from others.
pub struct Shape {
	pub(crate) number: u32,
	pub(crate) relation: [u8; 32],
	pub(crate) inputs: usize,
	pub(crate) witnesses: usize,
	pub(crate) rows: [Vec<Vec<(Fr, usize)>>; 3],
}

/// Why there is no ceremony for a circuit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShapeError {
	/// The circuit cannot be synthesized, or is not the one that it says it is.
	Circuit(SetupError),
	/// There are no constraints or no inputs, the matrices have not as many rows as each other, or name a variable
	/// that there is not.
	Ragged,
	/// It is larger than [`MAX_DOMAIN`].
	TooLarge,
	/// A variable of the witness stands in no constraint: its point would be at infinity.
	Unused(usize),
}

impl fmt::Display for ShapeError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Circuit(error) => error.fmt(f),
			Self::Ragged => f.write_str("the circuit's matrices do not fit each other"),
			Self::TooLarge => write!(f, "the circuit has more than {MAX_DOMAIN} rows"),
			Self::Unused(variable) => write!(f, "variable {variable} stands in no constraint"),
		}
	}
}

impl core::error::Error for ShapeError {}

impl Shape {
	/// The shape of a circuit of this project.
	///
	/// # Errors
	///
	/// Each of [`ShapeError`]; none is known to happen.
	pub fn of(circuit: AnyCircuit) -> Result<Self, ShapeError> {
		let matrices = circuit.matrices().map_err(ShapeError::Circuit)?;
		let (number, relation) = (circuit.number(), circuit.relation());
		Self::new(number, relation, matrices.inputs, matrices.witnesses, matrices.rows)
	}

	/// A shape: the circuit's number, the digest of its relation, how many variables the verifier knows (the
	/// constant one is the first) and how many the prover alone knows, and the rows of a, b and c.
	///
	/// # Errors
	///
	/// Each of [`ShapeError`] but [`ShapeError::Circuit`].
	pub fn new(
		number: u32,
		relation: [u8; 32],
		inputs: usize,
		witnesses: usize,
		rows: [Vec<Vec<(Fr, usize)>>; 3],
	) -> Result<Self, ShapeError> {
		let shape = Self { number, relation, inputs, witnesses, rows };
		let [a, b, c] = &shape.rows;
		if a.is_empty() || a.len() != b.len() || a.len() != c.len() || inputs == 0 {
			return Err(ShapeError::Ragged);
		}
		let variables = inputs.checked_add(witnesses).ok_or(ShapeError::TooLarge)?;
		domain_of(a.len(), inputs).ok_or(ShapeError::TooLarge)?;
		if variables > MAX_DOMAIN.saturating_mul(4) {
			return Err(ShapeError::TooLarge);
		}
		let mut used = vec![false; variables];
		for (weight, variable) in shape.rows.iter().flatten().flatten() {
			let used = used.get_mut(*variable).ok_or(ShapeError::Ragged)?;
			*used |= *weight != Fr::ZERO;
		}
		match used.iter().enumerate().skip(inputs).find(|(_, used)| !**used) {
			Some((variable, _)) => Err(ShapeError::Unused(variable)),
			None => Ok(shape),
		}
	}

	/// How many constraints there are.
	pub fn constraints(&self) -> usize {
		let [a, _, _] = &self.rows;
		a.len()
	}

	/// How many variables there are.
	pub(crate) fn variables(&self) -> usize {
		self.inputs.saturating_add(self.witnesses)
	}

	/// How many elements the domain has: a row for each constraint, then one for each input.
	pub fn domain(&self) -> usize {
		// It was looked at when the shape was made.
		domain_of(self.constraints(), self.inputs).unwrap_or(MAX_DOMAIN)
	}
}

/// The domain of a circuit of these sizes, if it is at least 2 and at most [`MAX_DOMAIN`].
pub(crate) fn domain_of(constraints: usize, inputs: usize) -> Option<usize> {
	let rows = constraints.checked_add(inputs)?;
	rows.checked_next_power_of_two().filter(|domain| (2..=MAX_DOMAIN).contains(domain))
}
