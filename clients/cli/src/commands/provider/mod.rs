//! `hdx provider`: institutions and practitioners.

mod enrol;
mod view;

pub use enrol::{read_public, RoleName};

use super::{Context, SignedBy};
use crate::{account, error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::AccountId;
use hdx_sdk::chain::{Chain, ChainError, Signer, Until};
use view::{Changed, Everybody, Institution, Practitioner};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Provider {
	/// List institutions and practitioners.
	#[command(after_help = "\
Examples:
  hdx provider list
  hdx provider list --json")]
	List,
	/// Show a practitioner, or the institution that an account operates.
	#[command(after_help = "\
Examples:
  hdx provider show 5FHneW46…
  hdx provider show //Alice")]
	Show {
		/// The account.
		#[arg(value_parser = account::parse)]
		account: AccountId,
	},
	/// Enrol a practitioner at the institution that you operate.
	#[command(after_help = "\
Examples:
  hdx provider enrol --as //Bob --practitioner //Dave --role physician \\
    --taxonomy 207R00000X --credential licence.pdf --valid-until 2027-12-31 \\
    --key-agreement practitioner.xwing.pub

The credential stays with you: the chain gets a hash of it and of a new secret salt, which is
written to licence.pdf.salt. Keep both to show later what was committed to.")]
	Enrol(enrol::Enrol),
	/// Suspend a practitioner whom your institution enrolled.
	#[command(after_help = "\
Example:
  hdx provider suspend --as //Bob //Dave")]
	Suspend(Which),
	/// End a suspension.
	#[command(after_help = "\
Example:
  hdx provider reinstate --as //Bob //Dave")]
	Reinstate(Which),
	/// Remove a practitioner whom your institution enrolled.
	#[command(after_help = "\
Example:
  hdx provider remove --as //Bob //Dave")]
	Remove(Which),
	/// Take on a practitioner whom another institution enrolled.
	#[command(after_help = "\
Example:
  hdx provider affiliate --as //Alice //Dave")]
	Affiliate(Which),
	/// Revoke a credential that your institution issued.
	#[command(after_help = "\
Example:
  hdx provider revoke-credential --as //Bob //Dave")]
	RevokeCredential(Which),
}

/// A practitioner, and the operator who signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account.
	#[arg(value_parser = account::parse)]
	account: AccountId,
}

/// Does it.
pub async fn run(command: Provider, context: &Context) -> Result<Exit, Error> {
	match command {
		Provider::List => list(context).await?,
		Provider::Show { account } => show(&account, context).await?,
		Provider::Enrol(options) => enrol::run(options, context).await?,
		Provider::Suspend(which) => change(which, Change::Suspend, context).await?,
		Provider::Reinstate(which) => change(which, Change::Reinstate, context).await?,
		Provider::Remove(which) => change(which, Change::Remove, context).await?,
		Provider::Affiliate(which) => change(which, Change::Affiliate, context).await?,
		Provider::RevokeCredential(which) => {
			change(which, Change::RevokeCredential, context).await?
		},
	}
	Ok(Exit::Done)
}

async fn list(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let progress = context.output.progress("reading the registry");
	let institutions = chain.institutions().await?;
	let practitioners = chain.practitioners().await?;
	drop(progress);
	context.output.show(&Everybody {
		institutions: institutions.into_iter().map(Institution::from).collect(),
		practitioners: practitioners.into_iter().map(Practitioner::from).collect(),
	})
}

async fn show(account: &AccountId, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	match chain.practitioner(account).await {
		Ok(found) => context.output.show(&Practitioner::from(found)),
		Err(ChainError::NotFound { .. }) => {
			let address = account.to_string();
			let institutions = chain.institutions().await?;
			let operated = institutions.into_iter().find(|found| found.operator == address);
			match operated {
				Some(found) => context.output.show(&Institution::from(found)),
				None => Err(Error::Chain(ChainError::NotFound {
					what: format!("practitioner or operator {address}"),
				})),
			}
		},
		Err(error) => Err(error.into()),
	}
}

/// What is done to a practitioner.
#[derive(Clone, Copy)]
enum Change {
	Suspend,
	Reinstate,
	Remove,
	Affiliate,
	RevokeCredential,
}

impl Change {
	async fn submit(
		self,
		chain: &Chain,
		operator: &Signer,
		account: AccountId,
	) -> Result<(), ChainError> {
		let until = Until::Finalized;
		match self {
			Self::Suspend => chain.set_practitioner_active(operator, account, false, until).await,
			Self::Reinstate => chain.set_practitioner_active(operator, account, true, until).await,
			Self::Remove => chain.remove_practitioner(operator, account, until).await,
			Self::Affiliate => chain.add_affiliation(operator, account, until).await,
			Self::RevokeCredential => chain.revoke_credential(operator, account, until).await,
		}
	}

	/// What holds afterwards.
	fn result(self) -> &'static str {
		match self {
			Self::Suspend => "suspended",
			Self::Reinstate => "reinstated",
			Self::Remove => "removed",
			Self::Affiliate => "affiliated",
			Self::RevokeCredential => "without a valid credential",
		}
	}
}

async fn change(which: Which, change: Change, context: &Context) -> Result<(), Error> {
	let operator = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	change.submit(&chain, &operator, which.account.clone()).await?;
	drop(progress);
	context.output.show(&Changed { practitioner: which.account.to_string(), now: change.result() })
}
