//! `hdx shielded register`.

use super::{element::Element, provider::ProviderSecret};
use crate::{
	commands::{
		provider::{Done, RoleName},
		Context, SignedBy,
	},
	error::Error,
};
use hdx_primitives::InstitutionId;
use hdx_sdk::chain::Until;
use serde_json::json;
use std::path::PathBuf;

/// Whose tag, and as whom.
#[derive(Debug, clap::Args)]
pub struct Register {
	#[command(flatten)]
	by: SignedBy,
	/// The provider's secret.
	#[arg(value_name = "FILE")]
	file: PathBuf,
	/// An institution for which the signer may practise, by its number.
	#[arg(long, value_name = "N")]
	on_behalf_of: u32,
	/// The role in which.
	#[arg(long)]
	role: RoleName,
}

/// Registers the tag that proofs of access know the signer by.
pub async fn run(options: Register, context: &Context) -> Result<(), Error> {
	let practitioner = options.by.signer()?;
	let tag = Element(ProviderSecret::read(&options.file)?.tag().0);
	let chain = context.connect().await?;
	let institution = InstitutionId(options.on_behalf_of);
	let progress = context.output.progress("waiting until it is final");
	chain
		.register_provider_tag(
			&practitioner,
			institution,
			options.role.into(),
			tag.to_bytes(),
			Until::Finalized,
		)
		.await?;
	drop(progress);
	let account = practitioner.account().to_string();
	context.output.show(&Done::new(
		format!("proofs of access know {account} by the tag {tag}, for good: patients may be told"),
		json!({ "practitioner": account, "tag": tag }),
	))
}
