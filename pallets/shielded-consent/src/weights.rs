//! What the calls, and snapshots, cost.

use frame_support::weights::Weight;

/// The cost of each call, and of a snapshot.
pub trait WeightInfo {
	/// [`Pallet::append`](crate::Pallet::append) of the leaf that fills a tree.
	fn append() -> Weight;
	/// [`Pallet::revoke`](crate::Pallet::revoke).
	fn revoke() -> Weight;
	/// [`Pallet::revoke_by_governance`](crate::Pallet::revoke_by_governance).
	fn revoke_by_governance() -> Weight;
	/// A snapshot after so many trees changed.
	fn take_snapshot(trees: u32) -> Weight;
	/// [`Pallet::register_tag`](crate::Pallet::register_tag) of a tag that the practitioner had before.
	fn register_tag() -> Weight;
	/// [`Pallet::append_category`](crate::Pallet::append_category).
	fn append_category() -> Weight;
	/// What a request for access takes for what its proof would be about, where it does not come to the proof.
	fn state_access() -> Weight;
	/// What a request for access takes for its proof: the statement, and accepting the proof.
	fn accept_proof() -> Weight;
	/// Forgetting so many nullifiers.
	fn forget_nullifiers(nullifiers: u32) -> Weight;
}
