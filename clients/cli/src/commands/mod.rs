//! The verbs, a module a noun.

pub mod access;
pub mod audit;
pub mod ceremony;
pub mod chain_spec;
pub mod consent;
pub mod credential;
pub mod did;
mod finding;
pub mod gov;
pub mod key;
pub mod licence;
pub mod obligation;
pub mod oracle;
pub mod patient;
pub mod provider;
pub mod record;
mod session_key;
pub mod shielded;
mod statement;
pub mod study;
pub mod zk;

use crate::{account, cli::Command, demo, error::Error, exit::Exit, output::Output};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Signer};
use std::time::Duration;

/// How long a node may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// What every verb needs.
pub struct Context {
	/// Where the node is.
	pub url: String,
	/// Where answers go.
	pub output: Output,
}

impl Context {
	/// Connects to the node.
	pub async fn connect(&self) -> Result<Chain, Error> {
		let _progress = self.output.progress("connecting");
		match tokio::time::timeout(PATIENCE, Chain::connect(&self.url)).await {
			Ok(chain) => Ok(chain?),
			Err(_) => Err(Error::Chain(ChainError::Unreachable {
				url: self.url.clone(),
				reason: format!("no answer within {} s", PATIENCE.as_secs()),
			})),
		}
	}
}

/// Who signs.
#[derive(Debug, clap::Args)]
pub struct SignedBy {
	/// The key that signs: a key file, or a development key such as //Alice.
	// Named so that no option of a verb has the same id: verbs take a `--key` of their own.
	#[arg(long = "as", value_name = "KEY")]
	signed_by: String,
}

impl SignedBy {
	/// Reads the key.
	pub fn signer(&self) -> Result<Signer, Error> {
		account::signer(&self.signed_by)
	}
}

/// Does what was typed.
pub async fn run(command: Command, context: &Context) -> Result<Exit, Error> {
	match command {
		Command::Key(command) => key::run(command, context),
		Command::Provider(command) => provider::run(command, context).await,
		Command::Patient(command) => patient::run(command, context).await,
		Command::Did(command) => did::run(command, context).await,
		Command::Record(command) => record::run(command, context).await,
		Command::Consent(command) => consent::run(command, context).await,
		Command::Credential(command) => credential::run(command, context).await,
		Command::Oracle(command) => oracle::run(command, context).await,
		Command::Access(command) => access::run(command, context).await,
		Command::Audit(command) => audit::run(command, context).await,
		Command::Zk(command) => zk::run(command, context).await,
		Command::Ceremony(command) => ceremony::run(command, context),
		Command::ChainSpec(command) => chain_spec::run(command, context),
		Command::Gov(command) => gov::run(command, context).await,
		Command::Shielded(command) => shielded::run(command, context).await,
		Command::Licence(command) => licence::run(command, context).await,
		Command::Study(command) => study::run(command, context).await,
		Command::Demo(options) => {
			demo::run(&options, context).await?;
			Ok(Exit::Done)
		},
	}
}

/// Fails when an account is no patient.
async fn ensure_patient(chain: &Chain, account: &AccountId) -> Result<(), Error> {
	if chain.is_patient(account).await? {
		return Ok(());
	}
	Err(ChainError::NotFound { what: format!("patient {account}") }.into())
}

/// The best block, for lists about an institution. Fails when that is not there: an empty list would not tell.
async fn block_with(chain: &Chain, institution: InstitutionId) -> Result<AtBlock, Error> {
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	chain.institution(institution, block).await?;
	Ok(block)
}

/// A list of at most `limit` values, as a provision or a request holds them.
fn bounded<T, B: TryFrom<Vec<T>>>(values: Vec<T>, option: &str, limit: u32) -> Result<B, Error> {
	let found = values.len();
	B::try_from(values).map_err(|_| {
		Error::Usage(format!("{option} was given {found} times; the chain takes {limit}"))
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{Code, RequestedCodes, MAX_REQUESTED_CODES};

	#[test]
	fn fails_when_there_are_more_values_than_the_chain_takes() {
		let codes = |count: u8| (0..count).map(|one| Code([one; 16])).collect::<Vec<_>>();
		let read =
			|count| bounded::<_, RequestedCodes>(codes(count), "--label", MAX_REQUESTED_CODES);
		assert_eq!(read(16).unwrap().len(), 16);
		let error = read(17).unwrap_err();
		assert!(error.to_string().contains("--label was given 17 times"), "{error}");
		assert_eq!(error.exit(), Exit::Usage);
	}
}
