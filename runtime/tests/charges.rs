//! What calls are charged once they were carried out: what they looked at, and not the most that they could have.

use crate::world::*;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight, BoundedVec};
use hdx_primitives::{
	AccountId, Commitment, ConsentDecider, Milliseconds, Period, ProviderDirectory, RecordId,
	SecondFactor, H256,
};
use hdx_runtime::{Consent, ProviderRegistry, Runtime, RuntimeCall, RuntimeOrigin};
use pallet_provider_registry::CredentialKind;
use pallet_record_access::{weights::batch, Call, GrantUse, GrantUses, WeightInfo};
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

#[test]
fn a_request_is_charged_for_the_consents_that_there_are() {
	world(|| {
		for consents in 0..3 {
			let call = Call::request_access { request: request(), second_factor: None };
			let expected = (
				Access::request_access(most(), credentials(), 0),
				Access::request_access(consents, 1, 0),
			);
			assert_eq!(charged(call, doctor()), expected);
			consent();
		}
	});
}

#[test]
fn a_request_is_charged_for_the_credentials_that_there_are() {
	world(|| {
		consent();
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		for (number, board) in [Key::Eve, Key::Ferdie].into_iter().enumerate() {
			let held = u32::try_from(number).unwrap() + 1;
			let call = Call::request_access { request: request(), second_factor: None };
			let expected = (
				Access::request_access(most(), credentials(), 0),
				Access::request_access(1, held, 0),
			);
			assert_eq!(charged(call, doctor()), expected);
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
		let third = Access::request_access(1, 3, 0);
		assert!(third.ref_time() > Access::request_access(1, 1, 0).ref_time(), "{third:?}");
		let call = Call::request_access { request: request(), second_factor: None };
		assert_eq!(charged(call, doctor()).1, third);
	});
}

#[test]
fn a_request_is_charged_for_the_second_key_that_signed() {
	world(|| {
		consent();
		let signature = MultiSignature::Sr25519(Default::default());
		let second_factor = Some(SecondFactor { signature, valid_until: Milliseconds(0) });
		let call = Call::request_access { request: request(), second_factor };
		let expected =
			(Access::request_access(most(), credentials(), 1), Access::request_access(1, 1, 1));
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
