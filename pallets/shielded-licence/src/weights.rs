//! What the calls cost.

use frame_support::weights::Weight;

/// The cost of each call, and of proofs.
pub trait WeightInfo {
	/// [`Pallet::enter_licence`](crate::Pallet::enter_licence) by the issuer of the last of as many licences as one can have.
	fn enter_licence() -> Weight;
	/// [`Pallet::remove_licence`](crate::Pallet::remove_licence) by somebody else, of a licence that does not stand.
	fn remove_licence() -> Weight;
	/// [`Pallet::remove_licence_by_governance`](crate::Pallet::remove_licence_by_governance).
	fn remove_licence_by_governance() -> Weight;
	/// [`Pallet::appoint_auditor`](crate::Pallet::appoint_auditor).
	fn appoint_auditor() -> Weight;
	/// [`Pallet::dismiss_auditor`](crate::Pallet::dismiss_auditor).
	fn dismiss_auditor() -> Weight;
	/// What an emergency takes for its proof: the statement, and accepting the proof.
	fn accept_emergency() -> Weight;
	/// Forgetting so many nullifiers of emergencies.
	fn forget_slots(slots: u32) -> Weight;
}
