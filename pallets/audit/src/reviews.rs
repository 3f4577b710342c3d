//! Reviews of entries, which patients ask for.

mod deadlines;
mod types;

pub use types::{
	Closure, DeadlineKey, Review, ReviewAnswer, ReviewStatus, ReviewTally, ReviewTerms,
};

use crate::{
	index::acted_for,
	pallet::{
		Config, Entries, Error, Event, OpenReviews, OpenReviewsOfInstitution, Pallet,
		ReviewDeadlines, ReviewTallies, ReviewTermsInForce, Reviews,
	},
	OrderedIndex,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, Commitment, EntryIndex, InstitutionId, ProviderDirectory,
	RepresentativeDirectory, ReviewFinding, ReviewReason, Subject,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Refuses times that are out of bounds.
	pub(crate) fn check_review_terms(terms: &ReviewTerms) -> Result<(), Error<T>> {
		let bounds = T::MinReviewPeriod::get()..=T::MaxReviewPeriod::get();
		let periods = [terms.answer_within, terms.escalate_within];
		let are_within = periods.iter().all(|period| bounds.contains(period));
		ensure!(are_within, Error::<T>::ReviewPeriodOutOfBounds);
		Ok(())
	}

	pub(crate) fn do_set_review_terms(terms: ReviewTerms) -> DispatchResult {
		Self::check_review_terms(&terms)?;
		ReviewTermsInForce::<T>::put(terms);
		let entry = Self::append(AuditEvent::new(AuditAction::ReviewTermsChanged));
		Self::deposit_event(Event::ReviewTermsSet { terms, entry });
		Ok(())
	}

	pub(crate) fn do_request_review(
		who: AccountId,
		about: EntryIndex,
		reason: ReviewReason,
	) -> DispatchResult {
		let event = Entries::<T>::get(about).ok_or(Error::<T>::EntryUnknown)?.event;
		let patient = event.patient.clone().ok_or(Error::<T>::NotYourEntry)?;
		let may_ask =
			who == patient || T::Representatives::is_guardian(&who, &patient, event.purpose);
		ensure!(may_ask, Error::<T>::NotYourEntry);
		ensure!(event.action != AuditAction::EntryReviewAnswered, Error::<T>::ReviewOfReview);
		let institution = acted_for(&event).ok_or(Error::<T>::NoInstitutionActed)?;
		ensure!(!Reviews::<T>::contains_key(about), Error::<T>::ReviewExists);
		let open = OpenReviews::<T>::get(&patient);
		ensure!(open < T::MaxOpenReviews::get(), Error::<T>::TooManyReviews);

		let now = Self::now();
		let due = now.saturating_add(ReviewTermsInForce::<T>::get().answer_within);
		let review = Review {
			patient: patient.clone(),
			requested_by: who.clone(),
			institution,
			reason,
			requested_at: now,
			answer_due: due,
			status: ReviewStatus::Awaiting { is_overdue: false },
		};
		Reviews::<T>::insert(about, review);
		OpenReviews::<T>::insert(&patient, open.saturating_add(1));
		OpenReviewsOfInstitution::<T>::insert(institution, OrderedIndex::from(about), ());
		ReviewDeadlines::<T>::insert(DeadlineKey::new(due, about), ());
		ReviewTallies::<T>::mutate(institution, |tally| {
			tally.open = tally.open.saturating_add(1);
			tally.requested = tally.requested.saturating_add(1);
		});
		let entry = Self::append(AuditEvent {
			actor: Some(who),
			patient: Some(patient),
			subject: Subject::EntryReview { entry: about, reason },
			..AuditEvent::new(AuditAction::EntryReviewRequested)
		});
		Self::deposit_event(Event::ReviewRequested { about, institution, reason, due, entry });
		Ok(())
	}

	pub(crate) fn do_answer_review(
		operator: AccountId,
		about: EntryIndex,
		finding: ReviewFinding,
		statement: Commitment,
	) -> DispatchResult {
		let mut review = Reviews::<T>::get(about).ok_or(Error::<T>::ReviewUnknown)?;
		let institution = review.institution;
		let operated = T::Providers::operated_by(&operator);
		ensure!(operated == Some(institution), Error::<T>::NotTheInstitution);
		let is_overdue = match review.status {
			ReviewStatus::Awaiting { is_overdue } => is_overdue,
			ReviewStatus::Answered { .. } => return Err(Error::<T>::ReviewAnswered.into()),
			ReviewStatus::Escalated { .. } => return Err(Error::<T>::ReviewEscalated.into()),
			ReviewStatus::Closed { .. } => return Err(Error::<T>::ReviewClosed.into()),
		};

		let now = Self::now();
		let is_late = now >= review.answer_due;
		let escalate_by = now.saturating_add(ReviewTermsInForce::<T>::get().escalate_within);
		Self::drop_deadline(&review, about);
		let answer = ReviewAnswer { finding, statement, at: now, is_late };
		review.status = ReviewStatus::Answered { answer, escalate_by };
		let patient = review.patient.clone();
		Reviews::<T>::insert(about, review);
		ReviewDeadlines::<T>::insert(DeadlineKey::new(escalate_by, about), ());
		ReviewTallies::<T>::mutate(institution, |tally| {
			tally.overdue = tally.overdue.saturating_sub(u32::from(is_overdue));
			tally.late = tally.late.saturating_add(u32::from(is_late));
			if finding == ReviewFinding::Violation {
				tally.violations = tally.violations.saturating_add(1);
			}
		});
		let entry = Self::append(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(institution),
			patient: Some(patient),
			subject: Subject::EntryReviewFinding { entry: about, finding, statement },
			..AuditEvent::new(AuditAction::EntryReviewAnswered)
		});
		Self::deposit_event(Event::ReviewAnswered {
			about,
			finding,
			statement,
			is_late,
			escalate_by,
			entry,
		});
		Ok(())
	}

	pub(crate) fn do_escalate_review(who: AccountId, about: EntryIndex) -> DispatchResult {
		let mut review = Reviews::<T>::get(about).ok_or(Error::<T>::ReviewUnknown)?;
		let purpose = Entries::<T>::get(about).and_then(|entry| entry.event.purpose);
		let may_ask = who == review.patient
			|| T::Representatives::is_guardian(&who, &review.patient, purpose);
		ensure!(may_ask, Error::<T>::NotYourEntry);
		let now = Self::now();
		let (answer, was_overdue) = match review.status {
			ReviewStatus::Awaiting { is_overdue } => {
				ensure!(now >= review.answer_due, Error::<T>::AnswerNotDue);
				(None, is_overdue)
			},
			ReviewStatus::Answered { answer, escalate_by } => {
				ensure!(now < escalate_by, Error::<T>::EscalationTooLate);
				(Some(answer), false)
			},
			ReviewStatus::Escalated { .. } => return Err(Error::<T>::ReviewEscalated.into()),
			ReviewStatus::Closed { .. } => return Err(Error::<T>::ReviewClosed.into()),
		};

		Self::drop_deadline(&review, about);
		let (patient, reason) = (review.patient.clone(), review.reason);
		review.status = ReviewStatus::Escalated { answer };
		ReviewTallies::<T>::mutate(review.institution, |tally| {
			tally.escalated = tally.escalated.saturating_add(1);
			tally.overdue = tally.overdue.saturating_sub(u32::from(was_overdue));
			tally.unanswered = tally.unanswered.saturating_add(u32::from(answer.is_none()));
		});
		Reviews::<T>::insert(about, review);
		let entry = Self::append(AuditEvent {
			actor: Some(who),
			patient: Some(patient),
			subject: Subject::EntryReview { entry: about, reason },
			..AuditEvent::new(AuditAction::EntryReviewEscalated)
		});
		Self::deposit_event(Event::ReviewEscalated { about, entry });
		Ok(())
	}

	pub(crate) fn do_withdraw_review(who: AccountId, about: EntryIndex) -> DispatchResult {
		let review = Reviews::<T>::get(about).ok_or(Error::<T>::ReviewUnknown)?;
		let may_withdraw = who == review.patient || who == review.requested_by;
		ensure!(may_withdraw, Error::<T>::NotYourEntry);
		ensure!(review.is_open(), Error::<T>::ReviewClosed);
		let event = AuditEvent {
			actor: Some(who),
			patient: Some(review.patient.clone()),
			subject: Subject::EntryReview { entry: about, reason: review.reason },
			..AuditEvent::new(AuditAction::EntryReviewWithdrawn)
		};
		Self::close(about, review, Closure::Withdrawn, event);
		Ok(())
	}

	pub(crate) fn do_decide_review(
		about: EntryIndex,
		finding: ReviewFinding,
		statement: Commitment,
	) -> DispatchResult {
		let review = Reviews::<T>::get(about).ok_or(Error::<T>::ReviewUnknown)?;
		ensure!(review.is_open(), Error::<T>::ReviewClosed);
		let is_escalated = matches!(review.status, ReviewStatus::Escalated { .. });
		ensure!(is_escalated, Error::<T>::ReviewNotEscalated);
		let event = AuditEvent {
			patient: Some(review.patient.clone()),
			subject: Subject::EntryReviewFinding { entry: about, finding, statement },
			..AuditEvent::new(AuditAction::EntryReviewDecided)
		};
		if finding == ReviewFinding::Violation {
			ReviewTallies::<T>::mutate(review.institution, |tally| {
				tally.violations = tally.violations.saturating_add(1);
			});
		}
		Self::close(about, review, Closure::Decided { finding, statement }, event);
		Ok(())
	}

	/// Closes a review, and logs it. What only the review kept in state is pruned.
	pub(crate) fn close(
		about: EntryIndex,
		mut review: Review,
		closure: Closure,
		event: AuditEvent,
	) {
		Self::drop_deadline(&review, about);
		let institution = review.institution;
		let is_overdue = matches!(review.status, ReviewStatus::Awaiting { is_overdue: true });
		let answer = review.answer();
		OpenReviews::<T>::mutate_exists(&review.patient, |open| {
			*open = open.and_then(|open| open.checked_sub(1)).filter(|open| *open > 0);
		});
		OpenReviewsOfInstitution::<T>::remove(institution, OrderedIndex::from(about));
		ReviewTallies::<T>::mutate(institution, |tally| {
			tally.open = tally.open.saturating_sub(1);
			tally.overdue = tally.overdue.saturating_sub(u32::from(is_overdue));
		});
		review.status = ReviewStatus::Closed { answer, closure };
		Reviews::<T>::insert(about, review);
		let entry = Self::append(event);
		Self::deposit_event(Event::ReviewClosed { about, closure, entry });
		Self::look_again_at(about);
	}

	/// The open reviews of an institution, those of the oldest entries first.
	pub(crate) fn query_open_reviews(
		institution: InstitutionId,
		from: EntryIndex,
		limit: u32,
	) -> alloc::vec::Vec<(EntryIndex, Review)> {
		let keys = match from.0.checked_sub(1) {
			None => OpenReviewsOfInstitution::<T>::iter_key_prefix(institution),
			Some(before) => OpenReviewsOfInstitution::<T>::iter_key_prefix_from(
				institution,
				OpenReviewsOfInstitution::<T>::hashed_key_for(
					institution,
					OrderedIndex::from(EntryIndex(before)),
				),
			),
		};
		let limit = usize::try_from(limit.min(crate::MAX_PAGE)).unwrap_or(usize::MAX);
		keys.map(EntryIndex::from)
			.filter_map(|index| Reviews::<T>::get(index).map(|review| (index, review)))
			.take(limit)
			.collect()
	}
}
