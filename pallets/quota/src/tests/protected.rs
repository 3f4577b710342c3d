//! Calls that go through although the institution's bucket is spent.

use crate::{mock::*, InstitutionBuckets, Refusal, SignerBuckets, PROTECTED_PRIORITY};

fn spend_bucket_of_a() {
	flood(operator_of_a(), ordinary(), 100);
	assert_eq!(flood(operator_of_a(), ordinary(), 1), 0);
}

#[test]
fn a_protected_call_is_paid_by_its_signer() {
	on_chain(|| {
		assert_eq!(include(patient(), protected()), Ok(()));
		assert_eq!(InstitutionBuckets::<Test>::get(A), None);
		assert_eq!(SignerBuckets::<Test>::get(patient()).unwrap().spent, 1_000);
	});
}

#[test]
fn a_protected_call_goes_through_when_the_institutions_bucket_is_spent() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(include(patient(), ordinary()), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(include(patient(), protected()), Ok(()));
	});
}

#[test]
fn one_signers_protected_calls_do_not_touch_anothers() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(flood(patient(), protected(), 50), OWN_LIMITS.capacity);
		assert_eq!(flood(account(100), protected(), 50), OWN_LIMITS.capacity);
	});
}

#[test]
fn the_institution_pays_for_protected_calls_once_the_signers_bucket_is_spent() {
	on_chain(|| {
		let both = OWN_LIMITS.capacity + LIMITS.capacity;
		assert_eq!(flood(patient(), protected(), 50), both);
		assert_eq!(include(patient(), protected()), Err(refused(Refusal::ProtectedExhausted)));
	});
}

#[test]
fn a_signers_own_bucket_refills() {
	on_chain(|| {
		spend_bucket_of_a();
		flood(patient(), protected(), 50);
		assert_eq!(include(patient(), protected()), Err(refused(Refusal::ProtectedExhausted)));
		wait(1_000);
		// The institution's bucket refills as well; it is spent again first.
		flood(operator_of_a(), ordinary(), 100);
		assert_eq!(flood(patient(), protected(), 50), OWN_LIMITS.refill);
	});
}

#[test]
fn an_ordinary_call_is_never_paid_from_the_own_bucket() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(flood(patient(), ordinary(), 5), 0);
		assert_eq!(SignerBuckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_batch_is_protected_only_if_all_its_leaves_are() {
	on_chain(|| {
		spend_bucket_of_a();
		let mixed = batch([protected(), ordinary()]);
		assert_eq!(include(patient(), mixed), Err(refused(Refusal::SponsorExhausted)));
		let mixed = batch([batch([ordinary()]), protected()]);
		assert_eq!(include(patient(), mixed), Err(refused(Refusal::SponsorExhausted)));
		let padded = batch([protected(), batch([])]);
		assert_eq!(include(patient(), padded), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(include(patient(), batch([protected(), batch([protected()])])), Ok(()));
		assert_eq!(SignerBuckets::<Test>::get(patient()).unwrap().spent, 2_000);
	});
}

#[test]
fn what_is_carried_is_protected_for_the_sake_of_its_carrier_and_nothing_beside_it() {
	let covering = |call: RuntimeCall| -> RuntimeCall {
		pallet_utility::Call::as_derivative { index: 1, call: Box::new(call) }.into()
	};
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(include(patient(), covering(ordinary())), Ok(()));
		// The carrier costs one, and what it carries.
		assert_eq!(SignerBuckets::<Test>::get(patient()).unwrap().spent, 2_000);
		let beside = batch([covering(ordinary()), ordinary()]);
		assert_eq!(include(patient(), beside), Err(refused(Refusal::SponsorExhausted)));
	});
}

#[test]
fn what_is_dispatched_as_another_account_is_never_protected() {
	let sudo = |call: RuntimeCall| -> RuntimeCall {
		pallet_sudo::Call::sudo { call: Box::new(call) }.into()
	};
	on_chain(|| {
		for carried in [
			wrapped(protected(), 1),
			sudo(protected()),
			wrapped(batch([protected()]), 1),
			batch([protected(), wrapped(protected(), 1)]),
		] {
			let ordinary = validate(patient(), &carried).unwrap().priority;
			assert!(ordinary < PROTECTED_PRIORITY, "{carried:?}");
			assert_eq!(include(patient(), carried), Ok(()));
		}
		assert_eq!(SignerBuckets::<Test>::iter().count(), 0);
		// Nor is anything covered there, of which the signer carries nothing.
		let call = Box::new(ordinary());
		let covering = pallet_utility::Call::<Test>::as_derivative { index: 1, call };
		let as_another = wrapped(covering.into(), 1);
		assert!(validate(patient(), &as_another).unwrap().priority < PROTECTED_PRIORITY);
		spend_bucket_of_a();
		let carried = wrapped(protected(), 1);
		assert_eq!(include(patient(), carried.clone()), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(include(validator(), carried), Err(refused(Refusal::NoSponsor)));
		// Beside it, what is the signer's own is as before.
		assert_eq!(include(patient(), batch([protected()])), Ok(()));
	});
}

#[test]
fn more_protected_calls_than_the_own_bucket_holds_are_an_ordinary_batch() {
	on_chain(|| {
		let many = || batch((0..=OWN_LIMITS.capacity).map(|_| protected()));
		assert_eq!(include(patient(), many()), Ok(()));
		assert_eq!(SignerBuckets::<Test>::get(patient()), None);
		spend_bucket_of_a();
		assert_eq!(include(patient(), many()), Err(refused(Refusal::SponsorExhausted)));
	});
}

#[test]
fn a_signer_without_sponsor_may_send_protected_calls_alone() {
	on_chain(|| {
		assert_eq!(include(validator(), ordinary()), Err(refused(Refusal::NoSponsor)));
		let mixed = batch([protected(), ordinary()]);
		assert_eq!(include(validator(), mixed), Err(refused(Refusal::NoSponsor)));
		assert_eq!(flood(validator(), protected(), 50), OWN_LIMITS.capacity);
		assert_eq!(include(validator(), protected()), Err(refused(Refusal::ProtectedExhausted)));
	});
}
