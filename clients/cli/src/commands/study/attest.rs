//! `hdx study attest`.

use super::{attestation::Attested, terms};
use crate::{
	commands::{
		provider::Done,
		shielded::{
			append,
			element::{Element, Hidden},
		},
		zk::random,
		Context, SignedBy,
	},
	error::Error,
	time,
};
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::Until;
use hdx_zk_circuits::note::{Attestation, PatientKey, VALUES};
use serde_json::json;
use std::path::PathBuf;

/// Of whom, what, and where to.
#[derive(Debug, clap::Args)]
pub struct Attest {
	#[command(flatten)]
	by: SignedBy,
	/// The patient's key, as `hdx shielded tag` shows it.
	#[arg(long, value_name = "KEY", value_parser = Element::parse)]
	patient_key: Element,
	/// Which values: a panel of the consortium's list.
	#[arg(long, value_name = "N")]
	panel: u64,
	/// The panel's four values, in their order and units.
	#[arg(long, value_name = "N,N,N,N", value_parser = terms::values)]
	values: [u32; VALUES],
	/// When they were found: a date, or RFC 3339. Left out: now.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	at: Option<Milliseconds>,
	/// Where to write the attestation for the patient (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Draws a salt, keeps the attestation, and appends its leaf.
pub async fn run(options: Attest, context: &Context) -> Result<(), Error> {
	let operator = options.by.signer()?;
	let chain = context.connect().await?;
	let attested_at = match options.at {
		Some(at) => at,
		None => chain.now().await?,
	};
	let salt = Hidden::draw(&mut random::generator()?);
	let attestation = Attestation {
		patient: PatientKey(options.patient_key.0),
		panel: options.panel,
		values: options.values,
		attested_at: attested_at.0,
		salt: salt.expose(),
	};
	let attested = Attested::new(attestation, append::genesis(&chain));
	// Kept first: without the salt, nobody could ever prove anything about it.
	let file = attested.create(&options.out)?;
	let leaf = attested.leaf();
	let progress = context.output.progress("waiting until it is final");
	let place = chain.attest_values(&operator, leaf.to_bytes(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!(
			"the values are attested, as {}/{}\nGive {} to the patient alone: it has the values, and nothing can be proven without it.",
			place.tree,
			place.leaf,
			file.display()
		),
		json!({ "leaf": leaf, "tree": place.tree, "index": place.leaf, "file": file }),
	))
}
