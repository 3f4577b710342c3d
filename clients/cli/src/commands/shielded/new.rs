//! `hdx shielded new`.

use super::{element::Element, wallet::Wallet};
use crate::{
	commands::{zk::random, Context},
	error::Error,
	output::block,
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// Where to.
#[derive(Debug, clap::Args)]
pub struct New {
	/// Where to write the wallet (mode 0600).
	#[arg(long, value_name = "WALLET")]
	out: PathBuf,
}

/// A patient.
#[derive(Serialize)]
pub struct Patient {
	/// The wallet.
	pub wallet: PathBuf,
	/// What the patient is known by.
	pub patient: String,
}

impl Patient {
	/// The patient of a wallet.
	pub fn of(wallet: &Wallet, path: PathBuf) -> Self {
		Self { wallet: path, patient: Element(wallet.patient().0).to_string() }
	}
}

impl fmt::Display for Patient {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("patient's key", &self.patient), ("wallet", &self.wallet.display())];
		block(f, "patient", &fields)?;
		f.write_str("Tell custodians and providers the key. Keep a copy of the wallet.")
	}
}

/// Makes a wallet.
pub fn run(options: New, context: &Context) -> Result<(), Error> {
	let wallet = Wallet::new(&mut random::generator()?);
	let path = wallet.create(&options.out)?;
	context.output.show(&Patient::of(&wallet, path))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::output::Output;

	#[test]
	fn a_wallet_is_made_once_and_never_over_another() {
		let directory = tempfile::tempdir().unwrap();
		let out = directory.path().join("wallet");
		let context = Context { url: String::new(), output: Output::new(true) };
		run(New { out: out.clone() }, &context).unwrap();
		let made = Wallet::read(&out).unwrap();
		let error = run(New { out: out.clone() }, &context).unwrap_err();
		assert!(matches!(error, Error::Exists { .. }), "{error}");
		assert_eq!(Wallet::read(&out).unwrap().patient(), made.patient());
		let shown = Patient::of(&made, out).to_string();
		assert!(shown.contains(&Element(made.patient().0).to_string()), "{shown}");
	}
}
