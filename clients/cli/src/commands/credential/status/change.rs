//! Changing a list: its bits are read from what was signed, and signed again.

use super::{duration, end, list_error, read_token, Shown};
use crate::{
	commands::{
		credential::{now, public_key, IssuerKey},
		Context,
	},
	credential_error::CredentialError,
	error::Error,
	time,
};
use hdx_credentials::status::{ListError, Purpose, StatusList};
use hdx_primitives::Milliseconds;
use std::{
	fs::{File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};

/// An entry of a list.
#[derive(Debug, clap::Args)]
pub struct Entry {
	#[command(flatten)]
	renew: Renew,
	/// The entry (statusListIndex of the credential).
	#[arg(long, value_name = "NUMBER")]
	index: u64,
}

/// A list, and who signs it.
#[derive(Debug, clap::Args)]
pub struct Renew {
	/// The list.
	#[arg(value_name = "LIST")]
	list: PathBuf,
	#[clap(flatten)]
	issuer_key: IssuerKey,
	/// A key that signed it before, if it is another one (its public half).
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	former_key: Option<PathBuf>,
	/// How long it holds. Left out: as long as before.
	#[arg(long, value_name = "DURATION", value_parser = time::duration)]
	valid_for: Option<Milliseconds>,
}

/// Revokes, or suspends.
pub fn set(entry: &Entry, purpose: Purpose, context: &Context) -> Result<(), Error> {
	let path = &entry.renew.list;
	let list = entry.renew.change(|list| {
		let found = list.purpose;
		if found != purpose {
			let list = path.clone();
			return Err(CredentialError::OtherPurpose { list, found, asked: purpose }.into());
		}
		set_bit(list, path, entry.index, true)
	})?;
	let title = match purpose {
		Purpose::Revocation => format!("entry {} is revoked", entry.index),
		Purpose::Suspension => format!("entry {} is suspended", entry.index),
	};
	context.output.show(&Shown::new(title, &list).with_entry(entry.index, true))
}

/// Ends a suspension.
pub fn restore(entry: &Entry, context: &Context) -> Result<(), Error> {
	let path = &entry.renew.list;
	let list = entry.renew.change(|list| {
		let is_set = list.bits.get(entry.index).map_err(ListError::from);
		let is_set = is_set.map_err(|source| list_error(path.display(), source))?;
		if is_set && list.purpose == Purpose::Revocation {
			return Err(CredentialError::Final { list: path.clone(), index: entry.index }.into());
		}
		set_bit(list, path, entry.index, false)
	})?;
	let title = format!("entry {} is restored", entry.index);
	context.output.show(&Shown::new(title, &list).with_entry(entry.index, false))
}

/// Signs a list again.
pub fn renew(options: &Renew, context: &Context) -> Result<(), Error> {
	let list = options.change(|_| Ok(()))?;
	let title = format!("`{}` is signed again", options.list.display());
	context.output.show(&Shown::new(title, &list))
}

fn set_bit(list: &mut StatusList, path: &Path, index: u64, value: bool) -> Result<(), Error> {
	let set = list.bits.set(index, value).map_err(ListError::from);
	set.map(drop).map_err(|source| list_error(path.display(), source))
}

impl Renew {
	/// Reads the list, changes it, and puts it in the place of the old one.
	fn change(
		&self,
		change: impl FnOnce(&mut StatusList) -> Result<(), Error>,
	) -> Result<StatusList, Error> {
		let key = self.issuer_key.signer()?;
		let signed_by = match &self.former_key {
			None => key.public(),
			Some(former) => public_key(former)?,
		};
		let refuse = |source| list_error(self.list.display(), source);
		// Two revocations at the same time must not undo each other.
		let _alone = lock(&self.list)?;
		let token = read_token(&self.list)?;
		let mut list = StatusList::read_own(&token, &signed_by).map_err(refuse)?;
		change(&mut list)?;
		let before = list.valid_until.duration_since(list.valid_from);
		let start = now();
		list.valid_from = start;
		list.valid_until = end(start, self.valid_for.map_or(before, duration))?;
		let token = list.sign(&*key).map_err(refuse)?;
		replace(&self.list, token.as_bytes())?;
		Ok(list)
	}
}

/// Waits until nobody else changes the list. The lock goes with the file handle; the empty file
/// stays.
fn lock(list: &Path) -> Result<File, Error> {
	let mut name = list.to_owned().into_os_string();
	name.push(".lock");
	let path = PathBuf::from(name);
	if !list.is_file() {
		let source = io::Error::from(io::ErrorKind::NotFound);
		return Err(Error::Unreadable { path: list.to_owned(), source });
	}
	let failed = |source| Error::Unwritable { path: path.clone(), source };
	let options = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
	let file = options.map_err(failed)?;
	file.lock().map_err(failed)?;
	Ok(file)
}

/// Puts a new content into the place of a file at once: who reads it sees the old or the new.
fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
	let directory = directory.unwrap_or_else(|| Path::new("."));
	let mut file = tempfile::NamedTempFile::new_in(directory).map_err(failed)?;
	file.write_all(content).map_err(failed)?;
	// A web server may have to read it.
	let permissions = path.metadata().map_err(failed)?.permissions();
	file.as_file().set_permissions(permissions).map_err(failed)?;
	file.as_file().sync_all().map_err(failed)?;
	file.persist(path).map(drop).map_err(|error| failed(error.error))
}
