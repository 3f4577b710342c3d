//! What is told to who asks.

use crate::{Config, Disabled, Member, Members, Pallet, ValidatorView};
use alloc::vec::Vec;
use hdx_primitives::{AccountId, ProviderDirectory};
use pallet_session::Validators;

impl<T: Config> Pallet<T> {
	pub(crate) fn view_of_all() -> Vec<ValidatorView> {
		let validating = Validators::<T>::get();
		Members::<T>::get().into_iter().map(|member| Self::view_of(member, &validating)).collect()
	}

	pub(crate) fn view_of(member: Member, validating: &[AccountId]) -> ValidatorView {
		ValidatorView {
			is_institution_active: T::Providers::is_active(member.institution),
			has_keys: Self::has_keys(&member.account),
			is_validating: validating.contains(&member.account),
			keys_fixed_until: Self::keys_fixed_until(&member),
			disabled_for: Disabled::<T>::get(&member.account),
			institution: member.institution,
			account: member.account,
		}
	}
}
