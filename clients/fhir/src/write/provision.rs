//! The tree of provisions, as JSON.

use super::{coding, WriteError};
use crate::{
	coding::{Coding, Identifier, Reference},
	consent::FhirVersion,
	dictionary::Dictionary,
	naming,
	read::provision::{code, opposite, MEANINGS},
	time,
};
use hdx_consent_engine::{Actor, Code, DataReference, Period, Policy, PolicyError, Provision};
use serde_json::{json, Map, Value};

const RESOURCE_TYPES: &str = "http://hl7.org/fhir/resource-types";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

/// Writes the provisions of a policy that is valid.
pub(super) struct Writer<'a> {
	pub policy: &'a Policy,
	pub dictionary: &'a Dictionary,
	pub version: FhirVersion,
}

impl Writer<'_> {
	/// The root provision of R4.
	pub fn r4_root(&self) -> Result<Value, WriteError> {
		self.provision(0, self.root()?)
	}

	/// What R5 has at the root.
	pub fn r5_root(&self) -> Result<Vec<(String, Value)>, WriteError> {
		let root = self.root()?;
		if let Some(attribute) = limit_of(root) {
			return Err(WriteError::LimitedRoot { attribute });
		}
		let mut members = vec![("decision".to_owned(), json!(code(root.rule)))];
		if root.period != Period::default() {
			members.push(("period".to_owned(), self.period(0, root.period)?));
		}
		let nested = self.nested(0)?;
		if !nested.is_empty() {
			members.push(("provision".to_owned(), json!(nested)));
		}
		Ok(members)
	}

	fn root(&self) -> Result<&Provision, WriteError> {
		self.policy.provisions.first().ok_or(WriteError::Invalid(PolicyError::EmptyPolicy))
	}

	/// The children, in document order. Depth is bounded, since the policy is valid.
	fn nested(&self, parent: usize) -> Result<Vec<Value>, WriteError> {
		let children = self.policy.provisions.iter().enumerate().skip(1);
		children
			.filter(|(_, child)| usize::from(child.parent) == parent)
			.map(|(index, child)| {
				let around = self.policy.provisions.get(parent);
				let alternates = around.is_some_and(|around| child.rule == opposite(around.rule));
				if self.version == FhirVersion::R5 && !alternates {
					return Err(WriteError::SameType { provision: index });
				}
				self.provision(index, child)
			})
			.collect()
	}

	fn provision(&self, index: usize, provision: &Provision) -> Result<Value, WriteError> {
		let mut object = Map::new();
		let mut insert = |name: &str, values: Vec<Value>| {
			if !values.is_empty() {
				object.insert(name.to_owned(), Value::Array(values));
			}
		};
		insert("actor", self.actors(&provision.actors));
		insert("action", self.concepts(&provision.actions));
		insert("securityLabel", self.codings(&provision.labels));
		insert("purpose", self.codings(&provision.purposes));
		match self.version {
			FhirVersion::R4 => insert("class", self.codings(&provision.classes)),
			FhirVersion::R5 => {
				let (types, documents) = self.classes(&provision.classes);
				insert("resourceType", types);
				insert("documentType", documents);
			},
		}
		insert("code", self.concepts(&provision.codes));
		insert("data", provision.data.iter().map(|data| self.data(data)).collect());
		insert("provision", self.nested(index)?);
		if self.version == FhirVersion::R4 {
			object.insert("type".to_owned(), json!(code(provision.rule)));
		}
		for (name, period) in [("period", provision.period), ("dataPeriod", provision.data_period)]
		{
			if period != Period::default() {
				object.insert(name.to_owned(), self.period(index, period)?);
			}
		}
		Ok(Value::Object(object))
	}

	fn coding(&self, code: &Code) -> Coding {
		coding(code, self.dictionary)
	}

	fn codings(&self, codes: &[Code]) -> Vec<Value> {
		codes.iter().map(|code| json!(self.coding(code))).collect()
	}

	fn concepts(&self, codes: &[Code]) -> Vec<Value> {
		codes.iter().map(|code| json!({ "coding": [self.coding(code)] })).collect()
	}

	/// R5 has resource types and document types apart.
	fn classes(&self, codes: &[Code]) -> (Vec<Value>, Vec<Value>) {
		let codings: Vec<_> = codes.iter().map(|code| self.coding(code)).collect();
		let is_type = |coding: &&Coding| coding.system.as_deref() == Some(RESOURCE_TYPES);
		let (types, documents): (Vec<_>, Vec<_>) = codings.iter().partition(is_type);
		let written = |codings: Vec<&Coding>| codings.iter().map(|coding| json!(coding)).collect();
		(written(types), written(documents))
	}

	/// An actor is written as the document that it is from referred to it, where that reference
	/// says no more than the provision does.
	fn actors(&self, actors: &[Actor]) -> Vec<Value> {
		let mut references: Vec<Reference> = Vec::new();
		for actor in actors {
			let written = self.dictionary.actor(actor).filter(|reference| {
				self.dictionary.actors_of(reference).all(|other| actors.contains(other))
			});
			let reference = match written {
				Some(reference) => reference.clone(),
				None => Reference::logical(self.identifier(actor)),
			};
			if !references.contains(&reference) {
				references.push(reference);
			}
		}
		let role = Coding::new(PARTICIPATION, "IRCP");
		references
			.iter()
			.map(
				|reference| json!({ "role": { "coding": [role] }, "reference": reference.to_json() }),
			)
			.collect()
	}

	fn identifier(&self, actor: &Actor) -> Identifier {
		let token = |code: &Code| self.dictionary.coding(code).map(Coding::token);
		let known = match actor {
			Actor::Identifier(code) => return self.known_or_hash(actor, code),
			Actor::Role(code) => token(code).map(|token| Identifier::new(naming::ROLE, token)),
			Actor::Group(code) => token(code).map(|token| Identifier::new(naming::GROUP, token)),
			Actor::Account(_) | Actor::Organisation(_) => None,
		};
		known.unwrap_or_else(|| naming::identifier(actor))
	}

	fn known_or_hash(&self, actor: &Actor, code: &Code) -> Identifier {
		self.dictionary.identifier(code).cloned().unwrap_or_else(|| naming::identifier(actor))
	}

	fn data(&self, data: &DataReference) -> Value {
		let reference = self
			.dictionary
			.reference(&data.reference)
			.cloned()
			.unwrap_or_else(|| Reference::logical(naming::data_identifier(&data.reference)));
		let meaning = MEANINGS.iter().find(|(_, meaning)| *meaning == data.meaning);
		json!({ "meaning": meaning.map(|(code, _)| code), "reference": reference.to_json() })
	}

	fn period(&self, provision: usize, period: Period) -> Result<Value, WriteError> {
		if let Some((start, end)) = self.dictionary.written_period(period) {
			return Ok(written_period(start, end));
		}
		let no_date = WriteError::NoDate { provision };
		let start = match period.start {
			None => None,
			Some(start) => Some(time::write_start(start).ok_or(no_date)?),
		};
		let end = match period.end {
			None => None,
			Some(end) => Some(time::write_end(end).ok_or(no_date)?),
		};
		Ok(written_period(start.as_deref(), end.as_deref()))
	}
}

fn written_period(start: Option<&str>, end: Option<&str>) -> Value {
	let bounds = [("start", start), ("end", end)];
	let bounds =
		bounds.into_iter().filter_map(|(name, bound)| Some((name.to_owned(), json!(bound?))));
	Value::Object(bounds.collect())
}

/// An attribute by which a root is limited, its period left aside.
fn limit_of(root: &Provision) -> Option<&'static str> {
	let attributes = [
		("actor", !root.actors.is_empty()),
		("purpose", !root.purposes.is_empty()),
		("action", !root.actions.is_empty()),
		("securityLabel", !root.labels.is_empty()),
		("class", !root.classes.is_empty()),
		("code", !root.codes.is_empty()),
		("dataPeriod", root.data_period != Period::default()),
		("data", !root.data.is_empty()),
	];
	attributes.into_iter().find(|(_, is_named)| *is_named).map(|(name, _)| name)
}
