//! Appeals against suspensions.

use crate::{
	mock::*, AppealOutcome, Appeals, Appellant, Error, Event, GovernanceHolds, InstitutionStatus,
	Institutions, NextAppealId, OpenAppeals, PractitionerStatus, SuspensionReason,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, AppealId, AuditAction, AuditEvent, Commitment, Subject};
use sp_core::Pair;
use sp_runtime::DispatchResult;

const STATEMENT: Commitment = Commitment([1; 32]);
const FIRST_APPEAL: AppealId = AppealId(0);
const SECOND_APPEAL: AppealId = AppealId(1);

fn appeal(who: AccountId) -> DispatchResult {
	ProviderRegistry::appeal(signed(who), STATEMENT)
}

fn withdraw(who: AccountId, appeal: AppealId) -> DispatchResult {
	ProviderRegistry::withdraw_appeal(signed(who), appeal)
}

fn decide(appeal: AppealId, outcome: AppealOutcome) -> DispatchResult {
	ProviderRegistry::decide_appeal(RuntimeOrigin::root(), appeal, outcome)
}

/// Dana's home sets her status.
fn home_sets(status: PractitionerStatus) {
	assert_ok!(ProviderRegistry::set_practitioner_status(
		signed(hospital_operator()),
		dana(),
		status
	));
}

fn is_open(appeal: AppealId) -> bool {
	Appeals::<Test>::contains_key(appeal)
}

fn set_dana(status: PractitionerStatus) {
	assert_ok!(ProviderRegistry::set_practitioner_status(RuntimeOrigin::root(), dana(), status));
}

fn set_hospital(status: InstitutionStatus) {
	assert_ok!(ProviderRegistry::set_institution_status(RuntimeOrigin::root(), HOSPITAL, status));
}

fn of_dana() -> Appellant {
	Appellant::Practitioner(dana())
}

const SUSPENDED: PractitionerStatus = PractitionerStatus::Suspended(REASON);

#[test]
fn an_appeal_that_is_upheld_ends_the_suspension() {
	test(|| {
		enrol_dana();
		set_dana(SUSPENDED);
		assert_ok!(appeal(dana()));
		let appeal = FIRST_APPEAL;
		System::assert_last_event(
			Event::AppealFiled { appeal, appellant: of_dana(), statement: STATEMENT }.into(),
		);
		assert_eq!(log().last().unwrap().action, AuditAction::AppealFiled);
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Upheld));
		assert_eq!(practitioner(&dana()).status, PractitionerStatus::Active);
		assert!(!GovernanceHolds::<Test>::contains_key(dana()));
		assert_eq!(log().last().unwrap().action, AuditAction::AppealDecided);
	});
}

#[test]
fn an_appeal_that_is_dismissed_changes_nothing_and_may_be_made_again() {
	test(|| {
		enrol_dana();
		set_dana(SUSPENDED);
		assert_ok!(appeal(dana()));
		assert_noop!(appeal(dana()), Error::<Test>::AppealIsOpen);
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Dismissed));
		assert_eq!(practitioner(&dana()).status, SUSPENDED);
		assert_ok!(appeal(dana()));
	});
}

#[test]
fn a_suspended_institution_appeals_although_it_can_do_nothing_else() {
	test(|| {
		set_hospital(InstitutionStatus::Suspended(REASON));
		assert_ok!(appeal(hospital_operator()));
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Upheld));
		assert_eq!(Institutions::<Test>::get(HOSPITAL).unwrap().status, InstitutionStatus::Active);
	});
}

#[test]
fn others_are_told_when_an_appeal_ends_the_suspension_of_an_institution_and_only_then() {
	test(|| {
		set_hospital(InstitutionStatus::Suspended(REASON));
		assert_ok!(appeal(hospital_operator()));
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Dismissed));
		assert_eq!(changed_voices(), [HOSPITAL]);
		assert_ok!(appeal(hospital_operator()));
		assert_ok!(decide(SECOND_APPEAL, AppealOutcome::Upheld));
		assert_eq!(changed_voices(), [HOSPITAL, HOSPITAL]);
	});
}

#[test]
fn a_home_erases_no_appeal_by_reinstating_and_suspending_again() {
	test(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		assert_ok!(appeal(dana()));
		home_sets(PractitionerStatus::Active);
		assert!(is_open(FIRST_APPEAL));
		assert_noop!(appeal(dana()), Error::<Test>::NotSuspended);
		home_sets(PractitionerStatus::Suspended(SuspensionReason::Administrative));
		assert!(is_open(FIRST_APPEAL));
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Upheld));
		assert_ok!(enrolled(&dana()));
	});
}

#[test]
fn an_appeal_of_somebody_who_was_reinstated_is_answered_all_the_same() {
	test(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		assert_ok!(appeal(dana()));
		home_sets(PractitionerStatus::Active);
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Dismissed));
		assert_ok!(enrolled(&dana()));
		assert!(!is_open(FIRST_APPEAL));
	});
}

#[test]
fn a_home_erases_no_appeal_by_removing_transferring_or_rotating() {
	test(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		assert_ok!(appeal(dana()));
		let remove = || ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana());
		assert_noop!(remove(), Error::<Test>::AppealIsOpen);
		home_sets(PractitionerStatus::Active);
		assert_noop!(remove(), Error::<Test>::AppealIsOpen);
		assert_ok!(ProviderRegistry::offer_transfer(signed(hospital_operator()), dana(), CLINIC));
		assert_noop!(
			ProviderRegistry::accept_transfer(
				signed(clinic_operator()),
				dana(),
				crate::CredentialKind::Employment,
				fresh_commitment(),
				current()
			),
			Error::<Test>::AppealIsOpen
		);
		home_sets(SUSPENDED);
		assert_ok!(rotate_to(hospital_operator(), dana(), &pair(55), None));
		// The proposal of before still decides it.
		assert_ok!(decide(FIRST_APPEAL, AppealOutcome::Upheld));
		let new = pair(55).public().into();
		assert_eq!(practitioner(&new).status, PractitionerStatus::Active);
	});
}

