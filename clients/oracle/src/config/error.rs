//! What can be wrong with a configuration.

use crate::watched::WatchError;
use std::{fmt, io, path::PathBuf, time::Duration};

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
	/// A file or the directory cannot be read.
	#[error("`{}` cannot be read: {source}", .path.display())]
	Unreadable {
		/// Which.
		path: PathBuf,
		/// What the system said.
		source: io::Error,
	},
	/// A file is larger than it can be.
	#[error("`{}` has more than {limit} bytes", .path.display())]
	TooLarge {
		/// Which.
		path: PathBuf,
		/// The limit.
		limit: u64,
	},
	/// What a file says is refused.
	#[error("`{}`{}: {wrong}", .path.display(), at(*.line))]
	Refused {
		/// Which.
		path: PathBuf,
		/// The line, where it is known.
		line: Option<usize>,
		/// What is wrong.
		wrong: Box<Wrong>,
	},
}

fn at(line: Option<usize>) -> impl fmt::Display {
	line.map_or_else(String::new, |line| format!(", line {line}"))
}

/// What is wrong with what a configuration says.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Wrong {
	/// Not TOML or JSON, or a key that is unknown, missing or of another type.
	#[error("{0}")]
	Form(String),
	/// A secret is written where the file that holds it should be named.
	#[error(
		"`account` names the file that holds the key, or a development key such as //Alice; the key \
		 itself does not belong here"
	)]
	KeyWrittenOut,
	/// Not a node's URL.
	#[error("`{found}` is no node's URL: it starts with ws:// or wss://")]
	NotANode {
		/// What was given.
		found: String,
	},
	/// Not a duration.
	#[error("`{found}` is no duration: give for instance 30s or 5m")]
	NotADuration {
		/// What was given.
		found: String,
	},
	/// A duration that does not serve.
	#[error("`{key}` is {found:?}; it is from {least:?} to {most:?}")]
	DurationOutside {
		/// Which.
		key: &'static str,
		/// What was given.
		found: Duration,
		/// The least.
		least: Duration,
		/// The most.
		most: Duration,
	},
	/// A number that does not serve.
	#[error("`{key}` is {found}; it is from 1 to {most}")]
	NumberOutside {
		/// Which.
		key: &'static str,
		/// What was given.
		found: usize,
		/// The most.
		most: usize,
	},
	/// Nobody is believed.
	#[error("there is no [[issuer]]: nobody's list would be believed")]
	NoIssuer,
	/// The issuer is no DID.
	#[error("`{found}` is no DID: it begins with did: and has no #")]
	NotADid {
		/// What was given.
		found: String,
	},
	/// An issuer is there twice.
	#[error("`{did}` is there twice: give all its keys in one [[issuer]]")]
	IssuerTwice {
		/// Its DID.
		did: String,
	},
	/// An issuer without keys, neither here nor on the chain.
	#[error("`{did}` has no keys: its lists could not be verified. Only those of a did:hdx are on the chain")]
	NoKeys {
		/// Its DID.
		did: String,
	},
	/// A key file is refused.
	#[error("{0}")]
	Key(String),
	/// A credential is refused.
	#[error(transparent)]
	Credential(#[from] WatchError),
	/// A credential is there twice.
	#[error("{practitioner}'s credential {which} is watched twice")]
	CredentialTwice {
		/// Whose.
		practitioner: String,
		/// Which.
		which: String,
	},
	/// Nothing to do.
	#[error(
		"there is neither a [[credential]] nor a directory of `credentials`: nothing is watched"
	)]
	NothingWatched,
	/// More than is watched.
	#[error("there are more than {limit} credentials: divide them among several oracles")]
	TooMany {
		/// The limit.
		limit: usize,
	},
}
