//! `hdx record open`.

use super::{
	release::{bindings, covers},
	view::ShownSection,
};
use crate::{
	commands::Context,
	custody::Custody,
	error::Error,
	files::{self, NewFile},
	output::{block, count},
};
use hdx_sdk::{
	chain::ChainError,
	seal::{self, EncryptionKeyPair, GrantPackage, OpenedSection},
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Largest package that is read, in bytes: room for 10,000 sections.
const MAX_PACKAGE_BYTES: u64 = 64 * 1024 * 1024;

/// What is opened, with which key.
#[derive(Debug, clap::Args)]
pub struct Open {
	/// The package, as the custodian wrote it.
	#[arg(value_name = "PACKAGE")]
	package: PathBuf,
	/// Your encryption key.
	#[arg(long, value_name = "ENCRYPTION-KEY-FILE")]
	key: PathBuf,
	/// The data directory with the ciphertext.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
	/// Where to write the sections, a Bundle each. Left out: they are only verified and listed.
	#[arg(long, value_name = "DIR")]
	out: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
	record: u64,
	grant: u64,
	sections: Vec<OpenedView>,
	withheld: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OpenedView {
	#[serde(flatten)]
	section: ShownSection,
	resources: usize,
	#[serde(skip_serializing_if = "Option::is_none")]
	file: Option<PathBuf>,
}

impl fmt::Display for Opened {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let resources: usize = self.sections.iter().map(|one| one.resources).sum();
		let sections = count(self.sections.len(), "section");
		let opened = format!("{} in {sections}", count(resources, "resource"));
		let fields: [(&str, &dyn fmt::Display); 3] = [
			("grant", &self.grant),
			("opened", &opened),
			("withheld", &count(self.withheld, "section")),
		];
		block(f, format!("record {}: verified against the chain", self.record), &fields)?;
		for one in &self.sections {
			write!(f, "  {}, {}", one.section, count(one.resources, "resource"))?;
			match &one.file {
				Some(file) => writeln!(f, ": {}", file.display())?,
				None => writeln!(f)?,
			}
		}
		Ok(())
	}
}

/// Verifies, opens, and writes what was opened.
pub async fn run(options: Open, context: &Context) -> Result<(), Error> {
	let package = read_package(&options.package)?;
	let keys = EncryptionKeyPair::read(&options.key)?;
	let store = Custody::existing(&options.data)?.blocks()?;

	let chain = context.connect().await?;
	let claimed = package.bindings();
	if claimed.genesis != chain.genesis() {
		return Err(Error::Chain(ChainError::AnotherGenesis {
			url: context.url.clone(),
			found: hex::encode(chain.genesis()),
			expected: hex::encode(claimed.genesis),
		}));
	}
	// The package only says where to look; what it must be bound to is what the chain has there.
	let grant = chain.finalized_grant(claimed.grant).await?;
	let record = chain.record(claimed.record).await?;
	covers(&grant, &record)?;
	let expected = bindings(&chain, &grant, &record);

	let progress = context.output.progress("opening");
	let opened = seal::open(&package, &keys, &record.manifest, &expected, &store).await?;
	drop(progress);
	let files = match &options.out {
		Some(directory) => write_all(directory, &opened)?.into_iter().map(Some).collect(),
		None => vec![None; opened.len()],
	};
	let sections: Vec<_> = package
		.sections()
		.iter()
		.zip(&opened)
		.zip(files)
		.map(|((released, opened), file)| OpenedView {
			section: (&released.entry).into(),
			resources: opened.resources.len(),
			file,
		})
		.collect();
	let total = usize::try_from(package.record_sections()).unwrap_or(usize::MAX);
	context.output.show(&Opened {
		record: record.id.0,
		grant: grant.id.0,
		withheld: total.saturating_sub(sections.len()),
		sections,
	})
}

fn read_package(path: &Path) -> Result<GrantPackage, Error> {
	parse(&files::read(path, MAX_PACKAGE_BYTES)?, path)
}

fn parse(text: &[u8], path: &Path) -> Result<GrantPackage, Error> {
	serde_json::from_slice(text).map_err(|error| Error::Malformed {
		path: path.to_owned(),
		expected: "a grant package",
		detail: error.to_string(),
	})
}

/// Reads anything as a package. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new("package.json");
	let Ok(package) = parse(bytes, path) else { return };
	let text = |package: &GrantPackage| serde_json::to_vec(package).ok();
	let written = text(&package);
	let again = written.as_deref().and_then(|text| parse(text, path).ok());
	assert!(written.is_some() && again.as_ref().and_then(text) == written);
}

/// Writes each section as a Bundle; all of them, or none.
fn write_all(directory: &Path, sections: &[OpenedSection]) -> Result<Vec<PathBuf>, Error> {
	std::fs::create_dir_all(directory)
		.map_err(|source| Error::Unwritable { path: directory.to_owned(), source })?;
	let mut written = Vec::with_capacity(sections.len());
	for section in sections {
		let mut file = NewFile::create(&directory.join(file_name(section)))?;
		file.write(bundle(section).as_bytes())?;
		written.push(file);
	}
	Ok(written.into_iter().map(NewFile::keep).collect())
}

/// A name that leads nowhere else, whatever the custodian called the class.
fn file_name(section: &OpenedSection) -> String {
	let class: String = section.class.chars().filter(char::is_ascii_alphanumeric).collect();
	format!("section-{}-{class}.json", section.section.0)
}

/// A section as a Bundle; the entries are the bytes that were sealed.
fn bundle(section: &OpenedSection) -> String {
	let entries: Vec<_> = section.resources.iter().map(|resource| resource.entry()).collect();
	format!(
		"{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{}]}}\n",
		entries.join(",")
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_sdk::{bundle::LabelSet, seal::SectionId};

	fn section(class: &str) -> OpenedSection {
		OpenedSection {
			section: SectionId(3),
			class: class.to_owned(),
			labels: LabelSet::default(),
			resources: Vec::new(),
		}
	}

	#[test]
	fn a_class_names_no_other_directory() {
		assert_eq!(file_name(&section("Observation")), "section-3-Observation.json");
		assert_eq!(file_name(&section("../../etc/passwd")), "section-3-etcpasswd.json");
	}

	#[test]
	fn all_sections_are_written_or_none() {
		let directory = tempfile::tempdir().unwrap();
		let out = directory.path().join("opened");
		// The same name twice: the second cannot be written.
		let twice = [section("Observation"), section("Observation")];
		assert!(matches!(write_all(&out, &twice), Err(Error::Exists { .. })));
		assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
		let files = write_all(&out, &twice[..1]).unwrap();
		let text = std::fs::read_to_string(&files[0]).unwrap();
		let value: serde_json::Value = serde_json::from_str(&text).unwrap();
		assert_eq!(value["resourceType"], "Bundle");
	}

	#[test]
	fn fails_when_the_package_is_missing_or_none() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("package.json");
		let missing = read_package(&file).unwrap_err();
		assert!(missing.to_string().contains("package.json"), "{missing}");
		for text in ["", "{}", "{\"format\":\"hdx-grant-package/1\"", "[]"] {
			std::fs::write(&file, text).unwrap();
			let error = read_package(&file).unwrap_err();
			assert!(matches!(error, Error::Malformed { .. }), "{text}: {error}");
		}
	}
}
