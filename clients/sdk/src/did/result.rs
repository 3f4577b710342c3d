//! What a resolution results in (W3C DID Core 1.0, section 7.1).

use super::{
	document::{date_time, whole_seconds, DidDocument},
	problem::{ErrorCode, Problem},
};
use hdx_primitives::{
	did::{DidResolution, Document},
	Milliseconds,
};
use serde::Serialize;

/// The media type of the documents.
pub(super) const MEDIA_TYPE: &str = "application/did+ld+json";

/// What a resolution results in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidResolutionResult {
	/// How it went.
	pub did_resolution_metadata: DidResolutionMetadata,
	/// The document. `None` after an error, and where the DID was deactivated.
	pub did_document: Option<DidDocument>,
	/// About the document.
	pub did_document_metadata: DidDocumentMetadata,
}

/// How a resolution went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidResolutionMetadata {
	/// The media type of the document.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub content_type: Option<&'static str>,
	/// The time that the document is of: keys in force then are those that can be used.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub version_time: Option<String>,
	/// What went wrong.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub error: Option<ErrorCode>,
	/// The same in words.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub problem_details: Option<Problem>,
}

/// About a document. Empty after an error.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DidDocumentMetadata {
	/// When the DID was created.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub created: Option<String>,
	/// When it changed last; left out where it never did.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub updated: Option<String>,
	/// Whether it was deactivated by then.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub deactivated: Option<bool>,
	/// The version: one, and one more with each change.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub version_id: Option<String>,
}

impl DidResolutionResult {
	/// What the chain knew, as it is to be seen at `at`. A DID that was deactivated has a document
	/// only where that is asked for.
	pub fn found(found: &DidResolution, at: Milliseconds, return_deactivated: bool) -> Self {
		let is_shown = return_deactivated || found.document.is_active();
		Self {
			did_resolution_metadata: DidResolutionMetadata {
				content_type: is_shown.then_some(MEDIA_TYPE),
				version_time: Some(date_time(at)),
				..Default::default()
			},
			did_document: is_shown.then(|| DidDocument::new(found, at)),
			did_document_metadata: DidDocumentMetadata::new(&found.document),
		}
	}

	/// Why there is none.
	pub fn problem(problem: Problem) -> Self {
		Self {
			did_resolution_metadata: DidResolutionMetadata {
				error: Some(problem.code),
				problem_details: Some(problem),
				..Default::default()
			},
			did_document: None,
			did_document_metadata: DidDocumentMetadata::default(),
		}
	}
}

impl DidDocumentMetadata {
	fn new(document: &Document) -> Self {
		Self {
			created: Some(whole_seconds(document.created_at)),
			updated: (document.version > 1).then(|| whole_seconds(document.updated_at)),
			deactivated: Some(!document.is_active()),
			version_id: Some(document.version.to_string()),
		}
	}
}
