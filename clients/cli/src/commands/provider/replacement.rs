//! `hdx provider replace-account` and `take-over`: what goes on elsewhere because a key or an
//! institution is gone.

use super::{agree::Signed, done::Done, kinds::KindName, validity::Validity};
use crate::{
	account,
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
};
use hdx_primitives::AccountId;
use hdx_sdk::chain::{Agreed, Attestation, Until};
use serde_json::json;
use std::path::PathBuf;

/// Which account is replaced by which.
#[derive(Debug, clap::Args)]
pub struct Replace {
	#[command(flatten)]
	by: SignedBy,
	/// The account whose key is lost or stolen.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	from: AccountId,
	/// An account that is nobody's yet.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	to: AccountId,
}

/// Whom one's institution takes over.
#[derive(Debug, clap::Args)]
pub struct TakeOver {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// What the practitioner signed with `hdx provider agree take-over`.
	#[arg(long, value_name = "FILE")]
	agreement: PathBuf,
	/// What your credential attests.
	#[arg(long, default_value = "employment")]
	kind: KindName,
	/// The credential document. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	credential: PathBuf,
	#[command(flatten)]
	valid: Validity,
}

/// Replaces an account.
pub async fn replace(options: Replace, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let Replace { from, to, .. } = options;
	chain.replace_account(&signer, from.clone(), to.clone(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{to} has all offices of {from}, which can do nothing any more"),
		json!({ "from": from.to_string(), "to": to.to_string() }),
	))
}

/// Takes over a practitioner.
pub async fn take_over(options: TakeOver, context: &Context) -> Result<(), Error> {
	let valid = options.valid.period()?;
	let signer = options.by.signer()?;
	let signed = Signed::read(&options.agreement)?;
	let practitioner = options.practitioner;
	let Agreed::TakeOver { to, .. } = signed.agreed else {
		return Err(Error::Usage(format!(
			"{} agreed to something else: hdx provider agree take-over",
			signed.account
		)));
	};
	if signed.account != practitioner {
		return Err(Error::Usage(format!(
			"{} signed the agreement, not {practitioner}",
			signed.account
		)));
	}
	let document = Document::credential(&options.credential)?;
	let chain = context.connect().await?;
	let institution = chain.operated_by(&signer.account()).await?;
	if to != institution {
		return Err(Error::Usage(format!(
			"{practitioner} agreed that institution {} takes over; yours is {}",
			to.0, institution.0
		)));
	}
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let attestation = Attestation { kind: options.kind.into(), commitment, valid };
	let progress = context.output.progress("waiting until it is final");
	let (who, agreement) = (practitioner.clone(), signed.agreement);
	let result = chain.take_over(&signer, who, agreement, attestation, Until::Finalized).await;
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
