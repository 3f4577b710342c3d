//! `hdx shielded grant`.

use super::{
	append::{self, Append, Sending},
	delegation,
	element::Element,
	kept::KeptNote,
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
use std::path::PathBuf;

/// To whom what is granted.
#[derive(Debug, clap::Args)]
pub struct Grant {
	#[command(flatten)]
	sending: Sending,
	/// The provider's tag, as `hdx shielded tag` shows it.
	#[arg(long, value_name = "TAG", value_parser = provider)]
	to: ProviderTag,
	/// Give it as a delegate, in the place of whoever delegated: the file that they shared.
	#[arg(long, value_name = "FILE")]
	under: Option<PathBuf>,
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
	let Grant { sending, to, under, covers } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let under = under.map(|path| delegation::read(&path, &wallet)).transpose()?;
	let chain = context.connect().await?;
	key.ensure_believed_by(&chain).await?;
	let policy = covers.policy(chain.now().await?)?;
	let append = Append { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
	let (leaf, place) = match under {
		Some(delegation) => give_under(&append, &wallet, to, delegation, policy, context).await?,
		None => give(&append, &wallet, to, policy, context).await?,
	};
	context.output.show(&append::appended("consent", leaf, place, key.warning()))
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
	append.give(wallet, note, context).await
}

/// Gives a provider a consent in the place of whoever delegated, which covers no more than the delegation does. Fails
/// where both came into different trees: nothing could be proven with them.
async fn give_under(
	append: &Append<'_>,
	wallet: &Wallet,
	to: ProviderTag,
	delegation: KeptNote,
	policy: Policy,
	context: &Context,
) -> Result<(Element, Place), Error> {
	delegation.ensure_for(&append::genesis(append.chain))?;
	delegation::ensure_covers(&delegation, &policy)?;
	delegation::ensure_stands(append.chain, &delegation).await?;
	let delegated = delegation.place();
	let note = wallet.draw_under(delegation, to, policy, &mut random::generator()?);
	let (leaf, place) = append.give(wallet, note, context).await?;
	delegation::ensure_together(leaf, place, delegated)?;
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
