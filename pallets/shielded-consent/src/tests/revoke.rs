//! Revoking consents.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, ProofRefusal, ShieldedIndex, Subject};
use sp_runtime::DispatchError;

/// A chain with so many consents that the last snapshot knows.
fn with_consents(count: u64, test: impl FnOnce()) {
	on_chain(|| {
		for number in 1..=count {
			assert_ok!(append(number));
		}
		next_snapshot();
		new_events();
		test();
	});
}

#[test]
fn a_consent_is_revoked_logged_and_told() {
	with_consents(3, || {
		assert_ok!(revoke(at(1)));
		assert_eq!(new_events(), [Event::ConsentRevoked { index: at(1) }]);
		let revoked = [0, 1, 2].map(|leaf| Shielded::is_revoked(at(leaf)));
		assert_eq!(revoked, [Some(false), Some(true), Some(false)]);
		let entry = AuditEvent {
			actor: Some(sender(1)),
			subject: Subject::ShieldedConsent { index: at(1) },
			..AuditEvent::new(AuditAction::ShieldedConsentRevoked)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn revocations_of_one_snapshot_do_not_void_each_other() {
	with_consents(3, || {
		let (who, snapshot) = (sender(1), last_snapshot());
		let root = Shielded::roots(0, snapshot).unwrap().consents;
		let proofs = [0, 1, 2].map(|leaf| (at(leaf), revoke_proof(&who, at(leaf), root)));
		for (index, proof) in proofs {
			assert_ok!(Shielded::revoke(signed(who.clone()), index, snapshot, VERSION, proof));
		}
	});
}

#[test]
fn revoking_fails_when_it_is_done_twice() {
	with_consents(1, || {
		assert_ok!(revoke(at(0)));
		assert_noop!(revoke(at(0)), Error::<Test>::AlreadyRevoked);
		assert_noop!(
			Shielded::revoke_by_governance(governance(), at(0)),
			Error::<Test>::AlreadyRevoked
		);
	});
}

#[test]
fn revoking_fails_when_nothing_was_appended_there() {
	with_consents(1, || {
		for index in [at(1), at(u32::MAX), ShieldedIndex { tree: 1, leaf: 0 }] {
			let proof = revoke_proof(&sender(1), index, leaf(1));
			let call = Shielded::revoke(signed(sender(1)), index, 0, VERSION, proof);
			assert_noop!(call, Error::<Test>::ConsentUnknown);
			let call = Shielded::revoke_by_governance(governance(), index);
			assert_noop!(call, Error::<Test>::ConsentUnknown);
		}
	});
}

#[test]
fn revoking_fails_when_the_consent_is_younger_than_the_snapshot() {
	with_consents(1, || {
		assert_ok!(append(9));
		assert_noop!(revoke(at(1)), Error::<Test>::NotInSnapshot);
		next_snapshot();
		assert_ok!(revoke(at(1)));
	});
}

#[test]
fn revoking_fails_when_the_snapshot_was_not_taken_yet() {
	with_consents(1, || {
		let next = last_snapshot() + 1;
		let proof = revoke_proof(&sender(1), at(0), leaf(1));
		assert_noop!(
			Shielded::revoke(signed(sender(1)), at(0), next, VERSION, proof),
			Error::<Test>::SnapshotUnknown
		);
	});
}

#[test]
fn revoking_fails_when_the_snapshot_is_too_old() {
	with_consents(1, || {
		let snapshot = last_snapshot();
		let root = Shielded::roots(0, snapshot).unwrap().consents;
		let proof = revoke_proof(&sender(1), at(0), root);
		blocks(COUNTED * PERIOD);
		assert_noop!(
			Shielded::revoke(signed(sender(1)), at(0), snapshot, VERSION, proof),
			Error::<Test>::SnapshotTooOld
		);
	});
}

#[test]
fn revoking_fails_when_the_proof_is_for_another_sender_or_place() {
	with_consents(2, || {
		let snapshot = last_snapshot();
		let root = Shielded::roots(0, snapshot).unwrap().consents;
		let proof = revoke_proof(&sender(1), at(0), root);
		let by = |who, index| {
			Shielded::revoke(signed(sender(who)), index, snapshot, VERSION, proof.clone())
		};
		assert_noop!(by(2, at(0)), Error::<Test>::NotProven);
		assert_noop!(by(1, at(1)), Error::<Test>::NotProven);
		assert_ok!(by(1, at(0)));
	});
}

#[test]
fn revoking_fails_when_the_proof_is_about_another_root() {
	with_consents(2, || {
		let proof = revoke_proof(&sender(1), at(0), leaf(1));
		assert_noop!(
			Shielded::revoke(signed(sender(1)), at(0), last_snapshot(), VERSION, proof),
			Error::<Test>::NotProven
		);
	});
}

#[test]
fn revoking_fails_when_the_circuit_is_suspended() {
	with_consents(1, || {
		Refusal::set(Some(ProofRefusal::CircuitNotActive));
		assert_noop!(revoke(at(0)), Error::<Test>::CircuitNotActive);
		// Governance still can.
		assert_ok!(Shielded::revoke_by_governance(governance(), at(0)));
	});
}

#[test]
fn governance_revokes_without_a_proof() {
	with_consents(2, || {
		assert_ok!(Shielded::revoke_by_governance(governance(), at(1)));
		assert_eq!(new_events(), [Event::ConsentRevoked { index: at(1) }]);
		assert_eq!(log().last().unwrap().actor, None);
		// A snapshot is not waited for: what it knows does not matter.
		assert_ok!(append(9));
		assert_ok!(Shielded::revoke_by_governance(governance(), at(2)));
	});
}

#[test]
fn revoking_without_a_proof_fails_when_it_is_not_governance() {
	with_consents(1, || {
		assert_noop!(
			Shielded::revoke_by_governance(signed(sender(1)), at(0)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn the_words_of_revocations_lead_to_the_root_of_the_next_snapshot() {
	use hdx_zk_circuits::{
		field::{as_u128, from_bytes, to_bytes},
		merkle::RevocationTree,
	};
	with_consents(130, || {
		for index in [1, 127, 129] {
			assert_ok!(revoke(at(index)));
		}
		let snapshot = next_snapshot();
		let words = Shielded::revocations(0, 0).into_iter().flat_map(|(place, four)| {
			(place * 4..).zip(four.map(|bytes| as_u128(&from_bytes(&bytes).unwrap()).unwrap()))
		});
		let tree = RevocationTree::of_words(words).unwrap();
		assert!(tree.is_revoked(129) && !tree.is_revoked(128));
		let roots = Shielded::roots(0, snapshot.number).unwrap();
		assert_eq!(to_bytes(&tree.root()), roots.revocations);
		assert!(Shielded::revocations(0, 1).is_empty());
		assert!(Shielded::revocations(0, u32::MAX).is_empty());
		assert!(Shielded::revocations(1, 0).is_empty());
	});
}
