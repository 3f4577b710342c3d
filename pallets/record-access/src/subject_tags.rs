//! By what proofs of access know whose record one is.
//!
//! The custodian, who knows the patient and was told the key, hides it with a salt. It says so once for each version of
//! a record: whoever could change the tag at any time could let one patient's consent open another's record for a
//! moment, and nobody would see from the versions that it did. So a tag that turns out to be wrong is withdrawn at once,
//! and that stands until there is a new version.

use crate::{types::SubjectTag, Config, Error, Event, Pallet, SubjectTags};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccessProofs, AccountId, AuditAction, AuditEvent, AuditSink, PublicInput, RecordId, Subject,
};

impl<T: Config> Pallet<T> {
	/// Sets the tag of a record in this version, which has to be the present one, or withdraws what it has.
	pub(crate) fn do_set_subject_tag(
		operator: AccountId,
		id: RecordId,
		version: u32,
		tag: Option<PublicInput>,
	) -> DispatchResult {
		let record = Self::kept_by(&operator, id)?;
		Self::ensure_version(id, version)?;
		let before = SubjectTags::<T>::get(id);
		let action = match tag {
			Some(tag) => {
				ensure!(T::Proofs::is_tag(&tag), Error::<T>::NotATag);
				Self::ensure_untagged(before, version)?;
				AuditAction::SubjectTagSet
			},
			None => {
				let has_tag = before.is_some_and(|before| before.tag.is_some());
				ensure!(has_tag, Error::<T>::SubjectTagMissing);
				AuditAction::SubjectTagWithdrawn
			},
		};

		SubjectTags::<T>::insert(id, SubjectTag { tag, version });
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(record.custodian),
			patient: Some(record.patient),
			subject: Subject::SubjectTag { record: id, version },
			..AuditEvent::new(action)
		});
		Self::deposit_event(match tag {
			Some(tag) => Event::SubjectTagSet { record: id, version, tag, entry },
			None => Event::SubjectTagWithdrawn { record: id, version, entry },
		});
		Ok(())
	}

	/// Refuses where this version had its tag.
	fn ensure_untagged(before: Option<SubjectTag>, version: u32) -> Result<(), Error<T>> {
		match before.filter(|before| before.version == version) {
			Some(SubjectTag { tag: Some(_), .. }) => Err(Error::SubjectTagSet),
			Some(SubjectTag { tag: None, .. }) => Err(Error::SubjectTagWithdrawn),
			None => Ok(()),
		}
	}
}
