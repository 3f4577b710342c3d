//! `hdx chain-spec show`.

use crate::{
	chain_spec_error::ChainSpecError, commands::Context, consortium::spec, error::Error, files,
	output::block,
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Largest specification, in bytes.
const MAX_SPEC_BYTES: u64 = 512 * 1024 * 1024;

/// What is wanted.
#[derive(Debug, clap::Args)]
pub struct Show {
	/// The specification.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// What it is of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	name: String,
	id: String,
	/// The hash of the first block. None: the file says only how to make it.
	genesis: Option<String>,
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let made = "not in the file, which says how the first state is made: build it with --raw";
		let genesis = self.genesis.as_deref().unwrap_or(made);
		block(f, &self.name, &[("id", &self.id), ("genesis", &genesis)])
	}
}

/// Reads the bytes of a file.
fn parse(content: &[u8], path: &Path) -> Result<spec::Summary, Error> {
	let malformed = |detail: String| Error::Malformed {
		path: path.to_owned(),
		expected: "a chain specification",
		detail,
	};
	let value = serde_json::from_slice::<serde_json::Value>(content)
		.map_err(|error| malformed(error.to_string()))?;
	spec::summary(&value).map_err(|error| match error {
		ChainSpecError::NotASpec(detail) => malformed(detail),
		other => other.into(),
	})
}

/// Reads anything as a specification. It is refused as one, or read.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let read = parse(bytes, Path::new("chain.json"));
	assert!(matches!(read, Ok(_) | Err(Error::Malformed { .. })), "another refusal");
}

/// Does it.
pub(super) fn run(options: &Show, context: &Context) -> Result<(), Error> {
	let summary = parse(&files::read(&options.file, MAX_SPEC_BYTES)?, &options.file)?;
	context.output.show(&Shown {
		name: summary.name,
		id: summary.id,
		genesis: summary.genesis.map(|hash| format!("0x{}", hex::encode(hash))),
	})
}
