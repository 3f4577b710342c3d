//! What accounts agree to that others send. No agreement holds for longer than
//! [`Config::MaxAgreementAge`], so that none is used when it is long forgotten.

use crate::{Config, Error, Pallet};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{AccountId, Agreement};
use sp_runtime::traits::Verify;

impl<T: Config> Pallet<T> {
	/// Refuses an agreement that is outdated or valid for too long, and, with `refusal`, one that is
	/// not the account's on this payload.
	pub(crate) fn ensure_agreed(
		who: &AccountId,
		agreement: &Agreement,
		payload: &[u8],
		refusal: Error<T>,
	) -> DispatchResult {
		let now = Self::now();
		let latest = now.saturating_add(T::MaxAgreementAge::get());
		ensure!(now < agreement.valid_until, Error::<T>::AgreementOutdated);
		ensure!(agreement.valid_until <= latest, Error::<T>::AgreementTooLong);
		ensure!(agreement.signature.verify(payload, who), refusal);
		Ok(())
	}
}
