//! Storage of layout 1, written byte by byte, becomes layout 2.

use crate::{
	migrations::v2::{
		CredentialV1, InstitutionV1, IssuerV1, MigrateV1ToV2, PractitionerV1, StatusV1,
	},
	mock::*,
	CredentialIssuer, CredentialKind, CredentialStatus, CredentialsByCommitment, InstitutionKind,
	InstitutionStatus, Institutions, Members, NextCredentialId, Pallet, PractitionerCount,
	PractitionerStatus, Practitioners, SuspensionReason,
};
use codec::Encode;
use frame_support::{
	assert_ok,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use hdx_primitives::{AccountId, Commitment, CredentialId, Milliseconds, Role};

const SHARED: Commitment = Commitment([70; 32]);
const REASON_OF_BEFORE: SuspensionReason = SuspensionReason::Administrative;

fn old_practitioner(status: StatusV1, credential: CredentialStatus) -> PractitionerV1<Test> {
	PractitionerV1 {
		enrolled_by: HOSPITAL,
		status,
		affiliations: vec![HOSPITAL, CLINIC].try_into().unwrap(),
		roles: roles(&[Role::Physician]),
		credential: CredentialV1 {
			kind: CredentialKind::Licence,
			issuer: IssuerV1::Institution(HOSPITAL),
			commitment: SHARED,
			valid: current(),
			status: credential,
		},
		key_agreement: [8; 32],
		enrolled_at: Milliseconds(NOW.0 - 5),
	}
}

fn old_clinic() -> InstitutionV1 {
	InstitutionV1 {
		operator: clinic_operator(),
		kind: InstitutionKind::Clinic,
		status: StatusV1::Suspended,
		profile: [2; 32],
		registered_at: Milliseconds(0),
	}
}

/// What layout 1 says of a suspended clinic, and of two practitioners who share a commitment.
fn write_layout_1() {
	unhashed::put_raw(&Institutions::<Test>::hashed_key_for(CLINIC), &old_clinic().encode());
	let hospital = InstitutionV1 {
		operator: hospital_operator(),
		kind: InstitutionKind::Hospital,
		status: StatusV1::Active,
		profile: [1; 32],
		registered_at: Milliseconds(0),
	};
	unhashed::put_raw(&Institutions::<Test>::hashed_key_for(HOSPITAL), &hospital.encode());
	for (who, old) in [
		(dana(), old_practitioner(StatusV1::Active, CredentialStatus::Valid)),
		(account(2), old_practitioner(StatusV1::Suspended, CredentialStatus::Revoked)),
	] {
		unhashed::put_raw(&Practitioners::<Test>::hashed_key_for(&who), &old.encode());
		System::inc_sufficients(&who);
	}
	PractitionerCount::<Test>::insert(HOSPITAL, 2);
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
	let clinic = old_clinic();
	assert_eq!(
		clinic.encode(),
		(clinic_operator(), InstitutionKind::Clinic, 1u8, [2u8; 32], 0u64).encode()
	);
	let fields = (
		HOSPITAL,
		0u8,
		vec![HOSPITAL, CLINIC],
		vec![assignment(Role::Physician)],
		(CredentialKind::Licence, 0u8, HOSPITAL, SHARED, current(), 1u8),
		[8u8; 32],
		NOW.0 - 5,
	);
	let old = old_practitioner(StatusV1::Active, CredentialStatus::Revoked);
	assert_eq!(old.encode(), fields.encode());
}

#[test]
fn layout_1_becomes_layout_2() {
	test(|| {
		write_layout_1();
		migrate();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), 2);
		assert_eq!(
			Institutions::<Test>::get(CLINIC).unwrap().status,
			InstitutionStatus::Suspended(REASON_OF_BEFORE)
		);
		assert_eq!(Institutions::<Test>::get(HOSPITAL).unwrap().status, InstitutionStatus::Active);
		let stored = credential(&dana());
		assert_eq!(stored.issuer, CredentialIssuer::Institution(HOSPITAL));
		assert_eq!(stored.status, CredentialStatus::Valid);
		assert_eq!((stored.valid, stored.attested_at), (current(), Milliseconds(NOW.0 - 5)));
		assert_eq!((stored.check, stored.finding), (None, None));
		assert!(is_revoked(&account(2)));
		assert_eq!(
			practitioner(&account(2)).status,
			PractitionerStatus::Suspended(REASON_OF_BEFORE)
		);
		for institution in [HOSPITAL, CLINIC] {
			assert!(Members::<Test>::contains_key(institution, dana()));
			assert!(Members::<Test>::contains_key(institution, account(2)));
		}
		assert_eq!(NextCredentialId::<Test>::get(), CredentialId(2));
	});
}

#[test]
fn of_two_credentials_with_one_commitment_one_is_found_by_it() {
	test(|| {
		write_layout_1();
		migrate();
		let issuer = CredentialIssuer::Institution(HOSPITAL);
		let (who, id) = CredentialsByCommitment::<Test>::get(SHARED, issuer).unwrap();
		assert_eq!(id, CredentialId(0));
		let other: AccountId = if who == dana() { account(2) } else { dana() };
		let derived = credential(&other).commitment;
		assert_ne!(derived, SHARED);
		assert_eq!(
			CredentialsByCommitment::<Test>::get(derived, issuer),
			Some((other, CredentialId(1)))
		);
	});
}

#[test]
fn credentials_of_two_issuers_keep_the_commitment_that_they_share() {
	test(|| {
		write_layout_1();
		let mut at_clinic = old_practitioner(StatusV1::Active, CredentialStatus::Valid);
		at_clinic.enrolled_by = CLINIC;
		at_clinic.affiliations = vec![CLINIC].try_into().unwrap();
		at_clinic.credential.issuer = IssuerV1::Institution(CLINIC);
		let key = Practitioners::<Test>::hashed_key_for(account(2));
		unhashed::put_raw(&key, &at_clinic.encode());
		PractitionerCount::<Test>::insert(HOSPITAL, 1);
		PractitionerCount::<Test>::insert(CLINIC, 1);
		migrate();
		for (who, issuer) in [(dana(), HOSPITAL), (account(2), CLINIC)] {
			assert_eq!(credential(&who).commitment, SHARED);
			let issuer = CredentialIssuer::Institution(issuer);
			let (found, _) = CredentialsByCommitment::<Test>::get(SHARED, issuer).unwrap();
			assert_eq!(found, who);
		}
	});
}

#[test]
fn practitioners_of_layout_1_go_on_after_the_migration() {
	test(|| {
		write_layout_1();
		migrate();
		assert_ok!(enrolled(&dana()));
		register_board();
		attest_dana();
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
	});
}

#[test]
fn a_chain_of_layout_2_is_left_alone() {
	test(|| {
		license_dana();
		let before = practitioner(&dana());
		migrate();
		assert_eq!(practitioner(&dana()), before);
	});
}
