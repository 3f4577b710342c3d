//! What tells one chain from all others: the hash of its first block.

use sp_runtime::{generic, traits::BlakeTwo256};
use sp_trie::{LayoutV1, TrieConfiguration};
use std::collections::BTreeMap;

/// The trie of a state, in the version that the runtime names (`system_version`).
type Layout = LayoutV1<BlakeTwo256>;

/// The hash of the block with which a chain begins that starts with this state: keys and values as they are stored,
/// and no child tries, of which the runtime has none.
pub fn hash(state: &BTreeMap<Vec<u8>, Vec<u8>>) -> [u8; 32] {
	let header = generic::Header::<u32, BlakeTwo256> {
		parent_hash: Default::default(),
		number: 0,
		state_root: Layout::trie_root(state),
		extrinsics_root: no_extrinsics(),
		digest: Default::default(),
	};
	header.hash().0
}

fn no_extrinsics() -> sp_core::H256 {
	let none: [(&[u8], &[u8]); 0] = [];
	Layout::trie_root(none)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// As every explorer shows it for a block without extrinsics.
	const NO_EXTRINSICS: &str = "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314";

	#[test]
	fn a_block_of_nothing_has_the_root_that_everybody_knows() {
		assert_eq!(hex::encode(no_extrinsics()), NO_EXTRINSICS);
	}

	#[test]
	fn another_state_is_another_chain() {
		let one = BTreeMap::from([(b":code".to_vec(), vec![1; 100])]);
		let other = BTreeMap::from([(b":code".to_vec(), vec![2; 100])]);
		assert_eq!(hash(&one), hash(&one.clone()));
		assert_ne!(hash(&one), hash(&other));
		assert_ne!(hash(&one), hash(&BTreeMap::new()));
	}
}
