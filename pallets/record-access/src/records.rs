//! Registering records.

use crate::{Config, Error, Event, NextRecordId, Pallet, Record, RecordCount, Records, RecordsOf};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, PatientDirectory, ProviderDirectory,
	RecordId, Subject,
};

impl<T: Config> Pallet<T> {
	/// Stores, logs and announces a record of which `operator`'s institution is the custodian.
	pub(crate) fn register(
		operator: AccountId,
		patient: AccountId,
		manifest: Commitment,
		sections: u32,
		epoch: u32,
	) -> DispatchResult {
		let custodian = T::Providers::operated_by(&operator).ok_or(Error::<T>::NotAnOperator)?;
		ensure!(T::Patients::is_patient(&patient), Error::<T>::PatientUnknown);
		Self::ensure_sections(sections)?;
		Self::ensure_not_gone(&patient, manifest)?;
		let id = NextRecordId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::IdentifiersExhausted)?;

		NextRecordId::<T>::put(RecordId(next));
		RecordsOf::<T>::insert(&patient, id, ());
		// Cannot saturate before the identifiers run out, which is refused above.
		RecordCount::<T>::mutate(&patient, |count| *count = count.saturating_add(1));
		Records::<T>::insert(
			id,
			Record {
				patient: patient.clone(),
				custodian,
				manifest,
				sections,
				epoch,
				registered_at: Self::now(),
			},
		);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			patient: Some(patient.clone()),
			subject: Subject::Record(id),
			..AuditEvent::new(AuditAction::RecordRegistered)
		});
		Self::deposit_event(Event::RecordRegistered { record: id, patient, custodian, entry });
		Ok(())
	}
}
