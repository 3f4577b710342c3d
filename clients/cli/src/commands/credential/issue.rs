//! `hdx credential issue`.

use super::{now, public_key, IssuerKey};
use crate::{
	commands::Context,
	credential_error::CredentialError,
	document::Document,
	error::Error,
	files::{self, NewFile},
	output::block,
};
use hdx_credentials::{
	sd_jwt::{self, IssueOptions, SystemSalts, MAX_SD_JWT_BYTES},
	Credential,
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What is attested, and by whom.
#[derive(Debug, clap::Args)]
pub struct Issue {
	/// The claims: a credential in JSON that is not signed.
	#[arg(long = "from", value_name = "FILE")]
	claims: PathBuf,
	#[clap(flatten)]
	issuer_key: IssuerKey,
	/// The holder's public key: with it, nobody else can present the credential.
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	holder_key: Option<PathBuf>,
	/// How many digests are added that hide how many claims there are (at most 64).
	#[arg(long, value_name = "NUMBER", default_value_t = 4)]
	decoys: usize,
	/// Where to write the credential (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Issued {
	file: PathBuf,
	r#type: &'static str,
	issuer: String,
	kid: String,
	claims: Vec<String>,
	valid_until: String,
	commitment: String,
	salt_file: PathBuf,
}

impl fmt::Display for Issued {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let claims = self.claims.join(", ");
		let fields: [(&str, &dyn fmt::Display); 7] = [
			("file (keep)", &self.file.display()),
			("issuer", &self.issuer),
			("key", &self.kid),
			("claims", &claims),
			("valid until", &self.valid_until),
			("commitment", &self.commitment),
			("salt (keep)", &self.salt_file.display()),
		];
		block(f, format!("{} is issued", self.r#type), &fields)
	}
}

/// Issues.
pub fn run(options: &Issue, context: &Context) -> Result<(), Error> {
	let text = files::read(&options.claims, MAX_SD_JWT_BYTES as u64)?;
	let credential = Credential::from_json(&text)
		.map_err(|source| CredentialError::Claims { path: options.claims.clone(), source })?;
	let key = options.issuer_key.signer()?;
	let holder = options.holder_key.as_deref().map(public_key).transpose()?;
	let how = IssueOptions { holder, decoys: options.decoys, now: now() };
	let issued =
		sd_jwt::issue(&credential, &*key, &how, &mut SystemSalts).map_err(CredentialError::from)?;

	let mut file = NewFile::create(&options.out)?;
	file.write(issued.to_string().as_bytes())?;
	// What is committed to is the same in every presentation.
	let token = issued.issuer_signed().as_bytes().to_vec();
	let committed = Document::with_content(&options.out, token)?.commit()?;
	let commitment = format!("0x{}", hex::encode(committed.commitment.0));
	let salt_file = committed.keep();
	context.output.show(&Issued {
		file: file.keep(),
		r#type: credential.kind().type_name(),
		kid: key.kid(&credential.issuer),
		issuer: credential.issuer,
		claims: issued.claims().into_iter().map(str::to_owned).collect(),
		valid_until: credential.valid_until.to_string(),
		commitment,
		salt_file,
	})
}
