//! Emergencies go through, and are no way around the buckets.

use crate::{
	mock::*, EmergencyBuckets, InstitutionBuckets, Refusal, SignerBuckets, PROTECTED_PRIORITY,
};
use hdx_primitives::InstitutionId;

fn spend_bucket_of_a() {
	flood(operator_of_a(), ordinary(), 100);
	assert_eq!(flood(operator_of_a(), ordinary(), 1), 0);
}

#[test]
fn an_emergency_is_paid_by_signer_and_institution_and_not_from_the_institutions_bucket() {
	on_chain(|| {
		assert_eq!(include(practitioner(), emergency()), Ok(()));
		assert_eq!(EmergencyBuckets::<Test>::get(A).unwrap().spent, 1_000);
		assert_eq!(SignerBuckets::<Test>::get(practitioner()).unwrap().spent, 1_000);
		assert_eq!(InstitutionBuckets::<Test>::get(A), None);
	});
}

#[test]
fn an_emergency_goes_through_first_when_the_institutions_bucket_is_spent() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(include(patient(), ordinary()), Err(refused(Refusal::SponsorExhausted)));
		let validity = validate(patient(), &emergency()).unwrap();
		assert_eq!(validity.priority, PROTECTED_PRIORITY);
		assert_eq!(include(patient(), emergency()), Ok(()));
	});
}

#[test]
fn one_signer_does_not_spend_what_is_there_for_the_emergencies_of_all() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(flood(patient(), emergency(), 50), OWN_LIMITS.capacity);
		assert_eq!(include(patient(), emergency()), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(include(account(100), emergency()), Ok(()));
	});
}

#[test]
fn a_flood_of_emergencies_by_many_signers_ends_at_the_institutions_bucket_for_them() {
	on_chain(|| {
		spend_bucket_of_a();
		let included: u32 = (100..120).map(|name| flood(account(name), emergency(), 9)).sum();
		assert_eq!(included, EMERGENCY_LIMITS.capacity);
		assert_eq!(include(account(130), emergency()), Err(refused(Refusal::SponsorExhausted)));
		wait(1_000);
		spend_bucket_of_a();
		let included: u32 = (100..120).map(|name| flood(account(name), emergency(), 9)).sum();
		assert_eq!(included, EMERGENCY_LIMITS.refill);
	});
}

#[test]
fn beyond_the_buckets_for_them_emergencies_are_ordinary_calls() {
	on_chain(|| {
		let most = OWN_LIMITS.capacity + LIMITS.capacity;
		assert_eq!(flood(patient(), emergency(), 50), most);
		assert_eq!(InstitutionBuckets::<Test>::get(A).unwrap().spent, 10_000);
	});
}

#[test]
fn who_has_no_emergency_there_or_wraps_it_pays_as_usual() {
	on_chain(|| {
		spend_bucket_of_a();
		assert_eq!(include(stranger(), emergency()), Err(refused(Refusal::NoSponsor)));
		for wrapping in [batch([emergency()]), wrapped(emergency(), 1)] {
			assert_eq!(include(patient(), wrapping), Err(refused(Refusal::SponsorExhausted)));
		}
		assert_eq!(EmergencyBuckets::<Test>::get(A), None);
	});
}

#[test]
fn anyone_can_ask_what_is_left_for_emergencies() {
	on_chain(|| {
		let left = |institution| Quota::emergency_bucket(institution).map(|state| state.available);
		assert_eq!(left(A), Some(EMERGENCY_LIMITS.capacity));
		include(practitioner(), emergency()).unwrap();
		assert_eq!(left(A), Some(EMERGENCY_LIMITS.capacity - 1));
		assert_eq!(left(B), Some(EMERGENCY_LIMITS.capacity));
		assert_eq!(left(InstitutionId(77)), None);
	});
}
