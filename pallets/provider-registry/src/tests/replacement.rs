//! Governance gives what an account was registered for to another account.

use crate::{
	mock::*, CredentialKind, Error, Event, GovernanceHolds, InstitutionByOperator,
	InstitutionStatus, Institutions, IssuerByAccount, Issuers, Oracles, PractitionerStatus,
	ReportedStatus, Reports, Retired, Retirement,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditAction, AuditEvent, DenialReason, ProviderDirectory,
	RetiredAccounts, Role, Subject,
};
use sp_runtime::DispatchResult;

fn replace(from: AccountId, to: AccountId) -> DispatchResult {
	ProviderRegistry::replace_account(RuntimeOrigin::root(), from, to)
}

fn new_operator() -> AccountId {
	account(150)
}

#[test]
fn a_stolen_operators_key_can_do_nothing_from_that_block_on() {
	test(|| {
		enrol_dana();
		assert_ok!(replace(hospital_operator(), new_operator()));
		assert_eq!(Institutions::<Test>::get(HOSPITAL).unwrap().operator, new_operator());
		assert_eq!(ProviderRegistry::operated_by(&hospital_operator()), None);
		let by_thief = |call: DispatchResult| {
			assert_eq!(call, Err(Error::<Test>::NotAnOperator.into()));
		};
		by_thief(enrol(hospital_operator(), account(2), &[Role::Nurse], current()));
		by_thief(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		by_thief(ProviderRegistry::offer_transfer(signed(hospital_operator()), dana(), CLINIC));
		by_thief(rotate_to(hospital_operator(), dana(), &pair(55), None));
		assert_ok!(enrolled(&dana()));
		assert_ok!(enrol(new_operator(), account(2), &[Role::Nurse], current()));
	});
}

#[test]
fn a_replacement_is_announced_and_logged() {
	test(|| {
		assert_ok!(replace(hospital_operator(), new_operator()));
		System::assert_last_event(
			Event::AccountReplaced {
				from: hospital_operator(),
				to: new_operator(),
				institution: Some(HOSPITAL),
				issuer: None,
				is_oracle: false,
			}
			.into(),
		);
		let (from, to) = (hospital_operator().into(), new_operator().into());
		assert_eq!(
			log(),
			[AuditEvent {
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::Rotation { from, to },
				..AuditEvent::new(AuditAction::AccountReplaced)
			}]
		);
		assert_eq!(given_up(), [hospital_operator()]);
	});
}

#[test]
fn an_account_that_was_replaced_is_never_anybodys_again() {
	test(|| {
		let old = hospital_operator();
		assert_ok!(replace(old.clone(), new_operator()));
		assert_eq!(Retired::<Test>::get(&old), Some(Retirement::Replaced { to: new_operator() }));
		assert_eq!(ProviderRegistry::successor(old.clone()), Some(new_operator()));
		assert!(ProviderRegistry::is_retired(&old));
		assert_eq!((System::sufficients(&old), System::sufficients(&new_operator())), (1, 1));
		let away = || Error::<Test>::AccountRotatedAway;
		let root = RuntimeOrigin::root;
		let clinic = crate::InstitutionKind::Clinic;
		assert_noop!(
			ProviderRegistry::register_institution(root(), old.clone(), clinic, [0; 32]),
			away()
		);
		assert_noop!(ProviderRegistry::register_oracle(root(), old.clone(), None), away());
		let licence = kinds(&[CredentialKind::Licence]);
		assert_noop!(
			ProviderRegistry::register_issuer(root(), old.clone(), licence, [0; 32]),
			away()
		);
		assert_noop!(enrol(clinic_operator(), old.clone(), &[Role::Nurse], current()), away());
		assert_noop!(replace(clinic_operator(), old.clone()), away());
		assert_noop!(replace(old, account(151)), Error::<Test>::NoOffice);
	});
}

#[test]
fn a_proposal_that_was_made_before_another_replacement_does_nothing() {
	test(|| {
		assert_ok!(replace(hospital_operator(), new_operator()));
		assert_noop!(replace(hospital_operator(), account(151)), Error::<Test>::NoOffice);
		assert_eq!(Institutions::<Test>::get(HOSPITAL).unwrap().operator, new_operator());
	});
}

#[test]
fn a_stolen_issuers_key_attests_nothing_and_what_was_attested_stands() {
	test(|| {
		let licence = verify_dana();
		let new_board = account(152);
		assert_ok!(replace(board(), new_board.clone()));
		assert_eq!(Issuers::<Test>::get(BOARD).unwrap().account, new_board);
		assert_eq!(IssuerByAccount::<Test>::get(board()), None);
		assert_ok!(stands(&dana(), AssuranceLevel::Verified));
		let revoke = |who| ProviderRegistry::revoke_credential(signed(who), dana(), licence);
		assert_noop!(revoke(board()), Error::<Test>::NotAnIssuer);
		assert_noop!(
			ProviderRegistry::attest_credential(
				signed(board()),
				dana(),
				CredentialKind::BoardCertification,
				fresh_commitment(),
				current()
			),
			Error::<Test>::NotAnIssuer
		);
		assert_ok!(revoke(new_board));
	});
}

#[test]
fn a_stolen_key_keeps_no_office_of_those_that_it_had() {
	test(|| {
		let root = RuntimeOrigin::root;
		let licence = kinds(&[CredentialKind::Licence]);
		let old = hospital_operator();
		assert_ok!(ProviderRegistry::register_issuer(root(), old.clone(), licence, [0; 32]));
		assert_ok!(replace(old.clone(), new_operator()));
		assert_eq!(IssuerByAccount::<Test>::get(&old), None);
		assert_eq!(IssuerByAccount::<Test>::get(new_operator()), Some(BOARD));
		// The institution still takes its operator's office as an issuer along.
		let suspended = InstitutionStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_institution_status(root(), HOSPITAL, suspended));
		let stored = Issuers::<Test>::get(BOARD).unwrap();
		assert!(!ProviderRegistry::issuer_may_act(&stored));
	});
}

