//! Whom a roster names: FHIR Bundles, read and checked before anybody is asked.

use crate::{error::Error, files};
use hdx_fhir::{
	npi::Npi,
	roster::{
		invalid_npis, read_organizations, read_practitioners, OrganizationCandidate,
		PractitionerCandidate, Workplace, Workplaces,
	},
	ReadError, SourceError, MAX_DOCUMENT_BYTES,
};
use hdx_sdk::commitment;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::path::Path;

/// How many wrong numbers a message names.
const SHOWN: usize = 5;
/// Bytes of the hash that names a candidate in the directory.
const ID_BYTES: usize = 16;

/// Somebody, or an organisation, of a roster.
#[derive(Clone, Debug)]
pub struct Candidate {
	/// By what the directory calls it: the same for the same identifier, whatever else the roster
	/// says.
	pub id: String,
	/// The place in the Bundle, from 0.
	pub entry: usize,
	/// Whether the roster has it as active.
	pub active: bool,
	/// The resource, as it stands in the Bundle.
	pub document: Vec<u8>,
}

/// A practitioner of a roster.
#[derive(Clone, Debug)]
pub struct Practitioner {
	/// Who.
	pub candidate: Candidate,
	/// The organisation at their address, by its place in [`Roster::organizations`].
	pub workplace: Workplace,
}

/// An organisation of a roster.
#[derive(Clone, Debug)]
pub struct Organization {
	/// Which.
	pub candidate: Candidate,
	/// What it is, as far as the roster says.
	pub kind: hdx_fhir::institution::StatedKind,
}

/// A roster.
#[derive(Clone, Debug)]
pub struct Roster {
	/// The practitioners, in an order that is not the Bundle's.
	pub practitioners: Vec<Practitioner>,
	/// The organisations.
	pub organizations: Vec<Organization>,
	/// How many have an NPI that is none.
	pub invalid_npis: usize,
}

impl Roster {
	/// Reads a roster.
	pub fn read(
		practitioners: &Path,
		organizations: Option<&Path>,
		accept_invalid_npi: bool,
	) -> Result<Self, Error> {
		let people = Source::read(practitioners)?;
		let houses = organizations.map(Source::read).transpose()?;
		Self::of(&people, houses.as_ref(), accept_invalid_npi)
	}

	fn of(
		people: &Source<'_>,
		organizations: Option<&Source<'_>>,
		accept_invalid_npi: bool,
	) -> Result<Self, Error> {
		let found = read_practitioners(&people.bytes).map_err(|error| people.refused(error))?;
		let mut wrong = people.npis(&invalid_npis(&found), accept_invalid_npi)?;
		let (houses, organizations) = match organizations {
			None => (Vec::new(), Vec::new()),
			Some(source) => {
				let found =
					read_organizations(&source.bytes).map_err(|error| source.refused(error))?;
				let npis: Vec<_> = found.iter().filter_map(|one| wrong_npi(&one.npi)).collect();
				wrong = wrong.saturating_add(source.npis(&npis, accept_invalid_npi)?);
				let documents = source.documents()?;
				let listed = found.iter().map(|one| organization(one, &documents));
				let listed = listed.collect::<Option<Vec<_>>>();
				let listed = listed.ok_or_else(|| source.incomplete())?;
				(found, listed)
			},
		};
		let workplaces = Workplaces::of(&houses);
		let documents = people.documents()?;
		let practitioners = found
			.iter()
			.map(|one| practitioner(one, &documents, &workplaces))
			.collect::<Option<Vec<_>>>()
			.ok_or_else(|| people.incomplete())?;
		Ok(Self { practitioners, organizations, invalid_npis: wrong })
	}
}

fn practitioner(
	found: &PractitionerCandidate,
	documents: &[&RawValue],
	workplaces: &Workplaces,
) -> Option<Practitioner> {
	let candidate = candidate(&found.key(), found.entry, found.active, documents)?;
	Some(Practitioner { candidate, workplace: workplaces.find(found) })
}

fn organization(found: &OrganizationCandidate, documents: &[&RawValue]) -> Option<Organization> {
	let candidate = candidate(&found.key(), found.entry, found.active, documents)?;
	Some(Organization { candidate, kind: found.kind })
}

fn candidate(key: &str, entry: usize, active: bool, documents: &[&RawValue]) -> Option<Candidate> {
	let hash = commitment::public(key.as_bytes());
	let id = hex::encode(hash.first_chunk::<ID_BYTES>()?);
	let document = documents.get(entry)?.get().as_bytes().to_vec();
	Some(Candidate { id, entry, active, document })
}

/// Reads anything as a roster: its practitioners and, after a zero byte, its organisations. Whoever is read is in the
/// file, and has a name that is one of a folder.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new("roster.json");
	let mut files = bytes.splitn(2, |byte| *byte == 0);
	let people = Source { path, bytes: files.next().unwrap_or_default().to_vec() };
	let houses = files.next().map(|bytes| Source { path, bytes: bytes.to_vec() });
	let Ok(roster) = Roster::of(&people, houses.as_ref(), true) else { return };
	let count = roster.organizations.len();
	for found in &roster.practitioners {
		check(&found.candidate, &people);
		assert!(!matches!(found.workplace, Workplace::One(house) if house >= count));
	}
	for (found, source) in roster.organizations.iter().zip(houses.iter().cycle()) {
		check(&found.candidate, source);
	}
}

