//! The beginning and the end of a DID.

use crate::{change::Change, Config, Documents, Error, Event, Pallet};
use alloc::vec::Vec;
use frame_support::ensure;
use hdx_primitives::{
	did::{DidStatus, Document, NewKey},
	AccountId, AuditAction, OnAccountRetired, PatientDirectory,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create(subject: AccountId, keys: Vec<NewKey>) -> DispatchResult {
		ensure!(frame_system::Pallet::<T>::account_exists(&subject), Error::<T>::AccountUnknown);
		ensure!(!Documents::<T>::contains_key(&subject), Error::<T>::AlreadyCreated);
		Self::ensure_not_retired(&subject, &subject)?;
		let now = Self::now();
		let mut change = Change { by: subject.clone(), subject, now, document: Document::new(now) };
		let mut checked = Vec::with_capacity(keys.len());
		for key in keys {
			let key = Self::check_key(&change.subject, key)?;
			let is_new = checked.iter().all(|other| !key.is_same_as(other));
			ensure!(is_new, Error::<T>::KeyAlreadyListed);
			checked.push(key);
		}

		Self::deposit_event(Event::DidCreated { subject: change.subject.clone() });
		for key in checked {
			Self::list_key(&mut change, key)?;
		}
		Self::commit(&change, &[AuditAction::DidCreated]);
		Ok(())
	}

	pub(crate) fn do_deactivate(
		signer: AccountId,
		subject: AccountId,
		expected_version: u32,
	) -> DispatchResult {
		let mut change = Self::begin(signer, subject, expected_version)?;
		change.document.status = DidStatus::Deactivated { at: change.now };

		Self::commit(&change, &[AuditAction::DidDeactivated]);
		Self::deposit_event(Event::DidDeactivated {
			subject: change.subject,
			version: change.document.version,
			by: change.by,
		});
		Ok(())
	}
}

impl<T: Config> OnAccountRetired for Pallet<T> {
	/// Deactivates the account's DID, so that nothing is encrypted to it any more, and nothing that is
	/// signed from now on is believed. A patient's stays: see `ensure_not_retired`.
	fn on_account_retired(who: &AccountId) {
		let Some(mut document) = Documents::<T>::get(who) else { return };
		if !document.is_active() || T::Patients::is_patient(who) {
			return;
		}
		let now = Self::now();
		// No change follows that would need a version of its own.
		document.version = document.version.saturating_add(1);
		document.updated_at = now;
		document.status = DidStatus::Deactivated { at: now };
		let version = document.version;
		let change = Change { subject: who.clone(), by: who.clone(), now, document };
		Self::commit_by(None, &change, &[AuditAction::DidDeactivated]);
		let (subject, by) = (change.subject, change.by);
		Self::deposit_event(Event::DidDeactivated { subject, version, by });
	}
}