#[test]
fn what_a_replaced_oracle_reported_counts_no_more() {
	test(|| {
		let licence = license_dana();
		register_oracles();
		assert_ok!(ProviderRegistry::register_second_key(signed(dana()), second_key(&device())));
		assert_ok!(report(0, licence, ReportedStatus::Good, NOW.0));
		wait(1);
		let new = account(153);
		assert_ok!(replace(oracle(0), new.clone()));
		assert!(!Oracles::<Test>::contains_key(oracle(0)));
		assert_eq!(Oracles::<Test>::get(&new).unwrap().registered_at, ProviderRegistry::now());
		let report_now = |who: AccountId, at| {
			ProviderRegistry::report_status(
				signed(who),
				dana(),
				licence,
				ReportedStatus::Good,
				EVIDENCE,
				at,
			)
		};
		assert_noop!(report_now(oracle(0), ProviderRegistry::now()), Error::<Test>::NotAnOracle);
		// A look of before the replacement, told by the new account, is no voice either.
		assert_ok!(report_now(new.clone(), NOW));
		assert_ok!(report_now(oracle(1), ProviderRegistry::now()));
		assert_eq!(
			stands(&dana(), AssuranceLevel::Verified).map(|_| ()),
			Err(DenialReason::CheckMissing)
		);
		assert_ok!(report_now(new, ProviderRegistry::now()));
		assert_ok!(stands(&dana(), AssuranceLevel::Verified));
		assert!(Reports::<Test>::get(licence).iter().all(|last| last.oracle != oracle(0)));
	});
}

#[test]
fn replace_fails_when_the_new_account_is_somebody() {
	test(|| {
		verify_dana();
		let fails = |to, error: Error<Test>| {
			assert_noop!(replace(hospital_operator(), to), error);
		};
		fails(hospital_operator(), Error::<Test>::OperatorTaken);
		fails(clinic_operator(), Error::<Test>::OperatorTaken);
		fails(board(), Error::<Test>::IssuerTaken);
		fails(oracle(0), Error::<Test>::OracleTaken);
		fails(dana(), Error::<Test>::AccountIsPractitioner);
		assert_ok!(enrol(hospital_operator(), account(2), &[Role::Nurse], current()));
		let remove = |who| ProviderRegistry::remove_practitioner(signed(hospital_operator()), who);
		assert_ok!(remove(account(2)));
		let hold = PractitionerStatus::Suspended(REASON);
		let root = RuntimeOrigin::root;
		assert_ok!(ProviderRegistry::set_practitioner_status(root(), account(2), hold));
		fails(account(2), Error::<Test>::HeldByGovernance);
		assert_ok!(enrol(hospital_operator(), account(3), &[Role::Nurse], current()));
		assert_ok!(rotate_to(hospital_operator(), account(3), &pair(55), None));
		fails(account(3), Error::<Test>::AccountRotatedAway);
		let new: AccountId = sp_core::Pair::public(&pair(55)).into();
		assert_ok!(remove(new.clone()));
		fails(new, Error::<Test>::AccountHasPast);
	});
}

#[test]
fn replace_fails_when_the_old_account_holds_no_office() {
	test(|| {
		enrol_dana();
		for nobody in [dana(), stranger()] {
			assert_noop!(replace(nobody, new_operator()), Error::<Test>::NoOffice);
		}
	});
}

#[test]
fn an_account_that_was_removed_before_is_somebodys_again() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_ok!(replace(hospital_operator(), dana()));
		assert_eq!(Retired::<Test>::get(dana()), None);
		assert_eq!(InstitutionByOperator::<Test>::get(dana()), Some(HOSPITAL));
	});
}

#[test]
fn a_hold_on_an_operators_past_ends_with_the_account() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		let root = RuntimeOrigin::root;
		let clinic = crate::InstitutionKind::Clinic;
		assert_ok!(ProviderRegistry::register_institution(root(), dana(), clinic, [0; 32]));
		let hold = PractitionerStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_practitioner_status(root(), dana(), hold));
		assert_ok!(replace(dana(), new_operator()));
		assert!(!GovernanceHolds::<Test>::contains_key(dana()));
	});
}

#[test]
fn others_are_told_when_an_institution_is_suspended_reinstated_or_gets_another_operator() {
	let suspended = InstitutionStatus::Suspended(crate::SuspensionReason::Investigation);
	let set =
		|status| ProviderRegistry::set_institution_status(RuntimeOrigin::root(), HOSPITAL, status);
	test(|| {
		assert_eq!(ProviderRegistry::voice_of(HOSPITAL), Some(hospital_operator()));
		assert_ok!(set(suspended));
		assert_eq!(ProviderRegistry::voice_of(HOSPITAL), None);
		assert_ok!(set(InstitutionStatus::Active));
		assert_ok!(replace(hospital_operator(), new_operator()));
		assert_eq!(ProviderRegistry::voice_of(HOSPITAL), Some(new_operator()));
		assert_eq!(changed_voices(), [HOSPITAL, HOSPITAL, HOSPITAL]);
	});
}
