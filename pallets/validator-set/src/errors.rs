//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// There is no such institution, or it is suspended or closed.
		InstitutionNotActive,
		/// The account is a validator already.
		AlreadyValidator,
		/// The account was a validator before, and what it signed then could be repeated. Take a new account.
		AccountSpent,
		/// There are as many validators as there may be.
		TooManyValidators,
		/// The institution has as many validators as one may.
		TooManyOfInstitution,
		/// The account is no validator.
		NotAValidator,
		/// Governance has set no terms yet, so that it is not known how many validators are enough.
		NoTerms,
		/// Fewer validators with session keys than the minimum would be left.
		BelowMinimum,
		/// Without a validator there are no blocks; the minimum is at least one.
		MinimumIsZero,
		/// Fewer validators have session keys than would have to.
		MinimumNotMet,
		/// Validators would have to keep their keys for longer than may be asked of them.
		CooldownTooLong,
		/// Somebody who validates in this session is not in the set, and the first terms would leave them out. Add them
		/// before.
		ValidatorMissing,
		/// A session would have fewer or more blocks than it may.
		SessionPeriodOutOfBounds,
		/// The validator is not disabled.
		NotDisabled,
	}
}
