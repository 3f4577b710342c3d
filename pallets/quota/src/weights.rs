//! What the calls, the extension and the hook cost.

use frame_support::weights::Weight;

/// The cost of each call, of the extension and of the hook.
pub trait WeightInfo {
	/// [`Pallet::set_bucket`](crate::Pallet::set_bucket).
	fn set_bucket() -> Weight;
	/// [`CheckQuota`](crate::CheckQuota) on a transaction of so many leaves, by a signer for whom
	/// the most institutions answer.
	fn check_quota(leaves: u32) -> Weight;
	/// A look at so many signers' buckets, each of which is forgotten.
	fn sweep(signers: u32) -> Weight;
}
