//! `hdx ceremony verify`.

use super::{
	file::{shown, stage, Held},
	value::{typed, Value},
};
use crate::{
	account,
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
use hdx_zk_ceremony::{verify_key, By, Entry, Iterations, KeyKind, Phase, Report};
use hdx_zk_circuits::AnyCircuit;
use serde::Serialize;
use std::{fmt, path::PathBuf};

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
	/// An account that has to have contributed to both phases. Can be given more than once.
	#[arg(long = "party", value_name = "ACCOUNT", value_parser = account::parse)]
	parties: Vec<AccountId>,
	/// The beacon that has to have ended the first phase; given again, the one of the second phase.
	#[arg(long = "beacon", value_name = "0xBYTES", value_parser = typed)]
	beacons: Vec<Value>,
}

impl Verify {
	/// Fails unless each account that was named contributed to both phases.
	fn ensure_parties(&self, report: &Report) -> Result<(), CeremonyError> {
		for phase in PHASES {
			let found = report.contributors(phase);
			let missing = |party: &&AccountId| {
				let account: &[u8; 32] = (*party).as_ref();
				!found.contains(account)
			};
			if let Some(party) = self.parties.iter().find(missing) {
				let (path, account) = (self.transcript.clone(), party.to_string());
				return Err(CeremonyError::PartyMissing { path, account, phase });
			}
		}
		Ok(())
	}

	/// Fails unless the phases ended with the beacons that were named.
	fn ensure_beacons(&self, report: &Report) -> Result<(), CeremonyError> {
		for (phase, Value(expected)) in PHASES.into_iter().zip(&self.beacons) {
			let path = self.transcript.clone();
			match report.beacon(phase) {
				Some(beacon) if beacon.value() == expected.as_slice() => (),
				Some(beacon) => {
					let (expected, found) = (shown(expected), shown(beacon.value()));
					return Err(CeremonyError::OtherBeacon { path, phase, expected, found });
				},
				None => return Err(CeremonyError::NoBeacon { path, phase }),
			}
		}
		Ok(())
	}
}

/// The phases, in their order.
const PHASES: [Phase; 2] = [Phase::Powers, Phase::Circuit];

/// How many accounts contributed. It takes somebody honest among those of each phase.
#[derive(Serialize)]
struct Parties {
	powers: usize,
	circuit: usize,
	/// Those that contributed to both.
	both: Vec<String>,
}

impl Parties {
	fn new(report: &Report) -> Self {
		let powers = report.contributors(Phase::Powers);
		let circuit = report.contributors(Phase::Circuit);
		let both = powers.intersection(&circuit);
		let both = both.map(|account| AccountId::new(*account).to_string()).collect();
		Self { powers: powers.len(), circuit: circuit.len(), both }
	}
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
	/// How often the beacons are hashed, as a power of two.
	iterations: u8,
	parties: Parties,
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
	/// The hash of the state that followed, as whoever made the record says. Compared for the last one of each phase
	/// alone.
	stated_state: String,
}

/// A key that comes out of it.
#[derive(Serialize)]
struct VerifiedKey {
	kind: &'static str,
	file: PathBuf,
	digest: String,
}

impl Recorded {
	fn new(entry: &Entry, iterations: Iterations) -> Self {
		let (account, beacon, iterations) = match &entry.by {
			By::Party { account, .. } => (Some(AccountId::new(*account).to_string()), None, None),
			By::Beacon(beacon) => (None, Some(shown(beacon.value())), Some(iterations.exponent())),
		};
		let (hash, stated_state) = (shown(&entry.link), shown(&entry.state));
		Self { phase: stage(Some(entry.phase)), account, beacon, iterations, hash, stated_state }
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
		let Parties { powers, circuit, both } = &self.parties;
		let accounts = |number| count(number, "account");
		writeln!(f, "{} contributed to the powers of tau", accounts(*powers))?;
		writeln!(f, "{} contributed to the circuit's phase", accounts(*circuit))?;
		writeln!(f, "{} contributed to both phases", accounts(both.len()))?;
		for account in both {
			writeln!(f, "  {account}")?;
		}
		writeln!(f, "{}:", count(self.records.len(), "record"))?;
		for record in &self.records {
			writeln!(f, "{record}")?;
		}
		Ok(())
	}
}

/// Verifies.
pub fn run(options: &Verify, context: &Context) -> Result<(), Error> {
	if options.beacons.len() > PHASES.len() {
		return Err(Error::Usage("a ceremony has two phases: give --beacon once or twice".into()));
	}
	let held = Held::read(&options.transcript, context)?;
	if let Some(circuit) = options.circuit {
		held.ensure_about(circuit)?;
	}
	options.ensure_beacons(&held.report)?;
	options.ensure_parties(&held.report)?;
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
	let iterations = held.transcript.header().iterations;
	let entries = held.report.entries.iter();
	let records = entries.map(|entry| Recorded::new(entry, iterations)).collect();
	context.output.show(&Verified {
		circuit: held.circuit.name(),
		relation: shown(&held.circuit.relation()),
		ceremony: shown(&held.report.start),
		stage: stage(held.report.phase),
		transcript: shown(&held.transcript.hash()),
		iterations: iterations.exponent(),
		parties: Parties::new(&held.report),
		records,
		keys,
	})
}
