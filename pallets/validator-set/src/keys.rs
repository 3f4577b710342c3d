//! Session keys: who may set them, and how often. They are stored by pallet-session.

use crate::{Config, Event, Member, Members, Pallet, Terms};
use codec::Encode;
use core::marker::PhantomData;
use hdx_primitives::AccountId;
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

	/// Notes which keys validators have now, as a session is planned with these.
	pub(crate) fn note_keys() {
		let mut members = Members::<T>::get();
		let mut is_noted = false;
		for member in members.iter_mut() {
			is_noted |= Self::note_keys_of(member);
		}
		if is_noted {
			Members::<T>::put(members);
		}
	}

	/// Notes which keys a validator has, and says whether they are others than were noted. The first ones are no change.
	fn note_keys_of(member: &mut Member) -> bool {
		let Some(keys) = NextKeys::<T>::get(&member.account) else { return false };
		let digest = keys.using_encoded(BlakeTwo256::hash);
		if member.keys == Some(digest) {
			return false;
		}
		if member.keys.replace(digest).is_some() {
			let now = CurrentIndex::<T>::get();
			member.keys_changed_in = Some(now);
			Self::deposit_event(Event::KeysChanged {
				validator: member.account.clone(),
				fixed_until: now.saturating_add(Self::key_cooldown()),
			});
		}
		true
	}

	/// For how many sessions keys stay.
	fn key_cooldown() -> SessionIndex {
		Terms::<T>::get().map_or(0, |terms| terms.key_cooldown)
	}
}
