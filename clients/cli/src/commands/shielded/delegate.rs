//! `hdx shielded delegate`.

use super::{
	append::{self, Append, Sending},
	element::Element,
	policy::Covers,
	wallet::Wallet,
};
use crate::{
	commands::{zk::random, Context},
	error::Error,
};
use hdx_zk_circuits::{circuits::ConsentGrant, note::PatientKey};

/// To whom what is delegated.
#[derive(Debug, clap::Args)]
pub struct Delegate {
	#[command(flatten)]
	sending: Sending,
	/// The delegate's key, as `hdx shielded tag` shows it of their wallet.
	#[arg(long, value_name = "KEY", value_parser = delegate)]
	to: PatientKey,
	#[command(flatten)]
	covers: Covers,
}

/// Reads a delegate's key.
fn delegate(text: &str) -> Result<PatientKey, String> {
	Element::parse(text)
		.map(|element| PatientKey(element.0))
		.map_err(|error| format!("no delegate's key: {error}"))
}

/// Makes a delegation, keeps it, and appends it.
pub async fn run(options: Delegate, context: &Context) -> Result<(), Error> {
	let Delegate { sending, to, covers } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let chain = context.connect().await?;
	key.ensure_believed_by(&chain).await?;
	let policy = covers.policy(chain.now().await?)?;
	let genesis = append::genesis(&chain);
	let note = wallet.draw_for_delegate(to, policy, genesis, &mut random::generator()?);
	let what = note.to().described();
	let append = Append { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
	let (leaf, place) = append.give(&wallet, note, context).await?;
	context.output.show(&append::appended(what, leaf, place, key.warning()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_zk_circuits::Fr;

	#[test]
	fn a_delegate_is_named_by_a_key() {
		let key = Element(Fr::from(7u64));
		assert_eq!(delegate(&key.to_string()), Ok(PatientKey(key.0)));
		for text in ["", "//Dave", "0x07"] {
			let error = delegate(text).err().unwrap_or_default();
			assert!(error.contains("no delegate's key"), "{text}: {error}");
		}
	}
}
