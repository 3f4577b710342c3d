//! Going on under another account.

use crate::{
	mock::*, Appeals, Appellant, CredentialsByCommitment, Error, Event, GovernanceHolds, Members,
	PractitionerStatus, Practitioners, Retired, Retirement, SecondKeys, Transfers,
	ROTATE_ACCOUNT_TAG,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	operation_hash, AccountId, AssuranceLevel, AuditAction, AuditEvent, Commitment, DenialReason,
	ProviderDirectory, Role, SecondFactor, Subject, H256,
};
use sp_core::{sr25519, Pair};
use sp_runtime::{DispatchResult, MultiSignature};

fn new_pair() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[55; 32])
}

fn new_dana() -> AccountId {
	new_pair().public().into()
}

fn consent_of(pair: &sr25519::Pair, from: &AccountId, to: &AccountId) -> MultiSignature {
	let genesis = System::block_hash(0);
	pair.sign(&(ROTATE_ACCOUNT_TAG, genesis, from, to).encode()).into()
}

fn rotate_by(signer: AccountId, factor: Option<SecondFactor>) -> DispatchResult {
	let consent = consent_of(&new_pair(), &dana(), &new_dana());
	ProviderRegistry::rotate_account(signed(signer), dana(), new_dana(), consent, factor)
}

fn rotate_by_herself() -> DispatchResult {
	rotate_by(dana(), Some(sign(&device(), &dana(), operation())))
}

fn operation() -> H256 {
	operation_hash(&(ROTATE_ACCOUNT_TAG, dana(), new_dana()))
}

#[test]
fn everything_moves_to_the_new_account() {
	test(|| {
		let licence = verify_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_ok!(ProviderRegistry::offer_transfer(signed(hospital_operator()), dana(), CLINIC));
		assert_ok!(ProviderRegistry::set_practitioner_status(
			RuntimeOrigin::root(),
			dana(),
			PractitionerStatus::Suspended(REASON)
		));
		assert_ok!(ProviderRegistry::appeal(signed(dana()), Commitment([1; 32])));
		let before = practitioner(&dana());
		assert_ok!(rotate_by_herself());

		assert_eq!(practitioner(&new_dana()), before);
		assert!(!Practitioners::<Test>::contains_key(dana()));
		assert_eq!(SecondKeys::<Test>::get(new_dana()), Some(second_key(&device())));
		assert_eq!(SecondKeys::<Test>::get(dana()), None);
		assert!(GovernanceHolds::<Test>::contains_key(new_dana()));
		assert!(Transfers::<Test>::contains_key(new_dana()));
		assert!(Appeals::<Test>::contains_key(Appellant::Practitioner(new_dana())));
		for institution in [HOSPITAL, CLINIC] {
			assert!(Members::<Test>::contains_key(institution, new_dana()));
			assert!(!Members::<Test>::contains_key(institution, dana()));
		}
		let commitment = credential_by_id(&new_dana(), licence).commitment;
		assert_eq!(CredentialsByCommitment::<Test>::get(commitment), Some((new_dana(), licence)));
		System::assert_last_event(Event::AccountRotated { from: dana(), to: new_dana() }.into());
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(dana()),
				subject: Subject::Rotation { from: dana().into(), to: new_dana().into() },
				..AuditEvent::new(AuditAction::AccountRotated)
			})
		);
	});
}

#[test]
fn the_old_account_is_refused_with_a_reason_of_its_own_and_goes_on_to_exist() {
	test(|| {
		verify_dana();
		System::inc_account_nonce(dana());
		assert_ok!(rotate_by_herself());
		assert_eq!(enrolled(&dana()), Err(DenialReason::KeyRotated));
		assert_ok!(stands(&new_dana(), AssuranceLevel::Verified));
		let retired = Retirement::Rotated { to: new_dana(), home: HOSPITAL };
		assert_eq!(Retired::<Test>::get(dana()), Some(retired));
		assert_eq!(ProviderRegistry::successor(dana()), Some(new_dana()));
		assert_eq!((System::sufficients(&dana()), System::account_nonce(dana())), (1, 1));
		assert_eq!(System::sufficients(&new_dana()), 1);
	});
}

