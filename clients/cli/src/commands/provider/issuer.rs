//! `hdx provider issuer`: whom the chain trusts to attest credentials.

use super::{
	block::Block,
	done::Done,
	kinds::{KindName, ReasonName},
	profile::Profile,
};
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
	output::block,
	time, words,
};
use clap::Subcommand;
use hdx_primitives::{AccountId, IssuerId};
use hdx_sdk::chain::{CredentialKind, IssuerView, SuspensionReason, Until};
use serde::Serialize;
use serde_json::json;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Issuer {
	/// Register a trusted issuer. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider issuer register --as //Ferdie --account //MedicalBoard --kind licence \\
    --profile board.json")]
	Register {
		#[command(flatten)]
		by: SignedBy,
		/// The account that will attest. Never a practitioner's.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
		account: AccountId,
		/// What it may attest; may be repeated.
		#[arg(long = "kind", value_name = "KIND", required = true)]
		kinds: Vec<KindName>,
		#[command(flatten)]
		profile: Profile,
	},
	/// Set what an issuer is trusted for. Governance does that.
	#[command(after_help = "\
Examples:
  hdx provider issuer kinds --as //Ferdie 0 --kind licence --kind board-certification
  hdx provider issuer kinds --as //Ferdie 0 --none

What it attested of other kinds counts no more, from the next block on.")]
	Kinds {
		#[command(flatten)]
		by: SignedBy,
		/// The issuer, by its number.
		#[arg(value_name = "N")]
		issuer: u32,
		/// What it may attest; may be repeated.
		#[arg(long = "kind", value_name = "KIND", required_unless_present = "none")]
		kinds: Vec<KindName>,
		/// Nothing any more.
		#[arg(long, conflicts_with = "kinds")]
		none: bool,
	},
	/// Suspend an issuer, and whatever it attested. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider issuer suspend --as //Ferdie 0 --reason investigation")]
	Suspend {
		#[command(flatten)]
		by: SignedBy,
		/// The issuer, by its number.
		#[arg(value_name = "N")]
		issuer: u32,
		/// Why.
		#[arg(long)]
		reason: ReasonName,
	},
	/// End a suspension. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider issuer reinstate --as //Ferdie 0")]
	Reinstate {
		#[command(flatten)]
		by: SignedBy,
		/// The issuer, by its number.
		#[arg(value_name = "N")]
		issuer: u32,
	},
	/// Show an issuer.
	#[command(after_help = "\
Example:
  hdx provider issuer show 0 --at-block finalized --json")]
	Show {
		/// The issuer, by its number.
		#[arg(value_name = "N")]
		issuer: u32,
		#[command(flatten)]
		block: Block,
	},
	/// List the issuers.
	#[command(after_help = "\
Example:
  hdx provider issuer list --json")]
	List {
		#[command(flatten)]
		block: Block,
	},
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	issuer: u32,
	account: String,
	kinds: Vec<String>,
	active: bool,
	suspended: Option<String>,
	profile: String,
	registered_at: String,
}

#[derive(Serialize)]
struct Listed {
	issuers: Vec<Shown>,
}

impl From<IssuerView> for Shown {
	fn from(view: IssuerView) -> Self {
		Self {
			issuer: view.issuer.0,
			account: view.account.to_string(),
			kinds: view.kinds.into_iter().map(words::of).collect(),
			active: view.suspended.is_none(),
			suspended: view.suspended.map(words::of),
			profile: format!("0x{}", hex::encode(view.profile)),
			registered_at: time::show(view.registered_at),
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = self.suspended.as_ref().map_or_else(
			|| "active".to_owned(),
			|reason| format!("suspended ({reason}), and whatever it attested"),
		);
		let kinds = if self.kinds.is_empty() {
			"nothing any more".to_owned()
		} else {
			self.kinds.join(", ")
		};
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("account", &self.account),
			("may attest", &kinds),
			("status", &status),
			("profile", &self.profile),
			("registered", &self.registered_at),
		];
		block(f, format!("issuer {}", self.issuer), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.issuers.is_empty() {
			return writeln!(f, "no issuers are registered");
		}
		self.issuers.iter().try_for_each(|issuer| issuer.fmt(f))
	}
}

/// Does it.
pub async fn run(command: Issuer, context: &Context) -> Result<(), Error> {
	match command {
		Issuer::Register { by, account, kinds, profile } => {
			register(&by, account, kinds, &profile, context).await
		},
		Issuer::Kinds { by, issuer, kinds, none: _ } => {
			set_kinds(&by, issuer, kinds, context).await
		},
		Issuer::Suspend { by, issuer, reason } => {
			set(&by, issuer, Some(reason.into()), context).await
		},
		Issuer::Reinstate { by, issuer } => set(&by, issuer, None, context).await,
		Issuer::Show { issuer, block } => {
			let chain = context.connect().await?;
			let (block, _) = block.fixed(&chain).await?;
			let found = chain.issuer(IssuerId(issuer), block).await?;
			context.output.show(&Shown::from(found))
		},
		Issuer::List { block } => {
			let chain = context.connect().await?;
			let (block, _) = block.fixed(&chain).await?;
			let found = chain.issuers(block).await?;
			context.output.show(&Listed { issuers: found.into_iter().map(Into::into).collect() })
		},
	}
}

async fn register(
	by: &SignedBy,
	account: AccountId,
	kinds: Vec<KindName>,
	profile: &Profile,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let profile = profile.hash()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let kinds: Vec<CredentialKind> = kinds.into_iter().map(Into::into).collect();
	let until = Until::Finalized;
	let id = chain.register_issuer(&signer, account.clone(), kinds, profile, until).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("issuer {} is registered: {account} attests for it", id.0),
		json!({ "issuer": id.0, "account": account.to_string() }),
	))
}

async fn set_kinds(
	by: &SignedBy,
	issuer: u32,
	kinds: Vec<KindName>,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let kinds: Vec<CredentialKind> = kinds.into_iter().map(Into::into).collect();
	let trusted: Vec<_> = kinds.iter().copied().map(words::of).collect();
	chain.set_issuer_kinds(&signer, IssuerId(issuer), kinds, Until::Finalized).await?;
	drop(progress);
	let shown = if trusted.is_empty() { "nothing any more".to_owned() } else { trusted.join(", ") };
	context.output.show(&Done::new(
		format!("issuer {issuer} is trusted for: {shown}"),
		json!({ "issuer": issuer, "kinds": trusted }),
	))
}

async fn set(
	by: &SignedBy,
	issuer: u32,
	suspended: Option<SuspensionReason>,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let id = IssuerId(issuer);
	chain.set_issuer_suspended(&signer, id, suspended, Until::Finalized).await?;
	drop(progress);
	let reason = suspended.map(words::of);
	let now = reason.as_ref().map_or("active".to_owned(), |reason| format!("suspended ({reason})"));
	context.output.show(&Done::new(
		format!("issuer {issuer} is {now}"),
		json!({ "issuer": issuer, "active": reason.is_none(), "reason": reason }),
	))
}
