//! `hdx consent guardians`: naming them, and what they propose and agree on.

mod propose;
mod show;

use super::{
	done::proposal_line,
	limits::{ordered, Limits},
};
use crate::{
	account,
	commands::{bounded, Context, SignedBy},
	error::Error,
	output::block,
	time,
};
use clap::Subcommand;
use hdx_primitives::{
	consent::{Accounts, GuardianPowers, GuardianSet, Powers, MAX_ACCOUNTS},
	AccountId, Milliseconds, ProposalId,
};
use hdx_sdk::chain::{Acted, Until};
use serde::Serialize;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Guardians {
	/// Name your guardians, or others in their place, or none.
	#[command(after_help = "\
Examples:
  hdx consent guardians set --as //Charlie --guardian //Dave --guardian //Eve --threshold 2 \\
    --power all --objection-delay 3d
  hdx consent guardians set --as //Charlie --none

Those who are in office have their objection delay to object; where nobody is, it holds at once.
Naming those in office again takes a pending replacement back.")]
	Set {
		#[command(flatten)]
		by: SignedBy,
		/// Release the guardians, and name no others.
		#[arg(long, conflicts_with_all = ["guardian", "threshold"])]
		none: bool,
		#[command(flatten)]
		set: Box<SetOptions>,
	},
	/// Bring the account of a patient into existence who has guardians from the beginning.
	#[command(after_help = "\
Example:
  hdx consent guardians ward --as //Alice 5FHneW46… --guardian //Dave --guardian //Eve \\
    --threshold 1 --power all --until 2039-05-01 --objection-delay 1d

For a minor, or an adult who cannot act. Signed by the operator of an institution; nobody needs to
hold the key of the account. --until is the age of majority, for one.")]
	Ward {
		#[command(flatten)]
		by: SignedBy,
		/// The patient's account.
		#[arg(value_name = "PATIENT", value_parser = account::parse)]
		patient: AccountId,
		#[command(flatten)]
		set: Box<SetOptions>,
	},
	/// Propose something to the other guardians, and approve it.
	#[command(subcommand)]
	Propose(propose::Propose),
	/// Approve what another guardian proposed.
	#[command(after_help = "\
Example:
  hdx consent guardians approve --as //Eve 0

With the last approval that is needed the objection delay begins; what only takes permissions back
is done at once.")]
	Approve(WhichProposal),
	/// Object to what your guardians proposed. It is void then.
	#[command(after_help = "\
Example:
  hdx consent guardians object --as //Charlie 0")]
	Object(WhichProposal),
	/// Carry out what the guardians agreed on, when the objection delay is over.
	#[command(after_help = "\
Example:
  hdx consent guardians execute --as //Dave 0")]
	Execute(WhichProposal),
	/// Show the guardians of a patient, and what they proposed.
	#[command(after_help = "\
Example:
  hdx consent guardians show //Charlie --json")]
	Show {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
}

/// A proposal, and who signs.
#[derive(Debug, clap::Args)]
pub struct WhichProposal {
	#[command(flatten)]
	by: SignedBy,
	/// The proposal.
	#[arg(value_name = "PROPOSAL")]
	proposal: u64,
}

/// Guardians, and what they may do.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct SetOptions {
	/// A guardian; may be repeated.
	#[arg(
		long = "guardian",
		id = "guardian",
		value_name = "ACCOUNT",
		value_parser = account::parse
	)]
	guardians: Vec<AccountId>,
	/// How many of them must agree. Left out: all.
	#[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
	threshold: Option<u32>,
	/// What they may do; may be repeated.
	#[arg(long = "power", value_name = "POWER", value_enum)]
	powers: Vec<Power>,
	/// From when they are in office: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when they are: a date (all of that day, UTC), or RFC 3339. Left out: until replaced.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	/// How long the patient can object to what they agreed on, and they to being replaced.
	#[arg(long, value_name = "DURATION", value_parser = time::duration)]
	objection_delay: Option<Milliseconds>,
	#[command(flatten)]
	scope: ScopeOptions,
}

/// How far the consents that somebody else gives may go. What is left out is not limited.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct ScopeOptions {
	#[command(flatten)]
	limits: Limits,
	/// The earliest beginning of the consents that they give: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	consents_from: Option<Milliseconds>,
	/// The latest end of the consents that they give: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	consents_until: Option<Milliseconds>,
}

/// What guardians may do, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Power {
	/// All of it.
	All,
	/// Grant consents.
	Grant,
	/// Amend consents.
	Amend,
	/// Revoke consents, and stop their renewal.
	Revoke,
	/// Approve and deny what providers ask for.
	Answer,
	/// Allow the emergency override, or opt out of it.
	Emergency,
	/// Object when the patient replaces or releases them.
	KeepOffice,
}

