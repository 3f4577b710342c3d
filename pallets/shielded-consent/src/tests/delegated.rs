//! Proofs of access about a delegate's consent: they count as the others do, and neither counts for the other.

use super::access::*;
use crate::{categories::class_code, mock::*, UsedNullifiers};
use frame_support::assert_ok;
use hdx_primitives::{
	engine::terminology::purpose, AccessCircuit, AccessProof, AccessRequest, DenialReason,
	Milliseconds, ProofRefusal, RecordId, Role, StatementRefusal, Target,
};

/// A proof of `delegated_access` for the doctor, about the last snapshot.
fn delegated(nullifier: u64) -> AccessProof {
	let rest = AccessProof { circuit: AccessCircuit::Delegated, ..unproven(nullifier) };
	prove(&DOCTOR, &request(), class(), rest)
}

#[test]
fn a_delegates_consent_counts_as_the_patients_does() {
	with_consent(|| {
		let proof = delegated(5);
		assert_eq!(ask(&proof), Ok(Ok(())));
		assert!(UsedNullifiers::<Test>::contains_key(last_snapshot(), leaf(5)));
		refused(|| ask(&proof), DenialReason::ProofUsed);
		next_snapshot();
		assert_eq!(ask(&delegated(5)), Ok(Ok(())));
	});
}

#[test]
fn a_nullifier_counts_once_in_whichever_circuit() {
	with_consent(|| {
		assert_eq!(ask(&proven(5)), Ok(Ok(())));
		refused(|| ask(&delegated(5)), DenialReason::ProofUsed);
		assert_eq!(ask(&delegated(6)), Ok(Ok(())));
		refused(|| ask(&proven(6)), DenialReason::ProofUsed);
	});
}

#[test]
fn a_proof_of_one_circuit_is_none_of_the_other() {
	with_consent(|| {
		let as_delegated = AccessProof { circuit: AccessCircuit::Delegated, ..proven(5) };
		refused(|| ask(&as_delegated), DenialReason::NotProven);
		let as_patients = AccessProof { circuit: AccessCircuit::Consent, ..delegated(5) };
		refused(|| ask(&as_patients), DenialReason::NotProven);
	});
}

#[test]
fn a_delegated_proof_is_of_no_use_for_anything_else_that_is_asked() {
	with_consent(|| {
		let proof = delegated(5);
		let others = [
			AccessRequest { target: Target::Record(RecordId(5)), ..request() },
			AccessRequest { purpose: purpose::HRESCH, ..request() },
			AccessRequest { patient: sender(2), ..request() },
			AccessRequest { duration: Milliseconds(1_001), ..request() },
		];
		for other in others {
			refused(|| ask_as(&DOCTOR, &other, class(), &proof), DenialReason::NotProven);
		}
		let other = class_code("Condition");
		refused(|| ask_as(&DOCTOR, &request(), other, &proof), DenialReason::NotProven);
		assert_eq!(ask(&proof), Ok(Ok(())));
	});
}

#[test]
fn a_delegated_proof_is_of_no_use_to_another_signer() {
	with_consent(|| {
		let proof = delegated(5);
		let asked = || ask_as(&COLLEAGUE, &request(), class(), &proof);
		refused(asked, DenialReason::ProviderTagMissing);
		let call = Shielded::register_tag(signed(COLLEAGUE), HOSPITAL, Role::Physician, leaf(3));
		assert_ok!(call);
		refused(asked, DenialReason::NotProven);
	});
}

#[test]
fn no_delegated_proof_counts_while_nobody_can_revoke() {
	with_consent(|| {
		let proof = delegated(5);
		Suspended::set(true);
		refused(|| ask(&proof), DenialReason::RevocationInactive);
		Suspended::set(false);
		let other = AccessProof { revoked_by: VERSION + 1, ..proof };
		refused(|| ask(&other), DenialReason::RevocationInactive);
	});
}

#[test]
fn no_delegated_proof_counts_while_its_version_is_not_active() {
	with_consent(|| {
		let proof = delegated(5);
		let other = AccessProof { version: VERSION + 1, ..proof.clone() };
		refused(|| ask(&other), DenialReason::CircuitInactive);
		for refusal in [ProofRefusal::CircuitNotActive, ProofRefusal::WrongRelation] {
			Refusal::set(Some(refusal));
			refused(|| ask(&proof), DenialReason::CircuitInactive);
		}
		Refusal::set(None);
	});
}

#[test]
fn after_a_revocation_delegated_proofs_are_about_other_roots() {
	with_consent(|| {
		assert_ok!(revoke(at(0)));
		let before = delegated(5);
		next_snapshot();
		let moved = AccessProof { snapshot: last_snapshot(), ..before.clone() };
		refused(|| ask(&moved), DenialReason::NotProven);
		for _ in 1..COUNTED {
			next_snapshot();
		}
		assert_eq!(ask(&before), Err(StatementRefusal::SnapshotTooOld));
	});
}
