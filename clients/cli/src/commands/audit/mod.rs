//! `hdx audit`: reading the log, and proving what is in it.

mod authorities;
mod check;
mod disclosures;
mod export;
mod fhir;
pub(crate) mod forensic;
mod list;
mod retention;
mod review;
mod selected;
mod trust;
mod view;

use super::Context;
use crate::{
	error::Error,
	exit::Exit,
	files::{self, NewFile},
	output::block,
};
use clap::Subcommand;
use hdx_primitives::EntryIndex;
use hdx_sdk::proof::{AuditProof, TrustRoot};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};
pub use trust::genesis;
use trust::Trust;
use view::Entry;

/// Largest proof that is read, in bytes. They are some kilobytes, and as much again for each change of the validators: a
/// thousand changes among a hundred validators are 26 MiB.
const MAX_PROOF_BYTES: u64 = 64 * 1024 * 1024;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Audit {
	/// List what the log has about a patient, an account or an institution, the oldest first.
	#[command(after_help = "\
Examples:
  hdx audit list //Charlie
  hdx audit list //Charlie --from 50 --limit 50 --json
  hdx audit list --institution 1 --since 2026-01-01 --outcome denied

To begin beyond the end of the log is an error, which says how many entries there are.")]
	List(list::List),
	/// Show an entry of the log.
	#[command(after_help = "\
Example:
  hdx audit show 4 --json")]
	Show {
		/// The entry.
		#[arg(value_name = "INDEX")]
		index: u64,
	},
	/// Write what the log has about a patient, or a range of it, for other systems and for courts.
	#[command(after_help = "\
Examples:
  hdx audit export //Charlie -o log.json                      a Bundle of FHIR AuditEvents (IHE BALP)
  hdx audit export //Charlie --format jsonl -o log.jsonl --proofs proofs
  hdx audit export --range 100-250 --format forensic -o case.bundle    entries and proofs in one file

Each proof, and each bundle, can be checked on another machine, with the genesis hash and without a node: hdx audit verify.
A range has entries that were pruned as well, which a node gives that keeps the state of all blocks. What is exported of a
patient is what the state of now has; the output says from which entry on that is all.")]
	Export(export::Export),
	/// Account for the disclosures of a patient's data (45 CFR 164.528).
	#[command(after_help = "\
Examples:
  hdx audit disclosures //Charlie
  hdx audit disclosures //Charlie --since 2026-01-01 --csv > accounting.csv

Disclosures for treatment, payment and operations are listed too, and marked as exempt. Those that custodians reported
in batches name no patient on the chain: a custodian adds its own with --data.")]
	Disclosures(disclosures::Disclosures),
	/// Check that a batch of disclosures holds one of them.
	#[command(after_help = "\
Examples:
  hdx audit check-disclosure disclosure-0f3c.json
  hdx audit check-disclosure disclosure-0f3c.json --proof entry-7.proof.json --genesis 0x5c1f...

The custodian gives a patient the file: it opens what the chain has of the disclosure. With the proof of the batch's
entry no node is asked, and the batch may have left the state long ago.")]
	CheckDisclosure(check::CheckDisclosure),
	/// Reviews of entries, which patients ask for and institutions answer.
	#[command(subcommand)]
	Review(review::Review),
	/// Legal holds, which keep entries in state.
	#[command(subcommand)]
	Hold(retention::Hold),
	/// Show for how long entries stay in state, or set it. Governance sets it.
	#[command(after_help = "\
Examples:
  hdx audit retention
  hdx audit retention --as //Ferdie --period 3650d")]
	Retention(retention::Retention),
	/// Show what raises alerts, or set it. Governance sets it.
	#[command(after_help = "\
Examples:
  hdx audit monitoring
  hdx audit monitoring --as //Ferdie --window 1d --actor-denials 20 --actor-overrides 3 \\
    --actor-patients 200

Whatever is left out when setting it raises no alert. `hdx audit list --actor ACCOUNT` shows the alerts.")]
	Monitoring(retention::Monitoring),
	/// Write a proof that an entry is in the log.
	#[command(after_help = "\
Example:
  hdx audit prove 4 -o entry-4.proof.json

Waits until the block after the entry's is final. Whoever has the file and the chain's genesis hash
can check it without any node: hdx audit verify. An entry that was pruned is proven too, by a node that keeps the
state of all blocks (--state-pruning archive). The proof starts from the genesis block. With --authorities it starts from
a later set of validators, and holds for those who trust that set, or one after it.")]
	Prove {
		/// The entry.
		#[arg(value_name = "INDEX")]
		index: u64,
		/// Where to write the proof.
		#[arg(short, long, value_name = "FILE")]
		out: PathBuf,
		/// Take the entry from the state of its own block, even if the state of now has it.
		#[arg(long)]
		archived: bool,
		/// Start from the set of authorities in this file, and not from the genesis block.
		#[arg(long, value_name = "FILE")]
		authorities: Option<PathBuf>,
	},
	/// Show the set of authorities that finalizes now, or write it for those who verify proofs.
	#[command(after_help = "\
Examples:
  hdx audit authorities
  hdx audit authorities -o authorities.json

It is the word of the node that is asked: ask your own. Who has the file from somebody they trust need not trust the keys
of all validators since genesis: hdx audit verify --authorities.")]
	Authorities {
		/// Where to write the set.
		#[arg(short, long, value_name = "FILE")]
		out: Option<PathBuf>,
	},
	/// Check a proof, or a bundle of them. Opens no connection at all.
	#[command(after_help = "\
Examples:
  hdx audit verify entry-4.proof.json --genesis 0x3f1c…
  hdx audit verify case.bundle --genesis 0x3f1c…
  hdx audit verify entry-4.proof.json --authorities authorities.json

Get the genesis hash, or the set of authorities, from somebody you trust: it is all that is trusted. The sets of validators
that came after it are followed by their signatures.")]
	Verify {
		/// The proof, or the forensic bundle.
		#[arg(value_name = "FILE")]
		file: PathBuf,
		#[command(flatten)]
		trust: Trust,
	},
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proven {
	entry: u64,
	proof: PathBuf,
	genesis: String,
	/// Beside the justification, in binary.
	bytes: usize,
	justification_bytes: usize,
	/// How many changes of the validators it shows.
	handovers: usize,
	handover_bytes: usize,
}

impl fmt::Display for Proven {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let handovers = match self.handovers {
			0 => String::new(),
			count => format!(", and {count} handovers of {} bytes", self.handover_bytes),
		};
		let size = format!(
			"{} bytes, and a justification of {} bytes{handovers}",
			self.bytes, self.justification_bytes
		);
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("proof", &self.proof.display()), ("genesis", &self.genesis), ("size", &size)];
		block(f, format!("entry {} is proven", self.entry), &fields)
	}
}

