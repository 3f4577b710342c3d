//! By what proofs of access know whose record one is.
//!
//! The custodian, who knows the patient and was told the key, hides it with a salt. It says so once for each version of
//! a record: whoever could change the tag at any time could let one patient's consent open another's record for a
//! moment, and nobody would see from the versions that it did.

use crate::{types::SubjectTag, Config, Error, Event, Pallet, SubjectTags};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccessProofs, AccountId, AuditAction, AuditEvent, AuditSink, PublicInput, RecordId, Subject,
};

impl<T: Config> Pallet<T> {
	/// Sets the tag of a record in this version, which has to be the present one.
	pub(crate) fn do_set_subject_tag(
		operator: AccountId,
		id: RecordId,
		version: u32,
		tag: PublicInput,
	) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		Self::ensure_version(id, version)?;
		ensure!(T::Proofs::is_tag(&tag), Error::<T>::NotATag);
		let before = SubjectTags::<T>::get(id);
		let is_set = before.is_some_and(|before| before.version == version);
		ensure!(!is_set, Error::<T>::SubjectTagSet);

		SubjectTags::<T>::insert(id, SubjectTag { tag, version });
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(record.custodian),
			patient: Some(record.patient),
			subject: Subject::SubjectTag { record: id, version },
			..AuditEvent::new(AuditAction::SubjectTagSet)
		});
		Self::deposit_event(Event::SubjectTagSet { record: id, version, tag, entry });
		Ok(())
	}
}
