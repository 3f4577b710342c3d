#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use super::*;
use crate::{
	disclosure::{LeafRefusal, LeafSalt, LEAF_LENGTH, LEAF_TAG},
	AccountId, Code, Commitment, DisclosureBatch, EntryIndex, GrantId, InstitutionId, Milliseconds,
	RecordId,
};
use proptest::{prelude::*, sample::Index};

type Change = fn(&mut DisclosureLeaf);

/// A change of each field.
const CHANGES: [Change; 12] = [
	|leaf| leaf.custodian.0 ^= 1,
	|leaf| leaf.grant.0 ^= 1,
	|leaf| leaf.record.0 ^= 1,
	|leaf| leaf.patient = AccountId::new([255; 32]),
	|leaf| leaf.recipient = AccountId::new([255; 32]),
	|leaf| leaf.on_behalf_of.0 ^= 1,
	|leaf| leaf.purpose.0[3] ^= 1,
	|leaf| leaf.at.0 ^= 1,
	|leaf| leaf.sections ^= 1,
	|leaf| leaf.disclosure.0[31] ^= 1,
	|leaf| leaf.obligations.0[0] ^= 1,
	|leaf| leaf.salt.0[7] ^= 1,
];

fn leaf(number: u8) -> DisclosureLeaf {
	DisclosureLeaf {
		custodian: InstitutionId(1),
		grant: GrantId(number.into()),
		record: RecordId(7),
		patient: AccountId::new([number; 32]),
		recipient: AccountId::new([4; 32]),
		on_behalf_of: InstitutionId(2),
		purpose: Code([5; 16]),
		at: Milliseconds(1_000),
		sections: 3,
		disclosure: Commitment([6; 32]),
		obligations: H256([8; 32]),
		salt: LeafSalt([number ^ 0x55; 32]),
	}
}

fn leaves(count: u8) -> Vec<DisclosureLeaf> {
	(0..count).map(leaf).collect()
}

fn hashes(leaves: &[DisclosureLeaf]) -> Vec<H256> {
	leaves.iter().map(DisclosureLeaf::hash).collect()
}

/// The root as RFC 9162, section 2.1.1, defines it: split at the largest power of two that is smaller
/// than the number of leaves.
fn top_of_rfc_9162(leaves: &[H256]) -> H256 {
	if let [alone] = leaves {
		return *alone;
	}
	let half = leaves.len().next_power_of_two() / 2;
	let (left, right) = leaves.split_at(half);
	parent(&top_of_rfc_9162(left), &top_of_rfc_9162(right))
}

#[test]
fn a_leaf_has_as_many_bytes_as_it_says() {
	assert_eq!(leaf(1).encode().len(), LEAF_LENGTH);
	assert_eq!(DisclosureLeaf::max_encoded_len(), LEAF_LENGTH);
}

#[test]
fn no_tag_is_the_beginning_of_another() {
	for (one, other) in [(LEAF_TAG, NODE_TAG), (NODE_TAG, ROOT_TAG), (ROOT_TAG, LEAF_TAG)] {
		assert!(!one.starts_with(&other) && !other.starts_with(&one));
	}
}

/// Another implementation gets the same root: the leaf's bytes are laid out by hand here.
#[test]
fn a_root_is_the_hash_of_these_bytes() {
	let mut bytes = b"hdx/disclosure/leaf/1".to_vec();
	bytes.extend(1u32.to_le_bytes());
	bytes.extend(9u64.to_le_bytes());
	bytes.extend(7u64.to_le_bytes());
	bytes.extend([9; 32]);
	bytes.extend([4; 32]);
	bytes.extend(2u32.to_le_bytes());
	bytes.extend([5; 16]);
	bytes.extend(1_000u64.to_le_bytes());
	bytes.extend(3u32.to_le_bytes());
	bytes.extend([6; 32]);
	bytes.extend([8; 32]);
	bytes.extend([9 ^ 0x55; 32]);
	let hash = BlakeTwo256::hash(&bytes);
	let mut root = b"hdx/disclosure/root/1".to_vec();
	root.extend(1u32.to_le_bytes());
	root.extend(hash.0);
	assert_eq!(root_of(&[leaf(9).hash()]), Some(BlakeTwo256::hash(&root)));
}

#[test]
fn no_leaves_have_no_root() {
	assert_eq!(root_of(&[]), None);
	assert_eq!(prove(&[], 0), None);
}

#[test]
fn a_tree_without_leaves_holds_none() {
	let proof = InclusionProof { index: 0, siblings: BoundedVec::new() };
	let refused = verify_inclusion(H256::zero(), 0, &leaf(0), &proof);
	assert_eq!(refused, Err(InclusionRefusal::IndexOutOfRange));
}

/// The attack on trees that pair a last leaf with itself.
#[test]
fn doubling_the_last_leaf_changes_the_root() {
	for count in [1, 3, 5, 6, 7] {
		let mut doubled = leaves(count);
		doubled.push(leaf(count - 1));
		assert_ne!(root_of(&hashes(&leaves(count))), root_of(&hashes(&doubled)));
	}
}

/// A node cannot be passed off as a leaf: the other way round would need a leaf that hashes like one.
#[test]
fn the_nodes_of_a_level_are_no_leaves_of_a_smaller_tree() {
	let all = hashes(&leaves(4));
	let nodes = [parent(&all[0], &all[1]), parent(&all[2], &all[3])];
	assert_ne!(root_of(&all), root_of(&nodes));
}

