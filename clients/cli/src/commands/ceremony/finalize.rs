//! `hdx ceremony finalize`.

use super::{
	file::{ensure_new, shown, stage, steps, write_new, Held},
	value::{typed, Value},
};
use crate::{
	ceremony_error::CeremonyError,
	commands::{provider::Done, zk::random, Context},
	error::Error,
	files::NewFile,
};
use hdx_sdk::commitment;
use hdx_zk_ceremony::{close, keys, verify_key, Beacon, ContributeError, Phase};
use hdx_zk_circuits::CeremonyKeys;
use serde_json::json;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// What to end.
#[derive(Debug, clap::Args)]
pub struct Finalize {
	/// The transcript.
	#[arg(value_name = "FILE")]
	transcript: PathBuf,
	/// The public value, 1 to 128 bytes. Not for a complete ceremony.
	#[arg(long, value_name = "0xBYTES", value_parser = typed, requires = "out")]
	beacon: Option<Value>,
	/// The file that is written.
	#[arg(long, value_name = "FILE", requires = "beacon")]
	out: Option<PathBuf>,
	/// The directory that the keys are written into; made where it is missing. For the end of the second phase.
	#[arg(long, value_name = "DIR")]
	keys: Option<PathBuf>,
}

/// Ends a phase, or writes the keys of a complete ceremony.
pub fn run(options: &Finalize, context: &Context) -> Result<(), Error> {
	if let Some(out) = &options.out {
		ensure_new(out)?;
	}
	let mut held = Held::read(&options.transcript, context)?;
	match (held.transcript.phase(), &options.keys) {
		(Some(Phase::Powers), Some(_)) => {
			return Err(Error::Usage(
				"--keys is for the end of the second phase, and this is the first".into(),
			));
		},
		(Some(Phase::Circuit) | None, None) => {
			return Err(Error::Usage("name with --keys where the keys go".into()));
		},
		_ => (),
	}
	let out = match (&options.beacon, &options.out) {
		(Some(Value(value)), Some(out)) => {
			end(&mut held, value, context)?;
			Some(out)
		},
		_ if held.transcript.phase().is_some() => {
			return Err(Error::Usage("give the beacon with --beacon, and --out".into()));
		},
		_ => None,
	};
	let made = match &options.keys {
		Some(directory) => Some(Files::make(&held, directory, context)?),
		None => None,
	};
	if let Some(out) = out {
		write_new(out, &held.transcript.to_bytes())?;
	}
	// The keys stay where the transcript does.
	let transcript = shown(&held.transcript.hash());
	let written = out.map_or_else(String::new, |out| format!(", in {}", out.display()));
	let file = out.unwrap_or(&options.transcript);
	let made = made.map(Files::keep);
	let key = |file: &Path, digest: &str| json!({ "file": file, "digest": digest });
	let value = json!({
		"circuit": held.circuit.name(),
		"stage": stage(held.transcript.phase()),
		"transcript": transcript,
		"file": file,
		"provingKey": made.as_ref().map(|made| key(&made.proving, &made.proving_digest)),
		"verifyingKey": made.as_ref().map(|made| key(&made.verifying, &made.verifying_digest)),
	});
	let sentence = match made {
		None => format!(
			"the powers of tau are made{written}\n\
			 Parties contribute to the circuit's phase now: hdx ceremony contribute"
		),
		Some(made) => format!(
			"the ceremony about {circuit} is complete{written}\n\
			 transcript     {transcript}\n\
			 proving key    {} {}\n\
			 verifying key  {} {}\n\
			 Governance registers it: hdx zk register {circuit} --version N --key {} --transcript {}",
			made.proving_digest,
			made.proving.display(),
			made.verifying_digest,
			made.verifying.display(),
			made.verifying.display(),
			file.display(),
			circuit = held.circuit,
		),
	};
	context.output.show(&Done::new(sentence, value))
}

/// Ends the phase that goes on, and verifies what came of it.
fn end(held: &mut Held, value: &[u8], context: &Context) -> Result<(), Error> {
	// A complete ceremony is told so before anything is hashed.
	if held.transcript.phase().is_none() {
		let (path, source) = (held.path.clone(), ContributeError::Complete);
		return Err(CeremonyError::Contribute { path, source }.into());
	}
	let beacon = Beacon::new(value.to_vec()).map_err(|error| Error::Usage(error.to_string()))?;
	close(&mut held.transcript, &held.shape, beacon, &mut steps(context))
		.map_err(|source| CeremonyError::Contribute { path: held.path.clone(), source })?;
	held.judge_again(context)
}

/// Keys that are removed again unless all goes well.
struct Files {
	proving: NewFile,
	verifying: NewFile,
	encoded: CeremonyKeys,
}

/// Keys that stay.
struct Kept {
	proving: PathBuf,
	proving_digest: String,
	verifying: PathBuf,
	verifying_digest: String,
}

impl Files {
	/// Makes the keys of a complete ceremony, verifies them, and writes them.
	fn make(held: &Held, directory: &Path, context: &Context) -> Result<Self, Error> {
		let circuit = held.circuit;
		fs::create_dir_all(directory)
			.map_err(|source| Error::Unwritable { path: directory.to_owned(), source })?;
		let file = |kind| NewFile::create(&directory.join(format!("{circuit}.{kind}")));
		let (mut proving, mut verifying) = (file("pk")?, file("vk")?);
		let key = keys(&held.transcript, &held.shape, &mut steps(context))
			.map_err(|source| CeremonyError::Keys { path: held.path.clone(), source })?;
		let encoded = circuit
			.ceremony_keys(key)
			.map_err(|source| CeremonyError::Setup { circuit: circuit.name(), source })?;
		let progress = context.output.progress("verifying the keys");
		for bytes in [&encoded.proving, &encoded.verifying] {
			let mut random = random::generator()?;
			verify_key(&held.transcript, &held.shape, bytes, &mut random)
				.map_err(|source| CeremonyError::Key { path: directory.to_owned(), source })?;
		}
		drop(progress);
		proving.write(&encoded.proving)?;
		verifying.write(&encoded.verifying)?;
		Ok(Self { proving, verifying, encoded })
	}

	fn keep(self) -> Kept {
		Kept {
			proving: self.proving.keep(),
			proving_digest: shown(&commitment::public(&self.encoded.proving)),
			verifying: self.verifying.keep(),
			verifying_digest: shown(&commitment::public(&self.encoded.verifying)),
		}
	}
}
