//! `hdx key session-new`: the keys with which a validator takes part in consensus, before there is a chain.

use super::Context;
use crate::{
	account,
	chain_spec_error::ChainSpecError,
	error::Error,
	files::NewFile,
	output::{block, printable},
};
use hdx_primitives::AccountId;
use hdx_sdk::session::{self, SessionKey, SessionKeyKind};
use serde::Serialize;
use std::{
	fmt, fs, io,
	path::{Path, PathBuf},
};

/// The file in which a validator's node notes for which chain the keys beside it sign. It refuses another chain, and so
/// would these keys be refused.
const CHAIN: &str = "genesis-hash";

/// What is wanted.
#[derive(Debug, clap::Args)]
pub struct SessionNew {
	/// The keystore of the node, made if it is not there (mode 0700). Where the node looks for it unless it is
	/// told otherwise: BASE-PATH/chains/ID/keystore.
	#[arg(long, value_name = "DIR")]
	keystore: PathBuf,
	/// The validator's account, which the keys are for: SS58, or 0x with 64 hexadecimal digits.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	owner: AccountId,
}

/// Keys that were made. Nothing of it is secret.
#[derive(Serialize)]
struct Made {
	keystore: PathBuf,
	account: String,
	aura: String,
	aura_proof: String,
	grandpa: String,
	grandpa_proof: String,
}

impl fmt::Display for Made {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let keystore = self.keystore.display().to_string();
		block(f, "session keys", &[("keystore", &keystore), ("for", &self.account)])?;
		writeln!(f, "\nFor the consortium's file, below [[validator]]:\n")?;
		for (key, value) in [
			("account", &self.account),
			("aura", &self.aura),
			("aura_proof", &self.aura_proof),
			("grandpa", &self.grandpa),
			("grandpa_proof", &self.grandpa_proof),
		] {
			writeln!(f, "{key} = \"{}\"", printable(value))?;
		}
		Ok(())
	}
}

/// Does it.
pub(super) fn run(options: &SessionNew, context: &Context) -> Result<(), Error> {
	let owner: &[u8; 32] = options.owner.as_ref();
	if let Some(name) = session::development_keys().remove(owner) {
		return Err(ChainSpecError::DevelopmentOwner { name }.into());
	}
	private_directory(&options.keystore)?;
	if options.keystore.join(CHAIN).exists() {
		return Err(ChainSpecError::KeystoreOfAChain { path: options.keystore.clone() }.into());
	}
	let make = |kind| {
		let key = SessionKey::generate(kind, &options.owner);
		let mut file = NewFile::create(&options.keystore.join(key.file_name()))?;
		file.write(key.file_content().as_bytes())?;
		Ok::<_, Error>((key, file))
	};
	let (aura, aura_file) = make(SessionKeyKind::Aura)?;
	let (grandpa, grandpa_file) = make(SessionKeyKind::Grandpa)?;
	// Both or none.
	aura_file.keep();
	grandpa_file.keep();
	let digits = |bytes: &[u8]| format!("0x{}", hex::encode(bytes));
	context.output.show(&Made {
		keystore: options.keystore.clone(),
		account: options.owner.to_string(),
		aura: digits(&aura.public),
		aura_proof: digits(&aura.proof),
		grandpa: digits(&grandpa.public),
		grandpa_proof: digits(&grandpa.proof),
	})
}

/// Makes sure that the directory is there, and that others have no use of it.
fn private_directory(path: &Path) -> Result<(), Error> {
	let failed = |source: io::Error| Error::Unwritable { path: path.to_owned(), source };
	let mut builder = fs::DirBuilder::new();
	builder.recursive(true);
	#[cfg(unix)]
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.create(path).map_err(failed)?;
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		let mode = path.metadata().map_err(failed)?.permissions().mode() & 0o777;
		// A node makes it so that others can list it; the files in it they cannot read.
		if mode & 0o022 != 0 {
			return Err(ChainSpecError::KeystoreExposed { path: path.to_owned(), mode }.into());
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::output::Output;

	fn options(keystore: &Path, owner: &str) -> SessionNew {
		SessionNew { keystore: keystore.to_owned(), owner: account::parse(owner).unwrap() }
	}

	fn context() -> Context {
		Context { url: String::new(), output: Output::new(true) }
	}

	const OWNER: &str = "5E9bxGkzD9eniuYi47bzmGFGU3cx2m5zhRPpQoc35KaoBfi6";

	#[cfg(unix)]
	#[test]
	fn keys_are_for_their_owner_alone() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		let keystore = directory.path().join("chains/rhine/keystore");
		run(&options(&keystore, OWNER), &context()).unwrap();
		let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
		assert_eq!(mode(&keystore), 0o700);
		let files: Vec<_> =
			fs::read_dir(&keystore).unwrap().map(|entry| entry.unwrap().path()).collect();
		assert_eq!(files.len(), 2);
		assert!(files.iter().all(|file| mode(file) == 0o600));
	}

	#[cfg(unix)]
	#[test]
	fn fails_when_others_may_write_into_the_keystore() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o770)).unwrap();
		let error = run(&options(directory.path(), OWNER), &context()).unwrap_err();
		assert!(matches!(
			error,
			Error::ChainSpec(ChainSpecError::KeystoreExposed { mode: 0o770, .. })
		));
		assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
	}

	/// A node would refuse to start the new chain with it.
	#[test]
	fn fails_when_the_keystore_is_of_a_chain_already() {
		let directory = tempfile::tempdir().unwrap();
		let keystore = directory.path().join("keystore");
		run(&options(&keystore, OWNER), &context()).unwrap();
		run(&options(&keystore, OWNER), &context()).unwrap();
		fs::write(keystore.join("genesis-hash"), "0x00").unwrap();
		let error = run(&options(&keystore, OWNER), &context()).unwrap_err();
		assert!(matches!(
			&error,
			Error::ChainSpec(ChainSpecError::KeystoreOfAChain { path }) if *path == keystore
		));
		assert_eq!(fs::read_dir(&keystore).unwrap().count(), 5);
	}

	#[test]
	fn fails_when_everybody_has_the_owners_key() {
		let directory = tempfile::tempdir().unwrap();
		let error = run(&options(directory.path(), "//Alice"), &context()).unwrap_err();
		assert!(matches!(
			&error,
			Error::ChainSpec(ChainSpecError::DevelopmentOwner { name }) if name == "//Alice"
		));
		assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
	}
}
