//! What can be called: a section of the pallet. What the calls do is in `studies.rs`, `attestations.rs` and
//! `enrolment.rs`.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a study under the next number. What is registered never changes.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// [`Error::SponsorInactive`], [`Error::RangeEmpty`], [`Error::AttestedTooLate`], [`Error::NoCategory`],
		/// [`Error::CategoryUnknown`], [`Error::MinimumTooSmall`], [`Error::PeriodEmpty`], [`Error::TooManyStudies`]
		///
		/// # Events
		///
		/// [`Event::StudyRegistered`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_study())]
		pub fn register_study(origin: OriginFor<T>, terms: StudyTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register(terms)
		}

		/// Closes a study, before its time or after: nobody is counted in it any more. That is final.
		///
		/// By [`Config::GovernanceOrigin`], or signed by the sponsor's operator.
		///
		/// # Errors
		///
		/// [`Error::StudyUnknown`], [`Error::NotTheSponsor`], [`Error::StudyClosed`]
		///
		/// # Events
		///
		/// [`Event::StudyClosed`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::close_study())]
		pub fn close_study(origin: OriginFor<T>, study: StudyId) -> DispatchResult {
			let sponsor = match T::GovernanceOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_close(sponsor, study)
		}

		/// Says by their hash which results of a study were published, once. Only of a study in which one cannot enrol any
		/// more, and in which as many take part as it needs.
		///
		/// Signed by the sponsor's operator.
		///
		/// # Errors
		///
		/// [`Error::StudyUnknown`], [`Error::NotTheSponsor`], [`Error::StudyStillOpen`], [`Error::CohortNotReached`],
		/// [`Error::ResultsPublished`]
		///
		/// # Events
		///
		/// [`Event::ResultsPublished`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::publish_results())]
		pub fn publish_results(
			origin: OriginFor<T>,
			study: StudyId,
			results: H256,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_publish(signer, study, results)
		}

		/// Appends what was attested of somebody to the tree of attestations, by its leaf. The chain cannot tell of whom,
		/// nor what; whoever has the attestation itself proves that it is there.
		///
		/// Signed by the operator of an institution that is active.
		///
		/// # Errors
		///
		/// - [`Error::NotAnInstitution`]
		/// - [`Error::InputTooLarge`], [`Error::EmptyLeaf`], [`Error::AlreadyAttested`], [`Error::NoRoom`]
		/// - [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::Attested`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::attest())]
		pub fn attest(origin: OriginFor<T>, leaf: PublicInput) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_attest(signer, leaf)
		}

		/// Counts somebody in a study, with the proof that a consent of theirs covers it and that attested values of theirs
		/// lie in its ranges (circuit `study_enrolment`, in this version). The proof is bound to the chain, the signer and the
		/// study: whoever shall send it is named when it is made, and need not be the patient.
		///
		/// Signed by anybody for whom some institution answers.
		///
		/// # Errors
		///
		/// - [`Error::StudyUnknown`], [`Error::StudyClosed`], [`Error::StudyNotBegun`], [`Error::StudyEnded`],
		///   [`Error::SponsorInactive`]
		/// - [`Error::SnapshotUnknown`], [`Error::SnapshotTooOld`], [`Error::NotInSnapshot`], [`Error::AttestationsUnknown`]
		/// - [`Error::AlreadyCounted`], [`Error::RevocationInactive`]
		/// - why the proof is refused: [`Error::CircuitUnknown`], [`Error::CircuitNotActive`], [`Error::WrongRelation`],
		///   [`Error::WrongArity`], [`Error::InputTooLarge`], [`Error::PointMalformed`], [`Error::PointAtInfinity`],
		///   [`Error::PointOffCurve`], [`Error::PointOutsideSubgroup`], [`Error::NotProven`], [`Error::KeyDamaged`]
		/// - [`Error::StateDamaged`]
		///
		/// # Events
		///
		/// [`Event::Enrolled`], and [`Event::CohortReached`] when the last one came who was needed
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::enrol())]
		pub fn enrol(
			origin: OriginFor<T>,
			study: StudyId,
			proof: Box<EnrolmentProof>,
		) -> DispatchResult {
			let signer = ensure_signed(origin)?;
			Self::do_enrol(signer, study, &proof)
		}
	}
}
