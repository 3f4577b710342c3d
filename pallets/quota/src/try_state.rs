//! What holds in every state of the pallet.

use crate::{
	AttemptBuckets, Config, EmergencyBuckets, InstitutionBuckets, InstitutionLimits, Pallet,
	SignerBuckets, SponsorDirectory,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that
	///
	/// - limits and buckets are kept of institutions that there are, and such limits let through at
	///   least one call at a time, and again after a while;
	/// - no bucket owes more than it holds, or owes as of a moment to come;
	/// - no signer's bucket was stored without owing anything: each costs the state something, and anybody can be one. That of
	///   an institution stays once it is there, and one whose limits are set is settled, which may leave nothing owed.
	///
	/// Where the sweep stands says nothing: the bucket that it looked at last is gone if it was full, and with it may be all.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		for (institution, limits) in InstitutionLimits::<T>::iter() {
			ensure!(T::Sponsors::exists(institution), "limits of an unknown institution");
			ensure!(limits.capacity > 0 && limits.refill > 0, "limits that let nothing through");
		}
		for (institution, bucket) in InstitutionBuckets::<T>::iter() {
			ensure!(T::Sponsors::exists(institution), "a bucket of an unknown institution");
			ensure!(bucket.fits(Self::limits(institution)), "an institution owes too much");
			ensure!(bucket.at <= Self::now(), "an institution's bucket is of a time to come");
		}
		for (institution, bucket) in AttemptBuckets::<T>::iter() {
			ensure!(T::Sponsors::exists(institution), "attempts at an unknown institution");
			ensure!(bucket.fits(T::ProtectedLimits::get()), "attempts owe too much");
			ensure!(bucket.at <= Self::now(), "a bucket of attempts is of a time to come");
		}
		for (institution, bucket) in EmergencyBuckets::<T>::iter() {
			ensure!(T::Sponsors::exists(institution), "emergencies at an unknown institution");
			ensure!(bucket.fits(T::EmergencyLimits::get()), "emergencies owe too much");
			ensure!(bucket.at <= Self::now(), "a bucket of emergencies is of a time to come");
		}
		for bucket in SignerBuckets::<T>::iter_values() {
			ensure!(bucket.fits(T::ProtectedLimits::get()), "a signer owes too much");
			ensure!(bucket.spent > 0, "a signer's bucket is kept for nothing");
			ensure!(bucket.at <= Self::now(), "a signer's bucket is of a time to come");
		}
		Ok(())
	}
}
