//! `hdx credential verify`.

use super::{at_or_now, issuer_keys, read};
use crate::{
	commands::Context, credential_error::CredentialError, document, error::Error, files,
	output::block, time,
};
use hdx_credentials::{
	commitment,
	fetch::{Fetcher, Limits},
	sd_jwt::{Checks, Expected, Verified, VerifyError},
	status::{KnownLists, StatusSource, Unavailable, MAX_LIST_BYTES},
};
use hdx_primitives::{Commitment, Milliseconds};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
	sync::OnceLock,
};

/// What is verified, and against what.
#[derive(Debug, clap::Args)]
pub struct Verify {
	/// The credential, or what was shown of it.
	#[arg(value_name = "PRESENTATION")]
	presentation: PathBuf,
	/// Who must have issued it.
	#[arg(long, value_name = "DID")]
	issuer: String,
	/// A public key of the issuer, or a JSON Web Key; may be repeated. Left out: the keys of the
	/// issuer's DID on the chain.
	#[arg(long = "issuer-key", value_name = "PUBLIC-KEY-FILE")]
	issuer_keys: Vec<PathBuf>,
	/// Whom the presentation must be for.
	#[arg(long, value_name = "NAME", requires = "nonce")]
	audience: Option<String>,
	/// What the holder was given for this presentation.
	#[arg(long, value_name = "TEXT", requires = "audience")]
	nonce: Option<String>,
	/// A copy of a status list; may be repeated. The others are fetched.
	#[arg(long = "status-list", value_name = "FILE")]
	lists: Vec<PathBuf>,
	/// The commitment that the chain has.
	#[arg(long, value_name = "HASH", requires = "salt", value_parser = document::parse_commitment)]
	commitment: Option<Commitment>,
	/// The salt of that commitment.
	#[arg(long, value_name = "SALT-FILE", requires = "commitment")]
	salt: Option<PathBuf>,
	/// The moment to verify for: RFC 3339, or a date. Left out: now.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	at: Option<Milliseconds>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	r#type: &'static str,
	issuer: String,
	kid: String,
	algorithm: &'static str,
	issued: String,
	valid_from: String,
	valid_until: String,
	disclosed: Vec<String>,
	withheld: usize,
	bound: bool,
	status: Vec<Status>,
	credential: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
	purpose: &'static str,
	list: String,
	index: u64,
	list_valid_until: String,
}

impl From<Verified> for Shown {
	fn from(verified: Verified) -> Self {
		let status = verified.status.into_iter().map(|checked| Status {
			purpose: checked.purpose.name(),
			list: checked.list,
			index: checked.index,
			list_valid_until: checked.valid_until.to_string(),
		});
		Self {
			r#type: verified.kind.type_name(),
			issuer: verified.issuer,
			kid: verified.kid,
			algorithm: verified.algorithm.name(),
			issued: verified.issued.to_string(),
			valid_from: verified.valid_from.to_string(),
			valid_until: verified.valid_until.to_string(),
			disclosed: verified.disclosed,
			withheld: verified.withheld,
			bound: verified.holder.is_some(),
			status: status.collect(),
			credential: verified.credential,
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let period = format!("{} to {}", self.valid_from, self.valid_until);
		let status: Vec<_> = self.status.iter().map(|one| format!("no {}", one.purpose)).collect();
		let status =
			if status.is_empty() { "has no status list".to_owned() } else { status.join(", ") };
		let holder = if self.bound { "presents it" } else { "is not bound to it" };
		let fields: [(&str, &dyn fmt::Display); 6] = [
			("issuer", &self.issuer),
			("key", &self.kid),
			("signed with", &self.algorithm),
			("valid", &period),
			("status", &status),
			("the holder", &holder),
		];
		block(f, format!("{} holds", self.r#type), &fields)?;
		let subject = self.credential.get("credentialSubject").and_then(|one| one.as_object());
		let claims: Vec<(&str, String)> = subject
			.into_iter()
			.flatten()
			.map(|(name, value)| {
				let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
				(name.as_str(), text)
			})
			.collect();
		let fields: Vec<(&str, &dyn fmt::Display)> =
			claims.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)).collect();
		block(f, format!("shown ({} digests stay closed)", self.withheld), &fields)
	}
}

/// Lists that were given, and the network for the others.
pub struct Lists {
	given: KnownLists,
	network: OnceLock<Fetcher>,
}

impl Lists {
	/// Reads the lists that were given.
	pub fn read(paths: &[PathBuf]) -> Result<Self, Error> {
		let mut given = KnownLists::default();
		for path in paths {
			let token = files::read_text(path, MAX_LIST_BYTES as u64)?;
			given.add(token.trim()).map_err(|source| CredentialError::List {
				list: path.display().to_string(),
				source,
			})?;
		}
		Ok(Self { given, network: OnceLock::new() })
	}
}

impl StatusSource for Lists {
	fn list(&self, url: &str) -> Result<String, Unavailable> {
		self.given
			.list(url)
			.or_else(|_| self.network.get_or_init(|| Fetcher::new(Limits::default())).list(url))
	}
}

/// Verifies.
pub async fn run(options: &Verify, context: &Context) -> Result<(), Error> {
	let presentation = read(&options.presentation)?;
	let keys = issuer_keys(&options.issuer, &options.issuer_keys, context).await?;
	let lists = Lists::read(&options.lists)?;
	if let (Some(expected), Some(salt)) = (&options.commitment, &options.salt) {
		let salt = document::read_salt(salt)?;
		if commitment::of(&salt, &presentation) != *expected {
			let path = options.presentation.clone();
			return Err(CredentialError::NotCommitted { path }.into());
		}
	}
	let binding = options.audience.as_ref().zip(options.nonce.as_ref());
	let checks = Checks {
		keys: &keys,
		status: &lists,
		now: at_or_now(options.at),
		binding: binding.map(|(audience, nonce)| Expected::new(audience, nonce)),
	};
	let progress = context.output.progress("verifying");
	let verified = presentation.verify(&checks);
	drop(progress);
	let verified = verified.map_err(|source| does_not_hold(&options.presentation, source))?;
	context.output.show(&Shown::from(verified))
}

fn does_not_hold(path: &Path, source: VerifyError) -> CredentialError {
	CredentialError::DoesNotHold { path: path.to_owned(), source }
}
