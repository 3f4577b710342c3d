//! The limits with which a chain starts.

use crate::{mock::*, GenesisConfig, InstitutionLimits, Limits, Pallet};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;

/// A chain that starts with these buckets.
fn starting_with(buckets: Vec<(u32, u32, u32)>) -> TestExternalities {
	let genesis = RuntimeGenesisConfig {
		quota: GenesisConfig { buckets, ..Default::default() },
		..Default::default()
	};
	genesis.build_storage().unwrap().into()
}

#[test]
fn a_chain_starts_with_the_buckets_of_its_genesis() {
	starting_with(vec![(B.0, 7, 2)]).execute_with(|| {
		set_time(START);
		assert_eq!(InstitutionLimits::<Test>::get(B), Some(Limits { capacity: 7, refill: 2 }));
		assert_eq!(InstitutionLimits::<Test>::get(A), None);
		assert_eq!(Quota::bucket(B).map(|bucket| bucket.available), Some(7));
		assert_eq!(Quota::bucket(A).map(|bucket| bucket.limits), Some(LIMITS));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

#[test]
fn a_chain_starts_with_the_default_where_its_genesis_names_no_bucket() {
	starting_with(vec![]).execute_with(|| {
		assert_eq!(InstitutionLimits::<Test>::iter().count(), 0);
	});
}

#[test]
#[should_panic(expected = "there is no such institution")]
fn genesis_fails_when_a_bucket_is_of_nobody() {
	starting_with(vec![(77, 7, 2)]);
}

#[test]
#[should_panic(expected = "an institution is named twice")]
fn genesis_fails_when_an_institution_has_two_buckets() {
	starting_with(vec![(A.0, 7, 2), (A.0, 8, 2)]);
}

#[test]
#[should_panic(expected = "NoCapacity")]
fn genesis_fails_when_a_bucket_holds_nothing() {
	starting_with(vec![(A.0, 0, 2)]);
}

#[test]
#[should_panic(expected = "NoRefill")]
fn genesis_fails_when_a_bucket_never_fills_again() {
	starting_with(vec![(A.0, 7, 0)]);
}
