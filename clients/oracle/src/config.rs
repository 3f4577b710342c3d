//! The configuration file.
//!
//! ```toml
//! # The key of the oracle's account: a file made by `hdx key generate`, of mode 0600.
//! account = "oracle.key"
//! # The node. Without it: --url, HDX_URL or ws://127.0.0.1:9944.
//! node = "ws://127.0.0.1:9944"
//! # How often is looked. From 5s to 1h; 30s without it.
//! interval = "30s"
//! # A directory of credentials that are watched, beside those below: *.json, read anew each round.
//! credentials = "credentials.d"
//!
//! # What a server of lists may take. All of it can be left out; these are the defaults.
//! [limits]
//! bytes = 4194304
//! time = "10s"
//! connections = 4
//! # The longest that a list is kept where its own `ttl` allows longer. Half the interval without it, so
//! # that each round fetches each list.
//! keep = "15s"
//!
//! [[issuer]]
//! did = "did:web:board.example"
//! # Its number in the chain's registry.
//! registry = 0
//! # Public keys, or JSON Web Keys, with which it signs lists. For a did:hdx they can be left out: they are
//! # those that its DID document lists for assertions, looked up in each round.
//! keys = ["board.key.pub"]
//!
//! [[credential]]
//! practitioner = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
//! # `number` (the credential's on chain) or `commitment` says which of theirs.
//! number = 3
//! issuer = "did:web:board.example"
//! status = [
//!     { purpose = "revocation", list = "https://board.example/status/3", index = 94567 },
//! ]
//! ```
//!
//! Paths are relative to the file. A file of the directory says the same of one credential in JSON, with
//! `credentialStatus` as the credential has it, an entry or a list of entries:
//!
//! ```json
//! { "practitioner": "5Grw…", "commitment": "0x…", "issuer": "did:web:board.example",
//!   "credentialStatus": { "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
//!     "statusListIndex": "94567", "statusListCredential": "https://board.example/status/3" } }
//! ```

mod error;
mod table;

pub use error::{ConfigError, Wrong};

use crate::watched::{Watched, Written};
use hdx_credentials::{fetch, jose, status::MAX_LIST_BYTES, KnownKeys};
use hdx_primitives::{did::Did, IssuerId};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs::{self, File},
	io::{self, Read},
	path::{Path, PathBuf},
	sync::Arc,
	time::Duration,
};
use table::{IssuerTable, Table};
use toml::Spanned;

/// How often is looked where the configuration does not say it.
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(30);
/// The shortest interval: boards are not there for us alone.
pub const MIN_INTERVAL: Duration = Duration::from_secs(5);
/// The longest interval.
pub const MAX_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// Most credentials of one oracle.
pub const MAX_WATCHED: usize = 100_000;

/// Largest configuration, in bytes.
const MAX_CONFIG_BYTES: u64 = 64 * 1024 * 1024;
/// Largest file of one credential, in bytes.
const MAX_CREDENTIAL_BYTES: u64 = 64 * 1024;
const MAX_TIME: Duration = Duration::from_secs(60);
const MAX_CONNECTIONS: usize = 64;

/// What an oracle does, and on whose word.
pub struct Config {
	/// The file.
	pub path: PathBuf,
	/// The file with the key of the oracle's account, or a development key (`//Alice`).
	pub account: String,
	/// The node, if one is named.
	pub node: Option<String>,
	/// How often is looked.
	pub interval: Duration,
	/// What a server of lists may take.
	pub limits: fetch::Limits,
	/// How many lists are fetched at once.
	pub connections: usize,
	/// The longest that a list is kept.
	pub keep: Duration,
	/// The numbers that issuers have in the registry, by DID.
	pub issuers: BTreeMap<String, IssuerId>,
	/// The issuers' keys that are given.
	pub keys: Arc<KnownKeys>,
	/// The issuers whose keys are those of their DID on the chain.
	pub on_chain: Vec<Did>,
	/// The credentials that the file itself names.
	watched: Vec<Watched>,
	/// Where there are more.
	directory: Option<PathBuf>,
}

impl Config {
	/// Reads a configuration with all files that it names.
	///
	/// # Errors
	///
	/// [`ConfigError`], with the file and the line.
	pub fn read(path: &Path) -> Result<Self, ConfigError> {
		let text = read_text(path, MAX_CONFIG_BYTES)?;
		let source = Source { path, text: &text };
		let config = source.config(source.table()?)?;
		let (watched, mut refused) = config.watched();
		if let Some(error) = refused.pop() {
			return Err(error);
		}
		if watched.is_empty() && config.directory.is_none() {
			return Err(source.refuse(None, Wrong::NothingWatched));
		}
		Ok(config)
	}

