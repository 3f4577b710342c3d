//! Consents go on by themselves, until somebody stops that, and by hand.

use crate::{
	agenda::AgendaKey, mock::*, types::ConsentState, Agenda, ConsentTerms, Error, Event, Renewal,
};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};
use hdx_primitives::{
	engine::{Basis, Outcome},
	AuditAction, AuditEvent, ConsentId, Milliseconds, Period, Subject,
};
use proptest::prelude::*;

const TWICE: Renewal =
	Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(30 * DAY) };

const RENEWING: ConsentTerms =
	ConsentTerms { frequency: None, erase_by: None, renewal: Some(TWICE) };

/// A consent of one year that is renewed twice by a year.
fn renewing() -> ConsentId {
	grant_with(permit_until(years(1)), RENEWING)
}

fn stop(consent: ConsentId) -> sp_runtime::DispatchResult {
	Registry::stop_renewal(signed(patient()), consent)
}

#[test]
fn a_consent_is_renewed_from_time_alone() {
	with_patient(|| {
		let id = renewing();
		let end = |at| record(id).period_at(at).end;
		assert_eq!(end(START), Some(years(1)));
		assert_eq!(end(Milliseconds(years(1).0 - 1)), Some(years(1)));
		assert_eq!(end(years(1)), Some(years(2)));
		assert_eq!(end(years(2)), Some(years(3)));
		assert_eq!(end(years(9)), Some(years(3)));
		let renewals = |at| record(id).renewals_at(at);
		assert_eq!([renewals(START), renewals(years(1)), renewals(years(9))], [0, 1, 2]);
	});
}

#[test]
fn a_renewed_consent_decides_until_its_last_end() {
	with_patient(|| {
		renewing();
		for at in [START, years(1), years(2), Milliseconds(years(3).0 - 1)] {
			assert_eq!(outcome_at(at), Outcome::Permit);
		}
		assert_eq!(outcome_at(years(3)), Outcome::NoConsent);
	});
}

#[test]
fn a_consent_without_renewal_ends_with_its_period() {
	with_patient(|| {
		let id = grant(permit_until(years(1)));
		assert_eq!(record(id).period_at(years(5)).end, Some(years(1)));
		assert_eq!(outcome_at(years(1)), Outcome::NoConsent);
	});
}

#[test]
fn a_stopped_renewal_ends_the_consent_with_its_current_period() {
	with_patient(|| {
		let id = renewing();
		set_time(Milliseconds(years(2).0 - 10 * DAY));
		assert_ok!(stop(id));
		System::assert_last_event(
			Event::RenewalStopped {
				consent: id,
				patient: patient(),
				version: 1,
				ends_at: years(2),
			}
			.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			subject: Subject::Consent(id),
			basis: Some(Basis { consent: id, version: 1 }),
			..AuditEvent::new(AuditAction::RenewalStopped)
		};
		assert_eq!(log().last(), Some(&expected));
		assert_eq!(outcome_at(Milliseconds(years(2).0 - 1)), Outcome::Permit);
		assert_eq!(outcome_at(years(2)), Outcome::NoConsent);
	});
}

#[test]
fn a_renewal_can_be_stopped_before_the_notice() {
	with_patient(|| {
		let id = renewing();
		assert_ok!(stop(id));
		assert_eq!(outcome_at(years(1)), Outcome::NoConsent);
	});
}

#[test]
fn stop_renewal_fails_when_there_is_none() {
	with_patient(|| {
		let id = grant(permit_until(years(1)));
		assert_noop!(stop(id), Error::<Test>::NoRenewal);
	});
}

#[test]
fn stop_renewal_fails_when_it_was_stopped_before() {
	with_patient(|| {
		let id = renewing();
		assert_ok!(stop(id));
		assert_noop!(stop(id), Error::<Test>::RenewalAlreadyStopped);
	});
}

#[test]
fn stop_renewal_fails_after_the_last_renewal() {
	with_patient(|| {
		let id = renewing();
		set_time(years(2));
		assert_noop!(stop(id), Error::<Test>::NoRenewalLeft);
	});
}

#[test]
fn stop_renewal_fails_when_the_consent_cannot_be_changed() {
	with_patient(|| {
		assert_noop!(stop(ConsentId(0)), Error::<Test>::ConsentUnknown);
		let id = renewing();
		let refused = Registry::stop_renewal(signed(stranger()), id);
		assert_noop!(refused, Error::<Test>::NotYourConsent);
		set_time(years(3));
		assert_noop!(stop(id), Error::<Test>::ConsentHasEnded);
		set_time(years(1));
		revoke(id);
		assert_noop!(stop(id), Error::<Test>::ConsentIsRevoked);
	});
}

