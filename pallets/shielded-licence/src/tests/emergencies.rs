//! Proofs of emergencies.

use crate::{mock::*, Auditors, IdentityAuditor, UsedRecipients, UsedSlots};
use frame_support::{assert_ok, assert_storage_noop};
use hdx_primitives::{
	AccountId, DenialReason, EmergencyProof, EmergencyProofs, EmergencyRefusal, Milliseconds,
	Proof, ProofRefusal, H256, PROOF_BYTES,
};

type Answer = Result<Result<(), DenialReason>, EmergencyRefusal>;

fn ask_as(signer: &AccountId, asked: H256, limit: u8, proof: &EmergencyProof) -> Answer {
	let statement = Hidden::statement(signer, asked, limit, proof)?;
	Ok(Hidden::accept(statement, proof))
}

fn ask(proof: &EmergencyProof) -> Answer {
	ask_as(&OPERATOR, ASKED, LIMIT, proof)
}

/// Asserts that this is denied, and that nothing is written.
fn denied(answer: impl FnOnce() -> Answer, why: DenialReason) {
	assert_storage_noop!(assert_eq!(answer(), Ok(Err(why))));
}

/// Asserts that there is nothing that a proof with this could be about.
fn refused(proof: &EmergencyProof, why: EmergencyRefusal) {
	assert_storage_noop!(assert_eq!(ask(proof), Err(why)));
}

/// A chain with a licence and an auditor, some time after it began.
fn with_licence(test: impl FnOnce()) {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(Hidden::appoint_auditor(governance(), KEYS[0]));
		blocks(100);
		test();
	});
}

#[test]
fn a_proof_uses_its_slot_and_its_key_up() {
	with_licence(|| {
		let proof = proven(5);
		assert_eq!(ask(&proof), Ok(Ok(())));
		assert!(UsedSlots::<Test>::contains_key(0, leaf(5)));
		assert!(UsedRecipients::<Test>::contains_key(proof.recipient));
		refused(&proof, EmergencyRefusal::RecipientUsed);
		assert_eq!(ask(&proven(6)), Ok(Ok(())));
	});
}

#[test]
fn a_slot_counts_once_whatever_else_is_new() {
	with_licence(|| {
		assert_eq!(ask(&proven(5)), Ok(Ok(())));
		let again = EmergencyProof { recipient: H256([1; 32]), ..unproven(5) };
		let again = prove(&OPERATOR, ASKED, LIMIT, again);
		denied(|| ask(&again), DenialReason::ProofUsed);
	});
}

#[test]
fn a_proof_is_of_no_use_to_another_signer_or_for_anything_else() {
	with_licence(|| {
		let proof = proven(5);
		let not_proven = DenialReason::NotProven;
		denied(|| ask_as(&STRANGER, ASKED, LIMIT, &proof), not_proven);
		denied(|| ask_as(&OPERATOR, H256([1; 32]), LIMIT, &proof), not_proven);
		denied(|| ask_as(&OPERATOR, ASKED, LIMIT + 1, &proof), not_proven);
		let others = [
			EmergencyProof { nullifier: leaf(6), ..proof.clone() },
			EmergencyProof { now: Milliseconds(proof.now.0 - 1), ..proof.clone() },
			EmergencyProof { version: VERSION + 1, ..proof.clone() },
			EmergencyProof { proof: Proof([7; PROOF_BYTES]), ..proof.clone() },
		];
		for other in others {
			denied(|| ask(&other), not_proven);
		}
		let mut identity = identity();
		identity[32..].copy_from_slice(&leaf(43));
		denied(|| ask(&EmergencyProof { identity, ..proof.clone() }), not_proven);
		assert_eq!(ask(&proof), Ok(Ok(())));
	});
}