	/// All credentials that are to be watched now, and what is wrong with the files of the directory:
	/// a credential whose file is refused is not watched, and its checks lapse.
	pub fn watched(&self) -> (Vec<Watched>, Vec<ConfigError>) {
		let (mut watched, mut refused) = (self.watched.clone(), Vec::new());
		let Some(directory) = &self.directory else { return (watched, refused) };
		let issuers = self.issuers.keys().map(String::as_str).collect();
		let mut known: BTreeSet<_> = watched.iter().map(identity).collect();
		let files = match json_files(directory) {
			Ok(files) => files,
			Err(source) => {
				refused.push(ConfigError::Unreadable { path: directory.clone(), source });
				return (watched, refused);
			},
		};
		for path in files {
			if watched.len() >= MAX_WATCHED {
				let wrong = Wrong::TooMany { limit: MAX_WATCHED };
				refused.push(refuse_file(directory, None, wrong));
				break;
			}
			match read_credential(&path, &issuers) {
				Ok(one) if known.insert(identity(&one)) => watched.push(one),
				Ok(one) => refused.push(refuse_file(&path, None, twice(&one))),
				Err(error) => refused.push(error),
			}
		}
		(watched, refused)
	}
}

/// A file that is being read.
struct Source<'t> {
	path: &'t Path,
	text: &'t str,
}

impl Source<'_> {
	/// What is written in it.
	fn table(&self) -> Result<Table, ConfigError> {
		toml::from_str(self.text)
			// Its own message would show the line, which may hold a secret.
			.map_err(|error| self.refuse(error.span(), Wrong::Form(error.message().to_owned())))
	}

	fn refuse(&self, span: Option<std::ops::Range<usize>>, wrong: Wrong) -> ConfigError {
		let line = span
			.and_then(|span| self.text.get(..span.start))
			.map(|before| before.bytes().filter(|one| *one == b'\n').count().saturating_add(1));
		refuse_file(self.path, line, wrong)
	}

	/// A path that is relative to this file.
	fn beside(&self, path: &Path) -> PathBuf {
		self.path.parent().map_or_else(|| path.to_owned(), |directory| directory.join(path))
	}

	fn config(&self, table: Table) -> Result<Config, ConfigError> {
		let limits = table.limits.unwrap_or_default();
		let bounds = (MIN_INTERVAL, MAX_INTERVAL);
		let interval = self.duration("interval", table.interval, DEFAULT_INTERVAL, bounds)?;
		// Fresh in one round and not any more in the next, whatever chance adds to an interval.
		let keep = interval.checked_div(2).unwrap_or_default();
		let issuers = self.issuers(table.issuer)?;
		let watched = self.credentials(table.credential, &issuers.numbers)?;
		let most = usize::try_from(u32::MAX).unwrap_or(usize::MAX).min(MAX_LIST_BYTES);
		Ok(Config {
			path: self.path.to_owned(),
			account: self.account(table.account)?,
			node: table.node.map(|node| self.node(node)).transpose()?,
			interval,
			limits: fetch::Limits {
				bytes: self.number("bytes", &limits.bytes, MAX_LIST_BYTES, most)?,
				time: self.duration(
					"time",
					limits.time,
					fetch::Limits::default().time,
					(Duration::from_secs(1), MAX_TIME),
				)?,
			},
			connections: self.number("connections", &limits.connections, 4, MAX_CONNECTIONS)?,
			keep: self.duration("keep", limits.keep, keep, (Duration::ZERO, MAX_INTERVAL))?,
			issuers: issuers.numbers,
			keys: Arc::new(issuers.keys),
			on_chain: issuers.on_chain,
			watched,
			directory: table.credentials.map(|path| self.beside(&path)),
		})
	}

	fn account(&self, written: Spanned<String>) -> Result<String, ConfigError> {
		let span = written.span();
		let account = written.into_inner();
		if account.starts_with("//") {
			return Ok(account);
		}
		// The words of a mnemonic, or the digits of a seed.
		let is_secret = account.split_whitespace().count() > 2 || account.starts_with("0x");
		if is_secret || account.is_empty() {
			return Err(self.refuse(Some(span), Wrong::KeyWrittenOut));
		}
		Ok(self.beside(Path::new(&account)).display().to_string())
	}

	fn node(&self, written: Spanned<String>) -> Result<String, ConfigError> {
		let node = written.as_ref();
		if node.starts_with("ws://") || node.starts_with("wss://") {
			return Ok(node.clone());
		}
		let found = node.clone();
		Err(self.refuse(Some(written.span()), Wrong::NotANode { found }))
	}

	fn duration(
		&self,
		key: &'static str,
		written: Option<Spanned<String>>,
		default: Duration,
		(least, most): (Duration, Duration),
	) -> Result<Duration, ConfigError> {
		let Some(written) = written else { return Ok(default) };
		let parsed = written.as_ref().parse::<jiff::SignedDuration>().ok();
		let found = parsed.and_then(|parsed| Duration::try_from(parsed).ok()).ok_or_else(|| {
			let found = written.as_ref().clone();
			self.refuse(Some(written.span()), Wrong::NotADuration { found })
		})?;
		if found < least || found > most {
			let wrong = Wrong::DurationOutside { key, found, least, most };
			return Err(self.refuse(Some(written.span()), wrong));
		}
		Ok(found)
	}

	fn number(
		&self,
		key: &'static str,
		written: &Option<Spanned<usize>>,
		default: usize,
		most: usize,
	) -> Result<usize, ConfigError> {
		let Some(written) = written else { return Ok(default) };
		let found = *written.as_ref();
		if found == 0 || found > most {
			let wrong = Wrong::NumberOutside { key, found, most };
			return Err(self.refuse(Some(written.span()), wrong));
		}
		Ok(found)
	}

	fn issuers(&self, tables: Vec<Spanned<IssuerTable>>) -> Result<Issuers, ConfigError> {
		let (mut issuers, mut keys) = (BTreeMap::new(), KnownKeys::default());
		let mut on_chain = Vec::new();
		if tables.is_empty() {
			return Err(self.refuse(None, Wrong::NoIssuer));
		}
		for table in tables {
			let refuse = |wrong| self.refuse(Some(table.span()), wrong);
			let issuer = table.as_ref();
			let did = issuer.did.clone();
			if issuer.keys.is_empty() {
				let did = did.parse().map_err(|_| refuse(Wrong::NoKeys { did: did.clone() }))?;
				on_chain.push(did);
			}
			for file in &issuer.keys {
				let key = jose::read_public(&self.beside(file));
				let key = key.map_err(|error| refuse(Wrong::Key(error.to_string())))?;
				keys.insert(&did, key, ..)
					.map_err(|error| refuse(Wrong::NotADid { found: error.did }))?;
			}
			if issuers.insert(did.clone(), IssuerId(issuer.registry)).is_some() {
				return Err(refuse(Wrong::IssuerTwice { did }));
			}
		}
		Ok(Issuers { numbers: issuers, keys, on_chain })
	}

	fn credentials(
		&self,
		written: Vec<Spanned<Written>>,
		issuers: &BTreeMap<String, IssuerId>,
	) -> Result<Vec<Watched>, ConfigError> {
		let issuers = issuers.keys().map(String::as_str).collect();
		let (mut watched, mut known) = (Vec::new(), BTreeSet::new());
		for one in written {
			let span = one.span();
			let checked = one.into_inner().check(&issuers);
			let checked = checked.map_err(|wrong| self.refuse(Some(span.clone()), wrong.into()))?;
			if !known.insert(identity(&checked)) {
				return Err(self.refuse(Some(span), twice(&checked)));
			}
			if watched.len() >= MAX_WATCHED {
				return Err(self.refuse(Some(span), Wrong::TooMany { limit: MAX_WATCHED }));
			}
			watched.push(checked);
		}
		Ok(watched)
	}
}

