//! What can be called: a section of the pallet. What the calls do is in `members.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Adds a validator of an institution. Its account comes into being with this and needs no tokens. It is chosen
		/// once it has session keys, and takes part from the session after the next one.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::InstitutionNotActive`]
		/// - [`Error::AccountSpent`], [`Error::AlreadyValidator`]
		/// - [`Error::TooManyOfInstitution`], [`Error::TooManyValidators`]
		///
		/// # Events
		///
		/// [`Event::ValidatorAdded`]
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::add_validator())]
		pub fn add_validator(
			origin: OriginFor<T>,
			validator: AccountId,
			institution: InstitutionId,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_add(validator, institution)
		}

		/// Removes a validator. Its session keys are forgotten at once, and its account is never a validator again. It
		/// takes part until the session after the next one begins.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::NotAValidator`]
		/// - [`Error::NoTerms`], [`Error::BelowMinimum`]; neither where it has no session keys
		///
		/// # Events
		///
		/// [`Event::ValidatorRemoved`]
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::remove_validator())]
		pub fn remove_validator(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_remove(validator)
		}

		/// Sets how many validators there are at least, and for how long they keep their keys. Both hold at once, for
		/// keys that were changed before too: a cooldown of zero lets everybody change them.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::MinimumIsZero`], [`Error::MinimumNotMet`]
		/// - [`Error::CooldownTooLong`]
		/// - [`Error::ValidatorMissing`]: only of the first terms of a chain that had no set before
		///
		/// # Events
		///
		/// [`Event::TermsChanged`]
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::set_terms())]
		pub fn set_terms(origin: OriginFor<T>, terms: ValidatorTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_terms(terms)
		}

		/// Reinstates a validator that was disabled. It makes blocks again in this session, if it takes part in it, and is
		/// chosen like others from then on. What it does before the session after next disables it no more; that one begins
		/// with another set of voters, although it may be of the same validators.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::NotAValidator`]
		/// - [`Error::NotDisabled`]
		///
		/// # Events
		///
		/// [`Event::ValidatorReinstated`]
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::reinstate_validator())]
		pub fn reinstate_validator(origin: OriginFor<T>, validator: AccountId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_reinstate(validator)
		}
	}
}
