//! What must hold after every block.

use crate::{Chamber, Config, Notes, OpenPolls, Pace, Pallet, Seats, Texts, Voters};
use alloc::collections::{btree_map::BTreeMap, btree_set::BTreeSet};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that each institution has one seat; that exactly those vote whom the seats name; that nobody votes in both
	/// chambers; that no referendum is listed twice; and that nobody stored more than they may,
	/// or than is counted.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let seats = Seats::<T>::get();
		let institutions: BTreeSet<_> = seats.iter().map(|seat| seat.institution).collect();
		ensure!(institutions.len() == seats.len(), "an institution has two seats");
		let voters: BTreeSet<_> = seats.iter().filter_map(|seat| seat.voter.clone()).collect();
		let named = seats.iter().filter(|seat| seat.voter.is_some()).count();
		ensure!(voters.len() == named, "an account votes for two institutions");
		ensure!(
			voters.iter().all(T::Institutions::is_member),
			"who votes for an institution has no vote"
		);
		ensure!(
			u32::try_from(voters.len()) == Ok(T::Institutions::count()),
			"somebody votes in the chamber of institutions who has no seat"
		);
		ensure!(!voters.iter().any(T::Patients::is_member), "somebody votes in both chambers");
		ensure!(
			T::Patients::count() <= T::MaxSeats::get(),
			"more represent patients than there may be"
		);
		for chamber in [Chamber::Institutions, Chamber::Patients] {
			let open = OpenPolls::<T>::get(chamber);
			let polls: BTreeSet<_> = open.iter().map(|open| open.poll).collect();
			ensure!(polls.len() == open.len(), "a referendum is listed twice");
		}
		let most = T::MaxNotes::get();
		ensure!(
			Notes::<T>::iter_values().all(|count| count > 0 && count <= most),
			"somebody stored more texts than one may"
		);
		let counted: BTreeMap<_, _> = Notes::<T>::iter().collect();
		ensure!(counted == T::Texts::stored(), "texts are counted that nobody stored, or are not");
		ensure!(Pace::<T>::get() > 0, "periods have no length");
		Ok(())
	}
}
