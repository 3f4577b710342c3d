//! Who is chosen for a session.

use crate::{Config, Disabled, Event, Members, Pallet, Terms};
use alloc::vec::Vec;
use hdx_primitives::{AccountId, ProviderDirectory};
use pallet_session::{
	historical::{self, NoteHistoricalRoot},
	SessionManager, Validators,
};
use sp_staking::SessionIndex;

/// Whether a validator with session keys is one to choose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
	/// It is.
	Good,
	/// Only where there are too few of the others: its institution is not active.
	InstitutionInactive,
	/// Only where there are too few with those as well, or too many of its kind: it was disabled.
	Disabled,
}

impl<T: Config> SessionManager<AccountId> for Pallet<T> {
	/// Asked when a session begins, about the one after it. `None`: whoever validates now goes on.
	fn new_session(session: SessionIndex) -> Option<Vec<AccountId>> {
		Self::note_keys();
		let chosen =
			<NoteHistoricalRoot<T, Self> as SessionManager<AccountId>>::new_session(session)?;
		// The same again would be another authority set to GRANDPA, and to all who verify what it finalized: only where
		// this is what is wanted.
		if chosen == Validators::<T>::get() {
			return Self::begins_anew(session).then_some(chosen);
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

	fn start_session(session: SessionIndex) {
		Self::keep_keys_in_force();
		Self::forget_early_sessions(session);
		Self::disable_again();
		if session == 0 {
			// The genesis: whoever it names validates for two sessions.
			for begun in [0, 1] {
				<NoteHistoricalRoot<T, Self> as SessionManager<AccountId>>::new_session_genesis(
					begun,
				);
			}
		}
	}

	fn end_session(_: SessionIndex) {}
}

/// What is noted of each session, so that it can be shown later who had which keys in it: always something, as the keys
/// may be others although the validators are the same.
impl<T: Config> historical::SessionManager<AccountId, ()> for Pallet<T> {
	fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		let planned = Self::choose().unwrap_or_else(Validators::<T>::get);
		Some(planned.into_iter().map(|account| (account, ())).collect())
	}

	fn new_session_genesis(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		Some(Validators::<T>::get().into_iter().map(|account| (account, ())).collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> Pallet<T> {
	/// The validators that have session keys, were not disabled and are of active institutions, in the order in which they
	/// were added. Where these are fewer than the minimum, the first of inactive institutions as well, and then the first
	/// of those that were disabled, as many as it takes.
	///
	/// Fewer than a third of those with keys are left out for having been disabled: the first of the others stay. Whoever
	/// has a way to make many seem to have voted twice is not to choose who is left.
	///
	/// `None`: governance has set no terms, or fewer than the minimum have keys at all.
	pub(crate) fn choose() -> Option<Vec<AccountId>> {
		let minimum = Terms::<T>::get()?.minimum as usize;
		let ready: Vec<(AccountId, Standing)> = Members::<T>::get()
			.into_iter()
			.filter(|member| Self::has_keys(&member.account))
			.map(|member| {
				let standing = if Disabled::<T>::contains_key(&member.account) {
					Standing::Disabled
				} else if T::Providers::is_active(member.institution) {
					Standing::Good
				} else {
					Standing::InstitutionInactive
				};
				(member.account, standing)
			})
			.collect();
		if ready.len() < minimum {
			return None;
		}
		let count = |of: Standing| ready.iter().filter(|(_, standing)| *standing == of).count();
		let missing = minimum.saturating_sub(count(Standing::Good));
		let mut inactive = missing.min(count(Standing::InstitutionInactive));
		// As many as `UpToLimitDisablingStrategy` keeps from making blocks.
		let most_left_out = ready.len().saturating_sub(1).saturating_div(3);
		let too_many = count(Standing::Disabled).saturating_sub(most_left_out);
		let mut disabled = missing.saturating_sub(inactive).max(too_many);
		let chosen = ready
			.into_iter()
			.filter(|(_, standing)| match standing {
				Standing::Good => true,
				Standing::InstitutionInactive => takes_one(&mut inactive),
				Standing::Disabled => takes_one(&mut disabled),
			})
			.map(|(account, _)| account)
			.collect();
		Some(chosen)
	}
}

/// Takes a place, where there is one left.
fn takes_one(places: &mut usize) -> bool {
	let is_free = *places > 0;
	*places = places.saturating_sub(1);
	is_free
}
