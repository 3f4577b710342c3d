//! What must hold after every block.

use crate::{
	offences::SESSIONS_UNTIL_PLANNED, Config, Disabled, Former, KeysInForce, Members, Pallet,
	ReinstatedIn, SessionPeriod, Terms,
};
use alloc::{
	collections::{btree_map::BTreeMap, btree_set::BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{AccountId, InstitutionId};
use pallet_session::{CurrentIndex, Validators};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that each account is a validator once, has what it takes to sign, and was none before; that no institution
	/// has too many; that the keys that were noted make sense; that those in force are those of
	/// the session's validators; that the terms hold; that sessions have a length that may be; and that whoever is disabled or was reinstated is a validator, or was one.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let members = Members::<T>::get();
		let accounts: BTreeSet<_> = members.iter().map(|member| &member.account).collect();
		ensure!(accounts.len() == members.len(), "an account is a validator twice");
		let now = CurrentIndex::<T>::get();
		let mut of_institutions = BTreeMap::<InstitutionId, u32>::new();
		for member in &members {
			let count = of_institutions.entry(member.institution).or_default();
			*count = count.saturating_add(1);
			ensure!(
				frame_system::Pallet::<T>::providers(&member.account) > 0,
				"the account of a validator does not exist"
			);
			ensure!(!Former::<T>::contains_key(&member.account), "an account is a validator again");
			let is_plausible = member
				.keys_changed_in
				.is_none_or(|session| member.keys.is_some() && session <= now);
			ensure!(is_plausible, "keys changed that were never there, or will change");
		}
		let most = T::MaxPerInstitution::get();
		ensure!(
			of_institutions.values().all(|count| *count <= most),
			"an institution has too many validators"
		);
		ensure!(
			SessionPeriod::<T>::get().is_none_or(Self::is_session_period),
			"sessions are shorter or longer than they may be"
		);
		Self::try_state_keys()?;
		Self::try_state_offences()?;
		Self::try_state_terms()
	}

	/// Those whose keys are in force are this session's validators, in the same order. None are: this session began before the
	/// runtime that notes them.
	fn try_state_keys() -> Result<(), TryRuntimeError> {
		let in_force: Vec<_> =
			KeysInForce::<T>::get().into_iter().map(|(account, _)| account).collect();
		ensure!(
			in_force.is_empty() || in_force == Validators::<T>::get(),
			"the keys in force are not those of this session's validators"
		);
		Ok(())
	}

	fn try_state_offences() -> Result<(), TryRuntimeError> {
		let now = CurrentIndex::<T>::get();
		for (account, session) in Disabled::<T>::iter() {
			ensure!(Self::is_or_was(&account), "an account is disabled that never was a validator");
			ensure!(session <= now, "a validator is disabled for what it has not done yet");
		}
		for (account, session) in ReinstatedIn::<T>::iter() {
			ensure!(
				Self::is_or_was(&account),
				"an account was reinstated that never was a validator"
			);
			let latest = now.saturating_add(SESSIONS_UNTIL_PLANNED);
			ensure!(session <= latest, "a validator was reinstated in a session that is to come");
		}
		Ok(())
	}

	/// Who was removed is forgotten when the next sessions begin.
	fn is_or_was(account: &AccountId) -> bool {
		Self::member(account).is_some() || Former::<T>::contains_key(account)
	}

	fn try_state_terms() -> Result<(), TryRuntimeError> {
		let Some(terms) = Terms::<T>::get() else { return Ok(()) };
		ensure!(
			terms.minimum > 0 && terms.key_cooldown <= T::MaxKeyCooldown::get(),
			"the terms are none that can be set"
		);
		ensure!(Self::ready() >= terms.minimum, "fewer validators have keys than the minimum");
		Ok(())
	}
}
