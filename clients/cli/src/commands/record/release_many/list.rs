//! What is to be released, as a file has it: a JSON object a line.

use crate::{error::Error, files};
use hdx_primitives::{GrantId, RecordId};
use serde::Deserialize;
use std::{
	collections::BTreeMap,
	path::{Path, PathBuf},
};

/// Largest list, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// One release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Release {
	/// The line of the list, from 1.
	pub line: usize,
	/// Under which grant.
	pub grant: GrantId,
	/// From which record.
	pub record: RecordId,
	/// The grantee's public encryption key, where the one of the DID is not to be taken.
	pub to: Option<PathBuf>,
	/// Of the releases from this record under this grant, the how manieth, from 1.
	pub nth: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
	grant: u64,
	record: u64,
	#[serde(default)]
	to: Option<PathBuf>,
}

impl Release {
	/// The name of its package.
	pub fn file_name(&self) -> String {
		let Self { grant, record, nth, .. } = self;
		match nth {
			1 => format!("grant-{}-record-{}.json", grant.0, record.0),
			_ => format!("grant-{}-record-{}-{nth}.json", grant.0, record.0),
		}
	}
}

/// Reads a list: sorted by grant, then record, then line. Empty lines are skipped.
pub fn read(path: &Path) -> Result<Vec<Release>, Error> {
	parse(&files::read_text(path, MAX_BYTES)?, path)
}

fn parse(text: &str, path: &Path) -> Result<Vec<Release>, Error> {
	let malformed =
		|detail| Error::Malformed { path: path.to_owned(), expected: "a list of releases", detail };
	let mut releases = Vec::new();
	let mut seen = BTreeMap::new();
	for (line, text) in (1usize..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
		// The parser would also take an array of the fields in their order.
		if !text.trim_start().starts_with('{') {
			return Err(malformed(format!("line {line}: it is no JSON object")));
		}
		let read: Line = serde_json::from_str(text)
			.map_err(|error| malformed(format!("line {line}: {error}")))?;
		let (grant, record) = (GrantId(read.grant), RecordId(read.record));
		let nth = seen.entry((grant, record)).or_insert(0usize);
		*nth = nth.saturating_add(1);
		releases.push(Release { line, grant, record, to: read.to, nth: *nth });
	}
	if releases.is_empty() {
		return Err(malformed("it has no lines".to_owned()));
	}
	releases.sort_by_key(|one| (one.grant, one.record, one.line));
	Ok(releases)
}

/// Reads anything as a list. What is read is sorted, and no two of it would be one package.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let Ok(releases) = parse(text, Path::new("list.jsonl")) else { return };
	assert!(
		!releases.is_empty() && releases.is_sorted_by_key(|one| (one.grant, one.record, one.nth))
	);
	let names: std::collections::BTreeSet<_> = releases.iter().map(Release::file_name).collect();
	assert_eq!(names.len(), releases.len());
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	fn listed(text: &str) -> Result<Vec<Release>, Error> {
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("list.jsonl");
		std::fs::write(&path, text).unwrap();
		read(&path)
	}

	#[test]
	fn a_list_is_sorted_and_says_what_is_named_again() {
		let text =
			"{\"grant\":2,\"record\":0}\n\n{\"grant\":1,\"record\":5,\"to\":\"dave.pub\"}\r\n\
		            {\"grant\":2,\"record\":0}";
		let read = listed(text).unwrap();
		let names: Vec<_> = read.iter().map(|one| (one.line, one.file_name())).collect();
		let name = |line, name: &str| (line, name.to_owned());
		assert_eq!(
			names,
			[
				name(3, "grant-1-record-5.json"),
				name(1, "grant-2-record-0.json"),
				name(4, "grant-2-record-0-2.json"),
			]
		);
		assert_eq!(read.first().unwrap().to, Some(PathBuf::from("dave.pub")));
	}

	#[test]
	fn fails_when_a_line_cannot_be_read_and_names_it() {
		for line in [
			"{}",
			"[1,0]",
			"{\"grant\":1}",
			"{\"grant\":1,\"record\":-1}",
			"x",
			"{\"grant\":1,\"record\":0,\"out\":\"a\"}",
			"{\"grant\":1,\"record\":0",
		] {
			let error = listed(&format!("{{\"grant\":1,\"record\":0}}\n{line}\n")).unwrap_err();
			assert!(error.to_string().contains("line 2: "), "{line}: {error}");
		}
	}

	#[test]
	fn fails_when_there_is_nothing_to_release() {
		for text in ["", "\n \n"] {
			assert!(matches!(listed(text), Err(Error::Malformed { .. })));
		}
	}
}
