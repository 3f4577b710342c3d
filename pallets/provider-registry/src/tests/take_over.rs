//! Taking over those whose home has closed.

use crate::{
	mock::*, CredentialIssuer, CredentialKind, Error, Event, GovernanceHolds, InstitutionStatus,
	Members, PractitionerCount, PractitionerStatus, Transfers,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	take_over_agreement, AccountId, Agreement, AssuranceLevel, AuditAction, AuditEvent,
	DenialReason, InstitutionId, Milliseconds, ProviderDirectory, Role, Subject,
};
use sp_core::{sr25519, Pair};
use sp_runtime::DispatchResult;

/// A practitioner whose key the tests have.
fn eve() -> AccountId {
	pair(60).public().into()
}

fn agreement_by(key: &sr25519::Pair, from: InstitutionId, to: InstitutionId) -> Agreement {
	let valid_until = agreed_until();
	let payload = take_over_agreement(&System::block_hash(0), &eve(), from, to, valid_until);
	Agreement { signature: key.sign(&payload).into(), valid_until }
}

fn agreement() -> Agreement {
	agreement_by(&pair(60), HOSPITAL, CLINIC)
}

fn take_over(by: AccountId, agreement: Agreement) -> DispatchResult {
	ProviderRegistry::take_over(
		signed(by),
		eve(),
		agreement,
		CredentialKind::Employment,
		fresh_commitment(),
		current(),
	)
}

fn set_hospital(status: InstitutionStatus) {
	assert_ok!(ProviderRegistry::set_institution_status(RuntimeOrigin::root(), HOSPITAL, status));
}

/// Eve is enrolled at a hospital, which then closes.
fn closed(body: impl FnOnce()) {
	test(|| {
		assert_ok!(enrol(hospital_operator(), eve(), &[Role::Physician], current()));
		set_hospital(InstitutionStatus::Closed);
		body();
	});
}

fn at_clinic() -> Result<(), DenialReason> {
	let now = ProviderRegistry::now();
	let level = AssuranceLevel::Enrolled;
	ProviderRegistry::standing(&eve(), CLINIC, Role::Physician, level, now).map(|_| ())
}

#[test]
fn the_people_of_a_closed_institution_go_on_elsewhere() {
	closed(|| {
		assert_eq!(enrolled(&eve()), Err(DenialReason::InstitutionSuspended));
		assert_ok!(take_over(clinic_operator(), agreement()));
		assert_ok!(at_clinic());
		let stored = practitioner(&eve());
		assert_eq!((stored.enrolled_by, stored.affiliations.to_vec()), (CLINIC, vec![CLINIC]));
		assert_eq!(stored.credentials.len(), 1);
		assert_eq!(stored.credentials[0].issuer, CredentialIssuer::Institution(CLINIC));
		assert!(!Members::<Test>::contains_key(HOSPITAL, eve()));
		assert_eq!(PractitionerCount::<Test>::get(HOSPITAL), 0);
		assert_eq!(PractitionerCount::<Test>::get(CLINIC), 1);
		let (practitioner, from, to) = (eve(), HOSPITAL, CLINIC);
		System::assert_last_event(Event::PractitionerTransferred { practitioner, from, to }.into());
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(clinic_operator()),
				on_behalf_of: Some(CLINIC),
				subject: Subject::Practitioner(eve().into()),
				..AuditEvent::new(AuditAction::PractitionerTransferred)
			})
		);
	});
}

#[test]
fn nobody_is_poached_from_an_institution_that_has_not_closed() {
	closed(|| {
		for status in [InstitutionStatus::Active, InstitutionStatus::Suspended(REASON)] {
			set_hospital(status);
			assert_noop!(take_over(clinic_operator(), agreement()), Error::<Test>::HomeNotClosed);
		}
	});
}

#[test]
fn nobody_is_taken_over_against_their_will() {
	closed(|| {
		let disagrees = || Error::<Test>::PractitionerDoesNotAgree;
		let refused = |agreement| {
			assert_noop!(take_over(clinic_operator(), agreement), disagrees());
		};
		refused(agreement_by(&pair(61), HOSPITAL, CLINIC));
		refused(agreement_by(&pair(60), CLINIC, CLINIC));
		refused(agreement_by(&pair(60), HOSPITAL, NOBODY));
		let sooner = Milliseconds(agreement().valid_until.0 - 1);
		refused(Agreement { valid_until: sooner, ..agreement() });
		let of_rotation = agree_to_follow(&pair(60), &eve(), &eve());
		refused(of_rotation);
	});
}

