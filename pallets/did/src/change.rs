//! What every change of a document goes through: who may make it, for which version, and the log.

use crate::{Config, Documents, Error, Pallet};
use frame_support::{ensure, traits::Time};
use hdx_primitives::{
	did::Document, AccountId, AuditAction, AuditEvent, AuditSink, Milliseconds, PatientDirectory,
	RetiredAccounts, Subject,
};

/// A change that may be made, and is not stored yet.
#[derive(Debug)]
pub(crate) struct Change {
	/// Whose DID.
	pub subject: AccountId,
	/// Who makes it.
	pub by: AccountId,
	/// When.
	pub now: Milliseconds,
	/// The document in its new version.
	pub document: Document,
}

impl Change {
	/// Whether the subject makes it.
	pub fn is_by_subject(&self) -> bool {
		self.by == self.subject
	}
}

impl<T: Config> Pallet<T> {
	/// Begins a change of the document that has this version.
	pub(crate) fn begin(
		by: AccountId,
		subject: AccountId,
		expected_version: u32,
	) -> Result<Change, Error<T>> {
		let mut document = Documents::<T>::get(&subject).ok_or(Error::<T>::DidUnknown)?;
		let is_in_control = by == subject || document.controllers.contains(&by);
		ensure!(is_in_control, Error::<T>::NotInControl);
		Self::ensure_not_retired(&by, &subject)?;
		ensure!(document.is_active(), Error::<T>::DidIsDeactivated);
		ensure!(document.version == expected_version, Error::<T>::VersionMismatch);
		document.version = document.version.checked_add(1).ok_or(Error::<T>::NoVersionLeft)?;
		let now = Self::now();
		document.updated_at = now;
		Ok(Change { subject, by, now, document })
	}

	/// Refuses an account that was given up for another one: its key may be stolen. A patient's DID
	/// is the patient's own: what an employer does with somebody as a practitioner does not touch it.
	/// But whoever was given up controls nobody else's, and becoming a patient does not change that.
	pub(crate) fn ensure_not_retired(who: &AccountId, subject: &AccountId) -> Result<(), Error<T>> {
		let is_own = who == subject && T::Patients::is_patient(who);
		ensure!(is_own || !T::Accounts::is_retired(who), Error::<T>::AccountRetired);
		Ok(())
	}

	/// Stores a change and logs it, once for each action.
	pub(crate) fn commit(change: &Change, actions: &[AuditAction]) {
		Self::commit_by(Some(change.by.clone()), change, actions);
	}

	/// The same by `actor`; `None` for the chain itself.
	pub(crate) fn commit_by(actor: Option<AccountId>, change: &Change, actions: &[AuditAction]) {
		Documents::<T>::insert(&change.subject, &change.document);
		let patient = T::Patients::is_patient(&change.subject).then(|| change.subject.clone());
		for action in actions {
			T::Audit::record(AuditEvent {
				actor: actor.clone(),
				patient: patient.clone(),
				subject: Subject::Did(change.subject.clone().into()),
				..AuditEvent::new(*action)
			});
		}
	}

	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}
}
