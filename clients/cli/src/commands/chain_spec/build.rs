//! `hdx chain-spec build`.

use super::check::{notes, Outline};
use crate::{
	chain_spec_error::ChainSpecError,
	commands::Context,
	consortium::{
		self,
		node::{self, Node},
		spec,
	},
	error::Error,
	files::NewFile,
	output::block,
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What is wanted.
#[derive(Debug, clap::Args)]
pub struct Build {
	/// The file that was filled in.
	#[arg(value_name = "FILE")]
	file: PathBuf,
	/// Where to write the specification. An existing file is never touched.
	#[arg(short, long, value_name = "FILE")]
	out: PathBuf,
	/// Write the first state itself, and not how to make it.
	#[arg(long)]
	raw: bool,
	/// The node's program, which works out the first state. [default: hdx-node beside this program, or in the PATH]
	#[arg(long, value_name = "PROGRAM")]
	node: Option<PathBuf>,
	/// The runtime to start with (WebAssembly). [default: the one that the node brings]
	#[arg(long, value_name = "FILE")]
	runtime: Option<PathBuf>,
}

/// What was written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Built {
	file: PathBuf,
	raw: bool,
	/// The hash of the first block.
	genesis: String,
	chain: Outline,
	notes: Vec<String>,
}

impl fmt::Display for Built {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}", self.chain)?;
		let form = if self.raw { "the first state itself" } else { "how the first state is made" };
		let file = self.file.display().to_string();
		block(f, "specification", &[("file", &file), ("has", &form), ("genesis", &self.genesis)])?;
		notes(f, &self.notes)
	}
}

/// Does it. The node is asked in any case: it knows best whether the chain can start.
pub(super) fn run(options: &Build, context: &Context) -> Result<(), Error> {
	let read = consortium::read(&options.file)?;
	let Some(consortium) = read.consortium else {
		return Err(ChainSpecError::Faults {
			path: options.file.clone(),
			count: read.faults.len(),
			first: read.faults.first().map(ToString::to_string).unwrap_or_default(),
		}
		.into());
	};
	let mut out = NewFile::create(&options.out)?;
	let node = Node::find(options.node.as_deref());
	let progress = context.output.progress("working out the first state");
	let code = match &options.runtime {
		Some(file) => node::code_in(file)?,
		None => node.code()?,
	};
	let plain = spec::plain(&consortium, &code);
	let raw = node.raw(&plain)?;
	drop(progress);
	let found = serde_json::from_slice::<serde_json::Value>(&raw)
		.map_err(|error| ChainSpecError::NotASpec(error.to_string()))
		.and_then(|raw| spec::summary(&raw))?;
	let genesis = found
		.genesis
		.ok_or_else(|| ChainSpecError::NotASpec("it has no first state".to_owned()))?;
	if options.raw {
		out.write(&raw)?;
	} else {
		out.write(format!("{plain:#}\n").as_bytes())?;
	}
	context.output.show(&Built {
		file: out.keep(),
		raw: options.raw,
		genesis: format!("0x{}", hex::encode(genesis)),
		chain: Outline::from(&consortium),
		notes: read.notes.iter().map(ToString::to_string).collect(),
	})
}
