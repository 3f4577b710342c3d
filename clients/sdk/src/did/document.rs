//! The document (W3C DID Core 1.0, section 4).

use super::method::VerificationMethod;
use hdx_primitives::{
	did::{Did, DidResolution, KeyEntry, Relationship},
	Milliseconds,
};
use jiff::Timestamp;
use serde::Serialize;

/// Where the words of a document are defined, for those who read it as JSON-LD.
pub const CONTEXTS: [&str; 3] = [
	"https://www.w3.org/ns/did/v1",
	"https://w3id.org/security/multikey/v1",
	"https://w3id.org/security/jwk/v1",
];

/// A DID document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidDocument {
	/// See [`CONTEXTS`].
	#[serde(rename = "@context")]
	pub context: [&'static str; 3],
	/// The DID.
	pub id: String,
	/// Who may change the document: the DID itself first.
	pub controller: Vec<String>,
	/// The keys, those that have ended included.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub verification_method: Vec<VerificationMethod>,
	/// Keys in force by which the subject proves who it is.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub authentication: Vec<String>,
	/// Keys in force with which the subject signs what it claims.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub assertion_method: Vec<String>,
	/// Keys in force to which others encrypt.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub key_agreement: Vec<String>,
	/// Keys in force with which the subject uses an authorisation.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub capability_invocation: Vec<String>,
	/// Keys in force with which the subject hands an authorisation on.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub capability_delegation: Vec<String>,
	/// Where the subject can be reached.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub service: Vec<Service>,
}

/// A service (W3C DID Core 1.0, section 5.4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
	/// The DID, `#` and the id.
	pub id: String,
	/// What it is.
	#[serde(rename = "type")]
	pub kind: String,
	/// Where it is.
	pub service_endpoint: String,
}

impl DidDocument {
	/// The document as it is to be seen at `at`, deactivated or not. Keys that began later are not in
	/// it. Of controllers and services the chain keeps no history: where the document changed after
	/// `at`, they are those of later.
	pub fn new(found: &DidResolution, at: Milliseconds) -> Self {
		let DidResolution { did, document, keys, .. } = found;
		let begun = || keys.iter().filter(move |entry| entry.key.valid_from <= at);
		let in_force = |relationship| {
			begun()
				.filter(|entry| serves(entry, relationship, at))
				.map(|entry| did.key_url(entry.index).to_string())
				.collect()
		};
		let of_account = |account| Did { genesis: did.genesis, account }.to_string();
		Self {
			context: CONTEXTS,
			id: did.to_string(),
			controller: std::iter::once(did.to_string())
				.chain(document.controllers.iter().cloned().map(of_account))
				.collect(),
			verification_method: begun()
				.map(|entry| VerificationMethod::new(did, entry, at))
				.collect(),
			authentication: in_force(Relationship::Authentication),
			assertion_method: in_force(Relationship::AssertionMethod),
			key_agreement: in_force(Relationship::KeyAgreement),
			capability_invocation: in_force(Relationship::CapabilityInvocation),
			capability_delegation: in_force(Relationship::CapabilityDelegation),
			service: document.services.iter().map(|service| Service::new(did, service)).collect(),
		}
	}
}

impl Service {
	fn new(did: &Did, service: &hdx_primitives::did::Service) -> Self {
		// The chain takes ASCII only.
		let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
		Self {
			id: format!("{did}#{}", text(&service.id)),
			kind: text(&service.kind),
			service_endpoint: text(&service.endpoint),
		}
	}
}

/// Whether a key could be used so at that time.
fn serves(entry: &KeyEntry, relationship: Relationship, at: Milliseconds) -> bool {
	entry.key.relationships.contains(relationship) && entry.key.is_in_force_at(at)
}

/// A time in RFC 3339, UTC, which XML Schema calls a dateTimeStamp.
pub(super) fn date_time(time: Milliseconds) -> String {
	timestamp(time).to_string()
}

/// A time without parts of seconds, as the metadata of documents has it.
pub(super) fn whole_seconds(time: Milliseconds) -> String {
	let milliseconds = timestamp(time).as_millisecond();
	let seconds = milliseconds.checked_div(1_000).unwrap_or_default();
	Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX).to_string()
}

/// A time; the last that there is where it is later.
fn timestamp(time: Milliseconds) -> Timestamp {
	let time = i64::try_from(time.0).ok().map(Timestamp::from_millisecond);
	time.and_then(Result::ok).unwrap_or(Timestamp::MAX)
}
