//! Organisations that could be registered.

use super::{
	address::{self, PostalAddress},
	bundle::{self, Kind},
	duplicates::Seen,
	identity::{self, Identity},
};
use crate::{
	coding::{self, Coding, Identifier},
	error::ReadError,
	institution::StatedKind,
	json::{self, Object},
	npi::Npi,
};

/// An organisation of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationCandidate {
	/// The place in the Bundle, from 0: the number in `Bundle.entry[…]`.
	pub entry: usize,
	/// The resource's id.
	pub id: Option<String>,
	/// What the Bundle calls it, and references name.
	pub full_url: Option<String>,
	/// By what it is known, in the document's order; never empty, none shared with another
	/// candidate.
	pub identifiers: Vec<Identifier>,
	/// The NPI; or why what is called so is none, and where it stands. `None`: there is no such
	/// identifier.
	pub npi: Option<Result<Npi, ReadError>>,
	/// Whether the directory has it as active.
	pub active: bool,
	/// Its name.
	pub name: Option<String>,
	/// What it is.
	pub kind: StatedKind,
	/// Where it is.
	pub addresses: Vec<PostalAddress>,
}

impl OrganizationCandidate {
	/// What stands for it wherever it is noted who is registered: as
	/// [`PractitionerCandidate::key`](super::PractitionerCandidate::key).
	pub fn key(&self) -> String {
		identity::key(&self.identifiers)
	}
}

/// Reads a Bundle of `Organization`s. They come in the order of their
/// [keys](OrganizationCandidate::key).
///
/// # Errors
///
/// When it is no whole Bundle of organisations that are each in it once: see the [module](super).
pub fn read_organizations(bytes: &[u8]) -> Result<Vec<OrganizationCandidate>, ReadError> {
	let top = json::parse(bytes)?;
	let mut seen = Seen::default();
	let mut candidates = Vec::new();
	for entry in bundle::entries(&top, Kind::Organization)? {
		let resource = &entry.resource;
		let Identity { identifiers, npi } = Identity::read(resource, &mut seen)?;
		let kind = StatedKind::of(&types(resource)?)
			.map_err(|refusal| refusal.at(resource.path_of("type")))?;
		candidates.push(OrganizationCandidate {
			entry: entry.index,
			id: entry.id.map(str::to_owned),
			full_url: entry.full_url.map(str::to_owned),
			identifiers,
			npi,
			active: identity::active(resource)?,
			name: resource.text("name", "a name")?.map(str::to_owned),
			kind,
			addresses: address::all(resource)?,
		});
	}
	candidates.sort_by_cached_key(OrganizationCandidate::key);
	Ok(candidates)
}

/// The codings of all types. A type that is text alone says nothing that can be compared.
fn types(resource: &Object<'_>) -> Result<Vec<Coding>, ReadError> {
	let mut codings = Vec::new();
	for node in resource.list("type")? {
		if node.value.get("coding").is_some() || node.value.get("text").is_none() {
			codings.extend(coding::codings(&node)?);
		}
	}
	Ok(codings)
}