/// The issuers of a configuration.
struct Issuers {
	numbers: BTreeMap<String, IssuerId>,
	keys: KnownKeys,
	on_chain: Vec<Did>,
}

/// What tells one credential from another. A number and a commitment may still mean the same one.
fn identity(watched: &Watched) -> (String, String) {
	(watched.practitioner.to_string(), watched.which.to_string())
}

fn twice(watched: &Watched) -> Wrong {
	let (practitioner, which) = identity(watched);
	Wrong::CredentialTwice { practitioner, which }
}

fn refuse_file(path: &Path, line: Option<usize>, wrong: Wrong) -> ConfigError {
	ConfigError::Refused { path: path.to_owned(), line, wrong: Box::new(wrong) }
}

fn read_text(path: &Path, limit: u64) -> Result<String, ConfigError> {
	let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
	let mut bytes = Vec::new();
	let file = File::open(path).map_err(unreadable)?;
	file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
	if bytes.len() as u64 > limit {
		return Err(ConfigError::TooLarge { path: path.to_owned(), limit });
	}
	String::from_utf8(bytes)
		.map_err(|error| unreadable(io::Error::new(io::ErrorKind::InvalidData, error.utf8_error())))
}

fn read_credential(path: &Path, issuers: &BTreeSet<&str>) -> Result<Watched, ConfigError> {
	let text = read_text(path, MAX_CREDENTIAL_BYTES)?;
	let written: Written = serde_json::from_str(&text)
		.map_err(|error| refuse_file(path, Some(error.line()), Wrong::Form(error.to_string())))?;
	written.check(issuers).map_err(|wrong| refuse_file(path, None, wrong.into()))
}

/// Reads a configuration as [`Config::read`] does, and no file that it names, for the fuzz targets: whoever makes up
/// names would have it read anything of this machine.
///
/// # Errors
///
/// [`ConfigError`].
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn read_alone(text: &str) -> Result<Config, ConfigError> {
	let source = Source { path: Path::new("oracle.toml"), text };
	let mut table = source.table()?;
	for issuer in &mut table.issuer {
		issuer.get_mut().keys.clear();
	}
	table.credentials = None;
	source.config(table)
}

/// The files of a directory that end in `.json`, in the order of their names.
fn json_files(directory: &Path) -> io::Result<Vec<PathBuf>> {
	let mut files = Vec::new();
	for entry in fs::read_dir(directory)? {
		let path = entry?.path();
		if path.extension().is_some_and(|extension| extension == "json") {
			files.push(path);
		}
	}
	files.sort();
	Ok(files)
}