#[cfg(fuzzing)]
fn check(found: &Candidate, source: &Source<'_>) {
	let Candidate { id, document, .. } = found;
	assert!(
		id.len() == ID_BYTES.saturating_mul(2) && id.bytes().all(|one| one.is_ascii_hexdigit())
	);
	assert!(source.bytes.windows(document.len()).any(|window| window == document.as_slice()));
}

/// Why what is called an NPI is none.
fn wrong_npi(npi: &Option<Result<Npi, ReadError>>) -> Option<&ReadError> {
	npi.as_ref().and_then(|npi| npi.as_ref().err())
}

/// A Bundle, and its name for messages.
struct Source<'a> {
	path: &'a Path,
	bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct Bundle<'a> {
	#[serde(borrow, default)]
	entry: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
	#[serde(borrow)]
	resource: &'a RawValue,
}

impl<'a> Source<'a> {
	fn read(path: &'a Path) -> Result<Self, Error> {
		Ok(Self { path, bytes: files::read(path, MAX_DOCUMENT_BYTES as u64)? })
	}

	fn refused(&self, error: ReadError) -> Error {
		Error::Fhir(SourceError { name: self.path.display().to_string(), error })
	}

	/// The resources, byte for byte.
	fn documents(&self) -> Result<Vec<&RawValue>, Error> {
		let bundle: Bundle<'_> =
			serde_json::from_slice(&self.bytes).map_err(|error| Error::Malformed {
				path: self.path.to_owned(),
				expected: "a Bundle with a list of entries",
				detail: error.to_string(),
			})?;
		Ok(bundle.entry.into_iter().map(|entry| entry.resource).collect())
	}

	fn incomplete(&self) -> Error {
		Error::Malformed {
			path: self.path.to_owned(),
			expected: "a Bundle with a list of entries",
			detail: "an entry was read that is not in the list".to_owned(),
		}
	}

	/// How many NPIs are none, where that is accepted.
	fn npis(&self, wrong: &[&ReadError], accept: bool) -> Result<usize, Error> {
		if accept || wrong.is_empty() {
			return Ok(wrong.len());
		}
		let mut named: Vec<_> = wrong.iter().take(SHOWN).map(|error| error.to_string()).collect();
		let more = wrong.len().saturating_sub(SHOWN);
		if more > 0 {
			named.push(format!("and {more} more"));
		}
		Err(Error::Malformed {
			path: self.path.to_owned(),
			expected: "a roster of valid NPIs (--accept-invalid-npi takes it all the same)",
			detail: named.join("; "),
		})
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use serde_json::{json, Value};

	fn person(npi: &str, line: &str) -> Value {
		json!({ "resource": {
			"resourceType": "Practitioner",
			"identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": npi }],
			"address": [{ "line": [line], "city": "Boston" }],
		} })
	}

	fn house(value: &str, line: &str) -> Value {
		json!({ "resource": {
			"resourceType": "Organization",
			"identifier": [{ "system": "urn:house", "value": value }],
			"address": [{ "line": [line], "city": "Boston" }],
		} })
	}

	fn read(people: &[Value], houses: &[Value], accept: bool) -> Result<Roster, Error> {
		let directory = tempfile::tempdir().unwrap();
		let write = |name: &str, entries: &[Value]| {
			let path = directory.path().join(name);
			let bundle =
				json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
			std::fs::write(&path, bundle.to_string()).unwrap();
			path
		};
		let (people, houses) = (write("people.json", people), write("houses.json", houses));
		Roster::read(&people, Some(&houses), accept)
	}

	#[test]
	fn whoever_is_in_the_roster_has_the_same_id_whatever_the_order() {
		let (one, other) = (person("1234567893", "1 A St"), person("1245319599", "2 B St"));
		let ids = |people: &[Value]| -> Vec<_> {
			let roster = read(people, &[], false).unwrap();
			roster.practitioners.into_iter().map(|one| one.candidate.id).collect()
		};
		let first = ids(&[one.clone(), other.clone()]);
		assert_eq!(first, ids(&[other, one]));
		assert_ne!(first[0], first[1]);
		assert_eq!(first[0].len(), 32);
	}

	#[test]
	fn a_document_is_the_resource_as_it_stands() {
		let people = [person("1245319599", "2 B St"), person("1234567893", "1 A St")];
		let roster = read(&people, &[], false).unwrap();
		for found in roster.practitioners {
			let document: Value = serde_json::from_slice(&found.candidate.document).unwrap();
			assert_eq!(document, people[found.candidate.entry]["resource"]);
		}
	}

	#[test]
	fn a_workplace_is_the_organisation_at_the_same_address() {
		let houses = [house("z", "1 A St"), house("a", "2 B St")];
		let people = [person("1234567893", "1 a st."), person("1245319599", "3 C St")];
		let roster = read(&people, &houses, false).unwrap();
		let workplaces: Vec<_> =
			roster.practitioners.iter().map(|one| (one.candidate.entry, &one.workplace)).collect();
		assert_eq!(workplaces, [(0, &Workplace::One(1)), (1, &Workplace::Unknown)]);
		assert_eq!(roster.organizations[1].candidate.entry, 0);
	}

	#[test]
	fn fails_on_an_npi_that_is_none_unless_it_is_accepted() {
		let people = [person("1234567893", "1 A St"), person("1234567890", "1 A St")];
		let error = read(&people, &[], false).unwrap_err().to_string();
		assert!(error.contains("entry[1].resource.identifier[0].value"), "{error}");
		assert!(error.contains("--accept-invalid-npi"), "{error}");
		assert_eq!(read(&people, &[], true).unwrap().invalid_npis, 1);
	}
}
