//! Passing a record on, in the pallets as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, Commitment, RecordId, Subject};
use hdx_runtime::{ProviderRegistry, RecordAccess, Runtime, RuntimeOrigin};
use pallet_provider_registry::{InstitutionStatus, SuspensionReason};
use pallet_record_access::{Error, NewManifest, Records};

const RECORD: RecordId = RecordId(0);
const ANEW: NewManifest = NewManifest { manifest: Commitment([9; 32]), sections: 12, epoch: 1 };

#[test]
fn the_other_hospital_takes_a_record_over_and_a_grant_goes_on_with_it() {
	world(|| {
		consent();
		let grant = ask(request()).unwrap();
		assert_ok!(disclose(grant));
		assert_ok!(RecordAccess::offer_custody(operator_a(), RECORD, HOSPITAL_B));
		assert_ok!(RecordAccess::accept_custody(operator_b(), RECORD, 1, Some(ANEW)));
		let entry = last_entry().event;
		assert_eq!(entry.action, AuditAction::CustodyTransferred);
		assert_eq!(entry.patient, Some(patient()));
		let (from, to) = (HOSPITAL_A, HOSPITAL_B);
		assert_eq!(entry.subject, Subject::CustodyTransfer { record: RECORD, from, to });
		assert_noop!(disclose(grant), Error::<Runtime>::NotTheCustodian);
		let commitment = Commitment([6; 32]);
		assert_ok!(RecordAccess::record_disclosure(operator_b(), grant, RECORD, 3, commitment));
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(patient()), grant));
	});
}

#[test]
fn a_suspended_hospital_neither_is_offered_a_record_nor_accepts_one() {
	world(|| {
		let suspend = || {
			let status = InstitutionStatus::Suspended(SuspensionReason::Investigation);
			ProviderRegistry::set_institution_status(RuntimeOrigin::root(), HOSPITAL_B, status)
		};
		assert_ok!(RecordAccess::offer_custody(operator_a(), RECORD, HOSPITAL_B));
		assert_ok!(suspend());
		let outcome = RecordAccess::accept_custody(operator_b(), RECORD, 1, None);
		assert_noop!(outcome, Error::<Runtime>::NotAnOperator);
		assert_ok!(RecordAccess::withdraw_custody_offer(operator_a(), RECORD));
		let outcome = RecordAccess::offer_custody(operator_a(), RECORD, HOSPITAL_B);
		assert_noop!(outcome, Error::<Runtime>::ReceiverNotActive);
		assert_eq!(Records::<Runtime>::get(RECORD).unwrap().custodian, HOSPITAL_A);
	});
}
