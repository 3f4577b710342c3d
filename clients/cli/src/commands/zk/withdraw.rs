//! `hdx zk withdraw`.

use super::{circuit, standing::Which};
use crate::{
	commands::{provider::Done, Context},
	error::Error,
};
use hdx_sdk::chain::Until;
use serde_json::json;

/// Takes back what the signer's institution said of a key.
pub async fn run(options: Which, context: &Context) -> Result<(), Error> {
	let signer = options.signer()?;
	let version = options.version();
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let (institution, suspended) =
		chain.withdraw_circuit_attestation(&signer, version, Until::Finalized).await?;
	drop(progress);
	let shown = circuit::shown(version);
	let consequence = if suspended {
		"; too few stand behind it now: it is suspended, and all its proofs are refused"
	} else {
		""
	};
	context.output.show(&Done::new(
		format!("institution {} attests the key of {shown} no more{consequence}", institution.0),
		json!({
			"number": version.circuit.0,
			"version": version.version,
			"institution": institution.0,
			"suspended": suspended,
		}),
	))
}
