//! `hdx record offer`, `withdraw-offer` and `accept`: passing custody on.

use crate::{
	commands::{provider::Done, Context, SignedBy},
	custody::Custody,
	error::Error,
	files,
};
use hdx_primitives::{InstitutionId, RecordId};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, RecordView, SealedAnew, Until},
	seal::{self, Manifest},
};
use serde_json::json;
use std::path::PathBuf;

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

/// A record that was offered, and what the new custodian holds of it.
#[derive(Debug, clap::Args)]
pub struct Accept {
	#[command(flatten)]
	which: Which,
	/// The data directory that was handed over. That it opens is checked first.
	#[arg(long, value_name = "DIR")]
	data: Option<PathBuf>,
	/// Seal it anew in that directory, and destroy the keys that the custodian of before knows.
	#[arg(long, requires = "data")]
	reseal: bool,
}

/// Accepts a record.
pub async fn accept(options: Accept, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let custody = options.data.as_deref().map(Custody::existing).transpose()?;
	let chain = context.connect().await?;
	let institution = chain.operated_by(&signer.account()).await?;
	// First the version: if another one comes before the record is read, the chain refuses.
	let version = present_version(&chain, RecordId(options.which.record)).await?;
	let found = chain.record(RecordId(options.which.record)).await?;
	let resealed = match &custody {
		Some(custody) => held(custody, &found, options.reseal, context).await?,
		None => None,
	};
	let progress = context.output.progress("waiting until it is final");
	let anew = resealed.as_ref().map(|(anew, _)| *anew);
	let result = chain.accept_custody(&signer, found.id, version, anew, Until::Finalized).await;
	drop(progress);
	let entry = match (&resealed, &custody) {
		(Some((_, keys)), Some(custody)) => {
			let entry = files::destroy_if_refused(result, keys)?;
			custody.destroy_keys(&found.manifest)?;
			entry
		},
		_ => result?,
	};
	let keys = match (&resealed, &custody) {
		(Some((anew, _)), Some(custody)) => Some(custody.registered(found.id, &anew.manifest)?),
		_ => None,
	};
	let how = match &keys {
		Some(keys) => format!(", sealed anew (back up its keys: {})", keys.display()),
		None => String::new(),
	};
	context.output.show(&Done::new(
		format!("institution {} keeps record {} from now on{how}", institution.0, found.id.0),
		json!({
			"record": found.id.0,
			"custodian": institution.0,
			"entry": entry.0,
			"sealedAnew": keys.is_some(),
			"keys": keys,
		}),
	))
}

/// Which version a record is.
pub async fn present_version(chain: &Chain, record: RecordId) -> Result<u32, Error> {
	let found = chain.record_version(record, AtBlock::Best).await?;
	let unknown = || ChainError::NotFound { what: format!("record {}", record.0) };
	Ok(found.ok_or_else(unknown)?)
}

/// Checks that what was handed over opens, all of it, or seals it anew where that is asked for, which opens all of it
/// too: what the chain is told, and the file with the new keys.
async fn held(
	custody: &Custody,
	record: &RecordView,
	reseal: bool,
	context: &Context,
) -> Result<Option<(SealedAnew, PathBuf)>, Error> {
	let progress = context.output.progress("opening what was handed over");
	let (keys, store) = (custody.keys(record.id, &record.manifest)?, custody.blocks()?);
	let manifest = Manifest::fetch(&store, &keys).await?;
	if !reseal {
		seal::check(&manifest, &keys, &record.manifest, &store).await?;
		return Ok(None);
	}
	let epoch = record.epoch.saturating_add(1);
	let sealed = seal::reseal(&manifest, &keys, &store, epoch).await?;
	drop(progress);
	let progress = context.output.progress("sealing");
	let file = custody.keep_sealed(&sealed, Some(record.id)).await?;
	drop(progress);
	let (manifest, sections) = (sealed.commitment, sealed.sections());
	Ok(Some((SealedAnew { manifest, sections, epoch }, file)))
}
