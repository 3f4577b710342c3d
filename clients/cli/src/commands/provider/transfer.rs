//! `hdx provider leave` and `hdx provider transfer`: from one institution to another.

use super::{done::Done, kinds::KindName, validity::Validity};
use crate::{
	account,
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
};
use clap::Subcommand;
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::{Attestation, Until};
use serde_json::json;
use std::path::PathBuf;

/// Who leaves what.
#[derive(Debug, clap::Args)]
pub struct Leave {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// The institution that is left, by its number.
	#[arg(long, value_name = "N")]
	institution: u32,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Transfer {
	/// Offer a practitioner whom your institution enrolled to another institution.
	#[command(after_help = "\
Example:
  hdx provider transfer offer --as //Alice //Dave --to 1")]
	Offer {
		#[command(flatten)]
		by: SignedBy,
		/// The practitioner's account.
		#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
		practitioner: AccountId,
		/// The institution that may take over, by its number.
		#[arg(long, value_name = "N")]
		to: u32,
	},
	/// Take over a practitioner who was offered to your institution.
	#[command(after_help = "\
Example:
  hdx provider transfer accept --as //Bob //Dave --kind employment --credential contract.pdf \\
    --valid-until 2027-12-31

The attestations of the institution of before end. The credential stays with you: the chain gets a
hash of it and of a new secret salt, which is written to contract.pdf.salt.")]
	Accept {
		#[command(flatten)]
		by: SignedBy,
		/// The practitioner's account.
		#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
		practitioner: AccountId,
		/// What your credential attests.
		#[arg(long, default_value = "employment")]
		kind: KindName,
		/// The credential document. It stays here; the chain gets a salted hash.
		#[arg(long, value_name = "FILE")]
		credential: PathBuf,
		#[command(flatten)]
		valid: Validity,
	},
	/// Withdraw an offer: the practitioner may, or the institution that made it.
	#[command(after_help = "\
Examples:
  hdx provider transfer withdraw --as //Alice //Dave
  hdx provider transfer withdraw --as //Dave //Dave")]
	Withdraw {
		#[command(flatten)]
		by: SignedBy,
		/// The practitioner's account.
		#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
		practitioner: AccountId,
	},
}

/// Ends an affiliation.
pub async fn leave(options: Leave, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let institution = InstitutionId(options.institution);
	chain.leave(&signer, options.practitioner.clone(), institution, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{} acts for institution {} no more", options.practitioner, institution.0),
		json!({ "practitioner": options.practitioner.to_string(), "left": institution.0 }),
	))
}

/// Does it.
pub async fn run(command: Transfer, context: &Context) -> Result<(), Error> {
	match command {
		Transfer::Offer { by, practitioner, to } => offer(&by, practitioner, to, context).await,
		Transfer::Accept { by, practitioner, kind, credential, valid } => {
			let attested = (kind, credential, valid);
			accept(&by, practitioner, attested, context).await
		},
		Transfer::Withdraw { by, practitioner } => withdraw(&by, practitioner, context).await,
	}
}

async fn offer(
	by: &SignedBy,
	practitioner: AccountId,
	to: u32,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let institution = InstitutionId(to);
	chain.offer_transfer(&signer, practitioner.clone(), institution, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{practitioner} is offered to institution {to}, whose operator may accept"),
		json!({ "practitioner": practitioner.to_string(), "offeredTo": to }),
	))
}

async fn accept(
	by: &SignedBy,
	practitioner: AccountId,
	(kind, credential, valid): (KindName, PathBuf, Validity),
	context: &Context,
) -> Result<(), Error> {
	let valid = valid.period()?;
	let signer = by.signer()?;
	let document = Document::credential(&credential)?;
	let chain = context.connect().await?;
	let institution = chain.operated_by(&signer.account()).await?;
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let attestation = Attestation { kind: kind.into(), commitment, valid };
	let progress = context.output.progress("waiting until it is final");
	let who = practitioner.clone();
	let result = chain.accept_transfer(&signer, who, attestation, Until::Finalized).await;
	drop(progress);
	let ((), salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Done::new(
		format!(
			"institution {} answers for {practitioner} from now on; keep the salt: {}",
			institution.0,
			salt_file.display(),
		),
		json!({
			"practitioner": practitioner.to_string(),
			"institution": institution.0,
			"commitment": format!("0x{}", hex::encode(commitment.0)),
			"saltFile": salt_file,
		}),
	))
}

async fn withdraw(by: &SignedBy, practitioner: AccountId, context: &Context) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.withdraw_transfer(&signer, practitioner.clone(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("the transfer of {practitioner} is withdrawn"),
		json!({ "practitioner": practitioner.to_string(), "now": "withdrawn" }),
	))
}