proptest! {
	// Hashing is slow where nothing is optimised.
	#![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

	#[test]
	fn the_tree_is_that_of_rfc_9162(count in 1u8..=200) {
		let all = hashes(&leaves(count));
		prop_assert_eq!(root_of(&all), Some(bind(count.into(), &top_of_rfc_9162(&all))));
	}

	#[test]
	fn every_leaf_of_every_tree_is_proven(count in 1u8..=33) {
		let all = leaves(count);
		let hashes = hashes(&all);
		let root = root_of(&hashes).unwrap();
		for (index, leaf) in all.iter().enumerate() {
			let proof = prove(&hashes, index as u32).unwrap();
			prop_assert_eq!(verify_inclusion(root, count.into(), leaf, &proof), Ok(()));
		}
		prop_assert_eq!(prove(&hashes, count.into()), None);
	}

	/// Whatever is changed, nothing is proven.
	#[test]
	fn nothing_that_was_changed_is_proven(
		count in 1u8..=130,
		index: Index,
		other: Index,
		bit in 0usize..256,
	) {
		let all = leaves(count);
		let (count, index) = (u32::from(count), index.index(all.len()));
		let root = root_of(&hashes(&all)).unwrap();
		let proof = prove(&hashes(&all), index as u32).unwrap();
		let check = |root, count, leaf: &DisclosureLeaf, proof: &InclusionProof| {
			verify_inclusion(root, count, leaf, proof)
		};
		for change in CHANGES {
			let mut changed = all[index].clone();
			change(&mut changed);
			prop_assert_ne!(&changed, &all[index]);
			let refused = check(root, count, &changed, &proof);
			prop_assert_eq!(refused, Err(InclusionRefusal::OtherRoot));
		}
		let flip = |hash: H256| {
			let mut changed = hash;
			changed.0[bit / 8] ^= 1 << (bit % 8);
			changed
		};
		prop_assert!(check(flip(root), count, &all[index], &proof).is_err());
		for another in [count - 1, count + 1, count * 2, u32::MAX] {
			prop_assert!(check(root, another, &all[index], &proof).is_err());
		}
		let elsewhere = other.index(all.len());
		if elsewhere != index {
			let moved = InclusionProof { index: elsewhere as u32, ..proof.clone() };
			prop_assert!(check(root, count, &all[index], &moved).is_err());
			prop_assert!(check(root, count, &all[elsewhere], &proof).is_err());
		}
		if !proof.siblings.is_empty() {
			let mut changed = proof.clone();
			let place = other.index(changed.siblings.len());
			changed.siblings[place] = flip(changed.siblings[place]);
			let refused = check(root, count, &all[index], &changed);
			prop_assert_eq!(refused, Err(InclusionRefusal::OtherRoot));
			let mut shorter = proof.clone();
			shorter.siblings.pop();
			let refused = check(root, count, &all[index], &shorter);
			prop_assert_eq!(refused, Err(InclusionRefusal::WrongDepth));
		}
		let mut longer = proof.clone();
		prop_assert!(longer.siblings.try_push(root).is_ok());
		let refused = check(root, count, &all[index], &longer);
		prop_assert_eq!(refused, Err(InclusionRefusal::WrongDepth));
	}

	/// Nothing that anybody can send makes the verification panic.
	#[test]
	fn any_proof_is_answered(
		root: [u8; 32],
		count: u32,
		index: u32,
		siblings in proptest::collection::vec(any::<[u8; 32]>(), 0..=32),
	) {
		let siblings = siblings.into_iter().map(H256).collect::<Vec<_>>().try_into().unwrap();
		let proof = InclusionProof { index, siblings };
		prop_assert!(verify_inclusion(H256(root), count, &leaf(1), &proof).is_err());
	}
}

fn batch(leaves: &[DisclosureLeaf]) -> DisclosureBatch {
	DisclosureBatch {
		custodian: InstitutionId(1),
		root: root_of(&hashes(leaves)).unwrap(),
		count: leaves.len() as u32,
		first_at: Milliseconds(900),
		last_at: Milliseconds(1_000),
		block: 1,
		entry: EntryIndex(0),
	}
}

#[test]
fn a_batch_holds_its_leaves_and_says_why_it_does_not_hold_another() {
	let all = leaves(5);
	let proof = prove(&hashes(&all), 3).unwrap();
	let stored = batch(&all);
	assert_eq!(stored.check(&all[3], &proof), Ok(()));
	let elsewhere = DisclosureBatch { custodian: InstitutionId(9), ..stored };
	assert_eq!(elsewhere.check(&all[3], &proof), Err(LeafRefusal::OtherCustodian));
	for (first_at, last_at) in [(1_001, 2_000), (1, 999)] {
		let (first_at, last_at) = (Milliseconds(first_at), Milliseconds(last_at));
		let earlier = DisclosureBatch { first_at, last_at, ..stored };
		assert_eq!(earlier.check(&all[3], &proof), Err(LeafRefusal::OutsidePeriod));
	}
	let other = LeafRefusal::NotIncluded(InclusionRefusal::OtherRoot);
	assert_eq!(stored.check(&all[2], &proof), Err(other));
}