#[test]
fn the_time_to_erase_ends_a_consent_that_would_be_renewed() {
	with_patient(|| {
		let erase_by = Milliseconds(years(1).0 + 100 * DAY);
		let id = grant_with(
			permit_until(years(1)),
			ConsentTerms { erase_by: Some(erase_by), ..RENEWING },
		);
		assert_eq!(record(id).period_at(years(1)).end, Some(erase_by));
		assert_eq!(outcome_at(Milliseconds(erase_by.0 - 1)), Outcome::Permit);
		assert_eq!(outcome_at(erase_by), Outcome::NoConsent);
	});
}

#[test]
fn a_patient_extends_a_consent_by_hand() {
	with_patient(|| {
		let id = grant(permit_until(years(1)));
		assert_ok!(Registry::renew(signed(patient()), id, years(4)));
		let renewed = record(id);
		assert_eq!((renewed.version, renewed.policy), (2, permit_until(years(4))));
		assert_eq!(outcome_at(years(3)), Outcome::Permit);
		assert_eq!(Registry::history(id).len(), 2);
	});
}

#[test]
fn extending_by_hand_uses_up_the_renewals_that_were_made() {
	with_patient(|| {
		let id = renewing();
		set_time(years(1));
		assert_ok!(Registry::renew(signed(patient()), id, years(5)));
		let left = record(id).terms.renewal.unwrap();
		assert_eq!(left, Renewal { times: 1, ..TWICE });
		assert_eq!(record(id).period_at(years(9)).end, Some(years(6)));
	});
}

#[test]
fn extending_by_hand_does_not_resume_a_stopped_renewal() {
	with_patient(|| {
		let id = renewing();
		assert_ok!(stop(id));
		assert_ok!(Registry::renew(signed(patient()), id, years(5)));
		assert_eq!(record(id).terms.renewal, None);
		assert_eq!(outcome_at(years(5)), Outcome::NoConsent);
	});
}

#[test]
fn renew_fails_when_the_consent_has_no_end() {
	with_patient(|| {
		let id = grant(permit_all());
		let refused = Registry::renew(signed(patient()), id, years(4));
		assert_noop!(refused, Error::<Test>::NothingToExtend);
	});
}

#[test]
fn renew_fails_when_it_extends_nothing() {
	with_patient(|| {
		let id = renewing();
		set_time(years(1));
		for until in [years(1), years(2)] {
			let refused = Registry::renew(signed(patient()), id, until);
			assert_noop!(refused, Error::<Test>::NotAnExtension);
		}
	});
}

#[test]
fn renew_fails_when_all_must_be_erased_before() {
	with_patient(|| {
		let terms = ConsentTerms { erase_by: Some(days(300)), ..NO_TERMS };
		let id = grant_with(permit_until(years(1)), terms);
		let refused = Registry::renew(signed(patient()), id, years(4));
		assert_noop!(refused, Error::<Test>::NotAnExtension);
	});
}

#[test]
fn renew_fails_when_the_consent_cannot_be_changed() {
	with_patient(|| {
		let renew = |who, id| Registry::renew(signed(who), id, years(9));
		assert_noop!(renew(patient(), ConsentId(0)), Error::<Test>::ConsentUnknown);
		let id = grant(permit_until(years(1)));
		assert_noop!(renew(stranger(), id), Error::<Test>::NotYourConsent);
		set_time(years(1));
		assert_noop!(renew(patient(), id), Error::<Test>::ConsentHasEnded);
		revoke(id);
		assert_noop!(renew(patient(), id), Error::<Test>::ConsentIsRevoked);
	});
}

#[test]
fn amending_with_the_same_words_resumes_a_stopped_renewal() {
	with_patient(|| {
		let id = renewing();
		let again = || amend(id, permit_until(years(1)), RENEWING);
		assert_noop!(again(), Error::<Test>::NothingAmended);
		assert_ok!(stop(id));
		assert_ok!(again());
		assert_eq!(outcome_at(years(1)), Outcome::Permit);
	});
}

