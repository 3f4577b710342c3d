//! `hdx zk attest`.

use super::{circuit, key::Given, transcript::Behind};
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
	#[command(flatten)]
	behind: Behind,
}

/// Compares what is registered with what the institution has, and attests it.
pub async fn run(options: Attest, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let key = options.given.read()?;
	let transcript = options.behind.of(&key, &options.given, context)?;
	let version = options.given.version();
	let chain = context.connect().await?;
	let found = chain.circuit(version, AtBlock::Best).await?;
	key.ensure_registered(&found, transcript.hash)?;
	let progress = context.output.progress("waiting until it is final");
	let institution = chain
		.attest_circuit(&signer, version, key.digest, transcript.hash, Until::Finalized)
		.await?;
	drop(progress);
	let warning = transcript.warning(&key);
	let note = warning.map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"institution {} attests the key 0x{} of {}{note}",
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
			"transcriptVerified": transcript.verified,
			"warning": warning,
		}),
	))
}
