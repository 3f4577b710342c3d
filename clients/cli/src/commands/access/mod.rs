//! `hdx access`: asking for records.

mod level;
mod request;
mod view;

pub use view::state;

use super::{Context, SignedBy};
use crate::{error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::GrantId;
use hdx_sdk::chain::Until;
use view::{Revoked, Shown};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Access {
	/// Ask for access. Exits with 0 when granted, with 1 when denied.
	#[command(after_help = "\
Examples:
  hdx access request --as //Dave --patient //Charlie --record 0 --on-behalf-of 1 \\
    --role physician --purpose TREAT --action read
  hdx access request --as dave.key --patient 5FHneW46… --whole-record --on-behalf-of 1 \\
    --role physician --purpose TREAT --action read --class Observation --duration 30m --json
  hdx access request --as //Dave --second-key phone.key --patient //Charlie --whole-record \
    --on-behalf-of 1 --role physician --purpose ETREAT --action read

The chain decides in the block that takes the request, and logs it either way. The answer is shown
once the block is final. A context (an encounter, a claim) goes on chain as a salted hash; keep the
salt that is shown to prove later which context it was.")]
	Request(Box<request::Request>),
	/// Show a grant.
	#[command(after_help = "\
Example:
  hdx access show 0 --json")]
	Show {
		/// The grant.
		#[arg(value_name = "GRANT")]
		grant: u64,
	},
	/// Set how sure the chain must be of who does something for a purpose. Governance does that.
	#[command(after_help = "\
Examples:
  hdx access require-level --as //Ferdie --purpose TREAT --action read --level attested
  hdx access require-level --as //Ferdie --purpose TREAT --action read --level shipped")]
	RequireLevel(level::RequireLevel),
	/// Withdraw a grant, for ever. What was released stays released.
	#[command(after_help = "\
Example:
  hdx access revoke --as //Charlie 0")]
	Revoke {
		#[command(flatten)]
		by: SignedBy,
		/// The grant.
		#[arg(value_name = "GRANT")]
		grant: u64,
	},
}

/// Does it.
pub async fn run(command: Access, context: &Context) -> Result<Exit, Error> {
	match command {
		Access::Request(options) => return request::run(*options, context).await,
		Access::Show { grant } => {
			let chain = context.connect().await?;
			let now = chain.now().await?;
			let found = chain.finalized_grant(GrantId(grant)).await?;
			context.output.show(&Shown::new(&found, now))?;
		},
		Access::RequireLevel(options) => level::run(options, context).await?,
		Access::Revoke { by, grant } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.revoke_grant(&signer, GrantId(grant), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Revoked { grant })?;
		},
	}
	Ok(Exit::Done)
}
