//! Forgets signers' buckets that are full again.

use crate::{Config, Pallet, SignerBuckets, SweepCursor, WeightInfo};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};

impl<T: Config> Pallet<T> {
	/// Looks at as many buckets as `remaining` pays for, at most
	/// [`MaxSweep`](crate::Config::MaxSweep), and goes on where it stopped in the block before.
	/// Returns the weight of it.
	pub(crate) fn sweep(remaining: Weight) -> Weight {
		let fixed = T::WeightInfo::sweep(0);
		let each = T::WeightInfo::sweep(1).saturating_sub(fixed);
		let affordable = remaining
			.checked_sub(&fixed)
			.and_then(|left| left.checked_div_per_component(&each))
			.unwrap_or(0);
		let most = T::MaxSweep::get().min(u32::try_from(affordable).unwrap_or(u32::MAX));
		if most == 0 {
			return Weight::zero();
		}
		T::WeightInfo::sweep(Self::sweep_signers(most))
	}

	/// Looks at up to `most` buckets; returns how many it looked at.
	pub(crate) fn sweep_signers(most: u32) -> u32 {
		let signers = match SweepCursor::<T>::get() {
			Some(last) => SignerBuckets::<T>::iter_from_key(last),
			None => SignerBuckets::<T>::iter(),
		};
		// Collected first: what is iterated over must not change meanwhile.
		let looked_at: Vec<_> = (0..most).zip(signers).map(|(_, signer)| signer).collect();
		let (limits, now) = (T::ProtectedLimits::get(), Self::now());
		for (who, bucket) in &looked_at {
			if bucket.is_full(limits, now) {
				SignerBuckets::<T>::remove(who);
			}
		}
		let count = u32::try_from(looked_at.len()).unwrap_or(most);
		match looked_at.into_iter().next_back() {
			Some((last, _)) if count == most => SweepCursor::<T>::put(last),
			_ => SweepCursor::<T>::kill(),
		}
		count
	}
}
