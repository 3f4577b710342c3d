//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// There is no such institution, it is suspended or closed, or it lacks the accreditation that its kind needs.
		InstitutionHasNoVoice,
		/// The institution has a seat already.
		AlreadySeated,
		/// The institution has no seat.
		NotSeated,
		/// There are as many seats in the chamber as there may be.
		NoSeatLeft,
		/// It is the last seat of its chamber, without which nothing could be decided any more.
		LastSeat,
		/// The account represents patients already.
		AlreadyRepresentative,
		/// The account does not represent patients.
		NotARepresentative,
		/// The account operates an institution, and nobody has a vote in both chambers.
		IsOperator,
		/// Who votes for the institution is who speaks for it; there is nothing to change.
		SeatUnchanged,
		/// The account has no vote in this chamber.
		NotAMember,
		/// The member has as many open proposals as one may have.
		TooManyOpen,
		/// The text of the proposal is longer than may be stored.
		NoteTooLong,
		/// The member has as many texts of proposals stored as one may have. Take back those that are decided.
		TooManyNotes,
		/// Nobody decided that the institution should lose its vote, and less than half of the seats would keep one.
		TooFewVoters,
	}
}
