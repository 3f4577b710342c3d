//! Writing: a policy as FHIR R4 or R5 `Consent` JSON.
//!
//! What was read is written in its own words, as far as the dictionary has them. Hashes without
//! words are written in the chain's own naming systems ([`naming`]), and read back as
//! the same hashes.
//!
//! R4 can say every valid policy. R5 cannot say two things, and then writing fails: a provision of
//! its parent's type, since types alternate there; and a root that is limited by anything but its
//! period, since a decision is about everything.

mod provision;

use crate::{
	coding::{Coding, Reference},
	consent::{FhirVersion, Metadata},
	dictionary::Dictionary,
	naming,
};
use hdx_consent_engine::{validate, Code, Policy, PolicyError};
use provision::Writer;
use serde_json::{json, Map, Value};

const SCOPES: &str = "http://terminology.hl7.org/CodeSystem/consentscope";

/// Why a policy cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
	/// The policy is no tree that anybody could decide on.
	#[error("the policy is not valid: {0:?}")]
	Invalid(PolicyError),
	/// R5 has no types below the decision: they alternate.
	#[error("provision {provision} is of the same type as the one around it, which R5 cannot say; R4 can")]
	SameType {
		/// The index of the provision in the policy.
		provision: usize,
	},
	/// The decision of R5 is about everything.
	#[error("the root is limited by {attribute}, which R5 cannot say of its decision; R4 can")]
	LimitedRoot {
		/// The attribute.
		attribute: &'static str,
	},
	/// A time that no date can say.
	#[error("provision {provision} has a time that FHIR cannot write: its years are 1970 to 9999")]
	NoDate {
		/// The index of the provision in the policy.
		provision: usize,
	},
}

/// Writes a policy, with what else the document says. `id` and `meta` are left to whoever stores it.
///
/// # Errors
///
/// See [`WriteError`].
pub fn write_consent(
	policy: &Policy,
	metadata: &Metadata,
	dictionary: &Dictionary,
	version: FhirVersion,
) -> Result<Value, WriteError> {
	validate(policy).map_err(WriteError::Invalid)?;
	let mut consent = Map::new();
	consent.insert("resourceType".to_owned(), json!("Consent"));
	if !metadata.identifiers.is_empty() {
		consent.insert("identifier".to_owned(), json!(metadata.identifiers));
	}
	consent.insert("status".to_owned(), json!(metadata.status.code()));
	match version {
		FhirVersion::R4 => describe_r4(&mut consent, policy, metadata, dictionary),
		FhirVersion::R5 => describe_r5(&mut consent, policy, metadata, dictionary),
	}
	if let Some(source) = metadata.sources.first() {
		let source = source.to_json();
		let value = match version {
			FhirVersion::R4 => source,
			FhirVersion::R5 => json!([source]),
		};
		consent.insert("sourceReference".to_owned(), value);
	}
	let writer = Writer { policy, dictionary, version };
	match version {
		FhirVersion::R4 => {
			consent.insert("provision".to_owned(), writer.r4_root()?);
		},
		FhirVersion::R5 => {
			for (name, value) in writer.r5_root()? {
				consent.insert(name, value);
			}
		},
	}
	Ok(Value::Object(consent))
}

fn describe_r4(
	consent: &mut Map<String, Value>,
	policy: &Policy,
	metadata: &Metadata,
	dictionary: &Dictionary,
) {
	// The reader takes the scope before the categories.
	let codings = category_codings(policy, dictionary);
	let is_scope = |coding: &&Coding| coding.system.as_deref() == Some(SCOPES);
	let scopes: Vec<_> = codings.iter().take_while(is_scope).collect();
	let rest: Vec<_> = codings.iter().skip(scopes.len()).collect();
	if !scopes.is_empty() {
		consent.insert("scope".to_owned(), json!({ "coding": scopes }));
	}
	insert_concepts(consent, "category", &rest);
	insert_reference(consent, "patient", metadata.patient.as_ref());
	if let Some(date) = &metadata.date {
		consent.insert("dateTime".to_owned(), json!(date));
	}
	insert_references(consent, "performer", &metadata.grantors);
	insert_references(consent, "organization", &metadata.organizations);
	if !metadata.policy_uris.is_empty() {
		let policies: Vec<_> =
			metadata.policy_uris.iter().map(|uri| json!({ "uri": uri })).collect();
		consent.insert("policy".to_owned(), json!(policies));
	}
	if !metadata.policy_rule.is_empty() {
		consent.insert("policyRule".to_owned(), json!({ "coding": metadata.policy_rule }));
	}
}

fn describe_r5(
	consent: &mut Map<String, Value>,
	policy: &Policy,
	metadata: &Metadata,
	dictionary: &Dictionary,
) {
	let codings = category_codings(policy, dictionary);
	insert_concepts(consent, "category", &codings.iter().collect::<Vec<_>>());
	insert_reference(consent, "subject", metadata.patient.as_ref());
	if let Some(date) = &metadata.date {
		// R5 made it a date.
		let day = date.split_once('T').map_or(date.as_str(), |(day, _)| day);
		consent.insert("date".to_owned(), json!(day));
	}
	insert_references(consent, "grantor", &metadata.grantors);
	insert_references(consent, "grantee", &metadata.grantees);
	insert_references(consent, "controller", &metadata.organizations);
	if let Some(uri) = metadata.policy_uris.first() {
		consent.insert("policyBasis".to_owned(), json!({ "url": uri }));
	}
	let rules: Vec<_> = metadata.policy_rule.iter().collect();
	insert_concepts(consent, "regulatoryBasis", &rules);
}

fn category_codings(policy: &Policy, dictionary: &Dictionary) -> Vec<Coding> {
	policy.categories.iter().map(|code| coding(code, dictionary)).collect()
}

/// The coding behind a code, or its hash.
fn coding(code: &Code, dictionary: &Dictionary) -> Coding {
	dictionary.coding(code).cloned().unwrap_or_else(|| naming::coding(code))
}

fn insert_concepts(consent: &mut Map<String, Value>, name: &str, codings: &[&Coding]) {
	if !codings.is_empty() {
		let concepts: Vec<_> = codings.iter().map(|coding| json!({ "coding": [coding] })).collect();
		consent.insert(name.to_owned(), json!(concepts));
	}
}

fn insert_reference(consent: &mut Map<String, Value>, name: &str, reference: Option<&Reference>) {
	if let Some(reference) = reference {
		consent.insert(name.to_owned(), reference.to_json());
	}
}

fn insert_references(consent: &mut Map<String, Value>, name: &str, references: &[Reference]) {
	if !references.is_empty() {
		let list: Vec<_> = references.iter().map(Reference::to_json).collect();
		consent.insert(name.to_owned(), json!(list));
	}
}
