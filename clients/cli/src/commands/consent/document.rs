//! Consents of the chain as FHIR documents.

use crate::{codes, error::Error, files, time};
use hdx_fhir::{
	naming, write_consent, Coding, ConsentStatus, Dictionary, FhirVersion, Identifier, Metadata,
	Reference,
};
use hdx_primitives::{
	consent::{ConsentRecord, GrantedBy},
	engine::{Policy, Status},
	AccountId, Code, ConsentId, Milliseconds,
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::{fmt, path::Path};

/// Largest dictionary, in bytes.
const MAX_DICTIONARY_BYTES: u64 = 16 * 1024 * 1024;
/// Names a consent of this chain.
const CONSENT: &str = "urn:hdx:consent";
/// Names a salted hash of a signed document.
const DOCUMENT: &str = "urn:hdx:document";
/// Precedes the number of a template, where FHIR has the URI of a policy. The chain has only the
/// hash of the URI.
const TEMPLATE: &str = "urn:hdx:template";

/// Releases of FHIR, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Release {
	/// 4.0.1.
	R4,
	/// 5.0.0.
	R5,
}

impl From<Release> for FhirVersion {
	fn from(release: Release) -> Self {
		match release {
			Release::R4 => Self::R4,
			Release::R5 => Self::R5,
		}
	}
}

/// A document.
pub struct Written(Value);

impl Serialize for Written {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		self.0.serialize(serializer)
	}
}

impl fmt::Display for Written {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:#}", self.0)
	}
}

/// The words that the project knows, and those of a file.
pub fn words(file: Option<&Path>) -> Result<Dictionary, Error> {
	let mut words = Dictionary::new();
	for (system, symbol) in codes::all_known() {
		words.add_coding(Coding::new(system, symbol));
	}
	let Some(path) = file else { return Ok(words) };
	add(&files::read_text(path, MAX_DICTIONARY_BYTES)?, path, &mut words)?;
	Ok(words)
}

/// Adds the words of a file.
fn add(text: &str, path: &Path, words: &mut Dictionary) -> Result<(), Error> {
	for (number, line) in (1usize..).zip(text.lines()) {
		let line = line.trim();
		if line.is_empty() {
			continue;
		}
		let coding = line
			.rsplit_once('|')
			.filter(|(system, code)| !system.trim().is_empty() && !code.trim().is_empty());
		let (system, code) = coding.ok_or_else(|| Error::Malformed {
			path: path.to_owned(),
			expected: "a dictionary of codes",
			detail: format!("line {number}: found `{line}`; expected system|code"),
		})?;
		words.add_coding(Coding::new(system, code));
	}
	Ok(())
}

/// Reads anything as a list of words. It is refused as one, or read.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let read = add(text, Path::new("words"), &mut Dictionary::new());
	assert!(matches!(read, Ok(()) | Err(Error::Malformed { .. })), "another refusal");
}

/// Writes a consent, as it stands at a moment.
pub fn write(
	id: ConsentId,
	record: &ConsentRecord,
	now: Milliseconds,
	release: Release,
	words: &Dictionary,
) -> Result<Written, Error> {
	let unknown = unknown(&record.policy, words);
	if !unknown.is_empty() {
		return Err(Error::UnknownCodes { consent: id.0, codes: unknown });
	}
	let standing = record.clone().as_of(now);
	let metadata = metadata(id, &standing);
	let document = write_consent(&standing.policy, &metadata, words, release.into());
	let document =
		document.map_err(|error| Error::NotInFhir { consent: id.0, detail: error.to_string() })?;
	Ok(Written(document))
}

fn metadata(id: ConsentId, record: &ConsentRecord) -> Metadata {
	let account =
		|account: &AccountId| logical(naming::ACCOUNT, format!("0x{}", hex::encode(account)));
	let grantors = match &record.granted_by {
		GrantedBy::Patient => vec![account(&record.patient)],
		GrantedBy::Delegate(delegate) => vec![account(delegate)],
		// Who they were is not kept with the consent.
		GrantedBy::Guardians => Vec::new(),
	};
	let policy = format!("{TEMPLATE}:{}", record.document.template.0);
	let document = format!("0x{}", hex::encode(record.document.commitment.0));
	Metadata {
		id: None,
		full_url: None,
		version_id: None,
		identifiers: vec![Identifier::new(CONSENT, format!("{}/{}", id.0, record.version))],
		status: match record.status {
			Status::Active => ConsentStatus::Active,
			Status::Inactive => ConsentStatus::Inactive,
		},
		scope: Vec::new(),
		categories: Vec::new(),
		date: Some(time::show(record.given_at)),
		given_at: record.given_at,
		period: hdx_primitives::consent::root_period(&record.policy),
		patient: Some(account(&record.patient)),
		grantors,
		grantees: Vec::new(),
		organizations: Vec::new(),
		policy_uris: vec![policy],
		policy_rule: Vec::new(),
		sources: vec![logical(DOCUMENT, document)],
		source_urls: Vec::new(),
	}
}

fn logical(system: &str, value: String) -> Reference {
	Reference::logical(Identifier::new(system, value))
}

