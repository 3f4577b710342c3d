//! `hdx audit check-disclosure`: whether a batch holds a disclosure.

use super::{
	read_proof,
	trust::{self, genesis},
};
use crate::{
	codes,
	commands::Context,
	disclosure::{Disclosure, Place},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{
	disclosure::{verify_inclusion, InclusionProof},
	BatchId, DisclosureLeaf, Subject,
};
use hdx_sdk::{
	chain::{AtBlock, ChainError},
	proof::TrustRoot,
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Which disclosure, and what it is checked against.
#[derive(Debug, clap::Args)]
pub struct CheckDisclosure {
	/// The disclosure, as the custodian kept it: disclosure-*.json.
	#[arg(value_name = "FILE")]
	file: PathBuf,
	/// The batch, where the file does not name it.
	#[arg(long, value_name = "N", conflicts_with = "proof")]
	batch: Option<u64>,
	/// A proof of the batch's entry (hdx audit prove). No node is asked then.
	#[arg(long, value_name = "PROOF", requires = "trust")]
	proof: Option<PathBuf>,
	/// The genesis hash of the chain, from somebody you trust.
	#[arg(long, value_name = "HASH", value_parser = genesis, requires = "proof", group = "trust")]
	genesis: Option<[u8; 32]>,
	/// A set of authorities, from somebody you trust, instead of the genesis hash.
	#[arg(long, value_name = "FILE", requires = "proof", group = "trust")]
	authorities: Option<PathBuf>,
}

impl CheckDisclosure {
	/// What the proof of the batch's entry is checked against.
	fn trust(&self) -> Result<Option<TrustRoot>, Error> {
		match &self.authorities {
			Some(path) => trust::read(path).map(Some),
			None => Ok(self.genesis.map(|genesis| TrustRoot::Genesis(genesis.into()))),
		}
	}
}

/// A disclosure that its batch holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
	verified: bool,
	/// Whether a node said that the grant says the same.
	grant_checked: bool,
	batch: u64,
	custodian: u32,
	patient: String,
	recipient: String,
	recipient_institution: u32,
	grant: u64,
	record: u64,
	purpose: String,
	at: String,
	sections: u32,
}

impl fmt::Display for Checked {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let recipient = format!("{} of institution {}", self.recipient, self.recipient_institution);
		let custodian = format!("institution {}", self.custodian);
		let grant = match self.grant_checked {
			true => self.grant.to_string(),
			false => format!("{} (not compared with the chain)", self.grant),
		};
		let fields: [(&str, &dyn fmt::Display); 8] = [
			("at", &self.at),
			("custodian", &custodian),
			("patient", &self.patient),
			("recipient", &recipient),
			("record", &self.record),
			("sections", &self.sections),
			("purpose", &self.purpose),
			("grant", &grant),
		];
		block(f, format!("batch {} holds this disclosure", self.batch), &fields)
	}
}

/// Checks.
pub async fn run(options: CheckDisclosure, context: &Context) -> Result<(), Error> {
	let path = options.file.as_path();
	// Reading checks that the file does not contradict itself.
	let disclosure = Disclosure::read(path)?;
	let refused = |why: String| Error::NotInBatch { path: path.to_owned(), why };
	let found = disclosure.leaf().map_err(|why| refused(why.to_string()))?;
	let (place, leaf, proof) =
		found.ok_or_else(|| Error::ReportedAlone { path: path.to_owned() })?;
	let (batch, grant_checked) = match (&options.proof, options.trust()?) {
		(Some(entry), Some(trust)) => (proven(entry, &trust, place, (&leaf, &proof), path)?, false),
		_ => {
			let unknown = || refused("the file does not say in which: name it with --batch".into());
			let batch = BatchId(options.batch.or(place.batch).ok_or_else(unknown)?);
			let chain = context.connect().await?;
			if place.genesis != chain.genesis() {
				return Err(Error::Chain(ChainError::AnotherGenesis {
					url: context.url.clone(),
					found: hex::encode(chain.genesis()),
					expected: hex::encode(place.genesis),
				}));
			}
			chain
				.check_disclosure(batch, &leaf, &proof, AtBlock::Best)
				.await?
				.map_err(|why| refused(format!("{why:?}")))?;
			(batch, true)
		},
	};
	context.output.show(&Checked {
		verified: true,
		grant_checked,
		batch: batch.0,
		custodian: leaf.custodian.0,
		patient: leaf.patient.to_string(),
		recipient: leaf.recipient.to_string(),
		recipient_institution: leaf.on_behalf_of.0,
		grant: leaf.grant.0,
		record: leaf.record.0,
		purpose: codes::symbol(&leaf.purpose),
		at: time::show(leaf.at),
		sections: leaf.sections,
	})
}

/// Against a proven entry of the log, whenever the batch left the state. Opens no connection at all.
fn proven(
	entry: &Path,
	trust: &TrustRoot,
	place: &Place,
	(leaf, inclusion): (&DisclosureLeaf, &InclusionProof),
	path: &Path,
) -> Result<BatchId, Error> {
	let refused = |why: &str| Error::NotInBatch { path: path.to_owned(), why: why.to_owned() };
	let proof = read_proof(entry)?;
	let proven =
		proof.verify(trust).map_err(|source| Error::Proof { path: entry.to_owned(), source })?;
	let Subject::DisclosureBatch { batch, root, count } = proven.event.subject else {
		return Err(refused("the entry that is proven is not that of a batch"));
	};
	// What was verified names its chain, whatever is trusted.
	let is_of_it = proof.genesis().is_ok_and(|genesis| genesis.0 == place.genesis);
	if !is_of_it {
		return Err(refused("it is of another chain"));
	}
	if proven.event.on_behalf_of != Some(leaf.custodian) {
		return Err(refused("another custodian reported that batch"));
	}
	if leaf.at > proven.at {
		return Err(refused("it says that it was made after the batch was reported"));
	}
	verify_inclusion(root, count, leaf, inclusion).map_err(|why| refused(&format!("{why:?}")))?;
	Ok(batch)
}
