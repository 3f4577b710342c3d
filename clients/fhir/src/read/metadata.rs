//! What a Consent says besides its policy.

use crate::{
	coding::{codings, identifier, loose_reference, reference, Coding, Reference},
	consent::{ConsentStatus, Metadata},
	error::{ReadError, Refusal},
	json::Object,
	time,
};
use hdx_consent_engine::{Milliseconds, Period};

const STATUS: &str =
	"draft, proposed, active, rejected, inactive, not-done, entered-in-error or unknown";

/// Reads it. The names of both releases are understood in either.
pub(super) fn read(consent: &Object<'_>, full_url: Option<&str>) -> Result<Metadata, ReadError> {
	let date = match consent.get("dateTime")? {
		Some(node) => Some(node),
		None => consent.get("date")?,
	};
	let date = date.map(|node| time::moment(&node)).transpose()?;
	let patient = match consent.get("patient")? {
		Some(node) => Some(node),
		None => consent.get("subject")?,
	};
	Ok(Metadata {
		id: consent.text("id", "an id")?.map(str::to_owned),
		full_url: full_url.map(str::to_owned),
		version_id: version_id(consent)?,
		identifiers: consent
			.list("identifier")?
			.iter()
			.map(identifier)
			.collect::<Result<_, _>>()?,
		status: status(consent)?,
		scope: concepts(consent, "scope")?,
		categories: concepts(consent, "category")?,
		date: date.map(|(text, _)| text.to_owned()),
		given_at: date.map_or(Milliseconds(0), |(_, span)| time::start_of(span)),
		period: Period::default(),
		patient: patient.map(|node| loose_reference(&node)).transpose()?.flatten(),
		grantors: references(consent, &["performer", "grantor"])?,
		grantees: references(consent, &["grantee"])?,
		organizations: references(consent, &["organization", "manager", "controller"])?,
		policy_uris: policy_uris(consent)?,
		policy_rule: policy_rule(consent)?,
		sources: sources(consent)?,
		source_urls: source_urls(consent)?,
	})
}

fn version_id(consent: &Object<'_>) -> Result<Option<String>, ReadError> {
	let Some(meta) = consent.get("meta")? else { return Ok(None) };
	let meta = meta.object("a Meta")?;
	Ok(meta.text("versionId", "an id")?.map(str::to_owned))
}

fn status(consent: &Object<'_>) -> Result<ConsentStatus, ReadError> {
	let node = consent.required("status", STATUS)?;
	let text = node.text(STATUS)?;
	ConsentStatus::of_code(text).ok_or_else(|| {
		node.refuse(Refusal::UnknownCode { found: text.to_owned(), expected: STATUS })
	})
}

/// The codings of concepts. One that is only text says nothing that could be compared.
fn concepts(consent: &Object<'_>, name: &str) -> Result<Vec<Coding>, ReadError> {
	let mut found = Vec::new();
	for node in consent.list(name)? {
		let object = node.object("a CodeableConcept")?;
		let is_only_text = !["coding", "code", "system"]
			.iter()
			.any(|name| object.members.get(*name).is_some_and(|value| !value.is_null()));
		if !is_only_text {
			found.extend(codings(&node)?);
		}
	}
	Ok(found)
}

fn policy_rule(consent: &Object<'_>) -> Result<Vec<Coding>, ReadError> {
	let mut rules = concepts(consent, "policyRule")?;
	rules.extend(concepts(consent, "regulatoryBasis")?);
	Ok(rules)
}

fn references(consent: &Object<'_>, names: &[&str]) -> Result<Vec<Reference>, ReadError> {
	let mut found = Vec::new();
	for name in names {
		for node in consent.list(name)? {
			found.extend(loose_reference(&node)?);
		}
	}
	Ok(found)
}

fn policy_uris(consent: &Object<'_>) -> Result<Vec<String>, ReadError> {
	let mut uris = Vec::new();
	for node in consent.list("policy")? {
		let policy = node.object("a policy with authority or uri")?;
		policy.only(&[&["id", "extension", "authority", "uri"]], "a policy")?;
		uris.extend(policy.text("uri", "a URI")?.map(str::to_owned));
	}
	for node in consent.list("policyBasis")? {
		let basis = node.object("a policyBasis with reference, uri or url")?;
		basis.only(&[&["id", "extension", "reference", "uri", "url"]], "a policyBasis")?;
		uris.extend(basis.text("uri", "a URI")?.map(str::to_owned));
		uris.extend(basis.text("url", "a URL")?.map(str::to_owned));
	}
	Ok(uris)
}

fn sources(consent: &Object<'_>) -> Result<Vec<Reference>, ReadError> {
	consent.list("sourceReference")?.iter().map(reference).collect()
}

fn source_urls(consent: &Object<'_>) -> Result<Vec<String>, ReadError> {
	let mut urls = Vec::new();
	for node in consent.list("sourceAttachment")? {
		let attachment = node.object("an Attachment")?;
		urls.extend(attachment.text("url", "a URL")?.map(str::to_owned));
	}
	Ok(urls)
}
