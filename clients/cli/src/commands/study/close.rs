//! `hdx study close`.

use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_primitives::StudyId;
use hdx_sdk::chain::Until;
use serde_json::json;

/// Which.
#[derive(Debug, clap::Args)]
pub struct Close {
	#[command(flatten)]
	by: SignedBy,
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
}

/// Closes it.
pub async fn run(options: Close, context: &Context) -> Result<(), Error> {
	let sponsor = options.by.signer()?;
	let chain = context.connect().await?;
	let study = StudyId(options.study);
	let progress = context.output.progress("waiting until it is final");
	let count = chain.close_study(&sponsor, study, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("study {} is closed, for ever; {count} take part", study.0),
		json!({ "study": study.0, "count": count }),
	))
}
