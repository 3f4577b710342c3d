//! What the patient, the guardians and the privacy officer see.

use super::emergency::*;
use crate::{mock::*, OverrideView, ReviewCounts, ReviewStanding, MAX_PAGE};
use frame_support::assert_ok;
use hdx_primitives::{AccessRequest, AssuranceLevel, GrantId, Milliseconds};

fn verified(test: impl FnOnce()) {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		test();
	});
}

fn ids(views: Vec<OverrideView>) -> Vec<GrantId> {
	views.into_iter().map(|view| view.id).collect()
}

#[test]
fn a_break_glass_is_found_by_its_grant_and_an_ordinary_grant_is_none() {
	verified(|| {
		let ordinary = granted(request());
		let grant = broken(emergency());
		let view = RecordAccess::emergency_override(grant).unwrap();
		assert_eq!((view.id, view.grant.grantee), (grant, PHYSICIAN));
		assert_eq!(view.emergency.reason, REASON);
		assert_eq!(RecordAccess::emergency_override(ordinary), None);
		assert_eq!(RecordAccess::emergency_override(GrantId(9)), None);
	});
}

#[test]
fn a_patient_sees_every_break_glass_about_them_and_no_others_in_pages() {
	verified(|| {
		let mine: Vec<_> = (0..5).map(|_| broken(another_emergency())).collect();
		broken(AccessRequest { patient: SILENT_PATIENT, ..another_emergency() });
		assert_ok!(review(OFFICER, mine[1]));
		let page = |skip, limit| ids(RecordAccess::overrides_of(PATIENT, skip, limit));
		assert_eq!(page(0, 100), mine);
		assert_eq!(page(0, 2), mine[..2]);
		assert_eq!(page(3, u32::MAX), mine[3..]);
		assert_eq!(page(5, 1), []);
		assert_eq!(page(u32::MAX, u32::MAX), []);
		assert_eq!(page(0, 0), []);
		assert_eq!(ids(RecordAccess::overrides_of(STRANGER, 0, 10)), []);
	});
}

#[test]
fn an_officer_sees_what_is_pending_with_the_next_deadline_first_in_pages() {
	verified(|| {
		let mut broken_at = Vec::new();
		for hour in 0..5 {
			set_time(Milliseconds(START.0 + hour * HOUR.0));
			broken_at.push(broken(another_emergency()));
		}
		assert_ok!(review(OFFICER, broken_at[2]));
		let page = |after, limit| ids(RecordAccess::pending_reviews(CLINIC, after, limit));
		let pending = [broken_at[0], broken_at[1], broken_at[3], broken_at[4]];
		assert_eq!(page(None, 100), pending);
		assert_eq!(page(None, 1), pending[..1]);
		assert_eq!(page(Some(pending[0]), 2), pending[1..3]);
		// Behind one that was closed meanwhile.
		assert_eq!(page(Some(broken_at[2]), 9), pending[2..]);
		assert_eq!(page(Some(pending[3]), 9), []);
		assert_eq!(ids(RecordAccess::pending_reviews(HOSPITAL, None, 9)), []);
	});
}

#[test]
fn a_page_has_a_limit() {
	verified(|| {
		for _ in 0..=MAX_PAGE {
			broken(another_emergency());
		}
		let most = MAX_PAGE as usize;
		assert_eq!(RecordAccess::overrides_of(PATIENT, 0, u32::MAX).len(), most);
		assert_eq!(RecordAccess::pending_reviews(CLINIC, None, u32::MAX).len(), most);
	});
}

#[test]
fn an_institution_learns_how_it_stands_with_its_reviews() {
	verified(|| {
		let first = broken(emergency());
		broken(another_emergency());
		let counts = |pending, closed, late| ReviewCounts { pending, closed, late };
		assert_eq!(
			RecordAccess::review_standing(CLINIC),
			ReviewStanding { counts: counts(2, 0, 0), overdue: 0, is_blocked: false }
		);
		set_time(START.saturating_add(TERMS.review_within));
		assert_eq!(
			RecordAccess::review_standing(CLINIC),
			ReviewStanding { counts: counts(2, 0, 0), overdue: 2, is_blocked: true }
		);
		assert_ok!(review(OFFICER, first));
		assert_eq!(
			RecordAccess::review_standing(CLINIC),
			ReviewStanding { counts: counts(1, 1, 1), overdue: 1, is_blocked: false }
		);
	});
}
