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

		/// Has an entry reviewed: the institution that acted has to answer in time.
		///
		/// Signed by the patient whom the entry is about, or by a guardian in office whose scope
		/// includes the entry's purpose. An entry is reviewed once.
		///
		/// # Errors
		///
		/// [`Error::EntryUnknown`], [`Error::NotYourEntry`],
		/// [`Error::ReviewOfReview`], [`Error::NoInstitutionActed`],
		/// [`Error::ReviewExists`], [`Error::TooManyReviews`].
		///
		/// # Events
		///
		/// [`Event::ReviewRequested`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::request_review())]
		pub fn request_review(
			origin: OriginFor<T>,
			entry: EntryIndex,
			reason: ReviewReason,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_review(who, entry, reason)
		}

		/// Answers a review. `statement` is the salted commitment to the written answer that the
		/// patient gets. Too late is better than never, and stays late.
		///
		/// Signed by the operator of the institution that acted.
		///
		/// # Errors
		///
		/// [`Error::ReviewUnknown`], [`Error::NotTheInstitution`],
		/// [`Error::ReviewAnswered`], [`Error::ReviewEscalated`],
		/// [`Error::ReviewClosed`].
		///
		/// # Events
		///
		/// [`Event::ReviewAnswered`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::answer_review())]
		pub fn answer_review(
			origin: OriginFor<T>,
			entry: EntryIndex,
			finding: ReviewFinding,
			statement: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer_review(who, entry, finding, statement)
		}

		/// Takes a review to governance: one that is overdue, or whose answer does not satisfy.
		///
		/// Signed by the patient, or by a guardian as for [`Pallet::request_review`].
		///
		/// # Errors
		///
		/// [`Error::ReviewUnknown`], [`Error::NotYourEntry`], [`Error::AnswerNotDue`],
		/// [`Error::EscalationTooLate`], [`Error::ReviewEscalated`],
		/// [`Error::ReviewClosed`].
		///
		/// # Events
		///
		/// [`Event::ReviewEscalated`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::escalate_review())]
		pub fn escalate_review(origin: OriginFor<T>, entry: EntryIndex) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_escalate_review(who, entry)
		}

		/// Withdraws a review: the patient is satisfied, or thinks better of it.
		///
		/// Signed by the patient, or by the guardian who asked for it.
		///
		/// # Errors
		///
		/// [`Error::ReviewUnknown`], [`Error::NotYourEntry`], [`Error::ReviewClosed`].
		///
		/// # Events
		///
		/// [`Event::ReviewClosed`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::withdraw_review())]
		pub fn withdraw_review(origin: OriginFor<T>, entry: EntryIndex) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_review(who, entry)
		}

		/// Decides a review that was taken to governance, and closes it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::ReviewUnknown`], [`Error::ReviewClosed`],
		/// [`Error::ReviewNotEscalated`].
		///
		/// # Events
		///
		/// [`Event::ReviewClosed`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::decide_review())]
		pub fn decide_review(
			origin: OriginFor<T>,
			entry: EntryIndex,
			finding: ReviewFinding,
			statement: Commitment,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_decide_review(entry, finding, statement)
		}

		/// Sets the times for the steps of reviews. Deadlines that are running stay as they are.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::ReviewPeriodOutOfBounds`].
		///
		/// # Events
		///
		/// [`Event::ReviewTermsSet`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_review_terms())]
		pub fn set_review_terms(origin: OriginFor<T>, terms: ReviewTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_review_terms(terms)
		}

		/// Sets what raises alerts, and begins a new window.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::WindowOutOfBounds`], [`Error::ThresholdZero`],
		/// [`Error::ThresholdTooHigh`].
		///
		/// # Events
		///
		/// [`Event::MonitoringSet`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::set_monitoring())]
		pub fn set_monitoring(origin: OriginFor<T>, terms: MonitoringTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_monitoring(terms)
		}
	}
}
