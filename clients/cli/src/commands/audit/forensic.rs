//! Forensic bundles: many entries with their proofs in one file, for another machine.
//!
//! The first line says what the file is, how many proofs follow and how the validators changed; each further line is a
//! proof, as `hdx audit prove` writes it, but for the changes of the validators, which are in the first line alone.

use super::view::Entry;
use crate::{error::Error, files};
use hdx_primitives::AuditEntry;
use hdx_sdk::proof::{AuditProof, Handover, Lineage, ProofError, SetId, TrustRoot};
use serde::{Deserialize, Serialize};
use std::{fmt, path::Path};

const FORMAT: &str = "hdx-forensic-bundle/1";

/// Largest bundle that is read, in bytes: some 50,000 entries.
const MAX_BYTES: u64 = 1024 * 1024 * 1024;

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
	format: String,
	#[serde(with = "hex::serde")]
	genesis: [u8; 32],
	/// Which entries were asked for, for people.
	what: String,
	/// The first and the last, where a range was asked for.
	#[serde(skip_serializing_if = "Option::is_none", default)]
	range: Option<(u64, u64)>,
	entries: usize,
	/// The changes of the set of authorities from that of genesis on, for all proofs that have none of their own.
	#[serde(skip_serializing_if = "Vec::is_empty", default)]
	handovers: Vec<Handover>,
}

impl Head {
	/// The sets of authorities that the handovers lead to. The proof shows those of genesis.
	fn lineage(&self, proof: &AuditProof, trust: &TrustRoot) -> Result<Lineage, ProofError> {
		let set_id = SetId::try_from(self.handovers.len()).unwrap_or(SetId::MAX);
		let last = AuditProof { handovers: self.handovers.clone(), set_id, ..proof.clone() };
		last.lineage(trust)
	}
}

/// A bundle whose proofs all hold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verified {
	verified: bool,
	/// What whoever made it says of which entries they are. Nothing proves that.
	what: String,
	/// Whether no entry is missing between the first and the last.
	contiguous: bool,
	/// The first entry.
	first: u64,
	/// The last one. Whether there are later ones, only whoever asked can know.
	last: u64,
	entries: Vec<Entry>,
}

impl fmt::Display for Verified {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let count = self.entries.len();
		writeln!(f, "all proofs hold: these {count} entries are in the log of that chain")?;
		match self.contiguous {
			true => writeln!(f, "none is missing from {} to {}", self.first, self.last)?,
			false => writeln!(
				f,
				"said to be those {}; that none is left out is not proven: export a --range for that",
				crate::output::printable(&self.what),
			)?,
		}
		self.entries.iter().try_for_each(|entry| entry.fmt(f))
	}
}

/// A bundle, as it is written.
pub fn text(
	genesis: [u8; 32],
	what: &str,
	range: Option<(u64, u64)>,
	proofs: &[AuditProof],
) -> Result<String, Error> {
	let system = |error| Error::System(std::io::Error::other(error));
	let (format, what) = (FORMAT.to_owned(), what.to_owned());
	// The validators may change while it is made: then the last proof has all handovers, and the others the first ones.
	let longest = proofs.iter().map(|proof| &proof.handovers).max_by_key(|list| list.len());
	let handovers = longest.cloned().unwrap_or_default();
	let head = Head { format, genesis, what, range, entries: proofs.len(), handovers };
	let mut text = serde_json::to_string(&head).map_err(system)?;
	for proof in proofs {
		let mut proof = proof.clone();
		if head.handovers.starts_with(&proof.handovers) {
			proof.handovers.clear();
		}
		text.push('\n');
		text.push_str(&serde_json::to_string(&proof).map_err(system)?);
	}
	text.push('\n');
	Ok(text)
}

