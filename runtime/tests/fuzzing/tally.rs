//! How often which call was tried, and how often it worked.

use super::Step;
use std::collections::{BTreeMap, BTreeSet};

/// Counts by pallet and call.
#[derive(Default)]
pub struct Tally {
	counts: BTreeMap<(&'static str, &'static str), (u64, u64)>,
}

impl Tally {
	/// Counts a call.
	pub fn note(&mut self, (pallet, call): (&'static str, &'static str), worked: bool) {
		let (tried, successes) = self.counts.entry((pallet, call)).or_default();
		*tried += 1;
		*successes += u64::from(worked);
	}

	/// Makes the step and counts it, by a transaction where it says so.
	pub fn run(&mut self, step: Step, by_transaction: bool) -> bool {
		let name = step.name();
		let worked = if by_transaction { step.send() } else { step.dispatch() };
		self.note(name, worked);
		worked
	}

	/// The calls of a pallet that worked at least once.
	pub fn succeeded(&self, pallet: &str) -> BTreeSet<&'static str> {
		self.counts
			.iter()
			.filter(|((of, _), (_, successes))| *of == pallet && *successes > 0)
			.map(|((_, call), _)| *call)
			.collect()
	}

	/// How often a call worked.
	pub fn successes(&self, pallet: &'static str, call: &'static str) -> u64 {
		self.counts.get(&(pallet, call)).map_or(0, |(_, successes)| *successes)
	}

	/// A line for each pallet: calls tried, and worked, and how many different ones did.
	pub fn print(&self) {
		let pallets: BTreeSet<_> = self.counts.keys().map(|(pallet, _)| *pallet).collect();
		println!("{:<20} {:>9} {:>9}  different calls that worked", "pallet", "tried", "worked");
		for pallet in pallets {
			let of_pallet = || self.counts.iter().filter(move |((of, _), _)| *of == pallet);
			let tried: u64 = of_pallet().map(|(_, (tried, _))| tried).sum();
			let worked: u64 = of_pallet().map(|(_, (_, worked))| worked).sum();
			let different = self.succeeded(pallet).len();
			println!("{pallet:<20} {tried:>9} {worked:>9}  {different} of {}", of_pallet().count());
		}
	}

	/// The calls of a pallet that were tried and never worked.
	pub fn refused(&self, pallet: &str) -> Vec<&'static str> {
		let worked = self.succeeded(pallet);
		let tried = self.counts.keys().filter(|(of, _)| *of == pallet).map(|(_, call)| *call);
		tried.filter(|call| !worked.contains(call)).collect()
	}
}
