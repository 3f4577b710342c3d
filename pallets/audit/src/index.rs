//! Under which accounts and institutions entries are found.

use crate::{
	pallet::{Config, EntriesOfActor, EntriesOfInstitution, EntriesOfPatient},
	Pallet,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{
	AccountId, AuditEvent, AuditOutcome, DenialReason, EntryIndex, InstitutionId, Subject,
};
use scale_info::TypeInfo;

/// An entry's index as a storage key: its eight bytes with the most significant one first, so that
/// the order of the keys is the order of the log.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct OrderedIndex(pub [u8; 8]);

impl From<EntryIndex> for OrderedIndex {
	fn from(index: EntryIndex) -> Self {
		Self(index.0.to_be_bytes())
	}
}

impl From<OrderedIndex> for EntryIndex {
	fn from(key: OrderedIndex) -> Self {
		Self(u64::from_be_bytes(key.0))
	}
}

/// The institution under which an entry is found: the one for which the actor acted, or claimed to;
/// else the one that the entry is about.
pub(crate) fn institution_of(event: &AuditEvent) -> Option<InstitutionId> {
	let about = match event.subject {
		Subject::Institution(institution) => Some(institution),
		_ => None,
	};
	event.on_behalf_of.or(about)
}

/// The account under which an entry is found as an actor's: who did or asked it, else the one that
/// an alert is about.
pub(crate) fn actor_of(event: &AuditEvent) -> Option<AccountId> {
	let about = match event.subject {
		Subject::Alert { account, .. } => account.map(AccountId::from),
		_ => None,
	};
	event.actor.clone().or(about)
}

/// The institution for which the actor acted. Where the refusal says that the actor did not act for
/// it, that somebody claimed so does not count.
pub(crate) fn acted_for(event: &AuditEvent) -> Option<InstitutionId> {
	event.actor.as_ref()?;
	let is_claim = matches!(
		event.outcome,
		AuditOutcome::Denied(
			DenialReason::PractitionerUnknown
				| DenialReason::NotAffiliated
				| DenialReason::InstitutionUnknown
				| DenialReason::KeyRotated
		)
	);
	event.on_behalf_of.filter(|_| !is_claim)
}

impl<T: Config> Pallet<T> {
	/// Makes an entry findable.
	pub(crate) fn add_to_indexes(index: EntryIndex, event: &AuditEvent) {
		let key = OrderedIndex::from(index);
		if let Some(patient) = &event.patient {
			EntriesOfPatient::<T>::insert(patient, key, ());
		}
		if let Some(actor) = actor_of(event) {
			EntriesOfActor::<T>::insert(actor, key, ());
		}
		if let Some(institution) = institution_of(event) {
			EntriesOfInstitution::<T>::insert(institution, key, ());
		}
	}

	/// Undoes [`Pallet::add_to_indexes`].
	pub(crate) fn remove_from_indexes(index: EntryIndex, event: &AuditEvent) {
		let key = OrderedIndex::from(index);
		if let Some(patient) = &event.patient {
			EntriesOfPatient::<T>::remove(patient, key);
		}
		if let Some(actor) = actor_of(event) {
			EntriesOfActor::<T>::remove(actor, key);
		}
		if let Some(institution) = institution_of(event) {
			EntriesOfInstitution::<T>::remove(institution, key);
		}
	}
}