#[test]
fn an_account_that_was_rotated_away_is_never_anybodys_again() {
	test(|| {
		enrol_dana();
		assert_ok!(rotate_by(hospital_operator(), None));
		let away = || Error::<Test>::AccountRotatedAway;
		assert_noop!(enrol(clinic_operator(), dana(), &[Role::Nurse], current()), away());
		let root = RuntimeOrigin::root;
		assert_noop!(
			ProviderRegistry::register_institution(
				root(),
				dana(),
				crate::InstitutionKind::Clinic,
				[0; 32]
			),
			away()
		);
		let licence = kinds(&[crate::CredentialKind::Licence]);
		assert_noop!(ProviderRegistry::register_issuer(root(), dana(), licence, [0; 32]), away());
		assert_noop!(ProviderRegistry::register_oracle(root(), dana(), None), away());
	});
}

#[test]
fn a_stolen_account_key_alone_cannot_take_the_practitioner_along() {
	test(|| {
		verify_dana();
		assert_noop!(rotate_by(dana(), None), Error::<Test>::SecondFactorMissing);
		let thief = sr25519::Pair::from_seed(&[66; 32]);
		assert_noop!(
			rotate_by(dana(), Some(sign(&thief, &dana(), operation()))),
			Error::<Test>::SecondFactorInvalid
		);
	});
}

#[test]
fn rotate_fails_when_the_new_account_does_not_consent() {
	test(|| {
		enrol_dana();
		let refused = |consent| {
			assert_noop!(
				ProviderRegistry::rotate_account(signed(dana()), dana(), new_dana(), consent, None),
				Error::<Test>::NewAccountDoesNotConsent
			);
		};
		let other = sr25519::Pair::from_seed(&[66; 32]);
		refused(consent_of(&other, &dana(), &new_dana()));
		refused(consent_of(&new_pair(), &stranger(), &new_dana()));
		refused(consent_of(&new_pair(), &dana(), &stranger()));
		refused(new_pair().sign(&(dana(), new_dana()).encode()).into());
	});
}

#[test]
fn rotate_fails_when_the_caller_may_not() {
	test(|| {
		assert_noop!(rotate_by(dana(), None), Error::<Test>::PractitionerUnknown);
		enrol_dana();
		assert_noop!(rotate_by(clinic_operator(), None), Error::<Test>::NotEnrolledByYou);
		assert_noop!(rotate_by(stranger(), None), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn rotate_fails_when_the_new_account_is_somebody_else() {
	test(|| {
		verify_dana();
		let to = |account: AccountId| {
			let consent = consent_of(&new_pair(), &dana(), &account);
			ProviderRegistry::rotate_account(
				signed(hospital_operator()),
				dana(),
				account,
				consent,
				None,
			)
		};
		assert_noop!(to(dana()), Error::<Test>::AlreadyEnrolled);
		assert_noop!(to(clinic_operator()), Error::<Test>::AccountIsOperator);
		assert_noop!(to(board()), Error::<Test>::AccountIsIssuer);
		assert_noop!(to(oracle(0)), Error::<Test>::AccountIsOracle);
		assert_noop!(to(device().public().into()), Error::<Test>::SecondKeyIsAccount);
	});
}

#[test]
fn accounts_of_one_practitioner_are_known_to_be_the_same_person_however_often_they_moved() {
	test(|| {
		let same = |one: &AccountId, other: &AccountId| {
			let one_way = ProviderRegistry::are_same_practitioner(one, other);
			assert_eq!(one_way, ProviderRegistry::are_same_practitioner(other, one));
			one_way
		};
		verify_dana();
		assert!(same(&dana(), &dana()));
		assert!(!same(&dana(), &new_dana()));
		assert_ok!(rotate_by_herself());
		let third = sr25519::Pair::from_seed(&[56; 32]);
		let newest: AccountId = third.public().into();
		let consent = consent_of(&third, &new_dana(), &newest);
		let rotated = ProviderRegistry::rotate_account(
			signed(hospital_operator()),
			new_dana(),
			newest.clone(),
			consent,
			None,
		);
		assert_ok!(rotated);
		let accounts = [dana(), new_dana(), newest];
		for one in &accounts {
			assert!(accounts.iter().all(|other| same(one, other)));
			assert!(!same(one, &stranger()) && !same(one, &hospital_operator()));
		}
	});
}
