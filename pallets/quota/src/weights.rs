//! What the calls, the extension and the hook cost.

use frame_support::weights::Weight;

/// The cost of each call, of the extension and of the hook.
pub trait WeightInfo {
	/// [`Pallet::set_bucket`](crate::Pallet::set_bucket).
	fn set_bucket() -> Weight;
	/// [`CheckQuota`](crate::CheckQuota) on a transaction of so many leaves that is taken out of so many buckets, where
	/// the calls alone say that none is protected or an emergency.
	fn check_quota(leaves: u32, buckets: u32) -> Weight;
	/// What comes on top where state is asked about so many calls ([`CallClassifier::is_looked_up`]), and of the buckets that
	/// pay for what is protected and for emergencies.
	///
	/// [`CallClassifier::is_looked_up`]: crate::CallClassifier::is_looked_up
	fn look_up(calls: u32) -> Weight;
	/// A look at so many signers' buckets, each of which is forgotten.
	fn sweep(signers: u32) -> Weight;
}
