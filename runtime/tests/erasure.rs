//! Erasing records, in the pallets as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AuditAction, Commitment, DenialReason, HoldId, HoldReason, RecordId, Subject,
};
use hdx_runtime::{Audit, RecordAccess, Runtime, RuntimeOrigin};
use pallet_audit::HoldScope;
use pallet_record_access::Error;

const RECORD: RecordId = RecordId(0);
const RECEIPT: Commitment = Commitment([8; 32]);

#[test]
fn an_erased_record_is_gone_for_those_who_were_granted_it_and_for_those_who_ask() {
	world(|| {
		consent();
		let grant = ask(request()).unwrap();
		assert_ok!(disclose(grant));
		assert_ok!(RecordAccess::record_erasure(operator_a(), RECORD, RECEIPT));
		let entry = last_entry().event;
		assert_eq!(entry.action, AuditAction::RecordErased);
		assert_eq!(entry.subject, Subject::Erasure { record: RECORD, receipt: RECEIPT });
		assert_noop!(disclose(grant), Error::<Runtime>::RecordErased);
		assert_eq!(ask(request()), Err(DenialReason::RecordErased));
		let (manifest, sections) = (Commitment([3; 32]), 12);
		let again = RecordAccess::register_record(operator_a(), patient(), manifest, sections, 0);
		assert_noop!(again, Error::<Runtime>::ManifestErased);
	});
}

#[test]
fn nothing_is_erased_while_a_court_holds_what_is_about_the_patient() {
	world(|| {
		let scope = HoldScope::Patient(patient());
		assert_ok!(Audit::place_hold(RuntimeOrigin::root(), scope, HoldReason::Litigation));
		let outcome = RecordAccess::record_erasure(operator_a(), RECORD, RECEIPT);
		assert_noop!(outcome, Error::<Runtime>::LegalHold);
		assert_ok!(Audit::release_hold(RuntimeOrigin::root(), HoldId(0)));
		assert_ok!(RecordAccess::record_erasure(operator_a(), RECORD, RECEIPT));
	});
}
