//! How long the steps of referenda take.

use crate::{Config, Pace, Pallet};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::{One, Zero};

impl<T: Config> Pallet<T> {
	/// A period on this chain: as it is, or shorter by the pace with which the chain began. Whatever takes time takes at
	/// least a block.
	pub fn paced(period: BlockNumberFor<T>) -> BlockNumberFor<T> {
		if period.is_zero() {
			return period;
		}
		let pace = Pace::<T>::get().max(1);
		// Neither can be zero here, so that there is nothing that could go wrong.
		let shorter = sp_runtime::traits::CheckedDiv::checked_div(&period, &pace.into());
		shorter.unwrap_or(period).max(One::one())
	}
}
