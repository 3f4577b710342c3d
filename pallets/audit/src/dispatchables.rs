//! What can be called: a section of the pallet. The calls say who may call; what they do is in the
//! file of their subject. None changes or removes an entry that is within the window.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets how long entries stay in state. Entries whose window is over by then are pruned,
		/// those of before included.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::RetentionTooShort`], [`Error::RetentionTooLong`].
		///
		/// # Events
		///
		/// [`Event::RetentionSet`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_retention())]
		pub fn set_retention(origin: OriginFor<T>, period: Milliseconds) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_retention(period)
		}

		/// Places a legal hold: what it names stays in state until all its holds are released.
		///
		/// By [`Config::AuthorityOrigin`].
		///
		/// # Errors
		///
		/// [`Error::TooManyHolds`], [`Error::PatientUnknown`], [`Error::NoEntries`],
		/// [`Error::EntriesNotOrdered`], [`Error::EntryUnknown`],
		/// [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::HoldPlaced`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::place_hold(MAX_CASE_ENTRIES))]
		pub fn place_hold(
			origin: OriginFor<T>,
			scope: HoldScope,
			reason: HoldReason,
		) -> DispatchResult {
			T::AuthorityOrigin::ensure_origin(origin)?;
			Self::do_place_hold(scope, reason)
		}

		/// Releases a legal hold. What nothing else keeps, and whose turn has passed, is pruned.
		///
		/// By [`Config::AuthorityOrigin`].
		///
		/// # Errors
		///
		/// [`Error::HoldUnknown`].
		///
		/// # Events
		///
		/// [`Event::HoldReleased`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::release_hold(MAX_CASE_ENTRIES))]
		pub fn release_hold(origin: OriginFor<T>, hold: HoldId) -> DispatchResult {
			T::AuthorityOrigin::ensure_origin(origin)?;
			Self::do_release_hold(hold)
		}
	}
}
