//! Transcripts in files: read whole, judged, and written at once or not at all.

use crate::{
	ceremony_error::CeremonyError,
	commands::{zk::random, Context},
	error::Error,
	files,
};
use hdx_zk_ceremony::{verify, Phase, Report, Shape, Transcript, MAX_BYTES};
use hdx_zk_circuits::AnyCircuit;
use std::{
	io::{self, Write},
	path::{Path, PathBuf},
};

/// A transcript that holds.
pub struct Held {
	/// The file.
	pub path: PathBuf,
	/// What it is about.
	pub circuit: AnyCircuit,
	/// The circuit's matrices.
	pub shape: Shape,
	/// The transcript.
	pub transcript: Transcript,
	/// What it is.
	pub report: Report,
}

impl Held {
	/// Reads a transcript and verifies all of it.
	pub fn read(path: &Path, context: &Context) -> Result<Self, Error> {
		let bytes = files::read(path, MAX_BYTES)?;
		let mut progress = steps(context);
		progress("reading the transcript");
		let transcript = Transcript::from_bytes(&bytes)
			.map_err(|source| CeremonyError::Format { path: path.to_owned(), source })?;
		let relation = transcript.header().relation;
		let circuit = AnyCircuit::ALL
			.into_iter()
			.find(|circuit| circuit.relation() == relation)
			.ok_or_else(|| CeremonyError::UnknownCircuit { path: path.to_owned() })?;
		let shape = shape(circuit)?;
		let report = judge(path, &transcript, &shape, &mut progress)?;
		Ok(Self { path: path.to_owned(), circuit, shape, transcript, report })
	}

	/// Fails where it is about another circuit.
	pub fn ensure_about(&self, circuit: AnyCircuit) -> Result<(), CeremonyError> {
		if self.circuit == circuit {
			return Ok(());
		}
		Err(CeremonyError::OtherCircuit {
			path: self.path.clone(),
			circuit: circuit.name(),
			found: self.circuit.name(),
		})
	}

	/// Verifies what it has become. A fault of this machine would be found here, and not by the next party.
	pub fn judge_again(&mut self, context: &Context) -> Result<(), Error> {
		self.report = judge(&self.path, &self.transcript, &self.shape, &mut steps(context))?;
		Ok(())
	}
}

/// The matrices of a circuit.
pub fn shape(circuit: AnyCircuit) -> Result<Shape, CeremonyError> {
	Shape::of(circuit).map_err(|source| CeremonyError::Shape { circuit: circuit.name(), source })
}

fn judge(
	path: &Path,
	transcript: &Transcript,
	shape: &Shape,
	progress: &mut impl FnMut(&'static str),
) -> Result<Report, Error> {
	let mut random = random::generator()?;
	let report = verify(transcript, shape, &mut random, progress)
		.map_err(|source| CeremonyError::Fault { path: path.to_owned(), source })?;
	Ok(report)
}

/// Shows what is being done.
pub fn steps(context: &Context) -> impl FnMut(&'static str) {
	let output = context.output;
	let mut shown = None;
	move |text| {
		// The one before ends first.
		drop(shown.take());
		shown.get_or_insert_with(|| output.progress(text));
	}
}

/// Fails where a file is in the way: before anything takes minutes.
pub fn ensure_new(path: &Path) -> Result<(), Error> {
	if path.exists() {
		return Err(Error::Exists { path: path.to_owned() });
	}
	Ok(())
}

/// Writes a file at once or not at all, durably. An existing one is never touched.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), Error> {
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	let directory = match path.parent() {
		Some(directory) if !directory.as_os_str().is_empty() => directory,
		_ => Path::new("."),
	};
	let mut file = tempfile::NamedTempFile::new_in(directory).map_err(failed)?;
	file.write_all(content).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
	file.persist_noclobber(path).map_err(|error| match error.error.kind() {
		io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
		_ => failed(error.error),
	})?;
	Ok(())
}

/// Where a ceremony stands, for programs.
pub fn stage(phase: Option<Phase>) -> &'static str {
	match phase {
		Some(Phase::Powers) => "powers",
		Some(Phase::Circuit) => "circuit",
		None => "complete",
	}
}

/// Bytes as they are shown.
pub fn shown(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_file_is_written_once_and_leaves_nothing_beside_it() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("transcript");
		ensure_new(&file).unwrap();
		write_new(&file, b"first").unwrap();
		assert!(matches!(ensure_new(&file).unwrap_err(), Error::Exists { .. }));
		assert!(matches!(write_new(&file, b"second").unwrap_err(), Error::Exists { .. }));
		assert_eq!(std::fs::read(&file).unwrap(), b"first");
		assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
		let nowhere = directory.path().join("no/such/place");
		assert!(matches!(write_new(&nowhere, b"").unwrap_err(), Error::Unwritable { .. }));
	}
}
