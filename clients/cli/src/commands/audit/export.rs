//! `hdx audit export`: what the log has about a patient, for other systems and for courts.

use super::{fhir, view::Entry};
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
	/// The patient's account.
	#[arg(value_parser = crate::account::parse)]
	patient: AccountId,
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

/// Formats, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
	/// A FHIR R4 Bundle of AuditEvents, by the profiles of IHE BALP.
	Fhir,
	/// A JSON object a line, as `hdx audit show --json` has it.
	Jsonl,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
	patient: String,
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
		block(f, format!("{entries} about {}", self.patient), &fields)
	}
}

/// Exports.
pub async fn run(options: Export, context: &Context) -> Result<(), Error> {
	let mut file = NewFile::create(&options.out)?;
	let proofs = options.proofs.as_deref().map(new_directory).transpose()?;
	let chain = context.connect().await?;
	ensure_patient(&chain, &options.patient).await?;
	let progress = context.output.progress("reading the log");
	let entries = chain.audit_of_patient(&options.patient).await?;
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
	};
	drop(progress);
	if let Some(directory) = &proofs {
		prove_all(&chain, &entries, directory, context).await?;
	}
	file.write(text.as_bytes())?;
	context.output.show(&Exported {
		patient: options.patient.to_string(),
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
