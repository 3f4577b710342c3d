//! `hdx zk setup-dev`.

use super::{circuit, random};
use crate::{commands::Context, error::Error, files::NewFile, output::block, zk_error::ZkError};
use hdx_sdk::commitment;
use hdx_zk_circuits::AnyCircuit;
use serde::Serialize;
use std::{
	fmt::{self, Display},
	fs,
	path::{Path, PathBuf},
};

/// What they are worth.
const WARNING: &str = "Whoever made these keys can prove what is false, and nobody can tell that they did not keep what \
	the keys were made of. They are for tests and demonstrations: chains for production refuse them.";

/// Of which circuit, and where to.
#[derive(Debug, clap::Args)]
pub struct SetupDev {
	/// The circuit.
	#[arg(value_name = "CIRCUIT", value_parser = circuit::known)]
	circuit: AnyCircuit,
	/// The directory that the keys are written into; made where it is missing.
	#[arg(long, value_name = "DIR")]
	out: PathBuf,
}

/// A key that was written.
#[derive(Serialize)]
struct Written {
	path: PathBuf,
	bytes: usize,
	digest: String,
}

impl Written {
	fn new(mut file: NewFile, key: &[u8]) -> Result<(NewFile, Self), Error> {
		file.write(key)?;
		let digest = format!("0x{}", hex::encode(commitment::public(key)));
		Ok((file, Self { path: PathBuf::new(), bytes: key.len(), digest }))
	}
}

impl Display for Written {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}: {} bytes, {}", self.path.display(), self.bytes, self.digest)
	}
}

/// What was made.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
	circuit: &'static str,
	relation: String,
	proving_key: Written,
	verifying_key: Written,
	warning: &'static str,
}

impl Display for Made {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn Display); 3] = [
			("proving key", &self.proving_key),
			("verifying key", &self.verifying_key),
			("relation", &self.relation),
		];
		block(f, format!("{}: keys for DEVELOPMENT", self.circuit), &fields)?;
		write!(f, "\n{}", self.warning)
	}
}

/// Where the proving key of a circuit is in a directory.
pub fn proving_key(directory: &Path, circuit: AnyCircuit) -> PathBuf {
	directory.join(format!("{circuit}.development.pk"))
}

/// Where the verifying key is.
pub fn verifying_key(directory: &Path, circuit: AnyCircuit) -> PathBuf {
	directory.join(format!("{circuit}.development.vk"))
}

/// Makes keys, writes them, and shows them.
pub fn run(options: &SetupDev, context: &Context) -> Result<(), Error> {
	context.output.show(&make(options.circuit, &options.out, context)?)
}

/// Makes keys, and writes them into a directory, which is made where it is missing.
pub fn make(circuit: AnyCircuit, out: &Path, context: &Context) -> Result<Made, Error> {
	let unwritable = |source| Error::Unwritable { path: out.to_owned(), source };
	fs::create_dir_all(out).map_err(unwritable)?;
	let proving = NewFile::create(&proving_key(out, circuit))?;
	let verifying = NewFile::create(&verifying_key(out, circuit))?;
	let mut generator = random::generator()?;
	let progress = context.output.progress("making keys");
	let keys = circuit
		.setup_dev(&mut generator)
		.map_err(|source| ZkError::Setup { circuit: circuit.name(), source })?;
	drop(progress);
	let (proving, mut proving_written) = Written::new(proving, &keys.proving)?;
	let (verifying, mut verifying_written) = Written::new(verifying, &keys.verifying)?;
	// Both, or none.
	(proving_written.path, verifying_written.path) = (proving.keep(), verifying.keep());
	Ok(Made {
		circuit: circuit.name(),
		relation: format!("0x{}", hex::encode(circuit.relation())),
		proving_key: proving_written,
		verifying_key: verifying_written,
		warning: WARNING,
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{commands::zk::key::Key, output::Output};
	use hdx_zk_circuits::KeyOrigin;

	#[test]
	fn keys_are_written_once_and_never_over_others() {
		let directory = tempfile::tempdir().unwrap();
		let out = directory.path().join("keys");
		let options = SetupDev { circuit: AnyCircuit::ConsentGrant, out: out.clone() };
		let context = Context { url: String::new(), output: Output::new(true) };
		run(&options, &context).unwrap();
		let file = out.join("consent_grant.development.vk");
		let key = Key::read(&file, AnyCircuit::ConsentGrant).unwrap();
		assert_eq!(key.origin, KeyOrigin::Development);

		let proving = out.join("consent_grant.development.pk");
		std::fs::remove_file(&proving).unwrap();
		assert!(matches!(run(&options, &context).unwrap_err(), Error::Exists { .. }));
		assert!(!proving.exists(), "a key without the other was left");
		assert_eq!(Key::read(&file, AnyCircuit::ConsentGrant).unwrap().digest, key.digest);
	}
}
