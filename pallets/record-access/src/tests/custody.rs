//! Passing a record on.

use crate::{mock::*, CustodyOffer, Error, Event, NewManifest, Record, Records};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccessRequest, AccountId, AuditAction, AuditEvent, Commitment, InstitutionId, RecordId,
	Subject, Target,
};
use sp_runtime::{DispatchError, DispatchResult};

const ANEW: NewManifest = NewManifest { manifest: Commitment([77; 32]), sections: 7, epoch: 1 };

fn offer_as(who: AccountId, record: RecordId, to: InstitutionId) -> DispatchResult {
	RecordAccess::offer_custody(RuntimeOrigin::signed(who), record, to)
}

fn withdraw_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::withdraw_custody_offer(RuntimeOrigin::signed(who), record)
}

fn accept_as(who: AccountId, record: RecordId, anew: Option<NewManifest>) -> DispatchResult {
	RecordAccess::accept_custody(RuntimeOrigin::signed(who), record, version_now(record), anew)
}

/// A record of the hospital's that is offered to the clinic.
fn offered() -> RecordId {
	let record = registered(PATIENT);
	assert_ok!(offer_as(CUSTODIAN, record, CLINIC));
	record
}

fn entry(action: AuditAction, actor: AccountId, by: InstitutionId, record: RecordId) -> AuditEvent {
	AuditEvent {
		actor: Some(actor),
		on_behalf_of: Some(by),
		patient: Some(PATIENT),
		subject: Subject::CustodyTransfer { record, from: HOSPITAL, to: CLINIC },
		..AuditEvent::new(action)
	}
}

#[test]
fn an_offer_is_stored_logged_and_announced_to_the_patient() {
	run(|| {
		let record = offered();
		let offer = CustodyOffer { to: CLINIC, offered_at: START };
		assert_eq!(RecordAccess::custody_offer(record), Some(offer));
		assert_eq!(last_entry(), entry(AuditAction::CustodyOffered, CUSTODIAN, HOSPITAL, record));
		System::assert_last_event(
			Event::CustodyOffered {
				record,
				patient: PATIENT,
				from: HOSPITAL,
				to: CLINIC,
				entry: last_index(),
			}
			.into(),
		);
		assert_eq!(Records::<Test>::get(record).unwrap().custodian, HOSPITAL);
	});
}

#[test]
fn an_accepted_record_is_kept_by_the_other_institution_as_it_is() {
	run(|| {
		let record = offered();
		let before = Records::<Test>::get(record).unwrap();
		assert_ok!(accept_as(CLINIC_OPERATOR, record, None));
		let after = Records::<Test>::get(record).unwrap();
		assert_eq!(after, Record { custodian: CLINIC, ..before });
		assert_eq!(RecordAccess::custody_offer(record), None);
		let action = AuditAction::CustodyTransferred;
		assert_eq!(last_entry(), entry(action, CLINIC_OPERATOR, CLINIC, record));
		System::assert_last_event(
			Event::CustodyTransferred {
				record,
				patient: PATIENT,
				from: HOSPITAL,
				to: CLINIC,
				manifest: MANIFEST,
				epoch: 0,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn a_record_that_was_sealed_anew_has_the_new_manifest() {
	run(|| {
		let record = offered();
		assert_ok!(accept_as(CLINIC_OPERATOR, record, Some(ANEW)));
		let Record { manifest, sections, epoch, .. } = Records::<Test>::get(record).unwrap();
		assert_eq!(NewManifest { manifest, sections, epoch }, ANEW);
	});
}

#[test]
fn grants_go_on_and_are_the_new_custodians_to_record_and_to_withdraw() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(AccessRequest { target: Target::Record(record), ..request() });
		assert_ok!(offer_as(CUSTODIAN, record, CLINIC));
		let disclose = |who| {
			RecordAccess::record_disclosure(
				RuntimeOrigin::signed(who),
				grant,
				record,
				1,
				DISCLOSURE,
			)
		};
		assert_ok!(disclose(CUSTODIAN));
		assert_noop!(disclose(CLINIC_OPERATOR), Error::<Test>::NotTheCustodian);
		assert_ok!(accept_as(CLINIC_OPERATOR, record, Some(ANEW)));
		assert_ok!(disclose(CLINIC_OPERATOR));
		assert_noop!(disclose(CUSTODIAN), Error::<Test>::NotTheCustodian);
		let revoke = |who| RecordAccess::revoke_grant(RuntimeOrigin::signed(who), grant);
		assert_noop!(revoke(CUSTODIAN), Error::<Test>::MayNotRevoke);
		assert_ok!(revoke(CLINIC_OPERATOR));
	});
}

#[test]
fn either_institution_withdraws_an_offer() {
	run(|| {
		for (who, by) in [(CUSTODIAN, HOSPITAL), (CLINIC_OPERATOR, CLINIC)] {
			let record = offered();
			assert_ok!(withdraw_as(who.clone(), record));
			assert_eq!(RecordAccess::custody_offer(record), None);
			let action = AuditAction::CustodyOfferWithdrawn;
			assert_eq!(last_entry(), entry(action, who, by, record));
			let entry = last_index();
			System::assert_last_event(
				Event::CustodyOfferWithdrawn { record, patient: PATIENT, by, entry }.into(),
			);
			assert_noop!(accept_as(CLINIC_OPERATOR, record, None), Error::<Test>::NoOffer);
			assert_ok!(offer_as(CUSTODIAN, record, CLINIC));
		}
	});
}

#[test]
fn a_record_goes_there_and_back() {
	run(|| {
		let record = offered();
		assert_ok!(accept_as(CLINIC_OPERATOR, record, Some(ANEW)));
		assert_noop!(offer_as(CUSTODIAN, record, CLINIC), Error::<Test>::NotTheCustodian);
		assert_ok!(offer_as(CLINIC_OPERATOR, record, HOSPITAL));
		assert_noop!(accept_as(CUSTODIAN, record, Some(ANEW)), Error::<Test>::EpochNotLater);
		assert_ok!(accept_as(CUSTODIAN, record, None));
		assert_eq!(Records::<Test>::get(record).unwrap().custodian, HOSPITAL);
	});
}

#[test]
fn custody_calls_fail_when_the_origin_is_not_signed() {
	run(|| {
		let (record, root) = (offered(), RuntimeOrigin::root);
		let bad = DispatchError::BadOrigin;
		assert_noop!(RecordAccess::offer_custody(root(), record, CLINIC), bad);
		assert_noop!(RecordAccess::withdraw_custody_offer(root(), record), bad);
		assert_noop!(RecordAccess::accept_custody(root(), record, 1, None), bad);
	});
}

#[test]
fn an_offer_fails_when_the_signer_operates_no_institution() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(offer_as(PATIENT, record, CLINIC), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn an_offer_fails_when_the_record_is_unknown() {
	run(|| {
		assert_noop!(offer_as(CUSTODIAN, RecordId(9), CLINIC), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn an_offer_fails_when_another_institution_keeps_the_record() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(offer_as(CLINIC_OPERATOR, record, CLINIC), Error::<Test>::NotTheCustodian);
	});
}

#[test]
fn an_offer_fails_when_it_is_to_oneself() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(offer_as(CUSTODIAN, record, HOSPITAL), Error::<Test>::AlreadyTheCustodian);
	});
}

#[test]
fn an_offer_fails_when_the_receiver_is_unknown_or_suspended() {
	run(|| {
		let record = registered(PATIENT);
		let unknown = InstitutionId(9);
		assert_noop!(offer_as(CUSTODIAN, record, unknown), Error::<Test>::ReceiverNotActive);
		suspend_operator(CLINIC_OPERATOR);
		assert_noop!(offer_as(CUSTODIAN, record, CLINIC), Error::<Test>::ReceiverNotActive);
	});
}

#[test]
fn an_offer_fails_when_there_is_one() {
	run(|| {
		let record = offered();
		assert_noop!(offer_as(CUSTODIAN, record, CLINIC), Error::<Test>::OfferOpen);
	});
}

#[test]
fn withdrawing_fails_when_there_is_no_record_or_no_offer() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(withdraw_as(CUSTODIAN, RecordId(9)), Error::<Test>::RecordUnknown);
		assert_noop!(withdraw_as(CUSTODIAN, record), Error::<Test>::NoOffer);
	});
}

