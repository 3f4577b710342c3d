//! `hdx provider verify`: whether a credential document is one that the chain knows.

use super::{block::Block, done::Done, view::CredentialShown};
use crate::{advice, commands::Context, document, error::Error, exit::Exit};
use serde_json::json;
use std::path::PathBuf;

/// Which document.
#[derive(Debug, clap::Args)]
pub struct Verify {
	/// The credential document.
	#[arg(long, value_name = "FILE")]
	document: PathBuf,
	/// The file with the salt that was written when it was committed to.
	#[arg(long, value_name = "FILE")]
	salt: PathBuf,
	#[command(flatten)]
	block: Block,
}

/// Verifies: exits with 0 where the credential stands, with 1 where it does not.
pub async fn run(options: Verify, context: &Context) -> Result<Exit, Error> {
	let commitment = document::reopen(&options.document, &options.salt)?;
	let chain = context.connect().await?;
	let (block, _) = options.block.fixed(&chain).await?;
	let found = chain.verify_credential(commitment, block).await?;
	let reason = found.standing.err();
	let credential = CredentialShown::from(&found.credential);
	let verdict = match reason {
		None => "it stands".to_owned(),
		Some(reason) => format!("it does not count: {} ({reason:?})", advice::standing(reason)),
	};
	context.output.show(&Done::new(
		format!("the document is a credential of {}: {verdict}\n{credential}", found.practitioner),
		json!({
			"practitioner": found.practitioner.to_string(),
			"credential": credential,
			"stands": reason.is_none(),
			"reason": reason.map(|reason| format!("{reason:?}")),
		}),
	))?;
	Ok(if reason.is_none() { Exit::Done } else { Exit::Refused })
}