impl ScopeOptions {
	/// The scope.
	pub fn scope(&self) -> Result<hdx_primitives::engine::Scope, Error> {
		let period = ordered(
			self.consents_from,
			self.consents_until,
			"--consents-from",
			"--consents-until",
		)?;
		self.limits.scope(period)
	}
}

impl SetOptions {
	/// The set.
	fn set(&self) -> Result<GuardianSet, Error> {
		if self.guardians.is_empty() {
			return Err(Error::Usage("say who: --guardian, once for each".to_owned()));
		}
		let guardians = accounts(&self.guardians)?;
		let count = u32::try_from(guardians.len()).unwrap_or(u32::MAX);
		let threshold = self.threshold.unwrap_or(count);
		check_threshold(threshold, count)?;
		if self.powers.is_empty() {
			let message = "say what they may do: --power all, or some of grant, amend, revoke, \
			               answer, emergency and keep-office";
			return Err(Error::Usage(message.to_owned()));
		}
		Ok(GuardianSet {
			guardians,
			threshold,
			scope: self.scope.scope()?,
			powers: powers(&self.powers),
			period: ordered(self.from, self.until, "--from", "--until")?,
			objection_delay: self.objection_delay.unwrap_or_default(),
		})
	}
}

/// A list of guardians, each once.
fn accounts(guardians: &[AccountId]) -> Result<Accounts, Error> {
	let mut sorted = guardians.to_vec();
	sorted.sort();
	sorted.dedup();
	if sorted.len() < guardians.len() {
		return Err(Error::Usage("--guardian names somebody twice".to_owned()));
	}
	bounded(sorted, "--guardian", MAX_ACCOUNTS)
}

fn check_threshold(threshold: u32, count: u32) -> Result<(), Error> {
	if threshold <= count {
		return Ok(());
	}
	Err(Error::Usage(format!("--threshold is {threshold}, and there are only {count} guardians")))
}

fn powers(typed: &[Power]) -> GuardianPowers {
	let may = |power| typed.contains(&power) || typed.contains(&Power::All);
	GuardianPowers {
		consents: Powers {
			grant: may(Power::Grant),
			amend: may(Power::Amend),
			revoke: may(Power::Revoke),
			answer_requests: may(Power::Answer),
		},
		emergency_override: may(Power::Emergency),
		object_to_replacement: may(Power::KeepOffice),
	}
}

/// The powers over consents, as they are typed.
pub fn shown_powers(powers: &Powers) -> Vec<&'static str> {
	let all = [
		(powers.grant, "grant"),
		(powers.amend, "amend"),
		(powers.revoke, "revoke"),
		(powers.answer_requests, "answer"),
	];
	all.into_iter().filter(|(may, _)| *may).map(|(_, name)| name).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Named {
	patient: String,
	guardians: Vec<String>,
	threshold: u32,
	/// When it is so, where those in office can still object.
	#[serde(skip_serializing_if = "Option::is_none")]
	takes_effect_at: Option<String>,
}

impl fmt::Display for Named {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let title = match (&self.takes_effect_at, self.guardians.len()) {
			(Some(_), _) => "the guardians are to be replaced, unless they object".to_owned(),
			(None, 0) => "there are no guardians any more".to_owned(),
			(None, count) => format!("{} of {count} guardians act together", self.threshold),
		};
		let guardians = self.guardians.join(", ");
		let takes_effect_at = self.takes_effect_at.clone().unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("patient", &self.patient), ("guardians", &guardians), ("from", &takes_effect_at)];
		block(f, title, &fields)
	}
}

/// What became of a proposal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
	proposal: u64,
	/// Whether it is carried out.
	done: bool,
	#[serde(skip_serializing_if = "Option::is_none")]
	ready_at: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	consent: Option<u64>,
	#[serde(skip_serializing_if = "Option::is_none")]
	version: Option<u32>,
}

impl Decided {
	fn of(acted: &Acted) -> Self {
		Self {
			proposal: acted.proposal.map(|proposal| proposal.0).unwrap_or_default(),
			done: acted.is_done,
			ready_at: acted.ready_at.map(time::show),
			consent: acted.consent.map(|(consent, _)| consent.0),
			version: acted.consent.map(|(_, version)| version),
		}
	}
}

impl fmt::Display for Decided {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let line = proposal_line(self.proposal, self.done, self.ready_at.as_deref());
		let consent = match (self.consent, self.version) {
			(Some(consent), Some(version)) => format!("{consent}, version {version}"),
			_ => String::new(),
		};
		block(f, line, &[("consent", &consent)])
	}
}

#[derive(Serialize)]
struct Void {
	proposal: u64,
}

impl fmt::Display for Void {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "proposal {} is void", self.proposal)
	}
}