/// The codes of a policy that have no words, in hexadecimal.
fn unknown(policy: &Policy, words: &Dictionary) -> Vec<String> {
	let provisions = policy.provisions.iter().flat_map(|one| {
		let lists = [&one.purposes, &one.actions, &one.labels, &one.classes, &one.codes];
		lists.into_iter().flatten()
	});
	let all: Vec<&Code> = policy.categories.iter().chain(provisions).collect();
	let mut unknown: Vec<_> = all
		.into_iter()
		.filter(|code| words.coding(code).is_none())
		.map(codes::hexadecimal)
		.collect();
	unknown.sort();
	unknown.dedup();
	unknown
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_fhir::{read_consent, Mapping, ReadOptions};
	use hdx_primitives::{
		consent::{ConsentTerms, SignedDocument},
		engine::{
			terminology::{purpose, sensitivity},
			Actor, Provision, Rule, Values,
		},
		Commitment, InstitutionId, Period, TemplateId, H256,
	};
	use hdx_sdk::bundle::class_code;

	const CLINICAL: &str = "http://loinc.org|8867-4";

	/// Denies all but treatment by an institution, of observations; not what is psychiatric.
	fn policy(more: &[Code]) -> Policy {
		let root = Provision {
			period: Period { start: None, end: Some(time::end("2027-12-31").unwrap()) },
			..Provision::new(0, Rule::Deny)
		};
		let actors = vec![Actor::Organisation(InstitutionId(3)), Actor::Account([5; 32])];
		let permit = Provision {
			actors: actors.try_into().unwrap(),
			purposes: vec![purpose::TREAT].try_into().unwrap(),
			classes: vec![class_code("Observation")].try_into().unwrap(),
			codes: more.to_vec().try_into().unwrap(),
			..Provision::new(0, Rule::Permit)
		};
		let deny = Provision {
			labels: vec![sensitivity::PSY].try_into().unwrap(),
			..Provision::new(1, Rule::Deny)
		};
		Policy {
			categories: Values::default(),
			provisions: vec![root, permit, deny].try_into().unwrap(),
		}
	}

	fn record(policy: Policy) -> ConsentRecord {
		ConsentRecord {
			patient: AccountId::new([1; 32]),
			status: Status::Active,
			version: 2,
			given_at: time::start("2026-05-01").unwrap(),
			granted_by: GrantedBy::Patient,
			revoked_at: None,
			document: SignedDocument { template: TemplateId(4), commitment: Commitment([2; 32]) },
			policy,
			terms: ConsentTerms::default(),
			renewal_stopped_at: None,
			previous: H256::zero(),
			hash: H256::zero(),
		}
	}

	fn written(
		record: &ConsentRecord,
		release: Release,
		words: &Dictionary,
	) -> Result<Value, Error> {
		write(ConsentId(7), record, record.given_at, release, words).map(|written| written.0)
	}

	#[test]
	fn what_is_written_is_read_as_the_same_policy() {
		let record = record(policy(&[]));
		for release in [Release::R4, Release::R5] {
			let document = written(&record, release, &words(None).unwrap()).unwrap();
			let bytes = document.to_string().into_bytes();
			let read = read_consent(&bytes, ReadOptions::default(), &Mapping::new()).unwrap();
			assert_eq!(read.into_policy().unwrap(), record.policy, "{document:#}");
		}
	}

	#[test]
	fn the_document_says_whose_it_is_and_what_was_signed() {
		let document = written(&record(policy(&[])), Release::R4, &words(None).unwrap()).unwrap();
		let patient = &document["patient"]["identifier"];
		assert_eq!(patient["system"], naming::ACCOUNT);
		assert_eq!(patient["value"], format!("0x{}", "01".repeat(32)));
		assert_eq!(document["identifier"][0]["value"], "7/2");
		assert_eq!(document["policy"][0]["uri"], "urn:hdx:template:4");
		let source = &document["sourceReference"]["identifier"];
		assert_eq!(source["value"], format!("0x{}", "02".repeat(32)));
		let label = &document["provision"]["provision"][0]["provision"][0]["securityLabel"][0];
		assert_eq!(label["code"], "PSY");
	}

	#[test]
	fn fails_when_a_code_has_no_words_and_names_it() {
		let code = Code::of_token(CLINICAL);
		let error = written(&record(policy(&[code])), Release::R4, &words(None).unwrap());
		assert!(error.unwrap_err().to_string().contains(&codes::hexadecimal(&code)));
	}

	#[test]
	fn a_dictionary_gives_the_words() {
		let scratch = tempfile::tempdir().unwrap();
		let file = scratch.path().join("codes.txt");
		std::fs::write(&file, format!("\n{CLINICAL}\n")).unwrap();
		let words = words(Some(&file)).unwrap();
		let record = record(policy(&[Code::of_token(CLINICAL)]));
		let document = written(&record, Release::R4, &words).unwrap();
		let coding = &document["provision"]["provision"][0]["code"][0]["coding"][0];
		assert_eq!(
			(&coding["system"], &coding["code"]),
			(&"http://loinc.org".into(), &"8867-4".into())
		);
	}

	#[test]
	fn fails_when_a_dictionary_has_a_line_that_is_no_code() {
		let scratch = tempfile::tempdir().unwrap();
		let file = scratch.path().join("codes.txt");
		std::fs::write(&file, format!("{CLINICAL}\nloinc 8867-4\n")).unwrap();
		assert!(words(Some(&file)).unwrap_err().to_string().contains("line 2"));
	}

	#[test]
	fn fails_when_the_release_cannot_say_it() {
		let mut limited = policy(&[]);
		limited.provisions[0].purposes = vec![purpose::TREAT].try_into().unwrap();
		let words = words(None).unwrap();
		assert!(written(&record(limited.clone()), Release::R4, &words).is_ok());
		let error = written(&record(limited), Release::R5, &words).unwrap_err();
		assert!(error.to_string().contains("R4 can"), "{error}");
	}
}
