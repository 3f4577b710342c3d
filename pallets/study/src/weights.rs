//! What the calls cost.

use frame_support::weights::Weight;

/// The cost of each call.
pub trait WeightInfo {
	/// [`Pallet::register_study`](crate::Pallet::register_study).
	fn register_study() -> Weight;
	/// [`Pallet::close_study`](crate::Pallet::close_study) by the sponsor.
	fn close_study() -> Weight;
	/// [`Pallet::publish_results`](crate::Pallet::publish_results).
	fn publish_results() -> Weight;
	/// [`Pallet::attest`](crate::Pallet::attest) of the leaf that completes a quarter of a tree.
	fn attest() -> Weight;
	/// [`Pallet::enrol`](crate::Pallet::enrol) of the one who completes the cohort.
	fn enrol() -> Weight;
}
