//! `hdx chain-spec`: the specification of a chain that institutions start together.

mod build;
mod check;
mod new;
pub(crate) mod show;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum ChainSpec {
	/// Write a file to fill in, with what each line is for.
	#[command(after_help = "\
Example:
  hdx chain-spec new consortium.toml

docs/operate/README.md tells who fills in what, and docs/operate/consortium.toml is an example.")]
	New(new::New),
	/// Tell all that is wrong with a file, where, and what to do.
	#[command(after_help = "\
Examples:
  hdx chain-spec check consortium.toml
  hdx chain-spec check consortium.toml --json

It ends with 1 where there is a fault. Notes are no faults. What is no TOML, and keys that are unknown or there twice,
are told one at a time.")]
	Check(check::Check),
	/// Write the specification that nodes start from.
	#[command(after_help = "\
Examples:
  hdx chain-spec build consortium.toml --raw --out chain.json
  hdx chain-spec build consortium.toml --raw --out chain.json --node ./hdx-node --runtime hdx_runtime.wasm

One of the consortium does this, and all nodes start from the same file: a runtime that others built may differ by a
few bytes, and then the chain is another. Give --raw: the file has the first state itself then, and nodes
need not work it out each time they start. Compare the genesis hash that is shown over another channel.")]
	Build(build::Build),
	/// Tell which chain a specification is of.
	#[command(after_help = "\
Example:
  hdx chain-spec show chain.json

The genesis hash is shown of a file that was written with --raw.")]
	Show(show::Show),
}

/// Does it.
pub fn run(command: ChainSpec, context: &Context) -> Result<Exit, Error> {
	match command {
		ChainSpec::New(options) => new::run(&options, context)?,
		ChainSpec::Check(options) => return check::run(&options, context),
		ChainSpec::Build(options) => build::run(&options, context)?,
		ChainSpec::Show(options) => show::run(&options, context)?,
	}
	Ok(Exit::Done)
}
