//! `hdx zk register`.

use super::{circuit, key::Given, transcript::Behind};
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_sdk::chain::Until;
use serde_json::json;

/// What to register.
#[derive(Debug, clap::Args)]
pub struct Register {
	#[command(flatten)]
	by: SignedBy,
	#[command(flatten)]
	given: Given,
	#[command(flatten)]
	behind: Behind,
}

/// Registers.
pub async fn run(options: Register, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let key = options.given.read()?;
	let transcript = options.behind.of(&key, &options.given, context)?;
	let version = options.given.version();
	let chain = context.connect().await?;
	key.ensure_taken_by(&chain).await?;
	let progress = context.output.progress("waiting until it is final");
	chain
		.register_circuit(&signer, version, key.bytes.clone(), transcript.hash, Until::Finalized)
		.await?;
	drop(progress);
	let warning = transcript.warning(&key);
	let note = warning.map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"{} is registered with the key 0x{}; institutions attest it now: hdx zk attest{note}",
			circuit::shown(version),
			hex::encode(key.digest),
		),
		json!({
			"number": version.circuit.0,
			"circuit": options.given.circuit.name(),
			"version": version.version,
			"key": format!("0x{}", hex::encode(key.digest)),
			"transcript": format!("0x{}", hex::encode(transcript.hash)),
			"transcriptVerified": transcript.verified,
			"warning": warning,
		}),
	))
}
