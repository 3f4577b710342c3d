//! Pages of entries.

use crate::HoldScope;
use crate::{mock::*, EntryFilter, EntryPage, EntryScope, OutcomeFilter, MAX_PAGE, MAX_SCANNED};
use frame_support::assert_ok;
use hdx_primitives::{
	AuditEvent, AuditOutcome, AuditSink, DenialReason, EntryIndex, HoldReason, Milliseconds, Period,
};

fn indexes(page: &EntryPage) -> Vec<u64> {
	page.entries.iter().map(|entry| entry.index.0).collect()
}

fn page(scope: EntryScope, from: u64, limit: u32) -> (Vec<u64>, Option<u64>) {
	let page = Audit::entries(scope, EntryFilter::default(), EntryIndex(from), limit);
	(indexes(&page), page.next.map(|index| index.0))
}

fn filtered(scope: EntryScope, filter: EntryFilter) -> Vec<u64> {
	indexes(&Audit::entries(scope, filter, EntryIndex(0), MAX_PAGE))
}

/// Entries by two actors about two patients for two institutions, turn about.
fn mixed(count: u8) {
	for number in 0..count {
		Audit::record(AuditEvent {
			on_behalf_of: Some(institution(number % 2)),
			..event(number % 2, number / 2 % 2)
		});
	}
}

#[test]
fn pages_of_a_scope_follow_each_other_in_the_order_of_the_log() {
	on_empty_chain(|| {
		mixed(8);
		let all = EntryScope::All;
		assert_eq!(page(all.clone(), 0, 3), (vec![0, 1, 2], Some(3)));
		assert_eq!(page(all.clone(), 3, 3), (vec![3, 4, 5], Some(6)));
		assert_eq!(page(all, 6, 3), (vec![6, 7], None));
		let patient = EntryScope::Patient(patient(1));
		assert_eq!(page(patient.clone(), 0, 3), (vec![2, 3, 6], Some(7)));
		assert_eq!(page(patient, 7, 3), (vec![7], None));
		let actor = EntryScope::Actor(actor(1));
		assert_eq!(page(actor.clone(), 0, 2), (vec![1, 3], Some(5)));
		assert_eq!(page(actor, 5, 9), (vec![5, 7], None));
		let institution = EntryScope::Institution(institution(0));
		assert_eq!(page(institution.clone(), 0, 2), (vec![0, 2], Some(4)));
		assert_eq!(page(institution, 4, 2), (vec![4, 6], None));
	});
}

#[test]
fn a_page_starts_at_any_index_whether_it_is_of_the_scope_or_not() {
	on_empty_chain(|| {
		mixed(8);
		assert_eq!(page(EntryScope::Patient(patient(1)), 4, 9), (vec![6, 7], None));
	});
}

#[test]
fn a_page_beyond_the_end_is_empty() {
	on_empty_chain(|| {
		mixed(2);
		for from in [2, 3, u64::MAX] {
			assert_eq!(page(EntryScope::All, from, 9), (vec![], None));
			assert_eq!(page(EntryScope::Actor(actor(1)), from, 9), (vec![], None));
		}
	});
}

#[test]
fn a_page_of_somebody_without_entries_is_empty() {
	on_empty_chain(|| {
		mixed(4);
		assert_eq!(page(EntryScope::Patient(patient(9)), 0, 9), (vec![], None));
		assert_eq!(page(EntryScope::Institution(institution(9)), 0, 9), (vec![], None));
	});
}

#[test]
fn a_page_never_holds_more_than_the_most() {
	on_empty_chain(|| {
		mixed(150);
		let (found, next) = page(EntryScope::All, 0, u32::MAX);
		assert_eq!((found.len() as u32, next), (MAX_PAGE, Some(u64::from(MAX_PAGE))));
	});
}

#[test]
fn a_page_of_no_entries_says_where_to_go_on() {
	on_empty_chain(|| {
		mixed(4);
		assert_eq!(page(EntryScope::Actor(actor(1)), 0, 0), (vec![], Some(1)));
	});
}

