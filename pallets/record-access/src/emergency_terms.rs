//! The terms of breaking the glass, under governance.
//!
//! | Term | Least | Most |
//! |---|---|---|
//! | `max_duration` | [`MIN_DURATION`] | [`Config::MaxEmergencyDuration`] |
//! | `uses` | 1 | [`Config::MaxUses`] |
//! | `review_within` | [`MIN_REVIEW`] | [`MAX_REVIEW`] |
//! | `max_overdue` | 0 | [`MAX_OVERDUE`] |
//! | `proofs_a_day` | 0: nobody breaks the glass by proof | 255 |
//!
//! The lower bounds are there so that nobody ends break-glass by the way: where it is not wanted, the
//! cells of the role matrix for `BTG` are empty. The terms of a grant are those of the moment at which the glass was broken.

use crate::{Config, EmergencyTerms, EmergencyTermsInForce, Error, Event, Pallet};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{AuditAction, AuditEvent, AuditSink, Milliseconds};

/// A quarter of an hour.
pub const MIN_DURATION: Milliseconds = Milliseconds(15 * 60 * 1_000);
/// An hour.
pub const MIN_REVIEW: Milliseconds = Milliseconds(60 * 60 * 1_000);
/// Thirty days.
pub const MAX_REVIEW: Milliseconds = Milliseconds(30 * 24 * 60 * 60 * 1_000);
/// So many reviews are looked at, and one more, whenever somebody breaks the glass.
pub const MAX_OVERDUE: u32 = 100;

impl<T: Config> Pallet<T> {
	/// Refuses terms that are out of bounds.
	pub(crate) fn check_terms(terms: &EmergencyTerms) -> Result<(), Error<T>> {
		ensure!(
			(MIN_DURATION..=T::MaxEmergencyDuration::get()).contains(&terms.max_duration),
			Error::<T>::EmergencyDurationOutOfRange
		);
		ensure!((1..=T::MaxUses::get()).contains(&terms.uses), Error::<T>::EmergencyUsesOutOfRange);
		ensure!(
			(MIN_REVIEW..=MAX_REVIEW).contains(&terms.review_within),
			Error::<T>::ReviewDeadlineOutOfRange
		);
		ensure!(terms.max_overdue <= MAX_OVERDUE, Error::<T>::OverdueLimitTooHigh);
		Ok(())
	}

	/// Sets, logs and announces the terms.
	pub(crate) fn set_terms(terms: EmergencyTerms) -> DispatchResult {
		Self::check_terms(&terms)?;
		EmergencyTermsInForce::<T>::put(terms);
		let entry = T::Audit::record(AuditEvent::new(AuditAction::EmergencyTermsChanged));
		Self::deposit_event(Event::EmergencyTermsSet { terms, entry });
		Ok(())
	}
}
