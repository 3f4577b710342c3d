//! Appending consents.

use crate::{mock::*, Error, Event, Leaves, Places};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, ProofRefusal, Subject};
use hdx_zk_circuits::{field::to_bytes, Fr};

#[test]
fn a_consent_is_appended_logged_and_told() {
	on_chain(|| {
		assert_ok!(append(10));
		assert_ok!(append(11));
		assert_eq!(
			new_events(),
			[
				Event::ConsentAppended { index: at(0), leaf: leaf(10) },
				Event::ConsentAppended { index: at(1), leaf: leaf(11) },
			]
		);
		assert_eq!(Shielded::place_of(leaf(11)), Some(at(1)));
		assert_eq!(Shielded::place_of(leaf(12)), None);
		assert_eq!(Shielded::leaves(0, 0), [leaf(10), leaf(11)]);
		assert_eq!(Shielded::is_revoked(at(1)), Some(false));
		assert_eq!(Shielded::is_revoked(at(2)), None);
		let entry = |leaf| AuditEvent {
			actor: Some(sender(1)),
			subject: Subject::ShieldedConsent { index: at(leaf) },
			..AuditEvent::new(AuditAction::ShieldedConsentAppended)
		};
		assert_eq!(log(), [entry(0), entry(1)]);
	});
}

#[test]
fn the_log_names_neither_patient_nor_purpose() {
	on_chain(|| {
		assert_ok!(append(10));
		let entry = log().pop().unwrap();
		assert_eq!((entry.patient, entry.purpose, entry.context), (None, None, None));
	});
}

#[test]
fn appending_fails_when_the_leaf_was_appended_before() {
	on_chain(|| {
		assert_ok!(append(10));
		assert_noop!(append(10), Error::<Test>::AlreadyAppended);
	});
}

/// Whoever sent the consent still has its proof, and would bring back what the patient revoked.
#[test]
fn appending_fails_when_the_leaf_was_appended_and_revoked_before() {
	on_chain(|| {
		assert_ok!(append(10));
		next_snapshot();
		assert_ok!(revoke(at(0)));
		assert_noop!(append(10), Error::<Test>::AlreadyAppended);
	});
}

#[test]
fn appending_fails_when_the_leaf_is_zero() {
	on_chain(|| {
		assert_noop!(append(0), Error::<Test>::EmptyLeaf);
	});
}

/// The modulus more is the same element with other bytes: the leaf would be there twice.
#[test]
fn appending_fails_when_the_leaf_is_not_below_the_order() {
	on_chain(|| {
		let mut bytes = to_bytes(&-Fr::from(1));
		bytes[0] += 1;
		let proof = grant_proof(&sender(1), leaf(10));
		for bytes in [bytes, [255; 32]] {
			assert_noop!(
				Shielded::append(signed(sender(1)), bytes, VERSION, proof.clone()),
				Error::<Test>::InputTooLarge
			);
		}
	});
}

#[test]
fn appending_fails_when_the_proof_is_for_another_sender() {
	on_chain(|| {
		let proof = grant_proof(&sender(1), leaf(10));
		assert_noop!(
			Shielded::append(signed(sender(2)), leaf(10), VERSION, proof),
			Error::<Test>::NotProven
		);
	});
}

#[test]
fn appending_fails_when_the_proof_is_for_another_leaf() {
	on_chain(|| {
		let proof = grant_proof(&sender(1), leaf(10));
		assert_noop!(
			Shielded::append(signed(sender(1)), leaf(11), VERSION, proof),
			Error::<Test>::NotProven
		);
	});
}

#[test]
fn appending_fails_when_the_proof_is_for_another_chain() {
	on_chain(|| {
		let proof = grant_proof(&sender(1), leaf(10));
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256([1; 32]));
		assert_noop!(
			Shielded::append(signed(sender(1)), leaf(10), VERSION, proof),
			Error::<Test>::NotProven
		);
	});
}

#[test]
fn appending_fails_when_the_version_is_another_one() {
	on_chain(|| {
		let proof = grant_proof(&sender(1), leaf(10));
		assert_noop!(
			Shielded::append(signed(sender(1)), leaf(10), VERSION + 1, proof),
			Error::<Test>::CircuitUnknown
		);
	});
}

#[test]
fn appending_fails_when_nobody_or_governance_sends_it() {
	on_chain(|| {
		let proof = grant_proof(&sender(1), leaf(10));
		for origin in [RuntimeOrigin::none(), governance()] {
			assert_noop!(
				Shielded::append(origin, leaf(10), VERSION, proof.clone()),
				sp_runtime::DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn each_refusal_of_a_proof_is_an_error_of_its_own() {
	on_chain(|| {
		let refusals = [
			(ProofRefusal::CircuitUnknown, Error::<Test>::CircuitUnknown),
			(ProofRefusal::CircuitNotActive, Error::CircuitNotActive),
			(ProofRefusal::WrongRelation, Error::WrongRelation),
			(ProofRefusal::WrongArity, Error::WrongArity),
			(ProofRefusal::InputTooLarge, Error::InputTooLarge),
			(ProofRefusal::PointMalformed, Error::PointMalformed),
			(ProofRefusal::PointAtInfinity, Error::PointAtInfinity),
			(ProofRefusal::PointOffCurve, Error::PointOffCurve),
			(ProofRefusal::PointOutsideSubgroup, Error::PointOutsideSubgroup),
			(ProofRefusal::NotProven, Error::NotProven),
			(ProofRefusal::KeyDamaged, Error::KeyDamaged),
		];
		for (refusal, error) in refusals {
			Refusal::set(Some(refusal));
			assert_noop!(append(10), error);
		}
		Refusal::set(None);
		assert!(!Places::<Test>::contains_key(leaf(10)));
	});
}

#[test]
fn leaves_are_given_in_pages() {
	on_chain(|| {
		for number in 1..=5 {
			assert_ok!(append(number));
		}
		assert_eq!(Shielded::leaves(0, 3), [leaf(4), leaf(5)]);
		assert!(Shielded::leaves(0, 5).is_empty());
		assert!(Shielded::leaves(0, u32::MAX).is_empty());
		assert!(Shielded::leaves(1, 0).is_empty());
	});
	new_test_ext().execute_with(|| {
		for index in 0..1_030 {
			Leaves::<Test>::insert(0, index, leaf(u64::from(index)));
		}
		assert_eq!(Shielded::leaves(0, 0).len(), 1_024);
		assert_eq!(Shielded::leaves(0, 1_024).len(), 6);
	});
}
