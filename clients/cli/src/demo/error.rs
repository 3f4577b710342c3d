//! Why the demo ended early.

use crate::error::Error;
use hdx_sdk::{
	bundle::BundleError,
	chain::ChainError,
	proof::ProofError,
	seal::{KeyFileError, OpenError, SealError, WrapError},
	store::StoreError,
};
use std::path::PathBuf;

/// The first step that did not go as expected.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
	/// The Bundle cannot be used.
	#[error(transparent)]
	Bundle(#[from] BundleError),
	/// The node or the chain refused, or did not answer.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// Sealing failed.
	#[error(transparent)]
	Seal(#[from] SealError),
	/// Wrapping failed.
	#[error(transparent)]
	Wrap(#[from] WrapError),
	/// Opening failed where it should have worked.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// The store failed.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// A key file failed.
	#[error(transparent)]
	Key(#[from] KeyFileError),
	/// A proof failed that should have verified.
	#[error(transparent)]
	Proof(#[from] ProofError),
	/// What a verb of `hdx` does failed where it should have worked.
	#[error(transparent)]
	Command(Box<Error>),
	/// No proof would open anything of the Bundle.
	#[error("the Bundle has no section that a consent which nobody sees could open: one of a class that is a category, without a sensitivity label and of normal confidentiality")]
	NothingByProof,
	/// No temporary directory can be made.
	#[error("cannot make a temporary directory ({0}): name a directory with --data")]
	Temporary(std::io::Error),
	/// A file cannot be written or read.
	#[error("{}: {reason}", .path.display())]
	File {
		/// Which file.
		path: PathBuf,
		/// Why.
		reason: String,
	},
	/// No randomness.
	#[error("the system gives no randomness: {0}")]
	Random(String),
	/// The chain lacks what the demo builds on.
	#[error("the demo needs a development chain: {0}")]
	NotADevelopmentChain(String),
	/// A step went otherwise than it must.
	#[error("{step}: expected {expected}, found {found}")]
	Unexpected {
		/// Which step.
		step: &'static str,
		/// What must happen.
		expected: String,
		/// What did.
		found: String,
	},
}

impl From<Error> for DemoError {
	fn from(error: Error) -> Self {
		match error {
			Error::Chain(error) => Self::Chain(error),
			Error::Demo(error) => error,
			other => Self::Command(Box::new(other)),
		}
	}
}

impl DemoError {
	/// A step went otherwise than it must.
	pub fn unexpected(
		step: &'static str,
		expected: impl Into<String>,
		found: impl std::fmt::Display,
	) -> Self {
		Self::Unexpected { step, expected: expected.into(), found: found.to_string() }
	}

	/// A file cannot be written or read.
	pub fn file(path: impl Into<PathBuf>, error: impl std::fmt::Display) -> Self {
		Self::File { path: path.into(), reason: error.to_string() }
	}
}
