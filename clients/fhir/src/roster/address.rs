//! Postal addresses, and who shares one.

use super::{
	name::texts, organization::OrganizationCandidate, practitioner::PractitionerCandidate,
};
use crate::{error::ReadError, json::Object};
use std::collections::{BTreeMap, BTreeSet};

/// FHIR `Address`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
	/// Street, number, box.
	pub lines: Vec<String>,
	/// City.
	pub city: Option<String>,
	/// State or province.
	pub state: Option<String>,
	/// Postal code.
	pub postal_code: Option<String>,
	/// Country.
	pub country: Option<String>,
}

impl PostalAddress {
	/// The address as far as it is compared. `None`: it has no street, or neither city nor postal
	/// code, so that half a town could live there.
	fn place(&self) -> Option<Place> {
		let lines = words(&self.lines.join(" "));
		let city = self.city.as_deref().map(words).unwrap_or_default();
		let postal_code = self.postal_code.as_deref().map(area).unwrap_or_default();
		if lines.is_empty() || (city.is_empty() && postal_code.is_empty()) {
			return None;
		}
		let state = self.state.as_deref().map(words).unwrap_or_default();
		Some(Place { lines, city, state, postal_code })
	}
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
	lines: String,
	city: String,
	state: String,
	postal_code: String,
}

/// Letters and digits alone, in capitals, one space between words.
fn words(text: &str) -> String {
	let parts = text.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty());
	parts.map(str::to_uppercase).collect::<Vec<_>>().join(" ")
}

/// A postal code without the four digits that the United States add for a part of a street.
fn area(postal_code: &str) -> String {
	let is_digits =
		|text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
	match postal_code.trim().split_once('-') {
		Some((zip, more)) if is_digits(zip, 5) && is_digits(more, 4) => zip.to_owned(),
		_ => words(postal_code),
	}
}

/// Reads the addresses of a resource at which it can be met now: neither old, nor of the home.
pub(super) fn all(resource: &Object<'_>) -> Result<Vec<PostalAddress>, ReadError> {
	let mut addresses = Vec::new();
	for node in resource.list("address")? {
		let object = node.object("an Address")?;
		if matches!(object.text("use", "the use of an address")?, Some("home" | "old")) {
			continue;
		}
		let text = |name| Ok(object.text(name, "text that is not empty")?.map(str::to_owned));
		addresses.push(PostalAddress {
			lines: texts(&object, "line")?,
			city: text("city")?,
			state: text("state")?,
			postal_code: text("postalCode")?,
			country: text("country")?,
		});
	}
	Ok(addresses)
}

/// Where a practitioner works, as far as addresses tell. Numbers are places in the list of
/// organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workplace {
	/// No organisation has an address of theirs.
	Unknown,
	/// One has.
	One(usize),
	/// Several have, in the order of the list: somebody has to choose.
	Several(Vec<usize>),
}

/// The addresses of organisations.
///
/// Compared are street, city, state and postal code, in capitals and without punctuation; of a
/// ZIP+4 the ZIP. The country is not: one list leaves it out as often as the other.
#[derive(Clone, Debug, Default)]
pub struct Workplaces(BTreeMap<Place, BTreeSet<usize>>);

impl Workplaces {
	/// The addresses of these organisations.
	pub fn of(organizations: &[OrganizationCandidate]) -> Self {
		let mut places: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
		for (index, organization) in organizations.iter().enumerate() {
			for place in organization.addresses.iter().filter_map(PostalAddress::place) {
				places.entry(place).or_default().insert(index);
			}
		}
		Self(places)
	}

	/// Where a practitioner works.
	pub fn find(&self, practitioner: &PractitionerCandidate) -> Workplace {
		let places = practitioner.addresses.iter().filter_map(PostalAddress::place);
		let found = places.filter_map(|place| self.0.get(&place)).flatten();
		let found: Vec<_> = found.copied().collect::<BTreeSet<_>>().into_iter().collect();
		match found.as_slice() {
			[] => Workplace::Unknown,
			[one] => Workplace::One(*one),
			_ => Workplace::Several(found),
		}
	}
}
