//! The tree of provisions.

use super::{actor, root::rule_at};
use crate::{
	coding::{codings, reference, Coding},
	consent::UnresolvedActor,
	dictionary::Dictionary,
	error::{ReadError, Refusal},
	json::{Node, Object},
	resolve::{Origin, Resolver},
	time::{self, Limits, ReadPeriod},
};
use hdx_consent_engine::{
	Code, DataMeaning, DataReference, Provision, Rule, Values, MAX_DEPTH, MAX_PROVISIONS,
	MAX_VALUES,
};

const ELEMENTS: &[&str] = &[
	"id",
	"extension",
	"type",
	"period",
	"actor",
	"action",
	"securityLabel",
	"purpose",
	"class",
	"documentType",
	"resourceType",
	"code",
	"dataPeriod",
	"data",
	"provision",
];
const DATA: &[&str] = &["id", "extension", "meaning", "reference"];
const MEANING: &str = "instance, related, dependents or authoredby";

/// The codes of FHIR `Consent.provision.data.meaning`.
pub(crate) const MEANINGS: [(&str, DataMeaning); 4] = [
	("instance", DataMeaning::Instance),
	("related", DataMeaning::Related),
	("dependents", DataMeaning::Dependents),
	("authoredby", DataMeaning::AuthoredBy),
];

/// What was read.
pub(super) struct Read {
	/// The root first, in document order.
	pub provisions: Vec<Provision>,
	pub unresolved: Vec<UnresolvedActor>,
	pub warnings: Vec<String>,
	pub dictionary: Dictionary,
}

/// How the types of a level are told.
#[derive(Clone, Copy)]
enum Types {
	/// R4: each provision says its own.
	Explicit,
	/// R5: the opposite of the level above, which is of this type.
	Opposite(Rule),
}

/// Collects the provisions.
pub(super) struct Reader<'a> {
	pub resolver: &'a dyn Resolver,
	pub origin: Origin<'a>,
	pub provisions: Vec<Provision>,
	pub unresolved: Vec<UnresolvedActor>,
	pub warnings: Vec<String>,
	pub dictionary: Dictionary,
}

impl<'a> Reader<'a> {
	pub fn new(resolver: &'a dyn Resolver, origin: Origin<'a>) -> Self {
		Self {
			resolver,
			origin,
			provisions: Vec::new(),
			unresolved: Vec::new(),
			warnings: Vec::new(),
			dictionary: Dictionary::new(),
		}
	}

	pub fn finish(self) -> Read {
		let Self { provisions, unresolved, warnings, dictionary, .. } = self;
		Read { provisions, unresolved, warnings, dictionary }
	}

	/// A root that says nothing but the base rule.
	pub fn bare_root(&mut self, rule: Rule, period: Option<ReadPeriod>) {
		let mut root = Provision::new(0, rule);
		root.period = self.noted(period.unwrap_or_default());
		self.provisions.push(root);
	}

	/// The root provision of R4, and what is inside.
	pub fn root(
		&mut self,
		node: &Node<'_>,
		rule: Rule,
		period: Option<ReadPeriod>,
	) -> Result<(), ReadError> {
		let object = node.object("a provision")?;
		let mut root = self.attributes(&object, 0, rule)?;
		if let Some(period) = period {
			if let Some(second) = object.get("period")? {
				let what = "two periods of one consent (period and provision.period)";
				return Err(second.refuse(Refusal::Inexpressible { what }));
			}
			root.period = self.noted(period);
		}
		self.provisions.push(root);
		self.nested(&object.list("provision")?, 0, 1, Types::Explicit)
	}

