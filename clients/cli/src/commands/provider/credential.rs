//! `hdx provider attest`, and what becomes of a credential: `renew-credential`, `suspend-credential`,
//! `reinstate-credential`, `revoke-credential`.

use super::{done::Done, kinds::KindName, validity::Validity};
use crate::{
	account,
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
	words,
};
use hdx_primitives::{AccountId, CredentialId};
use hdx_sdk::chain::{Attestation, Chain, ChainError, Signer, Until};
use serde_json::json;
use std::path::PathBuf;

/// What an issuer says of a practitioner.
#[derive(Debug, clap::Args)]
pub struct Attest {
	#[command(flatten)]
	by: SignedBy,
	/// Whom it is about.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// What the credential attests.
	#[arg(long)]
	kind: KindName,
	/// The credential document. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	credential: PathBuf,
	#[command(flatten)]
	valid: Validity,
}

/// How a credential goes on.
#[derive(Debug, clap::Args)]
pub struct Renew {
	#[command(flatten)]
	which: Which,
	/// The new credential document. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	credential: PathBuf,
	#[command(flatten)]
	valid: Validity,
}

/// A credential, and its issuer who signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// Whom it is about.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// Which of their credentials: `hdx provider show` lists them.
	#[arg(long, value_name = "N")]
	id: u64,
}

/// What becomes of a credential.
#[derive(Clone, Copy)]
pub enum Change {
	/// It does not count for now.
	Suspend,
	/// It counts again.
	Reinstate,
	/// It never counts again.
	Revoke,
}

impl Change {
	async fn submit(self, chain: &Chain, signer: &Signer, which: &Which) -> Result<(), ChainError> {
		let (who, id, until) =
			(which.practitioner.clone(), CredentialId(which.id), Until::Finalized);
		match self {
			Self::Suspend => chain.suspend_credential(signer, who, id, until).await,
			Self::Reinstate => chain.reinstate_credential(signer, who, id, until).await,
			Self::Revoke => chain.revoke_credential(signer, who, id, until).await,
		}
	}

	/// What holds afterwards.
	fn result(self) -> &'static str {
		match self {
			Self::Suspend => "suspended",
			Self::Reinstate => "reinstated",
			Self::Revoke => "revoked",
		}
	}
}

/// Attests a credential.
pub async fn attest(options: Attest, context: &Context) -> Result<(), Error> {
	let valid = options.valid.period()?;
	let signer = options.by.signer()?;
	let document = Document::credential(&options.credential)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let attestation = Attestation { kind: options.kind.into(), commitment, valid };
	let progress = context.output.progress("waiting until it is final");
	let practitioner = options.practitioner.clone();
	let result =
		chain.attest_credential(&signer, practitioner, attestation, Until::Finalized).await;
	drop(progress);
	let (id, salt_file) = committed.keep_unless_refused(result)?;
	let kind = words::of(attestation.kind);
	context.output.show(&Done::new(
		format!(
			"credential {} of {} is attested ({kind}); keep its salt: {}",
			id.0,
			options.practitioner,
			salt_file.display(),
		),
		json!({
			"practitioner": options.practitioner.to_string(),
			"credential": id.0,
			"kind": kind,
			"commitment": format!("0x{}", hex::encode(commitment.0)),
			"saltFile": salt_file,
		}),
	))
}

/// Renews a credential.
pub async fn renew(options: Renew, context: &Context) -> Result<(), Error> {
	let valid = options.valid.period()?;
	let signer = options.which.by.signer()?;
	let document = Document::credential(&options.credential)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let progress = context.output.progress("waiting until it is final");
	let (who, id) = (options.which.practitioner.clone(), CredentialId(options.which.id));
	let result =
		chain.renew_credential(&signer, who, id, commitment, valid, Until::Finalized).await;
	drop(progress);
	let ((), salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Done::new(
		format!("credential {} is renewed; keep its salt: {}", id.0, salt_file.display()),
		json!({
			"practitioner": options.which.practitioner.to_string(),
			"credential": id.0,
			"commitment": format!("0x{}", hex::encode(commitment.0)),
			"saltFile": salt_file,
		}),
	))
}

/// Suspends, reinstates or revokes a credential.
pub async fn change(which: Which, change: Change, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	change.submit(&chain, &signer, &which).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("credential {} of {} is {}", which.id, which.practitioner, change.result()),
		json!({
			"practitioner": which.practitioner.to_string(),
			"credential": which.id,
			"now": change.result(),
		}),
	))
}
