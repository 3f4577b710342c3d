//! Storage of layout 1, written byte by byte, becomes layout 2.

use crate::{
	migrations::v2::{ConsentRecordV1, DocumentTemplateV1, MigrateV1ToV2},
	mock::*,
	AllConsentsOf, ConsentCountOf, Consents, ConsentsOf, DocumentTemplate, GrantedBy, History,
	NextConsentId, NextTemplateId, Pallet, PatientInfo, SignedDocument, TemplateNumbers, Templates,
	TemplatesInUse,
};
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use hdx_primitives::{
	engine::{Outcome, Policy, Status},
	AccountId, Commitment, ConsentId, Milliseconds, TemplateId, H256,
};

/// A consent of layout 1, field by field.
fn old(patient: AccountId, policy: Policy, revoked_at: Option<Milliseconds>) -> ConsentRecordV1 {
	ConsentRecordV1 {
		patient,
		status: if revoked_at.is_some() { Status::Inactive } else { Status::Active },
		version: 1,
		given_at: later(5),
		revoked_at,
		document: SignedDocument { template: TemplateId(1), commitment: Commitment([5; 32]) },
		policy,
	}
}

/// What layout 1 says of three consents of two patients, one revoked and one ended, and of three
/// templates, two of the same document.
fn write_layout_1() {
	let records = [
		old(patient(), permit_all(), None),
		old(stranger(), permit_until(later(10)), None),
		old(patient(), deny_all(), Some(later(9))),
	];
	for (number, record) in (0u64..).zip(&records) {
		let fields = (
			&record.patient,
			record.status,
			record.version,
			record.given_at,
			record.revoked_at,
			record.document,
			&record.policy,
		);
		unhashed::put_raw(&Consents::<Test>::hashed_key_for(ConsentId(number)), &fields.encode());
	}
	NextConsentId::<Test>::put(3);
	for (who, consent) in [(patient(), 0), (stranger(), 1)] {
		unhashed::put_raw(
			&ConsentsOf::<Test>::hashed_key_for(&who),
			&vec![ConsentId(consent)].encode(),
		);
		let info = PatientInfo { sponsor: HOSPITAL, sponsored_at: START };
		crate::Patients::<Test>::insert(who, info);
	}
	for (number, uri) in (0u32..).zip([9u8, 4, 4]) {
		let fields = ([uri; 32], 1u32, START);
		unhashed::put_raw(&Templates::<Test>::hashed_key_for(TemplateId(number)), &fields.encode());
	}
	NextTemplateId::<Test>::put(3);
	// What the genesis block of layout 2 wrote, and layout 1 has not.
	TemplateNumbers::<Test>::remove(([9u8; 32], 1u32));
	TemplatesInUse::<Test>::kill();
	StorageVersion::new(1).put::<Pallet<Test>>();
}

/// Migrates as a runtime upgrade does, the checks before and after included.
fn migrate() {
	#[cfg(feature = "try-runtime")]
	assert_ok!(MigrateV1ToV2::<Test>::try_on_runtime_upgrade(true).map(|_| ()));
	#[cfg(not(feature = "try-runtime"))]
	MigrateV1ToV2::<Test>::on_runtime_upgrade();
}

#[test]
fn the_written_bytes_are_those_of_layout_1() {
	let record = old(patient(), permit_all(), None);
	let fields =
		(record.patient.clone(), record.status, 1u32, record.given_at, None::<Milliseconds>);
	let bytes = [fields.encode(), record.document.encode(), record.policy.encode()].concat();
	assert_eq!(record.encode(), bytes);
	let template = DocumentTemplateV1 { uri_hash: [1; 32], version: 7, published_at: START };
	assert_eq!(template.encode(), ([1u8; 32], 7u32, START).encode());
}

#[test]
fn layout_1_becomes_layout_2() {
	on_chain(|| {
		write_layout_1();
		migrate();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), 2);
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));

		let first = record(ConsentId(0));
		let expected = old(patient(), permit_all(), None);
		assert_eq!((first.patient.clone(), first.status), (expected.patient, expected.status));
		assert_eq!((first.version, first.given_at), (1, later(5)));
		assert_eq!((first.policy.clone(), first.document), (permit_all(), expected.document));
		assert_eq!((first.terms, first.granted_by.clone()), (NO_TERMS, GrantedBy::Patient));
		assert_eq!(first.previous, H256::zero());
		let hash = first.current_version().hash_of(ConsentId(0), &patient());
		assert_eq!(first.hash, hash);
		assert_eq!(record(ConsentId(2)).revoked_at, Some(later(9)));

		let places: Vec<_> =
			(0..3).map(|place| AllConsentsOf::<Test>::get(patient(), place)).collect();
		assert_eq!(places, [Some(ConsentId(0)), Some(ConsentId(2)), None]);
		assert_eq!(ConsentCountOf::<Test>::get(patient()), 2);
		assert_eq!(AllConsentsOf::<Test>::get(stranger(), 0), Some(ConsentId(1)));
		assert_eq!(History::<Test>::iter().count(), 0);

		let template = Templates::<Test>::get(TemplateId(2)).unwrap();
		let expected = DocumentTemplate {
			uri_hash: [4; 32],
			version: 1,
			published_at: START,
			retired_at: None,
		};
		assert_eq!(template, expected);
		assert_eq!(TemplateNumbers::<Test>::get(([4; 32], 1)), Some(TemplateId(1)));
		assert_eq!(TemplatesInUse::<Test>::get(), 3);
	});
}

#[test]
fn consents_of_layout_1_go_on_after_the_migration() {
	on_chain(|| {
		write_layout_1();
		migrate();
		let id = ConsentId(0);
		assert_eq!(outcome_at(later(20)), Outcome::Permit);
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		assert_eq!(outcome_at(later(20)), Outcome::Deny);
		assert_eq!(Registry::history(id).len(), 2);
		assert_noop!(
			Registry::publish_template(RuntimeOrigin::root(), [4; 32], 1),
			crate::Error::<Test>::TemplateAlreadyPublished
		);
	});
}

#[test]
fn a_chain_of_layout_2_is_left_alone() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_ok!(amend(id, deny_all(), NO_TERMS));
		let before = record(id);
		migrate();
		assert_eq!(record(id), before);
		assert_eq!(Registry::history(id).len(), 2);
	});
}