#[test]
fn a_period_includes_its_start_and_not_its_end() {
	on_empty_chain(|| {
		for _ in 0..5 {
			mixed(2);
			next_block();
		}
		let period = |start: Option<u32>, end: Option<u32>| EntryFilter {
			period: Period { start: start.map(time_of), end: end.map(time_of) },
			outcome: None,
		};
		let all = || EntryScope::All;
		assert_eq!(filtered(all(), period(Some(2), Some(4))), [2, 3, 4, 5]);
		assert_eq!(filtered(all(), period(Some(4), None)), [6, 7, 8, 9]);
		assert_eq!(filtered(all(), period(None, Some(2))), [0, 1]);
		assert_eq!(filtered(all(), period(Some(9), None)), Vec::<u64>::new());
		assert_eq!(filtered(all(), period(Some(4), Some(2))), Vec::<u64>::new());
		let between = Milliseconds(time_of(2).0 + 1);
		let filter =
			EntryFilter { period: Period { start: Some(between), end: None }, outcome: None };
		assert_eq!(filtered(EntryScope::Actor(actor(1)), filter), [5, 7, 9]);
	});
}

#[test]
fn an_outcome_picks_what_was_done_or_what_was_refused() {
	on_empty_chain(|| {
		record(1, 1);
		let outcome = AuditOutcome::Denied(DenialReason::NoConsent);
		Audit::record(AuditEvent { outcome, ..event(1, 1) });
		record(1, 1);
		let of = |outcome| EntryFilter { outcome: Some(outcome), ..Default::default() };
		assert_eq!(filtered(EntryScope::All, of(OutcomeFilter::Success)), [0, 2]);
		assert_eq!(filtered(EntryScope::Patient(patient(1)), of(OutcomeFilter::Denied)), [1]);
	});
}

#[test]
fn a_page_that_finds_little_stops_and_says_where_to_go_on() {
	on_empty_chain(|| {
		for _ in 0..MAX_SCANNED + 1 {
			record(1, 1);
		}
		let outcome = AuditOutcome::Denied(DenialReason::NoConsent);
		Audit::record(AuditEvent { outcome, ..event(1, 1) });
		let filter = EntryFilter { outcome: Some(OutcomeFilter::Denied), ..Default::default() };
		let page = Audit::entries(EntryScope::All, filter, EntryIndex(0), 10);
		let next = EntryIndex(u64::from(MAX_SCANNED));
		assert_eq!(page, EntryPage { entries: vec![], next: Some(next) });
		let page = Audit::entries(EntryScope::All, filter, next, 10);
		assert_eq!((indexes(&page), page.next), (vec![u64::from(MAX_SCANNED) + 1], None));
	});
}

#[test]
fn pages_show_what_is_held_and_not_what_is_pruned() {
	on_empty_chain(|| {
		mixed(6);
		let case = HoldScope::Case(vec![EntryIndex(1), EntryIndex(4)].try_into().unwrap());
		let authority = RuntimeOrigin::signed(Authority::get());
		assert_ok!(Audit::place_hold(authority, case, HoldReason::Breach));
		next_block_after(2 * HOUR);
		prune_all();
		mixed(2);
		assert_eq!(page(EntryScope::All, 0, 3), (vec![1, 4, 7], Some(8)));
		assert_eq!(page(EntryScope::All, 2, 9), (vec![4, 7, 8], None));
		assert_eq!(page(EntryScope::Actor(actor(0)), 0, 9), (vec![4, 7], None));
		// What is held is found by its time as well.
		let since =
			EntryFilter { period: Period { start: Some(time_of(1)), end: None }, outcome: None };
		assert_eq!(filtered(EntryScope::All, since), [1, 4, 7, 8]);
		let since =
			EntryFilter { period: Period { start: Some(time_of(2)), end: None }, outcome: None };
		assert_eq!(filtered(EntryScope::All, since), [7, 8]);
	});
}
