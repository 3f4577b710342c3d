//! `hdx ceremony verify`.

use super::file::{shown, stage, Held};
use crate::{
	ceremony_error::CeremonyError,
	commands::{
		zk::{circuit, random},
		Context,
	},
	error::Error,
	files,
	output::count,
};
use hdx_primitives::AccountId;
use hdx_sdk::commitment;
use hdx_zk_ceremony::{verify_key, By, Entry, KeyKind};
use hdx_zk_circuits::AnyCircuit;
use serde::Serialize;
use std::{collections::BTreeSet, fmt, path::PathBuf};

/// Largest key that is looked at, in bytes.
const MAX_KEY_BYTES: u64 = 256 * 1024 * 1024;

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct Verify {
	/// The transcript.
	#[arg(value_name = "FILE")]
	transcript: PathBuf,
	/// The circuit that it has to be about.
	#[arg(long, value_name = "CIRCUIT", value_parser = circuit::known)]
	circuit: Option<AnyCircuit>,
	/// A key that has to come out of it, verifying or proving. Can be given more than once.
	#[arg(long = "key", value_name = "FILE")]
	keys: Vec<PathBuf>,
}

/// A ceremony that holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Verified {
	circuit: &'static str,
	relation: String,
	ceremony: String,
	stage: &'static str,
	transcript: String,
	parties: usize,
	records: Vec<Recorded>,
	keys: Vec<VerifiedKey>,
}

/// A record of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
	phase: &'static str,
	#[serde(skip_serializing_if = "Option::is_none")]
	account: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	beacon: Option<String>,
	/// How often the beacon was hashed, as a power of two.
	#[serde(skip_serializing_if = "Option::is_none")]
	iterations: Option<u8>,
	hash: String,
	state: String,
}

/// A key that comes out of it.
#[derive(Serialize)]
struct VerifiedKey {
	kind: &'static str,
	file: PathBuf,
	digest: String,
}

impl Recorded {
	fn new(entry: &Entry) -> Self {
		let (account, beacon, iterations) = match &entry.by {
			By::Party { account, .. } => (Some(AccountId::new(*account).to_string()), None, None),
			By::Beacon(beacon) => (None, Some(shown(beacon.value())), Some(beacon.exponent())),
		};
		let (hash, state) = (shown(&entry.link), shown(&entry.state));
		Self { phase: stage(Some(entry.phase)), account, beacon, iterations, hash, state }
	}
}

impl fmt::Display for Recorded {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "  {:8} {}  ", self.phase, self.hash)?;
		match (&self.account, &self.beacon, self.iterations) {
			(Some(account), _, _) => f.write_str(account),
			(None, Some(beacon), Some(iterations)) => {
				write!(f, "beacon {beacon}, hashed 2^{iterations} times")
			},
			_ => Ok(()),
		}
	}
}

impl fmt::Display for Verified {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(f, "ceremony {} about {} holds", self.ceremony, self.circuit)?;
		writeln!(f, "  relation    {}", self.relation)?;
		writeln!(f, "  transcript  {}", self.transcript)?;
		match self.stage {
			"complete" => writeln!(f, "  complete")?,
			stage => writeln!(f, "  phase       {stage}")?,
		}
		for key in &self.keys {
			writeln!(f, "  {} key {} {}", key.kind, key.digest, key.file.display())?;
		}
		writeln!(
			f,
			"{}, {}:",
			count(self.parties, "account"),
			count(self.records.len(), "record")
		)?;
		for record in &self.records {
			writeln!(f, "{record}")?;
		}
		Ok(())
	}
}

/// Verifies.
pub fn run(options: &Verify, context: &Context) -> Result<(), Error> {
	let held = Held::read(&options.transcript, context)?;
	if let Some(circuit) = options.circuit {
		held.ensure_about(circuit)?;
	}
	let mut keys = Vec::with_capacity(options.keys.len());
	for path in &options.keys {
		let _progress = context.output.progress("verifying the key");
		let bytes = files::read(path, MAX_KEY_BYTES)?;
		let mut random = random::generator()?;
		let kind = verify_key(&held.transcript, &held.shape, &bytes, &mut random)
			.map_err(|source| CeremonyError::Key { path: path.clone(), source })?;
		let kind = match kind {
			KeyKind::Proving => "proving",
			KeyKind::Verifying => "verifying",
		};
		let digest = shown(&commitment::public(&bytes));
		keys.push(VerifiedKey { kind, file: path.clone(), digest });
	}
	let records: Vec<_> = held.report.entries.iter().map(Recorded::new).collect();
	let parties: BTreeSet<_> = records.iter().filter_map(|record| record.account.clone()).collect();
	context.output.show(&Verified {
		circuit: held.circuit.name(),
		relation: shown(&held.circuit.relation()),
		ceremony: shown(&held.report.start),
		stage: stage(held.report.phase),
		transcript: shown(&held.transcript.hash()),
		parties: parties.len(),
		records,
		keys,
	})
}
