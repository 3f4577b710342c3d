//! Auditors.

use crate::{mock::*, AuditorInOffice, Error, Event, IdentityAuditor};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, EntryIndex, Milliseconds, Subject};
use sp_runtime::DispatchError;

fn appoint(key: [u8; 32]) -> sp_runtime::DispatchResult {
	Hidden::appoint_auditor(governance(), key)
}

fn in_office() -> Option<[u8; 32]> {
	Hidden::auditor().map(|(_, auditor)| auditor.key)
}

#[test]
fn an_auditor_is_appointed_logged_and_told() {
	on_chain(|| {
		assert_eq!(Hidden::auditor(), None);
		let [key, ..] = KEYS;
		assert_ok!(appoint(key));
		let auditor = IdentityAuditor { key, appointed_at: Milliseconds(SLOT) };
		assert_eq!(Hidden::auditor(), Some((0, auditor)));
		let told = Event::AuditorAppointed { number: 0, key, entry: EntryIndex(0) };
		assert_eq!(new_events(), [told]);
		let entry = AuditEvent {
			subject: Subject::IdentityAuditor { number: 0, key },
			..AuditEvent::new(AuditAction::IdentityAuditorAppointed)
		};
		assert_eq!(log(), [entry]);
	});
}

#[test]
fn another_auditor_takes_the_place_of_the_one_in_office_who_is_still_known() {
	on_chain(|| {
		for (number, key) in (0..).zip(KEYS) {
			assert_ok!(appoint(key));
			assert_eq!(in_office(), Some(key));
			assert_eq!(AuditorInOffice::<Test>::get(), Some(number));
		}
		assert_eq!(Hidden::auditor_of(0).map(|auditor| auditor.key), Some(KEYS[0]));
		assert_eq!(Hidden::auditor_of(3), None);
	});
}

#[test]
fn an_auditor_is_dismissed_logged_and_told() {
	on_chain(|| {
		let [key, ..] = KEYS;
		assert_ok!(appoint(key));
		new_events();
		assert_ok!(Hidden::dismiss_auditor(governance()));
		assert_eq!(in_office(), None);
		assert_eq!(Hidden::auditor_of(0).map(|auditor| auditor.key), Some(key));
		let told = Event::AuditorDismissed { number: 0, entry: EntryIndex(1) };
		assert_eq!(new_events(), [told]);
		let entry = AuditEvent {
			subject: Subject::IdentityAuditor { number: 0, key },
			..AuditEvent::new(AuditAction::IdentityAuditorDismissed)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn appointing_fails_when_the_key_is_none_that_one_can_encrypt_with() {
	on_chain(|| {
		// No point, the neutral element, the generator, and a key in another encoding.
		let mut neutral = [0; 32];
		neutral[0] = 1;
		let mut modulus = hdx_zk_circuits::field::to_bytes(&-hdx_zk_circuits::Fr::from(1u64));
		modulus[0] += 1;
		for key in [[255; 32], modulus, neutral, GENERATOR] {
			assert_noop!(appoint(key), Error::<Test>::NotAnAuditorKey);
		}
	});
}

#[test]
fn appointing_fails_when_the_key_is_or_was_an_auditors() {
	on_chain(|| {
		assert_ok!(appoint(KEYS[0]));
		assert_noop!(appoint(KEYS[0]), Error::<Test>::AuditorKeyUsed);
		assert_ok!(appoint(KEYS[1]));
		assert_noop!(appoint(KEYS[0]), Error::<Test>::AuditorKeyUsed);
		assert_ok!(Hidden::dismiss_auditor(governance()));
		assert_noop!(appoint(KEYS[1]), Error::<Test>::AuditorKeyUsed);
		assert_ok!(appoint(KEYS[2]));
	});
}

#[test]
fn appointing_fails_when_no_number_is_left() {
	new_test_ext().execute_with(|| {
		let count = crate::Auditors::<Test>::counter_storage_final_key();
		frame_support::storage::unhashed::put(&count, &u32::MAX);
		assert_noop!(appoint(KEYS[0]), Error::<Test>::NoAuditorNumberLeft);
	});
}

#[test]
fn dismissing_fails_when_nobody_is_in_office() {
	on_chain(|| {
		let call = || Hidden::dismiss_auditor(governance());
		assert_noop!(call(), Error::<Test>::NoAuditor);
		assert_ok!(appoint(KEYS[0]));
		assert_ok!(call());
		assert_noop!(call(), Error::<Test>::NoAuditor);
	});
}

#[test]
fn only_governance_appoints_and_dismisses() {
	on_chain(|| {
		assert_ok!(appoint(KEYS[0]));
		let call = Hidden::appoint_auditor(signed(BOARD), KEYS[1]);
		assert_noop!(call, DispatchError::BadOrigin);
		let call = Hidden::dismiss_auditor(signed(BOARD));
		assert_noop!(call, DispatchError::BadOrigin);
	});
}
