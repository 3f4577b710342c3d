//! Whose keystore it is, and for which chain: who reads a validator's keys signs as that validator, who writes there makes
//! it sign with keys of theirs, and what was signed for one chain counts on another.

use crate::{owner, runtime_api::Block};
use sc_service::{error::Error as ServiceError, ChainType, Configuration};
use sp_runtime::traits::Block as BlockT;
use std::{
	fs::{self, Metadata},
	io::{self, Write},
	os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
	path::Path,
};

/// What others may do with a key: nothing.
const USABLE_BY_OTHERS: u32 = 0o077;
/// What others may do with the directory at most: list it.
const WRITABLE_BY_OTHERS: u32 = 0o022;
/// The file beside the keys that names the chain for which they sign. The SDK takes files for keys that have hexadecimal
/// names. `hdx key session-new` looks for it, too.
const CHAIN: &str = "genesis-hash";
/// What the file is called while it is written.
const UNFINISHED: &str = "genesis-hash.new";

/// Fails where others may use the keystore. One that is not there is made here, whatever the user's mask says.
pub fn is_private(config: &Configuration) -> Result<(), ServiceError> {
	let Some(directory) = config.keystore.path() else { return Ok(()) };
	fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
	// Asked of the base path, which a node has to write to anyway.
	let user = owner::of_new_files(config.base_path.path())?;
	exposed(directory, user)?.map_or(Ok(()), |problem| {
		Err(ServiceError::Other(format!(
			"others may use the keystore {}: {problem}. If somebody did, change the keys (docs/validators.md)",
			directory.display()
		)))
	})
}

/// Says what others than this user may do, and how to end it.
fn exposed(directory: &Path, user: u32) -> io::Result<Option<String>> {
	// Whoever owns something can take what is permitted to them.
	let is_ours = |data: &Metadata| data.uid() == user;
	let data = fs::metadata(directory)?;
	if !is_ours(&data) {
		return Ok(Some(
			"it belongs to another user; `chown` it to the one that runs the node".into(),
		));
	}
	if data.permissions().mode() & WRITABLE_BY_OTHERS != 0 {
		return Ok(Some("they may write there; `chmod go-w` it".into()));
	}
	for entry in fs::read_dir(directory)? {
		let path = entry?.path();
		let data = fs::metadata(&path)?;
		if !data.is_file() {
			continue;
		}
		if !is_ours(&data) {
			return Ok(Some(format!(
				"{} belongs to another user; `chown` it to the one that runs the node",
				path.display()
			)));
		}
		if data.permissions().mode() & USABLE_BY_OTHERS != 0 {
			return Ok(Some(format!("they may open {}; `chmod 600` it", path.display())));
		}
	}
	Ok(None)
}

/// Makes sure that a validator's keys sign for one chain alone: fails where they signed for another one, and notes for
/// which they do from now on.
///
/// A vote of GRANDPA names its set and its round, and no chain. Both exist on each: whoever kept a vote from another chain
/// has two of one round, and this validator disabled.
///
/// Not asked of development chains: every build of the runtime gives them another first block, and everybody has their keys.
pub fn is_of_this_chain(
	config: &Configuration,
	genesis: <Block as BlockT>::Hash,
) -> Result<(), ServiceError> {
	let is_development =
		matches!(config.chain_spec.chain_type(), ChainType::Development | ChainType::Local);
	if is_development || !config.role.is_authority() {
		return Ok(());
	}
	let Some(directory) = config.keystore.path() else { return Ok(()) };
	let file = directory.join(CHAIN);
	let failed = |error: io::Error| {
		ServiceError::Other(format!(
			"a validator keeps in {} for which chain its keys sign: {error}. Where it cannot write, write the genesis hash there \
			 yourself (docs/operate/upgrade.md)",
			file.display()
		))
	};
	let noted = match fs::read_to_string(&file) {
		Ok(noted) => noted,
		Err(error) if error.kind() == io::ErrorKind::NotFound => {
			return note(directory, &format!("{genesis:?}\n")).map_err(failed);
		},
		Err(error) => return Err(failed(error)),
	};
	let noted = noted.trim();
	if noted == format!("{genesis:?}") {
		return Ok(());
	}
	Err(ServiceError::Other(format!(
		"the keys in {} are of another chain: they signed for the one that begins with block {noted:?}, and this one begins \
		 with {genesis:?}. Who has votes of both can have this validator disabled. Make new keys for this chain, in another \
		 keystore (docs/validators.md)",
		directory.display(),
	)))
}

/// Writes down for which chain the keys sign: all of it or nothing.
fn note(directory: &Path, genesis: &str) -> io::Result<()> {
	let unfinished = directory.join(UNFINISHED);
	let mut options = fs::OpenOptions::new();
	options.write(true).create(true).truncate(true).mode(0o600);
	let mut file = options.open(&unfinished)?;
	file.write_all(genesis.as_bytes())?;
	file.sync_all()?;
	fs::rename(unfinished, directory.join(CHAIN))
}
