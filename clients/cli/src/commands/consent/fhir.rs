//! Policies out of FHIR Consents. Whoever a document names must be somebody on the chain.

use crate::{actors, error::Error, files, time};
use hdx_fhir::{
	read_consent, ConsentStatus, Directory, Mapping, Origin, ReadOptions, Reference, Resolved,
	Resolver, SourceError, Unresolvable, MAX_DOCUMENT_BYTES,
};
use hdx_primitives::{
	engine::{Actor, Policy},
	Code,
};
use std::path::{Path, PathBuf};

/// The document, and who its references are.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct FhirOptions {
	/// A FHIR Consent (R4 or R5, JSON) that says what is permitted.
	#[arg(long, value_name = "FILE")]
	pub fhir: Option<PathBuf>,
	/// A FHIR Bundle with the people, organisations and groups that the Consent names.
	#[arg(long, value_name = "BUNDLE", requires = "fhir")]
	directory: Option<PathBuf>,
	/// Who a reference (Practitioner/1) or an identifier (system|value) is on the chain:
	/// REF=ACCOUNT, REF=institution:N, REF=role:system|code, REF=group:system|code; or, for data,
	/// REF=data:0x… with its commitment. May be repeated.
	#[arg(long = "map", value_name = "REF=ACTOR", requires = "fhir", value_parser = mapped)]
	map: Vec<(String, Mapped)>,
}

/// What a reference stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mapped {
	Actor(Actor),
	Data(Code),
}

/// A policy, and what is odd about the document that it is from.
#[derive(Debug)]
pub struct ReadPolicy {
	/// The policy.
	pub policy: Policy,
	/// What does not keep it from being read.
	pub warnings: Vec<String>,
}

impl FhirOptions {
	/// Reads the policy. `None`: no document was given.
	pub fn policy(&self) -> Result<Option<ReadPolicy>, Error> {
		let Some(path) = &self.fhir else { return Ok(None) };
		let refused = |error| SourceError { name: path.display().to_string(), error };
		let bytes = read(path)?;
		let resolver = self.resolver()?;
		let consent = read_consent(&bytes, ReadOptions::default(), &resolver).map_err(refused)?;
		if consent.metadata.status != ConsentStatus::Active {
			return Err(Error::Malformed {
				path: path.clone(),
				expected: "a Consent that can be granted",
				detail: format!(
					"status: found `{}`; expected `active`",
					consent.metadata.status.code()
				),
			});
		}
		let warnings = consent.warnings.clone();
		let policy = consent.into_policy().map_err(refused)?;
		Ok(Some(ReadPolicy { policy, warnings }))
	}

	fn resolver(&self) -> Result<OnChain, Error> {
		let directory = match &self.directory {
			None => None,
			Some(path) => {
				let refused = |error| SourceError { name: path.display().to_string(), error };
				Some(Directory::parse(&read(path)?).map_err(refused)?.at(time::now()))
			},
		};
		let mapping =
			self.map.iter().fold(Mapping::new(), |mapping, (name, mapped)| match mapped {
				Mapped::Actor(actor) => mapping.with_actor(name, *actor),
				Mapped::Data(code) => mapping.with_data(name, *code),
			});
		Ok(OnChain { mapping, directory })
	}
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
	files::read(path, MAX_DOCUMENT_BYTES as u64)
}

/// Reads `REF=ACTOR`. References may hold `=`, actors do not.
fn mapped(text: &str) -> Result<(String, Mapped), String> {
	let (name, value) =
		text.rsplit_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
			format!("`{text}` maps nothing: give REF=ACTOR, where ACTOR is {}", actors::FORMS)
		})?;
	let mapped = match value.strip_prefix("data:") {
		Some(hash) => actors::hash(hash).map(Mapped::Data).ok_or_else(|| {
			format!("`{hash}` is no commitment: give 0x with 32 hexadecimal digits")
		})?,
		None => Mapped::Actor(actors::parse(value)?),
	};
	Ok((name.to_owned(), mapped))
}

/// Tells who references are on the chain: by the mapping, or by the identifiers that the directory
/// has for them and the mapping knows.
struct OnChain {
	mapping: Mapping,
	directory: Option<Directory>,
}

impl Resolver for OnChain {
	fn actors(&self, reference: &Reference, origin: Origin<'_>) -> Result<Resolved, Unresolvable> {
		match (self.mapping.actors(reference, origin), &self.directory) {
			(Err(Unresolvable::NotFound { .. }), Some(directory)) => {
				self.by_identifiers(directory, reference, origin)
			},
			(result, _) => result,
		}
	}

	fn data(&self, reference: &Reference, origin: Origin<'_>) -> Result<Code, Unresolvable> {
		self.mapping.data(reference, origin)
	}
}

