//! Consents are revoked.

use crate::{mock::*, Consents, ConsentsOf, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Basis, Status},
	AuditAction, AuditEvent, ConsentId, Subject,
};
use sp_runtime::DispatchError;

#[test]
fn a_patient_revokes_a_consent() {
	with_patient(|| {
		let (kept, revoked) = (grant(permit_all()), grant(permit_all()));
		set_time(later(10));
		assert_ok!(Registry::revoke(RuntimeOrigin::signed(patient()), revoked));
		assert_eq!(Registry::active_consents(patient()), [kept]);
		System::assert_last_event(
			Event::ConsentRevoked { consent: revoked, patient: patient(), by: patient() }.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			subject: Subject::Consent(revoked),
			basis: Some(Basis { consent: revoked, version: 1 }),
			..AuditEvent::new(AuditAction::ConsentRevoked)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn a_revoked_consent_stays_readable() {
	with_patient(|| {
		let id = grant(permit_all());
		set_time(later(10));
		revoke(id);
		let record = Consents::<Test>::get(id).unwrap();
		assert_eq!(record.status, Status::Inactive);
		assert_eq!(record.revoked_at, Some(later(10)));
		assert_eq!((record.given_at, record.policy), (START, permit_all()));
	});
}

#[test]
fn the_last_revocation_leaves_no_empty_list() {
	with_patient(|| {
		revoke(grant(permit_all()));
		assert!(!ConsentsOf::<Test>::contains_key(patient()));
	});
}

#[test]
fn revoke_fails_when_unsigned() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_noop!(Registry::revoke(RuntimeOrigin::root(), id), DispatchError::BadOrigin);
	});
}

#[test]
fn revoke_fails_when_there_is_no_such_consent() {
	with_patient(|| {
		let refused = Registry::revoke(RuntimeOrigin::signed(patient()), ConsentId(0));
		assert_noop!(refused, Error::<Test>::ConsentUnknown);
	});
}

#[test]
fn revoke_fails_when_somebody_else_granted_it() {
	with_patient(|| {
		let id = grant(permit_all());
		for other in [stranger(), operator()] {
			let refused = Registry::revoke(RuntimeOrigin::signed(other), id);
			assert_noop!(refused, Error::<Test>::NotYourConsent);
		}
	});
}

#[test]
fn revoke_fails_when_it_was_revoked_before() {
	with_patient(|| {
		let id = grant(permit_all());
		revoke(id);
		let refused = Registry::revoke(RuntimeOrigin::signed(patient()), id);
		assert_noop!(refused, Error::<Test>::AlreadyRevoked);
	});
}
