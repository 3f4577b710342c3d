//! A grant for the whole record is counted for each institution, so that none takes what others need.

use crate::{mock::*, Error, Event, GrantRefusal, GrantUse, GrantUses, Grants, UsesAt};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditOutcome, DenialReason,
	GrantId, OverrideReason, RecordId, Target, H256,
};
use sp_runtime::DispatchResult;

/// A record of the patient that another institution made up, and keeps.
fn made_up() -> RecordId {
	let id = crate::NextRecordId::<Test>::get();
	let clinic = RuntimeOrigin::signed(CLINIC_OPERATOR);
	RecordAccess::register_record(clinic, PATIENT, MANIFEST, 10, 0).unwrap();
	id
}

fn disclose(who: AccountId, grant: GrantId, record: RecordId) -> DispatchResult {
	plain(RecordAccess::record_disclosure(RuntimeOrigin::signed(who), grant, record, 1, DISCLOSURE))
}

/// What the hospital and the clinic have left.
fn left(grant: GrantId) -> (u32, u32) {
	let at = |custodian| RecordAccess::uses_left(grant, custodian).unwrap();
	(at(HOSPITAL), at(CLINIC))
}

#[test]
fn a_made_up_record_takes_nothing_from_a_grant_for_the_whole_record() {
	run(|| {
		let (record, made_up) = (registered(PATIENT), made_up());
		let grant = granted(request());
		for _ in 0..MAX_USES {
			assert_ok!(disclose(CLINIC_OPERATOR, grant, made_up));
		}
		assert_noop!(disclose(CLINIC_OPERATOR, grant, made_up), Error::<Test>::GrantUsedUp);
		assert_eq!(left(grant), (MAX_USES, 0));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		for _ in 0..MAX_USES {
			assert_ok!(disclose(CUSTODIAN, grant, record));
		}
		assert_noop!(disclose(CUSTODIAN, grant, record), Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn check_of_a_whole_record_fails_where_the_institution_has_no_uses_left() {
	run(|| {
		let made_up = made_up();
		let grant = granted(request());
		for _ in 0..MAX_USES {
			assert_eq!(RecordAccess::check_grant(grant, CLINIC, START), Ok(()));
			assert_ok!(disclose(CLINIC_OPERATOR, grant, made_up));
		}
		// What the check says is what the disclosure is refused with.
		let refusal = RecordAccess::check_grant(grant, CLINIC, START).unwrap_err();
		assert_eq!(refusal, GrantRefusal::UsedUp);
		assert_noop!(disclose(CLINIC_OPERATOR, grant, made_up), Error::<Test>::from(refusal));
		// The others go on.
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_ok!(disclose(CUSTODIAN, grant, registered(PATIENT)));
	});
}

#[test]
fn check_of_a_used_up_grant_says_first_what_a_disclosure_says_first() {
	run(|| {
		let made_up = made_up();
		let grant = granted(request());
		for _ in 0..MAX_USES {
			assert_ok!(disclose(CLINIC_OPERATOR, grant, made_up));
		}
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		let refusal = RecordAccess::check_grant(grant, CLINIC, START).unwrap_err();
		assert_eq!(refusal, GrantRefusal::Revoked);
		assert_noop!(disclose(CLINIC_OPERATOR, grant, made_up), Error::<Test>::from(refusal));
	});
}

#[test]
fn a_made_up_record_takes_nothing_in_a_batch() {
	run(|| {
		let (record, made_up) = (registered(PATIENT), made_up());
		let grant = granted(request());
		let report = |who, record, uses| {
			let uses = GrantUses::truncate_from(vec![GrantUse { grant, record, uses }]);
			let origin = RuntimeOrigin::signed(who);
			let all = uses.iter().map(|used| used.uses).sum();
			plain(RecordAccess::record_disclosures(origin, H256([7; 32]), all, START, START, uses))
		};
		assert_ok!(report(CLINIC_OPERATOR, made_up, MAX_USES));
		assert!(report(CLINIC_OPERATOR, made_up, 1).is_err());
		assert_ok!(report(CUSTODIAN, record, MAX_USES));
		assert_eq!(left(grant), (0, 0));
	});
}

#[test]
fn a_made_up_record_takes_nothing_from_a_broken_glass() {
	run(|| {
		let (record, made_up) = (registered(PATIENT), made_up());
		set_standing(AssuranceLevel::Verified);
		let id = crate::NextGrantId::<Test>::get();
		let emergency = AccessRequest {
			purpose: hdx_primitives::engine::terminology::purpose::BTG,
			..request()
		};
		let reason = OverrideReason::EmergencyTreatment;
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		assert_ok!(RecordAccess::break_glass(physician, emergency, reason, Some(factor())));
		let uses = Grants::<Test>::get(id).unwrap().uses_left;
		for _ in 0..uses {
			assert_ok!(disclose(CLINIC_OPERATOR, id, made_up));
		}
		assert_noop!(disclose(CLINIC_OPERATOR, id, made_up), Error::<Test>::GrantUsedUp);
		assert_ok!(disclose(CUSTODIAN, id, record));
		assert_eq!(left(id), (uses - 1, 0));
	});
}

#[test]
fn a_made_up_record_takes_nothing_from_a_grant_to_write() {
	run(|| {
		let (record, made_up) = (registered(PATIENT), made_up());
		let grant = granted(AccessRequest { action: Action::Append, ..request() });
		let update = |who, record, version, salt| {
			let new = super::versions::sealed_with(salt);
			let who = RuntimeOrigin::signed(who);
			RecordAccess::update_record(who, record, version, new, Some(grant))
		};
		for version in 1..=MAX_USES {
			assert_ok!(update(CLINIC_OPERATOR, made_up, version, 30 + version as u8));
		}
		let next = MAX_USES + 1;
		let refused = update(CLINIC_OPERATOR, made_up, next, 60);
		assert_noop!(refused, Error::<Test>::GrantUsedUp);
		assert_ok!(update(CUSTODIAN, record, 1, 61));
		assert_eq!(left(grant), (MAX_USES - 1, 0));
	});
}

#[test]
fn records_of_one_institution_share_its_uses() {
	run(|| {
		let (one, two) = (registered(PATIENT), registered(PATIENT));
		let grant = granted(request());
		for _ in 1..MAX_USES {
			assert_ok!(disclose(CUSTODIAN, grant, one));
		}
		assert_ok!(disclose(CUSTODIAN, grant, two));
		assert_noop!(disclose(CUSTODIAN, grant, two), Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn a_grant_for_one_record_counts_by_itself() {
	run(|| {
		let (record, grant) = registered_and_granted();
		assert_ok!(disclose(CUSTODIAN, grant, record));
		assert_eq!(Grants::<Test>::get(grant).unwrap().uses_left, MAX_USES - 1);
		assert_eq!(UsesAt::<Test>::iter().count(), 0);
	});
}

#[test]
fn uses_left_of_no_grant_is_none() {
	run(|| assert_eq!(RecordAccess::uses_left(GrantId(0), HOSPITAL), None));
}

#[test]
fn a_consent_that_counts_its_uses_permits_no_whole_record() {
	run(|| {
		registered(PATIENT);
		UsesLeft::put(2);
		let asked = RecordAccess::request_access(
			RuntimeOrigin::signed(PHYSICIAN),
			request(),
			Some(factor()),
		);
		assert_ok!(asked);
		assert_eq!(last_entry().action, AuditAction::AccessDecided);
		assert_eq!(last_entry().outcome, AuditOutcome::Denied(DenialReason::RecordNotNamed));
		assert_eq!(last_entry().basis, Some(BASIS));
		System::assert_last_event(
			Event::AccessDenied {
				requester: PHYSICIAN,
				patient: PATIENT,
				reason: DenialReason::RecordNotNamed,
				entry: last_index(),
			}
			.into(),
		);
		assert_eq!(Grants::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_grant_for_the_whole_record_ends_when_the_consent_begins_to_count() {
	run(|| {
		let (record, made_up) = (registered(PATIENT), made_up());
		let grant = granted(request());
		UsesLeft::put(2);
		for (who, record) in [(CUSTODIAN, record), (CLINIC_OPERATOR, made_up)] {
			assert_noop!(disclose(who, grant, record), Error::<Test>::RecordNotNamed);
		}
		let denied = Err(GrantRefusal::Denied(DenialReason::RecordNotNamed));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), denied);
		assert_eq!(UsesLeft::get(), Some(2));
		let target = Target::Record(record);
		let narrow = granted(AccessRequest { target, ..request() });
		assert_ok!(disclose(CUSTODIAN, narrow, record));
	});
}