impl OnChain {
	/// One identifier is enough for a person or an organisation. Of a group every member must be on
	/// the chain: a deny would miss those who are left out, and a permit would not say so.
	fn by_identifiers(
		&self,
		directory: &Directory,
		reference: &Reference,
		origin: Origin<'_>,
	) -> Result<Resolved, Unresolvable> {
		let known = directory.actors(reference, origin)?;
		let mut actors = Vec::new();
		let mut unknown = None;
		for identifier in known.identifiers {
			let literal = Reference::literal(identifier.value.clone());
			let own = match identifier.system {
				None => literal,
				Some(_) => Reference::logical(identifier.clone()),
			};
			match self.mapping.actors(&own, origin) {
				Ok(resolved) => actors.extend(resolved.actors),
				Err(_) => unknown = unknown.or(Some(identifier)),
			}
		}
		let not_found = |name: String| Err(Unresolvable::NotFound { reference: name });
		match unknown {
			Some(member) if has_members(reference) => {
				not_found(format!("{} (of {reference})", member.token()))
			},
			_ if actors.is_empty() => not_found(reference.to_string()),
			_ => Ok(Resolved { actors, identifiers: Vec::new(), identified: true }),
		}
	}
}

/// Whether a reference is, or may be, to a group.
fn has_members(reference: &Reference) -> bool {
	let literal = reference.unversioned();
	let kind = literal.and_then(|literal| literal.rsplit('/').nth(1));
	!matches!(
		kind,
		Some(
			"Practitioner"
				| "PractitionerRole"
				| "Organization"
				| "Patient" | "RelatedPerson"
				| "Device"
		)
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_primitives::{engine::Rule, InstitutionId};
	use serde_json::{json, Value};
	use tempfile::TempDir;

	/// Permits nobody but one reference.
	fn consent(reference: &str) -> Value {
		json!({
			"resourceType": "Consent", "status": "active", "dateTime": "2026-05-01",
			"provision": { "type": "deny", "provision": [{
				"type": "permit", "actor": [{ "reference": { "reference": reference } }],
			}] },
		})
	}

	fn people() -> Value {
		let person = |id: &str, npi: &str| {
			json!({ "resource": {
				"resourceType": "Practitioner", "id": id,
				"identifier": [
					{ "system": "urn:npi", "value": npi }, { "system": "urn:staff", "value": id },
				],
			} })
		};
		let group = json!({ "resource": {
			"resourceType": "Group", "id": "ward",
			"member": [
				{ "entity": { "reference": "Practitioner/ann" } },
				{ "entity": { "reference": "Practitioner/bo" } },
			],
		} });
		json!({ "resourceType": "Bundle", "entry": [person("ann", "1"), person("bo", "2"), group] })
	}

	fn read(consent: &Value, map: &[&str], directory: bool) -> Result<ReadPolicy, Error> {
		let scratch = TempDir::new().unwrap();
		let (file, people_file) = (scratch.path().join("c.json"), scratch.path().join("p.json"));
		std::fs::write(&file, consent.to_string()).unwrap();
		std::fs::write(&people_file, people().to_string()).unwrap();
		let options = FhirOptions {
			fhir: Some(file),
			directory: directory.then_some(people_file),
			map: map.iter().map(|text| mapped(text).unwrap()).collect(),
		};
		options.policy().map(|read| read.unwrap())
	}

	fn permitted(read: &ReadPolicy) -> Vec<Actor> {
		let permit = read.policy.provisions.iter().find(|one| one.rule == Rule::Permit);
		permit.unwrap().actors.to_vec()
	}

	const STAFF: Actor = Actor::Organisation(InstitutionId(3));

	#[test]
	fn a_reference_is_who_it_is_mapped_to() {
		let document = consent("Practitioner/ann");
		let read = read(&document, &["Practitioner/ann=institution:3"], false).unwrap();
		assert_eq!(permitted(&read), [STAFF]);
	}

	#[test]
	fn a_reference_is_who_one_of_its_identifiers_is_mapped_to() {
		let document = consent("Practitioner/ann");
		let read = read(&document, &["urn:npi|1=institution:3"], true).unwrap();
		assert_eq!(permitted(&read), [STAFF]);
	}

	#[test]
	fn fails_when_nobody_on_the_chain_is_meant_and_names_the_element() {
		for directory in [false, true] {
			let error = read(&consent("Practitioner/ann"), &[], directory).unwrap_err();
			let text = error.to_string();
			assert!(text.contains("c.json") && text.contains("Practitioner/ann"), "{text}");
			assert!(text.contains("provision.provision[0].actor[0].reference"), "{text}");
		}
	}

	#[test]
	fn fails_when_one_member_of_a_group_is_not_on_the_chain() {
		let half = read(&consent("Group/ward"), &["urn:npi|1=institution:3"], true).unwrap_err();
		assert!(half.to_string().contains("Group/ward"), "{half}");
		let whole = read(&consent("Group/ward"), &["Group/ward=group:urn:g|ward"], true).unwrap();
		assert_eq!(permitted(&whole), [Actor::Group(Code::of_token("urn:g|ward"))]);
	}

	#[test]
	fn fails_when_the_consent_is_not_active() {
		let mut draft = consent("Practitioner/ann");
		draft["status"] = json!("draft");
		let error = read(&draft, &["Practitioner/ann=institution:3"], false).unwrap_err();
		assert!(error.to_string().contains("status") && error.to_string().contains("draft"));
	}

	#[test]
	fn fails_when_a_mapping_is_none() {
		for text in ["", "Practitioner/1", "=//Alice", "Practitioner/1=", "a=data:0x12", "a=b:c"] {
			assert!(mapped(text).is_err(), "{text}");
		}
		let url = "https://server/Practitioner?id=1=//Alice";
		assert_eq!(mapped(url).unwrap().0, "https://server/Practitioner?id=1");
	}
}
