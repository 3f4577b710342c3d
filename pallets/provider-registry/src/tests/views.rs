//! What anybody can ask.

use crate::{mock::*, CredentialIssuer, CredentialView, InstitutionStatus};
use frame_support::assert_ok;
use hdx_primitives::{AccountId, AssuranceLevel, Commitment, DenialReason, Role};

#[test]
fn status_says_how_somebody_stands_at_each_level() {
	test(|| {
		license_dana();
		let view = ProviderRegistry::status(dana(), HOSPITAL, Role::Physician, NOW);
		assert_eq!(view.enrolled.unwrap().level, AssuranceLevel::Attested);
		assert_ok!(view.attested);
		assert_eq!(view.verified, Err(DenialReason::CheckMissing));
	});
}

#[test]
fn members_are_listed_page_by_page() {
	test(|| {
		for seed in 1..=7 {
			assert_ok!(enrol(hospital_operator(), account(seed), &[Role::Nurse], current()));
		}
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), account(3)));
		let mut found = Vec::<AccountId>::new();
		loop {
			let page = ProviderRegistry::members(HOSPITAL, found.last().cloned(), 3);
			assert!(page.len() <= 3);
			if page.is_empty() {
				break;
			}
			found.extend(page);
		}
		found.sort();
		assert_eq!(found, (1..=7).map(account).collect::<Vec<_>>());
		assert_eq!(ProviderRegistry::members(CLINIC, None, 10), [account(3)]);
		assert!(ProviderRegistry::members(NOBODY, None, 10).is_empty());
	});
}

#[test]
fn verify_finds_a_credential_by_its_commitment() {
	test(|| {
		let id = license_dana();
		let credential = credential_by_id(&dana(), id);
		let view = || ProviderRegistry::verify(credential.commitment, credential.issuer);
		assert_eq!(
			view(),
			Some(CredentialView { practitioner: dana(), credential, standing: Ok(()) })
		);
		assert_eq!(credential.issuer, CredentialIssuer::Issuer(BOARD));
		assert_ok!(ProviderRegistry::revoke_credential(signed(board()), dana(), id));
		assert_eq!(view().unwrap().standing, Err(DenialReason::CredentialRevoked));
		assert_eq!(ProviderRegistry::verify(Commitment([200; 32]), credential.issuer), None);
		let of_home = CredentialIssuer::Institution(HOSPITAL);
		assert_eq!(ProviderRegistry::verify(credential.commitment, of_home), None);
	});
}

#[test]
fn an_institution_is_shown_with_whether_it_stands() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		let view = ProviderRegistry::institution(HOSPITAL).unwrap();
		assert_eq!(view.standing, Err(DenialReason::InstitutionSuspended));
		assert_eq!(view.practitioners, 1);
		assert_eq!(ProviderRegistry::institution(NOBODY), None);
	});
}
