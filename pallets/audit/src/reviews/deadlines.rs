//! What time does to reviews.

use super::{Closure, DeadlineKey, Review, ReviewStatus};
use crate::pallet::{Config, Event, Pallet, ReviewDeadlines, ReviewTallies, Reviews};
use alloc::vec::Vec;
use hdx_primitives::{AuditAction, AuditEvent, EntryIndex, Subject};

impl<T: Config> Pallet<T> {
	/// Does what is due, at most so many times, and returns how many it was.
	pub(crate) fn keep_deadlines(most: u32) -> u32 {
		let now = Self::now();
		// Gone through once, and collected first: meeting a deadline removes that one and sets none.
		let due: Vec<_> = ReviewDeadlines::<T>::iter_keys()
			.take_while(|key| key.moment() <= now)
			.take(usize::try_from(most).unwrap_or(usize::MAX))
			.collect();
		let done = u32::try_from(due.len()).unwrap_or(most);
		for key in due {
			ReviewDeadlines::<T>::remove(key);
			if let Some(review) = Reviews::<T>::get(key.entry()) {
				Self::meet_deadline(key.entry(), review);
			}
		}
		done
	}

	fn meet_deadline(about: EntryIndex, mut review: Review) {
		let (patient, institution) = (review.patient.clone(), review.institution);
		let subject = Subject::EntryReview { entry: about, reason: review.reason };
		match review.status {
			ReviewStatus::Awaiting { .. } => {
				review.status = ReviewStatus::Awaiting { is_overdue: true };
				Reviews::<T>::insert(about, review);
				ReviewTallies::<T>::mutate(institution, |tally| {
					tally.overdue = tally.overdue.saturating_add(1);
				});
				let entry = Self::append(AuditEvent {
					on_behalf_of: Some(institution),
					patient: Some(patient),
					subject,
					..AuditEvent::new(AuditAction::EntryReviewOverdue)
				});
				Self::deposit_event(Event::ReviewOverdue { about, institution, entry });
			},
			ReviewStatus::Answered { .. } => {
				let event = AuditEvent {
					patient: Some(patient),
					subject,
					..AuditEvent::new(AuditAction::EntryReviewLapsed)
				};
				Self::close(about, review, Closure::Lapsed, event);
			},
			// These have no deadline.
			ReviewStatus::Escalated { .. } | ReviewStatus::Closed { .. } => {},
		}
	}

	/// Nothing happens by itself to the review any more.
	pub(crate) fn drop_deadline(review: &Review, about: EntryIndex) {
		if let Some(moment) = review.deadline() {
			ReviewDeadlines::<T>::remove(DeadlineKey::new(moment, about));
		}
	}
}
