//! Disputes of accuracy (45 CFR 164.526, GDPR article 16).
//!
//! What a record says is off chain, and so is what is wrong with it: the chain has commitments, the
//! deadline, and who answered. Whoever is granted access to a disputed record can see that it is.

use crate::{
	Config, Dispute, DisputeAnswer, Disputes, Error, Event, Grants, OpenDisputesOf, Pallet,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, DisputeOutcome, GrantId, RecordId,
	RepresentativeDirectory, Subject, Target,
};

impl<T: Config> Pallet<T> {
	/// Opens a dispute.
	pub(crate) fn do_dispute(
		who: AccountId,
		id: RecordId,
		statement: Commitment,
	) -> DispatchResult {
		let patient = Self::ensure_may_dispute(&who, id)?;
		OpenDisputesOf::<T>::try_mutate(&patient, |open| open.try_push(id))
			.map_err(|_| Error::<T>::TooManyDisputes)?;

		let opened_at = Self::now();
		let due_at = opened_at.saturating_add(T::DisputeDeadline::get());
		let by = who.clone();
		Disputes::<T>::insert(id, Dispute { statement, by, opened_at, due_at, answer: None });
		let entry = T::Audit::record(AuditEvent {
			actor: Some(who.clone()),
			patient: Some(patient.clone()),
			subject: Subject::Dispute { record: id, statement },
			..AuditEvent::new(AuditAction::RecordDisputed)
		});
		Self::deposit_event(Event::RecordDisputed {
			record: id,
			patient,
			by: who,
			statement,
			due_at,
			entry,
		});
		Ok(())
	}

	/// Answers the open dispute of a record.
	pub(crate) fn do_answer_dispute(
		operator: AccountId,
		id: RecordId,
		outcome: DisputeOutcome,
		statement: Commitment,
	) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		let mut dispute = Disputes::<T>::get(id).ok_or(Error::<T>::NoDispute)?;
		ensure!(dispute.answer.is_none(), Error::<T>::DisputeClosed);

		let at = Self::now();
		let is_late = dispute.due_at <= at;
		dispute.answer = Some(DisputeAnswer { outcome, statement, at, is_late });
		Disputes::<T>::insert(id, dispute);
		Self::close_dispute(&record.patient, id);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(record.custodian),
			patient: Some(record.patient.clone()),
			subject: Subject::DisputeAnswer { record: id, outcome, statement, is_late },
			..AuditEvent::new(AuditAction::DisputeAnswered)
		});
		Self::deposit_event(Event::DisputeAnswered {
			record: id,
			patient: record.patient,
			custodian: record.custodian,
			outcome,
			statement,
			is_late,
			entry,
		});
		Ok(())
	}

	/// The patient, if the account may dispute the record now: as the patient, or as any guardian.
	fn ensure_may_dispute(who: &AccountId, id: RecordId) -> Result<AccountId, Error<T>> {
		let patient = Self::record(id)?.patient;
		let speaks = *who == patient || T::Representatives::is_guardian(who, &patient, None);
		ensure!(speaks, Error::<T>::MayNotDispute);
		let is_open = Disputes::<T>::get(id).is_some_and(|dispute| dispute.answer.is_none());
		ensure!(!is_open, Error::<T>::DisputeOpen);
		Ok(patient)
	}

	/// Whether [`Pallet::dispute_record`] by this account would go through. Each answer makes room for
	/// one dispute more, and there is a bounded number of open ones.
	pub fn may_dispute(who: &AccountId, id: RecordId) -> bool {
		let most = usize::try_from(T::MaxOpenDisputes::get()).unwrap_or(usize::MAX);
		Self::ensure_may_dispute(who, id)
			.is_ok_and(|patient| OpenDisputesOf::<T>::get(patient).len() < most)
	}

	/// Takes a record out of its patient's open disputes, if it is among them.
	pub(crate) fn close_dispute(patient: &AccountId, id: RecordId) {
		OpenDisputesOf::<T>::mutate_exists(patient, |open| {
			if let Some(records) = open {
				records.retain(|record| *record != id);
				if records.is_empty() {
					*open = None;
				}
			}
		});
	}

	pub(crate) fn query_disputes(id: GrantId) -> Vec<(RecordId, Dispute)> {
		let Some(grant) = Grants::<T>::get(id) else { return Vec::new() };
		OpenDisputesOf::<T>::get(&grant.patient)
			.into_iter()
			.filter(|record| match grant.target {
				Target::Record(target) => target == *record,
				Target::WholeRecord => true,
			})
			.filter_map(|record| Some((record, Disputes::<T>::get(record)?)))
			.collect()
	}
}
