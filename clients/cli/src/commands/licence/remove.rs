//! `hdx licence remove`.

use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_primitives::CredentialId;
use hdx_sdk::chain::Until;
use serde_json::json;

/// Which, and by whom.
#[derive(Debug, clap::Args)]
pub struct Remove {
	#[command(flatten)]
	by: SignedBy,
	/// The licence, as the provider registry numbers it.
	#[arg(value_name = "N")]
	licence: u64,
	/// Remove it as governance, whatever its issuer says.
	#[arg(long)]
	govern: bool,
}

/// Takes a licence out of the tree.
pub async fn run(options: Remove, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let chain = context.connect().await?;
	let licence = CredentialId(options.licence);
	let progress = context.output.progress("waiting until it is final");
	if options.govern {
		chain.remove_licence_by_governance(&signer, licence, Until::Finalized).await?;
	} else {
		chain.remove_licence(&signer, licence, Until::Finalized).await?;
	}
	drop(progress);
	context.output.show(&Done::new(
		format!("licence {} is out of the tree; no proof knows it after two minutes", licence.0),
		json!({ "licence": licence.0 }),
	))
}
