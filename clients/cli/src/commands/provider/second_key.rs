//! `hdx provider second-key`: the key of a practitioner's other device.

use super::done::Done;
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
};
use clap::Subcommand;
use hdx_primitives::AccountId;
use hdx_sdk::chain::{SecondKey as Key, Until};
use serde_json::json;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum SecondKey {
	/// Register your own second key, where there is none yet.
	#[command(after_help = "\
Examples:
  hdx provider second-key register --as //Dave --key //Dave//phone
  hdx provider second-key register --as dave.key --key 5FHneW46…

Make the key on another device (hdx key generate) and give its account here: whoever steals one key
then cannot do what needs the highest assurance.")]
	Register {
		#[command(flatten)]
		by: SignedBy,
		#[command(flatten)]
		key: NewKey,
	},
	/// Replace your own second key. The old one signs that.
	#[command(after_help = "\
Example:
  hdx provider second-key replace --as //Dave --old phone.key --key 5FHneW46…")]
	Replace {
		#[command(flatten)]
		by: SignedBy,
		/// The old second key: a key file, or a development key.
		#[arg(long, value_name = "KEY")]
		old: String,
		#[command(flatten)]
		key: NewKey,
	},
	/// Set the second key of a practitioner whom your institution enrolled, since the old one is
	/// lost.
	#[command(after_help = "\
Example:
  hdx provider second-key reset --as //Bob //Dave --key 5FHneW46…")]
	Reset {
		#[command(flatten)]
		by: SignedBy,
		/// The practitioner's account.
		#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
		practitioner: AccountId,
		#[command(flatten)]
		key: NewKey,
	},
}

/// The key from now on.
#[derive(Debug, clap::Args)]
pub struct NewKey {
	/// The new second key, as `hdx key show` names it: its account, never the secret.
	#[arg(long = "key", value_name = "ACCOUNT", value_parser = account::parse)]
	new_key: AccountId,
}

/// Does it.
pub async fn run(command: SecondKey, context: &Context) -> Result<(), Error> {
	let (practitioner, key) = match command {
		SecondKey::Register { by, key: NewKey { new_key: key } } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let _progress = context.output.progress("waiting until it is final");
			chain.register_second_key(&signer, sr25519(&key), Until::Finalized).await?;
			(signer.account(), key)
		},
		SecondKey::Replace { by, old, key: NewKey { new_key: key } } => {
			let signer = by.signer()?;
			let old = account::signer(&old)?;
			let chain = context.connect().await?;
			let _progress = context.output.progress("waiting until it is final");
			chain.replace_second_key(&signer, &old, sr25519(&key), Until::Finalized).await?;
			(signer.account(), key)
		},
		SecondKey::Reset { by, practitioner, key: NewKey { new_key: key } } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let _progress = context.output.progress("waiting until it is final");
			let who = practitioner.clone();
			chain.reset_second_key(&signer, who, sr25519(&key), Until::Finalized).await?;
			(practitioner, key)
		},
	};
	context.output.show(&Done::new(
		format!("the second key of {practitioner} is {key}"),
		json!({ "practitioner": practitioner.to_string(), "secondKey": key.to_string() }),
	))
}

/// Keys of this program are sr25519 keys, and such a key is its account.
fn sr25519(account: &AccountId) -> Key {
	Key::Sr25519(account.clone().into())
}
