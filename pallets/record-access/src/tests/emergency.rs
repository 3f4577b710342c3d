//! Emergencies for tests: the physician of the clinic breaks the glass, or its operator for a clinician who proves, and
//! somebody reviews it.

use crate::mock::*;
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, AccountId, Commitment, ContextHash,
	EmergencyProof, GrantId, OverrideReason, Proof, RecordId, ReviewOutcome, H256, PROOF_BYTES,
	SEALED_IDENTITY_BYTES,
};
use sp_runtime::DispatchResult;

/// The physician of the clinic wants to read all of the patient in an emergency, for an hour.
pub fn emergency() -> AccessRequest {
	AccessRequest { purpose: purpose::BTG, ..request() }
}

pub const REASON: OverrideReason = OverrideReason::EmergencyTreatment;
pub const FINDING: Commitment = Commitment([12; 32]);

/// Breaks the glass as the physician.
pub fn break_glass(request: AccessRequest) -> DispatchResult {
	let physician = RuntimeOrigin::signed(PHYSICIAN);
	plain(RecordAccess::break_glass(physician, request, REASON, Some(factor())))
}

/// An emergency of its own: no two have the same context.
pub fn another_emergency() -> AccessRequest {
	let mut context = [0; 32];
	context[..8].copy_from_slice(&(log().len() as u64).to_le_bytes());
	AccessRequest { context: ContextHash(context), ..emergency() }
}

/// Breaks the glass as the physician, who must be granted.
pub fn broken(request: AccessRequest) -> GrantId {
	let id = crate::NextGrantId::<Test>::get();
	break_glass(request).unwrap();
	assert!(crate::Grants::<Test>::contains_key(id), "denied: {:?}", last_entry().outcome);
	id
}

/// Closes a review as justified.
pub fn review(who: AccountId, grant: GrantId) -> DispatchResult {
	let outcome = ReviewOutcome::Justified;
	RecordAccess::review_break_glass(RuntimeOrigin::signed(who), grant, outcome, FINDING)
}

/// The custodian releases one section under a grant.
pub fn disclose(grant: GrantId, record: RecordId) -> DispatchResult {
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	plain(RecordAccess::record_disclosure(custodian, grant, record, 1, DISCLOSURE))
}

/// A proof of an emergency with this nullifier, and a key of its own.
pub fn emergency_proof(nullifier: u8) -> EmergencyProof {
	EmergencyProof {
		root: [31; 32],
		auditor: 2,
		now: START,
		nullifier: [nullifier; 32],
		identity: [32; SEALED_IDENTITY_BYTES],
		recipient: H256([nullifier; 32]),
		version: 4,
		proof: Proof([0; PROOF_BYTES]),
	}
}

/// Breaks the glass by proof as this account.
pub fn break_by_proof_as(who: AccountId, request: AccessRequest, nullifier: u8) -> DispatchResult {
	let (signer, proof) = (RuntimeOrigin::signed(who), Box::new(emergency_proof(nullifier)));
	RecordAccess::break_glass_by_proof(signer, request, REASON, proof)
}

/// Breaks the glass by proof as the operator of the clinic.
pub fn break_by_proof(request: AccessRequest, nullifier: u8) -> DispatchResult {
	break_by_proof_as(CLINIC_OPERATOR, request, nullifier)
}

/// Breaks the glass by proof as the operator of the clinic, who must be granted.
pub fn broken_by_proof(request: AccessRequest, nullifier: u8) -> GrantId {
	let id = crate::NextGrantId::<Test>::get();
	break_by_proof(request, nullifier).unwrap();
	assert!(crate::ProvenOverrides::<Test>::contains_key(id), "{:?}", last_entry().outcome);
	id
}
