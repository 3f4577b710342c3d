//! `hdx credential`: credentials of practitioners and institutions. Asks a node for nothing but the keys of
//! issuers whose DID is on the chain, where they are not given.

mod issue;
mod present;
mod status;
mod verify;

pub use verify::Lists;

use super::Context;
use crate::{credential_error::CredentialError, error::Error, exit::Exit, files, time};
use clap::Subcommand;
use hdx_credentials::{
	jose::{self, Named, PublicKey, Signer, SigningKey},
	sd_jwt::{SdJwt, MAX_SD_JWT_BYTES},
	KnownKeys,
};
use hdx_primitives::Milliseconds;
use hdx_sdk::{chain::AtBlock, did};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// What DIDs on the chain begin with.
const DID_METHOD: &str = "did:hdx:";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Credential {
	/// Issue a licence, a board certification or an accreditation.
	#[command(after_help = "\
Examples:
  hdx credential issue --from licence.json --issuer-key board.key --out licence.sd-jwt
  hdx credential issue --from licence.json --issuer-key board.key --holder-key nurse.pub --out licence.sd-jwt
  hdx credential issue --from licence.json --issuer-key board.key --kid did:hdx:…#key-0 --out licence.sd-jwt

The file holds a credential as W3C Verifiable Credentials 2.0 has it:
  { \"type\": [\"VerifiableCredential\", \"ProfessionalLicenceCredential\"],
    \"issuer\": \"did:web:board.example\",
    \"validFrom\": \"2026-01-01T00:00:00Z\", \"validUntil\": \"2030-01-01T00:00:00Z\",
    \"credentialSubject\": { \"id\": \"did:hdx:…\", \"name\": \"Ada Lovelace\", \"npi\": \"1234567893\",
      \"licenceNumber\": \"RN-1\", \"jurisdiction\": \"US-MA\", \"taxonomy\": \"163W00000X\" } }
BoardCertificationCredential has npi, certificateNumber and taxonomy; AccreditationCredential has scheme and
level. credentialStatus says in which status list it stands. Other members are kept.

The chain gets the commitment that is printed. Its salt goes to FILE.salt: keep both.")]
	Issue(issue::Issue),
	/// Show some claims of a credential, and no others, to one verifier.
	#[command(after_help = "\
Examples:
  hdx credential present licence.sd-jwt --disclose licenceNumber --disclose jurisdiction \\
    --holder-key nurse.key --audience did:web:hospital.example --nonce 7f3a > shown.sd-jwt
  hdx credential present accreditation.sd-jwt --disclose scheme   for a credential without holder's key")]
	Present(present::Present),
	/// Verify a credential, or what was shown of it.
	#[command(after_help = "\
Examples:
  hdx credential verify shown.sd-jwt --issuer did:web:board.example --issuer-key board.key.pub \\
    --audience did:web:hospital.example --nonce 7f3a
  hdx credential verify licence.sd-jwt --issuer did:web:board.example --issuer-key board.key.pub \\
    --commitment 0x… --salt licence.sd-jwt.salt
  hdx credential verify licence.sd-jwt --issuer did:hdx:…   with the keys of the issuer's DID on the chain

Status lists are fetched from where the credential says, unless they are given with --status-list.")]
	Verify(verify::Verify),
	/// Revoke and suspend credentials: status lists.
	#[command(subcommand)]
	Status(status::Status),
}

/// Does it.
pub async fn run(command: Credential, context: &Context) -> Result<Exit, Error> {
	match command {
		Credential::Issue(options) => issue::run(&options, context)?,
		Credential::Present(options) => present::run(&options, context)?,
		Credential::Verify(options) => verify::run(&options, context).await?,
		Credential::Status(command) => status::run(command, context)?,
	}
	Ok(Exit::Done)
}

/// Reads a credential or a presentation.
pub fn read(path: &Path) -> Result<SdJwt, Error> {
	let text = files::read_text(path, MAX_SD_JWT_BYTES as u64)?;
	SdJwt::parse(text.trim())
		.map_err(|source| CredentialError::NotSdJwt { path: path.to_owned(), source }.into())
}

/// An issuer's key, and what it is called.
#[derive(Debug, clap::Args)]
struct IssuerKey {
	/// The issuer's key (hdx key generate --signing).
	#[arg(long, value_name = "KEY-FILE")]
	issuer_key: PathBuf,
	/// The URL of that key in the issuer's DID document, such as did:hdx:…#key-0 (hdx did show): who
	/// resolves the DID finds the key by it. Left out: DID#thumbprint.
	#[arg(long, value_name = "DID-URL")]
	kid: Option<String>,
}

impl IssuerKey {
	/// Reads it.
	fn signer(&self) -> Result<Box<dyn Signer>, Error> {
		let signer = signing_key(&self.issuer_key)?;
		Ok(match self.kid.clone() {
			Some(kid) => Box::new(Named { signer, kid }),
			None => Box::new(signer),
		})
	}
}

/// Reads a holder's key.
fn signing_key(path: &Path) -> Result<SigningKey, Error> {
	Ok(SigningKey::read(path)?)
}

/// The keys of an issuer: those in the files, or, where there is none, those of their DID on the chain.
pub async fn issuer_keys(
	issuer: &str,
	files: &[PathBuf],
	context: &Context,
) -> Result<KnownKeys, Error> {
	let mut keys = KnownKeys::default();
	for path in files {
		keys.insert(issuer, public_key(path)?, ..).map_err(CredentialError::from)?;
	}
	if files.is_empty() {
		if !issuer.starts_with(DID_METHOD) {
			return Err(Error::Usage(format!(
				"--issuer-key is missing: of the keys of `{issuer}` the chain knows nothing, only of {DID_METHOD}…"
			)));
		}
		let chain = context.connect().await?;
		let found = did::look_up(&chain, issuer, AtBlock::Finalized).await;
		keys.insert_did(&found.map_err(CredentialError::from)?);
	}
	Ok(keys)
}

/// Reads a key that verifies.
pub fn public_key(path: &Path) -> Result<PublicKey, Error> {
	Ok(jose::read_public(path)?)
}

/// A moment, as the libraries of credentials have it.
fn timestamp(moment: Milliseconds) -> Timestamp {
	let moment = i64::try_from(moment.0).ok();
	moment.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX)
}

/// Now.
pub fn now() -> Timestamp {
	timestamp(time::now())
}

/// A moment that is given, or now.
fn at_or_now(at: Option<Milliseconds>) -> Timestamp {
	at.map_or_else(now, timestamp)
}

/// A path, as people read it.
fn shown(path: &Option<PathBuf>) -> String {
	path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
}
