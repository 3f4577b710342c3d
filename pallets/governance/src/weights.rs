//! What the calls cost.

use frame_support::weights::Weight;

/// The cost of each call.
pub trait WeightInfo {
	/// [`Pallet::seat_institution`](crate::Pallet::seat_institution) in the last seat.
	fn seat_institution() -> Weight;
	/// [`Pallet::unseat_institution`](crate::Pallet::unseat_institution) of one that voted in as many referenda as there
	/// may be.
	fn unseat_institution() -> Weight;
	/// [`Pallet::appoint_representative`](crate::Pallet::appoint_representative) in the last seat.
	fn appoint_representative() -> Weight;
	/// [`Pallet::dismiss_representative`](crate::Pallet::dismiss_representative) of one that voted in as many referenda
	/// as there may be.
	fn dismiss_representative() -> Weight;
	/// [`Pallet::sync_seat`](crate::Pallet::sync_seat) of one that voted in as many referenda as there may be. It is also
	/// what following the registry costs.
	fn sync_seat() -> Weight;
	/// [`Pallet::note_proposal`](crate::Pallet::note_proposal) with as many referenda as there may be.
	fn note_proposal() -> Weight;
}
