//! Emergencies for tests: the physician of the clinic breaks the glass, and somebody reviews it.

use crate::mock::*;
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, AccountId, Commitment, ContextHash, GrantId,
	OverrideReason, RecordId, ReviewOutcome,
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
	RecordAccess::break_glass(physician, request, REASON, Some(factor()))
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
