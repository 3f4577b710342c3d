//! What a home's operator alone can do, and what not.

use crate::{mock::*, Error, Event, Members, Recoveries, ReportedStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditAction, DenialReason, InstitutionId, Role, SecondFactor,
};
use sp_core::{sr25519, Pair};
use sp_runtime::DispatchResult;

const UNCONFIRMED: DenialReason = DenialReason::LicenceUnconfirmed;

fn new_pair() -> sr25519::Pair {
	pair(55)
}

fn new_dana() -> AccountId {
	new_pair().public().into()
}

fn rotate(signer: AccountId, factor: Option<SecondFactor>) -> DispatchResult {
	rotate_to(signer, dana(), &new_pair(), factor)
}

fn reset(who: AccountId) {
	let key = second_key(&sr25519::Pair::from_seed(&[78; 32]));
	assert_ok!(ProviderRegistry::reset_second_key(signed(hospital_operator()), who, key));
}

fn level(who: &AccountId, required: AssuranceLevel) -> Result<(), DenialReason> {
	stands(who, required).map(|_| ())
}

#[test]
fn a_homes_operator_alone_makes_nobody_licensed_by_rotating_and_resetting() {
	test(|| {
		verify_dana();
		wait(1);
		assert_ok!(rotate(hospital_operator(), None));
		reset(new_dana());
		for required in [AssuranceLevel::Attested, AssuranceLevel::Verified] {
			assert_eq!(level(&new_dana(), required), Err(UNCONFIRMED));
		}
		assert_eq!(enrolled(&new_dana()).unwrap().level, AssuranceLevel::Enrolled);
	});
}

#[test]
fn a_reset_second_key_verifies_nobody_until_the_issuer_renews() {
	test(|| {
		let licence = verify_dana();
		reset(dana());
		// In the moment of the recovery as well.
		assert_eq!(level(&dana(), AssuranceLevel::Attested), Err(UNCONFIRMED));
		wait(1);
		agree(licence, ReportedStatus::Good);
		assert_eq!(level(&dana(), AssuranceLevel::Verified), Err(UNCONFIRMED));
		assert_ok!(ProviderRegistry::renew_credential(
			signed(board()),
			dana(),
			licence,
			fresh_commitment(),
			current()
		));
		assert_ok!(level(&dana(), AssuranceLevel::Attested));
		wait(1);
		agree(licence, ReportedStatus::Good);
		assert_ok!(level(&dana(), AssuranceLevel::Verified));
	});
}

#[test]
fn a_recovery_leaves_the_home_as_the_only_affiliation() {
	test(|| {
		verify_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_ok!(rotate(hospital_operator(), None));
		let practitioner = dana();
		let ended = Event::AffiliationEnded { practitioner, institution: CLINIC };
		System::assert_has_event(ended.into());
		let actions: Vec<_> = log().iter().rev().take(2).map(|entry| entry.action).collect();
		assert_eq!(actions, [AuditAction::AccountRotated, AuditAction::AffiliationEnded]);
		assert_eq!(practitioner_affiliations(), [HOSPITAL]);
		assert!(!Members::<Test>::contains_key(CLINIC, new_dana()));
		let now = ProviderRegistry::now();
		assert_eq!(
			<ProviderRegistry as hdx_primitives::ProviderDirectory>::standing(
				&new_dana(),
				CLINIC,
				Role::Physician,
				AssuranceLevel::Enrolled,
				now
			),
			Err(DenialReason::NotAffiliated)
		);
	});
}

fn practitioner_affiliations() -> Vec<InstitutionId> {
	practitioner(&new_dana()).affiliations.into_inner()
}

#[test]
fn a_rotation_with_the_second_key_is_no_recovery_and_ends_none() {
	test(|| {
		verify_dana();
		let operation = rotation(&dana(), &new_dana());
		assert_ok!(rotate(dana(), Some(sign(&device(), &dana(), operation))));
		assert_eq!(Recoveries::<Test>::get(new_dana()), None);
		assert_ok!(level(&new_dana(), AssuranceLevel::Verified));
	});
	test(|| {
		verify_dana();
		// The first recovery sets the key back that she has.
		reset(dana());
		let key = second_key(&device());
		assert_ok!(ProviderRegistry::reset_second_key(signed(hospital_operator()), dana(), key));
		let operation = rotation(&dana(), &new_dana());
		assert_ok!(rotate(dana(), Some(sign(&device(), &dana(), operation))));
		assert_eq!(Recoveries::<Test>::get(dana()), None);
		assert_eq!(level(&new_dana(), AssuranceLevel::Attested), Err(UNCONFIRMED));
	});
}

#[test]
fn a_stolen_account_key_takes_nobody_along_where_there_is_no_second_key() {
	test(|| {
		enrol_dana();
		assert_noop!(rotate(dana(), None), Error::<Test>::NoSecondKey);
		assert_ok!(rotate(hospital_operator(), None));
	});
}
