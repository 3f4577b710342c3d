//! `hdx credential status`: the issuer's side of status lists.

mod change;
mod new;
mod show;

use crate::{commands::Context, credential_error::CredentialError, error::Error, files, time};
use clap::Subcommand;
use hdx_credentials::status::{Purpose, StatusList, MAX_LIST_BYTES};
use hdx_primitives::Milliseconds;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::{fmt, path::Path};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Status {
	/// Make a list in which nothing is revoked or suspended.
	#[command(after_help = "\
Examples:
  hdx credential status new --issuer did:web:board.example --issuer-key board.key \\
    --list-url https://board.example/status/3 --purpose revocation --out status-3.jwt

Publish the file at its URL, as application/vc+jwt. It is made with mode 0600, and keeps the mode that you
give it. A list holds for a day unless --valid-for says
otherwise: sign it again before (hdx credential status renew).")]
	New(new::New),
	/// Revoke a credential, for good.
	#[command(after_help = "\
Example:
  hdx credential status revoke status-3.jwt --index 94567 --issuer-key board.key")]
	Revoke(change::Entry),
	/// Suspend a credential.
	#[command(after_help = "\
Example:
  hdx credential status suspend status-4.jwt --index 94567 --issuer-key board.key")]
	Suspend(change::Entry),
	/// End a suspension.
	#[command(after_help = "\
Example:
  hdx credential status restore status-4.jwt --index 94567 --issuer-key board.key")]
	Restore(change::Entry),
	/// Sign a list again, for as long as before.
	#[command(after_help = "\
Example:
  hdx credential status renew status-3.jwt --issuer-key board.key")]
	Renew(change::Renew),
	/// Show a list, of a file or as it is published.
	#[command(after_help = "\
Examples:
  hdx credential status show status-3.jwt --issuer-key board.key.pub
  hdx credential status show https://board.example/status/3 --issuer-key board.key.pub --index 94567")]
	Show(show::Show),
}

/// Does it.
pub fn run(command: Status, context: &Context) -> Result<(), Error> {
	match command {
		Status::New(options) => new::run(&options, context),
		Status::Revoke(entry) => change::set(&entry, Purpose::Revocation, context),
		Status::Suspend(entry) => change::set(&entry, Purpose::Suspension, context),
		Status::Restore(entry) => change::restore(&entry, context),
		Status::Renew(options) => change::renew(&options, context),
		Status::Show(options) => show::run(&options, context),
	}
}

/// A list, as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	#[serde(skip)]
	title: String,
	list: String,
	issuer: String,
	purpose: &'static str,
	entries: u64,
	set: u64,
	valid_from: String,
	valid_until: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	ttl: Option<u64>,
	#[serde(skip_serializing_if = "Option::is_none")]
	index: Option<u64>,
	#[serde(skip_serializing_if = "Option::is_none")]
	is_set: Option<bool>,
}

impl Shown {
	fn new(title: String, list: &StatusList) -> Self {
		Self {
			title,
			list: list.id.clone(),
			issuer: list.issuer.clone(),
			purpose: list.purpose.name(),
			entries: list.bits.entries(),
			set: list.bits.count(),
			valid_from: list.valid_from.to_string(),
			valid_until: list.valid_until.to_string(),
			ttl: list.ttl,
			index: None,
			is_set: None,
		}
	}

	fn with_entry(mut self, index: u64, is_set: bool) -> Self {
		(self.index, self.is_set) = (Some(index), Some(is_set));
		self
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let set = format!("{} of {}", self.set, self.entries);
		let ttl = self.ttl.map(|ttl| time::show_duration(Milliseconds(ttl))).unwrap_or_default();
		let entry = self.index.zip(self.is_set).map(|(index, is_set)| {
			format!("{index} is {}", if is_set { "set" } else { "not set" })
		});
		let fields: [(&str, &dyn fmt::Display); 7] = [
			("list", &self.list),
			("issuer", &self.issuer),
			("purpose", &self.purpose),
			("set", &set),
			("valid until", &self.valid_until),
			("kept for", &ttl),
			("entry", &entry.unwrap_or_default()),
		];
		crate::output::block(f, &self.title, &fields)
	}
}

/// Reads the token of a list.
fn read_token(path: &Path) -> Result<String, Error> {
	Ok(files::read_text(path, MAX_LIST_BYTES as u64)?.trim().to_owned())
}

/// The end of a list that holds from `start` on.
fn end(start: Timestamp, valid_for: SignedDuration) -> Result<Timestamp, Error> {
	start
		.checked_add(valid_for)
		.map_err(|_| Error::Usage("a list cannot hold beyond the year 9999".to_owned()))
}

/// A duration, as the libraries of credentials have it.
fn duration(duration: Milliseconds) -> SignedDuration {
	SignedDuration::from_millis(i64::try_from(duration.0).unwrap_or(i64::MAX))
}

/// What is wrong with a list.
fn list_error(list: impl fmt::Display, source: hdx_credentials::status::ListError) -> Error {
	CredentialError::List { list: list.to_string(), source }.into()
}
