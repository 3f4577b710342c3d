//! `hdx audit export`: what the log has about a patient, for other systems and for courts.

use super::{
	fhir, forensic,
	selected::{Log, Selected},
	view::Entry,
};
use crate::{
	commands::{ensure_patient, Context},
	error::Error,
	files::NewFile,
	output::block,
};
use clap::ValueEnum;
use hdx_fhir::audit::{audit_bundle, EntryView, Recipient};
use hdx_primitives::{AccountId, AuditAction, AuditEntry, GrantId, Subject};
use hdx_sdk::chain::{Chain, ChainError};
use serde::Serialize;
use std::{
	collections::BTreeMap,
	fmt, fs,
	path::{Path, PathBuf},
};

/// What is exported, and where to.
#[derive(Debug, clap::Args)]
pub struct Export {
	#[command(flatten)]
	what: What,
	/// As what.
	#[arg(long, value_name = "FORMAT", default_value = "fhir")]
	format: Format,
	/// Where to write it.
	#[arg(short, long, value_name = "FILE")]
	out: PathBuf,
	/// Prove each entry, and write the proofs into this new directory: entry-N.proof.json.
	#[arg(long, value_name = "DIR")]
	proofs: Option<PathBuf>,
}

/// Which entries.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct What {
	/// Those about a patient, as far as they are in state.
	#[arg(value_name = "PATIENT", value_parser = crate::account::parse)]
	patient: Option<AccountId>,
	/// All from one to another, whomever they are about: 10-25. None can be missing then, pruned or not.
	#[arg(long, value_name = "FIRST-LAST", value_parser = range)]
	range: Option<(u64, u64)>,
}

impl What {
	async fn select(&self, chain: &Chain) -> Result<Selected, Error> {
		match (&self.patient, self.range) {
			(Some(patient), _) => {
				ensure_patient(chain, patient).await?;
				Selected::of_patient(chain, patient).await
			},
			(None, Some((first, last))) => Selected::of_range(chain, first..=last).await,
			// The command line says that one of them is there.
			(None, None) => Err(Error::Usage("name a patient, or give a --range".to_owned())),
		}
	}

	/// The same in words, with what is missing.
	fn said(&self, log: Option<&Log>) -> String {
		match log.filter(|log| log.pruned > 0) {
			Some(log) => format!("{self}, in a state that has the log from entry {} on", log.from),
			None => self.to_string(),
		}
	}
}

impl fmt::Display for What {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match (&self.patient, self.range) {
			(Some(patient), _) => write!(f, "about {patient}"),
			(None, Some((first, last))) => write!(f, "from {first} to {last}"),
			(None, None) => Ok(()),
		}
	}
}

fn range(text: &str) -> Result<(u64, u64), String> {
	let wrong = || format!("`{text}` is no range: give the first and the last entry, as in 10-25");
	let (first, last) = text.split_once('-').ok_or_else(wrong)?;
	let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
	let (first, last) = (number(first)?, number(last)?);
	if first > last {
		return Err(wrong());
	}
	Ok((first, last))
}

/// Formats, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
	/// A FHIR R4 Bundle of AuditEvents, by the profiles of IHE BALP.
	Fhir,
	/// A JSON object a line, as `hdx audit show --json` has it.
	Jsonl,
	/// One file with the proofs of all entries, which `hdx audit verify` checks without a node.
	Forensic,
}

/// A number of entries, in words.
pub fn count_entries(number: u64) -> String {
	match number {
		1 => "1 entry".to_owned(),
		more => format!("{more} entries"),
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
	what: String,
	entries: usize,
	/// How many of them were pruned from the state of now, and come from their proofs.
	from_proofs: usize,
	/// What was there to be exported of a patient; a range is all there.
	#[serde(skip_serializing_if = "Option::is_none")]
	log: Option<Log>,
	file: PathBuf,
	proofs: Option<PathBuf>,
	genesis: String,
}

impl fmt::Display for Exported {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let proofs = self.proofs.as_ref().map(|path| path.display().to_string());
		let proofs = proofs.unwrap_or_default();
		let from_proofs = match self.from_proofs {
			0 => String::new(),
			some => format!("{some} were pruned, and come from their proofs, which hold"),
		};
		let log = self.log.as_ref().map(Log::to_string).unwrap_or_default();
		let older = self.log.as_ref().and_then(|log| log.older.as_deref());
		let older = older
			.map(|command| format!("{command}, against a node that keeps the state of all blocks"))
			.unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 6] = [
			("file", &self.file.display()),
			("proofs", &proofs),
			("genesis", &self.genesis),
			("pruned", &from_proofs),
			("log", &log),
			("older", &older),
		];
		let entries = count_entries(u64::try_from(self.entries).unwrap_or(u64::MAX));
		block(f, format!("{entries} {}", self.what), &fields)
	}
}

/// Exports.
pub async fn run(options: Export, context: &Context) -> Result<(), Error> {
	let mut file = NewFile::create(&options.out)?;
	let proofs = options.proofs.as_deref().map(new_directory).transpose()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("reading the log");
	let mut selected = options.what.select(&chain).await?;
	drop(progress);
	let from_proofs = selected.proofs.len();
	if proofs.is_some() || options.format == Format::Forensic {
		selected.prove(&chain, context).await?;
	}
	let log = selected.window.map(Log::from);
	let entries = &selected.entries;
	let text = match options.format {
		Format::Fhir => {
			let views = views(&chain, entries).await?;
			let text = serde_json::to_string_pretty(&audit_bundle(&views)).map_err(system)?;
			format!("{text}\n")
		},
		Format::Jsonl => {
			let lines = entries.iter().map(|entry| serde_json::to_string(&Entry::from(entry)));
			let lines: Vec<_> = lines.collect::<Result<_, _>>().map_err(system)?;
			lines.iter().map(|line| format!("{line}\n")).collect()
		},
		Format::Forensic => {
			let what = options.what.said(log.as_ref());
			let proofs: Vec<_> = selected.proofs.values().cloned().collect();
			forensic::text(chain.genesis(), &what, options.what.range, &proofs)?
		},
	};
	if let Some(directory) = &proofs {
		write_proofs(&selected, directory)?;
	}
	file.write(text.as_bytes())?;
	context.output.show(&Exported {
		what: options.what.to_string(),
		entries: selected.entries.len(),
		from_proofs,
		log,
		file: file.keep(),
		proofs,
		genesis: format!("0x{}", hex::encode(chain.genesis())),
	})
}

