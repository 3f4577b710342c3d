//! `hdx audit disclosures`: the accounting of disclosures that a patient may ask for (HIPAA, 45 CFR
//! 164.528).

use super::export::{grant, recipients};
use crate::{
	codes,
	commands::{ensure_patient, Context},
	custody::Custody,
	disclosure::Accounted,
	error::Error,
	output::count,
	time,
};
use hdx_primitives::{
	engine::terminology::purpose, AccountId, AuditAction, AuditEntry, Code, DisclosureLeaf,
	Milliseconds, Subject,
};
use hdx_sdk::chain::Chain;
use serde::Serialize;
use std::{collections::BTreeSet, fmt, path::PathBuf};

/// Whose data, when, and how it is written.
#[derive(Debug, clap::Args)]
pub struct Disclosures {
	/// The patient's account.
	#[arg(value_parser = crate::account::parse)]
	patient: AccountId,
	/// Only from this moment on: RFC 3339, or a date. Left out: six years ago.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	since: Option<Milliseconds>,
	/// Only until this moment.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	/// The custodian's data directory, for what it reported in batches; may be repeated.
	#[arg(long, value_name = "DIR")]
	data: Vec<PathBuf>,
	/// As comma-separated values (RFC 4180), with a line of headings.
	#[arg(long)]
	csv: bool,
}

/// How far back an accounting goes: six years, with their leap days (164.528(a)(1)).
const SIX_YEARS: Milliseconds = Milliseconds((6 * 365 + 2) * 24 * 60 * 60 * 1_000);

/// Purposes whose disclosures no accounting has to have: treatment, payment and operations
/// (164.528(a)(1)(i)), and those to the individual (ii).
const EXEMPT: [Code; 5] =
	[purpose::TREAT, purpose::ETREAT, purpose::HPAYMT, purpose::HOPERAT, purpose::PATRQT];

/// The accounting.
#[derive(Serialize)]
struct Accounting {
	patient: String,
	since: String,
	until: String,
	disclosures: Vec<Row>,
	/// Files with disclosures that were prepared, and of which it is not known whether they were made.
	unconfirmed: Vec<PathBuf>,
	/// Files with disclosures that cannot be read.
	unreadable: Vec<PathBuf>,
	#[serde(skip)]
	csv: bool,
}

/// A disclosure, as 164.528(b)(2) asks for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
	/// When (b)(2)(i).
	date: String,
	/// Who disclosed.
	custodian: Option<u32>,
	/// To whom (b)(2)(ii).
	recipient: Option<String>,
	/// For which institution, of whose address the provider registry has the commitment.
	recipient_institution: Option<u32>,
	/// What (b)(2)(iii).
	record: Option<u64>,
	/// What for (b)(2)(iv).
	purpose: Option<String>,
	/// By which consent.
	consent: Option<u64>,
	/// Whether it need not be accounted for, by its purpose.
	exempt: bool,
	/// Where the log has it. `None`: it was reported in a batch, and what became of that is not known.
	entry: Option<u64>,
	/// The batch that it was reported in.
	batch: Option<u64>,
}

impl Row {
	/// Where the chain has it, for people.
	fn place(&self) -> String {
		match (self.batch, self.entry) {
			(Some(batch), Some(entry)) => format!("batch {batch}, entry {entry}"),
			(_, Some(entry)) => format!("entry {entry}"),
			(_, None) => "in a batch of which nothing is known".to_owned(),
		}
	}

	fn values(&self) -> [String; 10] {
		fn text<T: ToString>(value: &Option<T>) -> String {
			value.as_ref().map(T::to_string).unwrap_or_default()
		}
		[
			self.date.clone(),
			text(&self.custodian),
			text(&self.recipient),
			text(&self.recipient_institution),
			text(&self.record),
			text(&self.purpose),
			text(&self.consent),
			self.exempt.to_string(),
			text(&self.entry),
			text(&self.batch),
		]
	}
}

const HEADINGS: [&str; 10] = [
	"date",
	"custodian",
	"recipient",
	"recipientInstitution",
	"record",
	"purpose",
	"consent",
	"exempt",
	"entry",
	"batch",
];

impl fmt::Display for Accounting {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.csv {
			write_line(f, HEADINGS.map(str::to_owned))?;
			return self.disclosures.iter().try_for_each(|row| write_line(f, row.values()));
		}
		let found = count(self.disclosures.len(), "disclosure");
		writeln!(f, "{found} about {}, {} to {}", self.patient, self.since, self.until)?;
		self.disclosures.iter().try_for_each(|row| {
			let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
			let number =
				|number: Option<u32>| number.map(|one| one.to_string()).unwrap_or_default();
			writeln!(
				f,
				"  {}  institution {} gave record {} to {} of institution {}, for {}{} ({})",
				row.date,
				number(row.custodian),
				row.record.map(|one| one.to_string()).unwrap_or_default(),
				or(&row.recipient),
				number(row.recipient_institution),
				or(&row.purpose),
				if row.exempt { "; exempt" } else { "" },
				row.place(),
			)
		})?;
		let unclear =
			[("not known to be made", &self.unconfirmed), ("unreadable", &self.unreadable)];
		unclear.into_iter().try_for_each(|(what, files)| {
			files.iter().try_for_each(|file| writeln!(f, "  {what}: {}", file.display()))
		})
	}
}

