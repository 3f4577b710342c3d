//! What can be called: a section of the pallet. What the calls do is in `seats.rs` and `representatives.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Gives an institution a seat in the chamber of institutions. Its operator votes for it.
		///
		/// By [`Config::MembershipOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::InstitutionHasNoVoice`]
		/// - [`Error::AlreadySeated`], [`Error::NoSeatLeft`]
		///
		/// # Events
		///
		/// [`Event::InstitutionSeated`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::seat_institution())]
		pub fn seat_institution(
			origin: OriginFor<T>,
			institution: InstitutionId,
		) -> DispatchResult {
			T::MembershipOrigin::ensure_origin(origin)?;
			Self::do_seat(institution)
		}

		/// Takes an institution's seat. What was voted for it in referenda that have not ended does not count any more.
		///
		/// By [`Config::MembershipOrigin`].
		///
		/// # Errors
		///
		/// [`Error::NotSeated`], [`Error::LastSeat`]
		///
		/// # Events
		///
		/// [`Event::InstitutionUnseated`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unseat_institution())]
		pub fn unseat_institution(
			origin: OriginFor<T>,
			institution: InstitutionId,
		) -> DispatchResult {
			T::MembershipOrigin::ensure_origin(origin)?;
			Self::do_unseat(institution)
		}

		/// Has an account represent patients in their chamber. It exists from then on, and needs no tokens.
		///
		/// By [`Config::RepresentationOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::IsOperator`]
		/// - [`Error::AlreadyRepresentative`], [`Error::NoSeatLeft`]
		///
		/// # Events
		///
		/// [`Event::RepresentativeAppointed`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::appoint_representative())]
		pub fn appoint_representative(
			origin: OriginFor<T>,
			representative: AccountId,
		) -> DispatchResult {
			T::RepresentationOrigin::ensure_origin(origin)?;
			Self::do_appoint(representative)
		}

		/// Has an account represent patients no longer. What it voted in referenda that have not ended does not count any
		/// more.
		///
		/// By [`Config::RepresentationOrigin`].
		///
		/// # Errors
		///
		/// [`Error::NotARepresentative`], [`Error::LastSeat`]
		///
		/// # Events
		///
		/// [`Event::RepresentativeDismissed`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::dismiss_representative())]
		pub fn dismiss_representative(
			origin: OriginFor<T>,
			representative: AccountId,
		) -> DispatchResult {
			T::RepresentationOrigin::ensure_origin(origin)?;
			Self::do_dismiss(representative)
		}

		/// Brings who votes for an institution in line with who speaks for it: an accreditation ends by the clock, without a
		/// transaction. Suspensions and new operators need none of this.
		///
		/// Signed by anyone. It takes no vote as long as less than half of the seats would keep one: those whose accreditation
		/// has ended go on deciding then, about each other's among other things.
		///
		/// # Errors
		///
		/// [`Error::NotSeated`], [`Error::SeatUnchanged`], [`Error::TooFewVoters`]
		///
		/// # Events
		///
		/// [`Event::VoterChanged`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::sync_seat())]
		pub fn sync_seat(origin: OriginFor<T>, institution: InstitutionId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_sync_by_clock(institution)
		}
	}
}
