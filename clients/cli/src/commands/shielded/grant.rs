//! `hdx shielded grant`.

use super::{
	append::{self, Append, Sending},
	element::Element,
	place::Place,
	policy::Covers,
	wallet::Wallet,
};
use crate::{
	commands::{zk::random, Context},
	error::Error,
};
use hdx_zk_circuits::{
	circuits::ConsentGrant,
	note::{Policy, ProviderTag},
};

/// To whom what is granted.
#[derive(Debug, clap::Args)]
pub struct Grant {
	#[command(flatten)]
	sending: Sending,
	/// The provider's tag, as `hdx shielded tag` shows it.
	#[arg(long, value_name = "TAG", value_parser = provider)]
	to: ProviderTag,
	#[command(flatten)]
	covers: Covers,
}

/// Reads a provider's tag.
fn provider(text: &str) -> Result<ProviderTag, String> {
	Element::parse(text)
		.map(|element| ProviderTag(element.0))
		.map_err(|error| format!("no provider's tag: {error}"))
}

/// Makes a note, keeps it, and appends it.
pub async fn run(options: Grant, context: &Context) -> Result<(), Error> {
	let Grant { sending, to, covers } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let chain = context.connect().await?;
	key.ensure_believed_by(&chain).await?;
	let policy = covers.policy(chain.now().await?)?;
	let append = Append { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
	let (leaf, place) = give(&append, &wallet, to, policy, context).await?;
	context.output.show(&append::appended(leaf, place, key.warning()))
}

/// Gives a provider a consent: draws a note, proves it, keeps it in the wallet's file, and appends it. Tells its leaf,
/// and its place once that is final.
pub async fn give(
	append: &Append<'_>,
	wallet: &Wallet,
	to: ProviderTag,
	policy: Policy,
	context: &Context,
) -> Result<(Element, Place), Error> {
	let genesis = append::genesis(append.chain);
	let note = wallet.draw(to, policy, genesis, &mut random::generator()?);
	let leaf = note.leaf();
	let proof = append.prove(wallet, &note, context)?;
	// Kept before anybody is told of it: nobody could revoke a consent that was lost.
	Wallet::change(append.wallet, |wallet| wallet.add(append.wallet, note))?;
	let place = append.send_kept(leaf, proof, context).await?;
	Ok((leaf, place))
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_zk_circuits::Fr;

	#[test]
	fn a_provider_is_named_by_a_tag() {
		let tag = Element(Fr::from(7u64));
		assert_eq!(provider(&tag.to_string()), Ok(ProviderTag(tag.0)));
		for text in ["", "//Dave", "0x07"] {
			let error = provider(text).err().unwrap_or_default();
			assert!(error.contains("no provider's tag"), "{text}: {error}");
		}
	}
}
