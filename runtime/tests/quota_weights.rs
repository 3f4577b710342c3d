//! What the check of a transaction takes of a block, once it is known who pays for it.

use crate::chain::{
	batch, enrol, grant, remark, request, revoke, signed, with_consent, works, CONSENT, HOSPITAL_A,
	HOSPITAL_B, PATIENT, SUDO,
};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::Get,
	weights::Weight,
};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_runtime::{ProviderRegistry, Runtime, RuntimeCall, RuntimeOrigin, System};
use pallet_provider_registry::{Call, InstitutionKind, NextInstitutionId};
use pallet_quota::{CallClassifier, CheckQuota, SponsorDirectory, WeightInfo};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::TransactionExtension;

type Quota = <Runtime as pallet_quota::Config>::WeightInfo;
type Calls = <Runtime as pallet_quota::Config>::Calls;
type Sponsors = <Runtime as pallet_quota::Config>::Sponsors;

const DOCTOR: Key = Key::Charlie;

/// What a transaction that works takes of the block.
fn taken_by(key: Key, call: impl Into<RuntimeCall>) -> Weight {
	let spent = || *System::block_weight().get(DispatchClass::Normal);
	let before = spent();
	works(key, call);
	spent() - before
}

/// What is declared of the check of a call.
fn declared(call: &RuntimeCall) -> Weight {
	CheckQuota::<Runtime>::new().weight(call)
}

/// What a transaction would take of the block if nothing was given back.
fn booked(key: Key, call: RuntimeCall) -> Weight {
	let weights = <Runtime as frame_system::Config>::BlockWeights::get();
	let base = weights.get(DispatchClass::Normal).base_extrinsic;
	base + signed(key, call).get_dispatch_info().total_weight()
}

/// Has the doctor practise for as many institutions as one may: for these.
fn practises_everywhere() -> Vec<InstitutionId> {
	let practitioner = DOCTOR.to_account_id();
	works(Key::Bob, enrol(practitioner.clone()));
	works(Key::Alice, Call::add_affiliation { practitioner: practitioner.clone() });
	let mut institutions = vec![HOSPITAL_B, HOSPITAL_A];
	let most: u32 = <Runtime as pallet_provider_registry::Config>::MaxAffiliations::get();
	while institutions.len() < most as usize {
		let institution = NextInstitutionId::<Runtime>::get();
		let operator = AccountId::new([100 + institutions.len() as u8; 32]);
		let (root, signed) = (RuntimeOrigin::root(), RuntimeOrigin::signed(operator.clone()));
		let kind = InstitutionKind::Hospital;
		ProviderRegistry::register_institution(root, operator, kind, [0; 32]).unwrap();
		ProviderRegistry::add_affiliation(signed, practitioner.clone()).unwrap();
		institutions.push(institution);
	}
	institutions
}

#[test]
fn what_the_check_did_not_use_is_given_back_to_the_block() {
	with_consent(|| {
		let call = remark();
		let used = Quota::check_quota(1, 1);
		assert!(used.ref_time() < declared(&call).ref_time());
		let expected = booked(Key::Alice, call.clone()) - (declared(&call) - used);
		assert_eq!(taken_by(Key::Alice, call).ref_time(), expected.ref_time());
	});
}

#[test]
fn a_signer_for_whom_most_answer_takes_more_of_a_block_by_what_each_bucket_weighs() {
	with_consent(|| {
		let institutions = practises_everywhere();
		let most = institutions.len() as u32;
		let of_one = batch(institutions.iter().map(|_| request(HOSPITAL_B)));
		let of_all = batch(institutions.iter().map(|institution| request(*institution)));
		assert_eq!(declared(&of_one), declared(&of_all));
		let one = taken_by(DOCTOR, of_one).ref_time();
		let all = taken_by(DOCTOR, of_all).ref_time();
		let of_buckets = Quota::check_quota(most, most) - Quota::check_quota(most, 1);
		assert!(one < all, "{one} of {all}");
		assert_eq!(all - one, of_buckets.ref_time());
	});
}

#[test]
fn a_request_for_access_is_declared_to_take_little_more_than_it_takes() {
	let call = request(HOSPITAL_A);
	assert_eq!(declared(&call), Quota::check_quota(1, 2));
	// A revocation may be protected, and is told from state.
	let protected = revoke(CONSENT);
	assert_eq!(declared(&protected), Quota::check_quota(1, 2) + Quota::look_up(1));
}

#[test]
fn what_is_not_looked_up_is_neither_protected_nor_an_emergency() {
	with_consent(|| {
		let calls = [remark(), grant(), request(HOSPITAL_A), batch([revoke(CONSENT)])];
		for call in calls {
			assert!(!Calls::is_looked_up(&call), "{call:?}");
			for who in [PATIENT, SUDO, Key::Alice, Key::Bob].map(|key| key.to_account_id()) {
				assert!(!Calls::is_protected(&who, &call), "{call:?}");
				assert!(!Calls::is_covered(&who, &call), "{call:?}");
				assert_eq!(Calls::emergency(&who, &call), None, "{call:?}");
			}
		}
		// It is asked of what a batch carries.
		assert!(Calls::is_looked_up(&revoke(CONSENT)));
		assert!(Calls::is_protected(&PATIENT.to_account_id(), &revoke(CONSENT)));
	});
}

#[test]
fn no_signer_has_more_sponsors_than_are_declared() {
	with_consent(|| {
		let practised = practises_everywhere().len();
		let patient = DOCTOR.to_account_id();
		works(Key::Alice, pallet_consent::Call::sponsor_patient { patient: patient.clone() });
		let sponsors = Sponsors::sponsors(&patient).len();
		assert_eq!(sponsors, practised + 1);
		assert!(sponsors <= Sponsors::most_sponsors() as usize);
	});
}
