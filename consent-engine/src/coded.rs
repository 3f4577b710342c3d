//! Codes of several attributes in one list.

use crate::{
	attribute::{DataAttribute, Named},
	code::Code,
	policy::Policy,
	spared::Spared,
};
use alloc::vec::Vec;

/// Labels first, then classes, then clinical codes, each in document order. One list, which can
/// become that of an obligation as it is.
#[derive(Default)]
pub(crate) struct Coded {
	codes: Vec<Code>,
	/// Where the labels and the classes end.
	ends: [usize; 2],
}

impl Coded {
	/// The codes that some provisions name, without those that are spared.
	pub fn of(policy: &Policy, withheld: &Named, spared: &Spared) -> Self {
		let named = |attribute: DataAttribute| {
			let provisions = withheld.of(attribute);
			provisions.filter_map(move |index| {
				let deny = policy.provisions.get(index)?;
				Some((index, attribute.codes(deny)))
			})
		};
		let count = DataAttribute::coded().flat_map(named).map(|(_, codes)| codes.len());
		let mut codes = Vec::with_capacity(count.sum());
		let mut ends = [0; 3];
		for (end, attribute) in ends.iter_mut().zip(DataAttribute::coded()) {
			for (index, values) in named(attribute) {
				let left = values.iter().enumerate();
				let left = left.filter(|(place, _)| !spared.contains(attribute, index, *place));
				codes.extend(left.map(|(_, code)| *code));
			}
			*end = codes.len();
		}
		Self::new(codes, ends)
	}

	/// The codes of several lists, attribute by attribute.
	pub fn of_all<'a>(lists: impl Iterator<Item = &'a Self> + Clone) -> Self {
		let mut codes = Vec::with_capacity(lists.clone().map(|list| list.codes.len()).sum());
		let ends = [0, 1, 2].map(|attribute| {
			for list in lists.clone() {
				codes.extend_from_slice(list.of_attribute(attribute));
			}
			codes.len()
		});
		Self::new(codes, ends)
	}

	/// The codes.
	pub fn into_vec(self) -> Vec<Code> {
		self.codes
	}

	fn new(codes: Vec<Code>, [labels, classes, _]: [usize; 3]) -> Self {
		Self { codes, ends: [labels, classes] }
	}

	/// By the place of the attribute in [`DataAttribute::coded`].
	fn of_attribute(&self, place: usize) -> &[Code] {
		let [labels, classes] = self.ends;
		let range = match place {
			0 => 0..labels,
			1 => labels..classes,
			_ => classes..self.codes.len(),
		};
		self.codes.get(range).unwrap_or_default()
	}
}