/// What AuditEvents are rendered from.
async fn views(chain: &Chain, entries: &[AuditEntry]) -> Result<Vec<EntryView>, Error> {
	let genesis = chain.genesis();
	let recipients = recipients(chain, entries).await?;
	let recipient = |entry: &AuditEntry| recipients.get(&grant(entry)?).cloned();
	Ok(entries.iter().map(|entry| fhir::view(entry, genesis, recipient(entry))).collect())
}

/// Who was given data under the grants that the log names.
pub async fn recipients(
	chain: &Chain,
	entries: &[AuditEntry],
) -> Result<BTreeMap<GrantId, Recipient>, Error> {
	let mut recipients = BTreeMap::new();
	let disclosed = entries.iter().filter(|entry| entry.event.action == AuditAction::Disclosed);
	for grant in disclosed.filter_map(grant) {
		if recipients.contains_key(&grant) {
			continue;
		}
		match chain.finalized_grant(grant).await {
			Ok(found) => drop(recipients.insert(
				grant,
				Recipient {
					practitioner: found.grantee.into(),
					institution: fhir::institution(found.on_behalf_of),
				},
			)),
			// The log outlives grants.
			Err(ChainError::NotFound { .. }) => {},
			Err(error) => return Err(error.into()),
		}
	}
	Ok(recipients)
}

/// The grant that an entry is about.
pub fn grant(entry: &AuditEntry) -> Option<GrantId> {
	match entry.event.subject {
		Subject::Grant { grant, .. } => Some(grant),
		Subject::BreakGlass { grant, .. } | Subject::ProvenBreakGlass { grant, .. } => grant,
		_ => None,
	}
}

/// Writes each proof into a file of its own.
fn write_proofs(selected: &Selected, directory: &Path) -> Result<(), Error> {
	for (index, proof) in &selected.proofs {
		let name = format!("entry-{}.proof.json", index.0);
		let mut file = NewFile::create(&directory.join(name))?;
		file.write(format!("{}\n", proof.to_json().map_err(system)?).as_bytes())?;
		file.keep();
	}
	Ok(())
}

fn new_directory(path: &Path) -> Result<PathBuf, Error> {
	fs::create_dir(path)
		.map_err(|source| Error::Unwritable { path: path.to_owned(), source })
		.map(|()| path.to_owned())
}

fn system(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
	Error::System(std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::EntryIndex;
	use hdx_sdk::chain::LogWindow;

	/// What is said of an export about a patient, from a state that has the log from this entry on.
	fn exported(oldest: u64) -> Exported {
		let window = LogWindow { oldest: EntryIndex(oldest), length: EntryIndex(300) };
		Exported {
			what: "about somebody".to_owned(),
			entries: 2,
			from_proofs: 0,
			log: Some(window.into()),
			file: "log.json".into(),
			proofs: None,
			genesis: "0x00".to_owned(),
		}
	}

	#[test]
	fn an_export_about_a_patient_says_from_which_entry_on_it_is_whole() {
		let partial = exported(120);
		let json = serde_json::to_value(&partial).unwrap();
		assert_eq!(json["log"]["from"], 120);
		assert_eq!(json["log"]["pruned"], 120);
		let command = "hdx audit export --range 0-119 --format forensic -o older.bundle";
		assert_eq!(json["log"]["older"], command);
		let text = partial.to_string();
		for said in ["from entry 120 on", "120 entries before were pruned", command] {
			assert!(text.contains(said), "{said}: {text}");
		}
		let what = What { patient: Some(AccountId::new([1; 32])), range: None };
		let said = what.said(partial.log.as_ref());
		assert!(said.ends_with("the log from entry 120 on"), "{said}");
	}

	#[test]
	fn an_export_about_a_patient_says_that_nothing_was_pruned() {
		let whole = exported(0);
		let json = serde_json::to_value(&whole).unwrap();
		assert_eq!(json["log"], serde_json::json!({ "from": 0, "pruned": 0 }));
		assert!(whole.to_string().contains("none is missing"), "{whole}");
		let what = What { patient: Some(AccountId::new([1; 32])), range: None };
		assert_eq!(what.said(whole.log.as_ref()), what.to_string());
	}

	#[test]
	fn an_export_of_a_range_says_what_came_from_proofs() {
		let range = Exported { log: None, from_proofs: 3, ..exported(0) };
		let json = serde_json::to_value(&range).unwrap();
		assert_eq!((&json["fromProofs"], json.get("log")), (&3.into(), None));
		assert!(range.to_string().contains("3 were pruned"), "{range}");
	}

	#[test]
	fn a_range_is_from_one_to_another() {
		assert_eq!(range("10-25"), Ok((10, 25)));
		assert_eq!(range("3-3"), Ok((3, 3)));
		for text in ["", "3", "-3", "3-", "5-3", "a-b", "1-2-3", "1 - 2"] {
			assert!(range(text).is_err(), "{text}");
		}
	}
}
