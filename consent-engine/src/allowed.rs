//! Which of the data asked for is permitted: the small set algebra beneath obligations.

use crate::{attribute::Named, obligation::MAX_OBLIGATIONS};

const CAPACITY: usize = MAX_OBLIGATIONS as usize;

/// A set of data in the form that obligations have, so that it can be demanded of whoever releases
/// the data: what has a value of every clause and none that is withheld.
///
/// Where a union is more than that form can say, the set is smaller than the union. It is smaller
/// in such a way that taking something away from an operand never makes the result larger.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
	/// Whether there is nothing in it, whatever the clauses say.
	pub is_nothing: bool,
	/// Data in the set has a value of each.
	pub clauses: Clauses,
	/// The clauses that there would be if no part had been denied. Bounds are checked on these, so
	/// that a further denial never brings an oversized policy back below them.
	pub limits: Clauses,
	/// Data in the set has none of these values.
	pub withheld: Named,
}

impl Allowed {
	/// All data that was asked for.
	pub fn everything() -> Self {
		Self::default()
	}

	/// No data.
	pub fn nothing() -> Self {
		Self { is_nothing: true, ..Self::default() }
	}

	/// Whether nothing is missing.
	pub fn is_everything(&self) -> bool {
		!self.is_nothing && self.clauses.is_empty() && self.withheld.is_empty()
	}

	/// Leaves what has one of these values.
	pub fn limit_to(&mut self, values: Named) {
		self.clauses.push(values);
		self.limits.push(values);
	}

	/// Takes away what has one of these values.
	pub fn withhold(&mut self, values: &Named) {
		self.withheld.extend(values);
	}

	/// Leaves what is in the other set too.
	pub fn and(&mut self, other: &Self) {
		self.is_nothing |= other.is_nothing;
		self.clauses.join(&other.clauses);
		self.limits.join(&other.limits);
		self.withheld.extend(&other.withheld);
	}

	/// Adds what is in the other set.
	pub fn or(&mut self, other: &Self) {
		// Without limits there is either everything or nothing; only then is the other's part all
		// there is to bound.
		if self.limits.is_empty() {
			self.limits.join(&other.limits);
		} else if !other.limits.is_empty() {
			self.limits.multiply(&other.limits);
		}
		if self.is_everything() {
			return;
		}
		if other.is_everything() {
			self.is_nothing = false;
			self.clauses.clear();
			self.withheld = Named::default();
			return;
		}
		self.withheld.extend(&other.withheld);
		match (self.is_nothing, other.is_nothing) {
			(_, true) => {},
			(true, false) => {
				self.is_nothing = false;
				self.clauses.clear();
				self.clauses.join(&other.clauses);
			},
			(false, false) => self.clauses.multiply(&other.clauses),
		}
	}
}

/// As many clauses as a decision can hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clauses {
	list: [Named; CAPACITY],
	len: usize,
	/// Whether there were more. The list is then not to be used.
	pub is_oversized: bool,
}

impl Clauses {
	/// The clauses.
	pub fn as_slice(&self) -> &[Named] {
		self.list.get(..self.len).unwrap_or_default()
	}

	/// Whether there is none.
	pub fn is_empty(&self) -> bool {
		self.len == 0
	}

	fn clear(&mut self) {
		self.len = 0;
	}

	fn push(&mut self, clause: Named) {
		match self.list.get_mut(self.len) {
			Some(free) => {
				*free = clause;
				self.len = self.len.saturating_add(1);
			},
			None => self.is_oversized = true,
		}
	}

	/// The clauses of an intersection.
	fn join(&mut self, other: &Self) {
		self.is_oversized |= other.is_oversized;
		for clause in other.as_slice() {
			self.push(*clause);
		}
	}

	/// The clauses of a union.
	fn multiply(&mut self, other: &Self) {
		if let ([own], [others]) =
			(self.list.get_mut(..self.len).unwrap_or_default(), other.as_slice())
		{
			own.extend(others);
			return;
		}
		let ours = *self;
		*self = Self { is_oversized: ours.is_oversized || other.is_oversized, ..Self::default() };
		for own in ours.as_slice() {
			for others in other.as_slice() {
				let mut clause = *own;
				clause.extend(others);
				self.push(clause);
			}
		}
	}
}
