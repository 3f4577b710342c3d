//! Accreditations of institutions, and what each kind of institution needs.
//!
//! An accreditation counts by the clock. Where a requirement is set, an institution loses all
//! standing in the moment its accreditation ends, without a transaction.

use crate::{
	Accreditation, AccreditationStatus, Accreditations, Config, Error, Event, InstitutionKind,
	Institutions, OnVoiceChanged, Pallet, RequiredAccreditation, Requirement,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AuditAction, AuditEvent, AuditSink, Code, InstitutionId, Milliseconds, Period, Subject,
};

impl<T: Config> Pallet<T> {
	/// Whether the institution has the accreditation that its kind needs.
	pub(crate) fn is_accredited(
		institution: InstitutionId,
		kind: InstitutionKind,
		at: Milliseconds,
	) -> bool {
		RequiredAccreditation::<T>::get(kind).is_none_or(|requirement| {
			Accreditations::<T>::get(institution)
				.iter()
				.any(|accreditation| accreditation.fulfils(&requirement, at))
		})
	}

	pub(crate) fn do_accredit(
		institution: InstitutionId,
		scheme: Code,
		level: u8,
		valid: Period,
	) -> DispatchResult {
		ensure!(Institutions::<T>::contains_key(institution), Error::<T>::InstitutionUnknown);
		let now = Self::now();
		Self::ensure_period(&valid, now)?;
		Accreditations::<T>::try_mutate(institution, |stored| -> DispatchResult {
			ensure!(
				!stored.iter().any(|accreditation| accreditation.scheme == scheme),
				Error::<T>::AlreadyAccredited
			);
			stored
				.try_push(Accreditation {
					scheme,
					level,
					valid,
					status: AccreditationStatus::InForce,
					accredited_at: now,
				})
				.map_err(|_| Error::<T>::TooManyAccreditations.into())
		})?;
		Self::log_accreditation(institution);
		T::OnVoiceChanged::on_voice_changed(institution);
		Self::deposit_event(Event::Accredited { institution, scheme, level, valid });
		Ok(())
	}

	pub(crate) fn do_renew_accreditation(
		institution: InstitutionId,
		scheme: Code,
		level: u8,
		valid: Period,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_period(&valid, now)?;
		Self::try_mutate_accreditation(institution, scheme, |stored| {
			*stored = Accreditation {
				level,
				valid,
				status: AccreditationStatus::InForce,
				accredited_at: now,
				..*stored
			};
			Ok(())
		})?;
		Self::log_accreditation(institution);
		T::OnVoiceChanged::on_voice_changed(institution);
		Self::deposit_event(Event::AccreditationRenewed { institution, scheme, level, valid });
		Ok(())
	}

	pub(crate) fn do_set_accreditation_status(
		institution: InstitutionId,
		scheme: Code,
		status: AccreditationStatus,
	) -> DispatchResult {
		Self::try_mutate_accreditation(institution, scheme, |stored| {
			ensure!(stored.status != status, Error::<T>::StatusUnchanged);
			ensure!(
				stored.status != AccreditationStatus::Revoked,
				Error::<T>::AccreditationIsRevoked
			);
			stored.status = status;
			Ok(())
		})?;
		Self::log_accreditation(institution);
		T::OnVoiceChanged::on_voice_changed(institution);
		Self::deposit_event(Event::AccreditationStatusChanged { institution, scheme, status });
		Ok(())
	}

	pub(crate) fn do_require_accreditation(
		kind: InstitutionKind,
		requirement: Option<Requirement>,
	) -> DispatchResult {
		ensure!(
			RequiredAccreditation::<T>::get(kind) != requirement,
			Error::<T>::RequirementUnchanged
		);
		RequiredAccreditation::<T>::set(kind, requirement);
		T::Audit::record(AuditEvent::new(AuditAction::AccreditationRequirementChanged));
		Self::deposit_event(Event::AccreditationRequired { kind, requirement });
		Ok(())
	}

	fn try_mutate_accreditation(
		institution: InstitutionId,
		scheme: Code,
		change: impl FnOnce(&mut Accreditation) -> DispatchResult,
	) -> DispatchResult {
		ensure!(Institutions::<T>::contains_key(institution), Error::<T>::InstitutionUnknown);
		Accreditations::<T>::try_mutate(institution, |stored| {
			change(
				stored
					.iter_mut()
					.find(|accreditation| accreditation.scheme == scheme)
					.ok_or(Error::<T>::AccreditationUnknown)?,
			)
		})
	}

	fn log_accreditation(institution: InstitutionId) {
		T::Audit::record(AuditEvent {
			subject: Subject::Institution(institution),
			..AuditEvent::new(AuditAction::AccreditationChanged)
		});
	}
}
