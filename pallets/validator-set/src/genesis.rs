//! The validators with which a chain starts.

use crate::{Config, Error, Members, Pallet, ValidatorTerms};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{AccountId, InstitutionId};
use sp_staking::SessionIndex;

impl<T: Config> Pallet<T> {
	/// Stores validators and terms. The genesis of pallet-session comes before, and that of the institutions after.
	pub(crate) fn build_genesis(
		validators: &[(AccountId, u32)],
		minimum: Option<u32>,
		key_cooldown: Option<SessionIndex>,
	) -> Result<(), Error<T>> {
		for (account, institution) in validators {
			Self::insert(account, InstitutionId(*institution))?;
			Self::refer_to(account);
		}
		// Else the next session would be planned without them.
		ensure!(Self::has_all_that_validate(), Error::<T>::ValidatorMissing);
		if Members::<T>::get().is_empty() {
			return Ok(());
		}
		let shipped = T::DefaultTerms::get();
		Self::put_terms(ValidatorTerms {
			minimum: minimum.unwrap_or_else(|| shipped.minimum.min(Self::ready())),
			key_cooldown: key_cooldown.unwrap_or(shipped.key_cooldown),
		})?;
		// What the chain starts with leaves no entries: whose keys these are, the genesis block says.
		Self::store_keys();
		Ok(())
	}

	/// Gives an account the reference that each validator has.
	fn refer_to(account: &AccountId) {
		// The genesis of pallet-session gives an account that has no provider one, and leaves out the consumer that is
		// dropped with the keys. That provider is taken for ours, and the consumer made up for, so that nothing is left
		// over when the validator is removed.
		let is_made_up_for = Self::has_keys(account)
			&& frame_system::Pallet::<T>::consumers(account) == 0
			&& frame_system::Pallet::<T>::inc_consumers(account).is_ok();
		if !is_made_up_for {
			frame_system::Pallet::<T>::inc_providers(account);
		}
	}
}
