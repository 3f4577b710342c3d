//! What can be called: a section of the pallet. The calls say who may call; what they do is in the
//! file of their subject.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a record of `patient` that the signer's institution keeps.
		///
		/// `manifest` is the salted commitment to the manifest, `sections` how many sections it
		/// lists and `epoch` the generation of their keys.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::PatientUnknown`], [`Error::NoSections`],
		/// [`Error::TooManySections`], [`Error::ManifestErased`], [`Error::ManifestSuperseded`],
		/// [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::RecordRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_record())]
		pub fn register_record(
			origin: OriginFor<T>,
			patient: AccountId,
			manifest: Commitment,
			sections: u32,
			epoch: u32,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::register(operator, patient, manifest, sections, epoch)
		}

		/// Asks for access. A denial is an answer and not an error, so that it stays in the log.
		///
		/// Decided in the order provider standing, second key, role matrix, restrictions of the patient,
		/// consent; the first to refuse gives the reason. `second_factor` is looked at only where the purpose and action
		/// need [`AssuranceLevel::Verified`]: the second key signs
		/// [`second_factor_payload`](hdx_primitives::second_factor_payload) with the BLAKE2-256
		/// hash of the SCALE-encoded `request` as operation. A signature that is accepted is used
		/// up, whatever is decided then.
		///
		/// # Errors
		///
		/// Of a request that is none: [`Error::SelfGrant`], [`Error::ZeroDuration`],
		/// [`Error::DurationTooLong`], [`Error::PatientUnknown`], [`Error::RecordUnknown`],
		/// [`Error::RecordOfAnotherPatient`]. Also [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::AccessGranted`] or [`Event::AccessDenied`].
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::dearest_request(second_factor.is_some().into()))]
		pub fn request_access(
			origin: OriginFor<T>,
			request: AccessRequest,
			second_factor: Option<SecondFactor>,
		) -> DispatchResultWithPostInfo {
			let requester = ensure_signed(origin)?;
			Self::ensure_well_formed(&requester, &request)?;
			let at = Self::now();
			let confirmation = Confirmation {
				operation: operation_hash(&request),
				factor: second_factor.as_ref(),
			};
			let granted = GrantedRequest::from(&request);
			let AccessRequest { patient, target, .. } = &request;
			let credentials = T::Providers::credentials(&requester);
			let decided =
				Self::decide_new(&requester, patient, *target, &granted, &confirmation, at)
					.and_then(|permit| Self::ensure_countable(*target, permit));
			let looked_at = looked_at(&decided);
			match decided {
				Ok(permit) => Self::issue(requester, request, permit, at)?,
				Err(denial) => Self::deny(requester, request, denial),
			}
			let second_keys = second_factor.is_some().into();
			Ok(Some(Self::weight_of_request(looked_at, credentials, second_keys)).into())
		}

		/// Withdraws a grant, for ever. What was released before stays released.
		///
		/// # Errors
		///
		/// [`Error::GrantUnknown`], [`Error::MayNotRevoke`], [`Error::GrantRevoked`].
		///
		/// # Events
		///
		/// [`Event::GrantRevoked`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::revoke_grant())]
		pub fn revoke_grant(origin: OriginFor<T>, grant: GrantId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::withdraw(who, grant)
		}

		/// Confirms that the signer's institution released `sections` sections of `record` under
		/// `grant`. `disclosure` is the salted commitment to the list of them.
		///
		/// The grant is decided again with what holds now. It is used only if the decision is a
		/// permit whose obligations are those of the grant.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::NotTheCustodian`],
		/// [`Error::GrantUnknown`], [`Error::RecordNotCovered`], [`Error::GrantReleasesNothing`],
		/// [`Error::NoSections`], [`Error::TooManySections`], [`Error::GrantRevoked`],
		/// [`Error::GrantExpired`], [`Error::GrantUsedUp`], [`Error::GrantOutdated`]; where the
		/// request would be denied now, the variant that is named like the reason; and of the
		/// terms of the consent [`Error::FrequencyExceeded`], [`Error::ConsentNotInForce`].
		///
		/// # Events
		///
		/// [`Event::DisclosureRecorded`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::record_disclosure(T::Consents::max_consents()))]
		pub fn record_disclosure(
			origin: OriginFor<T>,
			grant: GrantId,
			record: RecordId,
			sections: u32,
			disclosure: Commitment,
		) -> DispatchResultWithPostInfo {
			let operator = ensure_signed(origin)?;
			let looked_at = Self::disclose(operator, grant, record, sections, disclosure)?;
			Ok(Some(T::WeightInfo::record_disclosure(looked_at)).into())
		}

		/// Sets what a role may do for a purpose of use. No actions: nothing.
		///
		/// # Errors
		///
		/// [`Error::DuplicateAction`].
		///
		/// # Events
		///
		/// [`Event::RolePermissionsSet`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_role_permissions())]
		pub fn set_role_permissions(
			origin: OriginFor<T>,
			role: Role,
			purpose: Code,
			actions: PermittedActions,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::set_permissions(role, purpose, actions)
		}

		/// Sets how sure the chain must be of who does something for a purpose. `None`: as sure as
		/// [`required_level::shipped_level`] says.
		///
		/// # Errors
		///
		/// [`Error::LevelIsFixed`].
		///
		/// # Events
		///
		/// [`Event::RequiredLevelSet`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_required_level())]
		pub fn set_required_level(
			origin: OriginFor<T>,
			purpose: Code,
			action: Action,
			level: Option<AssuranceLevel>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::set_level(purpose, action, level)
		}

		/// Breaks the glass: asks to read in an emergency, without a consent, whatever the consents
		/// say. A denial is an answer and not an error, so that it stays in the log.
		///
		/// Decided in the order provider standing at [`AssuranceLevel::Verified`] (whatever
		/// [`RequiredLevels`] says), second key, role matrix, overdue reviews of the institution,
		/// opt-out of the patient; the first to refuse gives the reason. The second key signs
		/// [`second_factor_payload`](hdx_primitives::second_factor_payload) with
		/// [`break_glass_operation`](hdx_primitives::break_glass_operation) of `request` and
		/// `reason`. A signature that is accepted is used up, whatever is decided then.
		///
		/// The grant has no obligations, holds for the duration that was asked for, and leaves a
		/// review pending.
		///
		/// # Errors
		///
		/// Of a request that is none: [`Error::NotAnEmergency`], [`Error::EmergencyOnlyReads`],
		/// [`Error::EmergencyTooLong`], [`Error::SelfGrant`], [`Error::ZeroDuration`],
		/// [`Error::DurationTooLong`], [`Error::PatientUnknown`], [`Error::RecordUnknown`],
		/// [`Error::RecordOfAnotherPatient`]. Also [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::GlassBroken`] or [`Event::BreakGlassDenied`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::break_glass())]
		pub fn break_glass(
			origin: OriginFor<T>,
			request: AccessRequest,
			reason: OverrideReason,
			second_factor: Option<SecondFactor>,
		) -> DispatchResultWithPostInfo {
			let practitioner = ensure_signed(origin)?;
			let factor = second_factor.as_ref();
			let is_granted = Self::do_break_glass(practitioner, request, reason, factor)?;
			// Consents and restrictions are looked at for the entry of what is granted alone.
			Ok((!is_granted).then(T::WeightInfo::break_glass_denied).into())
		}

		/// Closes the review of a break-glass. `finding` is the salted commitment to what was
		/// written down. What is left of the grant ends with it.
		///
		/// By the operator of the institution, or a practitioner of it in the role of auditor; never by who broke the glass.
		/// Where it was broken by proof, by such a practitioner alone who never had a licence in the tree.
		///
		/// # Errors
		///
		/// [`Error::GrantUnknown`], [`Error::NotABreakGlass`], [`Error::OwnReview`],
		/// [`Error::MayNotReview`], [`Error::ReviewerHadLicence`], [`Error::ReviewClosed`].
		///
		/// # Events
		///
		/// [`Event::BreakGlassReviewed`], and [`Event::GrantRevoked`] if the grant still held.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::review_break_glass())]
		pub fn review_break_glass(
			origin: OriginFor<T>,
			grant: GrantId,
			outcome: ReviewOutcome,
			finding: Commitment,
		) -> DispatchResult {
			let reviewer = ensure_signed(origin)?;
			Self::close_review(reviewer, grant, outcome, finding)
		}

		/// Sets the terms of breaking the glass, for those that are broken from now on; the number of
		/// reviews that may be overdue holds at once. The bounds are in [`emergency_terms`].
		///
		/// [`emergency_terms`]: crate::emergency_terms
		///
		/// # Errors
		///
		/// [`Error::EmergencyDurationOutOfRange`], [`Error::EmergencyUsesOutOfRange`],
		/// [`Error::ReviewDeadlineOutOfRange`], [`Error::OverdueLimitTooHigh`].
		///
		/// # Events
		///
		/// [`Event::EmergencyTermsSet`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_emergency_terms())]
		pub fn set_emergency_terms(origin: OriginFor<T>, terms: EmergencyTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::set_terms(terms)
		}

		/// Confirms `count` disclosures of the signer's institution at once, made from `first_at` to
		/// `last_at`. `root` is the [`root_of`](hdx_primitives::disclosure::root_of) the leaves that
		/// [`DisclosureLeaf`](hdx_primitives::DisclosureLeaf) specifies, one for each disclosure.
		///
		/// `uses` says how many disclosures were made from which records under which grants, so each is
		/// checked as [`Pallet::record_disclosure`] checks a single one, with what holds now. If one is
		/// refused, all are, and the error says which.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::EmptyBatch`], [`Error::UsesNotOrdered`],
		/// [`Error::NoUses`], [`Error::CountMismatch`], [`Error::PeriodInvalid`],
		/// [`Error::BatchTooOld`], [`Error::IdentifiersExhausted`]. [`Error::RefusedInBatch`] with an
		/// error of [`Pallet::record_disclosure`] about grant, record or decision,
		/// [`Error::BatchBeforeGrant`] or [`Error::EmergencyNotBatched`].
		///
		/// # Events
		///
		/// [`Event::DisclosuresRecorded`].
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::dearest_batch(uses.len()))]
		pub fn record_disclosures(
			origin: OriginFor<T>,
			root: H256,
			count: u32,
			first_at: Milliseconds,
			last_at: Milliseconds,
			uses: GrantUses,
		) -> DispatchResultWithPostInfo {
			let operator = ensure_signed(origin)?;
			let pairs = u32::try_from(uses.len()).unwrap_or(u32::MAX);
			let reported = Reported { root, count, first_at, last_at };
			let more = Self::disclose_many(operator, reported, uses)?;
			Ok(Some(Self::weight_of_batch(pairs, more)).into())
		}

		/// Offers a record to another institution, which accepts it once it holds the sealed sections and
		/// their keys.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::NotTheCustodian`],
		/// [`Error::AlreadyTheCustodian`], [`Error::ReceiverNotActive`], [`Error::OfferOpen`].
		///
		/// # Events
		///
		/// [`Event::CustodyOffered`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::offer_custody())]
		pub fn offer_custody(
			origin: OriginFor<T>,
			record: RecordId,
			to: InstitutionId,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_offer_custody(operator, record, to)
		}

		/// Withdraws the offer of a record, by who made it, or declines it, by whom it was made to.
		///
		/// # Errors
		///
		/// [`Error::RecordUnknown`], [`Error::NoOffer`], [`Error::NotAnOperator`],
		/// [`Error::NotPartyToOffer`].
		///
		/// # Events
		///
		/// [`Event::CustodyOfferWithdrawn`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_custody_offer())]
		pub fn withdraw_custody_offer(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_withdraw_custody_offer(operator, record)
		}

		/// Takes over a record that was offered. By accepting, the institution says that it holds the sealed
		/// sections of this version and can open them. `sealed_anew` where it sealed them with keys of its own; `None`
		/// where it keeps them as they are.
		///
		/// Grants for the record go on; disclosures under them are the new custodian's to record.
		///
		/// # Errors
		///
		/// [`Error::RecordUnknown`], [`Error::NoOffer`], [`Error::NotAnOperator`],
		/// [`Error::NotPartyToOffer`], [`Error::VersionMismatch`], [`Error::NoSections`],
		/// [`Error::TooManySections`], [`Error::ManifestUnchanged`], [`Error::ManifestErased`], [`Error::ManifestSuperseded`],
		/// [`Error::EpochNotLater`], [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::CustodyTransferred`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::accept_custody())]
		pub fn accept_custody(
			origin: OriginFor<T>,
			record: RecordId,
			version: u32,
			sealed_anew: Option<NewManifest>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_accept_custody(operator, record, version, sealed_anew)
		}

		/// Restricts disclosures of a record of `patient`, or of all their records where `record` is `None`,
		/// beyond what consents say. There is one restriction of each; this one takes the place of it.
		///
		/// The patient sets, loosens and narrows. A guardian sets what is within their scope, and narrows
		/// what the patient set.
		///
		/// # Errors
		///
		/// [`Error::PurposesNotOrdered`], [`Error::RestrictsNothing`], [`Error::PatientUnknown`],
		/// [`Error::MayNotRestrict`], [`Error::RecordUnknown`], [`Error::RecordOfAnotherPatient`],
		/// [`Error::AlreadyRestricted`], [`Error::SetByPatient`], [`Error::TooManyRestrictions`].
		///
		/// # Events
		///
		/// [`Event::RestrictionSet`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::restrict())]
		pub fn restrict(
			origin: OriginFor<T>,
			patient: AccountId,
			record: Option<RecordId>,
			terms: RestrictionTerms,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_restrict(who, patient, record, terms)
		}

		/// Lifts a restriction. What the patient set, the patient alone.
		///
		/// # Errors
		///
		/// [`Error::NoRestriction`], [`Error::MayNotRestrict`], [`Error::SetByPatient`].
		///
		/// # Events
		///
		/// [`Event::RestrictionLifted`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::lift_restriction())]
		pub fn lift_restriction(
			origin: OriginFor<T>,
			patient: AccountId,
			record: Option<RecordId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_lift_restriction(who, patient, record)
		}

		/// Disputes that a record is accurate or complete, as its patient or a guardian. `statement` is
		/// the salted commitment to what is wrong with it.
		///
		/// # Errors
		///
		/// [`Error::RecordUnknown`], [`Error::MayNotDispute`], [`Error::DisputeOpen`],
		/// [`Error::TooManyDisputes`].
		///
		/// # Events
		///
		/// [`Event::RecordDisputed`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::dispute_record())]
		pub fn dispute_record(
			origin: OriginFor<T>,
			record: RecordId,
			statement: Commitment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_dispute(who, record, statement)
		}

		/// Answers the open dispute of a record that the signer's institution keeps. `statement` is the
		/// salted commitment to what was amended, or to why nothing is.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::NotTheCustodian`],
		/// [`Error::NoDispute`], [`Error::DisputeClosed`].
		///
		/// # Events
		///
		/// [`Event::DisputeAnswered`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::answer_dispute())]
		pub fn answer_dispute(
			origin: OriginFor<T>,
			record: RecordId,
			outcome: DisputeOutcome,
			statement: Commitment,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_answer_dispute(operator, record, outcome, statement)
		}

		/// Records that the signer's institution erased a record: that it destroyed the keys of all sections
		/// and the salts of all commitments. `receipt` is the salted commitment to what says so. There is
		/// no way back: grants end, and neither the record nor its manifest is ever registered again.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`],
		/// [`Error::NotTheCustodian`], [`Error::LegalHold`].
		///
		/// # Events
		///
		/// [`Event::RecordErased`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::record_erasure())]
		pub fn record_erasure(
			origin: OriginFor<T>,
			record: RecordId,
			receipt: Commitment,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::erase(operator, record, receipt)
		}

		/// Asks the custodian of a record to erase it, as its patient or as a guardian for all purposes.
		///
		/// # Errors
		///
		/// [`Error::RecordUnknown`], [`Error::RecordErased`], [`Error::MayNotRequestErasure`],
		/// [`Error::ErasureRequested`].
		///
		/// # Events
		///
		/// [`Event::ErasureRequested`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::request_erasure())]
		pub fn request_erasure(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_erasure(who, record)
		}

		/// Says why a record that the signer's institution keeps is not erased. `statement` is the salted
		/// commitment to the reasons.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`],
		/// [`Error::NotTheCustodian`], [`Error::NoErasureRequest`].
		///
		/// # Events
		///
		/// [`Event::ErasureRefused`].
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::refuse_erasure())]
		pub fn refuse_erasure(
			origin: OriginFor<T>,
			record: RecordId,
			exemption: ErasureExemption,
			statement: Commitment,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_refuse_erasure(operator, record, exemption, statement)
		}

		/// Puts a new version of a record that the signer's institution keeps in the place of `version`, which
		/// has to be the present one (FHIR *update* with `If-Match`): two who write at a time do not undo each
		/// other.
		///
		/// `under` is the grant to write or to append of who brought it in, of whatever institution. The
		/// grant is decided again with what holds now, and is used, as for
		/// [`Pallet::record_disclosure`]. `None` where the custodian documents what it did itself.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`],
		/// [`Error::NotTheCustodian`], [`Error::VersionMismatch`], [`Error::RecordRetired`],
		/// [`Error::OfferOpen`], [`Error::NoSections`], [`Error::TooManySections`], [`Error::ManifestUnchanged`],
		/// [`Error::ManifestErased`], [`Error::ManifestSuperseded`], [`Error::EpochEarlier`],
		/// [`Error::IdentifiersExhausted`]. Under a grant also [`Error::GrantUnknown`],
		/// [`Error::RecordNotCovered`], [`Error::GrantBringsNothingIn`], [`Error::SectionsRemoved`],
		/// [`Error::GrantRevoked`], [`Error::GrantExpired`], [`Error::GrantUsedUp`],
		/// [`Error::GrantOutdated`]; where the request would be denied now, the variant that is named
		/// like the reason; and of the terms of the consent [`Error::FrequencyExceeded`],
		/// [`Error::ConsentNotInForce`].
		///
		/// # Events
		///
		/// [`Event::RecordUpdated`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::update_record())]
		pub fn update_record(
			origin: OriginFor<T>,
			record: RecordId,
			version: u32,
			new: NewManifest,
			under: Option<GrantId>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::update(operator, record, version, new, under)
		}

		/// Takes a record that the signer's institution keeps out of use: nobody is granted it or shown it
		/// any more, in an emergency neither. It stays, with its history.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`],
		/// [`Error::NotTheCustodian`], [`Error::RecordRetired`].
		///
		/// # Events
		///
		/// [`Event::RecordRetired`].
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::retire_record())]
		pub fn retire_record(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_retire(operator, record)
		}

		/// Takes a retired record into use again. Grants that have not ended meanwhile hold again.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`],
		/// [`Error::NotTheCustodian`], [`Error::NotRetired`].
		///
		/// # Events
		///
		/// [`Event::RecordReinstated`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::reinstate_record())]
		pub fn reinstate_record(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_reinstate(operator, record)
		}

		/// Asks for access with the proof of a shielded consent, of the patient's or of a delegate's under the patient's
		/// delegation: what is asked, granted, refused and logged is the same for both. A denial is an answer and not an
		/// error, so that it stays in the log.
		///
		/// Decided as [`Pallet::request_access`] is, with the same second factor. What visible consents permit is granted
		/// as ever, and the proof is left unused; what they deny is denied. Where none of them speaks, the proof counts.
		/// It is about what the chain knows itself (see [`AccessProofs`](hdx_primitives::AccessProofs)), and bound to the
		/// signer and to the encoded `request`.
		///
		/// The request is for reading one class of one record, without labels, for no longer than
		/// [`Config::MaxProvenDuration`]. The grant has no basis, and withholds whatever is labelled as sensitive.
		/// Each use decides all again but the proof, as long as no visible consent speaks.
		///
		/// # Errors
		///
		/// Those of [`Pallet::request_access`], and of what no proof can be about: [`Error::ProofNeedsRecord`],
		/// [`Error::ProofNeedsOneClass`], [`Error::ProofNamesNoLabels`], [`Error::ProofOnlyReads`],
		/// [`Error::ProvenTooLong`], [`Error::ClassWithoutCategory`], [`Error::PurposeWithoutPlace`],
		/// [`Error::NullifierTooLarge`], [`Error::SnapshotUnknown`], [`Error::SnapshotTooOld`],
		/// [`Error::TreeNotInSnapshot`].
		///
		/// # Events
		///
		/// [`Event::AccessGranted`], before it [`Event::AccessProven`] where the proof counted, or
		/// [`Event::AccessDenied`].
		#[pallet::call_index(23)]
		#[pallet::weight(Pallet::<T>::weight_by_proof(
			Pallet::<T>::most_looked_at(),
			T::Providers::max_credentials(),
			true,
		))]
		pub fn request_access_by_proof(
			origin: OriginFor<T>,
			request: AccessRequest,
			second_factor: Option<SecondFactor>,
			proof: Box<AccessProof>,
		) -> DispatchResultWithPostInfo {
			let requester = ensure_signed(origin)?;
			let credentials = T::Providers::credentials(&requester);
			let factor = second_factor.as_ref();
			let (looked_at, came_to_proof) =
				Self::do_request_by_proof(requester, request, factor, &proof)?;
			Ok(Some(Self::weight_by_proof(looked_at, credentials, came_to_proof)).into())
		}

		/// Sets by what proofs of access know whose record one is that the signer's institution keeps: the hash of the
		/// patient's key and a salt, which whoever shall prove needs to be told. `version` has to be the record's present
		/// one, and each has one tag at most; until a version has its own, that of the one before holds.
		///
		/// `None` withdraws what the record has, whenever and in whichever version it was set; in the present one it has
		/// none any more. Grants by proof that were issued before go on. When custody passes, the tag goes.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::RecordUnknown`], [`Error::RecordErased`], [`Error::NotTheCustodian`],
		/// [`Error::VersionMismatch`], [`Error::NotATag`], [`Error::SubjectTagSet`], [`Error::SubjectTagWithdrawn`]; where there
		/// is nothing to withdraw, [`Error::SubjectTagMissing`].
		///
		/// # Events
		///
		/// [`Event::SubjectTagSet`] or [`Event::SubjectTagWithdrawn`].
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::set_subject_tag())]
		pub fn set_subject_tag(
			origin: OriginFor<T>,
			record: RecordId,
			version: u32,
			tag: Option<PublicInput>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_subject_tag(operator, record, version, tag)
		}

		/// Breaks the glass for a clinician whom the auditor alone can name: asks to read in an emergency, as
		/// [`Pallet::break_glass`] does. The institution's operator signs, and answers for that it is one of its clinicians,
		/// in the role of the request. A denial is an answer and not an error, so that it stays in the log.
		///
		/// Decided in the order institution, role matrix, erasure and retirement, overdue reviews of the institution, proof,
		/// opt-out of the patient; the first to refuse gives the reason. The proof (circuit `break_glass`) is about what the
		/// chain knows itself (see [`EmergencyProofs`](hdx_primitives::EmergencyProofs)), and bound to the signer and to
		/// [`emergency_operation`](hdx_primitives::emergency_operation) of `request`, `reason` and the recipient's key. One that
		/// holds is used up, whatever is decided then.
		///
		/// The grant is the operator's, with the terms of any break-glass, and leaves a review pending. Custodians wrap section
		/// keys for the recipient's key.
		///
		/// # Errors
		///
		/// Those of [`Pallet::break_glass`], and of what no proof can be about: [`Error::LicenceRootNotRecent`],
		/// [`Error::AuditorNotInOffice`], [`Error::ProofTimeTooFar`], [`Error::NullifierTooLarge`], [`Error::RecipientUsed`],
		/// [`Error::IdentityMalformed`].
		///
		/// # Events
		///
		/// [`Event::EmergencyProven`] and [`Event::GlassBroken`], or [`Event::BreakGlassDenied`].
		#[pallet::call_index(25)]
		#[pallet::weight(Pallet::<T>::weight_of_override_by_proof())]
		pub fn break_glass_by_proof(
			origin: OriginFor<T>,
			request: AccessRequest,
			reason: OverrideReason,
			emergency: Box<EmergencyProof>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_break_glass_by_proof(operator, request, reason, &emergency)
		}
	}
}
