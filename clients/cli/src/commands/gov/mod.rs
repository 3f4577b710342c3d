//! `hdx gov`: what is decided about the chain, in the chamber of institutions and in that of patients.

mod apply;
mod enact;
mod explain;
mod list;
mod meaning;
mod members;
mod propose;
mod status;
mod view;
mod vote;
pub(crate) mod what;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;
use hdx_sdk::chain::Chamber;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Gov {
	/// Show who has a vote in which chamber.
	#[command(after_help = "\
Examples:
  hdx gov members
  hdx gov members --json")]
	Members,
	/// List referenda, the newest first, and what waits to be carried out.
	#[command(after_help = "\
Examples:
  hdx gov list
  hdx gov list --patients --json")]
	List(list::List),
	/// Show how far a referendum has come.
	#[command(after_help = "\
Examples:
  hdx gov status 3
  hdx gov status 0 --patients")]
	Status(status::Status),
	/// Tell what a referendum, or a call, would change. Read it before you vote.
	#[command(after_help = "\
Examples:
  hdx gov explain 3
  hdx gov explain 0 --patients
  hdx gov explain --call 0x2a00…

The call is read by the metadata of the chain, and a stored text only counts where it has the hash that is voted about.")]
	Explain(explain::Explain),
	/// Propose something, and have it decided about.
	#[command(subcommand)]
	Propose(what::What),
	/// Vote. A later vote takes the place of an earlier one.
	#[command(after_help = "\
Examples:
  hdx gov vote 3 --aye --as operator.key
  hdx gov vote 3 --nay --as operator.key
  hdx gov vote 0 --aye --patients --as representative.key

What it would change is told before it is signed. A referendum whose text nobody stored is not voted for: nobody can know
what it would do.")]
	Vote(vote::Vote),
	/// Carry out what both chambers agreed on, where the institutions were first.
	#[command(after_help = "\
Examples:
  hdx gov enact 0x9f2c…41d0 --as operator.key
  hdx gov enact --call 0x2a00… --as operator.key

`hdx gov list` shows the hashes. Where the patients were first, it is carried out by itself.")]
	Enact(enact::Enact),
	/// Bring in a runtime that both chambers authorized.
	#[command(after_help = "\
Example:
  hdx gov apply hdx_runtime.compact.compressed.wasm

Nobody signs it, and it costs no quota: the chain takes the code that was authorized from anybody. Storage may be migrated in
the blocks after it, in which no transaction is included: docs/upgrades.md.")]
	Apply(apply::Apply),
}

/// Which chamber.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct In {
	/// In the chamber of patients, and not in that of institutions.
	#[arg(long)]
	patients: bool,
}

impl In {
	/// The chamber.
	pub fn chamber(self) -> Chamber {
		match self.patients {
			true => Chamber::Patients,
			false => Chamber::Institutions,
		}
	}
}

/// Does it.
pub async fn run(command: Gov, context: &Context) -> Result<Exit, Error> {
	match command {
		Gov::Members => members::run(context).await?,
		Gov::List(options) => list::run(options, context).await?,
		Gov::Status(options) => status::run(options, context).await?,
		Gov::Explain(options) => explain::run(options, context).await?,
		Gov::Propose(what) => propose::run(what, context).await?,
		Gov::Vote(options) => vote::run(options, context).await?,
		Gov::Enact(options) => enact::run(options, context).await?,
		Gov::Apply(options) => apply::run(options, context).await?,
	}
	Ok(Exit::Done)
}

/// Reads a call: `0x` and hexadecimal digits.
pub(super) fn call(text: &str) -> Result<Call, String> {
	let not_one = || "a call is 0x and hexadecimal digits, as polkadot.js shows it".to_owned();
	let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
	bytes.filter(|bytes| bytes.len() > 1).map(Call).ok_or_else(not_one)
}

/// A call, encoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call(pub Vec<u8>);

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_call_is_hexadecimal() {
		assert_eq!(call("0x2a0001").unwrap().0, [0x2a, 0, 1]);
		for text in ["", "0x", "0x2a", "2a00", "0x2a0", "0xzz00"] {
			assert!(call(text).unwrap_err().contains("polkadot.js"), "{text}");
		}
	}
}
