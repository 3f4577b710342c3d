//! Sets of the codes that one policy names, small enough to copy.

use crate::{
	code::Code,
	policy::{Policy, Provision, Values, MAX_PROVISIONS, MAX_VALUES},
};
use alloc::{collections::BTreeMap, vec::Vec};

/// Attributes of a provision that hold codes which data can carry.
const CODED_ATTRIBUTES: usize = 3;
/// 64-bit words that hold a bit for every code a policy can name.
const WORDS: usize = (MAX_PROVISIONS as usize * MAX_VALUES as usize * CODED_ATTRIBUTES) / 64;

/// Where a code stands in an obligation: labels come first, then classes, then clinical codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
	Label,
	Class,
	ClinicalCode,
}

/// A code and where it stands.
pub(crate) type Named = (Kind, Code);

/// Every code that a policy names, once, in the order that obligations use.
pub(crate) struct Vocabulary {
	names: Vec<Named>,
	places: BTreeMap<Code, usize>,
}

impl Vocabulary {
	/// The codes of a policy.
	pub fn of(policy: &Policy) -> Self {
		let mut vocabulary = Self { names: Vec::new(), places: BTreeMap::new() };
		vocabulary.learn(policy, Kind::Label, |provision| &provision.labels);
		vocabulary.learn(policy, Kind::Class, |provision| &provision.classes);
		vocabulary.learn(policy, Kind::ClinicalCode, |provision| &provision.codes);
		vocabulary
	}

	fn learn(&mut self, policy: &Policy, kind: Kind, values: fn(&Provision) -> &Values<Code>) {
		for code in policy.provisions.iter().flat_map(values) {
			if !self.places.contains_key(code) {
				self.places.insert(*code, self.names.len());
				self.names.push((kind, *code));
			}
		}
	}

	/// The set of these codes. Codes that the policy does not name are left out.
	pub fn set(&self, codes: &[Code]) -> CodeSet {
		let mut set = CodeSet::default();
		for place in codes.iter().filter_map(|code| self.places.get(code)) {
			set.insert(*place);
		}
		set
	}

	/// Whether the set holds every one of these codes, and there is at least one.
	pub fn covers(&self, set: &CodeSet, codes: &[Code]) -> bool {
		!codes.is_empty()
			&& codes
				.iter()
				.all(|code| self.places.get(code).is_some_and(|place| set.contains(*place)))
	}

	/// The codes of a set, in the order that obligations use.
	pub fn names(&self, set: &CodeSet) -> Vec<Named> {
		self.names
			.iter()
			.enumerate()
			.filter(|(place, _)| set.contains(*place))
			.map(|(_, named)| *named)
			.collect()
	}
}

/// A set of codes, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CodeSet([u64; WORDS]);

impl Default for CodeSet {
	fn default() -> Self {
		Self([0; WORDS])
	}
}

impl CodeSet {
	fn bit(place: usize) -> (usize, u64) {
		(place / 64, 1u64.rotate_left((place % 64) as u32))
	}

	fn insert(&mut self, place: usize) {
		let (word, bit) = Self::bit(place);
		if let Some(word) = self.0.get_mut(word) {
			*word |= bit;
		}
	}

	fn contains(&self, place: usize) -> bool {
		let (word, bit) = Self::bit(place);
		self.0.get(word).is_some_and(|word| word & bit != 0)
	}

	/// Whether there is no code in it.
	pub fn is_empty(&self) -> bool {
		self.0.iter().all(|word| *word == 0)
	}

	/// Whether every code of this set is in the other.
	pub fn is_subset(&self, other: &Self) -> bool {
		self.0.iter().zip(&other.0).all(|(own, others)| own & !others == 0)
	}

	/// Adds the other's codes.
	pub fn extend(&mut self, other: &Self) {
		for (own, others) in self.0.iter_mut().zip(&other.0) {
			*own |= others;
		}
	}

	/// How many codes are in it.
	pub fn len(&self) -> u32 {
		self.0.iter().fold(0, |len, word| len.saturating_add(word.count_ones()))
	}

	/// Both sets' codes.
	pub fn union(mut self, other: &Self) -> Self {
		self.extend(other);
		self
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_full_policy_fits() {
		assert_eq!(WORDS * 64, 32 * 16 * 3);
		let mut set = CodeSet::default();
		for place in 0..WORDS * 64 {
			assert!(!set.contains(place));
			set.insert(place);
			assert!(set.contains(place));
		}
	}
}
