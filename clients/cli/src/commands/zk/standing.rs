//! `hdx zk activate` and `suspend`: whether proofs of a version are accepted.

use super::circuit;
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
	output::count,
};
use hdx_primitives::{CircuitId, CircuitVersion};
use hdx_sdk::chain::{Signer, Until};
use serde_json::json;

/// Which version.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The circuit, by its name or its number.
	#[arg(value_name = "CIRCUIT", value_parser = circuit::registered)]
	circuit: CircuitId,
	/// The version.
	#[arg(long, value_name = "N")]
	version: u32,
}

impl Which {
	/// Who signs.
	pub fn signer(&self) -> Result<Signer, Error> {
		self.by.signer()
	}

	/// The version.
	pub fn version(&self) -> CircuitVersion {
		CircuitVersion { circuit: self.circuit, version: self.version }
	}
}

/// Lets its proofs be accepted.
pub async fn activate(options: Which, context: &Context) -> Result<(), Error> {
	let signer = options.signer()?;
	let version = options.version();
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let attested = chain.activate_circuit(&signer, version, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!(
			"{} is active: {} attested its key",
			circuit::shown(version),
			count(attested as usize, "institution"),
		),
		json!({
			"number": version.circuit.0,
			"version": version.version,
			"active": true,
			"attested": attested,
		}),
	))
}

/// Refuses its proofs.
pub async fn suspend(options: Which, context: &Context) -> Result<(), Error> {
	let signer = options.signer()?;
	let version = options.version();
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.suspend_circuit(&signer, version, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{} is suspended: all its proofs are refused", circuit::shown(version)),
		json!({
			"number": version.circuit.0,
			"version": version.version,
			"active": false,
		}),
	))
}
