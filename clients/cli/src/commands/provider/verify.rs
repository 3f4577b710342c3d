//! `hdx provider verify`: whether a credential document is one that the chain knows.

use super::{
	block::Block,
	done::Done,
	view::{show_issuer, CredentialShown},
};
use crate::{advice, commands::Context, document, error::Error, exit::Exit};
use hdx_primitives::{Commitment, InstitutionId, IssuerId};
use hdx_sdk::chain::{AtBlock, Chain, CredentialIssuer};
use serde_json::json;
use std::path::PathBuf;

/// Which document.
#[derive(Debug, clap::Args)]
pub struct Verify {
	/// The credential document.
	#[arg(long, value_name = "FILE")]
	document: PathBuf,
	/// The file with the salt that was written when it was committed to.
	#[arg(long, value_name = "FILE")]
	salt: PathBuf,
	/// Who issued it, as the document says: `issuer:N` or `institution:N`.
	#[arg(long, value_name = "ISSUER", value_parser = issuer)]
	issuer: Option<CredentialIssuer>,
	#[command(flatten)]
	block: Block,
}

/// Reads `issuer:N` or `institution:N`.
fn issuer(text: &str) -> Result<CredentialIssuer, String> {
	let number = |digits: &str| digits.parse().ok();
	let read = match text.split_once(':') {
		Some(("issuer", id)) => number(id).map(|id| CredentialIssuer::Issuer(IssuerId(id))),
		Some(("institution", id)) => {
			number(id).map(|id| CredentialIssuer::Institution(InstitutionId(id)))
		},
		_ => None,
	};
	read.ok_or_else(|| format!("`{text}` is no issuer: give issuer:N or institution:N"))
}

/// Why the issuer has to be named, and who it may be.
async fn who_attests(
	chain: &Chain,
	commitment: Commitment,
	block: AtBlock,
) -> Result<Error, Error> {
	let found = chain.attested_with(commitment, block).await?;
	if found.is_empty() {
		return Ok(Error::Usage("nobody attests this document: give --issuer".to_owned()));
	}
	let found: Vec<_> = found.iter().map(|one| show_issuer(one.credential.issuer)).collect();
	Ok(Error::Usage(format!(
		"say with --issuer whom you believe, which the document names: it is attested by {}",
		found.join(", ")
	)))
}

/// Verifies: exits with 0 where the credential stands, with 1 where it does not.
pub async fn run(options: Verify, context: &Context) -> Result<Exit, Error> {
	let commitment = document::reopen(&options.document, &options.salt)?;
	let chain = context.connect().await?;
	let (block, _) = options.block.fixed(&chain).await?;
	let Some(issuer) = options.issuer else {
		return Err(who_attests(&chain, commitment, block).await?);
	};
	let found = chain.verify_credential(commitment, issuer, block).await?;
	let reason = found.standing.err();
	let credential = CredentialShown::from(&found.credential);
	let verdict = match reason {
		None => "it stands".to_owned(),
		Some(reason) => format!("it does not count: {} ({reason:?})", advice::standing(reason)),
	};
	context.output.show(&Done::new(
		format!("the document is a credential of {}: {verdict}\n{credential}", found.practitioner),
		json!({
			"practitioner": found.practitioner.to_string(),
			"credential": credential,
			"stands": reason.is_none(),
			"reason": reason.map(|reason| format!("{reason:?}")),
		}),
	))?;
	Ok(if reason.is_none() { Exit::Done } else { Exit::Refused })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_issuer_is_typed_as_it_is_shown() {
		for text in ["issuer:0", "institution:7"] {
			assert_eq!(issuer(text).map(show_issuer), Ok(text.to_owned()));
		}
		for text in ["", "issuer", "issuer:", "issuer:-1", "institution:4294967296", "board:1"] {
			assert!(issuer(text).is_err(), "{text}");
		}
	}
}
