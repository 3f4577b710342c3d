//! Why something cannot be resolved.

use serde::{ser::SerializeStruct, Serialize, Serializer};

/// The codes of DID Core 1.0, sections 7.1.2 and 7.2.2, and of DID Resolution.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorCode {
	/// What was given is no DID, or no `did:hdx`.
	InvalidDid,
	/// What was given is no DID URL.
	InvalidDidUrl,
	/// The options contradict each other, or the URL.
	InvalidOptions,
	/// There is no such DID, or it has no such part.
	NotFound,
	/// The DID is of another method than `hdx`.
	MethodNotSupported,
	/// A DID parameter that is not understood.
	FeatureNotSupported,
	/// The node did not tell.
	InternalError,
}

impl ErrorCode {
	/// As DID Core 1.0 writes it.
	pub fn as_str(self) -> &'static str {
		match self {
			Self::InvalidDid => "invalidDid",
			Self::InvalidDidUrl => "invalidDidUrl",
			Self::InvalidOptions => "invalidOptions",
			Self::NotFound => "notFound",
			Self::MethodNotSupported => "methodNotSupported",
			Self::FeatureNotSupported => "featureNotSupported",
			Self::InternalError => "internalError",
		}
	}

	/// The URL by which drafts of DID Resolution name it.
	pub fn url(self) -> &'static str {
		match self {
			Self::InvalidDid => "https://www.w3.org/ns/did#INVALID_DID",
			Self::InvalidDidUrl => "https://www.w3.org/ns/did#INVALID_DID_URL",
			Self::InvalidOptions => "https://www.w3.org/ns/did#INVALID_OPTIONS",
			Self::NotFound => "https://www.w3.org/ns/did#NOT_FOUND",
			Self::MethodNotSupported => "https://www.w3.org/ns/did#METHOD_NOT_SUPPORTED",
			Self::FeatureNotSupported => "https://www.w3.org/ns/did#FEATURE_NOT_SUPPORTED",
			Self::InternalError => "https://www.w3.org/ns/did#INTERNAL_ERROR",
		}
	}

	fn title(self) -> &'static str {
		match self {
			Self::InvalidDid => "The DID is malformed",
			Self::InvalidDidUrl => "The DID URL is malformed",
			Self::InvalidOptions => "The options do not fit together",
			Self::NotFound => "There is nothing of that name",
			Self::MethodNotSupported => "The DID is of another method",
			Self::FeatureNotSupported => "That is not supported",
			Self::InternalError => "The chain cannot be asked",
		}
	}
}

impl Serialize for ErrorCode {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.as_str())
	}
}

/// Why something cannot be resolved, in words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{detail}")]
pub struct Problem {
	/// The code.
	pub code: ErrorCode,
	/// What is wrong, as a sentence.
	pub detail: String,
}

impl Problem {
	pub(super) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
		Self { code, detail: detail.into() }
	}
}

/// As RFC 9457 has it.
impl Serialize for Problem {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let mut problem = serializer.serialize_struct("Problem", 3)?;
		problem.serialize_field("type", self.code.url())?;
		problem.serialize_field("title", self.code.title())?;
		problem.serialize_field("detail", &self.detail)?;
		problem.end()
	}
}
