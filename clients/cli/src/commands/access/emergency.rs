//! `hdx access break-glass|review|reviews|emergency-terms`.

use super::{
	request::{shown, What},
	view::state,
};
use crate::{
	account, codes,
	commands::{finding::FindingName, provider::RoleName, Context, SignedBy},
	document::{self, Document},
	error::Error,
	exit::Exit,
	output::block,
	time, words,
};
use clap::ValueEnum;
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, AccountId, Action, ContextHash, GrantId,
	InstitutionId, Milliseconds, OverrideReason, ReviewOutcome,
};
use hdx_sdk::chain::{AccessAnswer, AtBlock, BreakGlassView, EmergencyTerms, Until};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// How many break-glasses are listed at most.
const PAGE: u32 = 100;

/// What is asked in an emergency.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct BreakGlass {
	#[command(flatten)]
	by: SignedBy,
	/// Your second key: a key file, or a development key. It signs this very request and reason.
	#[arg(long, value_name = "KEY")]
	second_key: String,
	#[command(flatten)]
	asked: Asked,
}

/// What is asked in an emergency, by whomever.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Asked {
	/// Whose record.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: AccountId,
	#[command(flatten)]
	what: What,
	/// The institution on whose behalf, by its number.
	#[arg(long, value_name = "N")]
	on_behalf_of: u32,
	/// The role in which.
	#[arg(long)]
	role: RoleName,
	/// Why the glass is broken.
	#[arg(long)]
	reason: ReasonName,
	/// Break the glass of a treatment that is going on (BTG) instead of an emergency treatment (ETREAT).
	#[arg(long)]
	btg: bool,
	/// For how long.
	#[arg(long, value_name = "DURATION", default_value = "1h", value_parser = time::duration)]
	duration: Milliseconds,
	/// In which context: an encounter. The chain gets a salted hash.
	#[arg(long, value_name = "TEXT")]
	context: Option<String>,
}

/// An emergency that was read.
pub struct Read {
	/// What is asked.
	pub request: AccessRequest,
	/// Why.
	pub reason: OverrideReason,
	/// The salt of the context.
	pub context_salt: Option<String>,
}

impl Asked {
	/// The request, with a salt that is drawn for the context.
	pub fn read(self) -> Result<Read, Error> {
		let (hash, context_salt) = match &self.context {
			Some(text) => {
				let (hash, salt) = document::context(text)?;
				(hash, Some(salt))
			},
			None => (ContextHash([0; 32]), None),
		};
		let request = AccessRequest {
			on_behalf_of: InstitutionId(self.on_behalf_of),
			role: self.role.into(),
			patient: self.patient,
			target: self.what.target(),
			purpose: if self.btg { purpose::BTG } else { purpose::ETREAT },
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: hash,
			duration: self.duration,
		};
		Ok(Read { request, reason: self.reason.into(), context_salt })
	}
}

/// Reasons, as they are typed: the value set ActConsentInformationAccessOverrideReason of HL7 v3.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum ReasonName {
	/// OVRER: the patient cannot consent and needs care at once.
	EmergencyTreatment,
	/// OVRINCOMP: the patient is unable to decide, and nobody else is at hand who could.
	Incompetency,
	/// OVRPJ: the patient has not consented, and their care demands it.
	ProfessionalJudgment,
	/// OVRPS: public safety.
	PublicSafety,
	/// OVRTPS: the health or safety of somebody else.
	ThirdPartySafety,
}

impl From<ReasonName> for OverrideReason {
	fn from(name: ReasonName) -> Self {
		match name {
			ReasonName::EmergencyTreatment => Self::EmergencyTreatment,
			ReasonName::Incompetency => Self::Incompetency,
			ReasonName::ProfessionalJudgment => Self::ProfessionalJudgment,
			ReasonName::PublicSafety => Self::PublicSafety,
			ReasonName::ThirdPartySafety => Self::ThirdPartySafety,
		}
	}
}

/// What a review found.
#[derive(Debug, clap::Args)]
pub struct Review {
	#[command(flatten)]
	by: SignedBy,
	/// The break-glass, by its grant.
	#[arg(value_name = "GRANT")]
	grant: u64,
	/// What was found.
	#[arg(long)]
	outcome: FindingName,
	/// What was written down about it. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	finding: PathBuf,
}

