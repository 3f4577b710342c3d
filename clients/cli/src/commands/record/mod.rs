//! `hdx record`: sealing, registering, releasing and opening.

mod open;
mod recipient;
mod release;
mod seal;
mod view;

use super::{ensure_patient, Context};
use crate::{account, error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::{AccountId, RecordId};
use view::{Listed, Shown};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Record {
	/// Seal a Bundle, store it, and register it.
	#[command(after_help = "\
Example:
  hdx record seal --as //Alice --patient //Charlie --bundle patient.json --data /var/lib/hdx

The Bundle is FHIR R4 in JSON, of one patient. It is split by resource type and security label, and
each part is sealed under a key of its own. The record is registered last, when every part is stored
and was read back; whatever fails before that leaves nothing on chain.

The data directory then holds the ciphertext and the record's keys. Back the keys up: whoever loses
them has lost the record.")]
	Seal(seal::Seal),
	/// Show what the chain has of a record.
	#[command(after_help = "\
Example:
  hdx record show 0 --json")]
	Show {
		/// The record.
		#[arg(value_name = "ID")]
		id: u64,
	},
	/// List the records of a patient.
	#[command(after_help = "\
Example:
  hdx record list //Charlie")]
	List {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
	/// Release to a grantee what a grant permits.
	#[command(after_help = "\
Examples:
  hdx record release --as //Alice --grant 0 --record 0 --data /var/lib/hdx --out package.json
  hdx record release --as //Alice --grant 0 --record 0 --data /var/lib/hdx \\
    --to practitioner.xwing.pub --out package.json

Reads the grant from a finalized block, takes the X-Wing key in force from the grantee's DID, wraps
the keys of exactly the sections that the grant permits, records the disclosure on chain, and then
writes the package. A key that is given with --to must be in force in the grantee's DID or, where that
never listed an X-Wing key, be the one that the registry has. The grantee also needs the ciphertext
(DIR/blocks).")]
	Release(release::Release),
	/// Open what was released to you.
	#[command(after_help = "\
Examples:
  hdx record open package.json --key practitioner.xwing --data /var/lib/hdx
  hdx record open package.json --key practitioner.xwing --data /var/lib/hdx --out opened/

Everything is checked against the commitment on chain first. Without --out nothing is written: the
sections are opened, verified and listed. With --out each becomes a FHIR Bundle in that directory.")]
	Open(open::Open),
}

/// Does it.
pub async fn run(command: Record, context: &Context) -> Result<Exit, Error> {
	match command {
		Record::Seal(options) => seal::run(options, context).await?,
		Record::Show { id } => {
			let chain = context.connect().await?;
			let found = chain.record(RecordId(id)).await?;
			context.output.show(&Shown::from(&found))?;
		},
		Record::List { patient } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &patient).await?;
			let mut records = Vec::new();
			for id in chain.records_of(&patient).await? {
				records.push(Shown::from(&chain.record(id).await?));
			}
			context.output.show(&Listed { patient: patient.to_string(), records })?;
		},
		Record::Release(options) => release::run(options, context).await?,
		Record::Open(options) => open::run(options, context).await?,
	}
	Ok(Exit::Done)
}
