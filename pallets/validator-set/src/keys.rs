//! Session keys: who may set them, and how often. They are stored by pallet-session.

use crate::{Config, Event, Member, Members, Pallet, Terms};
use alloc::vec::Vec;
use codec::Encode;
use core::marker::PhantomData;
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Subject, H256};
use pallet_session::{CurrentIndex, NextKeys};
use sp_runtime::traits::{BlakeTwo256, Convert, Hash};
use sp_staking::SessionIndex;

/// Who may set session keys now: validators that did not change them lately. A runtime gives it to pallet-session as
/// `ValidatorIdOf`, which then refuses the others with `NoAssociatedValidatorId`.
pub struct MayChangeKeys<T>(PhantomData<T>);

impl<T: Config> Convert<AccountId, Option<AccountId>> for MayChangeKeys<T> {
	fn convert(account: AccountId) -> Option<AccountId> {
		Pallet::<T>::may_change_keys(&account).then_some(account)
	}
}

impl<T: Config> Pallet<T> {
	/// Whether the account is a validator that may set session keys now.
	pub fn may_change_keys(account: &AccountId) -> bool {
		Self::member(account).is_some_and(|member| Self::keys_fixed_until(&member).is_none())
	}

	/// The session from which on a validator may change its keys again. `None`: it may now.
	pub(crate) fn keys_fixed_until(member: &Member) -> Option<SessionIndex> {
		let until = member.keys_changed_in?.saturating_add(Self::key_cooldown());
		(until > CurrentIndex::<T>::get()).then_some(until)
	}

	/// Notes which keys validators have now, as a session is planned with these. Each that are others than were noted
	/// leave an entry in the log, the first ones too.
	pub(crate) fn note_keys() {
		for (account, institution, keys) in Self::store_keys() {
			T::Audit::record(AuditEvent {
				actor: Some(account.clone()),
				on_behalf_of: Some(institution),
				subject: Subject::SessionKeys { account: account.into(), keys },
				..AuditEvent::new(AuditAction::SessionKeysChanged)
			});
		}
	}

	/// Notes which keys validators have now, and says whose are others than were noted, with their digest. The genesis does
	/// this alone: it leaves no entry for what it starts with.
	pub(crate) fn store_keys() -> Vec<(AccountId, InstitutionId, H256)> {
		let mut members = Members::<T>::get();
		let mut noted = Vec::new();
		for member in members.iter_mut() {
			if let Some(keys) = Self::note_keys_of(member) {
				noted.push((member.account.clone(), member.institution, keys));
			}
		}
		if !noted.is_empty() {
			Members::<T>::put(members);
		}
		noted
	}

	/// Notes which keys a validator has, and says their digest where they are others than were noted. The first ones are no
	/// change: nothing has to wait for them.
	fn note_keys_of(member: &mut Member) -> Option<H256> {
		let keys = NextKeys::<T>::get(&member.account)?;
		let digest = keys.using_encoded(BlakeTwo256::hash);
		if member.keys == Some(digest) {
			return None;
		}
		if member.keys.replace(digest).is_some() {
			let now = CurrentIndex::<T>::get();
			member.keys_changed_in = Some(now);
			Self::deposit_event(Event::KeysChanged {
				validator: member.account.clone(),
				fixed_until: now.saturating_add(Self::key_cooldown()),
			});
		}
		Some(digest)
	}

	/// For how many sessions keys stay.
	fn key_cooldown() -> SessionIndex {
		Terms::<T>::get().map_or(0, |terms| terms.key_cooldown)
	}
}
