//! Patients come into existence, and choose about emergencies.

use crate::{
	acting::Acting, Config, EmergencyOptOuts, Error, Event, GuardianSet, Pallet, PatientInfo,
	Patients,
};
use frame_support::{ensure, traits::Time};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Milliseconds, ProviderDirectory,
	Subject,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	pub(crate) fn do_sponsor_patient(
		operator: AccountId,
		patient: AccountId,
	) -> Result<InstitutionId, DispatchError> {
		let sponsor = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		ensure!(!Patients::<T>::contains_key(&patient), Error::<T>::AlreadyPatient);
		ensure!(T::Providers::operated_by(&patient).is_none(), Error::<T>::PatientIsOperator);

		frame_system::Pallet::<T>::inc_providers(&patient);
		let info = PatientInfo { sponsor, sponsored_at: Self::now() };
		Patients::<T>::insert(&patient, info);
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(sponsor),
			patient: Some(patient.clone()),
			..AuditEvent::new(AuditAction::PatientSponsored)
		});
		Self::deposit_event(Event::PatientSponsored { patient, sponsor });
		Ok(sponsor)
	}

	/// A patient who has guardians from the beginning.
	pub(crate) fn do_sponsor_ward(
		operator: AccountId,
		patient: AccountId,
		set: GuardianSet,
	) -> DispatchResult {
		let sponsor = Self::do_sponsor_patient(operator.clone(), patient.clone())?;
		let set = Self::checked_guardians(&patient, set, Self::now())?;
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(sponsor),
			patient: Some(patient.clone()),
			..AuditEvent::new(AuditAction::GuardiansChanged)
		});
		Self::install_guardians(&patient, Some(set), Self::now());
		Ok(())
	}

	pub(crate) fn do_set_emergency_override(acting: &Acting, allowed: bool) -> DispatchResult {
		let patient = &acting.patient;
		ensure!(Patients::<T>::contains_key(patient), Error::<T>::NotAPatient);
		let is_allowed = !EmergencyOptOuts::<T>::contains_key(patient);
		ensure!(is_allowed != allowed, Error::<T>::EmergencyOverrideUnchanged);

		if allowed {
			EmergencyOptOuts::<T>::remove(patient);
		} else {
			EmergencyOptOuts::<T>::insert(patient, Self::now());
		}
		Self::log(acting, AuditAction::EmergencyOverrideChanged, Subject::None);
		Self::deposit_event(Event::EmergencyOverrideSet { patient: patient.clone(), allowed });
		Ok(())
	}
}
