//! What `hdx gov propose` proposes.

use super::{call, Call};
use crate::{
	account, codes,
	commands::{
		provider::{InstitutionName, Profile, Validity},
		SignedBy,
	},
	error::Error,
	files,
};
use clap::Subcommand;
use codec::Encode;
use hdx_primitives::{AccountId, Code};
use hdx_sdk::chain::{hash_of, Chain, InstitutionKind};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Largest runtime that is read, in bytes.
pub(super) const LARGEST: u64 = 64 * 1_024 * 1_024;

/// Who proposes, and where.
#[derive(Debug, clap::Args)]
pub struct Proposer {
	#[command(flatten)]
	pub by: SignedBy,
	/// In the chamber of patients: what both chambers decide, and who represents patients.
	#[arg(long)]
	pub patients: bool,
	/// As what cannot wait: three quarters of institutions decide within a day. For safe mode, pauses and circuits that
	/// have to be suspended at once; the chain refuses anything else when its time comes.
	#[arg(long, conflicts_with = "patients")]
	pub emergency: bool,
}

/// What is proposed.
#[derive(Debug, Subcommand)]
pub enum What {
	/// Add a validator of an institution. Two thirds of institutions decide.
	#[command(after_help = "\
Example:
  hdx gov propose add-validator --validator 5FHneW46… --institution 4 --as operator.key")]
	AddValidator {
		#[command(flatten)]
		proposer: Proposer,
		/// The validator's account.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		validator: AccountId,
		/// Whose machine it is, by number.
		#[arg(long, value_name = "N")]
		institution: u32,
	},
	/// Remove a validator. Two thirds of institutions decide.
	#[command(after_help = "\
Example:
  hdx gov propose remove-validator --validator 5FHneW46… --as operator.key")]
	RemoveValidator {
		#[command(flatten)]
		proposer: Proposer,
		/// The validator's account.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		validator: AccountId,
	},
	/// Reinstate a validator that voted twice and was disabled. Two thirds of institutions decide.
	#[command(after_help = "\
Example:
  hdx gov propose reinstate-validator --validator 5FHneW46… --as operator.key")]
	ReinstateValidator {
		#[command(flatten)]
		proposer: Proposer,
		/// The validator's account.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		validator: AccountId,
	},
	/// Register an institution. A majority of institutions decides.
	#[command(after_help = "\
Example:
  hdx gov propose register-institution --operator 5FHneW46… --kind hospital \\
    --profile organization.json --as operator.key

It gets the next number, which `hdx provider list` tells. Being registered gives it no vote: hdx gov propose seat.")]
	RegisterInstitution {
		#[command(flatten)]
		proposer: Proposer,
		/// The account that will act for the institution.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		operator: AccountId,
		/// What it is.
		#[arg(long)]
		kind: InstitutionName,
		#[command(flatten)]
		profile: Profile,
	},
	/// Accredit an institution. A majority of institutions decides.
	#[command(after_help = "\
Example:
  hdx gov propose accredit --institution 4 --scheme https://example.org/schemes|iso-27001 --level 2 \\
    --valid-until 2029-12-31 --as operator.key")]
	Accredit {
		#[command(flatten)]
		proposer: Proposer,
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
		/// The scheme: system|code.
		#[arg(long, value_name = "CODE", value_parser = codes::any)]
		scheme: Code,
		/// The level reached; higher is more.
		#[arg(long, value_name = "N")]
		level: u8,
		#[command(flatten)]
		valid: Validity,
	},
	/// Give an institution a vote. A majority of institutions decides.
	#[command(after_help = "\
Example:
  hdx gov propose seat --institution 4 --as operator.key")]
	Seat {
		#[command(flatten)]
		proposer: Proposer,
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
	},
	/// Take the vote of an institution. A majority of institutions decides.
	#[command(after_help = "\
Example:
  hdx gov propose unseat --institution 4 --as operator.key")]
	Unseat {
		#[command(flatten)]
		proposer: Proposer,
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
	},
	/// Set how many transactions an institution may send. A majority of institutions decides.
	#[command(after_help = "\
Example:
  hdx gov propose set-bucket --institution 4 --capacity 4000 --refill 200 --as operator.key")]
	SetBucket {
		#[command(flatten)]
		proposer: Proposer,
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
		/// How many at once.
		#[arg(long, value_name = "UNITS")]
		capacity: u32,
		/// How many a second.
		#[arg(long, value_name = "UNITS")]
		refill: u32,
	},
	/// Authorize a runtime. Two thirds of institutions decide, and the patients' chamber.
	#[command(after_help = "\
Examples:
  hdx gov propose authorize-upgrade hdx_runtime.compact.compressed.wasm --as operator.key
  hdx gov propose authorize-upgrade hdx_runtime.compact.compressed.wasm --patients --as representative.key

The chain gets the hash of the file. When both have approved, anyone puts that code in force: hdx gov apply.")]
	AuthorizeUpgrade {
		#[command(flatten)]
		proposer: Proposer,
		/// The runtime.
		wasm: PathBuf,
	},
	/// Have somebody represent patients. A majority of those who do decides.
	#[command(after_help = "\
Example:
  hdx gov propose appoint --representative 5FHneW46… --patients --as representative.key")]
	Appoint {
		#[command(flatten)]
		proposer: Proposer,
		/// The account that votes.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		representative: AccountId,
	},
	/// Have somebody represent patients no longer. A majority of those who do decides.
	#[command(after_help = "\
Example:
  hdx gov propose dismiss --representative 5FHneW46… --patients --as representative.key")]
	Dismiss {
		#[command(flatten)]
		proposer: Proposer,
		/// The account that votes.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		representative: AccountId,
	},
	/// Propose any call: as polkadot.js encodes it, or in a file with JSON.
	#[command(after_help = "\
Examples:
  hdx gov propose call 0x1e00… --as operator.key
  hdx gov propose call 0x1e00… --patients --as representative.key
  hdx gov propose call call.json --as operator.key

call.json has the pallet, the call, and its arguments by name:
  {\"Quota\":{\"set_bucket\":{\"institution\":0,\"limits\":{\"capacity\":4000,\"refill\":200}}}}
`hdx gov explain --call` tells what a call would change, and who decides.")]
	Call {
		#[command(flatten)]
		proposer: Proposer,
		/// The call: 0x and hexadecimal digits, or a file.
		#[arg(value_name = "CALL", value_parser = written)]
		call: Written,
	},
}

/// A call, as it was given.
#[derive(Clone, Debug)]
pub enum Written {
	/// Encoded.
	Encoded(Call),
	/// In a file.
	File(PathBuf),
}

fn written(text: &str) -> Result<Written, String> {
	if text.starts_with("0x") {
		return call(text).map(Written::Encoded);
	}
	Ok(Written::File(text.into()))
}

/// Largest file with a call that is read, in bytes.
const LARGEST_CALL: u64 = 1_024 * 1_024;

/// A call that is written in a file.
async fn read(path: &Path, chain: &Chain) -> Result<Vec<u8>, Error> {
	let json = parse(&files::read_text(path, LARGEST_CALL)?, path)?;
	chain.call_of_json(&json).await?.map_err(|reason| malformed(path, &reason))
}

fn parse(text: &str, path: &Path) -> Result<Value, Error> {
	serde_json::from_str(text).map_err(|error| malformed(path, &error.to_string()))
}

fn malformed(path: &Path, reason: &str) -> Error {
	Error::Usage(format!("`{}` is no call: {reason}", path.display()))
}

/// Reads anything as a call, as it is typed and as a file has it. By which types a file is encoded, the chain tells.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	if let Ok(Call(bytes)) = call(text) {
		let again = call(&format!("0x{}", hex::encode(&bytes)));
		assert_eq!(again, Ok(Call(bytes)));
	}
	let read = parse(text, Path::new("call.json"));
	assert!(matches!(read, Ok(_) | Err(Error::Usage(_))), "another refusal");
}

