//! From a DID URL to what it names (W3C DID Core 1.0, section 7.2).

use super::{
	document::{DidDocument, Service},
	method::VerificationMethod,
	problem::{ErrorCode, Problem},
	resolve::{version, ResolutionOptions, Version},
	result::{DidDocumentMetadata, DidResolutionResult, MEDIA_TYPE},
	url::DidUrl,
};
use crate::chain::Chain;
use serde::Serialize;

/// What a DID URL names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Content {
	/// All of the document.
	Document(Box<DidDocument>),
	/// A key.
	Method(Box<VerificationMethod>),
	/// A service.
	Service(Service),
}

/// What dereferencing results in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DereferencingResult {
	/// How it went.
	pub dereferencing_metadata: DereferencingMetadata,
	/// What the URL names. `None` after an error.
	pub content_stream: Option<Content>,
	/// About the document that it is part of.
	pub content_metadata: DidDocumentMetadata,
}

/// How dereferencing went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DereferencingMetadata {
	/// The media type of the content.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub content_type: Option<&'static str>,
	/// The time that the content is of.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub version_time: Option<String>,
	/// What went wrong.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub error: Option<ErrorCode>,
	/// The same in words.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub problem_details: Option<Problem>,
}

/// Dereferences a DID URL. Whatever goes wrong is told in the metadata of the result.
///
/// A version in the URL and another in `options` contradict each other.
pub async fn dereference(
	chain: &Chain,
	url: &str,
	options: ResolutionOptions,
) -> DereferencingResult {
	let found = async {
		let url: DidUrl = url.parse()?;
		let asked = asked(&url, options.version)?;
		let (found, at) = version(chain, &url.did, asked).await?;
		let resolved = DidResolutionResult::found(&found, at, options.return_deactivated);
		DereferencingResult::of(&url, resolved)
	};
	found.await.unwrap_or_else(DereferencingResult::problem)
}

/// Which version is asked for.
fn asked(url: &DidUrl, option: Version) -> Result<Version, Problem> {
	match url.version_time {
		None => Ok(option),
		Some(time) if option == Version::default() || option == Version::Time(time) => {
			Ok(Version::Time(time))
		},
		Some(_) => Err(Problem::new(
			ErrorCode::InvalidOptions,
			"the URL asks for one version, and the options for another",
		)),
	}
}

impl DereferencingResult {
	/// What a URL names in a document that was resolved.
	pub(super) fn of(url: &DidUrl, resolved: DidResolutionResult) -> Result<Self, Problem> {
		let missing = |why: String| Problem::new(ErrorCode::NotFound, why);
		let document = resolved
			.did_document
			.ok_or_else(|| missing(format!("`{}` was deactivated", url.did)))?;
		let content = match &url.fragment {
			None => Content::Document(Box::new(document)),
			Some(fragment) => part(document, &format!("{}#{fragment}", url.did))
				.ok_or_else(|| missing(format!("`{}` has no `#{fragment}`", url.did)))?,
		};
		Ok(Self {
			dereferencing_metadata: DereferencingMetadata {
				content_type: Some(MEDIA_TYPE),
				version_time: resolved.did_resolution_metadata.version_time,
				..Default::default()
			},
			content_stream: Some(content),
			content_metadata: resolved.did_document_metadata,
		})
	}

	/// Why there is none.
	pub fn problem(problem: Problem) -> Self {
		Self {
			dereferencing_metadata: DereferencingMetadata {
				error: Some(problem.code),
				problem_details: Some(problem),
				..Default::default()
			},
			content_stream: None,
			content_metadata: DidDocumentMetadata::default(),
		}
	}
}

/// The part of a document with this id.
fn part(document: DidDocument, id: &str) -> Option<Content> {
	let method = document.verification_method.into_iter().find(|method| method.id == id);
	let service = document.service.into_iter().find(|service| service.id == id);
	method.map(|method| Content::Method(Box::new(method))).or_else(|| service.map(Content::Service))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::chain::AtBlock;
	use hdx_primitives::{did::Did, AccountId, Milliseconds, H256};

	#[test]
	fn the_version_is_asked_for_in_one_place() {
		let did = Did::new(&H256::repeat_byte(7), AccountId::new([1; 32]));
		let url = |version_time| DidUrl { did: did.clone(), version_time, fragment: None };
		let (time, other) = (Milliseconds(1_000), Milliseconds(2_000));
		let block = Version::At(AtBlock::Number(3));
		assert_eq!(asked(&url(None), block), Ok(block));
		assert_eq!(asked(&url(Some(time)), Version::default()), Ok(Version::Time(time)));
		assert_eq!(asked(&url(Some(time)), Version::Time(time)), Ok(Version::Time(time)));
		for option in [block, Version::Time(other)] {
			let problem = asked(&url(Some(time)), option).unwrap_err();
			assert_eq!(problem.code, ErrorCode::InvalidOptions);
		}
	}
}
