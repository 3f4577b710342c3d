//! Recipients confirm that they erased.

use crate::{mock::*, ConsentTerms, ErasureConfirmation, Erasures, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{Basis, Outcome},
	AccountId, AuditAction, AuditEvent, Commitment, ConsentId, Subject,
};
use sp_runtime::DispatchResult;

const ERASED: Commitment = Commitment([8; 32]);

fn erasing() -> ConsentId {
	grant_with(permit_all(), ConsentTerms { erase_by: Some(days(10)), ..NO_TERMS })
}

fn confirm(who: AccountId, consent: ConsentId, version: u32) -> DispatchResult {
	Registry::confirm_erasure(signed(who), consent, version, ERASED)
}

#[test]
fn a_consent_does_not_apply_when_all_must_be_erased() {
	with_patient(|| {
		erasing();
		assert_eq!(outcome_at(later(10 * DAY - 1)), Outcome::Permit);
		assert_eq!(outcome_at(days(10)), Outcome::NoConsent);
	});
}

#[test]
fn an_institution_confirms_that_it_erased() {
	with_patient(|| {
		let id = erasing();
		set_time(days(9));
		assert_ok!(confirm(operator(), id, 1));
		let expected = ErasureConfirmation { commitment: ERASED, confirmed_at: days(9) };
		assert_eq!(Erasures::<Test>::get(id, (1, HOSPITAL)), Some(expected));
		System::assert_last_event(
			Event::ErasureConfirmed {
				consent: id,
				patient: patient(),
				version: 1,
				institution: HOSPITAL,
				commitment: ERASED,
				is_late: false,
			}
			.into(),
		);
		let expected = AuditEvent {
			actor: Some(operator()),
			on_behalf_of: Some(HOSPITAL),
			patient: Some(patient()),
			subject: Subject::Consent(id),
			basis: Some(Basis { consent: id, version: 1 }),
			..AuditEvent::new(AuditAction::ErasureConfirmed)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn a_late_confirmation_is_taken_and_called_late() {
	with_patient(|| {
		let id = erasing();
		let was_called_late = |is_late| {
			let last = new_events().pop();
			matches!(last, Some(Event::ErasureConfirmed { is_late: said, .. }) if said == is_late)
		};
		set_time(days(10));
		assert_ok!(confirm(operator(), id, 1));
		assert!(was_called_late(false));
		set_time(later(10 * DAY + 1));
		assert_ok!(confirm(other_operator(), id, 1));
		assert!(was_called_late(true));
	});
}

#[test]
fn each_version_is_confirmed_by_itself_even_after_revocation() {
	with_patient(|| {
		let id = erasing();
		assert_ok!(amend(id, permit_all(), ConsentTerms { erase_by: Some(days(5)), ..NO_TERMS }));
		assert_ok!(confirm(operator(), id, 1));
		revoke(id);
		assert_ok!(confirm(operator(), id, 2));
		assert_eq!(Erasures::<Test>::iter().count(), 2);
	});
}

#[test]
fn confirm_erasure_fails_when_it_was_confirmed_before() {
	with_patient(|| {
		let id = erasing();
		assert_ok!(confirm(operator(), id, 1));
		assert_noop!(confirm(operator(), id, 1), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn confirm_erasure_fails_when_signed_by_no_operator() {
	with_patient(|| {
		let id = erasing();
		for other in [patient(), stranger(), doctor()] {
			assert_noop!(confirm(other, id, 1), Error::<Test>::NotAnOperator);
		}
	});
}

#[test]
fn confirm_erasure_fails_when_there_is_no_such_consent_or_version() {
	with_patient(|| {
		let id = erasing();
		assert_noop!(confirm(operator(), ConsentId(7), 1), Error::<Test>::ConsentUnknown);
		for version in [0, 2] {
			assert_noop!(confirm(operator(), id, version), Error::<Test>::VersionUnknown);
		}
	});
}

#[test]
fn confirm_erasure_fails_when_nothing_had_to_be_erased() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_noop!(confirm(operator(), id, 1), Error::<Test>::NothingToErase);
	});
}
