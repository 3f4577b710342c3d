//! Consents that limit how often they are used.

use crate::{mock::*, Error, GrantRefusal};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Basis, Outcome},
	GrantId, RecordId, UseRefusal,
};
use sp_runtime::DispatchResult;

fn disclose(grant: GrantId, record: RecordId) -> DispatchResult {
	plain(RecordAccess::record_disclosure(
		RuntimeOrigin::signed(CUSTODIAN),
		grant,
		record,
		1,
		DISCLOSURE,
	))
}

#[test]
fn each_disclosure_counts_against_the_consent() {
	run(|| {
		let (record, grant) = registered_and_granted();
		UsesLeft::put(2);
		assert_ok!(disclose(grant, record));
		assert_eq!(UsesLeft::get(), Some(1));
		assert_ok!(disclose(grant, record));
		assert_eq!(UsesLeft::get(), Some(0));
	});
}

#[test]
fn disclosure_fails_when_the_consent_is_used_as_often_as_it_may_be() {
	run(|| {
		let (record, grant) = registered_and_granted();
		UsesLeft::put(0);
		assert_noop!(disclose(grant, record), Error::<Test>::FrequencyExceeded);
		assert_eq!(uses_left(grant), MAX_USES);
	});
}

#[test]
fn disclosure_fails_when_the_version_that_permits_is_not_in_force() {
	run(|| {
		let (record, grant) = registered_and_granted();
		rebase(PATIENT, Basis { version: CURRENT_VERSION + 1, ..BASIS });
		assert_noop!(disclose(grant, record), Error::<Test>::ConsentNotInForce);
	});
}

#[test]
fn asking_counts_nothing() {
	run(|| {
		let (_, grant) = registered_and_granted();
		UsesLeft::put(1);
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Ok(()));
		assert_eq!(UsesLeft::get(), Some(1));
	});
}

#[test]
fn check_fails_when_the_consent_is_used_as_often_as_it_may_be() {
	run(|| {
		let (_, grant) = registered_and_granted();
		UsesLeft::put(0);
		let refused = Err(GrantRefusal::Terms(UseRefusal::FrequencyExceeded));
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), refused);
	});
}

#[test]
fn a_disclosure_that_is_refused_counts_nothing() {
	run(|| {
		let (record, grant) = registered_and_granted();
		UsesLeft::put(1);
		answer(PATIENT, Outcome::Permit, redact(1));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantOutdated);
		assert_eq!(UsesLeft::get(), Some(1));
	});
}
