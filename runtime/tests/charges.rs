//! What calls are charged once they were carried out: what they looked at, and not the most that they could have.

use crate::world::*;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight, BoundedVec};
use hdx_primitives::{
	engine::{terminology::purpose, MAX_PROVISIONS},
	AccessRequest, AccountId, Commitment, ConsentDecider, DenialReason, LookedAt, Milliseconds,
	Period, ProviderDirectory, RecordId, Role, SecondFactor, Target, TemplateId, H256,
};
use hdx_runtime::{
	weights::around, Consent, ProviderRegistry, Runtime, RuntimeCall, RuntimeOrigin,
};
use pallet_balances::WeightInfo as _;
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::CredentialKind;
use pallet_record_access::{
	weights::{batch, request as request_weight},
	Call, GrantUse, GrantUses, WeightInfo,
};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, MultiSignature};

type Access = <Runtime as pallet_record_access::Config>::WeightInfo;

/// What a call is charged before and after.
fn charged(call: Call<Runtime>, by: AccountId) -> (Weight, Weight) {
	let call = RuntimeCall::from(call);
	let before = call.get_dispatch_info().call_weight;
	let after = call.dispatch(RuntimeOrigin::signed(by)).unwrap().actual_weight.unwrap();
	assert!(after.all_lte(before), "{after:?} of {before:?}");
	(before, after)
}

fn most() -> u32 {
	<Consent as ConsentDecider>::max_consents()
}

fn credentials() -> u32 {
	<ProviderRegistry as ProviderDirectory>::max_credentials()
}

/// What a request is charged before it is made.
fn dearest(second_keys: u32) -> Weight {
	let looked_at = LookedAt::full(most()).and_one_again();
	request_weight::<Access>(looked_at, credentials(), second_keys)
}

/// A consent of so many provisions, as large as the world's: it permits, and each but the first withholds a label.
fn consent_of(provisions: u32) {
	let mut policy = treatment_without_psychiatry();
	let denies = policy.provisions.last().unwrap().clone();
	policy.provisions.truncate(1);
	for _ in 1..provisions {
		policy.provisions.try_push(denies.clone()).unwrap();
	}
	assert_ok!(Consent::grant(
		RuntimeOrigin::signed(patient()),
		policy,
		SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
		ConsentTerms::default(),
	));
}

fn asking(request: AccessRequest) -> Call<Runtime> {
	Call::request_access { request, second_factor: None }
}

/// Of one credential, and without a second key.
fn charge(consents: u32, provisions: u32) -> Weight {
	request_weight::<Access>(LookedAt { consents, provisions }, 1, 0)
}

#[test]
fn a_request_is_charged_by_what_was_looked_at() {
	world(|| {
		let mut so_far = LookedAt::default();
		let mut last: Option<Weight> = None;
		for provisions in [1, 8, MAX_PROVISIONS] {
			let (before, after) = charged(asking(request()), doctor());
			assert_eq!(before, dearest(0));
			assert_eq!(after, charge(so_far.consents, so_far.provisions));
			if let Some(last) = last.replace(after) {
				assert!(after.ref_time() > last.ref_time(), "{after} after {last}");
			}
			consent_of(provisions);
			so_far.consents += 1;
			so_far.provisions += provisions;
		}
		assert_eq!(charged(asking(request()), doctor()).1, charge(3, 9 + MAX_PROVISIONS));
	});
}

#[test]
fn a_small_consent_is_charged_less_than_a_large_one() {
	let of = |provisions| {
		let mut after = Weight::zero();
		world(|| {
			consent_of(provisions);
			after = charged(asking(request()), doctor()).1;
		});
		assert_eq!(after, charge(1, provisions));
		after.ref_time()
	};
	assert!(of(1) < of(8));
	assert!(of(8) < of(MAX_PROVISIONS));
}

#[test]
fn a_request_that_is_denied_before_consents_is_charged_for_none() {
	world(|| {
		consent_of(MAX_PROVISIONS);
		let denied = AccessRequest { role: Role::Pharmacist, ..request() };
		let (_, after) = charged(asking(denied), doctor());
		assert_eq!(after, charge(0, 0));
	});
}

#[test]
fn a_request_that_consents_deny_is_charged_for_what_was_looked_at() {
	world(|| {
		consent_of(8);
		let denied = AccessRequest { purpose: purpose::PATRQT, ..request() };
		assert_eq!(ask(denied.clone()), Err(DenialReason::NoConsent));
		assert_eq!(charged(asking(denied), doctor()).1, charge(1, 8));
	});
}

#[test]
fn a_request_for_the_whole_record_is_charged_for_the_consent_that_is_read_again() {
	world(|| {
		consent_of(8);
		let whole = AccessRequest { target: Target::WholeRecord, ..request() };
		assert_eq!(charged(asking(whole), doctor()).1, charge(2, 16));
	});
}

