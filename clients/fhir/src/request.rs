//! The request: the `context` of LEAP's `patient-consent-consult` CDS hook.
//!
//! | Element | Form | Meaning |
//! |---|---|---|
//! | `patientId` | identifiers, at least one | whose consents are asked about |
//! | `category` | codings | which consents can answer: one of their `category` or `scope` |
//! | `purposeOfUse` | a code, codes or codings | for what; left out: anything |
//! | `actor` | identifiers | everything that the requester is; left out: anybody |
//! | `class` | codings (`code` or `value`), or codes | which classes of data are asked for |
//! | `scope` | a code of consentscope | as `category`; of older hooks |
//! | `content` | a Bundle | read for its form only: what is in it is no part of the decision |
//! | `securityLabel`, `code`, `action` | codings, or codes | ours: what data, and to do what |
//! | `dataPeriod` | a Period | ours: when the data is from |
//! | `data` | `{meaning, reference}` | ours: particular data |
//!
//! A list may be one value, and an empty list is as if it were left out. A code without a system
//! stands for every coding of that name that the consents use.

use crate::{
	coding::{codings, identifier, reference, Coding, Identifier, Reference},
	error::{ReadError, Refusal},
	json::{self, Node, Object},
	read::provision::meaning,
	time::{self, Limits},
};
use hdx_consent_engine::{DataMeaning, Period};
use serde_json::Value;

/// The name of the hook.
const HOOK: &str = "patient-consent-consult";
const SCOPES: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const KNOWN: &[&str] = &[
	"patientId",
	"category",
	"purposeOfUse",
	"actor",
	"class",
	"scope",
	"content",
	"securityLabel",
	"code",
	"action",
	"dataPeriod",
	"data",
];

/// A code that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
	/// Of a code system.
	Coding(Coding),
	/// Without one.
	Bare(String),
}

/// A request for a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsultRequest {
	/// Identifiers of the patient.
	pub patient: Vec<Identifier>,
	/// Categories of consents that can answer. Empty: any.
	pub categories: Vec<Coding>,
	/// Purposes of use. Empty: not named.
	pub purposes: Vec<Asked>,
	/// Everything that the requester is. Empty: not named.
	pub actors: Vec<Identifier>,
	/// Classes asked for.
	pub classes: Vec<Asked>,
	/// Security labels asked for.
	pub labels: Vec<Asked>,
	/// Clinical codes asked for.
	pub codes: Vec<Asked>,
	/// Actions asked for.
	pub actions: Vec<Asked>,
	/// When the data asked for is from.
	pub data_period: Period,
	/// Particular data asked for.
	pub data: Vec<(DataMeaning, Reference)>,
	/// What the request says that is not looked at.
	pub ignored: Vec<String>,
}

impl ConsultRequest {
	/// Reads a context, or a whole hook request with one inside.
	///
	/// # Errors
	///
	/// Names the element, and what was expected.
	pub fn parse(bytes: &[u8]) -> Result<Self, ReadError> {
		Self::from_value(&json::parse(bytes)?)
	}

	/// Reads one that is parsed.
	///
	/// # Errors
	///
	/// As [`parse`](Self::parse).
	pub fn from_value(value: &Value) -> Result<Self, ReadError> {
		let top = Node::new(value, "");
		let object = top.object("the context of a patient-consent-consult request")?;
		if let Some(hook) = object.get("hook")? {
			if hook.value != HOOK {
				return Err(hook.unexpected("the hook patient-consent-consult"));
			}
		}
		match object.get("context")? {
			Some(context) => read(&context.object("the context of the request")?),
			None if object.members.contains_key("hook") => {
				let expected = "the context of the request";
				Err(Refusal::Missing { expected }.at("context"))
			},
			None => read(&object),
		}
	}
}

