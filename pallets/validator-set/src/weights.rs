//! What the calls cost. Planning a session has no weight of its own: pallet-session takes a whole block for it.

use frame_support::weights::Weight;

/// The cost of each call.
pub trait WeightInfo {
	/// [`Pallet::add_validator`](crate::Pallet::add_validator) as the last that there may be.
	fn add_validator() -> Weight;
	/// [`Pallet::remove_validator`](crate::Pallet::remove_validator) of one that has keys, with as many validators as
	/// there may be.
	fn remove_validator() -> Weight;
	/// [`Pallet::set_terms`](crate::Pallet::set_terms) with as many validators as there may be.
	fn set_terms() -> Weight;
	/// [`Pallet::reinstate_validator`](crate::Pallet::reinstate_validator) with as many validators as there may be, all of
	/// whom take part.
	fn reinstate_validator() -> Weight;
}