/// Does it.
pub async fn run(command: Guardians, context: &Context) -> Result<(), Error> {
	match command {
		Guardians::Set { by, none, set } => {
			let set = if none { None } else { Some(set.set()?) };
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.set_guardians(&signer, set.clone(), Until::Finalized).await?;
			drop(progress);
			let patient = signer.account();
			let pending = chain.guardians_to_be(&patient).await?;
			let takes_effect_at = pending.map(|pending| pending.takes_effect_at);
			context.output.show(&named(&patient, set, takes_effect_at))
		},
		Guardians::Ward { by, patient, set } => {
			let set = set.set()?;
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.sponsor_ward(&signer, patient.clone(), set.clone(), Until::Finalized).await?;
			drop(progress);
			context.output.show(&named(&patient, Some(set), None))
		},
		Guardians::Propose(options) => propose::run(options, context).await,
		Guardians::Approve(which) => {
			let signer = which.by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			let proposal = ProposalId(which.proposal);
			let acted = chain.approve_proposal(&signer, proposal, Until::Finalized).await?;
			drop(progress);
			context.output.show(&Decided::of(&acted))
		},
		Guardians::Object(which) => {
			let signer = which.by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			let proposal = ProposalId(which.proposal);
			chain.object_to_proposal(&signer, proposal, Until::Finalized).await?;
			drop(progress);
			context.output.show(&Void { proposal: which.proposal })
		},
		Guardians::Execute(which) => {
			let signer = which.by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			let proposal = ProposalId(which.proposal);
			let acted = chain.execute_proposal(&signer, proposal, Until::Finalized).await?;
			drop(progress);
			context.output.show(&Decided::of(&acted))
		},
		Guardians::Show { patient } => show::run(&patient, context).await,
	}
}

fn named(
	patient: &AccountId,
	set: Option<GuardianSet>,
	takes_effect_at: Option<Milliseconds>,
) -> Named {
	let threshold = set.as_ref().map(|set| set.threshold).unwrap_or_default();
	let guardians = set.map(|set| set.guardians.into_inner()).unwrap_or_default();
	Named {
		patient: patient.to_string(),
		guardians: guardians.iter().map(AccountId::to_string).collect(),
		threshold,
		takes_effect_at: takes_effect_at.map(time::show),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::engine::terminology::purpose;

	#[derive(Parser)]
	struct Line {
		/// As in the verb.
		#[arg(long)]
		none: bool,
		#[command(flatten)]
		set: SetOptions,
	}

	fn parse(arguments: &str) -> Result<GuardianSet, String> {
		let line = Line::try_parse_from(["hdx"].into_iter().chain(arguments.split_whitespace()))
			.map_err(|error| error.to_string())?;
		assert!(!line.none);
		line.set.set().map_err(|error| error.to_string())
	}

	#[test]
	fn names_who_was_typed() {
		let set = parse(
			"--guardian //Dave --guardian //Eve --threshold 1 --power grant --power keep-office \
			 --purpose TREAT --until 2039-05-01 --objection-delay 3d --consents-until 2030-01-01",
		)
		.unwrap();
		assert_eq!((set.guardians.len(), set.threshold), (2, 1));
		assert!(set.powers.consents.grant && !set.powers.consents.revoke);
		assert!(set.powers.object_to_replacement && !set.powers.emergency_override);
		assert_eq!(set.scope.purposes.to_vec(), [purpose::TREAT]);
		assert_eq!(set.scope.period.end, Some(time::end("2030-01-01").unwrap()));
		assert_eq!(set.period.end, Some(time::end("2039-05-01").unwrap()));
		assert_eq!(set.objection_delay, time::duration("3d").unwrap());
	}

	#[test]
	fn all_powers_are_all() {
		let set = parse("--guardian //Dave --power all").unwrap();
		assert_eq!(set.powers.consents, Powers::ALL);
		assert!(set.powers.emergency_override && set.powers.object_to_replacement);
		assert_eq!(set.threshold, 1);
	}

	#[test]
	fn fails_when_there_is_nobody_or_somebody_twice() {
		assert!(parse("--power all").unwrap_err().contains("--guardian"));
		let twice = parse("--guardian //Dave --guardian //Dave --power all").unwrap_err();
		assert!(twice.contains("twice"), "{twice}");
	}

	#[test]
	fn fails_when_the_threshold_is_zero_or_more_than_there_are() {
		assert!(parse("--guardian //Dave --power all --threshold 0").is_err());
		let above = parse("--guardian //Dave --power all --threshold 2").unwrap_err();
		assert!(above.contains("only 1 guardian"), "{above}");
	}

	#[test]
	fn fails_when_they_may_do_nothing() {
		assert!(parse("--guardian //Dave").unwrap_err().contains("--power"));
	}
}
