//! Governance sets limits.

use crate::{mock::*, Error, Event, InstitutionBuckets, InstitutionLimits, Limits};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, Subject};
use sp_runtime::DispatchError;

const LARGER: Limits = Limits { capacity: 100, refill: 20 };
const SMALLER: Limits = Limits { capacity: 4, refill: 1 };

fn set(institution: InstitutionId, limits: Option<Limits>) -> sp_runtime::DispatchResult {
	Quota::set_bucket(RuntimeOrigin::root(), institution, limits)
}

#[test]
fn governance_sets_an_institutions_limits() {
	on_chain(|| {
		assert_ok!(set(A, Some(LARGER)));
		System::assert_last_event(Event::BucketSet { institution: A, limits: LARGER }.into());
		assert_eq!(flood(patient(), ordinary(), 200), LARGER.capacity);
		wait(1_000);
		assert_eq!(flood(patient(), ordinary(), 200), LARGER.refill);
		assert_eq!(flood(operator_of_b(), ordinary(), 200), LIMITS.capacity);
	});
}

#[test]
fn governance_returns_to_the_default() {
	on_chain(|| {
		assert_ok!(set(A, Some(LARGER)));
		assert_ok!(set(A, None));
		System::assert_last_event(Event::BucketReset { institution: A }.into());
		assert_eq!(InstitutionLimits::<Test>::get(A), None);
		assert_eq!(flood(patient(), ordinary(), 200), LIMITS.capacity);
	});
}

/// What the log says of limits of institution A.
fn entry(limits: Limits, is_default: bool) -> AuditEvent {
	let Limits { capacity, refill } = limits;
	AuditEvent {
		on_behalf_of: Some(A),
		subject: Subject::Quota { capacity, refill, is_default },
		..AuditEvent::new(AuditAction::QuotaChanged)
	}
}

#[test]
fn setting_limits_and_returning_to_the_default_leave_entries() {
	on_chain(|| {
		assert_ok!(set(A, Some(LARGER)));
		assert_ok!(set(A, Some(LIMITS)));
		assert_ok!(set(A, None));
		assert_eq!(log(), [entry(LARGER, false), entry(LIMITS, false), entry(LIMITS, true)]);
	});
}

#[test]
fn what_is_charged_and_who_is_turned_away_leave_no_entry() {
	on_chain(|| {
		assert!(flood(patient(), ordinary(), 200) < 200);
		assert!(log().is_empty());
	});
}

#[test]
fn what_was_spent_stays_spent() {
	on_chain(|| {
		flood(patient(), ordinary(), 10);
		assert_ok!(set(A, Some(LARGER)));
		assert_eq!(flood(patient(), ordinary(), 200), 90);
	});
}

#[test]
fn a_bucket_made_smaller_recovers_at_its_new_size() {
	on_chain(|| {
		flood(patient(), ordinary(), 10);
		assert_ok!(set(A, Some(SMALLER)));
		assert_eq!(InstitutionBuckets::<Test>::get(A).unwrap().spent, 4_000);
		assert_eq!(flood(patient(), ordinary(), 5), 0);
		wait(4_000);
		assert_eq!(flood(patient(), ordinary(), 5), SMALLER.capacity);
	});
}

#[test]
fn what_came_back_before_the_change_came_back_at_the_old_rate() {
	on_chain(|| {
		flood(patient(), ordinary(), 10);
		wait(2_000);
		assert_ok!(set(A, Some(Limits { capacity: 10, refill: 1_000 })));
		assert_eq!(flood(patient(), ordinary(), 50), 4);
	});
}

#[test]
fn set_bucket_fails_when_not_called_by_governance() {
	on_chain(|| {
		for origin in [RuntimeOrigin::signed(operator_of_a()), RuntimeOrigin::none()] {
			let refused = Quota::set_bucket(origin, A, Some(LARGER));
			assert_noop!(refused, DispatchError::BadOrigin);
		}
	});
}

#[test]
fn set_bucket_fails_when_the_institution_is_unknown() {
	on_chain(|| {
		let unknown = InstitutionId(77);
		assert_noop!(set(unknown, Some(LARGER)), Error::<Test>::InstitutionUnknown);
		assert_noop!(set(unknown, None), Error::<Test>::InstitutionUnknown);
	});
}

#[test]
fn set_bucket_fails_when_the_capacity_is_zero() {
	on_chain(|| {
		let limits = Limits { capacity: 0, refill: 1 };
		assert_noop!(set(A, Some(limits)), Error::<Test>::NoCapacity);
	});
}

#[test]
fn set_bucket_fails_when_nothing_refills() {
	on_chain(|| {
		let limits = Limits { capacity: 1, refill: 0 };
		assert_noop!(set(A, Some(limits)), Error::<Test>::NoRefill);
	});
}
