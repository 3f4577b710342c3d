//! Registering studies, closing them, and what may be said of their results.

use crate::{
	types::{StudyRecord, StudyStatus},
	Config, Error, Event, NextStudy, Pallet, Studies,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Milliseconds, ProviderDirectory,
	ShieldedConsents, StudyId, StudyTerms, Subject, H256,
};
use hdx_zk_circuits::note::{Study, StudyError, StudyTermsHash};

impl<T> From<StudyError> for Error<T> {
	fn from(error: StudyError) -> Self {
		match error {
			StudyError::EmptyRange => Self::RangeEmpty,
			StudyError::TimeTooLate => Self::AttestedTooLate,
		}
	}
}

/// The study as proofs know it. Its digest binds all of the terms, those as well of which the circuit knows nothing.
pub(crate) fn stated(id: StudyId, terms: &StudyTerms) -> Result<Study, StudyError> {
	let ranges = terms.ranges.map(|range| range.min..=range.max);
	let all = StudyTermsHash::of(id.0.into(), &terms.encode());
	Study::new(all, terms.panel, ranges, terms.attested_from.0, terms.categories)
}

impl<T: Config> Pallet<T> {
	/// Now, in milliseconds.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	fn ensure_sound(id: StudyId, terms: &StudyTerms) -> Result<(), Error<T>> {
		ensure!(T::Providers::is_active(terms.sponsor), Error::<T>::SponsorInactive);
		stated(id, terms)?;
		ensure!(terms.from < terms.until && Self::now() < terms.until, Error::<T>::PeriodEmpty);
		ensure!(terms.attested_from < terms.until, Error::<T>::AttestedTooLate);
		ensure!(terms.categories != 0, Error::<T>::NoCategory);
		// All 64 in use leave none that is not.
		let unused = terms.categories.checked_shr(T::Consents::categories_in_use()).unwrap_or(0);
		ensure!(unused == 0, Error::<T>::CategoryUnknown);
		ensure!(terms.minimum >= T::MinCohort::get(), Error::<T>::MinimumTooSmall);
		Ok(())
	}

	pub(crate) fn do_register(terms: StudyTerms) -> DispatchResult {
		let id = StudyId(NextStudy::<T>::get());
		ensure!(id.0 < T::MaxStudies::get(), Error::<T>::TooManyStudies);
		Self::ensure_sound(id, &terms)?;
		NextStudy::<T>::put(id.0.saturating_add(1));
		Studies::<T>::insert(id, StudyRecord::new(terms));
		Self::log_study(AuditAction::StudyRegistered, None, terms.sponsor, id);
		Self::deposit_event(Event::StudyRegistered { study: id, sponsor: terms.sponsor });
		Ok(())
	}

	/// Closes a study. `None`: governance does.
	pub(crate) fn do_close(sponsor: Option<AccountId>, id: StudyId) -> DispatchResult {
		let mut record = Studies::<T>::get(id).ok_or(Error::<T>::StudyUnknown)?;
		if let Some(who) = &sponsor {
			Self::ensure_sponsor(who, &record)?;
		}
		ensure!(record.status == StudyStatus::Open, Error::<T>::StudyClosed);
		record.status = StudyStatus::Closed { at: Self::now() };
		Studies::<T>::insert(id, record);
		Self::log_study(AuditAction::StudyClosed, sponsor, record.terms.sponsor, id);
		Self::deposit_event(Event::StudyClosed { study: id, count: record.count });
		Ok(())
	}

	pub(crate) fn do_publish(who: AccountId, id: StudyId, results: H256) -> DispatchResult {
		let mut record = Studies::<T>::get(id).ok_or(Error::<T>::StudyUnknown)?;
		Self::ensure_sponsor(&who, &record)?;
		let is_over = record.status != StudyStatus::Open || Self::now() >= record.terms.until;
		ensure!(is_over, Error::<T>::StudyStillOpen);
		ensure!(record.has_cohort(), Error::<T>::CohortNotReached);
		ensure!(record.results.is_none(), Error::<T>::ResultsPublished);
		record.results = Some(results);
		Studies::<T>::insert(id, record);
		T::Audit::record(AuditEvent {
			actor: Some(who),
			on_behalf_of: Some(record.terms.sponsor),
			subject: Subject::StudyResults { study: id, results },
			..AuditEvent::new(AuditAction::StudyResultsPublished)
		});
		let count = record.count;
		Self::deposit_event(Event::ResultsPublished { study: id, results, count });
		Ok(())
	}

	fn ensure_sponsor(who: &AccountId, record: &StudyRecord) -> Result<(), Error<T>> {
		let is_theirs = T::Providers::operated_by(who) == Some(record.terms.sponsor);
		ensure!(is_theirs, Error::<T>::NotTheSponsor);
		Ok(())
	}

	fn log_study(
		action: AuditAction,
		actor: Option<AccountId>,
		sponsor: InstitutionId,
		study: StudyId,
	) {
		T::Audit::record(AuditEvent {
			actor,
			on_behalf_of: Some(sponsor),
			subject: Subject::Study { study },
			..AuditEvent::new(action)
		});
	}
}
