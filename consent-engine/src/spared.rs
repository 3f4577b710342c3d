//! Which of the values that a deny names are given back by the permits inside it.

use crate::{
	allowed::Allowed,
	attribute::{DataAttribute, Named},
	code::Code,
	policy::{DataReference, Policy, MAX_PROVISIONS, MAX_VALUES},
};

// One bit for every value that an attribute can hold.
const _: () = assert!(MAX_VALUES <= u16::BITS);

/// Values of denies that data may have and still be released, since whatever has them is given
/// back: "withhold PSY and HIV, but Dr Who may see HIV" withholds only PSY from Dr Who.
///
/// A value is spared where all that is given back has one of some values, it is among these, and
/// nothing is withheld in turn. What is given back under several conditions spares nothing, judged
/// as if no part of it had been denied, so that a further denial never spares more. Periods are not
/// spared: data from a period in part has one kind of match in a deny, another in a permit.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spared([[u16; 4]; MAX_PROVISIONS as usize]);

impl Spared {
	/// Spares the values of a deny that are given back.
	pub fn spare(&mut self, policy: &Policy, deny: usize, given_back: &Allowed) {
		let is_usable = !given_back.is_nothing && given_back.withheld.is_empty();
		let (true, [_], [clause], Some(provision)) = (
			is_usable,
			given_back.limits.as_slice(),
			given_back.clauses.as_slice(),
			policy.provisions.get(deny),
		) else {
			return;
		};
		for attribute in DataAttribute::coded() {
			for (place, code) in attribute.codes(provision).iter().enumerate() {
				if holds_code(policy, clause, code) {
					self.insert(attribute, deny, place);
				}
			}
		}
		for (place, reference) in provision.data.iter().enumerate() {
			if holds_reference(policy, clause, reference) {
				self.insert(DataAttribute::Data, deny, place);
			}
		}
	}

	/// Whether the value at this place of an attribute is spared.
	pub fn contains(&self, attribute: DataAttribute, deny: usize, place: usize) -> bool {
		let places = self.0.get(deny).and_then(|all| all.get(attribute as usize)).copied();
		places.unwrap_or_default() & bit(place) != 0
	}

	fn insert(&mut self, attribute: DataAttribute, deny: usize, place: usize) {
		if let Some(places) = self.0.get_mut(deny).and_then(|all| all.get_mut(attribute as usize)) {
			*places |= bit(place);
		}
	}
}

fn bit(place: usize) -> u16 {
	u32::try_from(place).ok().and_then(|place| 1u16.checked_shl(place)).unwrap_or_default()
}

fn holds_code(policy: &Policy, clause: &Named, code: &Code) -> bool {
	DataAttribute::coded().any(|attribute| {
		clause.of(attribute).any(|index| {
			policy
				.provisions
				.get(index)
				.is_some_and(|provision| attribute.codes(provision).contains(code))
		})
	})
}

fn holds_reference(policy: &Policy, clause: &Named, reference: &DataReference) -> bool {
	clause.of(DataAttribute::Data).any(|index| {
		policy
			.provisions
			.get(index)
			.is_some_and(|provision| provision.data.iter().any(|named| named.includes(reference)))
	})
}
