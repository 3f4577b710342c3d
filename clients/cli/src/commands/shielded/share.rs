//! `hdx shielded share`.

use super::{
	append,
	kept::{KeptNote, To},
	place::{self, Which},
	wallet::Wallet,
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
	/// The consent or delegation: its leaf, or its place.
	#[arg(value_name = "LEAF|TREE/INDEX", value_parser = place::which)]
	which: Which,
	/// The wallet that gave it.
	#[arg(long, value_name = "FILE")]
	wallet: PathBuf,
	/// Where to write what the provider, or the delegate, has to know (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Writes what whoever a note is for has to know of it.
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
	if let To::Study(_) = note.to() {
		return Err(ShieldedError::NotForProvider { leaf: note.leaf().to_string() }.into());
	}
	let file = note.share(&options.out)?;
	context.output.show(&shared(note, file))
}

fn shared(note: &KeptNote, file: PathBuf) -> Done {
	let pending = match note.place() {
		Some(_) => "",
		None => "\nIt is pending, so nothing can be proven with this file: share it again after `hdx shielded send`.",
	};
	let (to, leaf) = (note.to().element(), note.leaf());
	let shown = file.display();
	let said = match note.to() {
		To::Provider(_) | To::Study(_) => format!(
			"consent {leaf} for the provider with tag {to} is in {shown}\nGive it to that provider alone: it tells what the consent covers, and whose it is."
		),
		To::Delegate(_) => format!(
			"delegation {leaf} for the delegate with key {to} is in {shown}\nGive it to that delegate alone: it tells what they may consent to, and in whose place. They use it with `hdx shielded grant --under`."
		),
	};
	let answer = json!({ "leaf": leaf, "to": to, "file": file });
	Done::new(format!("{said}{pending}"), answer)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_zk_circuits::{
		note::{PatientKey, Policy, ProviderTag, Purpose},
		Fr,
	};
	use std::fs;

	#[test]
	fn what_is_shared_is_said_to_be_for_its_provider_or_its_delegate() {
		let mut generator = random::generator().unwrap();
		let wallet = Wallet::new(&mut generator);
		let policy = Policy::new(0b1001, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let (tag, key) = (ProviderTag(Fr::from(7u64)), PatientKey(Fr::from(8u64)));
		let genesis = || "0x07".to_owned();
		let consent = wallet.draw(tag, policy, genesis(), &mut generator);
		let delegation = wallet.draw_for_delegate(key, policy, genesis(), &mut generator);
		for (note, word, advice) in [
			(consent, "the provider with tag", "that provider alone"),
			(delegation, "the delegate with key", "hdx shielded grant --under"),
		] {
			let said = shared(&note, PathBuf::from("file")).to_string();
			assert!(said.contains(&format!("{word} {}", note.to().element())), "{said}");
			assert!(said.contains(advice) && said.contains("It is pending"), "{said}");
		}
	}

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
