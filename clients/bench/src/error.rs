//! Why there are no figures.

use hdx_sdk::chain::ChainError;
use std::{fmt::Display, path::PathBuf};

/// Why a run ended without figures. A figure that was not checked is not given, so each of these ends the run.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
	/// The chain refused what the bench needs, or cannot be reached.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// A node did not start, or stopped.
	#[error("node {name}: {reason}\n{log}")]
	Node {
		/// Which.
		name: String,
		/// What happened.
		reason: String,
		/// The end of its log.
		log: String,
	},
	/// A method of a node failed.
	#[error("{method}: {reason}")]
	Rpc {
		/// Which.
		method: String,
		/// What the node or the connection said.
		reason: String,
	},
	/// A transaction that was to be counted did not do what it was sent for.
	#[error("{load}: a transaction in block {block} failed: {reason}")]
	Refused {
		/// Which load.
		load: &'static str,
		/// In which block.
		block: u64,
		/// The runtime's error, or the event that was not wanted.
		reason: String,
	},
	/// Not everything that was sent was finalized.
	#[error("{load}: {counted} of {expected} were finalized, and none in the last {seconds} s")]
	Missing {
		/// Which load.
		load: &'static str,
		/// How many were counted.
		counted: u64,
		/// How many were sent.
		expected: u64,
		/// How long was waited for the next.
		seconds: u64,
	},
	/// A file cannot be read or written.
	#[error("{}: {reason}", path.display())]
	File {
		/// Which.
		path: PathBuf,
		/// Why.
		reason: String,
	},
	/// Something else went wrong.
	#[error("{what}: {reason}")]
	Failed {
		/// What was done.
		what: &'static str,
		/// Why it failed.
		reason: String,
	},
}

impl BenchError {
	/// Makes errors about what is being done.
	pub fn failed<E: Display>(what: &'static str) -> impl Fn(E) -> Self {
		move |error| Self::Failed { what, reason: error.to_string() }
	}

	/// An error about what is being done.
	pub fn because(what: &'static str, reason: impl Into<String>) -> Self {
		Self::Failed { what, reason: reason.into() }
	}

	/// An error about a method of a node.
	pub fn rpc(method: &str, error: impl Display) -> Self {
		Self::Rpc { method: method.to_owned(), reason: error.to_string() }
	}
}
