//! `hdx ceremony contribute`.

use super::file::{ensure_new, shown, stage, steps, write_new, Held};
use crate::{
	ceremony_error::CeremonyError,
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_zk_ceremony::{contribute, Entropy};
use serde_json::json;
use std::{io, path::PathBuf};

/// To what, and who.
#[derive(Debug, clap::Args)]
pub struct Contribute {
	/// The transcript that you were given.
	#[arg(value_name = "FILE")]
	transcript: PathBuf,
	/// The file that is written, for the next party.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	#[command(flatten)]
	by: SignedBy,
	/// Whatever you like, hashed with what the system's generator gives. It cannot do harm, whoever knows it. It stays in
	/// the history of the shell.
	#[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
	entropy: String,
}

/// Contributes.
pub fn run(options: &Contribute, context: &Context) -> Result<(), Error> {
	let Contribute { transcript, out, by, entropy } = options;
	let signer = by.signer()?;
	ensure_new(out)?;
	let mut held = Held::read(transcript, context)?;
	let phase = held.transcript.phase();
	let entropy = Entropy::from_system(entropy.as_bytes())
		.map_err(|error| Error::System(io::Error::other(error.to_string())))?;
	let account = signer.account();
	let public: &[u8; 32] = account.as_ref();
	let link = contribute(
		&mut held.transcript,
		*public,
		&|message| signer.sign(message),
		&entropy,
		&mut steps(context),
	)
	.map_err(|source| CeremonyError::Contribute { path: transcript.clone(), source })?;
	// The secrets are not needed any more.
	drop(entropy);
	held.judge_again(context)?;
	write_new(out, &held.transcript.to_bytes())?;
	let (contribution, hash) = (shown(&link), shown(&held.transcript.hash()));
	context.output.show(&Done::new(
		format!(
			"{account} contributed {contribution}\n\
			 Publish this hash, and give {} to the next party; the file's hash is {hash}.",
			out.display()
		),
		json!({
			"account": account.to_string(),
			"circuit": held.circuit.name(),
			"phase": stage(phase),
			"contribution": contribution,
			"transcript": hash,
			"file": out,
		}),
	))
}