/// Which break-glasses are listed.
#[derive(Debug, clap::Args)]
pub struct Reviews {
	#[command(flatten)]
	of: Of,
	/// How many to leave out at the beginning, of a patient's.
	#[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "institution")]
	skip: u32,
	/// Only those behind this one, of an institution's.
	#[arg(long, value_name = "GRANT", conflicts_with = "patient")]
	after: Option<u64>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Of {
	/// The reviews that this institution still has to make, the most urgent first.
	#[arg(long, value_name = "N")]
	institution: Option<u32>,
	/// Every break-glass about this patient, the oldest first.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: Option<AccountId>,
}

/// The terms of breaking the glass.
#[derive(Debug, clap::Args)]
pub struct Terms {
	/// Set them; governance does that. Left out: show them.
	#[arg(long = "as", value_name = "KEY", requires_all = ["max_duration", "uses", "review_within", "max_overdue"])]
	key: Option<String>,
	/// Longest time for which a grant may be asked in an emergency.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	max_duration: Option<Milliseconds>,
	/// How many disclosures may be made under such a grant.
	#[arg(long, value_name = "N", requires = "key")]
	uses: Option<u32>,
	/// How long after it a break-glass has to be reviewed.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	review_within: Option<Milliseconds>,
	/// How many reviews of an institution may be overdue before it breaks no more glass.
	#[arg(long, value_name = "N", requires = "key")]
	max_overdue: Option<u32>,
	/// How often a day a clinician may break the glass by proof. Zero: nobody may. Left out: as before.
	#[arg(long, value_name = "N", requires = "key")]
	proofs_a_day: Option<u8>,
}

/// Breaks the glass.
pub async fn break_glass(options: BreakGlass, context: &Context) -> Result<Exit, Error> {
	let practitioner = options.by.signer()?;
	let second_key = account::signer(&options.second_key)?;
	let Read { request, reason, context_salt } = options.asked.read()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let answer = chain
		.break_glass(&practitioner, request, reason, Some(&second_key), Until::Finalized)
		.await?;
	drop(progress);
	context.output.show(&shown(answer, context_salt))?;
	Ok(match answer {
		AccessAnswer::Granted { .. } => Exit::Done,
		AccessAnswer::Denied { .. } => Exit::Refused,
	})
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reviewed {
	grant: u64,
	outcome: String,
	finding: String,
	salt_file: PathBuf,
	entry: u64,
}

impl fmt::Display for Reviewed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 3] = [
			("outcome", &self.outcome),
			("salt (keep)", &self.salt_file.display()),
			("log entry", &self.entry),
		];
		block(f, format!("break-glass {} is reviewed", self.grant), &fields)
	}
}

/// Closes a review.
pub async fn review(options: Review, context: &Context) -> Result<(), Error> {
	let reviewer = options.by.signer()?;
	let document = Document::read(&options.finding)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let finding = committed.commitment;
	let outcome: ReviewOutcome = options.outcome.into();
	let progress = context.output.progress("waiting until it is final");
	let grant = GrantId(options.grant);
	let result =
		chain.review_break_glass(&reviewer, grant, outcome, finding, Until::Finalized).await;
	drop(progress);
	let (entry, salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Reviewed {
		grant: options.grant,
		outcome: words::of(outcome),
		finding: format!("0x{}", hex::encode(finding.0)),
		salt_file,
		entry: entry.0,
	})
}

/// A break-glass, as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	grant: u64,
	state: &'static str,
	practitioner: String,
	institution: u32,
	role: String,
	patient: String,
	reason: String,
	reason_code: String,
	broken_at: String,
	expires_at: String,
	deadline: String,
	overdue: bool,
	review: Option<ShownReview>,
	entry: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownReview {
	reviewer: String,
	at: String,
	outcome: String,
	finding: String,
	late: bool,
}

