//! `hdx shielded send`.

use super::{
	append::{self, Append, Sending},
	element::Element,
	wallet::Wallet,
};
use crate::{commands::Context, error::Error, shielded_error::ShieldedError};
use hdx_zk_circuits::circuits::ConsentGrant;

/// Which note.
#[derive(Debug, clap::Args)]
pub struct Resend {
	#[command(flatten)]
	sending: Sending,
	/// The leaf of a pending consent, as `hdx shielded list` shows it.
	#[arg(value_name = "LEAF", value_parser = Element::parse)]
	leaf: Element,
}

/// Finds out where a pending note is, or sends it again.
pub async fn run(options: Resend, context: &Context) -> Result<(), Error> {
	let Resend { sending, leaf } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let note = wallet.note(leaf).ok_or_else(|| ShieldedError::NotInWallet {
		path: sending.wallet.clone(),
		which: leaf.to_string(),
	})?;
	if let Some(place) = note.place() {
		let (leaf, place) = (leaf.to_string(), place.to_string());
		return Err(ShieldedError::AlreadyAppended { leaf, place }.into());
	}
	let chain = context.connect().await?;
	note.ensure_for(&append::genesis(&chain))?;
	let place = match append::place_of(&chain, leaf).await? {
		Some(place) => {
			append::record(&sending.wallet, leaf, place)?;
			place
		},
		None => {
			key.ensure_believed_by(&chain).await?;
			let append =
				Append { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
			let proof = append.prove(&wallet, note, context)?;
			append.send_kept(leaf, proof, context).await?
		},
	};
	let what = note.to().described();
	context.output.show(&append::appended(what, leaf, place, key.warning()))
}
