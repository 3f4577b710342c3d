//! Accounts: second keys, and those that retired.

use crate::{
	Config, CurrentAccounts, FirstAccounts, InstitutionByOperator, Institutions, IssuerByAccount,
	Oracles, Pallet, Practitioners, Recoveries, Retired, Retirement, SecondKeys,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	pub(super) fn try_state_accounts() -> Result<(), TryRuntimeError> {
		for (account, key) in SecondKeys::<T>::iter() {
			ensure!(
				Practitioners::<T>::contains_key(&account),
				"somebody has a second key who is no practitioner"
			);
			ensure!(!key.controls(&account), "a second key is the account's own key");
		}
		for (account, at) in Recoveries::<T>::iter() {
			ensure!(
				Practitioners::<T>::contains_key(&account),
				"somebody was recovered who is no practitioner"
			);
			ensure!(at <= Self::now(), "a recovery is of a time to come");
		}
		for first in FirstAccounts::<T>::iter_values() {
			ensure!(
				CurrentAccounts::<T>::get(&first)
					.is_some_and(|current| FirstAccounts::<T>::get(current) == Some(first)),
				"a rotated practitioner is not found by an account of theirs"
			);
		}
		for (account, retirement) in Retired::<T>::iter() {
			ensure!(
				!Practitioners::<T>::contains_key(&account)
					&& !Oracles::<T>::contains_key(&account),
				"an account is retired and in use"
			);
			ensure!(
				frame_system::Pallet::<T>::sufficients(&account) > 0,
				"a retired account ceased, so its nonce would start again"
			);
			ensure!(
				Self::successor_of(&account).is_none()
					|| !(InstitutionByOperator::<T>::contains_key(&account)
						|| IssuerByAccount::<T>::contains_key(&account)),
				"an account that was given up holds an office"
			);
			ensure!(
				Self::successor_of(&account).as_ref() != Some(&account),
				"an account was rotated to itself"
			);
			if let Retirement::Rotated { home, .. } = retirement {
				ensure!(
					Institutions::<T>::contains_key(home),
					"nobody answers for an account that was rotated away"
				);
			}
		}
		Ok(())
	}
}
