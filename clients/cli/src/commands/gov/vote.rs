//! `hdx gov vote`.

use super::{propose::ensure_vote, view::Shown, In};
use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_sdk::chain::Until;
use serde_json::json;

/// A vote.
#[derive(Debug, clap::Args)]
pub struct Vote {
	#[command(flatten)]
	by: SignedBy,
	/// The referendum, by its number.
	poll: u32,
	#[command(flatten)]
	chamber: In,
	/// For it.
	#[arg(long, conflicts_with = "nay")]
	aye: bool,
	/// Against it.
	#[arg(long)]
	nay: bool,
}

/// Votes, and says about what.
pub async fn run(options: Vote, context: &Context) -> Result<(), Error> {
	if !options.aye && !options.nay {
		return Err(Error::Usage("say --aye or --nay".to_owned()));
	}
	let signer = options.by.signer()?;
	let (chamber, poll) = (options.chamber.chamber(), options.poll);
	let chain = context.connect().await?;
	let found = chain.poll(chamber, poll).await?;
	let shown = Shown::read(&chain, found).await?;
	if !shown.is_open() {
		return Err(Error::Usage(format!(
			"referendum {poll} of {chamber} has ended: `hdx gov list` shows which go on"
		)));
	}
	if options.aye && shown.would.is_none() {
		return Err(Error::Usage(format!(
			"nobody stored the text of referendum {poll} of {chamber}, or not in the length that it states, so nobody can know what it would do: let its proposer store it, or vote --nay"
		)));
	}
	ensure_vote(&chain, chamber, &signer).await?;
	// Before it is signed.
	context.output.tell(&shown);
	let progress = context.output.progress("waiting until it is final");
	chain.vote(&signer, chamber, poll, options.aye, Until::Finalized).await?;
	drop(progress);
	let choice = if options.aye { "for" } else { "against" };
	let would = shown.would.as_ref().map(|meaning| meaning.sentences().join(": "));
	let about = would.as_ref().map(|words| format!(", which {words}")).unwrap_or_default();
	context.output.show(&Done::new(
		format!("voted {choice} referendum {poll} of {chamber}{about}"),
		json!({
			"poll": poll,
			"chamber": chamber.to_string(),
			"aye": options.aye,
			"would": shown.would,
		}),
	))
}
