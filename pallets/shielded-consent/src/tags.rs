//! The tags that proofs of access know practitioners by.

use crate::{Config, Error, Event, Pallet, ProviderTags, TagHolders};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditAction, AuditEvent, AuditSink, InstitutionId,
	ProviderDirectory, PublicInput, Role, Subject,
};
use hdx_zk_circuits::{field::from_bytes, Fr};
use sp_runtime::traits::Zero;

/// The number that a tag is. A tag has one encoding, and zero is nobody's.
pub(crate) fn tag_of(bytes: &PublicInput) -> Option<Fr> {
	from_bytes(bytes).filter(|tag| !tag.is_zero())
}

impl<T: Config> Pallet<T> {
	/// Registers a practitioner's tag, in the place of the one before.
	pub(crate) fn do_register_tag(
		who: AccountId,
		on_behalf_of: InstitutionId,
		role: Role,
		tag: PublicInput,
	) -> DispatchResult {
		ensure!(tag_of(&tag).is_some(), Error::<T>::NotATag);
		T::Providers::standing(&who, on_behalf_of, role, AssuranceLevel::Enrolled, Self::now())
			.map_err(|_| Error::<T>::NotAPractitioner)?;
		if let Some(holder) = TagHolders::<T>::get(tag) {
			// Whoever has the secret of a tag that was given up could use the consents for it: it stays with whom it was.
			let is_theirs = T::Providers::are_same_practitioner(&holder, &who);
			ensure!(is_theirs, Error::<T>::TagTaken);
			ensure!(ProviderTags::<T>::get(&who) != Some(tag), Error::<T>::TagUnchanged);
			if ProviderTags::<T>::get(&holder) == Some(tag) {
				ProviderTags::<T>::remove(&holder);
			}
		}
		TagHolders::<T>::insert(tag, &who);
		ProviderTags::<T>::insert(&who, tag);
		T::Audit::record(AuditEvent {
			actor: Some(who.clone()),
			on_behalf_of: Some(on_behalf_of),
			subject: Subject::ProviderTag { tag },
			..AuditEvent::new(AuditAction::ProviderTagRegistered)
		});
		Self::deposit_event(Event::TagRegistered { provider: who, tag });
		Ok(())
	}
}