impl What {
	/// Who proposes.
	pub fn proposer(&self) -> &Proposer {
		match self {
			Self::AddValidator { proposer, .. }
			| Self::RemoveValidator { proposer, .. }
			| Self::ReinstateValidator { proposer, .. }
			| Self::RegisterInstitution { proposer, .. }
			| Self::Accredit { proposer, .. }
			| Self::Seat { proposer, .. }
			| Self::Unseat { proposer, .. }
			| Self::SetBucket { proposer, .. }
			| Self::AuthorizeUpgrade { proposer, .. }
			| Self::Appoint { proposer, .. }
			| Self::Dismiss { proposer, .. }
			| Self::Call { proposer, .. } => proposer,
		}
	}

	/// The call, encoded as the chain has it.
	pub async fn encode(&self, chain: &Chain) -> Result<Vec<u8>, Error> {
		let (pallet, name, arguments) = match self {
			Self::AddValidator { validator, institution, .. } => {
				("ValidatorSet", "add_validator", (validator, institution).encode())
			},
			Self::RemoveValidator { validator, .. } => {
				("ValidatorSet", "remove_validator", validator.encode())
			},
			Self::ReinstateValidator { validator, .. } => {
				("ValidatorSet", "reinstate_validator", validator.encode())
			},
			Self::RegisterInstitution { operator, kind, profile, .. } => {
				let arguments = (operator, InstitutionKind::from(*kind), profile.hash()?).encode();
				("ProviderRegistry", "register_institution", arguments)
			},
			Self::Accredit { institution, scheme, level, valid, .. } => {
				let arguments = (institution, scheme, level, valid.period()?).encode();
				("ProviderRegistry", "accredit", arguments)
			},
			Self::Seat { institution, .. } => ("Origins", "seat_institution", institution.encode()),
			Self::Unseat { institution, .. } => {
				("Origins", "unseat_institution", institution.encode())
			},
			Self::SetBucket { institution, capacity, refill, .. } => {
				("Quota", "set_bucket", (institution, Some((capacity, refill))).encode())
			},
			Self::AuthorizeUpgrade { wasm, .. } => {
				let code = files::read(wasm, LARGEST)?;
				("System", "authorize_upgrade", hash_of(&code).encode())
			},
			Self::Appoint { representative, .. } => {
				("Origins", "appoint_representative", representative.encode())
			},
			Self::Dismiss { representative, .. } => {
				("Origins", "dismiss_representative", representative.encode())
			},
			Self::Call { call: Written::Encoded(call), .. } => return Ok(call.0.clone()),
			Self::Call { call: Written::File(path), .. } => return read(path, chain).await,
		};
		Ok(chain.make_call(pallet, name, &arguments).await?)
	}
}
