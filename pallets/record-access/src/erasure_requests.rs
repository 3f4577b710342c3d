//! What patients want erased, and by when an institution has to answer (GDPR articles 17 and 12(3)).
//!
//! What waits is kept for each institution in the order of the deadlines, so that the overdue are the
//! first of it. Requests go with the custody of their records.

use crate::{
	Config, ErasureCountsOf, ErasureKey, ErasureRequest, ErasureRequests, ErasureStanding, Error,
	Event, Pallet, PendingErasures, Record, MAX_PAGE,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, ErasureExemption, InstitutionId,
	RecordId, RepresentativeDirectory, Subject,
};

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
	/// The record was erased.
	Erased,
	/// It is kept.
	Refused,
}

impl<T: Config> Pallet<T> {
	/// Asks the custodian to erase a record.
	pub(crate) fn do_request_erasure(who: AccountId, id: RecordId) -> DispatchResult {
		let Record { patient, custodian, .. } = Self::ensure_may_request_erasure(&who, id)?;

		let requested_at = Self::now();
		let due_at = requested_at.saturating_add(T::ErasureDeadline::get());
		let request = ErasureRequest { by: who.clone(), requested_at, due_at };
		Self::await_erasure(custodian, id, &request);
		ErasureRequests::<T>::insert(id, request);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(who.clone()),
			patient: Some(patient.clone()),
			subject: Subject::Record(id),
			..AuditEvent::new(AuditAction::ErasureRequested)
		});
		Self::deposit_event(Event::ErasureRequested {
			record: id,
			patient,
			by: who,
			custodian,
			due_at,
			entry,
		});
		Ok(())
	}

	/// Says why a record is kept.
	pub(crate) fn do_refuse_erasure(
		operator: AccountId,
		id: RecordId,
		exemption: ErasureExemption,
		statement: Commitment,
	) -> DispatchResult {
		let Record { patient, custodian, .. } = Self::kept_by(&operator, id)?;
		let is_late = Self::end_erasure_request(custodian, id, Ended::Refused)
			.ok_or(Error::<T>::NoErasureRequest)?;

		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			patient: Some(patient.clone()),
			subject: Subject::ErasureRefusal { record: id, exemption, statement, is_late },
			..AuditEvent::new(AuditAction::ErasureRefused)
		});
		Self::deposit_event(Event::ErasureRefused {
			record: id,
			patient,
			custodian,
			exemption,
			statement,
			is_late,
			entry,
		});
		Ok(())
	}

	/// The record, if the account may ask for its erasure now: as the patient, or as a guardian for all
	/// purposes, since nothing is left for any.
	fn ensure_may_request_erasure(who: &AccountId, id: RecordId) -> Result<Record, Error<T>> {
		let record = Self::record(id)?;
		let speaks =
			*who == record.patient || T::Representatives::is_guardian_for_all(who, &record.patient);
		ensure!(speaks, Error::<T>::MayNotRequestErasure);
		ensure!(!ErasureRequests::<T>::contains_key(id), Error::<T>::ErasureRequested);
		Ok(record)
	}

	/// Whether [`Pallet::request_erasure`] by this account would go through. Each refusal makes room for
	/// one request more.
	pub fn may_request_erasure(who: &AccountId, id: RecordId) -> bool {
		Self::ensure_may_request_erasure(who, id).is_ok()
	}

	/// Ends the request about a record, if there is one. Says whether the deadline had passed.
	pub(crate) fn end_erasure_request(
		custodian: InstitutionId,
		id: RecordId,
		ended: Ended,
	) -> Option<bool> {
		let request = ErasureRequests::<T>::take(id)?;
		let is_late = request.due_at <= Self::now();
		PendingErasures::<T>::remove(custodian, ErasureKey::new(request.due_at, id));
		ErasureCountsOf::<T>::mutate(custodian, |counts| {
			counts.pending = counts.pending.saturating_sub(1);
			counts.late = counts.late.saturating_add(u32::from(is_late));
			let ended = match ended {
				Ended::Erased => &mut counts.erased,
				Ended::Refused => &mut counts.refused,
			};
			*ended = ended.saturating_add(1);
		});
		Some(is_late)
	}

	/// Lets a request wait for the institution.
	fn await_erasure(custodian: InstitutionId, id: RecordId, request: &ErasureRequest) {
		PendingErasures::<T>::insert(custodian, ErasureKey::new(request.due_at, id), ());
		ErasureCountsOf::<T>::mutate(custodian, |counts| {
			counts.pending = counts.pending.saturating_add(1);
		});
	}

	/// Passes the request about a record on to its new custodian. Its deadline stays.
	pub(crate) fn pass_erasure_request_on(id: RecordId, from: InstitutionId, to: InstitutionId) {
		let Some(request) = ErasureRequests::<T>::get(id) else { return };
		PendingErasures::<T>::remove(from, ErasureKey::new(request.due_at, id));
		ErasureCountsOf::<T>::mutate(from, |counts| {
			counts.pending = counts.pending.saturating_sub(1);
		});
		Self::await_erasure(to, id, &request);
	}

	pub(crate) fn query_pending_erasures(
		institution: InstitutionId,
		after: Option<RecordId>,
		limit: u32,
	) -> Vec<(RecordId, ErasureRequest)> {
		let after = after.and_then(|id| Some((id, ErasureRequests::<T>::get(id)?)));
		let keys = match after {
			None => PendingErasures::<T>::iter_key_prefix(institution),
			Some((id, request)) => {
				let key = ErasureKey::new(request.due_at, id);
				PendingErasures::<T>::iter_key_prefix_from(
					institution,
					PendingErasures::<T>::hashed_key_for(institution, key),
				)
			},
		};
		keys.take(usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0))
			.filter_map(|key| Some((key.record(), ErasureRequests::<T>::get(key.record())?)))
			.collect()
	}

	pub(crate) fn query_erasure_standing(institution: InstitutionId) -> ErasureStanding {
		let now = Self::now();
		let overdue = PendingErasures::<T>::iter_key_prefix(institution)
			.take(usize::try_from(MAX_PAGE).unwrap_or(usize::MAX))
			.take_while(|request| request.due_at() <= now)
			.count();
		ErasureStanding {
			counts: ErasureCountsOf::<T>::get(institution),
			overdue: u32::try_from(overdue).unwrap_or(u32::MAX),
		}
	}
}
