//! `hdx gov enact`.

use super::{call, meaning, Call};
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
	hex32,
};
use hdx_sdk::chain::{hash_of, Until};
use serde_json::json;

fn hash(text: &str) -> Result<[u8; 32], String> {
	hex32::read(text).ok_or_else(|| "a hash is 0x and 64 hexadecimal digits".to_owned())
}

/// What.
#[derive(Debug, clap::Args)]
pub struct Enact {
	#[command(flatten)]
	by: SignedBy,
	/// The hash of the call, whose text somebody stored.
	#[arg(value_parser = hash, required_unless_present = "call")]
	hash: Option<[u8; 32]>,
	/// The call itself: 0x and hexadecimal digits.
	#[arg(long, value_name = "CALL", value_parser = call, conflicts_with = "hash")]
	call: Option<Call>,
}

/// Carries it out.
pub async fn run(options: Enact, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let chain = context.connect().await?;
	let call = match (options.call, options.hash) {
		(Some(Call(call)), _) => call,
		(None, Some(hash)) => chain.noted_text(hash.into()).await?.ok_or_else(|| {
			Error::Usage("nobody stored the text of that call: give it with --call".to_owned())
		})?,
		(None, None) => {
			return Err(Error::Usage("give the hash of the call, or the --call".to_owned()));
		},
	};
	let hash = hash_of(&call);
	let agreed = chain.agreed_on().await?;
	let is_agreed = agreed.iter().any(|(found, by_patients)| *found == hash && *by_patients);
	if !is_agreed {
		return Err(Error::Usage(
			"both chambers have not agreed on that call, or it was carried out: `hdx gov list` shows what waits".to_owned(),
		));
	}
	let would = meaning::of(&chain, &call).await?;
	// Before it is signed.
	context.output.tell(&would.sentences().join(": "));
	let progress = context.output.progress("waiting until it is final");
	chain.enact(&signer, &call, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("carried out: {}", would.sentences().join(": ")),
		json!({ "hash": format!("0x{}", hex::encode(hash)), "did": would }),
	))
}