#[test]
fn withdrawing_fails_when_the_signer_is_no_party_to_the_offer() {
	run(|| {
		let record = offered();
		assert_noop!(withdraw_as(PATIENT, record), Error::<Test>::NotAnOperator);
		let_operate(STRANGER, InstitutionId(5));
		assert_noop!(withdraw_as(STRANGER, record), Error::<Test>::NotPartyToOffer);
	});
}

#[test]
fn accepting_fails_when_there_is_no_record_or_no_offer() {
	run(|| {
		let record = registered(PATIENT);
		let unknown = accept_as(CLINIC_OPERATOR, RecordId(9), None);
		assert_noop!(unknown, Error::<Test>::RecordUnknown);
		assert_noop!(accept_as(CLINIC_OPERATOR, record, None), Error::<Test>::NoOffer);
	});
}

#[test]
fn accepting_fails_when_the_record_is_offered_to_somebody_else() {
	run(|| {
		let record = offered();
		assert_noop!(accept_as(PATIENT, record, None), Error::<Test>::NotAnOperator);
		assert_noop!(accept_as(CUSTODIAN, record, None), Error::<Test>::NotPartyToOffer);
	});
}

#[test]
fn accepting_fails_when_the_receiver_was_suspended_meanwhile() {
	run(|| {
		let record = offered();
		suspend_operator(CLINIC_OPERATOR);
		assert_noop!(accept_as(CLINIC_OPERATOR, record, None), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn accepting_fails_when_the_new_manifest_is_none() {
	run(|| {
		let record = offered();
		for (anew, error) in [
			(NewManifest { sections: 0, ..ANEW }, Error::<Test>::NoSections),
			(NewManifest { sections: MAX_SECTIONS + 1, ..ANEW }, Error::TooManySections),
			(NewManifest { epoch: 0, ..ANEW }, Error::EpochNotLater),
		] {
			let outcome = accept_as(CLINIC_OPERATOR, record, Some(anew));
			assert_noop!(outcome, error);
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_an_offer_makes_no_sense() {
	use crate::CustodyOffers;
	let offer = |to| CustodyOffer { to, offered_at: START };
	genesis().execute_with(|| {
		let record = registered(PATIENT);
		CustodyOffers::<Test>::insert(record, offer(HOSPITAL));
		let complaint = "a record is offered to its custodian";
		assert_eq!(RecordAccess::check_invariants(), Err(DispatchError::Other(complaint)));
		CustodyOffers::<Test>::remove(record);
		CustodyOffers::<Test>::insert(RecordId(9), offer(CLINIC));
		let complaint = "what is offered is no record";
		assert_eq!(RecordAccess::check_invariants(), Err(DispatchError::Other(complaint)));
	});
}
