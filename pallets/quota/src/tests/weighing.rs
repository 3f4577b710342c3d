//! What a transaction is charged of its block: what was declared, less what is given back.

use crate::{mock::*, CheckQuota, Config, WeightInfo};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use hdx_primitives::AccountId;
use sp_runtime::traits::{DispatchTransaction, TransactionExtension};

type Weights = <Test as Config>::WeightInfo;

fn declared(call: &RuntimeCall) -> Weight {
	CheckQuota::<Test>::new().weight(call)
}

fn charged(who: AccountId, call: &RuntimeCall) -> Weight {
	let given_back = given_back(who, call);
	assert!(given_back.all_lte(declared(call)), "{given_back:?} of {:?}", declared(call));
	declared(call) - given_back
}

/// Of so many leaves, taken out of so many buckets; state was asked about so many calls.
fn weight(leaves: u32, buckets: u32, looked_up: u32) -> Weight {
	let counted = Weights::check_quota(leaves, buckets);
	match looked_up {
		0 => counted,
		calls => counted + Weights::look_up(calls),
	}
}

#[test]
fn what_was_not_read_is_given_back() {
	on_chain(|| {
		let call = batch([ordinary(), ordinary()]);
		assert_eq!(declared(&call), weight(2, 2, 0));
		assert_eq!(charged(patient(), &call), weight(2, 1, 0));
		assert_ne!(given_back(patient(), &call), Weight::zero());
	});
}

#[test]
fn what_is_given_back_is_taken_off_what_the_transaction_weighs() {
	on_chain(|| {
		let (call, extension) = (ordinary(), CheckQuota::<Test>::new());
		let mut info = call.get_dispatch_info();
		info.extension_weight = extension.weight(&call);
		let included = extension.dispatch_transaction(Some(patient()).into(), call, &info, 0, 0);
		let weighs = included.unwrap().unwrap().actual_weight;
		assert_eq!(weighs, Some(info.call_weight + weight(1, 1, 0)));
	});
}

#[test]
fn each_institution_that_pays_is_charged_for() {
	on_chain(|| {
		let call = batch([on_behalf_of(A), on_behalf_of(B), ordinary()]);
		assert_eq!(charged(practitioner(), &call), weight(3, 2, 0));
		// For whom one answers alone, that one pays for all.
		assert_eq!(charged(patient(), &call), weight(3, 1, 0));
		// One that answers and pays for nothing is not read.
		assert_eq!(
			charged(practitioner(), &batch([on_behalf_of(B), on_behalf_of(B)])),
			weight(2, 1, 0)
		);
	});
}

#[test]
fn no_more_institutions_are_declared_than_leaves_can_name_or_there_can_be() {
	assert_eq!(declared(&ordinary()), weight(1, 2, 0));
	assert_eq!(declared(&batch((0..9).map(|_| ordinary()))), weight(9, 2, 0));
}

#[test]
fn what_a_signer_pays_is_charged_with_what_it_took_to_tell() {
	on_chain(|| {
		assert_eq!(charged(patient(), &protected()), weight(1, 1, 1));
		assert_eq!(charged(patient(), &batch([protected(), protected()])), weight(2, 1, 2));
		// The own bucket is spent, and was looked at; the institution pays.
		assert_eq!(charged(patient(), &protected()), weight(1, 1, 1));
		assert_eq!(charged(practitioner(), &batch([protected(), ordinary()])), weight(2, 1, 1));
	});
}

#[test]
fn state_is_asked_until_one_leaf_is_not_protected() {
	on_chain(|| {
		let call = batch([protected(), attempt(), protected()]);
		assert_eq!(declared(&call), weight(3, 2, 3));
		assert_eq!(charged(practitioner(), &call), weight(3, 1, 2));
	});
}

#[test]
fn state_is_asked_about_no_more_leaves_than_an_own_bucket_holds() {
	on_chain(|| {
		let many = OWN_LIMITS.capacity + 2;
		let call = batch((0..many).map(|_| protected()));
		assert_eq!(declared(&call), weight(many, 2, OWN_LIMITS.capacity));
		assert_eq!(charged(practitioner(), &call), weight(many, 1, OWN_LIMITS.capacity));
	});
}

#[test]
fn of_what_carries_others_it_is_asked_whether_it_covers_them() {
	on_chain(|| {
		let covering: RuntimeCall =
			pallet_utility::Call::as_derivative { index: 1, call: Box::new(protected()) }.into();
		assert_eq!(declared(&covering), weight(1, 2, 2));
		// What is covered is not asked about itself.
		assert_eq!(charged(patient(), &covering), weight(1, 1, 1));
		// Nor is what would be done as another account.
		assert_eq!(declared(&wrapped(ordinary(), 2)), weight(1, 2, 2));
		assert_eq!(charged(patient(), &wrapped(ordinary(), 2)), weight(1, 1, 1));
	});
}

#[test]
fn an_emergency_is_charged_for_both_buckets() {
	on_chain(|| {
		assert_eq!(declared(&emergency()), weight(1, 2, 1));
		assert_eq!(charged(practitioner(), &emergency()), weight(1, 2, 1));
		// What could be one and is none is charged for what it took to tell.
		assert_eq!(charged(operator_of_b(), &emergency()), weight(1, 1, 1));
	});
}

#[test]
fn an_attempt_of_an_account_that_was_given_up_is_charged_for_one_bucket() {
	on_chain(|| assert_eq!(charged(given_up(0), &attempt()), weight(1, 1, 1)));
}

#[test]
fn an_exempt_signer_is_charged_for_no_bucket() {
	on_chain(|| {
		assert_eq!(charged(sudo_key(), &ordinary()), weight(1, 0, 0));
		assert_eq!(charged(sudo_key(), &protected()), weight(1, 0, 0));
	});
}

#[test]
fn never_gives_back_more_than_was_declared() {
	use crate::{Charge, Pallet, Plan};
	// As if the directory had given more than it says that it ever does.
	let shares = (0..50).map(|number| (hdx_primitives::InstitutionId(number), 1)).collect();
	let plan = Plan { charge: Charge::Sponsors { shares, fullness: 1 }, looked_up: 50 };
	assert_eq!(Pallet::<Test>::unused_weight(&ordinary(), &plan), Weight::zero());
}

#[test]
fn what_is_not_looked_up_is_neither_protected_nor_an_emergency() {
	use crate::CallClassifier;
	on_chain(|| {
		for call in [ordinary(), on_behalf_of(A), batch([])] {
			assert!(!Tables::is_looked_up(&call));
			assert_eq!(charged(practitioner(), &call), weight(1, 1, 0));
		}
	});
}