#[test]
fn a_proposal_about_an_old_appeal_decides_no_newer_one() {
	test(|| {
		enrol_dana();
		set_dana(SUSPENDED);
		assert_ok!(appeal(dana()));
		set_dana(PractitionerStatus::Active);
		set_dana(SUSPENDED);
		assert_ok!(appeal(dana()));
		for outcome in [AppealOutcome::Upheld, AppealOutcome::Dismissed] {
			assert_noop!(decide(FIRST_APPEAL, outcome), Error::<Test>::AppealUnknown);
		}
		assert!(is_open(SECOND_APPEAL));
		assert_eq!(practitioner(&dana()).status, SUSPENDED);
	});
}

/// The last entry says that governance answered somebody's appeal.
fn assert_answered(appellant: Appellant, subject: Subject, outcome: AppealOutcome) {
	let appeal = AppealId(NextAppealId::<Test>::get().0 - 1);
	System::assert_last_event(Event::AppealDecided { appeal, appellant, outcome }.into());
	let decided = AuditEvent { subject, ..AuditEvent::new(AuditAction::AppealDecided) };
	assert_eq!(log().last(), Some(&decided));
	assert_eq!((Appeals::<Test>::iter().count(), OpenAppeals::<Test>::iter().count()), (0, 0));
}

#[test]
fn governance_answers_an_appeal_by_what_it_orders_and_never_silently() {
	test(|| {
		enrol_dana();
		let about_dana = Subject::Practitioner(dana().into());
		home_sets(SUSPENDED);
		for (order, outcome) in [
			// A hold on top of the home's suspension, another reason, and the end of both.
			(SUSPENDED, AppealOutcome::Dismissed),
			(PractitionerStatus::Suspended(SuspensionReason::Order), AppealOutcome::Dismissed),
			(PractitionerStatus::Active, AppealOutcome::Upheld),
		] {
			assert_ok!(appeal(dana()));
			set_dana(order);
			assert_answered(of_dana(), about_dana, outcome);
		}
		let hospital = || Appellant::Institution(HOSPITAL);
		set_hospital(InstitutionStatus::Suspended(REASON));
		for (order, outcome) in [
			(InstitutionStatus::Closed, AppealOutcome::Dismissed),
			(InstitutionStatus::Active, AppealOutcome::Upheld),
		] {
			assert_ok!(appeal(hospital_operator()));
			set_hospital(order);
			assert_answered(hospital(), Subject::Institution(HOSPITAL), outcome);
		}
	});
}

#[test]
fn an_appeal_against_a_homes_suspension_ends_no_hold_of_later() {
	test(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		assert_ok!(appeal(dana()));
		set_dana(SUSPENDED);
		assert_noop!(decide(FIRST_APPEAL, AppealOutcome::Upheld), Error::<Test>::AppealUnknown);
		assert!(GovernanceHolds::<Test>::contains_key(dana()));
	});
}

#[test]
fn an_appeal_is_withdrawn_by_who_filed_it_alone() {
	test(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		assert_noop!(withdraw(dana(), FIRST_APPEAL), Error::<Test>::AppealUnknown);
		assert_ok!(appeal(dana()));
		for other in [hospital_operator(), stranger()] {
			assert_noop!(withdraw(other, FIRST_APPEAL), Error::<Test>::NotYourAppeal);
		}
		assert_ok!(withdraw(dana(), FIRST_APPEAL));
		let withdrawn = Event::AppealWithdrawn { appeal: FIRST_APPEAL, appellant: of_dana() };
		System::assert_last_event(withdrawn.into());
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(dana()),
				subject: Subject::Practitioner(dana().into()),
				..AuditEvent::new(AuditAction::AppealWithdrawn)
			})
		);
		assert_ok!(appeal(dana()));
		set_hospital(InstitutionStatus::Suspended(REASON));
		assert_ok!(appeal(hospital_operator()));
		let third = AppealId(2);
		assert_noop!(withdraw(dana(), third), Error::<Test>::NotYourAppeal);
		assert_ok!(withdraw(hospital_operator(), third));
	});
}

#[test]
fn appeal_fails_when_numbers_are_used_up() {
	new_test_ext().execute_with(|| {
		enrol_dana();
		home_sets(SUSPENDED);
		NextAppealId::<Test>::put(AppealId(u64::MAX));
		assert_noop!(appeal(dana()), Error::<Test>::NoAppealIdLeft);
	});
}

#[test]
fn appeal_fails_when_nobody_is_suspended() {
	test(|| {
		enrol_dana();
		assert_noop!(appeal(dana()), Error::<Test>::NotSuspended);
		assert_noop!(appeal(hospital_operator()), Error::<Test>::NotSuspended);
		assert_noop!(appeal(stranger()), Error::<Test>::PractitionerUnknown);
	});
}

#[test]
fn decide_fails_when_there_is_no_appeal() {
	test(|| {
		enrol_dana();
		for outcome in [AppealOutcome::Upheld, AppealOutcome::Dismissed] {
			assert_noop!(decide(FIRST_APPEAL, outcome), Error::<Test>::AppealUnknown);
		}
	});
}
