//! `hdx record request-erasure`, `refuse-erasure`, `erasures` and `erase`.

use super::custody::Which;
use crate::{
	commands::{
		block_with,
		provider::Done,
		statement::{commit_and_tell, Told},
		Context,
	},
	custody::Custody,
	document::Document,
	error::Error,
	output::block,
	time, words,
};
use clap::ValueEnum;
use hdx_primitives::{AccountId, Commitment, ErasureExemption, InstitutionId, RecordId};
use hdx_sdk::chain::{AtBlock, Chain, ErasureStanding, Until};
use serde::Serialize;
use serde_json::json;
use std::{fmt, path::PathBuf};

/// How many requests are asked for at once.
const PAGE: u32 = 100;

/// What is erased.
#[derive(Debug, clap::Args)]
pub struct Erase {
	#[command(flatten)]
	which: Which,
	/// The data directory that the record was sealed with.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
	/// What says that it was erased, where else there were copies, and who saw to it. It stays here; the
	/// chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	receipt: PathBuf,
}

/// Why something is kept.
#[derive(Debug, clap::Args)]
pub struct Refuse {
	#[command(flatten)]
	which: Which,
	/// Which exemption applies (GDPR article 17(3)).
	#[arg(long)]
	exemption: ExemptionName,
	/// The reasons. They stay here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	statement: PathBuf,
}

/// Exemptions, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ExemptionName {
	/// The law has the custodian keep it.
	LegalObligation,
	/// Public health.
	PublicHealth,
	/// Archiving, research or statistics, which it would impair seriously.
	Research,
	/// Legal claims.
	LegalClaims,
}

impl From<ExemptionName> for ErasureExemption {
	fn from(name: ExemptionName) -> Self {
		match name {
			ExemptionName::LegalObligation => Self::LegalObligation,
			ExemptionName::PublicHealth => Self::PublicHealth,
			ExemptionName::Research => Self::Research,
			ExemptionName::LegalClaims => Self::LegalClaims,
		}
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	institution: u32,
	pending: u32,
	overdue: u32,
	erased: u32,
	refused: u32,
	late: u32,
	requests: Vec<Shown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	record: u64,
	by: String,
	requested_at: String,
	due_at: String,
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let answered =
			format!("{} erased, {} refused, {} late", self.erased, self.refused, self.late);
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("pending", &self.pending), ("overdue", &self.overdue), ("answered", &answered)];
		block(f, format!("erasures asked of institution {}", self.institution), &fields)?;
		self.requests.iter().try_for_each(|one| {
			let Shown { record, by, requested_at, due_at } = one;
			writeln!(f, "  record {record}, due before {due_at}: asked by {by}, {requested_at}")
		})
	}
}

/// Asks for erasure.
pub async fn request(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let record = RecordId(which.record);
	let progress = context.output.progress("waiting until it is final");
	chain.request_erasure(&signer, record, Until::Finalized).await?;
	drop(progress);
	let due = chain.erasure_request(record, AtBlock::Best).await?;
	let due = due.map(|request| time::show(request.due_at));
	let until = due.clone().unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"the custodian of record {} has to erase it or say why not before {until}",
			record.0
		),
		json!({ "record": record.0, "answerDue": due }),
	))
}

/// Says why a record is kept.
pub async fn refuse(options: Refuse, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let statement = Document::read(&options.statement)?;
	let chain = context.connect().await?;
	let (record, exemption) = (RecordId(options.which.record), options.exemption.into());
	let call = |hash| chain.refuse_erasure(&signer, record, exemption, hash, Until::Finalized);
	let Told { answer: (), commitment, salt_file } =
		commit_and_tell(&statement, call, context).await?;
	let word = words::of(exemption);
	context.output.show(&Done::new(
		format!(
			"record {} is kept ({word}); give the statement and its salt to the patient: {}",
			record.0,
			salt_file.display(),
		),
		json!({
			"record": record.0,
			"exemption": word,
			"statement": commitment,
			"saltFile": salt_file,
		}),
	))
}

/// Lists what an institution was asked to erase.
pub async fn list(institution: u32, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let id = InstitutionId(institution);
	let block = block_with(&chain, id).await?;
	let ErasureStanding { pending, erased, refused, late, overdue } =
		chain.erasure_standing(id, block).await?;
	let mut requests = Vec::new();
	let mut after = None;
	loop {
		let page = chain.pending_erasures(id, after, PAGE, block).await?;
		let Some((last, _)) = page.last() else { break };
		after = Some(*last);
		requests.extend(page.iter().map(|(record, request)| Shown {
			record: record.0,
			by: request.by.to_string(),
			requested_at: time::show(request.requested_at),
			due_at: time::show(request.due_at),
		}));
	}
	context.output.show(&Listed { institution, pending, overdue, erased, refused, late, requests })
}

/// Erases: takes the keys away, has the chain record it, and destroys them last. What the chain refuses
/// loses nothing.
pub async fn erase(options: Erase, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let custody = Custody::existing(&options.data)?;
	let record = RecordId(options.which.record);
	let chain = context.connect().await?;
	if let Some(tombstone) = chain.tombstone(record, AtBlock::Best).await? {
		// It was interrupted after the chain had recorded it.
		let superseded = superseded(&chain, &custody, record, &tombstone.patient).await?;
		let destroyed = custody.destroy_aside(record, &superseded)?;
		return context.output.show(&Done::new(
			format!(
				"record {} was erased before; {destroyed} files were left to destroy",
				record.0
			),
			json!({ "record": record.0, "entry": null, "destroyed": destroyed }),
		));
	}
	let receipt = Document::read(&options.receipt)?;
	let found = chain.record(record).await?;
	custody.set_aside(record, &found.manifest)?;
	let call = |hash| chain.record_erasure(&signer, record, hash, Until::Finalized);
	let told = commit_and_tell(&receipt, call, context).await;
	// Where nobody knows what the chain did, they stay away: it may have recorded that they are gone.
	if told.as_ref().is_err_and(|error| !matches!(error, Error::Unclear { .. })) {
		custody.put_back(record, &found.manifest)?;
	}
	let Told { answer: entry, commitment, salt_file } = told?;
	let superseded = superseded(&chain, &custody, record, &found.patient).await?;
	let destroyed = custody.destroy_aside(record, &superseded)?;
	context.output.show(&Done::new(
		format!(
			"record {} is erased: {destroyed} files with keys and salts are destroyed. Entry {} proves the \
			 receipt (hdx audit prove); keep its salt: {}",
			record.0,
			entry.0,
			salt_file.display(),
		),
		json!({
			"record": record.0,
			"entry": entry.0,
			"destroyed": destroyed,
			"receipt": commitment,
			"saltFile": salt_file,
		}),
	))
}

/// The key files that an interrupted update left under the name of a manifest that is superseded.
async fn superseded(
	chain: &Chain,
	custody: &Custody,
	record: RecordId,
	patient: &AccountId,
) -> Result<Vec<Commitment>, Error> {
	let mut found = Vec::new();
	for commitment in custody.commitments()? {
		if chain.superseded_manifest(patient, commitment).await? == Some(record) {
			found.push(commitment);
		}
	}
	Ok(found)
}
