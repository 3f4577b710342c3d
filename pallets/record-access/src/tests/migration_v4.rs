//! From layout 4 on, the terms of emergencies say how often a day the glass may be broken by proof.

use crate::{
	migrations::v4::{EmergencyTermsV3, MigrateV3ToV4},
	mock::*,
	EmergencyTerms, EmergencyTermsInForce, Pallet,
};
use codec::Encode;
use frame_support::{
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};

fn migrate() {
	#[cfg(feature = "try-runtime")]
	frame_support::assert_ok!(MigrateV3ToV4::<Test>::try_on_runtime_upgrade(true).map(|_| ()));
	#[cfg(not(feature = "try-runtime"))]
	MigrateV3ToV4::<Test>::on_runtime_upgrade();
}

fn layout(version: u16, terms: &impl Encode) {
	StorageVersion::new(version).put::<Pallet<Test>>();
	unhashed::put_raw(&EmergencyTermsInForce::<Test>::hashed_key(), &terms.encode());
}

#[test]
fn terms_that_were_set_are_kept_with_the_number_that_is_shipped() {
	run(|| {
		let EmergencyTerms { max_duration, review_within, .. } = TERMS;
		layout(3, &EmergencyTermsV3 { max_duration, uses: 3, review_within, max_overdue: 7 });
		migrate();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), 4);
		let expected = EmergencyTerms { uses: 3, max_overdue: 7, ..TERMS };
		assert_eq!(EmergencyTermsInForce::<Test>::get(), expected);
	});
}

#[test]
fn where_no_terms_were_set_none_are() {
	run(|| {
		StorageVersion::new(3).put::<Pallet<Test>>();
		migrate();
		assert!(!EmergencyTermsInForce::<Test>::exists());
		assert_eq!(EmergencyTermsInForce::<Test>::get(), TERMS);
	});
}

#[test]
fn a_chain_of_layout_4_is_left_alone() {
	run(|| {
		let terms = EmergencyTerms { proofs_a_day: 9, ..TERMS };
		layout(4, &terms);
		migrate();
		assert_eq!(EmergencyTermsInForce::<Test>::get(), terms);
	});
}
