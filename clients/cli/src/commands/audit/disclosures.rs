//! `hdx audit disclosures`: the accounting of disclosures that a patient may ask for (HIPAA, 45 CFR
//! 164.528).

use super::export::{grant, recipients};
use crate::{
	codes,
	commands::{ensure_patient, Context},
	error::Error,
	output::count,
	time,
};
use hdx_primitives::{
	engine::terminology::purpose, AccountId, AuditAction, AuditEntry, Code, Milliseconds, Subject,
};
use serde::Serialize;
use std::fmt;

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
	/// Where the log has it.
	entry: u64,
}

impl Row {
	fn values(&self) -> [String; 9] {
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
			self.entry.to_string(),
		]
	}
}

const HEADINGS: [&str; 9] = [
	"date",
	"custodian",
	"recipient",
	"recipientInstitution",
	"record",
	"purpose",
	"consent",
	"exempt",
	"entry",
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
				"  {}  institution {} gave record {} to {} of institution {}, for {}{} (entry {})",
				row.date,
				number(row.custodian),
				row.record.map(|one| one.to_string()).unwrap_or_default(),
				or(&row.recipient),
				number(row.recipient_institution),
				or(&row.purpose),
				if row.exempt { "; exempt" } else { "" },
				row.entry,
			)
		})
	}
}

/// A line of RFC 4180. It ends as the system's lines do, which readers take.
fn write_line(f: &mut fmt::Formatter<'_>, values: [String; 9]) -> fmt::Result {
	let quoted = values.map(|value| match value.contains(['"', ',', '\n', '\r']) {
		true => format!("\"{}\"", value.replace('"', "\"\"")),
		false => value,
	});
	writeln!(f, "{}", quoted.join(","))
}

/// Accounts.
pub async fn run(options: Disclosures, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	ensure_patient(&chain, &options.patient).await?;
	let progress = context.output.progress("reading the log");
	let now = chain.now().await?;
	let until = options.until.unwrap_or(now);
	let since = options.since.unwrap_or(Milliseconds(now.0.saturating_sub(SIX_YEARS.0)));
	let mut entries = chain.audit_of_patient(&options.patient).await?;
	entries.retain(|entry| {
		entry.event.action == AuditAction::Disclosed && since <= entry.at && entry.at <= until
	});
	let recipients = recipients(&chain, &entries).await?;
	let disclosures = entries.iter().map(|entry| {
		let to = grant(entry).and_then(|grant| recipients.get(&grant));
		let institution = to.map(|to| &to.institution.id);
		Row {
			recipient: to.map(|to| AccountId::new(to.practitioner).to_string()),
			recipient_institution: institution.and_then(number),
			..row(entry)
		}
	});
	let accounting = Accounting {
		patient: options.patient.to_string(),
		since: time::show(since),
		until: time::show(until),
		disclosures: disclosures.collect(),
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
		entry: entry.index.0,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_primitives::{AuditEvent, EntryIndex, GrantId, InstitutionId, RecordId};

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
	fn an_accounting_is_written_for_spreadsheets_too() {
		let accounting = Accounting {
			patient: "5x".into(),
			since: "a".into(),
			until: "b".into(),
			disclosures: vec![Row {
				purpose: Some("a \"quoted\", purpose".into()),
				..disclosed(purpose::HRESCH)
			}],
			csv: true,
		};
		assert_eq!(
			accounting.to_string(),
			"date,custodian,recipient,recipientInstitution,record,purpose,consent,exempt,entry\n\
			 1970-01-01T00:00:01Z,1,,,6,\"a \"\"quoted\"\", purpose\",,false,7\n"
		);
	}
}
