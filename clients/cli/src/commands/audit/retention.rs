//! `hdx audit hold`, `retention` and `monitoring`: what stays in state, and what raises alerts.

use crate::{
	account,
	commands::{provider::Done, Context, SignedBy},
	error::Error,
	output::block,
	time, words,
};
use clap::{Subcommand, ValueEnum};
use hdx_primitives::{AccountId, EntryIndex, HoldId, HoldReason, Milliseconds};
use hdx_sdk::chain::{AtBlock, HoldScope, HoldView, MonitoringTerms, Thresholds, Until};
use serde::Serialize;
use serde_json::json;
use std::{collections::BTreeSet, fmt};

/// The verbs about legal holds.
#[derive(Debug, Subcommand)]
pub enum Hold {
	/// Keep entries in state, whatever their age. An authority does that.
	#[command(after_help = "\
Examples:
  hdx audit hold place --as //Ferdie --entry 4 --entry 9 --reason litigation
  hdx audit hold place --as //Ferdie --patient //Charlie --reason breach

A hold is public. Where nobody must know about whom a case is, name its entries.")]
	Place {
		#[command(flatten)]
		by: SignedBy,
		#[command(flatten)]
		what: What,
		/// Why.
		#[arg(long)]
		reason: ReasonName,
	},
	/// Release a hold. An authority does that.
	#[command(after_help = "\
Example:
  hdx audit hold release --as //Ferdie 0")]
	Release {
		#[command(flatten)]
		by: SignedBy,
		/// The hold, by its number.
		#[arg(value_name = "HOLD")]
		hold: u32,
	},
	/// List the holds.
	#[command(after_help = "\
Example:
  hdx audit hold list")]
	List,
}

/// What is held.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct What {
	/// All entries about this patient, those to come included.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: Option<AccountId>,
	/// This entry; may be repeated.
	#[arg(long = "entry", value_name = "INDEX")]
	entries: Vec<u64>,
}

/// Reasons of a hold, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReasonName {
	/// A lawsuit is pending or to be expected.
	Litigation,
	/// An authority investigates or reviews compliance.
	Investigation,
	/// A breach of unsecured health information is being looked into.
	Breach,
	/// A court or an authority ordered it, and said no more.
	Order,
}

impl From<ReasonName> for HoldReason {
	fn from(name: ReasonName) -> Self {
		match name {
			ReasonName::Litigation => Self::Litigation,
			ReasonName::Investigation => Self::Investigation,
			ReasonName::Breach => Self::Breach,
			ReasonName::Order => Self::Order,
		}
	}
}

/// For how long entries stay in state.
#[derive(Debug, clap::Args)]
pub struct Retention {
	/// Set it; governance does that. Left out: show it.
	#[arg(long = "as", value_name = "KEY", requires = "period")]
	key: Option<String>,
	/// For how long, in days (`2192d`). Six years at least.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	period: Option<Milliseconds>,
}

/// What raises alerts. What is left out when setting it raises none.
#[derive(Debug, clap::Args)]
pub struct Monitoring {
	/// Set it; governance does that. Left out: show it.
	#[arg(long = "as", value_name = "KEY", requires = "window")]
	key: Option<String>,
	/// In how much time it is counted.
	#[arg(long, value_name = "DURATION", requires = "key", value_parser = time::duration)]
	window: Option<Milliseconds>,
	/// So many refusals of one account.
	#[arg(long, value_name = "N", requires = "key")]
	actor_denials: Option<u32>,
	/// So many emergency overrides by one account.
	#[arg(long, value_name = "N", requires = "key")]
	actor_overrides: Option<u32>,
	/// So many patients about whom one account asks.
	#[arg(long, value_name = "N", requires = "key")]
	actor_patients: Option<u32>,
	/// So many refusals of one institution.
	#[arg(long, value_name = "N", requires = "key")]
	institution_denials: Option<u32>,
	/// So many emergency overrides for one institution.
	#[arg(long, value_name = "N", requires = "key")]
	institution_overrides: Option<u32>,
	/// So many patients about whom is asked for one institution.
	#[arg(long, value_name = "N", requires = "key")]
	institution_patients: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	hold: u32,
	patient: Option<String>,
	entries: Vec<u64>,
	reason: String,
	placed_at: String,
}

#[derive(Serialize)]
struct Listed {
	holds: Vec<Shown>,
}

