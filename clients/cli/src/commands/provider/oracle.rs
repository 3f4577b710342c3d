//! `hdx provider oracle`: who reads issuers' status lists, and what they report.

use super::{
	block::Block,
	done::Done,
	kinds::{ReasonName, StatusName},
};
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
	output::block,
	time, words,
};
use clap::Subcommand;
use hdx_primitives::{AccountId, CredentialId, InstitutionId, Milliseconds, H256};
use hdx_sdk::chain::{OracleTerms, OracleView, StatusReport, SuspensionReason, Until};
use serde::Serialize;
use serde_json::json;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Oracle {
	/// Register an oracle. Governance does that.
	#[command(after_help = "\
Examples:
  hdx provider oracle register --as //Ferdie --account //Oracle1
  hdx provider oracle register --as //Ferdie --account //Oracle2 --institution 0")]
	Register {
		#[command(flatten)]
		by: SignedBy,
		/// The account that will report. Never a practitioner's or an issuer's.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		account: AccountId,
		/// The institution that runs it. Left out: an independent body does.
		#[arg(long, value_name = "N")]
		institution: Option<u32>,
	},
	/// Remove an oracle; its reports count no more. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider oracle remove --as //Ferdie //Oracle1")]
	Remove(Which),
	/// Set how many oracles have to agree, and for how long that counts. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider oracle terms --as //Ferdie --quorum 2 --ttl 1d --report-lifetime 1h \\
    --max-misbehaviour 3")]
	Terms(Terms),
	/// Suspend an oracle. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider oracle suspend --as //Ferdie //Oracle1 --reason security")]
	Suspend {
		#[command(flatten)]
		which: Which,
		/// Why.
		#[arg(long)]
		reason: ReasonName,
	},
	/// End a suspension, and forgive what was counted against it. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider oracle reinstate --as //Ferdie //Oracle1")]
	Reinstate(Which),
	/// List the oracles, and the terms.
	#[command(after_help = "\
Example:
  hdx provider oracle list --json")]
	List {
		#[command(flatten)]
		block: Block,
	},
	/// Report what a status list says of a credential, as an oracle.
	#[command(after_help = "\
Example:
  hdx provider oracle report --as //Oracle1 //Dave --id 3 --status good --evidence 0x5f2c…

The evidence is a salted hash of what was seen: the list's address, the index and the hash of the list.")]
	Report(Report),
}

/// An oracle, and governance which signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The oracle's account.
	#[arg(value_parser = account::parse)]
	account: AccountId,
}

/// What is asked of oracles.
#[derive(Debug, clap::Args)]
pub struct Terms {
	#[command(flatten)]
	by: SignedBy,
	/// How many have to agree.
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
	quorum: u32,
	/// How long a check counts.
	#[arg(long, value_name = "DURATION", value_parser = time::duration)]
	ttl: Milliseconds,
	/// How long a report counts.
	#[arg(long, value_name = "DURATION", value_parser = time::duration)]
	report_lifetime: Milliseconds,
	/// With how many contradictions an oracle is suspended.
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
	max_misbehaviour: u32,
}

/// What was read.
#[derive(Debug, clap::Args)]
pub struct Report {
	#[command(flatten)]
	by: SignedBy,
	/// Whom the credential is about.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// Which of their credentials.
	#[arg(long, value_name = "N")]
	id: u64,
	/// What its status is.
	#[arg(long)]
	status: StatusName,
	/// Hash of what was seen: 0x and 64 hexadecimal digits.
	#[arg(long, value_name = "HASH", value_parser = evidence)]
	evidence: H256,
	/// When it was looked at: RFC 3339. Left out: now, by the clock of this machine.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	checked_at: Option<Milliseconds>,
}

