//! Practitioners who could be enrolled.

use super::{
	address::{self, PostalAddress},
	bundle::{self, Kind},
	duplicates::Seen,
	identity::{self, Identity},
	name,
	qualification::{self, Qualification},
};
use crate::{coding::Identifier, error::ReadError, human_name::HumanName, json, npi::Npi};

/// A practitioner of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PractitionerCandidate {
	/// The place in the Bundle, from 0: the number in `Bundle.entry[…]`.
	pub entry: usize,
	/// The resource's id.
	pub id: Option<String>,
	/// What the Bundle calls it, and references name.
	pub full_url: Option<String>,
	/// By what they are known, in the document's order; never empty, none shared with another
	/// candidate. An NPI is here whether it is valid or not, always under
	/// [`npi::SYSTEM`](crate::npi::SYSTEM).
	pub identifiers: Vec<Identifier>,
	/// The NPI; or why what is called so is none, and where it stands. `None`: there is no such
	/// identifier.
	pub npi: Option<Result<Npi, ReadError>>,
	/// Whether the directory has them as active.
	pub active: bool,
	/// Their name.
	pub name: Option<HumanName>,
	/// Where they can be met.
	pub addresses: Vec<PostalAddress>,
	/// What the directory says they are qualified for.
	pub qualifications: Vec<Qualification>,
}

impl PractitionerCandidate {
	/// What stands for them wherever it is noted who is enrolled: the token (`system|value`) of the
	/// NPI, else the least of their identifiers. Each is of one candidate, and does not depend on
	/// the order of the Bundle.
	pub fn key(&self) -> String {
		identity::key(&self.identifiers)
	}
}

/// Reads a Bundle of `Practitioner`s. They come in the order of their
/// [keys](PractitionerCandidate::key).
///
/// # Errors
///
/// When it is no whole Bundle of practitioners who are each in it once: see the [module](super).
pub fn read_practitioners(bytes: &[u8]) -> Result<Vec<PractitionerCandidate>, ReadError> {
	let top = json::parse(bytes)?;
	let mut seen = Seen::default();
	let mut candidates = Vec::new();
	for entry in bundle::entries(&top, Kind::Practitioner)? {
		let resource = &entry.resource;
		let Identity { identifiers, npi } = Identity::read(resource, &mut seen)?;
		candidates.push(PractitionerCandidate {
			entry: entry.index,
			id: entry.id.map(str::to_owned),
			full_url: entry.full_url.map(str::to_owned),
			identifiers,
			npi,
			active: identity::active(resource)?,
			name: name::of(resource)?,
			addresses: address::all(resource)?,
			qualifications: qualification::all(resource)?,
		});
	}
	candidates.sort_by_cached_key(PractitionerCandidate::key);
	Ok(candidates)
}

/// What is wrong with the NPIs of these candidates, in the order of the Bundle. A caller who enrols
/// nobody by an invalid number refuses the roster when this is not empty.
pub fn invalid_npis<'a>(candidates: &'a [PractitionerCandidate]) -> Vec<&'a ReadError> {
	let wrong = |candidate: &'a PractitionerCandidate| {
		let error = candidate.npi.as_ref()?.as_ref().err()?;
		Some((candidate.entry, error))
	};
	let mut found: Vec<_> = candidates.iter().filter_map(wrong).collect();
	found.sort_by_key(|(entry, _)| *entry);
	found.into_iter().map(|(_, error)| error).collect()
}
