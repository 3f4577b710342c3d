//! `hdx shielded new` and `guardian`.

use super::{element::Element, wallet::Wallet};
use crate::{
	commands::{zk::random, Context},
	error::Error,
	output::block,
	shielded_error::ShieldedError,
};
use hdx_zk_circuits::note::AuthorityKey;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// Where to.
#[derive(Debug, clap::Args)]
pub struct New {
	/// Where to write the wallet (mode 0600).
	#[arg(long, value_name = "WALLET")]
	out: PathBuf,
	/// The patient's guardian, by the own key that `hdx shielded tag` shows of their wallet: they act for the patient too.
	#[arg(long, value_name = "KEY", value_parser = own_key)]
	guardian: Option<AuthorityKey>,
}

/// For whom.
#[derive(Debug, clap::Args)]
pub struct Guardian {
	/// The guardian's own wallet.
	#[arg(value_name = "WALLET")]
	wallet: PathBuf,
	/// The patient, by the own key that `hdx shielded tag` shows of their wallet.
	#[arg(long, value_name = "KEY", value_parser = own_key)]
	patient: AuthorityKey,
	/// Where to write the wallet that acts for the patient (mode 0600).
	#[arg(long, value_name = "WALLET")]
	out: PathBuf,
}

/// Reads the own key of somebody. Zero is nobody's.
fn own_key(text: &str) -> Result<AuthorityKey, String> {
	let read = Element::parse(text).map_err(|error| format!("no own key: {error}"))?;
	let key = AuthorityKey(read.0);
	let nobodys = || "zero is nobody's key".to_owned();
	(key != AuthorityKey::NOBODY).then_some(key).ok_or_else(nobodys)
}

/// A patient.
#[derive(Serialize)]
pub struct Patient {
	/// The wallet.
	pub wallet: PathBuf,
	/// What the patient is known by.
	pub patient: String,
	/// What the owner of the wallet is known by to a guardian, or as one.
	pub own: String,
	/// Whether the owner is the patient's guardian.
	pub guardian: bool,
}

impl Patient {
	/// The patient of a wallet.
	pub fn of(wallet: &Wallet, path: PathBuf) -> Self {
		Self {
			wallet: path,
			patient: Element(wallet.patient().0).to_string(),
			own: Element(wallet.own_key().0).to_string(),
			guardian: wallet.is_guardians(),
		}
	}
}

impl fmt::Display for Patient {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 3] = [
			("patient's key", &self.patient),
			("own key", &self.own),
			("wallet", &self.wallet.display()),
		];
		block(f, if self.guardian { "guardian of a patient" } else { "patient" }, &fields)?;
		f.write_str("Tell custodians and providers the patient's key, and a guardian the own key. Keep a copy of the wallet.")
	}
}

/// Makes a wallet.
pub fn run(options: New, context: &Context) -> Result<(), Error> {
	let mut generator = random::generator()?;
	let wallet = match options.guardian {
		Some(guardian) => Wallet::with_guardian(guardian, &mut generator),
		None => Wallet::new(&mut generator),
	};
	let path = wallet.create(&options.out)?;
	context.output.show(&Patient::of(&wallet, path))
}

/// Makes a wallet with which a guardian acts for a patient.
pub fn guardian(options: Guardian, context: &Context) -> Result<(), Error> {
	let own = Wallet::read(&options.wallet)?;
	if options.patient == own.own_key() {
		return Err(ShieldedError::OwnGuardian { path: options.wallet }.into());
	}
	let wallet = own.as_guardian_of(options.patient);
	let path = wallet.create(&options.out)?;
	context.output.show(&Patient::of(&wallet, path))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::output::Output;

	fn quiet() -> Context {
		Context { url: String::new(), output: Output::new(true) }
	}

	#[test]
	fn a_patient_names_a_guardian_who_then_acts_for_them() {
		let directory = tempfile::tempdir().unwrap();
		let file = |name: &str| directory.path().join(name);
		run(New { out: file("own"), guardian: None }, &quiet()).unwrap();
		let own = Wallet::read(&file("own")).unwrap();
		let named = New { out: file("patient"), guardian: Some(own.own_key()) };
		run(named, &quiet()).unwrap();
		let patient = Wallet::read(&file("patient")).unwrap();
		let for_patient = |patient, out| Guardian { wallet: file("own"), patient, out };
		guardian(for_patient(patient.own_key(), file("ward")), &quiet()).unwrap();
		let ward = Wallet::read(&file("ward")).unwrap();
		assert_eq!(ward.patient(), patient.patient());
		let shown = Patient::of(&ward, file("ward")).to_string();
		assert!(shown.starts_with("guardian of a patient"), "{shown}");

		let error = guardian(for_patient(own.own_key(), file("other")), &quiet()).unwrap_err();
		assert_eq!(error.code(), "own-guardian");
		assert!(!file("other").exists());
	}

	#[test]
	fn an_own_key_is_a_number_and_not_nobodys() {
		let key = Element(Wallet::new(&mut random::generator().unwrap()).own_key().0);
		assert_eq!(own_key(&key.to_string()), Ok(AuthorityKey(key.0)));
		let zero = Element(AuthorityKey::NOBODY.0).to_string();
		assert!(own_key(&zero).unwrap_err().contains("nobody's"));
		assert!(own_key("0x07").unwrap_err().contains("no own key"));
	}

	#[test]
	fn a_wallet_is_made_once_and_never_over_another() {
		let directory = tempfile::tempdir().unwrap();
		let out = directory.path().join("wallet");
		let context = quiet();
		run(New { out: out.clone(), guardian: None }, &context).unwrap();
		let made = Wallet::read(&out).unwrap();
		let error = run(New { out: out.clone(), guardian: None }, &context).unwrap_err();
		assert!(matches!(error, Error::Exists { .. }), "{error}");
		assert_eq!(Wallet::read(&out).unwrap().patient(), made.patient());
		let shown = Patient::of(&made, out).to_string();
		assert!(shown.contains(&Element(made.patient().0).to_string()), "{shown}");
	}
}