#[test]
fn notices_and_renewals_are_announced_when_they_are_due() {
	with_patient(|| {
		let id = renewing();
		new_events();
		idle_at(Milliseconds(years(1).0 - 30 * DAY - 1));
		assert_eq!(new_events(), []);
		idle_at(Milliseconds(years(1).0 - 30 * DAY));
		let notice = |renewal, ends_at| Event::RenewalNoticeOpened {
			consent: id,
			patient: patient(),
			version: 1,
			renewal,
			ends_at,
		};
		let renewed = |renewal, until| Event::ConsentRenewed {
			consent: id,
			patient: patient(),
			version: 1,
			renewal,
			until,
		};
		assert_eq!(new_events(), [notice(1, years(1))]);
		idle_at(years(1));
		assert_eq!(new_events(), [renewed(1, years(2))]);
		let expected = AuditEvent {
			patient: Some(patient()),
			subject: Subject::Consent(id),
			basis: Some(Basis { consent: id, version: 1 }),
			..AuditEvent::new(AuditAction::ConsentRenewed)
		};
		assert_eq!(log().last(), Some(&expected));
		// After a long silence everything is said, in its order, and nothing twice.
		idle_at(years(7));
		assert_eq!(new_events(), [notice(2, years(2)), renewed(2, years(3))]);
		idle_at(years(8));
		assert_eq!(new_events(), []);
		assert_eq!(Agenda::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_stopped_or_revoked_or_amended_renewal_is_not_announced() {
	with_patient(|| {
		let (stopped, revoked, amended) = (renewing(), renewing(), renewing());
		assert_ok!(stop(stopped));
		revoke(revoked);
		assert_ok!(amend(amended, permit_until(years(1)), NO_TERMS));
		new_events();
		idle_at(years(9));
		assert_eq!(new_events(), []);
		assert_eq!(Agenda::<Test>::iter().count(), 0);
	});
}

#[test]
fn announcements_are_bounded_in_a_block_and_lose_nothing() {
	with_patient(|| {
		let consents = 12;
		(0..consents).for_each(|_| {
			renewing();
		});
		new_events();
		set_time(Milliseconds(years(1).0 - DAY));
		Registry::on_idle(1, Weight::MAX);
		assert_eq!(new_events().len(), MAX_ANNOUNCEMENTS as usize);
		Registry::on_idle(2, Weight::MAX);
		assert_eq!(new_events().len(), consents - MAX_ANNOUNCEMENTS as usize);
	});
}

#[test]
fn announcements_wait_for_weight_and_use_no_more() {
	with_patient(|| {
		renewing();
		new_events();
		set_time(years(1));
		let each = <<Test as crate::Config>::WeightInfo as crate::WeightInfo>::announce();
		let too_little = each.saturating_sub(Weight::from_parts(1, 0));
		assert_eq!(Registry::on_idle(1, too_little), Weight::zero());
		assert_eq!(new_events(), []);
		assert_eq!(Registry::on_idle(1, each), each);
		assert_eq!(new_events().len(), 1);
		let (used, much) = (Registry::on_idle(1, Weight::MAX), each * u64::from(MAX_ANNOUNCEMENTS));
		assert!(used.all_lte(much));
	});
}

#[test]
fn decisions_do_not_wait_for_announcements() {
	with_patient(|| {
		renewing();
		set_time(years(2));
		assert_eq!(outcome_at(years(2)), Outcome::Permit);
		assert_eq!(Agenda::<Test>::iter().count(), 1);
	});
}

#[test]
fn the_agenda_is_in_the_order_of_time() {
	with_patient(|| {
		for end in [300, 2, 70_000, 1] {
			grant_with(permit_until(days(end)), RENEWING);
		}
		let due: Vec<_> = Agenda::<Test>::iter_keys().map(|key: AgendaKey| key.due()).collect();
		assert_eq!(due.len(), 4);
		assert!(due.is_sorted());
	});
}

#[test]
fn a_consent_that_has_not_begun_says_so() {
	with_patient(|| {
		let mut policy = permit_until(years(2));
		policy.provisions[0].period.start = Some(years(1));
		let id = grant_with(policy, RENEWING);
		assert_eq!(record(id).state_at(START), ConsentState::NotBegun);
		assert_eq!(record(id).state_at(years(1)), ConsentState::InForce);
		assert_eq!(record(id).state_at(years(4)), ConsentState::Ended);
		let period = record(id).period_at(years(3));
		assert_eq!(period, Period { start: Some(years(1)), end: Some(years(4)) });
	});
}

/// What renewal means, said step by step: at each end, unless stopped before, once more.
fn step_by_step(end: u64, renewal: Renewal, stopped: Option<u64>, at: u64) -> (u32, Milliseconds) {
	let (mut ends, mut made) = (end, 0);
	while ends <= at && made < renewal.times && stopped.is_none_or(|stop| ends <= stop) {
		ends += renewal.extends_by.0;
		made += 1;
	}
	(made, Milliseconds(ends))
}

proptest! {
	#[test]
	fn the_period_is_what_renewing_step_by_step_gives(
		end in 1u64..1_000,
		extends_by in 2u64..100,
		times in 1u32..12,
		stopped in prop::option::of(0u64..3_000),
		moments in prop::collection::vec(0u64..3_000, 1..20),
	) {
		let renewal = Renewal { extends_by: Milliseconds(extends_by), times, notice: Milliseconds(1) };
		new_test_ext().execute_with(|| {
			Registry::sponsor_patient(signed(operator()), patient()).unwrap();
			let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
			let id = grant_with(permit_until(later(end)), terms);
			let mut record = record(id);
			record.renewal_stopped_at = stopped.map(later);
			let mut moments = moments.clone();
			moments.sort();
			let mut was_over = false;
			for at in moments {
				let (made, ends) = step_by_step(end, renewal, stopped, at);
				prop_assert_eq!(record.renewals_at(later(at)), made);
				prop_assert_eq!(record.period_at(later(at)).end, Some(later(ends.0)));
				// What is over stays over.
				let is_over = record.is_over(later(at));
				prop_assert_eq!(is_over, ends.0 <= at);
				prop_assert!(is_over || !was_over);
				was_over = is_over;
			}
			Ok(())
		})?;
	}
}
