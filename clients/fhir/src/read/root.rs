//! The document: its elements, its base rule and the root of its tree.

use super::{metadata, provision::Reader, shape, ReadOptions};
use crate::{
	coding::Coding,
	consent::{Consent, FhirVersion, Metadata},
	error::{ReadError, Refusal},
	json::{Node, Object},
	resolve::{Origin, Resolver},
	time::{self, Limits, ReadPeriod},
};
use hdx_consent_engine::{Code, Policy, Rule, Values, MAX_PROVISIONS, MAX_VALUES};
use serde_json::Value;

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// Read, or kept for who asks.
const READ: &[&str] = &[
	"resourceType",
	"id",
	"meta",
	"identifier",
	"status",
	"scope",
	"category",
	"patient",
	"subject",
	"dateTime",
	"date",
	"period",
	"performer",
	"grantor",
	"grantee",
	"organization",
	"manager",
	"controller",
	"sourceAttachment",
	"sourceReference",
	"policy",
	"policyBasis",
	"policyRule",
	"regulatoryBasis",
	"decision",
	"provision",
	"contained",
];
/// No part of the decision: what people read, how the document was made, who checked it.
const IGNORED: &[&str] = &["text", "language", "extension", "verification", "policyText"];

const RULE: &str = "permit or deny";

pub(super) fn read(
	node: &Node<'_>,
	full_url: Option<&str>,
	options: ReadOptions,
	resolver: &dyn Resolver,
) -> Result<Consent, ReadError> {
	let consent = node.object("a FHIR Consent")?;
	let kind = consent.required("resourceType", "the resourceType Consent")?;
	if kind.value != "Consent" {
		return Err(kind.unexpected("Consent"));
	}
	if let Some(rules) = consent.get("implicitRules")? {
		let what = "rules that stand elsewhere (implicitRules)";
		return Err(rules.refuse(Refusal::Inexpressible { what }));
	}
	consent.only(&[READ, IGNORED], "a Consent")?;

	let version = options.version.unwrap_or_else(|| shape::version(&consent));
	let mut metadata = metadata::read(&consent, full_url)?;
	let contained = match consent.get("contained")? {
		None => &[],
		Some(node) => match node.value {
			Value::Array(list) => list.as_slice(),
			_ => return Err(node.unexpected("a list of resources")),
		},
	};
	let mut reader = Reader::new(resolver, Origin { full_url, contained });
	let categories = categories(&consent, &metadata, &mut reader)?;
	let period = consent.get("period")?;
	let period = period.map(|node| time::period(&node, Limits::Force)).transpose()?;

	let rule = match version {
		FhirVersion::R4 => read_r4(&consent, period, &metadata, &mut reader)?,
		FhirVersion::R5 => read_r5(&consent, period, &mut reader)?,
	};
	if metadata.date.is_none() {
		reader.warnings.push("it has no date, so any dated consent is more recent".to_owned());
	}
	let read = reader.finish();
	metadata.period = read.provisions.first().map(|root| root.period).unwrap_or_default();
	let policy = if rule.is_some() && read.unresolved.is_empty() {
		let too_many = Refusal::TooManyProvisions { limit: MAX_PROVISIONS };
		let provisions = read.provisions.try_into();
		let provisions = provisions.map_err(|_| too_many.at(consent.path_of("provision")))?;
		Some(Policy { categories, provisions })
	} else {
		None
	};
	let rule_path = match version {
		FhirVersion::R4 => consent.path_of("provision.type"),
		FhirVersion::R5 => consent.path_of("decision"),
	};
	Ok(Consent {
		version,
		metadata,
		policy,
		unresolved: read.unresolved,
		warnings: read.warnings,
		dictionary: read.dictionary,
		rule_path,
	})
}

/// The categories of the policy: R4 `scope` and `category` together.
fn categories(
	consent: &Object<'_>,
	metadata: &Metadata,
	reader: &mut Reader<'_>,
) -> Result<Values<Code>, ReadError> {
	let mut codes = Vec::new();
	for coding in metadata.scope.iter().chain(&metadata.categories) {
		let code = reader.dictionary.add_coding(coding.clone());
		if !codes.contains(&code) {
			codes.push(code);
		}
	}
	let found = codes.len();
	codes.try_into().map_err(|_| {
		Refusal::TooManyValues { found, limit: MAX_VALUES }.at(consent.path_of("category"))
	})
}

/// R4: the root provision, and its type or else the policyRule as the base rule.
fn read_r4(
	consent: &Object<'_>,
	period: Option<ReadPeriod>,
	metadata: &Metadata,
	reader: &mut Reader<'_>,
) -> Result<Option<Rule>, ReadError> {
	let by_policy = policy_rule(consent, metadata)?;
	let root = match consent.get("provision")? {
		None => None,
		Some(node) => match node.list().as_slice() {
			[] => None,
			[one] => Some(one.clone()),
			_ => return Err(node.unexpected("one root provision, as R4 has it")),
		},
	};
	let explicit = match &root {
		None => None,
		Some(node) => {
			node.object("a provision")?.get("type")?.map(|node| rule_of(&node)).transpose()?
		},
	};
	if let (Some(explicit), Some(by_policy)) = (explicit, by_policy) {
		if explicit != by_policy {
			reader.warnings.push(
				"policyRule and provision.type say different things; the type is what counts"
					.to_owned(),
			);
		}
	}
	let rule = explicit.or(by_policy);
	match root {
		Some(node) => reader.root(&node, rule.unwrap_or(Rule::Deny), period)?,
		None => reader.bare_root(rule.unwrap_or(Rule::Deny), period),
	}
	Ok(rule)
}

/// R5: the decision as the base rule, and the exceptions to it.
fn read_r5(
	consent: &Object<'_>,
	period: Option<ReadPeriod>,
	reader: &mut Reader<'_>,
) -> Result<Option<Rule>, ReadError> {
	let rule = consent.get("decision")?.map(|node| rule_of(&node)).transpose()?;
	let base = rule.unwrap_or(Rule::Deny);
	reader.bare_root(base, period);
	reader.exceptions(&consent.list("provision")?, base)?;
	Ok(rule)
}

fn rule_of(node: &Node<'_>) -> Result<Rule, ReadError> {
	match node.text(RULE)? {
		"permit" => Ok(Rule::Permit),
		"deny" => Ok(Rule::Deny),
		other => Err(node.refuse(Refusal::UnknownCode { found: other.to_owned(), expected: RULE })),
	}
}

pub(super) fn rule_at(provision: &Object<'_>) -> Result<Option<Rule>, ReadError> {
	provision.get("type")?.map(|node| rule_of(&node)).transpose()
}

/// What OPTIN or OPTOUT says, which is how the examples of HL7 give the base rule.
fn policy_rule(consent: &Object<'_>, metadata: &Metadata) -> Result<Option<Rule>, ReadError> {
	let says = |code: &str| metadata.policy_rule.contains(&Coding::new(ACT_CODE, code));
	match (says("OPTIN"), says("OPTOUT")) {
		(true, true) => Err(Refusal::BothPolicyRules.at(consent.path_of("policyRule"))),
		(true, false) => Ok(Some(Rule::Permit)),
		(false, true) => Ok(Some(Rule::Deny)),
		(false, false) => Ok(None),
	}
}
