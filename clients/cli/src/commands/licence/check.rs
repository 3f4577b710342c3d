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
use hdx_sdk::chain::{AtBlock, ChainError};
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

/// The root of a tree with these leaves.
fn root_of(leaves: &[PublicInput]) -> Option<PublicInput> {
	let leaves = leaves.iter().map(element::read).collect::<Option<Vec<_>>>()?;
	let tree = SparseTree::<LEVELS>::of(Domain4::CredentialNode, leaves);
	Some(to_bytes(&tree.root()))
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
	let (leaf, found) = (held.leaf(), append::genesis(&chain));
	if held.genesis != found {
		return Err(Error::Usage(format!(
			"licence {} is for the chain with genesis {}, and this is the one with {found}",
			held.licence.0, held.genesis
		)));
	}
	// One block, so that leaves and root are of the same moment.
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let leaves = chain.licence_leaves(block).await?;
	let root = chain.licence_root(block).await?;
	if root.is_some() && root_of(&leaves) != root {
		let why = "the leaves of the licences do not lead to their root";
		return Err(ChainError::Transport(why.to_owned()).into());
	}
	let place = leaves.iter().position(|bytes| *bytes == leaf.to_bytes());
	let place = place.ok_or_else(|| ChainError::NotFound {
		what: format!("the leaf of licence {} in the tree", held.licence.0),
	})?;
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
