//! `hdx zk attest`.

use super::{
	circuit,
	key::Given,
	transcript::{self, Transcript},
};
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_sdk::chain::{AtBlock, Until};
use serde_json::json;

/// What to attest.
#[derive(Debug, clap::Args)]
pub struct Attest {
	#[command(flatten)]
	by: SignedBy,
	#[command(flatten)]
	given: Given,
	/// The transcript that you verified: the file, or its hash.
	#[arg(long, value_name = "FILE|0xHASH", value_parser = transcript::parse)]
	transcript: Transcript,
}

/// Compares what is registered with what the institution has, and attests it.
pub async fn run(options: Attest, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let key = options.given.read()?;
	let transcript = options.transcript.hash()?;
	let version = options.given.version();
	let chain = context.connect().await?;
	let found = chain.circuit(version, AtBlock::Best).await?;
	key.ensure_registered(&found, transcript)?;
	let progress = context.output.progress("waiting until it is final");
	let institution =
		chain.attest_circuit(&signer, version, key.digest, transcript, Until::Finalized).await?;
	drop(progress);
	let warning = key.warning().map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"institution {} attests the key 0x{} of {}{warning}",
			institution.0,
			hex::encode(key.digest),
			circuit::shown(version),
		),
		json!({
			"number": version.circuit.0,
			"circuit": options.given.circuit.name(),
			"version": version.version,
			"institution": institution.0,
			"key": format!("0x{}", hex::encode(key.digest)),
			"warning": key.warning(),
		}),
	))
}