fn read(context: &Object<'_>) -> Result<ConsultRequest, ReadError> {
	let patient: Vec<_> =
		context.list("patientId")?.iter().map(identifier).collect::<Result<_, _>>()?;
	if patient.is_empty() {
		let expected = "the patient's identifiers, with system and value";
		return Err(Refusal::Missing { expected }.at(context.path_of("patientId")));
	}
	check_content(context)?;
	let mut categories = Vec::new();
	for node in context.list("category")? {
		categories.extend(codings(&node)?);
	}
	for node in context.list("scope")? {
		categories.push(match node.value {
			Value::String(_) => Coding::new(SCOPES, node.text("a consent scope")?),
			_ => return Err(node.unexpected("a code such as patient-privacy")),
		});
	}
	let data_period = context.get("dataPeriod")?;
	let data_period = data_period.map(|node| time::period(&node, Limits::Data)).transpose()?;
	Ok(ConsultRequest {
		patient,
		categories,
		purposes: asked(context, "purposeOfUse")?,
		actors: context.list("actor")?.iter().map(identifier).collect::<Result<_, _>>()?,
		classes: asked(context, "class")?,
		labels: asked(context, "securityLabel")?,
		codes: asked(context, "code")?,
		actions: asked(context, "action")?,
		data_period: data_period.map(|read| read.period).unwrap_or_default(),
		data: data(context)?,
		ignored: ignored(context)?,
	})
}

/// The codes of an element.
fn asked(context: &Object<'_>, name: &str) -> Result<Vec<Asked>, ReadError> {
	let mut found = Vec::new();
	for node in context.list(name)? {
		match node.value {
			Value::String(_) => found.push(Asked::Bare(node.text("a code")?.to_owned())),
			Value::Object(members) if members.contains_key("value") => {
				let Identifier { system, value } = identifier(&node)?;
				found.push(named(Coding { system, code: value }));
			},
			_ => found.extend(codings(&node)?.into_iter().map(named)),
		}
	}
	Ok(found)
}

fn named(coding: Coding) -> Asked {
	match coding.system {
		Some(_) => Asked::Coding(coding),
		None => Asked::Bare(coding.code),
	}
}

fn data(context: &Object<'_>) -> Result<Vec<(DataMeaning, Reference)>, ReadError> {
	let mut found = Vec::new();
	for node in context.list("data")? {
		let entry = node.object("data with meaning and reference")?;
		let meaning = match entry.get("meaning")? {
			Some(node) => meaning(&node)?,
			None => DataMeaning::Instance,
		};
		let node = entry.required("reference", "a reference to data")?;
		let reference = match node.value {
			Value::String(_) => Reference::literal(node.text("a reference")?),
			_ => reference(&node)?,
		};
		found.push((meaning, reference));
	}
	Ok(found)
}

/// The hook may carry the data that is asked for; it must at least be a Bundle of resources.
fn check_content(context: &Object<'_>) -> Result<(), ReadError> {
	let Some(content) = context.get("content")? else { return Ok(()) };
	let bundle = content.object("a Bundle")?;
	for entry in bundle.list("entry")? {
		entry.object("an entry with a resource")?.required("resource", "a resource")?;
	}
	Ok(())
}

/// What is not looked at. A name that differs from a known one in case or number only is a
/// mistake, and leaving it out would ask for something else.
fn ignored(context: &Object<'_>) -> Result<Vec<String>, ReadError> {
	let plain = |name: &str| name.to_ascii_lowercase().trim_end_matches('s').to_owned();
	let mut ignored = Vec::new();
	for name in context.members.keys().filter(|name| !KNOWN.contains(&name.as_str())) {
		let near = KNOWN.iter().find(|known| {
			plain(known) == plain(name) || (**known == "purposeOfUse" && plain(name) == "purpose")
		});
		if let Some(known) = near {
			return Err(Refusal::Misspelt { known }.at(context.path_of(name)));
		}
		ignored.push(context.path_of(name));
	}
	Ok(ignored)
}
