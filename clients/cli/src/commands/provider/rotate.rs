//! `hdx provider rotate`: going on under another account.

use super::{agree::Signed, done::Done, enrol::read_public};
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
};
use hdx_primitives::AccountId;
use hdx_sdk::{
	chain::{Agreed, Chain, Rotation, Signer, Until},
	seal::EncryptionPublicKey,
};
use serde_json::json;
use std::path::PathBuf;

/// Who goes on as whom.
#[derive(Debug, clap::Args)]
pub struct Rotate {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account of before.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// The new key, which signs that it agrees: a key file, or a development key.
	#[arg(
		long,
		value_name = "KEY",
		requires = "encryption",
		required_unless_present = "agreement"
	)]
	new: Option<String>,
	#[command(flatten)]
	key_agreement: KeyAgreement,
	/// What the new key signed elsewhere, with `hdx provider agree rotate`.
	#[arg(long, value_name = "FILE", conflicts_with_all = ["new", "encryption"])]
	agreement: Option<PathBuf>,
	/// The second key: the practitioner who signs alone needs it.
	#[arg(long, value_name = "KEY")]
	second_key: Option<String>,
}

/// To which key records are wrapped from then on.
#[derive(Debug, clap::Args)]
#[group(id = "encryption", multiple = false)]
pub struct KeyAgreement {
	/// The new public encryption key (the .pub file of `hdx key generate --encryption`).
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	key_agreement: Option<PathBuf>,
	/// Keep the encryption key of before. Not where a device was lost or stolen.
	#[arg(long)]
	same_key_agreement: bool,
}

/// Where the fingerprint of the encryption key comes from.
pub enum KeySource {
	/// This key.
	Given(Box<EncryptionPublicKey>),
	/// The chain: the key of before.
	Same,
}

impl KeyAgreement {
	/// Reads the key, where one is given.
	pub fn source(&self) -> Result<KeySource, Error> {
		Ok(match &self.key_agreement {
			Some(path) => KeySource::Given(Box::new(read_public(path)?)),
			None => KeySource::Same,
		})
	}
}

impl KeySource {
	/// The fingerprint.
	pub async fn fingerprint(
		&self,
		chain: &Chain,
		practitioner: &AccountId,
	) -> Result<[u8; 32], Error> {
		Ok(match self {
			Self::Given(key) => key.fingerprint().0,
			Self::Same => chain.practitioner(practitioner).await?.key_agreement.0,
		})
	}
}

/// How the new account agrees.
enum How {
	/// With its key, which is here.
	Key(Box<Signer>, KeySource),
	/// It signed elsewhere.
	Signed(Signed),
}

/// Rotates.
pub async fn run(options: Rotate, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let how = match (&options.new, &options.agreement) {
		(_, Some(path)) => How::Signed(Signed::read(path)?),
		(Some(new), None) => {
			let new = account::signer(new)?;
			How::Key(Box::new(new), options.key_agreement.source()?)
		},
		(None, None) => return Err(Error::Usage("give --new or --agreement".to_owned())),
	};
	let second = options.second_key.as_deref().map(account::signer).transpose()?;
	let chain = context.connect().await?;
	let rotation = rotation(&chain, options.practitioner.clone(), how).await?;
	let to = rotation.to.clone();
	let progress = context.output.progress("waiting until it is final");
	chain.rotate_account(&signer, rotation, second.as_ref(), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("{} goes on as {to}; the old key can do nothing any more", options.practitioner),
		json!({ "from": options.practitioner.to_string(), "to": to.to_string() }),
	))
}

async fn rotation(chain: &Chain, from: AccountId, how: How) -> Result<Rotation, Error> {
	match how {
		How::Key(new, source) => {
			let key_agreement = source.fingerprint(chain, &from).await?;
			let agreed = Agreed::Rotate { from: from.clone(), key_agreement };
			let agreement = chain.agree(&agreed, &new).await?;
			Ok(Rotation { from, to: new.account(), key_agreement, agreement })
		},
		How::Signed(Signed {
			account,
			agreed: Agreed::Rotate { from: signed, key_agreement },
			agreement,
		}) if signed == from => Ok(Rotation { from, to: account, key_agreement, agreement }),
		How::Signed(signed) => Err(Error::Usage(format!(
			"{} did not agree to go on for {from}: `hdx provider agree rotate --practitioner {from}`",
			signed.account
		))),
	}
}
