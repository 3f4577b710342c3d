//! Erasing records (GDPR article 17).
//!
//! The chain has no data to erase: it has commitments. When the custodian destroys the section keys, the
//! ciphertext is noise; when it destroys the salts, the commitments are, those in old blocks included.
//! It records that with a receipt, which is in the log for ever. In the place of the record stands a
//! tombstone, which every later use of the record runs into: so grants end in the same block, without
//! anybody looking for them.

use crate::{
	erasure_requests::Ended, Config, CustodyOffers, Disputes, ErasedManifests, ErasedRecords,
	Error, Event, Pallet, Record, RecordCount, RecordVersions, Records, RecordsOf, RetiredRecords,
	SubjectTags, SupersededManifests, Tombstone,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, LegalHolds, RecordId, Subject,
	Target,
};

impl<T: Config> Pallet<T> {
	/// Puts a tombstone in the place of a record and of all that hangs on it.
	pub(crate) fn erase(operator: AccountId, id: RecordId, receipt: Commitment) -> DispatchResult {
		let Record { patient, custodian, manifest, .. } = Self::kept_by(&operator, id)?;
		ensure!(!T::Holds::is_held(&patient), Error::<T>::LegalHold);

		Records::<T>::remove(id);
		RecordsOf::<T>::remove(&patient, id);
		RecordCount::<T>::mutate_exists(&patient, |count| {
			*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
		RecordVersions::<T>::remove(id);
		RetiredRecords::<T>::remove(id);
		SubjectTags::<T>::remove(id);
		CustodyOffers::<T>::remove(id);
		Self::end_erasure_request(custodian, id, Ended::Erased);
		Self::remove_restriction(&patient, Some(id));
		if Disputes::<T>::take(id).is_some() {
			Self::close_dispute(&patient, id);
		}
		ErasedManifests::<T>::insert((patient.clone(), manifest), id);
		let erased_at = Self::now();
		let stone = Tombstone { patient: patient.clone(), custodian, erased_at, receipt };
		ErasedRecords::<T>::insert(id, stone);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(custodian),
			patient: Some(patient.clone()),
			subject: Subject::Erasure { record: id, receipt },
			..AuditEvent::new(AuditAction::RecordErased)
		});
		Self::deposit_event(Event::RecordErased { record: id, patient, custodian, receipt, entry });
		Ok(())
	}

	/// A record that is there.
	pub(crate) fn record(id: RecordId) -> Result<Record, Error<T>> {
		Records::<T>::get(id).ok_or_else(|| {
			if ErasedRecords::<T>::contains_key(id) {
				Error::RecordErased
			} else {
				Error::RecordUnknown
			}
		})
	}

	/// Whose record it is, or was.
	pub(crate) fn patient_of(id: RecordId) -> Option<AccountId> {
		Records::<T>::get(id)
			.map(|record| record.patient)
			.or_else(|| ErasedRecords::<T>::get(id).map(|stone| stone.patient))
	}

	/// Whether a target is a record that was erased.
	pub(crate) fn is_erased(target: Target) -> bool {
		match target {
			Target::Record(id) => ErasedRecords::<T>::contains_key(id),
			Target::WholeRecord => false,
		}
	}

	/// Refuses a manifest of the patient's that was erased, or that a later version took the place of: what
	/// comes back out of a backup is gone all the same.
	///
	/// Superseded manifests are looked up by the manifest, so that erasing a record takes all its versions
	/// with it, however many there were, without going through them.
	pub(crate) fn ensure_not_gone(
		patient: &AccountId,
		manifest: Commitment,
	) -> Result<(), Error<T>> {
		let was_erased = ErasedManifests::<T>::contains_key((patient, manifest));
		ensure!(!was_erased, Error::<T>::ManifestErased);
		if let Some(record) = SupersededManifests::<T>::get((patient, manifest)) {
			let was_erased = ErasedRecords::<T>::contains_key(record);
			ensure!(!was_erased, Error::<T>::ManifestErased);
			return Err(Error::ManifestSuperseded);
		}
		Ok(())
	}
}