#[test]
fn an_agreement_that_is_long_forgotten_moves_nobody() {
	closed(|| {
		let agreement = agreement();
		wait(MaxAgreementAge::get().0);
		assert_noop!(take_over(clinic_operator(), agreement), Error::<Test>::AgreementOutdated);
	});
	closed(|| {
		wait(1);
		let agreement = agreement();
		Timestamp::set_timestamp(ProviderRegistry::now().0 - 1);
		assert_noop!(take_over(clinic_operator(), agreement), Error::<Test>::AgreementTooLong);
	});
}

#[test]
fn an_agreement_moves_somebody_once() {
	closed(|| {
		let agreement = agreement();
		assert_ok!(take_over(clinic_operator(), agreement.clone()));
		assert_noop!(take_over(clinic_operator(), agreement.clone()), Error::<Test>::HomeNotClosed);
		let root = RuntimeOrigin::root();
		let closed = InstitutionStatus::Closed;
		assert_ok!(ProviderRegistry::set_institution_status(root, CLINIC, closed));
		set_hospital(InstitutionStatus::Active);
		assert_noop!(
			take_over(hospital_operator(), agreement),
			Error::<Test>::PractitionerDoesNotAgree
		);
	});
}

#[test]
fn a_suspension_or_hold_goes_along() {
	closed(|| {
		let suspended = PractitionerStatus::Suspended(REASON);
		let set = |origin, status| ProviderRegistry::set_practitioner_status(origin, eve(), status);
		assert_ok!(set(RuntimeOrigin::root(), suspended));
		assert_ok!(take_over(clinic_operator(), agreement()));
		assert_eq!(at_clinic(), Err(DenialReason::PractitionerSuspended));
		assert!(GovernanceHolds::<Test>::contains_key(eve()));
		assert_noop!(
			set(signed(clinic_operator()), PractitionerStatus::Active),
			Error::<Test>::HeldByGovernance
		);
	});
}

#[test]
fn whoever_waits_for_an_answer_is_not_taken_over() {
	closed(|| {
		let suspended = PractitionerStatus::Suspended(REASON);
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::set_practitioner_status(root, eve(), suspended));
		let statement = hdx_primitives::Commitment([1; 32]);
		assert_ok!(ProviderRegistry::appeal(signed(eve()), statement));
		assert_noop!(take_over(clinic_operator(), agreement()), Error::<Test>::AppealIsOpen);
	});
}

#[test]
fn an_offer_of_the_closed_home_ends() {
	test(|| {
		assert_ok!(enrol(hospital_operator(), eve(), &[Role::Physician], current()));
		assert_ok!(ProviderRegistry::offer_transfer(signed(hospital_operator()), eve(), CLINIC));
		set_hospital(InstitutionStatus::Closed);
		assert_ok!(take_over(clinic_operator(), agreement()));
		assert!(!Transfers::<Test>::contains_key(eve()));
	});
}

#[test]
fn take_over_fails_when_the_caller_may_not() {
	closed(|| {
		assert_noop!(take_over(stranger(), agreement()), Error::<Test>::NotAnOperator);
		assert_noop!(
			take_over(hospital_operator(), agreement()),
			Error::<Test>::InstitutionSuspended
		);
		PractitionerCount::<Test>::insert(CLINIC, u32::MAX);
		assert_noop!(
			take_over(clinic_operator(), agreement()),
			Error::<Test>::TooManyPractitioners
		);
		PractitionerCount::<Test>::remove(CLINIC);
	});
	test(|| {
		assert_noop!(take_over(clinic_operator(), agreement()), Error::<Test>::PractitionerUnknown);
	});
}

#[test]
fn a_closed_institution_opens_again_for_those_who_stayed() {
	closed(|| {
		set_hospital(InstitutionStatus::Active);
		assert_ok!(enrolled(&eve()));
	});
}
