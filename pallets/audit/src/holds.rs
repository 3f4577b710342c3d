//! Legal holds.

use crate::{
	pallet::{
		CaseHolds, Config, Entries, Error, Event, Holds, NextHoldId, Pallet, PatientHolds, Reviews,
	},
	Hold, HoldScope,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEntry, AuditEvent, EntryIndex, HoldId, HoldReason, LegalHolds,
	PatientDirectory, Subject,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Whether something keeps an entry in state although its window is over.
	pub(crate) fn is_kept(entry: &AuditEntry) -> bool {
		let of_patient = entry.event.patient.as_ref();
		of_patient.is_some_and(<Self as LegalHolds>::is_held)
			|| CaseHolds::<T>::contains_key(entry.index)
			|| Reviews::<T>::get(entry.index).is_some_and(|review| review.is_open())
	}

	pub(crate) fn do_place_hold(scope: HoldScope, reason: HoldReason) -> DispatchResult {
		ensure!(Holds::<T>::count() < T::MaxHolds::get(), Error::<T>::TooManyHolds);
		match &scope {
			HoldScope::Patient(patient) => {
				ensure!(T::Patients::is_patient(patient), Error::<T>::PatientUnknown);
			},
			HoldScope::Case(entries) => Self::ensure_case(entries)?,
		}
		let hold = HoldId(NextHoldId::<T>::get());
		let next = hold.0.checked_add(1).ok_or(Error::<T>::IdentifiersExhausted)?;

		NextHoldId::<T>::put(next);
		match &scope {
			HoldScope::Patient(patient) => PatientHolds::<T>::mutate(patient, count),
			HoldScope::Case(entries) => {
				entries.iter().for_each(|index| CaseHolds::<T>::mutate(index, count));
			},
		}
		let entry = Self::log_hold(AuditAction::LegalHoldPlaced, hold, &scope, reason);
		Holds::<T>::insert(hold, Hold { scope, reason, placed_at: Self::now() });
		Self::deposit_event(Event::HoldPlaced { hold, reason, entry });
		Ok(())
	}

	pub(crate) fn do_release_hold(hold: HoldId) -> DispatchResult {
		let Hold { scope, reason, .. } = Holds::<T>::get(hold).ok_or(Error::<T>::HoldUnknown)?;

		Holds::<T>::remove(hold);
		match &scope {
			HoldScope::Patient(patient) => {
				PatientHolds::<T>::mutate_exists(patient, uncount);
				Self::look_again();
			},
			HoldScope::Case(entries) => {
				for index in entries {
					CaseHolds::<T>::mutate_exists(index, uncount);
					Self::look_again_at(*index);
				}
			},
		}
		let entry = Self::log_hold(AuditAction::LegalHoldReleased, hold, &scope, reason);
		Self::deposit_event(Event::HoldReleased { hold, entry });
		Ok(())
	}

	/// A case is some entries that are in state, each named once and in order.
	fn ensure_case(entries: &[EntryIndex]) -> Result<(), Error<T>> {
		ensure!(!entries.is_empty(), Error::<T>::NoEntries);
		let are_ordered = entries.is_sorted_by(|one, next| one < next);
		ensure!(are_ordered, Error::<T>::EntriesNotOrdered);
		let are_there = entries.iter().all(Entries::<T>::contains_key);
		ensure!(are_there, Error::<T>::EntryUnknown);
		Ok(())
	}

	fn log_hold(
		action: AuditAction,
		hold: HoldId,
		scope: &HoldScope,
		reason: HoldReason,
	) -> EntryIndex {
		Self::append(AuditEvent {
			patient: scope.patient().cloned(),
			subject: Subject::LegalHold { hold, reason },
			..AuditEvent::new(action)
		})
	}
}

impl<T: Config> LegalHolds for Pallet<T> {
	/// Holds on cases are about entries, and keep no patient's records.
	fn is_held(patient: &AccountId) -> bool {
		PatientHolds::<T>::contains_key(patient)
	}
}

impl HoldScope {
	/// The patient about whom all is held.
	pub fn patient(&self) -> Option<&AccountId> {
		match self {
			Self::Patient(patient) => Some(patient),
			Self::Case(_) => None,
		}
	}
}

/// One hold more.
fn count(holds: &mut u32) {
	*holds = holds.saturating_add(1);
}

/// One hold less. What has none is not stored.
fn uncount(holds: &mut Option<u32>) {
	*holds = holds.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
}
