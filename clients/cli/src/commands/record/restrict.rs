//! `hdx record restrict`, `lift-restriction` and `restrictions`.

use crate::{
	account, codes,
	commands::{ensure_patient, provider::Done, Context, SignedBy},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{AccountId, Code, RecordId};
use hdx_sdk::chain::{AtBlock, Restriction, RestrictionTerms, Until};
use serde::Serialize;
use serde_json::json;
use std::fmt;

/// What is restricted.
#[derive(Debug, clap::Args)]
pub struct Restrict {
	#[command(flatten)]
	whose: Whose,
	#[command(flatten)]
	terms: Terms,
}

/// Whose records, which of them, and who signs.
#[derive(Debug, clap::Args)]
pub struct Whose {
	#[command(flatten)]
	by: SignedBy,
	/// The patient, where a guardian signs. Left out: who signs.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: Option<AccountId>,
	/// The record. Left out: all of them.
	#[arg(long, value_name = "ID")]
	record: Option<u64>,
}

/// For which purposes nothing is disclosed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Terms {
	/// For none of these: a symbol such as HPAYMT, or system|code. May be repeated.
	#[arg(long, value_name = "CODE", value_parser = codes::purpose)]
	not_for: Vec<Code>,
	/// For these alone. May be repeated.
	#[arg(long, value_name = "CODE", value_parser = codes::purpose)]
	only_for: Vec<Code>,
	/// For nothing at all.
	#[arg(long)]
	nothing: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	patient: String,
	restrictions: Vec<Shown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	/// `None`: all of them.
	record: Option<u64>,
	not_for: Option<Vec<String>>,
	only_for: Option<Vec<String>>,
	by: String,
	since: String,
}

impl Shown {
	fn new(record: Option<RecordId>, restriction: &Restriction) -> Self {
		let (not_for, only_for) = match &restriction.terms {
			RestrictionTerms::NotFor(purposes) => (Some(codes::tokens(purposes)), None),
			RestrictionTerms::OnlyFor(purposes) => (None, Some(codes::tokens(purposes))),
		};
		Self {
			record: record.map(|record| record.0),
			not_for,
			only_for,
			by: restriction.by.to_string(),
			since: time::show(restriction.since),
		}
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.restrictions.is_empty() {
			return writeln!(f, "{} restricts nothing beyond consents", self.patient);
		}
		self.restrictions.iter().try_for_each(|one| {
			let title = match one.record {
				Some(record) => format!("record {record}"),
				None => "all records".to_owned(),
			};
			let terms = match (&one.not_for, &one.only_for) {
				(Some(purposes), _) => format!("not for {}", purposes.join(", ")),
				(_, Some(purposes)) if purposes.is_empty() => "for nothing".to_owned(),
				(_, Some(purposes)) => format!("for {} alone", purposes.join(", ")),
				(None, None) => String::new(),
			};
			let fields: [(&str, &dyn fmt::Display); 3] =
				[("disclosed", &terms), ("set by", &one.by), ("since", &one.since)];
			block(f, title, &fields)
		})
	}
}

/// Restricts.
pub async fn restrict(options: Restrict, context: &Context) -> Result<(), Error> {
	let signer = options.whose.by.signer()?;
	let patient = options.whose.patient.unwrap_or_else(|| signer.account());
	let record = options.whose.record.map(RecordId);
	let terms = match (options.terms.not_for, options.terms.nothing) {
		(_, true) => RestrictionTerms::OnlyFor(Vec::new()),
		(purposes, false) if !purposes.is_empty() => RestrictionTerms::NotFor(purposes),
		_ => RestrictionTerms::OnlyFor(options.terms.only_for),
	};
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = chain.restrict(&signer, patient, record, terms, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		"it is restricted; emergencies are not, unless the patient opted out".to_owned(),
		json!({ "record": record.map(|record| record.0), "entry": entry.0, "now": "restricted" }),
	))
}

/// Lifts a restriction.
pub async fn lift(whose: Whose, context: &Context) -> Result<(), Error> {
	let signer = whose.by.signer()?;
	let patient = whose.patient.unwrap_or_else(|| signer.account());
	let record = whose.record.map(RecordId);
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = chain.lift_restriction(&signer, patient, record, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		"the restriction is lifted; consents decide".to_owned(),
		json!({ "record": record.map(|record| record.0), "entry": entry.0, "now": "lifted" }),
	))
}

/// Lists restrictions.
pub async fn list(patient: AccountId, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	ensure_patient(&chain, &patient).await?;
	let found = chain.restrictions_of(&patient, AtBlock::Best).await?;
	context.output.show(&Listed {
		patient: patient.to_string(),
		restrictions: found.iter().map(|(record, one)| Shown::new(*record, one)).collect(),
	})
}