impl From<HoldView> for Shown {
	fn from(view: HoldView) -> Self {
		let (patient, entries) = match view.scope {
			HoldScope::Patient(account) => (Some(account.to_string()), Vec::new()),
			HoldScope::Case(entries) => (None, entries.iter().map(|entry| entry.0).collect()),
		};
		Self {
			hold: view.hold.0,
			patient,
			entries,
			reason: words::of(view.reason),
			placed_at: time::show(view.placed_at),
		}
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.holds.is_empty() {
			return writeln!(f, "there are no legal holds");
		}
		self.holds.iter().try_for_each(|one| {
			let entries: Vec<_> = one.entries.iter().map(u64::to_string).collect();
			let held = match &one.patient {
				Some(patient) => format!("all entries about {patient}"),
				None => format!("entries {}", entries.join(", ")),
			};
			let fields: [(&str, &dyn fmt::Display); 3] =
				[("keeps", &held), ("why", &one.reason), ("since", &one.placed_at)];
			block(f, format!("hold {}", one.hold), &fields)
		})
	}
}

#[derive(Serialize)]
struct ShownMonitoring {
	window: String,
	actor: ShownThresholds,
	institution: ShownThresholds,
}

#[derive(Serialize)]
struct ShownThresholds {
	denials: Option<u32>,
	overrides: Option<u32>,
	patients: Option<u32>,
}

impl From<Thresholds> for ShownThresholds {
	fn from(from: Thresholds) -> Self {
		Self { denials: from.denials, overrides: from.overrides, patients: from.patients }
	}
}

impl fmt::Display for ShownThresholds {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let text = |count: Option<u32>| count.map_or_else(|| "any".to_owned(), |it| it.to_string());
		let (denials, overrides) = (text(self.denials), text(self.overrides));
		write!(f, "{denials} refusals, {overrides} overrides, {} patients", text(self.patients))
	}
}

impl fmt::Display for ShownMonitoring {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("of an account", &self.actor), ("of an institution", &self.institution)];
		block(f, format!("an alert is raised within {} by", self.window), &fields)
	}
}

/// Places, releases or lists holds.
pub async fn hold(command: Hold, context: &Context) -> Result<(), Error> {
	match command {
		Hold::Place { by, what, reason } => place(&by, what, reason, context).await,
		Hold::Release { by, hold } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.release_hold(&signer, HoldId(hold), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Done::new(
				format!("hold {hold} is released"),
				json!({ "hold": hold, "now": "released" }),
			))
		},
		Hold::List => {
			let chain = context.connect().await?;
			let holds = chain.holds().await?;
			context.output.show(&Listed { holds: holds.into_iter().map(Into::into).collect() })
		},
	}
}

async fn place(
	by: &SignedBy,
	what: What,
	reason: ReasonName,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let scope = match what.patient {
		Some(patient) => HoldScope::Patient(patient),
		// In the order of the log, each once, as the chain wants them.
		None => {
			let entries: BTreeSet<_> = what.entries.into_iter().collect();
			HoldScope::Case(entries.into_iter().map(EntryIndex).collect())
		},
	};
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let hold = chain.place_hold(&signer, scope, reason.into(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("hold {} is placed", hold.0),
		json!({ "hold": hold.0, "now": "placed" }),
	))
}

/// Shows or sets for how long entries stay in state.
pub async fn retention(options: Retention, context: &Context) -> Result<(), Error> {
	let wanted = match (&options.key, options.period) {
		(Some(key), Some(period)) => Some((account::signer(key)?, period)),
		_ => None,
	};
	let chain = context.connect().await?;
	if let Some((signer, period)) = wanted {
		let progress = context.output.progress("waiting until it is final");
		chain.set_retention(&signer, period, Until::Finalized).await?;
		drop(progress);
	}
	let period = time::show_duration(chain.retention(AtBlock::Best).await?);
	context.output.show(&Done::new(
		format!("entries stay in state for {period}, and longer where something holds them"),
		json!({ "retention": period }),
	))
}

/// Shows or sets what raises alerts.
pub async fn monitoring(options: Monitoring, context: &Context) -> Result<(), Error> {
	let wanted = match (&options.key, options.window) {
		(Some(key), Some(window)) => {
			let terms = MonitoringTerms {
				window,
				actor: Thresholds {
					denials: options.actor_denials,
					overrides: options.actor_overrides,
					patients: options.actor_patients,
				},
				institution: Thresholds {
					denials: options.institution_denials,
					overrides: options.institution_overrides,
					patients: options.institution_patients,
				},
			};
			Some((account::signer(key)?, terms))
		},
		_ => None,
	};
	let chain = context.connect().await?;
	if let Some((signer, terms)) = wanted {
		let progress = context.output.progress("waiting until it is final");
		chain.set_monitoring(&signer, terms, Until::Finalized).await?;
		drop(progress);
	}
	let terms = chain.monitoring(AtBlock::Best).await?;
	context.output.show(&ShownMonitoring {
		window: time::show_duration(terms.window),
		actor: terms.actor.into(),
		institution: terms.institution.into(),
	})
}
