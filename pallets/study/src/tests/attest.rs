//! Attestations.

use crate::{attestations::element, mock::*, Error, Event, Growing, GrowingTree};
use frame_support::{assert_noop, assert_ok, storage::unhashed};
use hdx_primitives::{
	AttestationIndex, AttestationTree, AuditAction, AuditEvent, PublicInput, Subject,
};
use hdx_zk_circuits::{
	domain::Domain4,
	field::to_bytes,
	merkle::{Frontier, SparseTree, CAPACITY, LEVELS},
	Fr,
};

fn place(leaf: u32) -> AttestationIndex {
	AttestationIndex { tree: 0, leaf }
}

/// The root of these leaves, as those who prove compute it.
fn root_of(leaves: &[u64]) -> PublicInput {
	let leaves = leaves.iter().copied().map(Fr::from).collect();
	to_bytes(&SparseTree::<LEVELS>::of(Domain4::AttestationNode, leaves).root())
}

#[test]
fn an_attestation_is_appended_logged_and_told() {
	on_chain(|| {
		assert_ok!(attest(10));
		assert_ok!(Study::attest(signed(OPERATOR), number(11)));
		assert_eq!(
			new_events(),
			[
				Event::Attested { index: place(0), leaf: number(10), institution: LABORATORY },
				Event::Attested { index: place(1), leaf: number(11), institution: HOSPITAL },
			]
		);
		let entry = AuditEvent {
			actor: Some(ATTESTER),
			on_behalf_of: Some(LABORATORY),
			subject: Subject::Attestation { index: place(0) },
			..AuditEvent::new(AuditAction::AttestationAppended)
		};
		assert_eq!(log()[0], entry);
		assert_eq!(Study::place_of(number(11), HOSPITAL), Some(place(1)));
		assert_eq!(Study::place_of(number(11), LABORATORY), None);
		assert_eq!(Study::place_of(number(12), HOSPITAL), None);
		assert_eq!(Study::attestations(0, 0), [number(10), number(11)]);
		assert_eq!(Study::newest_attestations(), AttestationTree { tree: 0, count: 2 });
	});
}

/// Whoever makes a proof while others attest need not make it again.
#[test]
fn every_root_that_a_tree_had_is_kept() {
	on_chain(|| {
		let leaves = [10, 11, 12, 13, 14];
		for leaf in leaves {
			assert_ok!(attest(leaf));
		}
		for count in 1..=leaves.len() {
			let root = Study::attestation_root(0, count as u32);
			assert_eq!(root, Some(root_of(&leaves[..count])));
		}
		assert_eq!(Study::attestation_root(0, 0), None);
		assert_eq!(Study::attestation_root(0, 6), None);
		assert_eq!(Study::attestation_root(1, 1), None);
	});
}

#[test]
fn attesting_fails_when_the_signer_operates_no_active_institution() {
	on_chain(|| {
		HospitalSuspended::set(true);
		for who in [sender(), OPERATOR] {
			assert_noop!(Study::attest(signed(who), number(10)), Error::<Test>::NotAnInstitution);
		}
	});
}

#[test]
fn attesting_fails_when_the_leaf_is_zero() {
	on_chain(|| {
		assert_noop!(attest(0), Error::<Test>::EmptyLeaf);
	});
}

/// Whoever sees a leaf before it is in a block keeps nobody from appending it.
#[test]
fn a_leaf_that_another_institution_copied_is_attested_all_the_same() {
	on_chain(|| {
		assert_ok!(Study::attest(signed(OPERATOR), number(10)));
		assert_ok!(attest(10));
		assert_eq!(Study::place_of(number(10), HOSPITAL), Some(place(0)));
		assert_eq!(Study::place_of(number(10), LABORATORY), Some(place(1)));
		assert_eq!(Study::attestations(0, 0), [number(10), number(10)]);
		assert_eq!(Study::attestation_root(0, 2), Some(root_of(&[10, 10])));
		for who in [OPERATOR, ATTESTER] {
			assert_noop!(Study::attest(signed(who), number(10)), Error::<Test>::AlreadyAttested);
		}
	});
}

#[test]
fn attesting_fails_when_the_institution_appended_the_leaf_before() {
	on_chain(|| {
		assert_ok!(attest(10));
		assert_noop!(attest(10), Error::<Test>::AlreadyAttested);
	});
}

#[test]
fn attesting_fails_when_the_leaf_is_not_below_the_order() {
	on_chain(|| {
		let mut bytes = to_bytes(&-Fr::from(1));
		bytes[0] += 1;
		for bytes in [bytes, [255u8; 32]] {
			assert_noop!(Study::attest(signed(ATTESTER), bytes), Error::<Test>::InputTooLarge);
		}
	});
}

/// A tree of which so many leaves are missing. Its leaves are not there, so the invariants do not hold.
fn almost_full(tree: u32, missing: u32) {
	let nodes = *Frontier::of_attestations().nodes();
	let frontier = Frontier::of_attestations().restored(CAPACITY - missing, nodes).unwrap();
	Growing::<Test>::put(GrowingTree::of(tree, &frontier));
}

#[test]
fn the_next_tree_grows_when_one_is_full() {
	new_test_ext().execute_with(|| {
		almost_full(0, 1);
		assert_ok!(attest(10));
		assert!(Study::attestation_root(0, CAPACITY).is_some());
		assert_ok!(attest(11));
		let first = AttestationIndex { tree: 1, leaf: 0 };
		assert_eq!(Study::place_of(number(11), LABORATORY), Some(first));
		assert_eq!(Study::attestation_root(1, 1), Some(root_of(&[11])));
	});
}

#[test]
fn attesting_fails_when_all_trees_are_full() {
	new_test_ext().execute_with(|| {
		almost_full(TREES - 1, 1);
		assert_ok!(attest(10));
		assert_noop!(attest(11), Error::<Test>::NoRoom);
	});
}

/// An empty tree would be grown over what is there.
#[test]
fn attesting_fails_when_the_tree_cannot_be_read() {
	new_test_ext().execute_with(|| {
		assert_ok!(attest(10));
		Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().nodes[0][0] = [255u8; 32]);
		assert_noop!(attest(11), Error::<Test>::StateDamaged);
		unhashed::put_raw(&Growing::<Test>::hashed_key(), &[255]);
		assert_noop!(attest(11), Error::<Test>::StateDamaged);
		assert!(element(&[255u8; 32]).is_err());
	});
}
