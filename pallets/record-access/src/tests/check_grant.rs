//! The live check that anybody can ask for.

use crate::{mock::*, Grants};
use frame_support::assert_ok;
use hdx_primitives::{
	engine::{Obligations, Outcome},
	DenialReason, GrantId, Milliseconds,
};

use crate::GrantRefusal::{Denied, Expired, Outdated, Revoked, Unknown, UsedUp};

#[test]
fn a_live_grant_holds_until_its_end() {
	run(|| {
		let grant = granted(request());
		let end = Grants::<Test>::get(grant).unwrap().expires_at;
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, Milliseconds(end.0 - 1)), Ok(()));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, end), Err(Expired));
	});
}

#[test]
fn checking_takes_no_use() {
	run(|| {
		let grant = granted(request());
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_eq!(Grants::<Test>::get(grant).unwrap().uses_left, MAX_USES);
	});
}

#[test]
fn check_fails_when_the_grant_is_unknown() {
	run(|| assert_eq!(RecordAccess::check_grant(GrantId(0), HOSPITAL, START), Err(Unknown)));
}

#[test]
fn check_fails_when_the_grant_was_revoked() {
	run(|| {
		let grant = granted(request());
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(Revoked));
	});
}

#[test]
fn check_fails_when_no_uses_are_left() {
	run(|| {
		let (record, grant) = registered_and_granted();
		for _ in 0..MAX_USES {
			assert_ok!(RecordAccess::record_disclosure(
				RuntimeOrigin::signed(CUSTODIAN),
				grant,
				record,
				1,
				DISCLOSURE
			));
		}
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(UsedUp));
	});
}

#[test]
fn check_fails_when_obligations_changed() {
	run(|| {
		let grant = granted(request());
		answer(PATIENT, Outcome::Permit, redact(1));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(Outdated));
	});
}

#[test]
fn check_fails_with_the_reason_for_which_the_request_would_be_denied() {
	run(|| {
		let grant = granted(request());
		answer(PATIENT, Outcome::Deny, Obligations::default());
		assert_eq!(
			RecordAccess::check_grant(grant, HOSPITAL, START),
			Err(Denied(DenialReason::ConsentDenied))
		);
		refuse_standing(DenialReason::CredentialExpired);
		assert_eq!(
			RecordAccess::check_grant(grant, HOSPITAL, START),
			Err(Denied(DenialReason::CredentialExpired))
		);
	});
}
