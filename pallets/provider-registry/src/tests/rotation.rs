//! Going on under another account.

use crate::{
	mock::*, Appellant, CredentialsByCommitment, Error, Event, GovernanceHolds, Members,
	OpenAppeals, PractitionerStatus, Practitioners, Retired, Retirement, SecondKeys, Transfers,
	ROTATE_ACCOUNT_TAG,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccountId, Agreement, AppealId, AssuranceLevel, AuditAction, AuditEvent, Commitment,
	DenialReason, Milliseconds, ProviderDirectory, Role, SecondFactor, Subject, H256,
};
use sp_core::{sr25519, Pair};
use sp_runtime::DispatchResult;

fn new_pair() -> sr25519::Pair {
	pair(55)
}

fn new_dana() -> AccountId {
	new_pair().public().into()
}

fn rotate_by(signer: AccountId, factor: Option<SecondFactor>) -> DispatchResult {
	rotate_to(signer, dana(), &new_pair(), factor)
}

/// The home's operator rotates Dana with this agreement and key.
fn rotate_with(agreement: Agreement, key: [u8; 32]) -> DispatchResult {
	let operator = signed(hospital_operator());
	ProviderRegistry::rotate_account(operator, dana(), new_dana(), key, agreement, None)
}

fn rotate_by_herself() -> DispatchResult {
	rotate_by(dana(), Some(sign(&device(), &dana(), operation())))
}

fn operation() -> H256 {
	rotation(&dana(), &new_dana())
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

		let expected = crate::PractitionerOf::<Test> { key_agreement: NEW_KEY, ..before };
		assert_eq!(practitioner(&new_dana()), expected);
		assert!(!Practitioners::<Test>::contains_key(dana()));
		assert_eq!(SecondKeys::<Test>::get(new_dana()), Some(second_key(&device())));
		assert_eq!(SecondKeys::<Test>::get(dana()), None);
		assert!(GovernanceHolds::<Test>::contains_key(new_dana()));
		assert!(Transfers::<Test>::contains_key(new_dana()));
		assert_eq!(
			OpenAppeals::<Test>::get(Appellant::Practitioner(new_dana())),
			Some(AppealId(0))
		);
		for institution in [HOSPITAL, CLINIC] {
			assert!(Members::<Test>::contains_key(institution, new_dana()));
			assert!(!Members::<Test>::contains_key(institution, dana()));
		}
		let crate::Credential { commitment, issuer, .. } = credential_by_id(&new_dana(), licence);
		assert_eq!(
			CredentialsByCommitment::<Test>::get(commitment, issuer),
			Some((new_dana(), licence))
		);
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
		let refused = |agreement| {
			assert_noop!(rotate_with(agreement, NEW_KEY), Error::<Test>::NewAccountDoesNotConsent);
		};
		refused(agree_to_follow(&pair(66), &dana(), &new_dana()));
		refused(agree_to_follow(&new_pair(), &stranger(), &new_dana()));
		refused(agree_to_follow(&new_pair(), &dana(), &stranger()));
		let good = agree_to_follow(&new_pair(), &dana(), &new_dana());
		let sooner = Milliseconds(good.valid_until.0 - 1);
		refused(Agreement { valid_until: sooner, ..good.clone() });
		let of_version_1 = (ROTATE_ACCOUNT_TAG, System::block_hash(0), dana(), new_dana());
		let signature = new_pair().sign(&of_version_1.encode()).into();
		refused(Agreement { signature, ..good });
	});
}

#[test]
fn an_agreement_that_is_long_forgotten_rotates_nobody() {
	test(|| {
		enrol_dana();
		let agreement = agree_to_follow(&new_pair(), &dana(), &new_dana());
		wait(MaxAgreementAge::get().0);
		assert_noop!(rotate_with(agreement, NEW_KEY), Error::<Test>::AgreementOutdated);
	});
}

#[test]
fn an_agreement_is_not_valid_for_longer_than_it_may_be() {
	test(|| {
		enrol_dana();
		wait(1);
		let agreement = agree_to_follow(&new_pair(), &dana(), &new_dana());
		Timestamp::set_timestamp(ProviderRegistry::now().0 - 1);
		assert_noop!(rotate_with(agreement, NEW_KEY), Error::<Test>::AgreementTooLong);
	});
}

#[test]
fn the_key_of_a_stolen_device_counts_no_more_unless_the_new_account_says_so() {
	test(|| {
		enrol_dana();
		let old = practitioner(&dana()).key_agreement;
		let agreement = agree_to_follow(&new_pair(), &dana(), &new_dana());
		// Nobody else chooses the key, the home included.
		assert_noop!(rotate_with(agreement.clone(), old), Error::<Test>::NewAccountDoesNotConsent);
		assert_ok!(rotate_with(agreement, NEW_KEY));
		assert_eq!(practitioner(&new_dana()).key_agreement, NEW_KEY);
	});
}

#[test]
fn a_second_keys_signature_is_on_the_new_key_too() {
	test(|| {
		verify_dana();
		let other = hdx_primitives::rotate_account_operation(&dana(), &new_dana(), &[1; 32]);
		assert_noop!(
			rotate_by(dana(), Some(sign(&device(), &dana(), other))),
			Error::<Test>::SecondFactorInvalid
		);
	});
}

#[test]
fn others_are_told_that_the_old_account_is_given_up() {
	test(|| {
		enrol_dana();
		assert!(given_up().is_empty());
		assert_ok!(rotate_by(hospital_operator(), None));
		assert_eq!(given_up(), [dana()]);
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
			let agreement = agree_to_follow(&new_pair(), &dana(), &account);
			let operator = signed(hospital_operator());
			ProviderRegistry::rotate_account(operator, dana(), account, NEW_KEY, agreement, None)
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
		let agreement = agree_to_follow(&third, &new_dana(), &newest);
		let rotated = ProviderRegistry::rotate_account(
			signed(hospital_operator()),
			new_dana(),
			newest.clone(),
			NEW_KEY,
			agreement,
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
