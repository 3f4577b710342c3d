//! `hdx gov apply`.

use super::what::LARGEST;
use crate::{
	commands::{provider::Done, Context},
	error::Error,
	files,
};
use hdx_sdk::chain::{hash_of, Until};
use serde_json::json;
use std::path::PathBuf;

/// Which code.
#[derive(Debug, clap::Args)]
pub struct Apply {
	/// The runtime, whose hash both chambers authorized.
	wasm: PathBuf,
}

/// Brings it in.
pub async fn run(options: Apply, context: &Context) -> Result<(), Error> {
	let code = files::read(&options.wasm, LARGEST)?;
	let hash = hash_of(&code);
	let chain = context.connect().await?;
	// A megabyte is not sent in vain.
	if chain.authorized_upgrade().await? != Some(hash) {
		return Err(Error::Usage(format!(
			"both chambers have not authorized `{}`, or it was brought in: hdx gov propose authorize-upgrade",
			options.wasm.display(),
		)));
	}
	let progress = context.output.progress("waiting until it is final");
	let block = chain.apply_upgrade(&code, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		"the runtime is in force from the next block on",
		json!({
			"hash": format!("0x{}", hex::encode(hash)),
			"block": format!("0x{}", hex::encode(block)),
		}),
	))
}