#[derive(Serialize)]
struct Verified {
	verified: bool,
	/// The hash of the genesis block of the chain whose log has the entry.
	genesis: String,
	entry: Entry,
}

impl fmt::Display for Verified {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(
			f,
			"the proof holds: this entry is in the log of the chain with genesis {}",
			self.genesis
		)?;
		self.entry.fmt(f)
	}
}

/// Does it.
pub async fn run(command: Audit, context: &Context) -> Result<Exit, Error> {
	match command {
		Audit::List(options) => list::run(options, context).await?,
		Audit::Show { index } => {
			let chain = context.connect().await?;
			let found = chain.audit_entry(EntryIndex(index)).await?;
			context.output.show(&Entry::from(&found))?;
		},
		Audit::Export(options) => export::run(options, context).await?,
		Audit::Disclosures(options) => disclosures::run(options, context).await?,
		Audit::CheckDisclosure(options) => check::run(options, context).await?,
		Audit::Review(command) => review::run(command, context).await?,
		Audit::Hold(command) => retention::hold(command, context).await?,
		Audit::Retention(options) => retention::retention(options, context).await?,
		Audit::Monitoring(options) => retention::monitoring(options, context).await?,
		Audit::Prove { index, out, archived, authorities } => {
			prove(index, &out, archived, authorities.as_deref(), context).await?;
		},
		Audit::Authorities { out } => authorities::run(out.as_deref(), context).await?,
		Audit::Verify { file, trust } => {
			let trust = trust.root()?;
			match forensic::is_one(&file)? {
				true => context.output.show(&forensic::verify(&file, &trust)?)?,
				false => context.output.show(&verify(&file, &trust)?)?,
			}
		},
	}
	Ok(Exit::Done)
}

async fn prove(
	index: u64,
	out: &Path,
	archived: bool,
	authorities: Option<&Path>,
	context: &Context,
) -> Result<(), Error> {
	let authorities = authorities.map(trust::read).transpose()?;
	let mut file = NewFile::create(out)?;
	let chain = context.connect().await?;
	let trust = authorities.unwrap_or_else(|| chain.trust_genesis());
	let progress = context.output.progress("waiting until it is final");
	let proof = match archived {
		true => chain.prove_from_archive(EntryIndex(index), &trust).await?,
		false => chain.prove_from(EntryIndex(index), &trust).await?,
	};
	drop(progress);
	let text = proof.to_json().map_err(|error| Error::System(std::io::Error::other(error)))?;
	file.write(format!("{text}\n").as_bytes())?;
	context.output.show(&Proven {
		entry: index,
		proof: file.keep(),
		genesis: format!("0x{}", hex::encode(chain.genesis())),
		bytes: proof.bytes_beside_justification(),
		justification_bytes: proof.justification.0.len(),
		handovers: proof.handovers.len(),
		handover_bytes: proof.bytes_of_handovers(),
	})
}

/// Needs the file and what is trusted, and nothing else.
fn verify(path: &Path, trust: &TrustRoot) -> Result<Verified, Error> {
	let proof = read_proof(path)?;
	let entry =
		proof.verify(trust).map_err(|source| Error::Proof { path: path.to_owned(), source })?;
	let genesis =
		proof.genesis().map_err(|source| Error::Proof { path: path.to_owned(), source })?;
	let genesis = format!("0x{}", hex::encode(genesis));
	Ok(Verified { verified: true, genesis, entry: Entry::from(&entry) })
}

/// Reads a proof of an entry.
pub fn read_proof(path: &Path) -> Result<AuditProof, Error> {
	let text = files::read_text(path, MAX_PROOF_BYTES)?;
	AuditProof::from_json(&text).map_err(|error| Error::Malformed {
		path: path.to_owned(),
		expected: "an audit proof",
		detail: error.to_string(),
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn verify_fails_when_the_file_is_missing_or_no_proof() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("entry.proof.json");
		let trust = TrustRoot::Genesis([0; 32].into());
		let Err(missing) = verify(&file, &trust) else { unreachable!("there is no file") };
		assert!(missing.to_string().contains("entry.proof.json"), "{missing}");
		for text in ["", "{}", "{\"version\": 1", "[]"] {
			std::fs::write(&file, text).unwrap();
			assert!(matches!(verify(&file, &trust), Err(Error::Malformed { .. })), "{text}");
		}
	}
}
