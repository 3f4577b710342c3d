//! `hdx provider rotate`: going on under another account.

use super::done::Done;
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
};
use hdx_primitives::AccountId;
use hdx_sdk::chain::Until;
use serde_json::json;

/// Who goes on as whom.
#[derive(Debug, clap::Args)]
pub struct Rotate {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account of before.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// The new key, which signs that it agrees: a key file, or a development key.
	#[arg(long, value_name = "KEY")]
	new: String,
	/// The second key: the practitioner who signs alone needs it, where one is registered.
	#[arg(long, value_name = "KEY")]
	second_key: Option<String>,
}

/// Rotates.
pub async fn run(options: Rotate, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let new = account::signer(&options.new)?;
	let second = options.second_key.as_deref().map(account::signer).transpose()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let from = options.practitioner.clone();
	chain.rotate_account(&signer, from, &new, second.as_ref(), Until::Finalized).await?;
	drop(progress);
	let to = new.account();
	context.output.show(&Done::new(
		format!("{} goes on as {to}; the old key can do nothing any more", options.practitioner),
		json!({ "from": options.practitioner.to_string(), "to": to.to_string() }),
	))
}
