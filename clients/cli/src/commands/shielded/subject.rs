//! `hdx shielded subject`, and the file that it makes.

use super::{
	append,
	element::{Element, Hidden},
	secret_file::{self, Kind, SecretFile},
};
use crate::{
	commands::{provider::Done, zk::random, Context, SignedBy},
	error::Error,
};
use hdx_primitives::{EntryIndex, RecordId};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Signer, Until};
use hdx_zk_circuits::{
	note::{subject_tag, PatientKey},
	Fr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Whose record, and where to.
#[derive(Debug, clap::Args)]
pub struct Subject {
	#[command(flatten)]
	by: SignedBy,
	/// The record.
	#[arg(value_name = "RECORD")]
	record: u64,
	/// The patient's key, as `hdx shielded tag` shows it.
	#[arg(long, value_name = "KEY", value_parser = Element::parse, required_unless_present = "withdraw")]
	patient_key: Option<Element>,
	/// Where to write what whoever proves has to know (mode 0600).
	#[arg(long, value_name = "FILE", required_unless_present = "withdraw")]
	out: Option<PathBuf>,
	/// Withdraw what the record has. This version of it gets no other.
	#[arg(long, conflicts_with_all = ["patient_key", "out"])]
	withdraw: bool,
}

/// Whose record one is, as whoever proves is told it.
#[derive(Debug)]
pub struct RecordSubject {
	/// The record.
	pub record: RecordId,
	/// The patient's key.
	pub patient: PatientKey,
	genesis: String,
	salt: Hidden,
}

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	genesis: String,
	record: u64,
	patient: Element,
	tag: Element,
	salt: Hidden,
}

impl RecordSubject {
	/// What the chain has.
	pub fn tag(&self) -> Element {
		Element(subject_tag(self.patient, self.salt()))
	}

	/// What hides the patient in it.
	pub fn salt(&self) -> Fr {
		self.salt.expose()
	}

	/// Whether it is of the chain with this first block.
	pub fn is_for(&self, genesis: &str) -> bool {
		self.genesis == genesis
	}

	fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Subject, &self.written())
	}

	fn written(&self) -> Written {
		Written {
			genesis: self.genesis.clone(),
			record: self.record.0,
			patient: Element(self.patient.0),
			tag: self.tag(),
			salt: self.salt.clone(),
		}
	}

	/// Reads one, and checks that it is what it says.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of(&SecretFile::read(path)?, path)
	}

	fn of(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Subject)?;
		let tag = written.tag;
		let read = Self::made(written);
		if read.tag() != tag {
			let detail = "patient and salt do not belong to the tag".to_owned();
			return Err(secret_file::damaged(path, Kind::Subject.described(), detail).into());
		}
		Ok(read)
	}

	/// What was written, whatever its tag.
	fn made(Written { genesis, record, patient, salt, .. }: Written) -> Self {
		Self { record: RecordId(record), patient: PatientKey(patient.0), genesis, salt }
	}
}

/// Reads anything as the subject of a record, also with the tag that belongs to it. What is read is written, and read
/// again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| RecordSubject::of(file, Path::new("subject"));
	let mended = |written| Some(RecordSubject::made(written));
	secret_file::fuzz(file, Kind::Subject, read, mended, RecordSubject::written);
}

/// Draws a salt, keeps it, and sets the tag; or withdraws what is there.
pub async fn run(options: Subject, context: &Context) -> Result<(), Error> {
	let operator = options.by.signer()?;
	let chain = context.connect().await?;
	let record = RecordId(options.record);
	// Without `--withdraw`, both are there.
	let (false, Some(patient), Some(out)) = (options.withdraw, options.patient_key, options.out)
	else {
		let version = version_of(&chain, record).await?;
		let progress = context.output.progress("waiting until it is final");
		let entry =
			chain.withdraw_subject_tag(&operator, record, version, Until::Finalized).await?;
		drop(progress);
		return context.output.show(&withdrawn(record, version, entry));
	};
	let patient = PatientKey(patient.0);
	let Set { tag, version, file, entry } =
		set(&chain, &operator, record, patient, &out, context).await?;
	context.output.show(&Done::new(
		format!(
			"record {}, version {version}, has subject tag {tag} (entry {})\nGive {} to whoever may prove that a consent of this patient opens the record: it tells whose it is.",
			record.0,
			entry.0,
			file.display()
		),
		json!({
			"record": record.0,
			"version": version,
			"tag": tag,
			"file": file,
			"entry": entry.0,
		}),
	))
}