/// Whether a file claims to be a bundle.
pub fn is_one(path: &Path) -> Result<bool, Error> {
	let mut start = [0; 4096];
	let failed = |source| Error::Unreadable { path: path.to_owned(), source };
	let mut file = std::fs::File::open(path).map_err(failed)?;
	let length = std::io::Read::read(&mut file, &mut start).map_err(failed)?;
	let start = start.get(..length).unwrap_or_default();
	Ok(start.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes()))
}

/// Checks every proof of a bundle. Opens no connection at all.
pub fn verify(path: &Path, trust: &TrustRoot) -> Result<Verified, Error> {
	check(&files::read_text(path, MAX_BYTES)?, path, trust)
}

/// Checks the text of a bundle.
fn check(text: &str, path: &Path, trust: &TrustRoot) -> Result<Verified, Error> {
	let malformed = |detail: String| Error::Malformed {
		path: path.to_owned(),
		expected: "a forensic bundle",
		detail,
	};
	let mut lines = (1usize..).zip(text.lines());
	let (_, head) = lines.next().ok_or_else(|| malformed("it is empty".to_owned()))?;
	let head: Head =
		serde_json::from_str(head).map_err(|error| malformed(format!("line 1: {error}")))?;
	if head.format != FORMAT {
		return Err(malformed(format!("its format is `{}`, not `{FORMAT}`", head.format)));
	}
	if let TrustRoot::Genesis(genesis) = trust {
		if head.genesis != genesis.0 {
			let (found, given) = (hex::encode(head.genesis), hex::encode(genesis));
			return Err(malformed(format!(
				"it is of the chain with genesis 0x{found}, not 0x{given}"
			)));
		}
	}
	let mut lineage: Option<Lineage> = None;
	let mut entries: Vec<AuditEntry> = Vec::new();
	for (line, text) in lines {
		let proof = AuditProof::from_json(text)
			.map_err(|error| malformed(format!("line {line}: {error}")))?;
		let refused = |line, source| Error::BundledProof { path: path.to_owned(), line, source };
		// The handovers are of the first line. They are checked once, and not with every proof.
		let followed = match lineage.take() {
			Some(followed) => followed,
			None => head.lineage(&proof, trust).map_err(|source| refused(1, source))?,
		};
		let entry = proof.verify_along(&followed).map_err(|source| refused(line, source))?;
		lineage = Some(followed);
		let genesis = proof.genesis().map_err(|source| refused(line, source))?;
		if genesis.0 != head.genesis {
			return Err(malformed(format!(
				"line {line}: it is of the chain with genesis {genesis:?}"
			)));
		}
		if entries.last().is_some_and(|before| before.index >= entry.index) {
			return Err(malformed(format!("line {line}: its entries are not in order")));
		}
		entries.push(entry);
	}
	if entries.len() != head.entries {
		let found = entries.len();
		return Err(malformed(format!("it says {} entries and has {found}", head.entries)));
	}
	let ends =
		entries.first().zip(entries.last()).map(|(first, last)| (first.index.0, last.index.0));
	let (first, last) = ends.ok_or_else(|| malformed("it has no entries".to_owned()))?;
	if let Some((from, to)) = head.range.filter(|range| *range != (first, last)) {
		return Err(malformed(format!("it says {from} to {to} and has {first} to {last}")));
	}
	let contiguous = u64::try_from(entries.len()).ok()
		== last.checked_sub(first).map(|more| more.saturating_add(1));
	let shown = entries.iter().map(Entry::from).collect();
	Ok(Verified { verified: true, what: head.what, contiguous, first, last, entries: shown })
}

/// Reads anything as a bundle, as if the chain that it says it is of were trusted. None of what is read is out of order.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let first = text.lines().next().unwrap_or_default();
	let head: Option<Head> = serde_json::from_str(first).ok();
	let genesis = head.map(|head| head.genesis).unwrap_or_default();
	let trust = TrustRoot::Genesis(genesis.into());
	let Ok(read) = check(text, Path::new("bundle"), &trust) else { return };
	assert!(read.verified && read.first <= read.last && !read.entries.is_empty());
}
