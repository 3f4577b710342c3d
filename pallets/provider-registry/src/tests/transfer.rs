//! Leaving institutions, and moving home.

use crate::{
	mock::*, CredentialIssuer, CredentialKind, CredentialsByCommitment, Error, Event,
	InstitutionStatus, Members, PractitionerCount, Transfers,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, AuditAction, InstitutionId, Period};
use sp_runtime::DispatchResult;

fn offer(by: AccountId, to: InstitutionId) -> DispatchResult {
	ProviderRegistry::offer_transfer(signed(by), dana(), to)
}

fn accept(by: AccountId, valid: Period) -> DispatchResult {
	ProviderRegistry::accept_transfer(
		signed(by),
		dana(),
		CredentialKind::Employment,
		fresh_commitment(),
		valid,
	)
}

fn withdraw(by: AccountId) -> DispatchResult {
	ProviderRegistry::withdraw_transfer(signed(by), dana())
}

fn leave(by: AccountId, institution: InstitutionId) -> DispatchResult {
	ProviderRegistry::leave(signed(by), dana(), institution)
}

fn at_both(body: impl FnOnce()) {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		body();
	});
}

#[test]
fn a_practitioner_leaves_an_institution() {
	at_both(|| {
		assert_ok!(leave(dana(), CLINIC));
		assert_eq!(practitioner(&dana()).affiliations.to_vec(), [HOSPITAL]);
		assert!(!Members::<Test>::contains_key(CLINIC, dana()));
		assert_eq!(log().last().unwrap().action, AuditAction::AffiliationEnded);
		System::assert_last_event(
			Event::AffiliationEnded { practitioner: dana(), institution: CLINIC }.into(),
		);
	});
}

#[test]
fn an_institution_lets_a_practitioner_go() {
	at_both(|| {
		assert_ok!(leave(clinic_operator(), CLINIC));
		assert_noop!(leave(clinic_operator(), CLINIC), Error::<Test>::NotAffiliated);
	});
}

#[test]
fn a_practitioner_may_leave_a_suspended_institution() {
	at_both(|| {
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			CLINIC,
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(leave(clinic_operator(), CLINIC), Error::<Test>::InstitutionSuspended);
		assert_ok!(leave(dana(), CLINIC));
	});
}

#[test]
fn leave_fails_when_it_is_home_or_not_the_callers() {
	at_both(|| {
		assert_noop!(leave(dana(), HOSPITAL), Error::<Test>::CannotLeaveHome);
		assert_noop!(leave(hospital_operator(), HOSPITAL), Error::<Test>::CannotLeaveHome);
		assert_noop!(leave(hospital_operator(), CLINIC), Error::<Test>::NotYourInstitution);
		assert_noop!(leave(stranger(), CLINIC), Error::<Test>::NotAnOperator);
		let unknown = ProviderRegistry::leave(signed(stranger()), stranger(), CLINIC);
		assert_eq!(unknown, Err(Error::<Test>::PractitionerUnknown.into()));
	});
}

#[test]
fn a_transfer_moves_home_and_the_attestation_with_it() {
	at_both(|| {
		register_board();
		let licence = attest_dana();
		let old = credential(&dana());
		assert_ok!(offer(hospital_operator(), CLINIC));
		assert_ok!(accept(clinic_operator(), current()));
		let stored = practitioner(&dana());
		assert_eq!(stored.enrolled_by, CLINIC);
		assert_eq!(stored.affiliations.to_vec(), [CLINIC]);
		assert_eq!(stored.credentials.len(), 2);
		assert_eq!(stored.credentials[0].id, licence);
		assert_eq!(stored.credentials[1].issuer, CredentialIssuer::Institution(CLINIC));
		assert!(!CredentialsByCommitment::<Test>::contains_key(old.commitment, old.issuer));
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), 0);
		assert_eq!(PractitionerCount::<Test>::get(CLINIC), 1);
		assert!(!Members::<Test>::contains_key(HOSPITAL, dana()));
		assert_eq!(log().last().unwrap().action, AuditAction::PractitionerTransferred);
		System::assert_last_event(
			Event::PractitionerTransferred { practitioner: dana(), from: HOSPITAL, to: CLINIC }
				.into(),
		);
	});
}

#[test]
fn a_transferred_practitioner_stands_at_the_new_home_alone() {
	test(|| {
		enrol_dana();
		assert_ok!(offer(hospital_operator(), CLINIC));
		assert_ok!(accept(clinic_operator(), current()));
		assert!(enrolled(&dana()).is_err());
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended(REASON)
		));
		let view = ProviderRegistry::status(dana(), CLINIC, hdx_primitives::Role::Physician, NOW);
		assert_ok!(view.enrolled);
	});
}

#[test]
fn an_offer_is_withdrawn_by_either() {
	test(|| {
		enrol_dana();
		for who in [dana(), hospital_operator()] {
			assert_ok!(offer(hospital_operator(), CLINIC));
			assert_noop!(withdraw(clinic_operator()), Error::<Test>::NotEnrolledByYou);
			assert_noop!(withdraw(stranger()), Error::<Test>::NotAnOperator);
			assert_ok!(withdraw(who));
			assert!(!Transfers::<Test>::contains_key(dana()));
			assert_noop!(accept(clinic_operator(), current()), Error::<Test>::NoTransferOffered);
		}
		assert_noop!(withdraw(dana()), Error::<Test>::NoTransferOffered);
	});
}

#[test]
fn a_removed_practitioner_is_not_offered_any_more() {
	test(|| {
		enrol_dana();
		assert_ok!(offer(hospital_operator(), CLINIC));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_noop!(accept(clinic_operator(), current()), Error::<Test>::NoTransferOffered);
	});
}

#[test]
fn offer_fails_when_it_cannot_be() {
	test(|| {
		assert_noop!(offer(hospital_operator(), CLINIC), Error::<Test>::PractitionerUnknown);
		enrol_dana();
		assert_noop!(offer(dana(), CLINIC), Error::<Test>::NotAnOperator);
		assert_noop!(offer(clinic_operator(), CLINIC), Error::<Test>::NotEnrolledByYou);
		assert_noop!(offer(hospital_operator(), HOSPITAL), Error::<Test>::TransferToSelf);
		assert_noop!(offer(hospital_operator(), NOBODY), Error::<Test>::InstitutionUnknown);
		assert_ok!(offer(hospital_operator(), CLINIC));
		assert_noop!(offer(hospital_operator(), CLINIC), Error::<Test>::TransferAlreadyOffered);
	});
}

#[test]
fn accept_fails_when_it_is_not_offered_to_the_caller_or_the_period_is_wrong() {
	test(|| {
		enrol_dana();
		let third = account(102);
		assert_ok!(ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			third.clone(),
			crate::InstitutionKind::Clinic,
			[0; 32]
		));
		assert_ok!(offer(hospital_operator(), CLINIC));
		assert_noop!(accept(third, current()), Error::<Test>::NotOfferedToYou);
		assert_noop!(accept(clinic_operator(), from_until(2, 1)), Error::<Test>::PeriodNotOrdered);
		PractitionerCount::<Test>::insert(CLINIC, u32::MAX);
		assert_noop!(accept(clinic_operator(), current()), Error::<Test>::TooManyPractitioners);
		PractitionerCount::<Test>::remove(CLINIC);
	});
}
