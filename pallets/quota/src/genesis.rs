//! The limits with which a chain starts.

use crate::{Config, InstitutionLimits, Limits, Pallet, SponsorDirectory};
use frame_support::ensure;
use hdx_primitives::InstitutionId;

impl<T: Config> Pallet<T> {
	/// Stores limits, and tells nobody: what the chain starts with, the genesis block says. The genesis of the institutions
	/// comes before.
	pub(crate) fn build_genesis(buckets: &[(u32, u32, u32)]) -> Result<(), &'static str> {
		for (institution, capacity, refill) in buckets {
			let institution = InstitutionId(*institution);
			let limits = Limits { capacity: *capacity, refill: *refill };
			ensure!(T::Sponsors::exists(institution), "there is no such institution");
			ensure!(
				!InstitutionLimits::<T>::contains_key(institution),
				"an institution is named twice"
			);
			Self::check_limits(limits)?;
			InstitutionLimits::<T>::insert(institution, limits);
		}
		Ok(())
	}
}
