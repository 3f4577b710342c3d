//! `hdx credential status show`.

use super::{list_error, read_token, Shown};
use crate::{
	commands::{
		credential::{now, public_key},
		Context,
	},
	credential_error::CredentialError,
	error::Error,
};
use hdx_credentials::{
	fetch::{Fetcher, Limits},
	status::{ListError, StatusList},
};
use std::path::{Path, PathBuf};

/// A list.
#[derive(Debug, clap::Args)]
pub struct Show {
	/// The list: a file, or the URL at which it is published.
	#[arg(value_name = "LIST")]
	list: String,
	/// The issuer's public key.
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	issuer_key: PathBuf,
	/// An entry to look up.
	#[arg(long, value_name = "NUMBER")]
	index: Option<u64>,
}

/// Shows it.
pub fn run(options: &Show, context: &Context) -> Result<(), Error> {
	let key = public_key(&options.issuer_key)?;
	let is_url = options.list.contains("://");
	let token = if is_url {
		let _progress = context.output.progress("fetching");
		Fetcher::new(Limits::default()).get(&options.list).map_err(CredentialError::from)?
	} else {
		read_token(Path::new(&options.list))?
	};
	let refuse = |source| list_error(&options.list, source);
	let list = StatusList::read_own(token.trim(), &key).map_err(refuse)?;
	if is_url && list.id != options.list {
		let (found, expected) = (list.id, options.list.clone());
		return Err(refuse(ListError::OtherList { found, expected }));
	}
	let title = if list.valid_until <= now() { "the list is over" } else { "the list holds" };
	let shown = Shown::new(title.to_owned(), &list);
	context.output.show(&match options.index {
		None => shown,
		Some(index) => {
			let is_set = list.bits.get(index).map_err(ListError::from).map_err(refuse)?;
			shown.with_entry(index, is_set)
		},
	})
}
