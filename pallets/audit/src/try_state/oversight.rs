//! What always holds of reviews and of what is counted.

use crate::{
	pallet::{
		CurrentWindow, Entries, MonitoringTermsInForce, OpenReviews, OpenReviewsOfInstitution,
		PatientsOfWindow, ReviewDeadlines, ReviewTallies, ReviewTermsInForce, Reviews,
		WindowCounts,
	},
	Config, DeadlineKey, Pallet, ReviewStatus, WindowKey,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use hdx_primitives::EntryIndex;
use sp_runtime::{traits::SaturatedConversion, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks that
	///
	/// - each review is of an entry in state about that patient;
	/// - each patient's and each institution's open reviews are counted, and listed, and there are
	///   not too many;
	/// - each review that waits for something has its deadline, and no other is kept;
	/// - the times for its steps are within their bounds.
	pub(super) fn reviews_are_consistent() -> Result<(), TryRuntimeError> {
		let mut of_patients = BTreeMap::new();
		let mut of_institutions = BTreeMap::new();
		let mut deadlines = BTreeSet::new();
		for (index, review) in Reviews::<T>::iter() {
			let entry = Entries::<T>::get(index).ok_or("a review is of no entry")?;
			let is_theirs = entry.event.patient.as_ref() == Some(&review.patient);
			ensure!(is_theirs, "a review is of an entry about somebody else");
			if let Some(moment) = review.deadline() {
				deadlines.insert(DeadlineKey::new(moment, index));
			}
			if !review.is_open() {
				continue;
			}
			let count: &mut u32 = of_patients.entry(review.patient.clone()).or_default();
			*count = count.saturating_add(1);
			let (open, overdue): &mut (u32, u32) =
				of_institutions.entry(review.institution).or_default();
			*open = open.saturating_add(1);
			if matches!(review.status, ReviewStatus::Awaiting { is_overdue: true }) {
				*overdue = overdue.saturating_add(1);
			}
			let is_listed =
				OpenReviewsOfInstitution::<T>::contains_key(review.institution, ordered(index));
			ensure!(is_listed, "an open review is missing from its institution's list");
		}
		let counted: BTreeMap<_, _> = OpenReviews::<T>::iter().collect();
		ensure!(counted == of_patients, "the open reviews of a patient are not counted right");
		let are_few = counted.values().all(|open| *open <= T::MaxOpenReviews::get());
		ensure!(are_few, "a patient has too many open reviews");
		for (institution, tally) in ReviewTallies::<T>::iter() {
			let expected = of_institutions.remove(&institution).unwrap_or_default();
			let is_right = (tally.open, tally.overdue) == expected;
			ensure!(is_right, "the reviews of an institution are not counted right");
		}
		ensure!(of_institutions.is_empty(), "the reviews of an institution are not counted");
		let listed = OpenReviewsOfInstitution::<T>::iter_keys().count().saturated_into::<u32>();
		let open = counted.values().fold(0u32, |sum, open| sum.saturating_add(*open));
		ensure!(listed == open, "a list of open reviews names one that is not open");
		let kept: BTreeSet<_> = ReviewDeadlines::<T>::iter_keys().collect();
		ensure!(kept == deadlines, "the deadlines are not those of the reviews");

		let terms = ReviewTermsInForce::<T>::get();
		let bounds = T::MinReviewPeriod::get()..=T::MaxReviewPeriod::get();
		let are_within =
			bounds.contains(&terms.answer_within) && bounds.contains(&terms.escalate_within);
		ensure!(are_within, "the times for the steps of a review are out of bounds");
		Ok(())
	}

	/// Checks that
	///
	/// - what raises alerts is within its bounds;
	/// - the window ends no later than one that began now would: other terms begin another window, and no clock goes back.
	pub(super) fn monitoring_is_within_bounds() -> Result<(), TryRuntimeError> {
		let terms = MonitoringTermsInForce::<T>::get();
		let are_within = Self::check_monitoring(&terms).is_ok();
		ensure!(are_within, "what raises alerts is out of bounds");
		let latest = Self::now().saturating_add(terms.window);
		let ends = CurrentWindow::<T>::get().is_none_or(|window| window.ends_at <= latest);
		ensure!(ends, "the window of the counts ends too late");
		Ok(())
	}

	/// Checks that
	///
	/// - nothing is counted in a window that has not begun;
	/// - in the current one, as many patients are remembered of each as are counted;
	/// - no more of them than raise the alert.
	pub(super) fn counts_are_consistent() -> Result<(), TryRuntimeError> {
		let terms = MonitoringTermsInForce::<T>::get();
		let now = CurrentWindow::<T>::get().map(WindowKey::from);
		for (key, party) in WindowCounts::<T>::iter_keys() {
			ensure!(Some(key) <= now, "something is counted in a window to come");
			if Some(key) == now {
				let counted = WindowCounts::<T>::get(key, &party).patients;
				let remembered = PatientsOfWindow::<T>::iter_key_prefix((key, &party))
					.count()
					.saturated_into::<u32>();
				ensure!(counted == remembered, "patients are not counted right");
				let most = terms.thresholds(&party).patients.unwrap_or(0);
				ensure!(counted <= most, "more patients are remembered than have to be");
			}
		}
		for (key, party, _) in PatientsOfWindow::<T>::iter_keys() {
			ensure!(Some(key) <= now, "a patient is remembered in a window to come");
			let is_counted = Some(key) < now || WindowCounts::<T>::contains_key(key, party);
			ensure!(is_counted, "a patient is remembered and not counted");
		}
		Ok(())
	}
}

fn ordered(index: EntryIndex) -> crate::OrderedIndex {
	index.into()
}
