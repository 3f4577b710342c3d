//! Whose a key is, now and in earlier sessions.

use crate::{mock::*, OwnersOfKeys};
use codec::Encode;
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use hdx_primitives::AccountId;
use pallet_session::{
	historical::{HistoricalSessions, StoredRange},
	NextKeys, Validators,
};
use sp_runtime::{key_types::DUMMY, KeyTypeId};
use sp_session::MembershipProof;

type Owners = OwnersOfKeys<Test>;

fn key(number: u64) -> (KeyTypeId, Vec<u8>) {
	(DUMMY, keys(number).only.encode())
}

fn prove(number: u64) -> MembershipProof {
	Owners::prove(key(number)).unwrap()
}

fn owner(number: u64, proof: &MembershipProof) -> Option<AccountId> {
	Owners::check_proof(key(number), proof.clone()).map(|(account, ())| account)
}

#[test]
fn a_key_is_shown_to_be_its_owners_now_and_later() {
	on_chain(|| {
		for _ in 0..3 {
			let proof = prove(2);
			assert_eq!(owner(2, &proof), Some(account(2)));
			assert_eq!(owner(9, &prove(9)), None);
			next_session();
			assert_eq!(owner(2, &proof), Some(account(2)));
			// The proof is of this key.
			assert_eq!(owner(1, &proof), None);
		}
	});
}

/// Whoever is going to sign twice could set other keys before.
#[test]
fn a_key_in_force_is_its_owners_although_others_are_set() {
	on_chain(|| {
		next_session();
		assert_ok!(set_keys(2, 77));
		for _ in 0..2 {
			assert_eq!(owner(2, &prove(2)), Some(account(2)));
			assert_eq!(owner(77, &prove(77)), None);
			next_session();
		}
		assert_eq!(owner(2, &prove(2)), None);
		assert_eq!(owner(77, &prove(77)), Some(account(2)));
	});
}

/// The validators are the same, and their keys are not.
#[test]
fn a_session_is_noted_with_the_keys_that_it_had() {
	on_chain(|| {
		next_session();
		assert_ok!(set_keys(2, 77));
		sessions(2);
		let proof = prove(77);
		next_session();
		assert_eq!(owner(77, &proof), Some(account(2)));
	});
}

#[test]
fn a_key_is_nobodys_in_a_session_that_its_owner_took_no_part_in() {
	on_chain(|| {
		join(10, 5);
		assert_eq!(owner(110, &prove(110)), None);
		sessions(2);
		assert_eq!(owner(110, &prove(110)), Some(account(10)));
		let of_the_first = MembershipProof { session: 0, ..prove(110) };
		assert_eq!(owner(110, &of_the_first), None);
	});
}

#[test]
fn a_proof_with_another_number_of_validators_is_refused() {
	on_chain(|| {
		let proof = prove(2);
		for validator_count in [0, 3, 5, u32::MAX] {
			let other = MembershipProof { validator_count, ..proof.clone() };
			assert_eq!(owner(2, &other), None);
		}
	});
}

#[test]
fn a_proof_of_a_session_that_is_not_there_is_refused() {
	on_chain(|| {
		let to_come = MembershipProof { session: 7, ..prove(2) };
		assert_eq!(owner(2, &to_come), None);
	});
}

/// A block's author pays nothing for what it writes into a report of its own.
#[test]
fn a_proof_that_is_larger_than_any_has_to_be_is_refused() {
	on_chain(|| {
		next_session();
		let proof = prove(2);
		let with = |nodes: Vec<Vec<u8>>| MembershipProof { trie_nodes: nodes, ..proof.clone() };
		let largest = [vec![vec![7; 16 * 1024]], vec![vec![7]; 64], vec![vec![7; 256]; 64]];
		let too_large =
			[vec![vec![7; 16 * 1024 + 1]], vec![vec![]; 65], vec![vec![7; 8 * 1024]; 3]];
		// In this session the nodes show nothing that is not known.
		for nodes in largest {
			assert_eq!(owner(2, &with(nodes)), Some(account(2)));
		}
		for nodes in too_large {
			assert_eq!(owner(2, &with(nodes)), None);
		}
	});
}

#[test]
fn a_proof_among_as_many_validators_as_a_chain_may_have_is_small_enough() {
	new_test_ext().execute_with(|| {
		let most: u8 = 100;
		for number in 0..most {
			NextKeys::<Test>::insert(account(number), keys(number.into()));
		}
		Validators::<Test>::put(accounts(0..most));
		for number in 0..most {
			let proof = prove(number.into());
			assert_eq!(proof.validator_count, u32::from(most));
			let bytes: usize = proof.trie_nodes.iter().map(Vec::len).sum();
			// Both bounds are twice of this and more.
			assert!(!proof.trie_nodes.is_empty());
			assert!(proof.trie_nodes.len() <= 32 && bytes <= 8 * 1024, "{bytes}");
		}
	});
}

#[test]
fn sessions_that_are_too_long_ago_are_forgotten() {
	on_chain(|| {
		let proof = prove(2);
		sessions(HISTORY);
		assert_eq!(owner(2, &proof), Some(account(2)));
		next_session();
		assert_eq!(owner(2, &proof), None);
		assert_eq!(owner(2, &prove(2)), Some(account(2)));
		sessions(20);
		let (first, end) = StoredRange::<Test>::get().unwrap();
		// This one and the one that is planned besides.
		assert_eq!(end - first, HISTORY + 2);
		assert_eq!(HistoricalSessions::<Test>::iter().count() as u32, HISTORY + 2);
	});
}
