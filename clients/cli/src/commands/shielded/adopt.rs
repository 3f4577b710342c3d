//! `hdx shielded adopt`.

use super::{element::Element, kept::KeptNote, wallet::Wallet};
use crate::{
	commands::{provider::Done, Context},
	error::Error,
	shielded_error::ShieldedError,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What, and into which wallet.
#[derive(Debug, clap::Args)]
pub struct Adopt {
	/// The consent or delegation, as `hdx shielded share` wrote it.
	#[arg(value_name = "FILE")]
	file: PathBuf,
	/// The wallet of the patient whom it is of, or of their guardian.
	#[arg(long, value_name = "WALLET")]
	wallet: PathBuf,
}

/// Keeps a note that was given with another wallet for the same patient.
pub fn run(options: Adopt, context: &Context) -> Result<(), Error> {
	let Adopt { file, wallet } = options;
	let note = KeptNote::read_given(&file)?;
	let (leaf, what) = (note.leaf(), note.to().described());
	adopt(note, &file, &wallet)?;
	context.output.show(&Done::new(
		format!("{what} {leaf} is in the wallet, which can revoke it now"),
		json!({ "leaf": leaf, "wallet": wallet }),
	))
}

/// A note that the wallet has stays, and learns its place.
fn adopt(note: KeptNote, file: &Path, path: &Path) -> Result<(), Error> {
	Wallet::change(path, |wallet| {
		if note.note().granter != wallet.patient() {
			return Err(ShieldedError::OtherGranter {
				path: file.to_owned(),
				expected: Element(wallet.patient().0).to_string(),
				found: Element(note.note().granter.0).to_string(),
			}
			.into());
		}
		if wallet.note(note.leaf()).is_none() {
			return wallet.add(path, note);
		}
		if let Some(place) = note.place() {
			wallet.record(note.leaf(), place);
		}
		Ok(())
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::{shielded::place::Place, zk::random};
	use hdx_zk_circuits::{
		note::{PatientKey, Policy, ProviderTag, Purpose},
		Fr,
	};

	const PLACE: Place = Place { tree: 0, index: 5 };

	#[test]
	fn a_guardian_keeps_what_the_patient_gave_and_nobody_else_does() {
		let directory = tempfile::tempdir().unwrap();
		let mut generator = random::generator().unwrap();
		let guardian = Wallet::new(&mut generator);
		let patient = Wallet::with_guardian(guardian.own_key(), &mut generator);
		let acting = guardian.as_guardian_of(patient.own_key());
		let policy = Policy::new(1, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let (tag, key) = (ProviderTag(Fr::from(7u64)), PatientKey(Fr::from(8u64)));
		let genesis = || "0x07".to_owned();
		let consent = patient.draw(tag, policy, genesis(), &mut generator);
		let delegation = patient.draw_for_delegate(key, policy, genesis(), &mut generator);
		let (own, ward) = (directory.path().join("own"), directory.path().join("ward"));
		guardian.create(&own).unwrap();
		acting.create(&ward).unwrap();
		for (note, name) in [(&consent, "consent"), (&delegation, "delegation")] {
			let file = directory.path().join(name);
			note.share(&file).unwrap();
			let given = KeptNote::read_given(&file).unwrap();
			let error = adopt(given.clone(), &file, &own).unwrap_err();
			assert_eq!(error.code(), "other-granter");
			adopt(given.clone(), &file, &ward).unwrap();
			// A second time, the wallet learns the place.
			let mut placed = given;
			placed.set_place(PLACE);
			adopt(placed, &file, &ward).unwrap();
			let read = Wallet::read(&ward).unwrap();
			let kept = read.note(note.leaf()).unwrap();
			assert_eq!((kept.note(), kept.place()), (note.note(), Some(PLACE)));
		}
		assert_eq!(Wallet::read(&ward).unwrap().notes().len(), 2);
		assert!(Wallet::read(&own).unwrap().notes().is_empty());
	}
}
