//! Issuing, checking, using and withdrawing grants.

use crate::{
	decision::{Denial, Permit},
	types::record_of,
	Config, ConfirmedGrants, EmergencyOverrides, Error, Event, Grant, GrantRefusal, GrantStatus,
	GrantedRequest, Grants, NextGrantId, Pallet, ProvenGrants, Record, Records,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use hdx_primitives::{
	engine::terminology::purpose::{HPAYMT, HRESCH},
	AccessRequest, AccountId, Action, AuditAction, AuditEvent, AuditOutcome, AuditSink, Code,
	Commitment, ConsentDecider, ContextHash, GrantId, InstitutionId, Milliseconds,
	PatientDirectory, ProviderDirectory, RecordId, Subject, Target,
};
use sp_runtime::DispatchError;

/// Purposes that are about something particular, a claim or a study: without naming it, nobody could later say
/// whether more was seen than it needed (45 CFR 164.514(d), minimum necessary).
pub const NEEDS_CONTEXT: [Code; 2] = [HPAYMT, HRESCH];

/// What a request has that names no context.
const NO_CONTEXT: ContextHash = ContextHash([0; 32]);

impl<T: Config> Pallet<T> {
	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	/// Refuses a request that cannot be decided because it is no request.
	pub(crate) fn ensure_well_formed(
		requester: &AccountId,
		request: &AccessRequest,
	) -> DispatchResult {
		ensure!(request.patient != *requester, Error::<T>::SelfGrant);
		ensure!(request.duration.0 > 0, Error::<T>::ZeroDuration);
		ensure!(request.duration <= T::MaxGrantDuration::get(), Error::<T>::DurationTooLong);
		let needs_context = NEEDS_CONTEXT.contains(&request.purpose);
		ensure!(!needs_context || request.context != NO_CONTEXT, Error::<T>::ContextMissing);
		ensure!(T::Patients::is_patient(&request.patient), Error::<T>::PatientUnknown);
		if let Target::Record(id) = request.target {
			// A record that was erased is denied, and that is logged.
			let patient = Self::patient_of(id).ok_or(Error::<T>::RecordUnknown)?;
			ensure!(patient == request.patient, Error::<T>::RecordOfAnotherPatient);
		}
		Ok(())
	}

	/// Stores, logs and announces a grant.
	pub(crate) fn issue(
		requester: AccountId,
		request: AccessRequest,
		permit: Permit,
		at: Milliseconds,
	) -> DispatchResult {
		let id = Self::take_grant_id()?;
		let grant = Grant {
			request: GrantedRequest::from(&request),
			grantee: requester,
			patient: request.patient,
			target: request.target,
			obligations: permit.obligations,
			issued_at: at,
			expires_at: at.saturating_add(request.duration),
			uses_left: T::MaxUses::get(),
			basis: permit.basis,
			status: GrantStatus::Active,
		};
		let entry = T::Audit::record(AuditEvent {
			actor: Some(grant.grantee.clone()),
			on_behalf_of: Some(grant.request.on_behalf_of),
			algorithm: permit.algorithm,
			..Self::about_grant(AuditAction::AccessDecided, id, &grant)
		});
		Self::deposit_event(Event::AccessGranted {
			grant: id,
			grantee: grant.grantee.clone(),
			patient: grant.patient.clone(),
			expires_at: grant.expires_at,
			entry,
		});
		Self::store_grant(id, grant, permit.is_confirmed);
		Ok(())
	}

	/// Gives out an identifier.
	pub(crate) fn take_grant_id() -> Result<GrantId, Error<T>> {
		let id = NextGrantId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::IdentifiersExhausted)?;
		NextGrantId::<T>::put(GrantId(next));
		Ok(id)
	}

	/// Stores a new grant, and whether the second key signed for it.
	pub(crate) fn store_grant(id: GrantId, grant: Grant, is_confirmed: bool) {
		Grants::<T>::insert(id, grant);
		if is_confirmed {
			ConfirmedGrants::<T>::insert(id, ());
		}
	}

	/// Logs and announces a denial.
	pub(crate) fn deny(requester: AccountId, request: AccessRequest, denial: Denial) {
		let entry = T::Audit::record(AuditEvent {
			actor: Some(requester.clone()),
			on_behalf_of: Some(request.on_behalf_of),
			patient: Some(request.patient.clone()),
			purpose: Some(request.purpose),
			outcome: AuditOutcome::Denied(denial.reason),
			subject: record_of(request.target).map_or(Subject::None, Subject::Record),
			basis: denial.basis,
			algorithm: denial.algorithm,
			context: Some(request.context),
			..AuditEvent::new(AuditAction::AccessDecided)
		});
		Self::deposit_event(Event::AccessDenied {
			requester,
			patient: request.patient,
			reason: denial.reason,
			entry,
		});
	}

	/// Checks a grant against what holds now: the grant itself, then the decision again, about `target`:
	/// what the grant is for, or the one record of it that is to be released.
	pub(crate) fn check_live(
		id: GrantId,
		grant: &Grant,
		target: Target,
		at: Milliseconds,
	) -> Result<Permit, GrantRefusal> {
		if grant.status == GrantStatus::Revoked {
			return Err(GrantRefusal::Revoked);
		}
		if grant.expires_at <= at {
			return Err(GrantRefusal::Expired);
		}
		if grant.uses_left == 0 {
			return Err(GrantRefusal::UsedUp);
		}
		if EmergencyOverrides::<T>::contains_key(id) {
			return Self::override_holds(id, grant, target, at).map_err(GrantRefusal::Denied);
		}
		let is_confirmed = ConfirmedGrants::<T>::contains_key(id);
		let Grant { grantee, patient, request, .. } = grant;
		let decided = Self::decide(grantee, patient, target, request, is_confirmed, at);
		// What rests on a consent rests on no proof.
		if grant.basis.is_none() && ProvenGrants::<T>::contains_key(id) {
			return Self::proof_holds(grant, is_confirmed, decided);
		}
		let permit = decided
			.and_then(|permit| Self::ensure_countable(grant.target, permit))
			.map_err(|denial| GrantRefusal::Denied(denial.reason))?;
		// Which of two sets of obligations is the narrower cannot be told without the data, so
		// any difference asks for a new grant.
		if permit.obligations != grant.obligations {
			return Err(GrantRefusal::Outdated);
		}
		if let Some(basis) = permit.basis {
			T::Consents::check_use(basis, at).map_err(GrantRefusal::Terms)?;
		}
		Ok(permit)
	}

	/// Takes one use from a live grant and logs what the custodian released.
	pub(crate) fn disclose(
		operator: AccountId,
		id: GrantId,
		record_id: RecordId,
		sections: u32,
		disclosure: Commitment,
	) -> Result<u32, DispatchError> {
		let custodian = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		let (record, grant) = Self::releasable(custodian, id, record_id)?;
		ensure!(sections > 0, Error::<T>::NoSections);
		ensure!(sections <= record.sections, Error::<T>::TooManySections);
		let (permit, uses_left) = Self::take_uses(id, &grant, record_id, custodian, 1)?;

		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			subject: Self::subject_of(id, Some(record_id)),
			// What permits today, which need not be what permitted when the grant was issued.
			basis: permit.basis,
			algorithm: permit.algorithm,
			..Self::about_grant(AuditAction::Disclosed, id, &grant)
		});
		Self::deposit_event(Event::DisclosureRecorded {
			grant: id,
			record: record_id,
			sections,
			disclosure,
			uses_left,
			entry,
		});
		Ok(T::Consents::consents(&grant.patient))
	}

	/// The record and the grant, if the institution keeps the record and the grant is for releasing from
	/// it. Whether it may be used now is not asked.
	pub(crate) fn releasable(
		custodian: InstitutionId,
		id: GrantId,
		record_id: RecordId,
	) -> Result<(Record, Grant), Error<T>> {
		let record = Self::record(record_id)?;
		ensure!(custodian == record.custodian, Error::<T>::NotTheCustodian);
		let grant = Self::grant_about(id, record_id, &record)?;
		ensure!(releases(grant.request.action), Error::<T>::GrantReleasesNothing);
		Ok((record, grant))
	}

	/// The grant, if it is about the record.
	pub(crate) fn grant_about(
		id: GrantId,
		record_id: RecordId,
		record: &Record,
	) -> Result<Grant, Error<T>> {
		let grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantUnknown)?;
		ensure!(grant.covers(record_id, record), Error::<T>::RecordNotCovered);
		Ok(grant)
	}

	/// Withdraws a grant.
	pub(crate) fn withdraw(who: AccountId, id: GrantId) -> DispatchResult {
		let mut grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantUnknown)?;
		let institution = if who == grant.patient {
			None
		} else {
			let operated = T::Providers::operated_by(&who);
			let entitled = operated.is_some() && operated == Self::revoking_institution(&grant);
			ensure!(entitled, Error::<T>::MayNotRevoke);
			operated
		};
		ensure!(grant.status == GrantStatus::Active, Error::<T>::GrantRevoked);
		grant.status = GrantStatus::Revoked;
		let action = if EmergencyOverrides::<T>::contains_key(id) {
			AuditAction::EmergencyOverrideStopped
		} else {
			AuditAction::GrantRevoked
		};
		let entry = T::Audit::record(AuditEvent {
			actor: Some(who.clone()),
			on_behalf_of: institution,
			..Self::about_grant(action, id, &grant)
		});
		Grants::<T>::insert(id, grant);
		Self::deposit_event(Event::GrantRevoked { grant: id, by: who, entry });
		Ok(())
	}

	/// The institution that may withdraw a grant beside the patient. A whole record can have many
	/// custodians, so there it is the grantee's own institution.
	fn revoking_institution(grant: &Grant) -> Option<InstitutionId> {
		match grant.target {
			Target::Record(id) => Records::<T>::get(id).map(|record| record.custodian),
			Target::WholeRecord => Some(grant.request.on_behalf_of),
		}
	}

	/// What every entry about a grant says.
	pub(crate) fn about_grant(action: AuditAction, id: GrantId, grant: &Grant) -> AuditEvent {
		AuditEvent {
			patient: Some(grant.patient.clone()),
			purpose: Some(grant.request.purpose),
			subject: Self::subject_of(id, grant.record()),
			basis: grant.basis,
			context: Some(grant.request.context),
			..AuditEvent::new(action)
		}
	}
}

/// Whether anything is released under a grant for this action. Writing and appending bring data
/// in; they are no permission to be shown any.
pub(crate) fn releases(action: Action) -> bool {
	match action {
		Action::Read | Action::Disclose => true,
		Action::Write | Action::Append => false,
	}
}