fn evidence(text: &str) -> Result<H256, String> {
	let mut hash = [0; 32];
	let digits = text.strip_prefix("0x").unwrap_or_default();
	match hex::decode_to_slice(digits, &mut hash) {
		Ok(()) => Ok(H256(hash)),
		Err(_) => Err(format!("`{text}` is no hash: give 0x and 64 hexadecimal digits")),
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	account: String,
	institution: Option<u32>,
	active: bool,
	suspended: Option<String>,
	misbehaviour: u32,
	registered_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownTerms {
	quorum: u32,
	ttl: String,
	report_lifetime: String,
	max_misbehaviour: u32,
}

#[derive(Serialize)]
struct Listed {
	terms: Option<ShownTerms>,
	oracles: Vec<Shown>,
}

impl From<OracleView> for Shown {
	fn from(view: OracleView) -> Self {
		Self {
			account: view.account.to_string(),
			institution: view.institution.map(|id| id.0),
			active: view.suspended.is_none(),
			suspended: view.suspended.map(words::of),
			misbehaviour: view.misbehaviour,
			registered_at: time::show(view.registered_at),
		}
	}
}

impl From<OracleTerms> for ShownTerms {
	fn from(terms: OracleTerms) -> Self {
		Self {
			quorum: terms.quorum,
			ttl: time::show_duration(terms.ttl),
			report_lifetime: time::show_duration(terms.report_lifetime),
			max_misbehaviour: terms.max_misbehaviour,
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = self
			.suspended
			.as_ref()
			.map_or_else(|| "active".to_owned(), |reason| format!("suspended ({reason})"));
		let run_by = self
			.institution
			.map_or_else(|| "an independent body".to_owned(), |id| format!("institution {id}"));
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("run by", &run_by),
			("status", &status),
			("contradictions", &self.misbehaviour),
			("registered", &self.registered_at),
		];
		block(f, format!("oracle {}", self.account), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match &self.terms {
			Some(terms) => writeln!(
				f,
				"{} have to agree; a check counts for {}, a report for {}; suspended after {} \
				 contradictions",
				terms.quorum, terms.ttl, terms.report_lifetime, terms.max_misbehaviour,
			)?,
			None => writeln!(f, "governance has set no terms: no report is taken")?,
		}
		if self.oracles.is_empty() {
			return writeln!(f, "no oracles are registered");
		}
		self.oracles.iter().try_for_each(|oracle| oracle.fmt(f))
	}
}

/// Does it.
pub async fn run(command: Oracle, context: &Context) -> Result<(), Error> {
	match command {
		Oracle::Register { by, account, institution } => {
			register(&by, account, institution, context).await
		},
		Oracle::Remove(which) => remove(which, context).await,
		Oracle::Terms(terms) => set_terms(terms, context).await,
		Oracle::Suspend { which, reason } => set(which, Some(reason.into()), context).await,
		Oracle::Reinstate(which) => set(which, None, context).await,
		Oracle::List { block } => list(block, context).await,
		Oracle::Report(options) => report(options, context).await,
	}
}

async fn register(
	by: &SignedBy,
	account: AccountId,
	institution: Option<u32>,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let run_by = institution.map(InstitutionId);
	chain.register_oracle(&signer, account.clone(), run_by, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("oracle {account} is registered"),
		json!({ "oracle": account.to_string(), "institution": institution }),
	))
}

async fn remove(which: Which, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.remove_oracle(&signer, which.account.clone(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("oracle {} is removed, and its reports count no more", which.account),
		json!({ "oracle": which.account.to_string(), "now": "removed" }),
	))
}

async fn set_terms(options: Terms, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let terms = OracleTerms {
		quorum: options.quorum,
		ttl: options.ttl,
		report_lifetime: options.report_lifetime,
		max_misbehaviour: options.max_misbehaviour,
	};
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.set_oracle_terms(&signer, terms, Until::Finalized).await?;
	drop(progress);
	let shown = ShownTerms::from(terms);
	let sentence =
		format!("{} oracles have to agree, and a check counts for {}", shown.quorum, shown.ttl);
	context.output.show(&Done::new(sentence, json!(shown)))
}

async fn set(
	which: Which,
	suspended: Option<SuspensionReason>,
	context: &Context,
) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let account = which.account.clone();
	chain.set_oracle_suspended(&signer, account, suspended, Until::Finalized).await?;
	drop(progress);
	let reason = suspended.map(words::of);
	let now = reason.as_ref().map_or("active".to_owned(), |reason| format!("suspended ({reason})"));
	context.output.show(&Done::new(
		format!("oracle {} is {now}", which.account),
		json!({
			"oracle": which.account.to_string(),
			"active": reason.is_none(),
			"reason": reason,
		}),
	))
}

async fn list(block: Block, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (block, _) = block.fixed(&chain).await?;
	let terms = chain.oracle_terms(block).await?.map(Into::into);
	let oracles = chain.oracles(block).await?.into_iter().map(Into::into).collect();
	context.output.show(&Listed { terms, oracles })
}

async fn report(options: Report, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let report = StatusReport {
		credential: CredentialId(options.id),
		status: options.status.into(),
		evidence: options.evidence,
		checked_at: options.checked_at.unwrap_or_else(time::now),
	};
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let practitioner = options.practitioner.clone();
	let reported = chain.report_status(&signer, practitioner, report, Until::Finalized).await?;
	drop(progress);
	let decided = reported.decided.map(words::of);
	let outcome = match &decided {
		Some(status) => format!("enough oracles agree: it is {status}"),
		None => "others have to agree".to_owned(),
	};
	let status = words::of(report.status);
	context.output.show(&Done::new(
		format!("credential {} is reported {status}; {outcome}", options.id),
		json!({
			"practitioner": options.practitioner.to_string(),
			"credential": options.id,
			"reported": status,
			"decided": decided,
		}),
	))
}
