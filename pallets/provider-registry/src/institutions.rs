//! What happens to institutions.

use crate::{
	AppealOutcome, Appellant, Config, Error, Event, Institution, InstitutionByOperator,
	InstitutionKind, InstitutionStatus, Institutions, NextInstitutionId, OnVoiceChanged, Pallet,
	Practitioners,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, DenialReason, InstitutionId, Milliseconds,
	Subject,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	/// The active institution that `operator` operates.
	pub(crate) fn active_institution_of(
		operator: &AccountId,
	) -> Result<InstitutionId, DispatchError> {
		let id = InstitutionByOperator::<T>::get(operator).ok_or(Error::<T>::NotAnOperator)?;
		let institution = Institutions::<T>::get(id).ok_or(Error::<T>::InstitutionUnknown)?;
		ensure!(institution.status == InstitutionStatus::Active, Error::<T>::InstitutionSuspended);
		Ok(id)
	}

	/// Whether the institution has closed, so that its people may go.
	pub(crate) fn is_closed(id: InstitutionId) -> bool {
		Institutions::<T>::get(id).is_some_and(|stored| stored.status == InstitutionStatus::Closed)
	}

	/// Whether anybody can act for the institution at `at`; a refusal says why not.
	pub(crate) fn institution_stands(
		id: InstitutionId,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		let institution = Institutions::<T>::get(id).ok_or(DenialReason::InstitutionUnknown)?;
		ensure!(
			institution.status == InstitutionStatus::Active,
			DenialReason::InstitutionSuspended
		);
		ensure!(Self::is_accredited(id, institution.kind, at), DenialReason::AccreditationMissing);
		Ok(())
	}

	/// Stores a new institution. The genesis registers with this too.
	pub(crate) fn insert_institution(
		operator: &AccountId,
		kind: InstitutionKind,
		profile: [u8; 32],
	) -> Result<InstitutionId, DispatchError> {
		ensure!(!InstitutionByOperator::<T>::contains_key(operator), Error::<T>::OperatorTaken);
		ensure!(!Practitioners::<T>::contains_key(operator), Error::<T>::AccountIsPractitioner);
		Self::ensure_not_rotated_away(operator)?;
		let id = NextInstitutionId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::NoInstitutionIdLeft)?;

		NextInstitutionId::<T>::put(InstitutionId(next));
		InstitutionByOperator::<T>::insert(operator, id);
		Institutions::<T>::insert(
			id,
			Institution {
				operator: operator.clone(),
				kind,
				status: InstitutionStatus::Active,
				profile,
				registered_at: Self::now(),
			},
		);
		// Operators hold no tokens: this reference alone lets them sign.
		frame_system::Pallet::<T>::inc_sufficients(operator);
		Ok(id)
	}

	pub(crate) fn do_register_institution(
		operator: AccountId,
		kind: InstitutionKind,
		profile: [u8; 32],
	) -> DispatchResult {
		let institution = Self::insert_institution(&operator, kind, profile)?;
		T::Audit::record(AuditEvent {
			subject: Subject::Institution(institution),
			..AuditEvent::new(AuditAction::InstitutionRegistered)
		});
		Self::deposit_event(Event::InstitutionRegistered { institution, operator, kind });
		Ok(())
	}

	pub(crate) fn do_set_institution_status(
		institution: InstitutionId,
		status: InstitutionStatus,
	) -> DispatchResult {
		Institutions::<T>::try_mutate(institution, |stored| -> DispatchResult {
			let stored = stored.as_mut().ok_or(Error::<T>::InstitutionUnknown)?;
			ensure!(stored.status != status, Error::<T>::StatusUnchanged);
			stored.status = status;
			Ok(())
		})?;
		T::Audit::record(AuditEvent {
			subject: Subject::Institution(institution),
			..AuditEvent::new(AuditAction::InstitutionStatusChanged)
		});
		Self::deposit_event(Event::InstitutionStatusChanged { institution, status });
		let outcome = match status {
			InstitutionStatus::Active => AppealOutcome::Upheld,
			InstitutionStatus::Suspended(_) | InstitutionStatus::Closed => AppealOutcome::Dismissed,
		};
		Self::answer_appeal(&Appellant::Institution(institution), outcome);
		T::OnVoiceChanged::on_voice_changed(institution);
		Ok(())
	}
}
