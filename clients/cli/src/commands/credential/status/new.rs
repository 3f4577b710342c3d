//! `hdx credential status new`.

use super::{duration, end, list_error, Shown};
use crate::{
	commands::{
		credential::{now, IssuerKey},
		Context,
	},
	credential_error::CredentialError,
	error::Error,
	files::NewFile,
	time,
};
use clap::ValueEnum;
use hdx_credentials::{
	fetch,
	status::{Bitstring, ListError, Purpose, StatusList, MIN_ENTRIES},
	KnownKeys,
};
use hdx_primitives::Milliseconds;
use std::path::PathBuf;

/// A new list.
#[derive(Debug, clap::Args)]
pub struct New {
	/// The DID of who publishes it: the issuer of the credentials.
	#[arg(long, value_name = "DID")]
	issuer: String,
	#[clap(flatten)]
	issuer_key: IssuerKey,
	/// Where it will be published.
	#[arg(long, value_name = "URL", value_parser = list_url)]
	list_url: String,
	/// What a bit that is set means.
	#[arg(long, value_name = "PURPOSE")]
	purpose: PurposeName,
	/// How many credentials it has room for: a multiple of 8, at least 131072.
	#[arg(long, value_name = "NUMBER", default_value_t = MIN_ENTRIES)]
	entries: u64,
	/// How long it holds.
	#[arg(long, value_name = "DURATION", default_value = "1d", value_parser = time::duration)]
	valid_for: Milliseconds,
	/// How long verifiers may keep it before they ask again.
	#[arg(long, value_name = "DURATION", default_value = "1m", value_parser = time::duration)]
	ttl: Milliseconds,
	/// Where to write it.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Purposes, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum PurposeName {
	/// Taken back for good.
	Revocation,
	/// Taken back until further notice.
	Suspension,
}

impl From<PurposeName> for Purpose {
	fn from(name: PurposeName) -> Self {
		match name {
			PurposeName::Revocation => Self::Revocation,
			PurposeName::Suspension => Self::Suspension,
		}
	}
}

/// A URL from which verifiers will fetch. It is kept as it is written: they compare it so.
fn list_url(text: &str) -> Result<String, String> {
	fetch::check_url(text).map(|()| text.to_owned()).map_err(|error| error.to_string())
}

/// Makes it.
pub fn run(options: &New, context: &Context) -> Result<(), Error> {
	let key = options.issuer_key.signer()?;
	let refuse = |source| list_error(options.out.display(), source);
	// Nobody would verify what is not from a DID.
	KnownKeys::default()
		.insert(&options.issuer, key.public(), ..)
		.map_err(CredentialError::from)?;
	let start = now();
	let list = StatusList {
		id: options.list_url.clone(),
		issuer: options.issuer.clone(),
		purpose: options.purpose.into(),
		bits: Bitstring::new(options.entries).map_err(ListError::from).map_err(refuse)?,
		valid_from: start,
		valid_until: end(start, duration(options.valid_for))?,
		ttl: Some(options.ttl.0),
	};
	let token = list.sign(&*key).map_err(refuse)?;
	let mut file = NewFile::create(&options.out)?;
	file.write(token.as_bytes())?;
	let file = file.keep();
	context.output.show(&Shown::new(format!("`{}` is made", file.display()), &list))
}
