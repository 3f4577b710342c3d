//! `hdx study results`.

use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
	files,
};
use hdx_primitives::{StudyId, H256};
use hdx_sdk::{chain::Until, commitment};
use serde_json::json;
use std::path::PathBuf;

/// Largest results, in bytes.
const MAX_RESULTS_BYTES: u64 = 256 * 1024 * 1024;

/// Of which study, and which.
#[derive(Debug, clap::Args)]
pub struct Results {
	#[command(flatten)]
	by: SignedBy,
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
	/// The results, as they are published. The chain gets their hash.
	#[arg(value_name = "FILE")]
	results: PathBuf,
}

/// Says which results were published.
pub async fn run(options: Results, context: &Context) -> Result<(), Error> {
	let sponsor = options.by.signer()?;
	let results = H256(commitment::public(&files::read(&options.results, MAX_RESULTS_BYTES)?));
	let chain = context.connect().await?;
	let study = StudyId(options.study);
	let progress = context.output.progress("waiting until it is final");
	let count = chain.publish_study_results(&sponsor, study, results, Until::Finalized).await?;
	drop(progress);
	let shown = format!("0x{}", hex::encode(results));
	context.output.show(&Done::new(
		format!("study {} with {count} participants has the results {shown}", study.0),
		json!({ "study": study.0, "count": count, "results": shown }),
	))
}
