//! Who the oracles are, and on which terms.

use crate::{mock::*, Error, Event, OracleCount, OracleTerms, Oracles, RegistrationStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, AuditAction, InstitutionId, Milliseconds, Role};
use sp_runtime::DispatchResult;

fn register(who: AccountId, institution: Option<InstitutionId>) -> DispatchResult {
	ProviderRegistry::register_oracle(RuntimeOrigin::root(), who, institution)
}

fn set(terms: OracleTerms) -> DispatchResult {
	ProviderRegistry::set_oracle_terms(RuntimeOrigin::root(), terms)
}

#[test]
fn governance_registers_and_removes_an_oracle() {
	test(|| {
		assert_ok!(register(oracle(0), Some(HOSPITAL)));
		assert_eq!(System::sufficients(&oracle(0)), 1);
		assert_eq!(log().last().unwrap().action, AuditAction::OracleRegistered);
		assert_ok!(ProviderRegistry::remove_oracle(RuntimeOrigin::root(), oracle(0)));
		System::assert_last_event(Event::OracleRemoved { oracle: oracle(0) }.into());
		assert_eq!(OracleCount::<Test>::get(), 0);
		// The account goes on, and is taken up again.
		assert_eq!(System::sufficients(&oracle(0)), 1);
		assert_ok!(register(oracle(0), None));
		assert_eq!(System::sufficients(&oracle(0)), 1);
	});
}

#[test]
fn reinstating_forgives() {
	test(|| {
		register_oracles();
		Oracles::<Test>::mutate(oracle(0), |stored| stored.as_mut().unwrap().misbehaviour = 1);
		let set =
			|status| ProviderRegistry::set_oracle_status(RuntimeOrigin::root(), oracle(0), status);
		assert_noop!(set(RegistrationStatus::Active), Error::<Test>::StatusUnchanged);
		assert_ok!(set(RegistrationStatus::Suspended(REASON)));
		assert_eq!(Oracles::<Test>::get(oracle(0)).unwrap().misbehaviour, 1);
		assert_ok!(set(RegistrationStatus::Active));
		assert_eq!(Oracles::<Test>::get(oracle(0)).unwrap().misbehaviour, 0);
	});
}

#[test]
fn register_fails_when_the_account_is_somebody_else() {
	test(|| {
		license_dana();
		register_oracles();
		assert_noop!(register(oracle(0), None), Error::<Test>::OracleTaken);
		assert_noop!(register(dana(), None), Error::<Test>::AccountIsPractitioner);
		assert_noop!(register(board(), None), Error::<Test>::AccountIsIssuer);
		assert_noop!(register(stranger(), Some(NOBODY)), Error::<Test>::InstitutionUnknown);
		assert_noop!(
			enrol(hospital_operator(), oracle(0), &[Role::Nurse], current()),
			Error::<Test>::AccountIsOracle
		);
	});
}

#[test]
fn register_fails_when_there_are_too_many() {
	test(|| {
		for number in 0..4 {
			assert_ok!(register(oracle(number), None));
		}
		assert_noop!(register(oracle(4), None), Error::<Test>::TooManyOracles);
	});
}

#[test]
fn changes_fail_when_the_oracle_is_unknown() {
	test(|| {
		assert_noop!(
			ProviderRegistry::remove_oracle(RuntimeOrigin::root(), oracle(0)),
			Error::<Test>::OracleUnknown
		);
		assert_noop!(
			ProviderRegistry::set_oracle_status(
				RuntimeOrigin::root(),
				oracle(0),
				RegistrationStatus::Active
			),
			Error::<Test>::OracleUnknown
		);
	});
}

#[test]
fn terms_fail_when_they_mean_nothing() {
	test(|| {
		for (terms, error) in [
			(OracleTerms { quorum: 0, ..TERMS }, Error::<Test>::QuorumOfNobody),
			(OracleTerms { quorum: 5, ..TERMS }, Error::<Test>::QuorumTooLarge),
			(OracleTerms { ttl: Milliseconds(0), ..TERMS }, Error::<Test>::ChecksForNoTime),
			(
				OracleTerms { report_lifetime: Milliseconds(0), ..TERMS },
				Error::<Test>::ReportsForNoTime,
			),
			(OracleTerms { max_misbehaviour: 0, ..TERMS }, Error::<Test>::NoMisbehaviourAllowed),
		] {
			assert_noop!(set(terms), error);
		}
		assert_eq!(ProviderRegistry::oracle_terms(), None);
		assert_ok!(set(OracleTerms { quorum: 4, ..TERMS }));
		assert_eq!(ProviderRegistry::oracle_terms().unwrap().quorum, 4);
	});
}
