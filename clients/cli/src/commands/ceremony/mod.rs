//! `hdx ceremony`: the keys of a circuit, made by many.

mod contribute;
pub(super) mod file;
mod finalize;
mod new;
mod value;
mod verify;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Ceremony {
	/// Begin a ceremony about a circuit.
	#[command(after_help = "\
Example:
  hdx ceremony new --circuit consent_access --out 00.transcript

The file goes from party to party. --iterations says how long both beacons are hashed, for all of the ceremony.
docs/ceremony.md says who does what.")]
	New(new::New),
	/// Bring secrets of your own into the phase that goes on.
	#[command(after_help = "\
Examples:
  hdx ceremony contribute 00.transcript --out 01.transcript --as operator.key
  hdx ceremony contribute 00.transcript --out 01.transcript --as operator.key --entropy 'what the dice said'

Verifies the file first, and what it writes afterwards. The secrets come from the system's generator, and from what
you type besides; they are overwritten and never written down. What is typed on the command line stays in the shell's
history, and others on the machine see it while this runs. Publish the hash that is shown: with it you find your
contribution in the final transcript. An interrupted contribution leaves nothing behind: run it again.")]
	Contribute(contribute::Contribute),
	/// Verify a whole ceremony, as far as it went, and keys that are said to come out of it.
	#[command(after_help = "\
Examples:
  hdx ceremony verify 05.transcript
  hdx ceremony verify 12.transcript --circuit consent_access --key keys/consent_access.vk --key keys/consent_access.pk
  hdx ceremony verify 12.transcript --party 5Grw…utQY --party 5FHn…94ty
  hdx ceremony verify 12.transcript --beacon 0x00000000000000000002… --beacon 0x0000000000000000000a…

Shows who contributed to which phase, and the hash of each contribution and of the file, which is the one that the
chain has. Each --party has to have contributed to both phases. Beacons are compared in the order of the phases. The
hashes of the states between are what the parties said: only the last one of each phase is compared with a state.")]
	Verify(verify::Verify),
	/// End a phase by a public beacon; after the second phase, write the keys.
	#[command(after_help = "\
Examples:
  hdx ceremony finalize 05.transcript --beacon 0x00000000000000000002… --out 06.transcript
  hdx ceremony finalize 11.transcript --beacon 0x0000000000000000000a… --out 12.transcript --keys keys
  hdx ceremony finalize 12.transcript --keys keys      the keys of a complete ceremony once more

The beacon is a value that all agreed on before, and that nobody knew when the last party contributed: the hash of a
block of another chain, for instance. Anybody who runs this with the same value gets the same file.")]
	Finalize(finalize::Finalize),
}

/// Does it.
pub fn run(command: Ceremony, context: &Context) -> Result<Exit, Error> {
	match command {
		Ceremony::New(options) => new::run(&options, context)?,
		Ceremony::Contribute(options) => contribute::run(&options, context)?,
		Ceremony::Verify(options) => verify::run(&options, context)?,
		Ceremony::Finalize(options) => finalize::run(&options, context)?,
	}
	Ok(Exit::Done)
}
