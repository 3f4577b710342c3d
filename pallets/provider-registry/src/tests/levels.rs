//! The three levels, and what takes each away.

use crate::{mock::*, InstitutionStatus, OracleTermsInForce, ReportedStatus, SecondKeys};
use frame_support::assert_ok;
use hdx_primitives::{AssuranceLevel, DenialReason};

fn verified() -> Result<AssuranceLevel, DenialReason> {
	stands(&dana(), AssuranceLevel::Verified).map(|standing| standing.level)
}

const YES: Result<AssuranceLevel, DenialReason> = Ok(AssuranceLevel::Verified);

#[test]
fn each_level_names_what_is_missing_for_the_next() {
	test(|| {
		register_board();
		enrol_dana();
		assert_eq!(verified(), Err(DenialReason::LicenceMissing));
		let licence = attest_dana();
		assert_eq!(verified(), Err(DenialReason::CheckMissing));
		register_oracles();
		assert_eq!(verified(), Err(DenialReason::CheckMissing));
		agree(licence, ReportedStatus::Good);
		assert_eq!(verified(), Err(DenialReason::SecondKeyMissing));
		assert_ok!(ProviderRegistry::register_second_key(signed(dana()), second_key(&device())));
		assert_eq!(verified(), YES);
	});
}

#[test]
fn a_check_that_is_as_old_as_its_time_to_live_is_stale() {
	test(|| {
		verify_dana();
		wait(TTL.0 - 1);
		assert_eq!(verified(), YES);
		wait(1);
		assert_eq!(verified(), Err(DenialReason::CheckStale));
		assert_ok!(stands(&dana(), AssuranceLevel::Attested));
	});
}

#[test]
fn without_terms_nobody_is_verified() {
	new_test_ext().execute_with(|| {
		verify_dana();
		OracleTermsInForce::<Test>::kill();
		assert_eq!(verified(), Err(DenialReason::CheckMissing));
	});
}

#[test]
fn without_a_second_key_nobody_is_verified() {
	new_test_ext().execute_with(|| {
		verify_dana();
		SecondKeys::<Test>::remove(dana());
		assert_eq!(verified(), Err(DenialReason::SecondKeyMissing));
	});
}

#[test]
fn what_takes_the_licence_takes_every_level_above_the_first() {
	test(|| {
		let licence = verify_dana();
		assert_ok!(ProviderRegistry::suspend_credential(signed(board()), dana(), licence));
		assert_eq!(verified(), Err(DenialReason::CredentialSuspended));
		assert_eq!(enrolled(&dana()).unwrap().level, AssuranceLevel::Enrolled);
		assert_ok!(ProviderRegistry::reinstate_credential(signed(board()), dana(), licence));
		assert_eq!(verified(), YES);
		wait(1);
		agree(licence, ReportedStatus::Revoked);
		assert_eq!(verified(), Err(DenialReason::CredentialRevoked));
	});
}

#[test]
fn one_of_two_licences_is_enough() {
	test(|| {
		let first = verify_dana();
		let second = attest_dana_elsewhere();
		assert_ok!(ProviderRegistry::revoke_credential(signed(board()), dana(), first));
		assert_ok!(stands(&dana(), AssuranceLevel::Attested));
		// But the check was the other one's.
		assert_eq!(verified(), Err(DenialReason::CheckMissing));
		wait(1);
		agree(second, ReportedStatus::Good);
		assert_eq!(verified(), YES);
	});
}

#[test]
fn no_level_is_left_at_a_suspended_institution() {
	test(|| {
		verify_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		for required in
			[AssuranceLevel::Enrolled, AssuranceLevel::Attested, AssuranceLevel::Verified]
		{
			assert_eq!(stands(&dana(), required), Err(DenialReason::InstitutionSuspended));
		}
	});
}