impl Shown {
	fn new(view: &BreakGlassView, now: Milliseconds) -> Self {
		Self {
			grant: view.grant.id.0,
			state: state(&view.grant, now),
			practitioner: view.grant.grantee.to_string(),
			institution: view.grant.on_behalf_of.0,
			role: format!("{:?}", view.grant.role),
			patient: view.grant.patient.to_string(),
			reason: words::of(view.reason),
			reason_code: codes::token_of(&view.reason.code()),
			broken_at: time::show(view.grant.issued_at),
			expires_at: time::show(view.grant.expires_at),
			deadline: time::show(view.deadline),
			overdue: view.review.is_none() && view.deadline <= now,
			review: view.review.as_ref().map(|review| ShownReview {
				reviewer: review.reviewer.to_string(),
				at: time::show(review.at),
				outcome: words::of(review.outcome),
				finding: format!("0x{}", hex::encode(review.finding.0)),
				late: review.is_late,
			}),
			entry: view.entry.0,
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let review = match &self.review {
			Some(review) => {
				let late = if review.late { ", late" } else { "" };
				format!("{} by {}, {}{late}", review.outcome, review.reviewer, review.at)
			},
			None if self.overdue => format!("OVERDUE since {}", self.deadline),
			None => format!("due by {}", self.deadline),
		};
		let who =
			format!("{} for institution {}, as {}", self.practitioner, self.institution, self.role);
		let until = format!("{} to {} ({})", self.broken_at, self.expires_at, self.state);
		let fields: [(&str, &dyn fmt::Display); 6] = [
			("by", &who),
			("patient", &self.patient),
			("why", &self.reason),
			("when", &until),
			("review", &review),
			("log entry", &self.entry),
		];
		block(f, format!("break-glass {}", self.grant), &fields)
	}
}

/// What is listed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	break_glasses: Vec<Shown>,
	#[serde(skip_serializing_if = "Option::is_none")]
	standing: Option<Standing>,
}

/// How an institution stands with its reviews.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
	pending: u32,
	closed: u32,
	late: u32,
	overdue: u32,
	blocked: bool,
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if let Some(standing) = &self.standing {
			let Standing { pending, closed, late, overdue, blocked } = standing;
			writeln!(f, "{pending} pending ({overdue} overdue), {closed} closed ({late} late)")?;
			if *blocked {
				writeln!(
					f,
					"nobody breaks the glass for this institution until reviews are closed"
				)?;
			}
		} else if self.break_glasses.is_empty() {
			writeln!(f, "none")?;
		}
		self.break_glasses.iter().try_for_each(|one| writeln!(f, "{one}"))
	}
}

/// Lists.
pub async fn reviews(options: Reviews, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let now = chain.now().await?;
	let block = AtBlock::Best;
	let (found, standing) = match (options.of.institution, &options.of.patient) {
		(Some(id), _) => {
			let id = InstitutionId(id);
			let after = options.after.map(GrantId);
			let found = chain.pending_reviews(id, after, PAGE, block).await?;
			let standing = chain.review_standing(id, block).await?;
			let standing = Standing {
				pending: standing.pending,
				closed: standing.closed,
				late: standing.late,
				overdue: standing.overdue,
				blocked: standing.is_blocked,
			};
			(found, Some(standing))
		},
		(None, Some(patient)) => {
			(chain.break_glasses_of(patient, options.skip, PAGE, block).await?, None)
		},
		// clap asks for one of them.
		(None, None) => (Vec::new(), None),
	};
	let break_glasses = found.iter().map(|one| Shown::new(one, now)).collect();
	context.output.show(&Listed { break_glasses, standing })
}

/// The terms, as they are shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownTerms {
	max_duration: String,
	uses: u32,
	review_within: String,
	max_overdue: u32,
	proofs_a_day: u8,
}

impl fmt::Display for ShownTerms {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("a grant holds for at most", &self.max_duration),
			("disclosures", &self.uses),
			("reviewed within", &self.review_within),
			("overdue at most", &self.max_overdue),
			("by proof, a day", &self.proofs_a_day),
		];
		block(f, "breaking the glass", &fields)
	}
}

/// Shows the terms, or sets them.
pub async fn terms(options: Terms, context: &Context) -> Result<(), Error> {
	let signer = options.key.as_deref().map(account::signer).transpose()?;
	let chain = context.connect().await?;
	let now = chain.emergency_terms(AtBlock::Best).await?;
	let terms = EmergencyTerms {
		max_duration: options.max_duration.unwrap_or(now.max_duration),
		uses: options.uses.unwrap_or(now.uses),
		review_within: options.review_within.unwrap_or(now.review_within),
		max_overdue: options.max_overdue.unwrap_or(now.max_overdue),
		proofs_a_day: options.proofs_a_day.unwrap_or(now.proofs_a_day),
	};
	if let Some(signer) = signer {
		let _progress = context.output.progress("waiting until it is final");
		chain.set_emergency_terms(&signer, terms, Until::Finalized).await?;
	}
	context.output.show(&ShownTerms {
		max_duration: time::show_duration(terms.max_duration),
		uses: terms.uses,
		review_within: time::show_duration(terms.review_within),
		max_overdue: terms.max_overdue,
		proofs_a_day: terms.proofs_a_day,
	})
}
