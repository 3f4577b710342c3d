//! Appeals against suspensions.

use crate::{
	mock::*, AppealOutcome, Appeals, Appellant, Error, Event, GovernanceHolds, InstitutionStatus,
	Institutions, PractitionerStatus,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, AuditAction, Commitment};
use sp_runtime::DispatchResult;

const STATEMENT: Commitment = Commitment([1; 32]);

fn appeal(who: AccountId) -> DispatchResult {
	ProviderRegistry::appeal(signed(who), STATEMENT)
}

fn decide(appellant: Appellant, outcome: AppealOutcome) -> DispatchResult {
	ProviderRegistry::decide_appeal(RuntimeOrigin::root(), appellant, outcome)
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
		System::assert_last_event(
			Event::AppealFiled { appellant: of_dana(), statement: STATEMENT }.into(),
		);
		assert_eq!(log().last().unwrap().action, AuditAction::AppealFiled);
		assert_ok!(decide(of_dana(), AppealOutcome::Upheld));
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
		assert_ok!(decide(of_dana(), AppealOutcome::Dismissed));
		assert_eq!(practitioner(&dana()).status, SUSPENDED);
		assert_ok!(appeal(dana()));
	});
}

#[test]
fn a_suspended_institution_appeals_although_it_can_do_nothing_else() {
	test(|| {
		set_hospital(InstitutionStatus::Suspended(REASON));
		assert_ok!(appeal(hospital_operator()));
		assert_ok!(decide(Appellant::Institution(HOSPITAL), AppealOutcome::Upheld));
		assert_eq!(Institutions::<Test>::get(HOSPITAL).unwrap().status, InstitutionStatus::Active);
	});
}

#[test]
fn an_appeal_is_closed_when_the_suspension_ends_otherwise() {
	test(|| {
		enrol_dana();
		set_dana(SUSPENDED);
		assert_ok!(appeal(dana()));
		set_dana(PractitionerStatus::Active);
		set_hospital(InstitutionStatus::Suspended(REASON));
		assert_ok!(appeal(hospital_operator()));
		set_hospital(InstitutionStatus::Active);
		assert_eq!(Appeals::<Test>::iter().count(), 0);
		let home = |status| {
			ProviderRegistry::set_practitioner_status(signed(hospital_operator()), dana(), status)
		};
		assert_ok!(home(SUSPENDED));
		assert_ok!(appeal(dana()));
		assert_ok!(home(PractitionerStatus::Active));
		assert_eq!(Appeals::<Test>::iter().count(), 0);
		assert_ok!(home(SUSPENDED));
		assert_ok!(appeal(dana()));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		assert_eq!(Appeals::<Test>::iter().count(), 0);
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
			assert_noop!(decide(of_dana(), outcome), Error::<Test>::AppealUnknown);
		}
	});
}
