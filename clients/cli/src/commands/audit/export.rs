//! `hdx audit export`: what the log has about a patient, for other systems and for courts.

use super::{fhir, forensic, view::Entry};
use crate::{
	commands::{ensure_patient, Context},
	error::Error,
	files::NewFile,
	output::block,
};
use clap::ValueEnum;
use hdx_fhir::audit::{audit_bundle, EntryView, Recipient};
use hdx_primitives::{AccountId, AuditAction, AuditEntry, EntryIndex, GrantId, Subject};
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
	/// Those about a patient.
	#[arg(value_name = "PATIENT", value_parser = crate::account::parse)]
	patient: Option<AccountId>,
	/// All from one to another, whomever they are about: 10-25. None can be missing then.
	#[arg(long, value_name = "FIRST-LAST", value_parser = range)]
	range: Option<(u64, u64)>,
}

impl What {
	async fn entries(&self, chain: &Chain) -> Result<Vec<AuditEntry>, Error> {
		match (&self.patient, self.range) {
			(Some(patient), _) => {
				ensure_patient(chain, patient).await?;
				Ok(chain.audit_of_patient(patient).await?)
			},
			(None, Some((first, last))) => {
				let mut entries = Vec::new();
				for index in first..=last {
					entries.push(chain.audit_entry(EntryIndex(index)).await?);
				}
				Ok(entries)
			},
			(None, None) => Ok(Vec::new()),
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
	what: String,
	entries: usize,
	file: PathBuf,
	proofs: Option<PathBuf>,
	genesis: String,
}

impl fmt::Display for Exported {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let proofs = self.proofs.as_ref().map(|path| path.display().to_string());
		let proofs = proofs.unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("file", &self.file.display()), ("proofs", &proofs), ("genesis", &self.genesis)];
		let entries = match self.entries {
			1 => "1 entry".to_owned(),
			more => format!("{more} entries"),
		};
		block(f, format!("{entries} {}", self.what), &fields)
	}
}

/// Exports.
pub async fn run(options: Export, context: &Context) -> Result<(), Error> {
	let mut file = NewFile::create(&options.out)?;
	let proofs = options.proofs.as_deref().map(new_directory).transpose()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("reading the log");
	let entries = options.what.entries(&chain).await?;
	drop(progress);
	let text = match options.format {
		Format::Fhir => {
			let views = views(&chain, &entries).await?;
			let text = serde_json::to_string_pretty(&audit_bundle(&views)).map_err(system)?;
			format!("{text}\n")
		},
		Format::Jsonl => {
			let lines = entries.iter().map(|entry| serde_json::to_string(&Entry::from(entry)));
			let lines: Vec<_> = lines.collect::<Result<_, _>>().map_err(system)?;
			lines.iter().map(|line| format!("{line}\n")).collect()
		},
		Format::Forensic => {
			let bar = context.output.bar("proving", entries.len());
			let mut proofs = Vec::with_capacity(entries.len());
			for entry in &entries {
				proofs.push(chain.prove(entry.index).await?);
				bar.advance(1);
			}
			forensic::text(chain.genesis(), &options.what.to_string(), options.what.range, &proofs)?
		},
	};
	if let Some(directory) = &proofs {
		prove_all(&chain, &entries, directory, context).await?;
	}
	file.write(text.as_bytes())?;
	context.output.show(&Exported {
		what: options.what.to_string(),
		entries: entries.len(),
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
		Subject::BreakGlass { grant, .. } => grant,
		_ => None,
	}
}

async fn prove_all(
	chain: &Chain,
	entries: &[AuditEntry],
	directory: &Path,
	context: &Context,
) -> Result<(), Error> {
	let bar = context.output.bar("proving", entries.len());
	for entry in entries {
		let proof = chain.prove(entry.index).await?;
		let name = format!("entry-{}.proof.json", entry.index.0);
		let mut file = NewFile::create(&directory.join(name))?;
		file.write(format!("{}\n", proof.to_json().map_err(system)?).as_bytes())?;
		file.keep();
		bar.advance(1);
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
	use super::*;

	#[test]
	fn a_range_is_from_one_to_another() {
		assert_eq!(range("10-25"), Ok((10, 25)));
		assert_eq!(range("3-3"), Ok((3, 3)));
		for text in ["", "3", "-3", "3-", "5-3", "a-b", "1-2-3", "1 - 2"] {
			assert!(range(text).is_err(), "{text}");
		}
	}
}
