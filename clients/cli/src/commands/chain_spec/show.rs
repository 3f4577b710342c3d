//! `hdx chain-spec show`.

use crate::{
	chain_spec_error::ChainSpecError, commands::Context, consortium::spec, error::Error, files,
	output::block,
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

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

/// Does it.
pub(super) fn run(options: &Show, context: &Context) -> Result<(), Error> {
	let path = &options.file;
	let content = files::read(path, MAX_SPEC_BYTES)?;
	let malformed = |detail: String| Error::Malformed {
		path: path.clone(),
		expected: "a chain specification",
		detail,
	};
	let value = serde_json::from_slice::<serde_json::Value>(&content)
		.map_err(|error| malformed(error.to_string()))?;
	let summary = spec::summary(&value).map_err(|error| match error {
		ChainSpecError::NotASpec(detail) => malformed(detail),
		other => other.into(),
	})?;
	context.output.show(&Shown {
		name: summary.name,
		id: summary.id,
		genesis: summary.genesis.map(|hash| format!("0x{}", hex::encode(hash))),
	})
}
