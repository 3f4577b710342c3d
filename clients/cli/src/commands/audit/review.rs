//! `hdx audit review`: patients have entries reviewed, and institutions answer.

use crate::{
	account,
	commands::{
		block_with,
		finding::FindingName,
		provider::Done,
		statement::{commit_and_tell, Told},
		Context, SignedBy,
	},
	document::Document,
	error::Error,
	output::block,
	time, words,
};
use clap::{Subcommand, ValueEnum};
use hdx_primitives::{EntryIndex, InstitutionId, Milliseconds, ReviewReason};
use hdx_sdk::chain::{
	AtBlock, ChainError, EntryReview, EntryReviewStatus, ReviewClosure, ReviewTally, ReviewTerms,
	Until,
};
use serde::Serialize;
use serde_json::json;
use std::{fmt, path::PathBuf};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Review {
	/// Have an entry about you reviewed by the institution that acted.
	#[command(after_help = "\
Examples:
  hdx audit review request --as //Charlie 4 --reason not-treating
  hdx audit review request --as guardian.key 4 --reason beyond-consent

The institution has to answer in time: hdx audit review terms.")]
	Request {
		#[command(flatten)]
		which: Which,
		/// Why.
		#[arg(long)]
		reason: ReasonName,
	},
	/// Answer a review, for the institution that acted.
	#[command(after_help = "\
Example:
  hdx audit review answer --as //Bob 4 --finding justified --statement answer.pdf

The statement goes to the patient by other means; the chain gets a hash of it and of a new secret salt, which is
written to answer.pdf.salt. Give both to the patient.")]
	Answer(Found),
	/// Take a review to governance: one that is overdue, or whose answer does not satisfy.
	#[command(after_help = "\
Example:
  hdx audit review escalate --as //Charlie 4")]
	Escalate(Which),
	/// Withdraw a review.
	#[command(after_help = "\
Example:
  hdx audit review withdraw --as //Charlie 4")]
	Withdraw(Which),
	/// Decide a review that was taken to governance. Governance does that.
	#[command(after_help = "\
Example:
  hdx audit review decide --as //Ferdie 4 --finding violation --statement decision.pdf")]
	Decide(Found),
	/// Show the review of an entry.
	#[command(after_help = "\
Example:
  hdx audit review show 4")]
	Show {
		/// The entry.
		#[arg(value_name = "INDEX")]
		entry: u64,
	},
	/// List the open reviews of an institution, and how it deals with reviews.
	#[command(after_help = "\
Example:
  hdx audit review list --institution 1")]
	List {
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
	},
	/// Show how much time there is for the steps of a review, or set it. Governance sets it.
	#[command(after_help = "\
Examples:
  hdx audit review terms
  hdx audit review terms --as //Ferdie --answer-within 30d --escalate-within 30d")]
	Terms(Terms),
}

/// An entry, and who signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The entry.
	#[arg(value_name = "INDEX")]
	entry: u64,
}

/// What was found.
#[derive(Debug, clap::Args)]
pub struct Found {
	#[command(flatten)]
	which: Which,
	/// What was found.
	#[arg(long)]
	finding: FindingName,
	/// What was written about it. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	statement: PathBuf,
}

/// How much time there is.
#[derive(Debug, clap::Args)]
pub struct Terms {
	/// Set it; governance does that. Left out: show it.
	#[arg(long = "as", value_name = "KEY", requires_all = ["answer_within", "escalate_within"])]
	key: Option<String>,
	/// For the institution, to answer.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	answer_within: Option<Milliseconds>,
	/// For the patient, to take an answer to governance.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	escalate_within: Option<Milliseconds>,
}

/// Why an entry is reviewed, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReasonName {
	/// Who acted does not treat the patient.
	NotTreating,
	/// It was done for another purpose than the entry says.
	PurposeDisputed,
	/// It goes beyond what the patient consented to.
	BeyondConsent,
	/// The patient does not know the institution.
	InstitutionUnknown,
	/// There was no emergency.
	EmergencyDisputed,
	/// Something else.
	Other,
}

impl From<ReasonName> for ReviewReason {
	fn from(name: ReasonName) -> Self {
		match name {
			ReasonName::NotTreating => Self::NotTreating,
			ReasonName::PurposeDisputed => Self::PurposeDisputed,
			ReasonName::BeyondConsent => Self::BeyondConsent,
			ReasonName::InstitutionUnknown => Self::InstitutionUnknown,
			ReasonName::EmergencyDisputed => Self::EmergencyDisputed,
			ReasonName::Other => Self::Other,
		}
	}
}

