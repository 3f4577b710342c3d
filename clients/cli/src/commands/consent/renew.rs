//! `hdx consent renew`.

use crate::{
	commands::{Context, SignedBy},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{ConsentId, Milliseconds};
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// Which consent, and until when.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Renew {
	#[command(flatten)]
	by: SignedBy,
	/// The consent.
	#[arg(value_name = "ID")]
	id: u64,
	/// Its new end: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Milliseconds,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Renewed {
	consent: u64,
	version: u32,
	until: String,
}

impl fmt::Display for Renewed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let title = format!("consent {} is renewed: version {}", self.consent, self.version);
		block(f, title, &[("until", &self.until)])
	}
}

/// Renews.
pub async fn run(options: Renew, context: &Context) -> Result<(), Error> {
	let patient = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let consent = ConsentId(options.id);
	let version = chain.renew_consent(&patient, consent, options.until, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Renewed { consent: options.id, version, until: time::show(options.until) })
}
