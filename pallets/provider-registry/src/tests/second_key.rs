//! The second key, and its signatures on single operations.

use crate::{
	mock::*, Error, Event, SecondFactorCount, SecondKey, SecondKeys, REPLACE_SECOND_KEY_TAG,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	operation_hash, AuditAction, DenialReason, Milliseconds, ProviderDirectory, Role, SecondFactor,
	H256,
};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_runtime::{traits::IdentifyAccount, MultiSigner};

const OPERATION: H256 = H256([5; 32]);

fn register(key: SecondKey) -> sp_runtime::DispatchResult {
	ProviderRegistry::register_second_key(signed(dana()), key)
}

fn confirm(factor: Option<&SecondFactor>) -> Result<(), DenialReason> {
	ProviderRegistry::confirm(&dana(), OPERATION, factor, ProviderRegistry::now())
}

const INVALID: Result<(), DenialReason> = Err(DenialReason::SecondFactorInvalid);

fn with_key(body: impl FnOnce()) {
	test(|| {
		enrol_dana();
		assert_ok!(register(second_key(&device())));
		body();
	});
}

fn replacement() -> SecondKey {
	second_key(&sr25519::Pair::from_seed(&[9; 32]))
}

fn replacing(key: SecondKey) -> H256 {
	operation_hash(&(REPLACE_SECOND_KEY_TAG, key))
}

#[test]
fn a_signature_on_the_operation_is_accepted_once() {
	with_key(|| {
		let factor = sign(&device(), &dana(), OPERATION);
		assert_ok!(confirm(Some(&factor)));
		assert_eq!(ProviderRegistry::second_factor_count(dana()), 1);
		assert_eq!(confirm(Some(&factor)), INVALID);
		assert_eq!(ProviderRegistry::second_factor_count(dana()), 1);
		assert_ok!(confirm(Some(&sign(&device(), &dana(), OPERATION))));
	});
}

#[test]
fn keys_of_every_algorithm_sign() {
	let message = |who: &hdx_primitives::AccountId, until| {
		hdx_primitives::second_factor_payload(&System::block_hash(0), who, 0, OPERATION, until)
	};
	let until = Milliseconds(NOW.0 + 1_000);
	test(|| {
		enrol_dana();
		let pair = ed25519::Pair::from_seed(&[1; 32]);
		assert_ok!(register(SecondKey::Ed25519(pair.public().0)));
		let signature = pair.sign(&message(&dana(), until)).into();
		assert_ok!(confirm(Some(&SecondFactor { signature, valid_until: until })));
	});
	test(|| {
		enrol_dana();
		let pair = ecdsa::Pair::from_seed(&[1; 32]);
		assert_ok!(register(SecondKey::Ecdsa(pair.public().0)));
		let signature = pair.sign(&message(&dana(), until)).into();
		assert_ok!(confirm(Some(&SecondFactor { signature, valid_until: until })));
	});
}

#[test]
fn a_signature_by_another_algorithm_is_refused() {
	test(|| {
		enrol_dana();
		// Bytes that are a key of both algorithms.
		let pair = (0..=255)
			.map(|seed| ed25519::Pair::from_seed(&[seed; 32]))
			.find(|pair| SecondKey::Sr25519(pair.public().0).is_sound())
			.unwrap();
		// The same bytes, but said to be an Sr25519 key.
		assert_ok!(register(SecondKey::Sr25519(pair.public().0)));
		let until = Milliseconds(NOW.0 + 1_000);
		let payload = hdx_primitives::second_factor_payload(
			&System::block_hash(0),
			&dana(),
			0,
			OPERATION,
			until,
		);
		let signature = pair.sign(&payload).into();
		assert_eq!(confirm(Some(&SecondFactor { signature, valid_until: until })), INVALID);
	});
}

#[test]
fn a_signature_on_something_else_is_refused() {
	with_key(|| {
		let other = sp_core::sr25519::Pair::from_seed(&[78; 32]);
		for factor in [
			sign(&other, &dana(), OPERATION),
			sign(&device(), &stranger(), OPERATION),
			sign(&device(), &dana(), H256([6; 32])),
			SecondFactor {
				valid_until: Milliseconds(NOW.0 + 2),
				..sign_until(&device(), &dana(), OPERATION, Milliseconds(NOW.0 + 1))
			},
		] {
			assert_eq!(confirm(Some(&factor)), INVALID);
		}
		assert_eq!(SecondFactorCount::<Test>::get(dana()), 0);
	});
}

#[test]
fn a_signature_is_valid_until_its_end_and_not_for_too_long() {
	with_key(|| {
		let until = |at| sign_until(&device(), &dana(), OPERATION, Milliseconds(at));
		assert_eq!(confirm(Some(&until(NOW.0))), INVALID);
		assert_eq!(confirm(Some(&until(NOW.0 + MaxConfirmationAge::get().0 + 1))), INVALID);
		assert_ok!(confirm(Some(&until(NOW.0 + MaxConfirmationAge::get().0))));
		assert_ok!(confirm(Some(&until(NOW.0 + 1))));
	});
}

#[test]
fn a_signature_that_is_missing_is_told_from_a_key_that_is() {
	test(|| {
		enrol_dana();
		assert_eq!(confirm(None), Err(DenialReason::SecondKeyMissing));
		assert_ok!(register(second_key(&device())));
		assert_eq!(confirm(None), Err(DenialReason::SecondFactorMissing));
	});
}

