//! `hdx shielded tag`.

use super::{
	new::Patient,
	provider::{self, ProviderSecret},
	secret_file::{Kind, SecretFile},
	wallet::Wallet,
};
use crate::{commands::Context, error::Error, shielded_error::ShieldedError};
use std::path::PathBuf;

/// Whose.
#[derive(Debug, clap::Args)]
pub struct Tag {
	/// A patient's wallet, or a provider's secret.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// Shows what others know a patient or a provider by.
pub fn run(options: Tag, context: &Context) -> Result<(), Error> {
	let read = SecretFile::read(&options.file)?;
	match read.kind() {
		Kind::Wallet => {
			let wallet = Wallet::read(&options.file)?;
			context.output.show(&Patient::of(&wallet, options.file))
		},
		Kind::Provider => {
			let secret = ProviderSecret::of(&read, &options.file)?;
			context.output.show(&provider::Shown::of(&secret, options.file))
		},
		kind @ (Kind::Note
		| Kind::Delegation
		| Kind::Subject
		| Kind::Clinician
		| Kind::Licence
		| Kind::Auditor
		| Kind::Attestation) => Err(ShieldedError::OtherKind {
			path: options.file,
			expected: "a wallet or a provider's secret",
			found: kind.described(),
		}
		.into()),
	}
}