#[test]
fn a_request_is_never_charged_less_than_the_largest_measured() {
	for consents in 1..=most() {
		for credentials in 0..=credentials() {
			for second_keys in 0..2 {
				let looked_at = LookedAt::full(consents);
				let charged = request_weight::<Access>(looked_at, credentials, second_keys);
				let measured = Access::request_access(consents, credentials, second_keys);
				assert!(charged.all_gte(measured), "{consents}: {charged} of {measured}");
			}
		}
	}
	for provisions in 1..=MAX_PROVISIONS {
		let charged = charge(1, provisions);
		let usual = Access::request_access_usual(provisions);
		assert!(charged.ref_time() >= usual.ref_time(), "{provisions}: {charged} of {usual}");
	}
}

#[test]
fn no_request_is_charged_more_than_before_it_was_made() {
	for second_keys in 0..2 {
		let before = dearest(second_keys);
		for consents in 0..=most() + 1 {
			for provisions in 0..=consents * MAX_PROVISIONS {
				let looked_at = LookedAt { consents, provisions };
				let after = request_weight::<Access>(looked_at, credentials(), second_keys);
				assert!(after.all_lte(before), "{looked_at:?}: {after} of {before}");
				// And none less where it looked at less.
				let less = LookedAt { consents, provisions: provisions.saturating_sub(1) };
				let less = request_weight::<Access>(less, credentials(), second_keys);
				assert!(less.all_lte(after), "{looked_at:?}: {after} after {less}");
			}
		}
	}
}

#[test]
fn a_usual_request_takes_no_more_than_three_transfers() {
	type Balances = <Runtime as pallet_balances::Config>::WeightInfo;
	let transaction = around();
	let usual = charge(1, 8).saturating_add(transaction);
	let transfer = Balances::transfer_allow_death().saturating_add(transaction);
	assert!(usual.ref_time() <= 3 * transfer.ref_time(), "{usual} of {transfer}");
}

#[test]
fn a_request_is_charged_for_the_credentials_that_there_are() {
	world(|| {
		consent();
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let of = |held| {
			let looked_at = LookedAt { consents: 1, provisions: 2 };
			request_weight::<Access>(looked_at, held, 0)
		};
		for (number, board) in [Key::Eve, Key::Ferdie].into_iter().enumerate() {
			let held = u32::try_from(number).unwrap() + 1;
			assert_eq!(charged(asking(request()), doctor()), (dearest(0), of(held)));
			let account = board.to_account_id();
			let root = RuntimeOrigin::root();
			assert_ok!(ProviderRegistry::register_issuer(
				root,
				account.clone(),
				kinds.clone(),
				[0; 32]
			));
			assert_ok!(ProviderRegistry::attest_credential(
				RuntimeOrigin::signed(account),
				doctor(),
				CredentialKind::Licence,
				Commitment([10; 32]),
				Period::default(),
			));
		}
		assert!(of(3).ref_time() > of(1).ref_time(), "{}", of(3));
		assert_eq!(charged(asking(request()), doctor()).1, of(3));
	});
}

#[test]
fn a_request_is_charged_for_the_second_key_that_signed() {
	world(|| {
		consent();
		let signature = MultiSignature::Sr25519(Default::default());
		let second_factor = Some(SecondFactor { signature, valid_until: Milliseconds(0) });
		let call = Call::request_access { request: request(), second_factor };
		let looked_at = LookedAt { consents: 1, provisions: 2 };
		let expected = (dearest(1), request_weight::<Access>(looked_at, 1, 1));
		assert_eq!(charged(call, doctor()), expected);
	});
}

#[test]
fn a_disclosure_is_charged_for_the_consents_that_there_are() {
	world(|| {
		consent();
		consent();
		let grant = ask(request()).unwrap();
		let disclosure = Commitment([6; 32]);
		let call = Call::record_disclosure { grant, record: RecordId(0), sections: 3, disclosure };
		let expected = (Access::record_disclosure(most()), Access::record_disclosure(2));
		assert_eq!(charged(call, Key::Alice.to_account_id()), expected);
	});
}

#[test]
fn a_batch_is_charged_for_the_consents_that_there_are() {
	world(|| {
		consent();
		consent();
		let uses = [ask(request()).unwrap(), ask(request()).unwrap()].map(|grant| GrantUse {
			grant,
			record: RecordId(0),
			uses: 1,
		});
		let at = Milliseconds(pallet_timestamp::Now::<Runtime>::get());
		let call = Call::record_disclosures {
			root: H256([1; 32]),
			count: 2,
			first_at: at,
			last_at: at,
			uses: GrantUses::truncate_from(uses.to_vec()),
		};
		// One consent of each grant's patient, and one more.
		let (before, after) = charged(call, Key::Alice.to_account_id());
		assert_eq!(before, batch::<Access>(2, 2 * (most() - 1)));
		assert_eq!(after, batch::<Access>(2, 2));
		// Each is charged as if it were looked at alone, at least.
		let alone = Access::record_disclosure(2).saturating_sub(Access::record_disclosure(1));
		let each = batch::<Access>(2, 3).saturating_sub(after);
		assert!(each.all_gte(alone), "{each} of {alone}");
	});
}