/// A review, as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	entry: u64,
	patient: String,
	requested_by: String,
	institution: u32,
	reason: String,
	requested_at: String,
	answer_due: String,
	/// `awaiting`, `overdue`, `answered`, `escalated`, `withdrawn`, `lapsed` or `decided`.
	status: &'static str,
	/// Until when an answer can be taken to governance.
	escalate_by: Option<String>,
	answer: Option<Said>,
	decision: Option<Said>,
}

/// What was found.
#[derive(Serialize)]
struct Said {
	finding: String,
	statement: String,
	at: Option<String>,
	late: Option<bool>,
}

impl Shown {
	fn new(entry: EntryIndex, review: &EntryReview, now: Milliseconds) -> Self {
		let (status, escalate_by, decision) = match review.status {
			EntryReviewStatus::Awaiting { is_overdue }
				if is_overdue || review.answer_due <= now =>
			{
				("overdue", None, None)
			},
			EntryReviewStatus::Awaiting { .. } => ("awaiting", None, None),
			EntryReviewStatus::Answered { escalate_by, .. } => {
				("answered", Some(escalate_by), None)
			},
			EntryReviewStatus::Escalated { .. } => ("escalated", None, None),
			EntryReviewStatus::Closed { closure, .. } => match closure {
				ReviewClosure::Withdrawn => ("withdrawn", None, None),
				ReviewClosure::Lapsed => ("lapsed", None, None),
				ReviewClosure::Decided { finding, statement } => {
					let said = Said {
						finding: words::of(finding),
						statement: format!("0x{}", hex::encode(statement.0)),
						at: None,
						late: None,
					};
					("decided", None, Some(said))
				},
			},
		};
		Self {
			entry: entry.0,
			patient: review.patient.to_string(),
			requested_by: review.requested_by.to_string(),
			institution: review.institution.0,
			reason: words::of(review.reason),
			requested_at: time::show(review.requested_at),
			answer_due: time::show(review.answer_due),
			status,
			escalate_by: escalate_by.map(time::show),
			answer: review.answer().map(|answer| Said {
				finding: words::of(answer.finding),
				statement: format!("0x{}", hex::encode(answer.statement.0)),
				at: Some(time::show(answer.at)),
				late: Some(answer.is_late),
			}),
			decision,
		}
	}
}

impl fmt::Display for Said {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.finding)?;
		if let Some(at) = &self.at {
			write!(f, ", {at}")?;
		}
		if self.late == Some(true) {
			f.write_str(", late")?;
		}
		write!(f, " (statement {})", self.statement)
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = match &self.escalate_by {
			Some(by) => format!("{}; can be taken to governance until {by}", self.status),
			None => self.status.to_owned(),
		};
		let said = |said: &Option<Said>| said.as_ref().map(Said::to_string).unwrap_or_default();
		let asked = format!("{} by {}", self.requested_at, self.requested_by);
		let fields: [(&str, &dyn fmt::Display); 8] = [
			("patient", &self.patient),
			("institution", &self.institution),
			("asked", &asked),
			("why", &self.reason),
			("answer due", &self.answer_due),
			("status", &status),
			("answer", &said(&self.answer)),
			("decision", &said(&self.decision)),
		];
		block(f, format!("review of entry {}", self.entry), &fields)
	}
}

/// The open reviews of an institution.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	institution: u32,
	tally: Tally,
	reviews: Vec<Shown>,
}

#[derive(Serialize)]
struct Tally {
	open: u32,
	overdue: u32,
	requested: u32,
	late: u32,
	escalated: u32,
	unanswered: u32,
	violations: u32,
}

impl From<ReviewTally> for Tally {
	fn from(tally: ReviewTally) -> Self {
		let ReviewTally { open, overdue, requested, late, escalated, unanswered, violations } =
			tally;
		Self { open, overdue, requested, late, escalated, unanswered, violations }
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Tally { open, overdue, requested, late, escalated, unanswered, violations } =
			self.tally;
		let all = format!("{requested} asked for, {late} answered late");
		let governance = format!("{escalated}, {unanswered} of them unanswered");
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("open", &open),
			("overdue", &overdue),
			("ever", &all),
			("to governance", &governance),
			("violations", &violations),
		];
		block(f, format!("reviews of institution {}", self.institution), &fields)?;
		self.reviews.iter().try_for_each(|review| review.fmt(f))
	}
}

/// Does it.
pub async fn run(command: Review, context: &Context) -> Result<(), Error> {
	match command {
		Review::Request { which, reason } => request(which, reason, context).await,
		Review::Answer(found) => answer(found, context).await,
		Review::Escalate(which) => step(which, Step::Escalate, context).await,
		Review::Withdraw(which) => step(which, Step::Withdraw, context).await,
		Review::Decide(found) => decide(found, context).await,
		Review::Show { entry } => show(EntryIndex(entry), context).await,
		Review::List { institution } => list(InstitutionId(institution), context).await,
		Review::Terms(options) => terms(options, context).await,
	}
}

