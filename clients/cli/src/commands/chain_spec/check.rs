//! `hdx chain-spec check`.

use crate::{
	commands::Context,
	consortium::{self, Consortium, Fault, Read},
	error::Error,
	exit::Exit,
	output::{block, count, printable},
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// What is wanted.
#[derive(Debug, clap::Args)]
pub struct Check {
	/// The file that was filled in.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// What was found.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
	file: PathBuf,
	faults: Vec<Shown>,
	notes: Vec<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	chain: Option<Outline>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	line: Option<usize>,
	key: String,
	wrong: String,
	advice: &'static str,
	#[serde(skip)]
	text: String,
}

impl From<Fault> for Shown {
	fn from(fault: Fault) -> Self {
		Self {
			text: fault.to_string(),
			wrong: fault.wrong.to_string(),
			advice: fault.wrong.advice(),
			line: fault.line,
			key: fault.key,
		}
	}
}

/// A chain in a few words.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outline {
	name: String,
	id: String,
	/// By their numbers on the chain.
	institutions: Vec<String>,
	validators: usize,
	/// How many institutions have a seat.
	seats: usize,
	/// How many represent patients.
	representatives: usize,
}

impl From<&Consortium> for Outline {
	fn from(consortium: &Consortium) -> Self {
		Self {
			name: consortium.name.clone(),
			id: consortium.id.clone(),
			institutions: consortium.institutions.iter().map(|one| one.id.clone()).collect(),
			validators: consortium.validators.len(),
			seats: consortium.seats.len(),
			representatives: consortium.representatives.len(),
		}
	}
}

impl fmt::Display for Outline {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let institutions: Vec<_> = self
			.institutions
			.iter()
			.enumerate()
			.map(|(number, id)| format!("{number} {id}"))
			.collect();
		block(
			f,
			&self.name,
			&[
				("id", &self.id),
				("institutions", &institutions.join(", ")),
				("validators", &self.validators),
				("seats", &self.seats),
				("represent patients", &self.representatives),
			],
		)
	}
}

impl fmt::Display for Checked {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let file = self.file.display().to_string();
		match &self.chain {
			Some(chain) => write!(f, "{chain}")?,
			None => {
				let faults = count(self.faults.len(), "fault");
				writeln!(f, "`{}` has {faults}", printable(&file))?;
			},
		}
		for fault in &self.faults {
			writeln!(f, "  {}\n      {}", printable(&fault.text), fault.advice)?;
		}
		notes(f, &self.notes)
	}
}

/// Writes what is no fault.
pub(super) fn notes(f: &mut fmt::Formatter<'_>, notes: &[String]) -> fmt::Result {
	notes.iter().try_for_each(|note| writeln!(f, "note: {}", printable(note)))
}

/// Does it.
pub(super) fn run(options: &Check, context: &Context) -> Result<Exit, Error> {
	let checked = checked(&options.file, consortium::read(&options.file)?);
	context.output.show(&checked)?;
	Ok(if checked.faults.is_empty() { Exit::Done } else { Exit::Refused })
}

fn checked(file: &Path, read: Read) -> Checked {
	Checked {
		file: file.to_owned(),
		faults: read.faults.into_iter().map(Into::into).collect(),
		notes: read.notes.iter().map(ToString::to_string).collect(),
		chain: read.consortium.as_ref().map(Into::into),
	}
}
