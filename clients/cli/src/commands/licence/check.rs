//! `hdx licence check`.

use super::{clinician::ClinicianSecret, held::HeldLicence};
use crate::{
	commands::{
		provider::Done,
		shielded::{append, element},
		Context,
	},
	error::Error,
	shielded_error::ShieldedError,
	time,
};
use hdx_primitives::{Milliseconds, PublicInput};
use hdx_sdk::chain::{AtBlock, Chain, ChainError};
use hdx_zk_circuits::{
	domain::Domain4,
	field::to_bytes,
	merkle::{SparseTree, LEVELS},
};
use serde_json::json;
use std::path::PathBuf;

/// Which licence, and whose.
#[derive(Debug, clap::Args)]
pub struct Check {
	/// The licence, as its issuer gave it.
	#[arg(value_name = "FILE")]
	file: PathBuf,
	/// The clinician's secret.
	#[arg(long, value_name = "FILE")]
	secret: PathBuf,
}

/// The tree with these leaves. `None`: one of them is no element.
pub fn tree_of(leaves: &[PublicInput]) -> Option<SparseTree<LEVELS>> {
	let leaves = leaves.iter().map(element::read).collect::<Option<Vec<_>>>()?;
	Some(SparseTree::<LEVELS>::of(Domain4::CredentialNode, leaves))
}

/// The root of a tree with these leaves.
fn root_of(leaves: &[PublicInput]) -> Option<PublicInput> {
	Some(to_bytes(&tree_of(leaves)?.root()))
}

/// That what a node says of the tree contradicts itself.
pub fn no_tree() -> Error {
	let why = "the leaves of the licences do not lead to their root";
	ChainError::Transport(why.to_owned()).into()
}

/// All leaves of the tree, which lead to its root. Whoever asks for all tells the node of none.
pub async fn leaves_at(chain: &Chain, block: AtBlock) -> Result<Vec<PublicInput>, Error> {
	let leaves = chain.licence_leaves(block).await?;
	let root = chain.licence_root(block).await?;
	if root.is_some() && root_of(&leaves) != root {
		return Err(no_tree());
	}
	Ok(leaves)
}

/// The place of a licence's leaf among all.
pub fn place_of(leaves: &[PublicInput], held: &HeldLicence) -> Result<u32, Error> {
	let leaf = held.leaf().to_bytes();
	let place = leaves.iter().position(|bytes| *bytes == leaf);
	let place = place.and_then(|place| u32::try_from(place).ok());
	place.ok_or_else(|| {
		let what = format!("the leaf of licence {} in the tree", held.licence.0);
		ChainError::NotFound { what }.into()
	})
}

/// Compares the file with the secret, and both with the tree.
pub async fn run(options: Check, context: &Context) -> Result<(), Error> {
	let held = HeldLicence::read(&options.file)?;
	let secret = ClinicianSecret::read(&options.secret)?;
	if held.holder != secret.key() {
		let (licence, secret) = (options.file, options.secret);
		return Err(ShieldedError::OtherSecret { licence, secret }.into());
	}
	let chain = context.connect().await?;
	let leaf = held.leaf();
	held.ensure_for(&append::genesis(&chain))?;
	// One block, so that leaves and root are of the same moment.
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let place = place_of(&leaves_at(&chain, block).await?, &held)?;
	let until = time::show(Milliseconds(held.terms.valid_until()));
	context.output.show(&Done::new(
		format!(
			"licence {} is entered for this secret, place {place}, until {until}",
			held.licence.0
		),
		json!({ "licence": held.licence.0, "leaf": leaf, "place": place, "until": until }),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_circuits::Fr;

	#[test]
	fn the_root_is_that_of_the_leaves_with_empty_places() {
		let mut tree = SparseTree::<LEVELS>::new(Domain4::CredentialNode);
		tree.set(0, Fr::from(1u64)).unwrap();
		tree.set(2, Fr::from(3u64)).unwrap();
		let leaves = [1, 0, 3u64].map(|number| to_bytes(&Fr::from(number)));
		assert_eq!(root_of(&leaves), Some(to_bytes(&tree.root())));
		assert_eq!(root_of(&[[255; 32]]), None);
	}
}
