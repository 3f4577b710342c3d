//! `hdx consent guardians propose`: whatever patients can do themselves, and what only guardians can.

use super::{accounts, check_threshold, Decided};
use crate::{
	account,
	commands::{
		consent::{
			act::{Act, Amendment, Which},
			answer::{Approval, Denial},
			content::Content,
			emergency::Choice,
		},
		Context, SignedBy,
	},
	error::Error,
};
use clap::Subcommand;
use hdx_primitives::{consent::GuardianAction, AccountId};
use hdx_sdk::chain::Until;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Propose {
	/// Grant a consent.
	#[command(after_help = "\
Example:
  hdx consent guardians propose grant --as //Dave --for 5FHneW46… --organisation 1 \\
    --until 2027-06-30 --document signed-by-both.pdf")]
	Grant(Box<Proposed<Content>>),
	/// Amend a consent.
	#[command(after_help = "\
Example:
  hdx consent guardians propose amend --as //Dave --for 5FHneW46… 0 --organisation 1 \\
    --redact PSY --document signed-again.pdf")]
	Amend(Box<Proposed<Amendment>>),
	/// Revoke a consent.
	#[command(after_help = "\
Example:
  hdx consent guardians propose revoke --as //Dave --for 5FHneW46… 0")]
	Revoke(Proposed<Which>),
	/// Stop the renewal of a consent.
	#[command(after_help = "\
Example:
  hdx consent guardians propose stop-renewal --as //Dave --for 5FHneW46… 0")]
	StopRenewal(Proposed<Which>),
	/// Approve what a provider asks for.
	#[command(after_help = "\
Example:
  hdx consent guardians propose approve --as //Dave --for 5FHneW46… 0 --all \\
    --document signed-by-both.pdf")]
	Approve(Box<Proposed<Approval>>),
	/// Deny what a provider asks for.
	#[command(after_help = "\
Example:
  hdx consent guardians propose deny --as //Dave --for 5FHneW46… 0")]
	Deny(Proposed<Denial>),
	/// Allow the emergency override, or opt out of it.
	#[command(after_help = "\
Example:
  hdx consent guardians propose emergency --as //Dave --for 5FHneW46… forbid")]
	Emergency(Proposed<Choice>),
	/// Other guardians in your place.
	#[command(after_help = "\
Example:
  hdx consent guardians propose replace --as //Dave --for 5FHneW46… --guardian //Eve \\
    --guardian //Ferdie --threshold 2

What they may do, how far and until when stays as it is.")]
	Replace(Proposed<Successors>),
	/// Stop the patient from replacing or releasing you.
	#[command(after_help = "\
Example:
  hdx consent guardians propose keep-office --as //Dave --for 5FHneW46…")]
	KeepOffice(Proposed<Nothing>),
}

/// Who proposes, about whom, and what.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Proposed<T: clap::Args> {
	#[command(flatten)]
	by: SignedBy,
	/// The patient whom it is about.
	#[arg(long = "for", value_name = "PATIENT", value_parser = account::parse)]
	patient: AccountId,
	#[command(flatten)]
	what: T,
}

/// Who comes next.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Successors {
	/// A guardian; may be repeated.
	#[arg(long = "guardian", value_name = "ACCOUNT", required = true, value_parser = account::parse)]
	guardians: Vec<AccountId>,
	/// How many of them must agree. Left out: all.
	#[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
	threshold: Option<u32>,
}

/// Nothing more needs to be said.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub struct Nothing {}

impl<T: clap::Args> Proposed<T> {
	async fn consent(self, act: fn(T) -> Act, context: &Context) -> Result<(), Error> {
		act(self.what).propose(&self.by, self.patient, context).await
	}

	async fn other(
		self,
		action: impl FnOnce(&T) -> Result<GuardianAction, Error>,
		context: &Context,
	) -> Result<(), Error> {
		let action = action(&self.what)?;
		let signer = self.by.signer()?;
		let chain = context.connect().await?;
		let progress = context.output.progress("waiting until it is final");
		let acted = chain.propose(&signer, self.patient, action, Until::Finalized).await?;
		drop(progress);
		context.output.show(&Decided::of(&acted))
	}
}

/// Proposes.
pub async fn run(options: Propose, context: &Context) -> Result<(), Error> {
	match options {
		Propose::Grant(what) => what.consent(Act::Grant, context).await,
		Propose::Amend(what) => what.consent(Act::Amend, context).await,
		Propose::Revoke(what) => what.consent(Act::Revoke, context).await,
		Propose::StopRenewal(what) => what.consent(Act::StopRenewal, context).await,
		Propose::Approve(what) => what.consent(Act::Approve, context).await,
		Propose::Deny(what) => what.consent(Act::Deny, context).await,
		Propose::Emergency(what) => {
			let action = |choice: &Choice| {
				Ok(GuardianAction::SetEmergencyOverride { allowed: choice.is_allowed() })
			};
			what.other(action, context).await
		},
		Propose::Replace(what) => what.other(Successors::action, context).await,
		Propose::KeepOffice(what) => {
			what.other(|_| Ok(GuardianAction::ObjectToReplacement), context).await
		},
	}
}

impl Successors {
	fn action(&self) -> Result<GuardianAction, Error> {
		let guardians = accounts(&self.guardians)?;
		let count = u32::try_from(guardians.len()).unwrap_or(u32::MAX);
		let threshold = self.threshold.unwrap_or(count);
		check_threshold(threshold, count)?;
		Ok(GuardianAction::ReplaceGuardians { guardians, threshold })
	}
}
