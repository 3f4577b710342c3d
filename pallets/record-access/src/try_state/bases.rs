//! What grants rest on, how often they may be used, and how sure the chain has to be.

use crate::{Config, GrantStatus, Grants, Pallet, RequiredLevels};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use hdx_primitives::{engine::terminology::purpose::BTG, ConsentDecider};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every grant that rests on a consent rests on a version that its patient gave: no version is ever forgotten, whatever
	/// became of it. None can be used more often than any may.
	///
	/// Of grants that have ended it is not looked at how often they could be used: they stay as they were issued, by the
	/// limit of that time.
	pub(super) fn check_bases() -> Result<(), TryRuntimeError> {
		let at = Self::now();
		// Many grants rest on the same one.
		let mut given = BTreeSet::new();
		for grant in Grants::<T>::iter_values() {
			let has_ended = grant.status == GrantStatus::Revoked || grant.expires_at <= at;
			ensure!(
				has_ended || grant.uses_left <= T::MaxUses::get(),
				"a grant can be used more often than any may"
			);
			let Some(basis) = grant.basis else { continue };
			let key = (basis.consent, basis.version, grant.patient.clone());
			if given.contains(&key) {
				continue;
			}
			ensure!(
				T::Consents::was_given(basis, &grant.patient),
				"a grant rests on a consent that its patient never gave"
			);
			given.insert(key);
		}
		Ok(())
	}

	/// No level is stored for breaking the glass, whose level is not for anybody to set.
	pub(super) fn check_levels() -> Result<(), TryRuntimeError> {
		ensure!(
			RequiredLevels::<T>::iter_keys().all(|(purpose, _)| purpose != BTG),
			"a level is stored for breaking the glass"
		);
		Ok(())
	}
}