/// A line of RFC 4180. It ends as the system's lines do, which readers take.
fn write_line(f: &mut fmt::Formatter<'_>, values: [String; 10]) -> fmt::Result {
	let quoted = values.map(|value| match value.contains(['"', ',', '\n', '\r']) {
		true => format!("\"{}\"", value.replace('"', "\"\"")),
		false => value,
	});
	writeln!(f, "{}", quoted.join(","))
}

/// Accounts.
pub async fn run(options: Disclosures, context: &Context) -> Result<(), Error> {
	let kept = Kept::read(&options.data, &options.patient)?;
	let chain = context.connect().await?;
	ensure_patient(&chain, &options.patient).await?;
	ensure_same_chain(&kept.told, &chain, context)?;
	let batched = kept.told.iter().map(|one| (one.leaf.at, batched_row(one)));
	let progress = context.output.progress("reading the log");
	let now = chain.now().await?;
	let until = options.until.unwrap_or(now);
	let since = options.since.unwrap_or(Milliseconds(now.0.saturating_sub(SIX_YEARS.0)));
	let mut entries = chain.audit_of_patient(&options.patient).await?;
	entries.retain(|entry| {
		entry.event.action == AuditAction::Disclosed && since <= entry.at && entry.at <= until
	});
	let recipients = recipients(&chain, &entries).await?;
	let rows = entries.iter().map(|entry| {
		let to = grant(entry).and_then(|grant| recipients.get(&grant));
		let institution = to.map(|to| &to.institution.id);
		Row {
			recipient: to.map(|to| AccountId::new(to.practitioner).to_string()),
			recipient_institution: institution.and_then(number),
			..row(entry)
		}
	});
	let mut disclosures: Vec<(Milliseconds, Row)> =
		entries.iter().map(|entry| entry.at).zip(rows).collect();
	disclosures.extend(batched.into_iter().filter(|(at, _)| (since..=until).contains(at)));
	disclosures.sort_by_key(|(at, row)| (*at, row.entry));
	let accounting = Accounting {
		patient: options.patient.to_string(),
		since: time::show(since),
		until: time::show(until),
		disclosures: disclosures.into_iter().map(|(_, row)| row).collect(),
		unconfirmed: kept.unconfirmed,
		unreadable: kept.unreadable,
		csv: options.csv,
	};
	drop(progress);
	context.output.show(&accounting)
}

fn number(id: &hdx_fhir::provider::PartyId) -> Option<u32> {
	match id {
		hdx_fhir::provider::PartyId::Institution(id) => Some(id.0),
		_ => None,
	}
}

/// What an entry itself says.
fn row(entry: &AuditEntry) -> Row {
	let event = &entry.event;
	let record = match event.subject {
		Subject::Grant { record, .. } | Subject::BreakGlass { record, .. } => {
			record.map(|record| record.0)
		},
		_ => None,
	};
	Row {
		date: time::show(entry.at),
		custodian: event.on_behalf_of.map(|institution| institution.0),
		recipient: None,
		recipient_institution: None,
		record,
		purpose: event.purpose.as_ref().map(codes::symbol),
		consent: event.basis.map(|basis| basis.consent.0),
		exempt: event.purpose.is_some_and(|purpose| EXEMPT.contains(&purpose)),
		entry: Some(entry.index.0),
		batch: None,
	}
}

/// A disclosure that a custodian reported in a batch.
struct Batched {
	/// Where it is kept.
	file: PathBuf,
	genesis: [u8; 32],
	batch: Option<u64>,
	entry: Option<u64>,
	leaf: DisclosureLeaf,
}

/// What data directories have about a patient.
#[derive(Default)]
struct Kept {
	/// What the chain was told.
	told: Vec<Batched>,
	/// What was prepared, and nobody knows whether the chain was told.
	unconfirmed: Vec<PathBuf>,
	/// What cannot be read, about whomever it is.
	unreadable: Vec<PathBuf>,
}

impl Kept {
	fn read(directories: &[PathBuf], patient: &AccountId) -> Result<Self, Error> {
		let mut kept = Self::default();
		// The same directory may be named twice.
		let unreadable = |path: &PathBuf, source| Error::Unreadable { path: path.clone(), source };
		let directories: BTreeSet<PathBuf> = directories
			.iter()
			.map(|path| path.canonicalize().map_err(|source| unreadable(path, source)))
			.collect::<Result<_, _>>()?;
		for directory in &directories {
			let custody = Custody::existing(directory)?;
			let disclosures = custody.disclosures()?;
			kept.unreadable.extend(disclosures.unreadable);
			let present = disclosures
				.found
				.iter()
				.filter_map(|(file, disclosure)| Some((file.clone(), Accounted::of(disclosure)?)));
			let erased = custody.accounted()?.into_iter().map(|one| (directory.clone(), one));
			for (file, one) in present.chain(erased) {
				let Some(leaf) = one.leaf().filter(|leaf| leaf.patient == *patient) else {
					continue;
				};
				if one.entry.is_none() {
					kept.unconfirmed.push(file);
					continue;
				}
				let Accounted { genesis, batch, entry, .. } = one;
				kept.told.push(Batched { file, genesis, batch, entry, leaf });
			}
		}
		Ok(kept)
	}
}

