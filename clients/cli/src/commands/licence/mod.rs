//! `hdx licence`: licences of which the chain has a hash alone.
//!
//! [`clinician`] is a clinician's secret, and [`held`] the licence as its issuer gives it to them. The other files are a
//! verb each.

mod check;
pub(crate) mod clinician;
mod enter;
pub(crate) mod held;
mod lapsed;
mod remove;

pub use check::{leaves_at, no_tree, place_of, tree_of};
pub use clinician::ClinicianSecret;
pub use held::HeldLicence;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Licence {
	/// Make a clinician's secret. Needs no node.
	#[command(after_help = "\
Example:
  hdx licence new --out clinician.json

Shows the clinician's key, which goes to the board that attested the licence. Keep a copy of the file: with another
secret, the licence has to be entered anew.")]
	New(clinician::New),
	/// Enter the hash of a licence that you attested. Trusted issuers do that.
	#[command(after_help = "\
Examples:
  hdx licence enter 5Grw…tQY --id 7 --holder 0x1a…07 --until 2027-06-30 --out licence-7.json --as board.key
  hdx licence enter 5Grw…tQY --id 7 --holder 0x1a…07 --from 2027-01-01 --until 2027-06-30 --out licence-7.json \\
    --as board.key

Draws a salt, writes what is hashed into the file, and enters the hash, in the place of the one before where the licence
has one: once a day at most, so take care that key and times are right. Give the file to the clinician alone: whoever has
it knows which leaf is theirs. The chain sees whose licence it is, and not the key, the times or the salt.")]
	Enter(enter::Enter),
	/// See that a licence is entered as its file says, and is for your secret.
	#[command(after_help = "\
Example:
  hdx licence check licence-7.json --secret clinician.json

Reads the whole tree, so the node is not told which licence it is about, and compares the root.")]
	Check(check::Check),
	/// Take a licence out of the tree.
	#[command(after_help = "\
Examples:
  hdx licence remove 7 --as board.key
  hdx licence remove 7 --govern --as //Ferdie

Its issuer does that at any time, and anybody where it does not stand any more (`hdx licence lapsed`). Proofs about the
tree of before count for two minutes more.")]
	Remove(remove::Remove),
	/// List the licences that are in the tree and do not stand any more.
	#[command(after_help = "\
Example:
  hdx licence lapsed

Anybody for whom some institution answers may remove them: hdx licence remove.")]
	Lapsed,
}

/// Does it.
pub async fn run(command: Licence, context: &Context) -> Result<Exit, Error> {
	match command {
		Licence::New(options) => clinician::run(&options, context)?,
		Licence::Enter(options) => enter::run(options, context).await?,
		Licence::Check(options) => check::run(options, context).await?,
		Licence::Remove(options) => remove::run(options, context).await?,
		Licence::Lapsed => lapsed::run(context).await?,
	}
	Ok(Exit::Done)
}
