//! `hdx record offer`, `withdraw-offer` and `accept`: passing custody on.

use crate::{
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_primitives::{InstitutionId, RecordId};
use hdx_sdk::chain::Until;
use serde_json::json;

/// To whom a record is offered.
#[derive(Debug, clap::Args)]
pub struct Offer {
	#[command(flatten)]
	which: Which,
	/// The institution that may accept, by its number.
	#[arg(long, value_name = "N")]
	to: u32,
}

/// A record, and who signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	pub by: SignedBy,
	/// The record.
	#[arg(value_name = "RECORD")]
	pub record: u64,
}

/// Offers a record.
pub async fn offer(options: Offer, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let (record, to) = (RecordId(options.which.record), InstitutionId(options.to));
	let entry = chain.offer_custody(&signer, record, to, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!(
			"record {} is offered to institution {}, whose operator may accept",
			record.0, to.0
		),
		json!({ "record": record.0, "offeredTo": to.0, "entry": entry.0 }),
	))
}

/// Withdraws or declines an offer.
pub async fn withdraw(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.withdraw_custody_offer(&signer, RecordId(which.record), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("the offer of record {} is withdrawn", which.record),
		json!({ "record": which.record, "now": "withdrawn" }),
	))
}

/// Accepts a record.
pub async fn accept(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let institution = chain.operated_by(&signer.account()).await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = chain.accept_custody(&signer, RecordId(which.record), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("institution {} keeps record {} from now on", institution.0, which.record),
		json!({ "record": which.record, "custodian": institution.0, "entry": entry.0 }),
	))
}
