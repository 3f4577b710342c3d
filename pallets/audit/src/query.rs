//! Entries in pages.

use crate::{
	pallet::{
		Config, Entries, EntriesOfActor, EntriesOfInstitution, EntriesOfPatient, NextEntryIndex,
		OldestEntry,
	},
	OrderedIndex, Pallet,
};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use hdx_primitives::{
	AccountId, AuditEntry, AuditOutcome, EntryIndex, InstitutionId, Milliseconds, Period,
};
use scale_info::TypeInfo;

/// Most entries of a page.
pub const MAX_PAGE: u32 = 100;

/// Most entries that are looked at for a page. Where filters leave fewer than asked for, the page is
/// short, and says where to go on.
pub const MAX_SCANNED: u32 = 1_000;

/// Which entries are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum EntryScope {
	/// All of them.
	All,
	/// Those about a patient.
	Patient(AccountId),
	/// Those about what an account did or asked.
	Actor(AccountId),
	/// Those about what was done or asked for an institution, and what was done about it.
	Institution(InstitutionId),
}

/// How it ended, as a filter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum OutcomeFilter {
	/// It was done.
	Success,
	/// It was refused, for whatever reason.
	Denied,
}

/// Which of them.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct EntryFilter {
	/// Those of blocks whose time is in this period.
	pub period: Period,
	/// Those that ended so. `None`: all.
	pub outcome: Option<OutcomeFilter>,
}

impl EntryFilter {
	fn accepts(&self, entry: &AuditEntry) -> bool {
		let is_denied = matches!(entry.event.outcome, AuditOutcome::Denied(_));
		let ends_so = match self.outcome {
			None => true,
			Some(OutcomeFilter::Success) => !is_denied,
			Some(OutcomeFilter::Denied) => is_denied,
		};
		ends_so && self.period.start.is_none_or(|start| start <= entry.at)
	}

	/// Whether an entry, and all after it, are too late.
	fn is_past(&self, entry: &AuditEntry) -> bool {
		self.period.end.is_some_and(|end| end <= entry.at)
	}
}

/// Some entries, and where the next ones are.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct EntryPage {
	/// The entries, the oldest first.
	pub entries: Vec<AuditEntry>,
	/// Ask for the next page from here. `None`: there is none.
	pub next: Option<EntryIndex>,
}

impl<T: Config> Pallet<T> {
	/// A page of the entries that are in state: at most `limit`, and at most [`MAX_PAGE`], from
	/// index `from` on.
	pub(crate) fn query_entries(
		scope: &EntryScope,
		filter: &EntryFilter,
		from: EntryIndex,
		limit: u32,
	) -> EntryPage {
		let limit = usize::try_from(limit.min(MAX_PAGE)).unwrap_or(usize::MAX);
		let from = Self::first_in_period(filter, from);
		let mut page = EntryPage::default();
		let mut scanned = 0u32;
		for index in Self::indexes_from(scope, from) {
			if page.entries.len() >= limit || scanned >= MAX_SCANNED {
				page.next = Some(index);
				break;
			}
			scanned = scanned.saturating_add(1);
			let Some(entry) = Entries::<T>::get(index) else { continue };
			if filter.is_past(&entry) {
				break;
			}
			if filter.accepts(&entry) {
				page.entries.push(entry);
			}
		}
		page
	}

	/// The indexes of the entries in state within a scope, from one on, in their order.
	fn indexes_from(scope: &EntryScope, from: EntryIndex) -> Box<dyn Iterator<Item = EntryIndex>> {
		let before = from.0.checked_sub(1).map(|before| OrderedIndex::from(EntryIndex(before)));
		match scope {
			EntryScope::All => {
				let oldest = OldestEntry::<T>::get();
				let end = NextEntryIndex::<T>::get().0;
				let passed_over =
					Self::passed_over_from(from).take_while(move |index| *index < oldest);
				let in_window = (from.max(oldest).0..end).map(EntryIndex);
				Box::new(passed_over.chain(in_window))
			},
			EntryScope::Patient(patient) => Box::new(
				match before {
					None => EntriesOfPatient::<T>::iter_key_prefix(patient),
					Some(key) => EntriesOfPatient::<T>::iter_key_prefix_from(
						patient,
						EntriesOfPatient::<T>::hashed_key_for(patient, key),
					),
				}
				.map(EntryIndex::from),
			),
			EntryScope::Actor(actor) => Box::new(
				match before {
					None => EntriesOfActor::<T>::iter_key_prefix(actor),
					Some(key) => EntriesOfActor::<T>::iter_key_prefix_from(
						actor,
						EntriesOfActor::<T>::hashed_key_for(actor, key),
					),
				}
				.map(EntryIndex::from),
			),
			EntryScope::Institution(institution) => Box::new(
				match before {
					None => EntriesOfInstitution::<T>::iter_key_prefix(institution),
					Some(key) => EntriesOfInstitution::<T>::iter_key_prefix_from(
						institution,
						EntriesOfInstitution::<T>::hashed_key_for(institution, key),
					),
				}
				.map(EntryIndex::from),
			),
		}
	}

	/// Where to look first: times never fall from one entry to the next, so what is too early is
	/// found by halving and not by looking at each.
	fn first_in_period(filter: &EntryFilter, from: EntryIndex) -> EntryIndex {
		let Some(start) = filter.period.start else { return from };
		let oldest = OldestEntry::<T>::get();
		let (mut low, mut high) = (oldest.0, NextEntryIndex::<T>::get().0);
		while low < high {
			let middle = low.midpoint(high);
			if Self::is_before(EntryIndex(middle), start) {
				low = middle.saturating_add(1);
			} else {
				high = middle;
			}
		}
		// Where the oldest one in the window is not too early, older ones may not be either: those
		// that were passed over.
		if low > oldest.0 {
			from.max(EntryIndex(low))
		} else {
			from
		}
	}

	fn is_before(index: EntryIndex, moment: Milliseconds) -> bool {
		Entries::<T>::get(index).is_some_and(|entry| entry.at < moment)
	}
}
