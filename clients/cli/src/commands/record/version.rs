//! `hdx record update`, `retire` and `reinstate`: new versions, and records that are out of use.

use super::custody::{present_version, Which};
use crate::{
	commands::{provider::Done, Context},
	custody::Custody,
	error::Error,
	files,
};
use hdx_primitives::{GrantId, RecordId};
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	chain::{SealedAnew, Until},
	seal,
};
use serde_json::json;
use std::path::PathBuf;

/// What is sealed as the new version.
#[derive(Debug, clap::Args)]
pub struct Update {
	#[command(flatten)]
	which: Which,
	/// All that the new version holds: a FHIR R4 Bundle of one patient, in JSON.
	#[arg(long, value_name = "FILE")]
	bundle: PathBuf,
	/// The data directory that the record was sealed with.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
	/// The grant to write or to append under which somebody brought it. Left out: it is your own
	/// documentation.
	#[arg(long, value_name = "GRANT")]
	under: Option<u64>,
}

/// Seals and stores the new version, and registers it last.
pub async fn update(options: Update, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let custody = Custody::existing(&options.data)?;
	let bundle = Bundle::read(&options.bundle)?;
	let chain = context.connect().await?;
	// First the version: if another one comes before the record is read, the chain refuses.
	let version = present_version(&chain, RecordId(options.which.record)).await?;
	let record = chain.record(RecordId(options.which.record)).await?;
	// Whose keys are elsewhere cannot keep the version of before.
	custody.keys(record.id, &record.manifest)?;

	let progress = context.output.progress("sealing");
	let epoch = record.epoch.saturating_add(1);
	let sealed = seal::seal(&bundle.sections(&Labeller::default()), epoch)?;
	let pending = custody.keep_sealed(&sealed, Some(record.id)).await?;
	drop(progress);

	let progress = context.output.progress("waiting until it is final");
	let (manifest, sections) = (sealed.commitment, sealed.sections());
	let new = SealedAnew { manifest, sections, epoch };
	let under = options.under.map(GrantId);
	let result =
		chain.update_record(&signer, record.id, version, new, under, Until::Finalized).await;
	drop(progress);
	let (new_version, entry) = files::destroy_if_refused(result, &pending)?;
	let keys = custody.registered(record.id, &sealed.commitment)?;
	let before = custody.supersede(record.id, version, &record.manifest)?;
	context.output.show(&Done::new(
		format!(
			"record {} is version {new_version} from now on, with {sections} sections (entry {}); back up its keys: {}",
			record.id.0,
			entry.0,
			keys.display()
		),
		json!({
			"record": record.id.0,
			"version": new_version,
			"sections": sections,
			"epoch": epoch,
			"entry": entry.0,
			"keys": keys,
			"keysOfBefore": before,
		}),
	))
}

/// Takes a record out of use.
pub async fn retire(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = chain.retire_record(&signer, RecordId(which.record), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("record {} is out of use: nobody is granted or shown it", which.record),
		json!({ "record": which.record, "retired": true, "entry": entry.0 }),
	))
}

/// Takes a retired record into use again.
pub async fn reinstate(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = chain.reinstate_record(&signer, RecordId(which.record), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("record {} is in use again", which.record),
		json!({ "record": which.record, "retired": false, "entry": entry.0 }),
	))
}