/// A subject tag that a record has, for good.
pub struct Set {
	/// The tag.
	pub tag: Element,
	/// Of which version of the record.
	pub version: u32,
	/// The file with the salt.
	pub file: PathBuf,
	/// The entry of the log.
	pub entry: EntryIndex,
}

/// Draws a salt, keeps it in a new file, and sets the tag; waits until that is final.
pub async fn set(
	chain: &Chain,
	operator: &Signer,
	record: RecordId,
	patient: PatientKey,
	out: &Path,
	context: &Context,
) -> Result<Set, Error> {
	let version = version_of(chain, record).await?;
	let salt = Hidden::draw(&mut random::generator()?);
	let subject = RecordSubject { record, patient, genesis: append::genesis(chain), salt };
	// Kept first: without the salt, nobody could ever prove anything about this version.
	let file = subject.create(out)?;
	let _progress = context.output.progress("waiting until it is final");
	let tag = subject.tag();
	let entry =
		chain.set_subject_tag(operator, record, version, tag.to_bytes(), Until::Finalized).await?;
	Ok(Set { tag, version, file, entry })
}

/// Which version of a record the chain has.
async fn version_of(chain: &Chain, record: RecordId) -> Result<u32, Error> {
	let version = chain.record_version(record, AtBlock::Best).await?;
	let missing = || ChainError::NotFound { what: format!("record {}", record.0) };
	Ok(version.ok_or_else(missing)?)
}

fn withdrawn(record: RecordId, version: u32, entry: EntryIndex) -> Done {
	Done::new(
		format!(
			"record {}, version {version}, has no subject tag any more (entry {})\nWhat was granted by proof goes on for a quarter of an hour; a new version of the record gets a tag of its own.",
			record.0, entry.0
		),
		json!({ "record": record.0, "version": version, "tag": null, "entry": entry.0 }),
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use std::fs;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		subject: Subject,
	}

	#[test]
	fn a_tag_is_set_with_key_and_file_or_withdrawn_without() {
		let read = |more: &str| {
			let line = format!("subject 3 --as //Alice {more}");
			Line::try_parse_from(line.split_whitespace()).map(|line| line.subject)
		};
		let key = Element(Fr::from(7u64));
		let set = read(&format!("--patient-key {key} --out file")).unwrap();
		assert!(set.patient_key.is_some() && set.out.is_some() && !set.withdraw);
		let withdrawn = read("--withdraw").unwrap();
		assert!(withdrawn.patient_key.is_none() && withdrawn.out.is_none() && withdrawn.withdraw);
		for refused in [
			String::new(),
			"--out file".to_owned(),
			format!("--patient-key {key}"),
			"--withdraw --out file".to_owned(),
			format!("--withdraw --patient-key {key}"),
		] {
			assert!(read(&refused).is_err(), "{refused}");
		}
	}

	#[test]
	fn a_subject_is_read_as_it_was_written_and_fails_when_it_was_altered() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("subject");
		let subject = RecordSubject {
			record: RecordId(4),
			patient: PatientKey(Fr::from(7u64)),
			genesis: "0x07".to_owned(),
			salt: Hidden::new(Fr::from(9u64)),
		};
		subject.create(&file).unwrap();
		let read = RecordSubject::read(&file).unwrap();
		assert_eq!((read.record, read.patient), (subject.record, subject.patient));
		assert_eq!((read.tag(), read.salt()), (subject.tag(), Fr::from(9u64)));
		assert!(read.is_for("0x07") && !read.is_for("0x08"));
		assert!(matches!(subject.create(&file).unwrap_err(), Error::Exists { .. }));
		let other = Element(Fr::from(8u64)).to_string();
		let text = fs::read_to_string(&file).unwrap();
		fs::write(&file, text.replace(&Element(Fr::from(7u64)).to_string(), &other)).unwrap();
		assert_eq!(RecordSubject::read(&file).unwrap_err().code(), "damaged-file");
	}
}
