//! Who is chosen for a session.

use crate::{Config, Event, Members, Pallet, Terms};
use alloc::vec::Vec;
use hdx_primitives::{AccountId, ProviderDirectory};
use pallet_session::{SessionManager, Validators};
use sp_staking::SessionIndex;

impl<T: Config> SessionManager<AccountId> for Pallet<T> {
	/// Asked when a session begins, about the one after it. `None`: whoever validates now goes on.
	fn new_session(session: SessionIndex) -> Option<Vec<AccountId>> {
		Self::note_keys();
		let chosen = Self::choose()?;
		// The same again would be another authority set to GRANDPA, and to all who verify what it finalized.
		if chosen == Validators::<T>::get() {
			return None;
		}
		let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
		let all = Members::<T>::decode_len().unwrap_or_default();
		Self::deposit_event(Event::ValidatorsChosen {
			session,
			chosen: count(chosen.len()),
			left_out: count(all.saturating_sub(chosen.len())),
		});
		Some(chosen)
	}

	/// A chain begins with those whose keys the genesis of pallet-session has; ours comes later and compares them.
	fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
		None
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> Pallet<T> {
	/// The validators that have session keys and are of active institutions, in the order in which they were added. Where
	/// these are fewer than the minimum, the first of the others as well, as many as it takes.
	///
	/// `None`: governance has set no terms, or fewer than the minimum have keys at all.
	pub(crate) fn choose() -> Option<Vec<AccountId>> {
		let minimum = Terms::<T>::get()?.minimum as usize;
		let ready: Vec<(AccountId, bool)> = Members::<T>::get()
			.into_iter()
			.filter(|member| Self::has_keys(&member.account))
			.map(|member| (member.account, T::Providers::is_active(member.institution)))
			.collect();
		if ready.len() < minimum {
			return None;
		}
		let active = ready.iter().filter(|(_, is_active)| *is_active).count();
		let mut missing = minimum.saturating_sub(active);
		let mut is_chosen = |is_active: bool| {
			let is_needed = missing > 0;
			if !is_active {
				missing = missing.saturating_sub(1);
			}
			is_active || is_needed
		};
		let chosen = ready
			.into_iter()
			.filter(|(_, is_active)| is_chosen(*is_active))
			.map(|(account, _)| account)
			.collect();
		Some(chosen)
	}
}