#[test]
fn a_proof_is_refused_for_what_the_verifier_says() {
	with_licence(|| {
		let proof = proven(5);
		for (refusal, reason) in [
			(ProofRefusal::CircuitUnknown, DenialReason::CircuitInactive),
			(ProofRefusal::CircuitNotActive, DenialReason::CircuitInactive),
			(ProofRefusal::WrongRelation, DenialReason::CircuitInactive),
			(ProofRefusal::PointMalformed, DenialReason::NotProven),
			(ProofRefusal::KeyDamaged, DenialReason::NotProven),
		] {
			Refusal::set(Some(refusal));
			denied(|| ask(&proof), reason);
		}
		Refusal::set(None);
		assert_eq!(ask(&proof), Ok(Ok(())));
	});
}

#[test]
fn a_statement_fails_when_the_root_does_not_count() {
	with_licence(|| {
		let proof = proven(5);
		let other = EmergencyProof { root: leaf(9), ..proof.clone() };
		refused(&other, EmergencyRefusal::RootNotRecent);
		assert_ok!(enter(8, 2));
		// For a while both count, and each proof is about its own.
		let swapped = EmergencyProof { root: root(), ..proof.clone() };
		denied(|| ask(&swapped), DenialReason::NotProven);
		blocks((ROOT_AGE / SLOT) as u32 + 1);
		refused(&proof, EmergencyRefusal::RootNotRecent);
	});
}

#[test]
fn a_statement_fails_when_the_auditor_is_not_in_office() {
	with_licence(|| {
		let proof = proven(5);
		let other = EmergencyProof { auditor: 1, ..proof.clone() };
		refused(&other, EmergencyRefusal::AuditorNotInOffice);
		assert_ok!(Hidden::appoint_auditor(governance(), KEYS[1]));
		refused(&proof, EmergencyRefusal::AuditorNotInOffice);
		// Nor does it count for the next one by saying so.
		denied(|| ask(&other), DenialReason::NotProven);
		assert_ok!(Hidden::dismiss_auditor(governance()));
		refused(&other, EmergencyRefusal::AuditorNotInOffice);
	});
}

#[test]
fn a_statement_fails_when_its_time_is_far_from_the_blocks() {
	with_licence(|| {
		let now = unproven(5).now.0;
		for time in [now - ROOT_AGE, now + ROOT_AGE] {
			let near = EmergencyProof { now: Milliseconds(time), ..unproven(time) };
			assert_eq!(ask(&prove(&OPERATOR, ASKED, LIMIT, near)), Ok(Ok(())));
		}
		for time in [now - ROOT_AGE - 1, now + ROOT_AGE + 1, u64::MAX] {
			let far = EmergencyProof { now: Milliseconds(time), ..unproven(5) };
			refused(&far, EmergencyRefusal::TimeTooFar);
		}
	});
}

#[test]
fn a_statement_fails_when_the_nullifier_is_no_element() {
	with_licence(|| {
		let large = EmergencyProof { nullifier: [255; 32], ..unproven(5) };
		refused(&large, EmergencyRefusal::NullifierTooLarge);
	});
}

#[test]
fn a_statement_fails_when_the_identity_is_none() {
	with_licence(|| {
		let mut neutral = identity();
		neutral[..32].copy_from_slice(&leaf(1));
		let mut large = identity();
		large[32..].copy_from_slice(&[255; 32]);
		for identity in [neutral, large, [255; 64]] {
			let malformed = EmergencyProof { identity, ..unproven(5) };
			refused(&malformed, EmergencyRefusal::IdentityMalformed);
		}
	});
}

#[test]
fn a_statement_fails_when_the_auditors_key_cannot_be_read() {
	with_licence(|| {
		let proof = proven(5);
		let auditor = Auditors::<Test>::get(0).unwrap();
		Auditors::<Test>::insert(0, IdentityAuditor { key: GENERATOR, ..auditor });
		refused(&proof, EmergencyRefusal::AuditorNotInOffice);
		Auditors::<Test>::insert(0, auditor);
	});
}
