//! Consents whose time is over make room, and stay readable.

use crate::{mock::*, types::ConsentState, ConsentsOf, Error};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::engine::Outcome;

fn try_grant() -> sp_runtime::DispatchResult {
	Registry::grant(signed(patient()), permit_all(), signed_document(), NO_TERMS)
}

#[test]
fn ended_consents_make_room_when_it_is_needed() {
	with_patient(|| {
		let short: Vec<_> = (0..2).map(|_| grant(permit_until(days(1)))).collect();
		let long: Vec<_> = (2..MAX_CONSENTS).map(|_| grant(permit_all())).collect();
		assert_noop!(try_grant(), Error::<Test>::TooManyConsents);
		set_time(days(1));
		let new = grant(permit_all());
		assert_eq!(ConsentsOf::<Test>::get(patient()).len(), MAX_CONSENTS as usize - 1);
		assert_eq!(Registry::active_consents(patient()), [&long[..], &[new]].concat());
		for id in short {
			assert_eq!(record(id).state_at(days(1)), ConsentState::Ended);
		}
		assert_ok!(try_grant());
		assert_noop!(try_grant(), Error::<Test>::TooManyConsents);
	});
}

#[test]
fn a_consent_that_has_not_begun_counts() {
	with_patient(|| {
		let mut later_on = permit_all();
		later_on.provisions[0].period.start = Some(years(1));
		(0..MAX_CONSENTS).for_each(|_| {
			grant(later_on.clone());
		});
		assert_noop!(try_grant(), Error::<Test>::TooManyConsents);
	});
}

#[test]
fn an_ended_consent_is_listed_and_no_longer_active() {
	with_patient(|| {
		let id = grant(permit_until(days(1)));
		set_time(days(1));
		assert_eq!(Registry::active_consents(patient()), []);
		let listed = Registry::list(patient(), 0, 10);
		assert_eq!((listed[0].consent, listed[0].state), (id, ConsentState::Ended));
		assert_eq!(outcome_at(days(1)), Outcome::NoConsent);
	});
}

#[test]
fn an_ended_consent_can_be_revoked_before_and_after_it_made_room() {
	with_patient(|| {
		let (one, other) = (grant(permit_until(days(1))), grant(permit_until(days(1))));
		(2..MAX_CONSENTS).for_each(|_| {
			grant(permit_all());
		});
		set_time(days(1));
		revoke(one);
		grant(permit_all());
		grant(permit_all());
		revoke(other);
		assert_eq!(record(other).state_at(days(1)), ConsentState::Revoked);
	});
}
