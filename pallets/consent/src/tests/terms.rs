//! Terms that mean nothing are refused by name.

use crate::{mock::*, ConsentTerms, Error, FrequencyLimit, Renewal};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Outcome, Policy},
	Milliseconds,
};
use sp_runtime::DispatchResult;

const YEARLY: Renewal =
	Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(30 * DAY) };
const DAILY: FrequencyLimit = FrequencyLimit { accesses: 1, per: Milliseconds(DAY) };

fn try_grant(policy: Policy, terms: ConsentTerms) -> DispatchResult {
	Registry::grant(signed(patient()), policy, signed_document(), terms)
}

fn renewing(renewal: Renewal) -> ConsentTerms {
	ConsentTerms { renewal: Some(renewal), ..NO_TERMS }
}

fn limited(frequency: FrequencyLimit) -> ConsentTerms {
	ConsentTerms { frequency: Some(frequency), ..NO_TERMS }
}

#[test]
fn a_consent_may_have_all_terms() {
	with_patient(|| {
		let terms = ConsentTerms {
			frequency: Some(DAILY),
			erase_by: Some(years(9)),
			renewal: Some(YEARLY),
		};
		let id = grant_with(permit_until(years(1)), terms);
		assert_eq!(record(id).terms, terms);
	});
}

#[test]
fn grant_fails_when_the_frequency_allows_no_access() {
	with_patient(|| {
		let terms = limited(FrequencyLimit { accesses: 0, ..DAILY });
		assert_noop!(try_grant(permit_all(), terms), Error::<Test>::FrequencyOfNoAccess);
	});
}

#[test]
fn grant_fails_when_the_frequency_has_no_window() {
	with_patient(|| {
		let terms = limited(FrequencyLimit { per: Milliseconds(0), ..DAILY });
		assert_noop!(try_grant(permit_all(), terms), Error::<Test>::FrequencyPerNoTime);
	});
}

#[test]
fn grant_fails_when_the_time_to_erase_has_passed() {
	with_patient(|| {
		let erasing = |erase_by| ConsentTerms { erase_by: Some(erase_by), ..NO_TERMS };
		assert_noop!(try_grant(permit_all(), erasing(START)), Error::<Test>::EraseByPassed);
		assert_ok!(try_grant(permit_all(), erasing(later(1))));
	});
}

#[test]
fn grant_fails_when_a_renewal_extends_by_nothing() {
	with_patient(|| {
		let terms = renewing(Renewal { extends_by: Milliseconds(0), ..YEARLY });
		assert_noop!(try_grant(permit_until(years(1)), terms), Error::<Test>::RenewalByNoTime);
	});
}

#[test]
fn grant_fails_when_a_renewal_never_happens() {
	with_patient(|| {
		let terms = renewing(Renewal { times: 0, ..YEARLY });
		assert_noop!(try_grant(permit_until(years(1)), terms), Error::<Test>::RenewalNeverHappens);
	});
}

#[test]
fn grant_fails_when_a_renewal_gives_no_notice() {
	with_patient(|| {
		let terms = renewing(Renewal { notice: Milliseconds(0), ..YEARLY });
		assert_noop!(try_grant(permit_until(years(1)), terms), Error::<Test>::RenewalWithoutNotice);
	});
}

#[test]
fn grant_fails_when_the_notice_is_as_long_as_the_renewal() {
	with_patient(|| {
		let with_notice = |notice| renewing(Renewal { notice: Milliseconds(notice), ..YEARLY });
		let refused = try_grant(permit_until(years(1)), with_notice(YEAR));
		assert_noop!(refused, Error::<Test>::NoticeTooLong);
		assert_ok!(try_grant(permit_until(years(1)), with_notice(YEAR - 1)));
	});
}

#[test]
fn grant_fails_when_a_consent_without_end_is_to_be_renewed() {
	with_patient(|| {
		let refused = try_grant(permit_all(), renewing(YEARLY));
		assert_noop!(refused, Error::<Test>::RenewalWithoutEnd);
	});
}

#[test]
fn grant_fails_when_all_is_erased_before_the_consent_begins() {
	with_patient(|| {
		let mut later_on = permit_all();
		later_on.provisions[0].period.start = Some(days(10));
		let erasing = |erase_by| ConsentTerms { erase_by: Some(erase_by), ..NO_TERMS };
		for erase_by in [days(9), days(10)] {
			let refused = try_grant(later_on.clone(), erasing(erase_by));
			assert_noop!(refused, Error::<Test>::ErasedBeforeItBegins);
		}
		assert_ok!(try_grant(later_on, erasing(days(11))));
		assert_eq!(outcome_at(days(10)), Outcome::Permit);
		assert_eq!(outcome_at(days(11)), Outcome::NoConsent);
	});
}