/// Numbers of grants and records are those of one chain.
fn ensure_same_chain(found: &[Batched], chain: &Chain, context: &Context) -> Result<(), Error> {
	let foreign = found.iter().find(|one| one.genesis != chain.genesis());
	foreign.map_or(Ok(()), |one| {
		let why = format!(
			"it is of the chain with genesis 0x{}, and {} has another",
			hex::encode(one.genesis),
			context.url,
		);
		Err(Error::NotInBatch { path: one.file.clone(), why })
	})
}

/// What a leaf says.
fn batched_row(one: &Batched) -> Row {
	let Batched { batch, entry, leaf, .. } = one;
	Row {
		date: time::show(leaf.at),
		custodian: Some(leaf.custodian.0),
		recipient: Some(leaf.recipient.to_string()),
		recipient_institution: Some(leaf.on_behalf_of.0),
		record: Some(leaf.record.0),
		purpose: Some(codes::symbol(&leaf.purpose)),
		consent: None,
		exempt: EXEMPT.contains(&leaf.purpose),
		entry: *entry,
		batch: *batch,
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{disclosure::Disclosure, made_up::batched};
	use hdx_primitives::{AuditEvent, BatchId, EntryIndex, GrantId, InstitutionId, RecordId};

	fn disclosed(purpose: Code) -> Row {
		row(&AuditEntry {
			index: EntryIndex(7),
			at: Milliseconds(1_000),
			block: 3,
			event: AuditEvent {
				on_behalf_of: Some(InstitutionId(1)),
				purpose: Some(purpose),
				subject: Subject::Grant { grant: GrantId(2), record: Some(RecordId(6)) },
				..AuditEvent::new(AuditAction::Disclosed)
			},
		})
	}

	#[test]
	fn treatment_payment_and_operations_are_exempt_and_research_is_not() {
		for purpose in EXEMPT {
			assert!(disclosed(purpose).exempt);
		}
		for purpose in [purpose::HRESCH, purpose::PUBHLTH, purpose::HMARKT] {
			assert!(!disclosed(purpose).exempt);
		}
	}

	#[test]
	fn what_is_not_known_to_be_made_is_listed_apart() {
		let data = tempfile::tempdir().unwrap();
		let directory = data.path().canonicalize().unwrap();
		let custody = Custody::create(&directory);
		custody.blocks().unwrap();
		let keep = |one: &Disclosure| custody.keep_disclosure(one).unwrap().keep();
		let mut told = batched();
		told.batch = told.batch.map(|place| place.taken(BatchId(1), EntryIndex(8)));
		keep(&told);
		// As a run leaves it that was killed before it learned what became of the batch.
		let prepared = keep(&batched());

		let patient = AccountId::new([1; 32]);
		let kept = Kept::read(std::slice::from_ref(&directory), &patient).unwrap();
		let entries: Vec<_> = kept.told.iter().map(|one| one.entry).collect();
		assert_eq!(entries, [Some(8)]);
		assert_eq!(kept.unconfirmed, std::slice::from_ref(&prepared));
		let accounting = Accounting {
			patient: patient.to_string(),
			since: "a".into(),
			until: "b".into(),
			disclosures: kept.told.iter().map(batched_row).collect(),
			unconfirmed: kept.unconfirmed,
			unreadable: kept.unreadable,
			csv: false,
		};
		let text = accounting.to_string();
		assert!(text.starts_with("1 disclosure about "), "{text}");
		let apart = format!("  not known to be made: {}\n", prepared.display());
		assert!(text.ends_with(&apart), "{text}");

		let nobody = AccountId::new([3; 32]);
		let others = Kept::read(&[directory], &nobody).unwrap();
		assert!(others.told.is_empty() && others.unconfirmed.is_empty());
	}

	#[test]
	fn an_accounting_is_written_for_spreadsheets_too() {
		let accounting = Accounting {
			patient: "5x".into(),
			since: "a".into(),
			until: "b".into(),
			disclosures: vec![Row {
				purpose: Some("a \"quoted\", purpose".into()),
				..disclosed(purpose::HRESCH)
			}],
			unconfirmed: Vec::new(),
			unreadable: Vec::new(),
			csv: true,
		};
		assert_eq!(
			accounting.to_string(),
			"date,custodian,recipient,recipientInstitution,record,purpose,consent,exempt,entry,batch\n\
			 1970-01-01T00:00:01Z,1,,,6,\"a \"\"quoted\"\", purpose\",,false,7,\n"
		);
	}
}
