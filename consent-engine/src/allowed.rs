//! Which of the data asked for is permitted: the small set algebra beneath obligations.

use crate::{
	codeset::CodeSet,
	obligation::{MAX_OBLIGATIONS, MAX_OBLIGATION_CODES},
};
use alloc::{vec, vec::Vec};

/// A set of data, as a list of clauses: data belongs to it if, for every clause, it carries one of
/// the clause's codes. No clause at all: everything that was asked for.
///
/// That form is the one that obligations have, so a set that can be written down here can be
/// demanded of whoever releases the data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Allowed {
	/// `None`: nothing.
	clauses: Option<Vec<CodeSet>>,
	/// The clauses that there would be if no part had been denied; `None`: more, or longer ones,
	/// than a decision can hold. Bounds are checked here and not on the clauses, so that a further
	/// denial never brings an oversized policy back below them.
	limits: Option<Vec<CodeSet>>,
}

/// What is left of a set in the end.
pub(crate) struct Clauses {
	/// The clauses, without those that another implies.
	pub binding: Vec<CodeSet>,
	/// The clauses that there would be if no part had been denied.
	pub limits: Vec<CodeSet>,
}

impl Allowed {
	/// No data.
	pub fn nothing() -> Self {
		Self { clauses: None, limits: Some(Vec::new()) }
	}

	/// All data that was asked for.
	pub fn everything() -> Self {
		Self { clauses: Some(Vec::new()), limits: Some(Vec::new()) }
	}

	/// Data that carries one of these codes.
	pub fn carrying(codes: CodeSet) -> Self {
		Self { clauses: Some(vec![codes]), limits: bounded(vec![codes]) }
	}

	/// Whether nothing is missing.
	pub fn is_everything(&self) -> bool {
		self.limits.is_some() && self.clauses.as_ref().is_some_and(Vec::is_empty)
	}

	/// Data in either set.
	pub fn or(self, other: Self) -> Self {
		let limits = both(self.limits, other.limits, |ours, theirs| {
			// Without limits there is either everything or nothing; only then is the other's part
			// all there is to bound.
			match (ours.is_empty(), theirs.is_empty()) {
				(true, _) => Some(theirs),
				(_, true) => Some(ours),
				_ => bounded(either(&ours, &theirs)),
			}
		});
		let clauses = match (self.clauses, other.clauses) {
			(None, clauses) | (clauses, None) => clauses,
			(Some(ours), Some(theirs)) => limits.as_ref().map(|_| either(&ours, &theirs)),
		};
		Self { clauses, limits }
	}

	/// Data in both sets.
	pub fn and(self, other: Self) -> Self {
		let joined = |mut ours: Vec<CodeSet>, theirs: Vec<CodeSet>| {
			ours.extend(theirs);
			ours
		};
		let limits = both(self.limits, other.limits, |ours, theirs| bounded(joined(ours, theirs)));
		let clauses = both(self.clauses, other.clauses, |ours, theirs| {
			limits.as_ref().map(|_| joined(ours, theirs))
		});
		Self { clauses, limits }
	}

	/// What is left. `None` where that is nothing, or more than a decision can hold.
	pub fn into_clauses(self) -> Option<Clauses> {
		let (clauses, limits) = (self.clauses?, self.limits?);
		let mut binding: Vec<CodeSet> = Vec::new();
		for clause in clauses {
			if binding.iter().any(|other| other.is_subset(&clause)) {
				continue;
			}
			binding.retain(|other| !clause.is_subset(other));
			binding.push(clause);
		}
		Some(Clauses { binding, limits })
	}
}

fn both<T>(
	ours: Option<Vec<T>>,
	theirs: Option<Vec<T>>,
	join: impl FnOnce(Vec<T>, Vec<T>) -> Option<Vec<T>>,
) -> Option<Vec<T>> {
	join(ours?, theirs?)
}

/// The clauses of a union, multiplied out.
fn either(ours: &[CodeSet], theirs: &[CodeSet]) -> Vec<CodeSet> {
	ours.iter().flat_map(|our| theirs.iter().map(|their| our.union(their))).collect()
}

fn bounded(clauses: Vec<CodeSet>) -> Option<Vec<CodeSet>> {
	let fits = clauses.len() <= MAX_OBLIGATIONS as usize
		&& clauses.iter().all(|clause| clause.len() <= MAX_OBLIGATION_CODES);
	fits.then_some(clauses)
}
