//! `hdx provider register-institution`, `suspend-institution`, `close-institution`,
//! `reinstate-institution`, `institution`, `members`.

use super::{
	block::Block,
	done::Done,
	kinds::{InstitutionName, ReasonName},
	profile::Profile,
	view::InstitutionShown,
};
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
	output::count,
	words,
};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::{InstitutionKind, InstitutionStatus, Until};
use serde::Serialize;
use serde_json::json;
use std::fmt;

/// Which institution to register.
#[derive(Debug, clap::Args)]
pub struct Register {
	#[command(flatten)]
	by: SignedBy,
	/// The account that will act for the institution.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	operator: AccountId,
	/// What it is.
	#[arg(long)]
	kind: InstitutionName,
	#[command(flatten)]
	profile: Profile,
}

/// Which institution to suspend, and why.
#[derive(Debug, clap::Args)]
pub struct Suspend {
	#[command(flatten)]
	by: SignedBy,
	/// The institution, by its number.
	#[arg(value_name = "N")]
	institution: u32,
	/// Why.
	#[arg(long)]
	reason: ReasonName,
}

/// Which institution to close or reinstate.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The institution, by its number.
	#[arg(value_name = "N")]
	institution: u32,
}

/// Which institution to show.
#[derive(Debug, clap::Args)]
pub struct Show {
	/// The institution, by its number.
	#[arg(value_name = "N")]
	institution: u32,
	#[command(flatten)]
	block: Block,
}

/// Whose members to list.
#[derive(Debug, clap::Args)]
pub struct Members {
	/// The institution, by its number.
	#[arg(value_name = "N")]
	institution: u32,
	/// Begin behind this one: the last of the page before.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	after: Option<AccountId>,
	/// How many to list at most.
	#[arg(
		long, value_name = "N", default_value_t = 50,
		value_parser = clap::value_parser!(u32).range(1..=1_000)
	)]
	limit: u32,
	#[command(flatten)]
	block: Block,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
	institution: u32,
	members: Vec<String>,
	/// Whether there may be more behind the last one.
	more: bool,
}

impl fmt::Display for Page {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let found = count(self.members.len(), "member");
		writeln!(f, "institution {}: {found}", self.institution)?;
		self.members.iter().try_for_each(|member| writeln!(f, "  {member}"))?;
		match self.members.last() {
			Some(last) if self.more => writeln!(f, "there may be more: --after {last}"),
			_ => Ok(()),
		}
	}
}

/// Registers an institution.
pub async fn register(options: Register, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let profile = options.profile.hash()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let operator = options.operator.clone();
	let kind = InstitutionKind::from(options.kind);
	let id = chain.register_institution(&signer, operator, kind, profile, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{} {} is registered, operated by {}", words::of(kind), id.0, options.operator),
		json!({ "institution": id.0, "operator": options.operator.to_string() }),
	))
}

/// Suspends an institution, and with it all who act for it.
pub async fn suspend(options: Suspend, context: &Context) -> Result<(), Error> {
	let status = InstitutionStatus::Suspended(options.reason.into());
	set(&options.by, options.institution, status, context).await
}

/// Notes that an institution has closed.
pub async fn close(options: Which, context: &Context) -> Result<(), Error> {
	set(&options.by, options.institution, InstitutionStatus::Closed, context).await
}

/// Ends a suspension.
pub async fn reinstate(options: Which, context: &Context) -> Result<(), Error> {
	set(&options.by, options.institution, InstitutionStatus::Active, context).await
}

async fn set(
	by: &SignedBy,
	institution: u32,
	status: InstitutionStatus,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let id = InstitutionId(institution);
	chain.set_institution_status(&signer, id, status, Until::Finalized).await?;
	drop(progress);
	let (now, reason) = match status {
		InstitutionStatus::Active => ("active".to_owned(), None),
		InstitutionStatus::Suspended(reason) => {
			let reason = words::of(reason);
			(format!("suspended ({reason}), and all who act for it"), Some(reason))
		},
		InstitutionStatus::Closed => {
			("closed; others can take over whom it enrolled, if they agree".to_owned(), None)
		},
	};
	context.output.show(&Done::new(
		format!("institution {institution} is {now}"),
		json!({
			"institution": institution,
			"active": status == InstitutionStatus::Active,
			"closed": status == InstitutionStatus::Closed,
			"reason": reason,
		}),
	))
}

/// Shows an institution.
pub async fn show(options: Show, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (block, _) = options.block.fixed(&chain).await?;
	let found = chain.institution(InstitutionId(options.institution), block).await?;
	context.output.show(&InstitutionShown::from(found))
}

/// Lists who may act for an institution.
pub async fn members(options: Members, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (block, _) = options.block.fixed(&chain).await?;
	let id = InstitutionId(options.institution);
	// An institution that is not there has no members either; say which it is.
	chain.institution(id, block).await?;
	let found = chain.members(id, options.after.as_ref(), options.limit, block).await?;
	context.output.show(&Page {
		institution: options.institution,
		more: found.len() == options.limit as usize,
		members: found.iter().map(AccountId::to_string).collect(),
	})
}
