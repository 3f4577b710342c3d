//! `hdx audit list`.

use super::view::{Entry, Listed};
use crate::{
	account,
	commands::{ensure_patient, Context},
	error::Error,
	time,
};
use clap::ValueEnum;
use hdx_primitives::{AccountId, EntryIndex, InstitutionId, Milliseconds, Period};
use hdx_sdk::chain::{AtBlock, EntryFilter, EntryScope};

/// Which entries.
#[derive(Debug, clap::Args)]
pub struct List {
	#[command(flatten)]
	whose: Whose,
	/// From this entry on.
	#[arg(long, value_name = "INDEX", default_value_t = 0)]
	from: u64,
	/// How many entries to list at most.
	#[arg(long, value_name = "N", default_value_t = 50)]
	limit: u32,
	/// Only from this moment on: RFC 3339, or a date.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	since: Option<Milliseconds>,
	/// Only until this moment.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	/// Only what ended so.
	#[arg(long)]
	outcome: Option<OutcomeName>,
}

/// Whose entries. Without any: all of them.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Whose {
	/// About this patient.
	#[arg(value_parser = account::parse)]
	patient: Option<AccountId>,
	/// About what this account did or asked.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	actor: Option<AccountId>,
	/// About what was done or asked for this institution, and what was done about it.
	#[arg(long, value_name = "N")]
	institution: Option<u32>,
}

/// How things end, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum OutcomeName {
	/// It was done.
	Success,
	/// It was denied, for whatever reason.
	Denied,
}

/// Lists.
pub async fn run(options: List, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let scope = match (options.whose.patient, options.whose.actor, options.whose.institution) {
		(Some(patient), ..) => {
			ensure_patient(&chain, &patient).await?;
			EntryScope::Patient(patient)
		},
		(_, Some(actor), _) => EntryScope::Actor(actor),
		(.., Some(id)) => EntryScope::Institution(InstitutionId(id)),
		_ => EntryScope::All,
	};
	let filter = EntryFilter {
		period: Period { start: options.since, end: options.until },
		denied: options.outcome.map(|outcome| outcome == OutcomeName::Denied),
	};
	let progress = context.output.progress("reading the log");
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let mut next = Some(EntryIndex(options.from));
	let mut entries = Vec::new();
	// A node gives no more than a page, and may pass over more entries than it looks at.
	while let Some(from) = next {
		let wanted = options.limit.saturating_sub(u32::try_from(entries.len()).unwrap_or(u32::MAX));
		if wanted == 0 {
			break;
		}
		let page = chain.audit_entries(&scope, filter, from, wanted, block).await?;
		entries.extend(page.entries.iter().map(Entry::from));
		next = page.next;
	}
	drop(progress);
	context.output.show(&Listed { entries, next: next.map(|index| index.0) })
}