	/// The exceptions to the decision of R5.
	pub fn exceptions(&mut self, nodes: &[Node<'_>], decision: Rule) -> Result<(), ReadError> {
		self.nested(nodes, 0, 1, Types::Opposite(decision))
	}

	fn nested(
		&mut self,
		nodes: &[Node<'_>],
		parent: u8,
		depth: u32,
		types: Types,
	) -> Result<(), ReadError> {
		for node in nodes {
			if depth > MAX_DEPTH {
				return Err(node.refuse(Refusal::TooDeep { limit: MAX_DEPTH }));
			}
			let index = u8::try_from(self.provisions.len()).unwrap_or(u8::MAX);
			if u32::from(index) >= MAX_PROVISIONS {
				return Err(node.refuse(Refusal::TooManyProvisions { limit: MAX_PROVISIONS }));
			}
			let object = node.object("a provision")?;
			let rule = rule(&object, types)?;
			let provision = self.attributes(&object, parent, rule)?;
			self.provisions.push(provision);
			let below = match types {
				Types::Explicit => Types::Explicit,
				Types::Opposite(_) => Types::Opposite(rule),
			};
			self.nested(&object.list("provision")?, index, depth.saturating_add(1), below)?;
		}
		Ok(())
	}

	fn attributes(
		&mut self,
		object: &Object<'_>,
		parent: u8,
		rule: Rule,
	) -> Result<Provision, ReadError> {
		object.only(&[ELEMENTS], "a provision")?;
		let mut provision = Provision::new(parent, rule);
		if let Some(node) = object.get("period")? {
			provision.period = self.noted(time::period(&node, Limits::Force)?);
		}
		if let Some(node) = object.get("dataPeriod")? {
			provision.data_period = self.noted(time::period(&node, Limits::Data)?);
		}
		provision.actors = actor::read(self, object, rule)?;
		provision.purposes = self.codes(object, &["purpose"])?;
		provision.actions = self.codes(object, &["action"])?;
		provision.labels = self.codes(object, &["securityLabel"])?;
		// R5 split the class of R4 into the two.
		provision.classes = self.codes(object, &["class", "resourceType", "documentType"])?;
		provision.codes = self.codes(object, &["code"])?;
		provision.data = self.data(object)?;
		Ok(provision)
	}

	fn noted(&mut self, read: ReadPeriod) -> hdx_consent_engine::Period {
		self.dictionary.add_period(&read);
		read.period
	}

	/// The codes of elements that together are one attribute.
	fn codes(&mut self, object: &Object<'_>, names: &[&str]) -> Result<Values<Code>, ReadError> {
		let mut codes = Vec::new();
		let mut path = String::new();
		for name in names {
			for node in object.values(name)? {
				path = object.path_of(name);
				for coding in codings(&node)? {
					push_new(&mut codes, self.code(coding));
				}
			}
		}
		bounded(codes, &path)
	}

	fn code(&mut self, coding: Coding) -> Code {
		self.dictionary.add_coding(coding)
	}

	fn data(&mut self, object: &Object<'_>) -> Result<Values<DataReference>, ReadError> {
		let mut data = Vec::new();
		for node in object.values("data")? {
			let entry = node.object("data with meaning and reference")?;
			entry.only(&[DATA], "data")?;
			let meaning = meaning(&entry.required("meaning", MEANING)?)?;
			let node = entry.required("reference", "a reference to data")?;
			let reference = reference(&node)?;
			let code = self
				.resolver
				.data(&reference, self.origin)
				.map_err(|reason| node.refuse(Refusal::Unresolvable(reason)))?;
			self.dictionary.add_reference(code, reference);
			push_new(&mut data, DataReference { meaning, reference: code });
		}
		bounded(data, &object.path_of("data"))
	}
}

/// Reads the meaning of a reference to data.
pub(crate) fn meaning(node: &Node<'_>) -> Result<DataMeaning, ReadError> {
	let text = node.text(MEANING)?;
	let known = MEANINGS.iter().find(|(code, _)| *code == text);
	known.map(|(_, meaning)| *meaning).ok_or_else(|| {
		node.refuse(Refusal::UnknownCode { found: text.to_owned(), expected: MEANING })
	})
}

fn rule(object: &Object<'_>, types: Types) -> Result<Rule, ReadError> {
	let written = rule_at(object)?;
	match (types, written) {
		(Types::Explicit, Some(rule)) => Ok(rule),
		(Types::Explicit, None) => {
			let expected = "permit or deny, which R4 requires of a nested provision";
			Err(Refusal::Missing { expected }.at(object.path_of("type")))
		},
		(Types::Opposite(above), written) => {
			let rule = opposite(above);
			if written.is_some_and(|written| written != rule) {
				let (found, expected) = (code(above).to_owned(), code(rule));
				let refusal = Refusal::NotAlternating { found, expected };
				return Err(refusal.at(object.path_of("type")));
			}
			Ok(rule)
		},
	}
}

/// The other type.
pub(crate) fn opposite(rule: Rule) -> Rule {
	match rule {
		Rule::Permit => Rule::Deny,
		Rule::Deny => Rule::Permit,
	}
}

/// The code of a type.
pub(crate) fn code(rule: Rule) -> &'static str {
	match rule {
		Rule::Permit => "permit",
		Rule::Deny => "deny",
	}
}

pub(super) fn push_new<T: PartialEq>(values: &mut Vec<T>, value: T) {
	if !values.contains(&value) {
		values.push(value);
	}
}

pub(super) fn bounded<T>(values: Vec<T>, path: &str) -> Result<Values<T>, ReadError> {
	let found = values.len();
	values.try_into().map_err(|_| Refusal::TooManyValues { found, limit: MAX_VALUES }.at(path))
}