async fn request(which: Which, reason: ReasonName, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let entry = EntryIndex(which.entry);
	let due = chain.request_review(&signer, entry, reason.into(), Until::Finalized).await?;
	drop(progress);
	let due = time::show(due);
	context.output.show(&Done::new(
		format!("entry {} is reviewed; the institution has to answer before {due}", entry.0),
		json!({ "entry": entry.0, "answerDue": due }),
	))
}

async fn answer(found: Found, context: &Context) -> Result<(), Error> {
	let signer = found.which.by.signer()?;
	let statement = Document::read(&found.statement)?;
	let chain = context.connect().await?;
	let (entry, finding) = (EntryIndex(found.which.entry), found.finding.into());
	let call = |hash| chain.answer_review(&signer, entry, finding, hash, Until::Finalized);
	let Told { answer: late, commitment, salt_file } =
		commit_and_tell(&statement, call, context).await?;
	let when = if late { "answered, late" } else { "answered" };
	context.output.show(&Done::new(
		format!(
			"the review of entry {} is {when}; give the statement and its salt to the patient: {}",
			entry.0,
			salt_file.display()
		),
		json!({
			"entry": entry.0,
			"late": late,
			"statement": commitment,
			"saltFile": salt_file,
		}),
	))
}

async fn decide(found: Found, context: &Context) -> Result<(), Error> {
	let signer = found.which.by.signer()?;
	let statement = Document::read(&found.statement)?;
	let chain = context.connect().await?;
	let (entry, finding) = (EntryIndex(found.which.entry), found.finding.into());
	let call = |hash| chain.decide_review(&signer, entry, finding, hash, Until::Finalized);
	let Told { answer: (), commitment, salt_file } =
		commit_and_tell(&statement, call, context).await?;
	context.output.show(&Done::new(
		format!(
			"the review of entry {} is decided; keep the salt: {}",
			entry.0,
			salt_file.display()
		),
		json!({
			"entry": entry.0,
			"statement": commitment,
			"saltFile": salt_file,
		}),
	))
}

/// A step that needs nothing but a signature.
#[derive(Clone, Copy)]
enum Step {
	Escalate,
	Withdraw,
}

async fn step(which: Which, step: Step, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let entry = EntryIndex(which.entry);
	let progress = context.output.progress("waiting until it is final");
	let now = match step {
		Step::Escalate => {
			chain.escalate_review(&signer, entry, Until::Finalized).await?;
			"taken to governance"
		},
		Step::Withdraw => {
			chain.withdraw_review(&signer, entry, Until::Finalized).await?;
			"withdrawn"
		},
	};
	drop(progress);
	context.output.show(&Done::new(
		format!("the review of entry {} is {now}", entry.0),
		json!({ "entry": entry.0, "now": now }),
	))
}

async fn show(entry: EntryIndex, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let found = chain.entry_review(entry, AtBlock::Best).await?;
	let what = || ChainError::NotFound { what: format!("review of entry {}", entry.0) };
	let found = found.ok_or_else(what)?;
	context.output.show(&Shown::new(entry, &found, chain.now().await?))
}

async fn list(institution: InstitutionId, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let block = block_with(&chain, institution).await?;
	let now = chain.now().await?;
	let tally = chain.review_tally(institution, block).await?;
	let reviews = chain.open_reviews(institution, block).await?;
	context.output.show(&Listed {
		institution: institution.0,
		tally: tally.into(),
		reviews: reviews.iter().map(|(entry, review)| Shown::new(*entry, review, now)).collect(),
	})
}

async fn terms(options: Terms, context: &Context) -> Result<(), Error> {
	let wanted = match (&options.key, options.answer_within, options.escalate_within) {
		(Some(key), Some(answer_within), Some(escalate_within)) => {
			let signer = account::signer(key)?;
			Some((signer, ReviewTerms { answer_within, escalate_within }))
		},
		_ => None,
	};
	let chain = context.connect().await?;
	if let Some((signer, terms)) = wanted {
		let progress = context.output.progress("waiting until it is final");
		chain.set_review_terms(&signer, terms, Until::Finalized).await?;
		drop(progress);
	}
	let terms = chain.review_terms(AtBlock::Best).await?;
	let (answer, escalate) =
		(time::show_duration(terms.answer_within), time::show_duration(terms.escalate_within));
	context.output.show(&Done::new(
		format!(
			"institutions have {answer} to answer; patients have {escalate} to take an answer to \
			 governance"
		),
		json!({ "answerWithin": answer, "escalateWithin": escalate }),
	))
}
