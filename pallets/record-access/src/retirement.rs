//! Records that are out of use.
//!
//! A record that was filed under the wrong patient, or that another one took the place of, should be acted
//! upon no more, and cannot be erased: it shows what was known when. Its custodian retires it. Nobody is
//! granted it or shown it any more, in an emergency neither: what is out of use for being wrong would be most
//! dangerous there. All else goes on: it has its custodian, and can be passed on, disputed, restricted and
//! erased.

use crate::{Config, Error, Event, Pallet, RetiredRecords};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, EntryIndex, InstitutionId, RecordId, Subject,
	Target,
};

impl<T: Config> Pallet<T> {
	/// Takes a record out of use.
	pub(crate) fn do_retire(operator: AccountId, id: RecordId) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		ensure!(!RetiredRecords::<T>::contains_key(id), Error::<T>::RecordRetired);

		RetiredRecords::<T>::insert(id, Self::now());
		let (patient, custodian) = (record.patient, record.custodian);
		let action = AuditAction::RecordRetired;
		let entry = Self::log_use(action, operator, custodian, &patient, id);
		Self::deposit_event(Event::RecordRetired { record: id, patient, custodian, entry });
		Ok(())
	}

	/// Takes a retired record into use again.
	pub(crate) fn do_reinstate(operator: AccountId, id: RecordId) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		ensure!(RetiredRecords::<T>::contains_key(id), Error::<T>::NotRetired);

		RetiredRecords::<T>::remove(id);
		let (patient, custodian) = (record.patient, record.custodian);
		let action = AuditAction::RecordReinstated;
		let entry = Self::log_use(action, operator, custodian, &patient, id);
		Self::deposit_event(Event::RecordReinstated { record: id, patient, custodian, entry });
		Ok(())
	}

	/// Whether a target is a record that is out of use. Of the whole record, those that are, are left out
	/// when they are disclosed.
	pub(crate) fn is_retired(target: Target) -> bool {
		match target {
			Target::Record(id) => RetiredRecords::<T>::contains_key(id),
			Target::WholeRecord => false,
		}
	}

	fn log_use(
		action: AuditAction,
		operator: AccountId,
		custodian: InstitutionId,
		patient: &AccountId,
		id: RecordId,
	) -> EntryIndex {
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			patient: Some(patient.clone()),
			subject: Subject::Record(id),
			..AuditEvent::new(action)
		})
	}
}
