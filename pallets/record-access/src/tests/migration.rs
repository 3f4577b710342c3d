//! Grants of layout 1 keep withholding what they withheld.

use crate::{
	migrations::v2::{GrantV1, MigrateV1ToV2, ObligationV1},
	mock::*,
	Grants, Pallet,
};
use codec::Encode;
use frame_support::{
	assert_ok,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use hdx_primitives::{
	engine::{Code, DataFilter, Obligation, Outcome},
	Commitment, GrantId,
};

/// Writes a grant over with the bytes that layout 1 has for it.
fn write_layout_1(id: GrantId, obligations: Vec<ObligationV1>) -> GrantV1 {
	let grant = Grants::<Test>::get(id).unwrap();
	let old = GrantV1 {
		grantee: grant.grantee,
		request: grant.request,
		patient: grant.patient,
		target: grant.target,
		obligations: obligations.try_into().unwrap(),
		issued_at: grant.issued_at,
		expires_at: grant.expires_at,
		uses_left: grant.uses_left,
		basis: grant.basis,
		status: grant.status,
	};
	unhashed::put_raw(&Grants::<Test>::hashed_key_for(id), &old.encode());
	StorageVersion::new(1).put::<Pallet<Test>>();
	old
}

fn migrate() {
	#[cfg(feature = "try-runtime")]
	assert_ok!(MigrateV1ToV2::<Test>::try_on_runtime_upgrade(true).map(|_| ()));
	#[cfg(not(feature = "try-runtime"))]
	MigrateV1ToV2::<Test>::on_runtime_upgrade();
}

#[test]
fn an_obligation_of_layout_1_is_a_number_and_codes() {
	let codes = vec![Code([1; 16]), Code([2; 16])];
	let bounded = codes.clone().try_into().unwrap();
	assert_eq!(ObligationV1::Redact { codes: bounded }.encode(), (0u8, codes).encode());
	let any_of = vec![Code([3; 16])];
	let bounded = any_of.clone().try_into().unwrap();
	assert_eq!(ObligationV1::RedactExcept { any_of: bounded }.encode(), (1u8, any_of).encode());
}

#[test]
fn grants_of_layout_1_keep_their_obligations() {
	run(|| {
		let (bound, free) = (granted(request()), granted(request()));
		let withheld = vec![Code([1; 16])].try_into().unwrap();
		let shown = vec![Code([2; 16])].try_into().unwrap();
		write_layout_1(
			bound,
			vec![
				ObligationV1::Redact { codes: withheld },
				ObligationV1::RedactExcept { any_of: shown },
			],
		);
		let old = write_layout_1(free, vec![]);
		migrate();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), 2);
		let filter = |byte| DataFilter::of_codes(vec![Code([byte; 16])].try_into().unwrap());
		let expected = [Obligation::Redact(filter(1)), Obligation::RedactExcept(filter(2))];
		assert_eq!(Grants::<Test>::get(bound).unwrap().obligations.as_slice(), expected);
		assert_eq!(Grants::<Test>::get(free), Some(old.into()));
	});
}

#[test]
fn a_grant_of_layout_1_is_used_after_the_migration() {
	run(|| {
		let record = registered(PATIENT);
		answer(PATIENT, Outcome::Permit, redact(1));
		let grant = granted(request());
		let codes = vec![Code([1; 16])].try_into().unwrap();
		write_layout_1(grant, vec![ObligationV1::Redact { codes }]);
		migrate();
		assert_ok!(RecordAccess::record_disclosure(
			RuntimeOrigin::signed(CUSTODIAN),
			grant,
			record,
			1,
			Commitment([11; 32])
		));
	});
}

#[test]
fn a_chain_of_layout_2_is_left_alone() {
	run(|| {
		answer(PATIENT, Outcome::Permit, redact(1));
		let grant = granted(request());
		let before = Grants::<Test>::get(grant);
		migrate();
		assert_eq!(Grants::<Test>::get(grant), before);
	});
}
