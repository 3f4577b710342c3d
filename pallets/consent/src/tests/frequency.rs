//! Consents limit how often they are used.

use crate::{mock::*, ConsentTerms, FrequencyLimit, Usage, UsageWindow};
use frame_support::assert_ok;
use hdx_primitives::{engine::Basis, ConsentDecider, ConsentId, Milliseconds, UseRefusal};

const TWICE_A_DAY: ConsentTerms = ConsentTerms {
	frequency: Some(FrequencyLimit { accesses: 2, per: Milliseconds(DAY) }),
	erase_by: None,
	renewal: None,
};

fn use_at(consent: ConsentId, version: u32, at: Milliseconds) -> Result<(), UseRefusal> {
	let basis = Basis { consent, version };
	let checked = <Registry as ConsentDecider>::check_use(basis, at);
	let before = Usage::<Test>::get(consent);
	let recorded = <Registry as ConsentDecider>::record_use(basis, at);
	assert_eq!(checked, recorded);
	assert!(recorded.is_ok() || Usage::<Test>::get(consent) == before);
	recorded
}

#[test]
fn a_consent_without_a_limit_counts_nothing() {
	with_patient(|| {
		let id = grant(permit_all());
		for _ in 0..50 {
			assert_ok!(use_at(id, 1, START));
		}
		assert_eq!(Usage::<Test>::iter().count(), 0);
	});
}

#[test]
fn no_more_uses_than_the_limit_fit_into_a_window() {
	with_patient(|| {
		let id = grant_with(permit_all(), TWICE_A_DAY);
		assert_ok!(use_at(id, 1, START));
		assert_ok!(use_at(id, 1, later(DAY - 1)));
		assert_eq!(use_at(id, 1, later(DAY - 1)), Err(UseRefusal::FrequencyExceeded));
		let expected = UsageWindow { version: 1, window: 0, used: 2 };
		assert_eq!(Usage::<Test>::get(id), Some(expected));
	});
}

#[test]
fn windows_are_counted_from_the_moment_of_consent() {
	with_patient(|| {
		set_time(later(DAY / 2));
		let id = grant_with(permit_all(), TWICE_A_DAY);
		for _ in 0..2 {
			assert_ok!(use_at(id, 1, later(DAY)));
		}
		assert!(use_at(id, 1, later(DAY)).is_err());
		// A new calendar day is no new window; a day after the consent is.
		assert!(use_at(id, 1, later(DAY + DAY / 2 - 1)).is_err());
		assert_ok!(use_at(id, 1, later(DAY + DAY / 2)));
		assert_ok!(use_at(id, 1, days(100)));
		assert_eq!(Usage::<Test>::get(id).unwrap().window, 99);
	});
}

#[test]
fn an_amendment_starts_a_new_window() {
	with_patient(|| {
		let id = grant_with(permit_all(), TWICE_A_DAY);
		for _ in 0..2 {
			assert_ok!(use_at(id, 1, START));
		}
		assert_ok!(amend(id, permit_until(years(1)), TWICE_A_DAY));
		assert_eq!(Usage::<Test>::get(id), None);
		assert_ok!(use_at(id, 2, START));
	});
}

#[test]
fn a_use_fails_when_the_version_is_not_in_force() {
	with_patient(|| {
		let id = grant_with(permit_until(years(1)), TWICE_A_DAY);
		let not_in_force = Err(UseRefusal::NotInForce);
		assert_eq!(use_at(ConsentId(9), 1, START), not_in_force);
		assert_eq!(use_at(id, 2, START), not_in_force);
		assert_eq!(use_at(id, 1, years(1)), not_in_force);
		assert_ok!(amend(id, permit_all(), NO_TERMS));
		assert_eq!(use_at(id, 1, START), not_in_force);
		revoke(id);
		assert_eq!(use_at(id, 2, START), not_in_force);
	});
}