#[test]
fn registering_is_logged_and_announced() {
	with_key(|| {
		assert_eq!(log().last().unwrap().action, AuditAction::SecondKeyChanged);
		assert_eq!(log().last().unwrap().actor, Some(dana()));
		System::assert_last_event(
			Event::SecondKeyChanged {
				practitioner: dana(),
				key_hash: operation_hash(&second_key(&device())),
			}
			.into(),
		);
	});
}

#[test]
fn the_old_key_lets_a_new_one_follow() {
	with_key(|| {
		let factor = sign(&device(), &dana(), replacing(replacement()));
		assert_ok!(ProviderRegistry::replace_second_key(signed(dana()), replacement(), factor));
		assert_eq!(SecondKeys::<Test>::get(dana()), Some(replacement()));
		assert_eq!(confirm(Some(&sign(&device(), &dana(), OPERATION))), INVALID);
	});
}

#[test]
fn a_stolen_account_key_alone_cannot_replace_the_second_key() {
	with_key(|| {
		assert_noop!(register(replacement()), Error::<Test>::SecondKeyExists);
		let forged =
			sign(&sp_core::sr25519::Pair::from_seed(&[9; 32]), &dana(), replacing(replacement()));
		assert_noop!(
			ProviderRegistry::replace_second_key(signed(dana()), replacement(), forged),
			Error::<Test>::SecondFactorInvalid
		);
	});
}

#[test]
fn the_home_operator_sets_a_new_key_where_the_old_one_is_lost() {
	with_key(|| {
		assert_ok!(ProviderRegistry::reset_second_key(
			signed(hospital_operator()),
			dana(),
			replacement()
		));
		assert_eq!(SecondKeys::<Test>::get(dana()), Some(replacement()));
		assert_noop!(
			ProviderRegistry::reset_second_key(
				signed(clinic_operator()),
				dana(),
				second_key(&device())
			),
			Error::<Test>::NotEnrolledByYou
		);
		assert_noop!(
			ProviderRegistry::reset_second_key(signed(dana()), dana(), second_key(&device())),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn the_count_of_signatures_outlives_the_key_and_the_enrolment() {
	with_key(|| {
		let first = sign(&device(), &dana(), OPERATION);
		assert_ok!(confirm(Some(&first)));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_eq!(SecondKeys::<Test>::get(dana()), None);
		enrol_dana();
		assert_ok!(register(second_key(&device())));
		assert_eq!(confirm(Some(&first)), INVALID);
	});
}

#[test]
fn register_fails_when_the_key_is_the_accounts_own() {
	test(|| {
		enrol_dana();
		let own: [u8; 32] = dana().into();
		for key in [SecondKey::Sr25519(own), SecondKey::Ed25519(own)] {
			assert_noop!(register(key), Error::<Test>::SecondKeyIsAccount);
		}
		assert_eq!(SecondKeys::<Test>::iter().count(), 0);
	});
}

#[test]
fn changes_fail_when_the_practitioner_is_unknown() {
	test(|| {
		assert_noop!(register(replacement()), Error::<Test>::PractitionerUnknown);
		let factor = sign(&device(), &dana(), OPERATION);
		assert_noop!(
			ProviderRegistry::replace_second_key(signed(dana()), replacement(), factor),
			Error::<Test>::PractitionerUnknown
		);
		assert_noop!(
			ProviderRegistry::reset_second_key(signed(hospital_operator()), dana(), replacement()),
			Error::<Test>::PractitionerUnknown
		);
	});
}

#[test]
fn replace_fails_when_there_is_no_key_or_the_same() {
	test(|| {
		enrol_dana();
		let factor = sign(&device(), &dana(), replacing(replacement()));
		assert_noop!(
			ProviderRegistry::replace_second_key(signed(dana()), replacement(), factor.clone()),
			Error::<Test>::NoSecondKey
		);
		assert_ok!(register(replacement()));
		assert_noop!(
			ProviderRegistry::replace_second_key(signed(dana()), replacement(), factor),
			Error::<Test>::SecondKeyUnchanged
		);
	});
}

#[test]
fn register_fails_when_everybody_could_sign_with_the_key() {
	test(|| {
		enrol_dana();
		let mut identity = [0; 32];
		identity[0] = 1;
		let refused = [
			SecondKey::Sr25519([0; 32]),
			SecondKey::Ed25519([0; 32]),
			SecondKey::Ed25519(identity),
			SecondKey::Ed25519([255; 32]),
			SecondKey::Ecdsa([0; 33]),
			SecondKey::Ecdsa([4; 33]),
		];
		for key in refused {
			assert_noop!(register(key), Error::<Test>::SecondKeyUnsound);
			assert_noop!(
				ProviderRegistry::reset_second_key(signed(hospital_operator()), dana(), key),
				Error::<Test>::SecondKeyUnsound
			);
		}
	});
}

#[test]
fn register_fails_when_the_key_is_the_accounts_own_in_another_scheme() {
	test(|| {
		let pair = ecdsa::Pair::from_seed(&[5; 32]);
		let key = SecondKey::Ecdsa(pair.public().0);
		let ethereum = MultiSigner::Eth(pair.public().0.into()).into_account();
		for own in [ethereum, key.account()] {
			assert_ok!(enrol(hospital_operator(), own.clone(), &[Role::Physician], current()));
			assert_noop!(
				ProviderRegistry::register_second_key(signed(own), key),
				Error::<Test>::SecondKeyIsAccount
			);
		}
	});
}
