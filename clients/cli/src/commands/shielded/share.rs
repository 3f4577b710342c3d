//! `hdx shielded share`.

use super::{
	append,
	element::Element,
	place::{self, Which},
	wallet::{KeptNote, Wallet},
};
use crate::{
	commands::{provider::Done, Context},
	error::Error,
	shielded_error::ShieldedError,
};
use serde_json::json;
use std::path::PathBuf;

/// Which consent, and where to.
#[derive(Debug, clap::Args)]
pub struct Share {
	/// The consent: its leaf, or its place.
	#[arg(value_name = "LEAF|TREE/INDEX", value_parser = place::which)]
	which: Which,
	/// The patient's wallet.
	#[arg(long, value_name = "FILE")]
	wallet: PathBuf,
	/// Where to write what the provider has to know (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Writes what the provider of a consent has to know of it.
pub async fn run(options: Share, context: &Context) -> Result<(), Error> {
	let wallet = Wallet::read(&options.wallet)?;
	let note = match options.which {
		Which::Leaf(leaf) => wallet.note(leaf),
		Which::Place(_) => {
			let genesis = append::genesis(&context.connect().await?);
			wallet.find(options.which, &genesis)
		},
	};
	let note = note.ok_or_else(|| ShieldedError::NotInWallet {
		path: options.wallet.clone(),
		which: options.which.to_string(),
	})?;
	let to = note.provider().map(|tag| Element(tag.0));
	let to = to.ok_or_else(|| ShieldedError::NotForProvider { leaf: note.leaf().to_string() })?;
	let file = note.share(&options.out)?;
	context.output.show(&shared(note, to, file))
}

fn shared(note: &KeptNote, to: Element, file: PathBuf) -> Done {
	let pending = match note.place() {
		Some(_) => "",
		None => "\nIt is pending, so nothing can be proven with this file: share it again after `hdx shielded send`.",
	};
	Done::new(
		format!(
			"consent {} for the provider with tag {to} is in {}\nGive it to that provider alone: it tells what the consent covers, and whose it is.{pending}",
			note.leaf(),
			file.display()
		),
		json!({ "leaf": note.leaf(), "to": to, "file": file }),
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_zk_circuits::{
		note::{Policy, ProviderTag, Purpose},
		Fr,
	};
	use std::fs;

	#[test]
	fn a_provider_reads_what_is_shared_and_never_the_patients_secret() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("note");
		let mut generator = random::generator().unwrap();
		let wallet = Wallet::new(&mut generator);
		let policy = Policy::new(0b1001, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let provider = ProviderTag(Fr::from(7u64));
		let note = wallet.draw(provider, policy, "0x07".to_owned(), &mut generator);
		note.share(&file).unwrap();
		let read = KeptNote::read_shared(&file).unwrap();
		assert_eq!((read.leaf(), read.provider()), (note.leaf(), Some(provider)));
		assert_eq!(read.note().granter, wallet.patient());
		let path = directory.path().join("wallet");
		wallet.create(&path).unwrap();
		let kept: serde_json::Value =
			serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
		let secret = kept["content"]["secret"].as_str().unwrap().to_owned();
		let text = fs::read_to_string(&file).unwrap();
		assert!(!text.contains(&secret));
		// What was altered is not believed.
		fs::write(&file, text.replace("\"categories\": 9", "\"categories\": 11")).unwrap();
		assert_eq!(KeptNote::read_shared(&file).unwrap_err().code(), "damaged-file");
	}
}
