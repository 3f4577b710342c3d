//! What can be called: a section of the pallet. The calls say who may call; what they do is in the
//! file of their subject.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes an account a patient. It exists from then on, without tokens.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// - [`Error::NotAnOperator`]
		/// - [`Error::AlreadyPatient`]
		/// - [`Error::PatientIsOperator`]
		///
		/// # Events
		///
		/// [`Event::PatientSponsored`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::sponsor_patient())]
		pub fn sponsor_patient(origin: OriginFor<T>, patient: AccountId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_sponsor_patient(operator, patient).map(|_| ())
		}

		/// Publishes a version of a consent document, so that consents can name it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::TemplateAlreadyPublished`]
		/// - [`Error::TooManyTemplates`]
		/// - [`Error::NoNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::TemplatePublished`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::publish_template())]
		pub fn publish_template(
			origin: OriginFor<T>,
			uri_hash: [u8; 32],
			version: u32,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_publish_template(uri_hash, version)
		}

		/// Grants a consent: `policy` in coded form, the document that was signed, and the terms.
		///
		/// Signed by a patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAPatient`]
		/// - [`Error::TemplateUnknown`], [`Error::TemplateIsRetired`]
		/// - [`Error::EmptyPolicy`], [`Error::ParentNotBefore`], [`Error::TooDeep`],
		///   [`Error::PeriodNotOrdered`]: the policy is not a tree that can be decided on
		/// - [`Error::IdentifierActorOnChain`]
		/// - [`Error::AlreadyEnded`]
		/// - [`Error::FrequencyOfNoAccess`], [`Error::FrequencyPerNoTime`], [`Error::EraseByPassed`],
		///   [`Error::ErasedBeforeItBegins`], [`Error::RenewalByNoTime`], [`Error::RenewalNeverHappens`],
		///   [`Error::RenewalWithoutNotice`], [`Error::NoticeTooLong`],
		///   [`Error::RenewalWithoutEnd`]: the terms mean nothing
		/// - [`Error::TooManyConsents`]
		/// - [`Error::NoNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::ConsentGranted`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::grant())]
		pub fn grant(
			origin: OriginFor<T>,
			policy: Policy,
			document: SignedDocument,
			terms: ConsentTerms,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			let content = ConsentContent { policy, document, terms };
			Self::do_grant(&Acting::in_person(patient), content).map(|_| ())
		}

		/// Revokes a consent, at once, whoever granted it. It stays readable, and accesses of before
		/// stay valid history.
		///
		/// Signed by the patient whose consent it is.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`]
		/// - [`Error::NotYourConsent`]
		/// - [`Error::AlreadyRevoked`]
		///
		/// # Events
		///
		/// [`Event::ConsentRevoked`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, consent: ConsentId) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_revoke(&Acting::in_person(patient), consent)
		}

		/// Sets how several consents are combined, and what holds where none applies.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// None of its own.
		///
		/// # Events
		///
		/// [`Event::DecisionRulesChanged`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_decision_rules())]
		pub fn set_decision_rules(origin: OriginFor<T>, rules: Rules) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_decision_rules(rules)
		}

		/// Gives a consent a new version, in force at once. The old one stays readable in the
		/// history, and what was disclosed under it stays valid.
		///
		/// Signed by the patient whose consent it is.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`]
		/// - [`Error::NotYourConsent`]
		/// - [`Error::ConsentIsRevoked`], [`Error::ConsentHasEnded`]
		/// - [`Error::NothingAmended`]
		/// - [`Error::TemplateUnknown`], [`Error::TemplateIsRetired`]
		/// - [`Error::EmptyPolicy`], [`Error::ParentNotBefore`], [`Error::TooDeep`],
		///   [`Error::PeriodNotOrdered`]: the policy is not a tree that can be decided on
		/// - [`Error::IdentifierActorOnChain`]
		/// - [`Error::AlreadyEnded`]
		/// - [`Error::FrequencyOfNoAccess`], [`Error::FrequencyPerNoTime`], [`Error::EraseByPassed`],
		///   [`Error::ErasedBeforeItBegins`], [`Error::RenewalByNoTime`], [`Error::RenewalNeverHappens`],
		///   [`Error::RenewalWithoutNotice`], [`Error::NoticeTooLong`],
		///   [`Error::RenewalWithoutEnd`]: the terms mean nothing
		/// - [`Error::TooManyVersions`]
		///
		/// # Events
		///
		/// [`Event::ConsentAmended`]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::amend())]
		pub fn amend(
			origin: OriginFor<T>,
			consent: ConsentId,
			policy: Policy,
			document: SignedDocument,
			terms: ConsentTerms,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			let content = ConsentContent { policy, document, terms };
			Self::do_amend(&Acting::in_person(patient), consent, content)
		}

		/// Moves the end of a consent by hand. That makes a new version, whose terms allow as many
		/// renewals as were left, and none if they were stopped.
		///
		/// Signed by the patient whose consent it is.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`]
		/// - [`Error::NotYourConsent`]
		/// - [`Error::ConsentIsRevoked`], [`Error::ConsentHasEnded`]
		/// - [`Error::NothingToExtend`], [`Error::NotAnExtension`]
		/// - [`Error::TemplateIsRetired`]
		/// - [`Error::EraseByPassed`]
		/// - [`Error::PeriodNotOrdered`]
		/// - [`Error::TooManyVersions`]
		///
		/// # Events
		///
		/// [`Event::ConsentAmended`]
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::renew())]
		pub fn renew(
			origin: OriginFor<T>,
			consent: ConsentId,
			until: Milliseconds,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_renew(&Acting::in_person(patient), consent, until)
		}

		/// Stops a consent from being renewed. It ends when its current period does.
		///
		/// Signed by the patient whose consent it is.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`]
		/// - [`Error::NotYourConsent`]
		/// - [`Error::ConsentIsRevoked`], [`Error::ConsentHasEnded`]
		/// - [`Error::NoRenewal`]
		/// - [`Error::RenewalAlreadyStopped`]
		/// - [`Error::NoRenewalLeft`]
		///
		/// # Events
		///
		/// [`Event::RenewalStopped`]
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::stop_renewal())]
		pub fn stop_renewal(origin: OriginFor<T>, consent: ConsentId) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_stop_renewal(&Acting::in_person(patient), consent)
		}

		/// Confirms that the signer's institution erased what it was given under a version of a
		/// consent. `commitment` is a salted hash of its own record of that.
		///
		/// Signed by the operator of an active institution; once for each version.
		///
		/// # Errors
		///
		/// - [`Error::NotAnOperator`]
		/// - [`Error::ConsentUnknown`], [`Error::VersionUnknown`]
		/// - [`Error::NothingToErase`]
		/// - [`Error::AlreadyConfirmed`]
		///
		/// # Events
		///
		/// [`Event::ErasureConfirmed`]
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::confirm_erasure())]
		pub fn confirm_erasure(
			origin: OriginFor<T>,
			consent: ConsentId,
			version: u32,
			commitment: Commitment,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_confirm_erasure(operator, consent, version, commitment)
		}

		/// Retires a consent document. No consent is granted or amended under it from then on;
		/// those that were stay.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::TemplateUnknown`]
		/// - [`Error::TemplateAlreadyRetired`]
		///
		/// # Events
		///
		/// [`Event::TemplateRetired`]
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::retire_template())]
		pub fn retire_template(origin: OriginFor<T>, template: TemplateId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_retire_template(template)
		}

		/// Opts out of the emergency override (EHDS, recital 18), or allows it again. It is allowed
		/// until the patient says otherwise.
		///
		/// Signed by a patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAPatient`]
		/// - [`Error::EmergencyOverrideUnchanged`]
		///
		/// # Events
		///
		/// [`Event::EmergencyOverrideSet`]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::set_emergency_override())]
		pub fn set_emergency_override(origin: OriginFor<T>, allowed: bool) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_set_emergency_override(&Acting::in_person(patient), allowed)
		}

		/// Asks a patient for a consent. The request waits for an answer until it expires.
		///
		/// Signed by a practitioner in good standing at the institution, or by its operator.
		///
		/// # Errors
		///
		/// - [`Error::PatientUnknown`], [`Error::RequestToOneself`]
		/// - [`Error::NotInGoodStanding`]
		/// - [`Error::PurposeMissing`]
		/// - [`Error::PeriodNotOrdered`], [`Error::AlreadyEnded`]
		/// - [`Error::FrequencyOfNoAccess`], [`Error::FrequencyPerNoTime`], [`Error::EraseByPassed`],
		///   [`Error::ErasedBeforeItBegins`], [`Error::RenewalByNoTime`], [`Error::RenewalNeverHappens`],
		///   [`Error::RenewalWithoutNotice`], [`Error::NoticeTooLong`],
		///   [`Error::RenewalWithoutEnd`]: the terms mean nothing
		/// - [`Error::TemplateUnknown`], [`Error::TemplateIsRetired`]
		/// - [`Error::TooManyRequestsToPatient`], [`Error::TooManyRequestsByRequester`]
		/// - [`Error::NoNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::ConsentRequested`]
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::request_consent())]
		pub fn request_consent(
			origin: OriginFor<T>,
			patient: AccountId,
			terms: ConsentRequestTerms,
		) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::do_request_consent(requester, patient, terms)
		}

		/// Approves a request: grants a consent that permits what was asked for or less, to the
		/// requester or the institution only, on terms that are no laxer. The request is closed.
		///
		/// Signed by the patient who is asked.
		///
		/// # Errors
		///
		/// - [`Error::RequestUnknown`], [`Error::RequestClosed`], [`Error::RequestExpired`]
		/// - [`Error::NotYourRequest`]
		/// - [`Error::OtherTemplateRequested`]
		/// - [`Error::WiderThanRequested`], [`Error::LaxerThanRequested`]
		/// - those of [`grant`](Pallet::grant)
		///
		/// # Events
		///
		/// - [`Event::ConsentGranted`]
		/// - [`Event::ConsentRequestApproved`]
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::approve_request())]
		pub fn approve_request(
			origin: OriginFor<T>,
			request: RequestId,
			policy: Policy,
			document: SignedDocument,
			terms: ConsentTerms,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			let content = ConsentContent { policy, document, terms };
			Self::do_approve_request(&Acting::in_person(patient), request, content)
		}

		/// Denies a request, with a reason or without. The request is closed.
		///
		/// Signed by the patient who is asked.
		///
		/// # Errors
		///
		/// - [`Error::RequestUnknown`], [`Error::RequestClosed`], [`Error::RequestExpired`]
		/// - [`Error::NotYourRequest`]
		///
		/// # Events
		///
		/// [`Event::ConsentRequestDenied`]
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::deny_request())]
		pub fn deny_request(
			origin: OriginFor<T>,
			request: RequestId,
			reason: Option<Code>,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_deny_request(&Acting::in_person(patient), request, reason)
		}

		/// Takes a request back. The request is closed.
		///
		/// Signed by who made it.
		///
		/// # Errors
		///
		/// - [`Error::RequestUnknown`], [`Error::RequestClosed`]
		/// - [`Error::NotTheRequester`]
		///
		/// # Events
		///
		/// [`Event::ConsentRequestWithdrawn`]
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::withdraw_request())]
		pub fn withdraw_request(origin: OriginFor<T>, request: RequestId) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::do_withdraw_request(requester, request)
		}

		/// Names guardians, or others, or none. Where nobody is in office it holds at once, else
		/// after the objection delay. Naming those in office takes a pending replacement back.
		///
		/// Signed by a patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAPatient`]
		/// - [`Error::NoGuardians`], [`Error::TooManyGuardians`]
		/// - [`Error::ThresholdZero`], [`Error::ThresholdAboveGuardians`]
		/// - [`Error::DuplicateGuardian`], [`Error::PatientAsGuardian`],
		///   [`Error::GuardianIsOperator`]
		/// - [`Error::PeriodNotOrdered`], [`Error::GuardianshipOver`]
		/// - [`Error::ObjectionDelayTooLong`]
		/// - [`Error::GuardiansUnchanged`]
		///
		/// # Events
		///
		/// - [`Event::GuardiansInstalled`]
		/// - [`Event::GuardianReplacementPending`]
		/// - [`Event::GuardianReplacementCancelled`]
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_guardians())]
		pub fn set_guardians(origin: OriginFor<T>, set: Option<GuardianSet>) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_set_guardians(patient, set)
		}

		/// Makes an account a patient who has guardians from the beginning: a minor, or an adult who
		/// cannot act. Nobody needs to hold the key of the account.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// - those of [`sponsor_patient`](Pallet::sponsor_patient)
		/// - [`Error::NoGuardians`], [`Error::TooManyGuardians`]
		/// - [`Error::ThresholdZero`], [`Error::ThresholdAboveGuardians`]
		/// - [`Error::DuplicateGuardian`], [`Error::PatientAsGuardian`],
		///   [`Error::GuardianIsOperator`]
		/// - [`Error::PeriodNotOrdered`], [`Error::GuardianshipOver`]
		/// - [`Error::ObjectionDelayTooLong`]
		///
		/// # Events
		///
		/// - [`Event::PatientSponsored`]
		/// - [`Event::GuardiansInstalled`]
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::sponsor_ward())]
		pub fn sponsor_ward(
			origin: OriginFor<T>,
			patient: AccountId,
			set: GuardianSet,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_sponsor_ward(operator, patient, set)
		}

		/// Proposes something to the other guardians, and approves it. Where that is enough, it goes
		/// on as in [`approve_as_guardian`](Pallet::approve_as_guardian).
		///
		/// Signed by a guardian of the patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAGuardian`]
		/// - [`Error::GuardianshipNotBegun`], [`Error::GuardianshipOver`]
		/// - [`Error::NotWithinPowers`], [`Error::WiderThanGuardianship`]
		/// - [`Error::NoReplacementPending`]; and of guardians to be, those of
		///   [`set_guardians`](Pallet::set_guardians)
		/// - [`Error::TooManyProposals`]
		/// - [`Error::NoNumberLeft`]
		/// - where it is carried out at once, those of the action
		///
		/// # Events
		///
		/// - [`Event::ProposalMade`]
		/// - [`Event::ProposalAgreed`]
		/// - [`Event::ProposalExecuted`]
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::propose_as_guardian())]
		pub fn propose_as_guardian(
			origin: OriginFor<T>,
			patient: AccountId,
			action: GuardianAction,
		) -> DispatchResult {
			let guardian = ensure_signed(origin)?;
			Self::do_propose(guardian, patient, action)
		}

		/// Approves what another guardian proposed. With the last approval that is needed, what only
		/// takes permissions back is carried out at once; for all else the objection delay begins.
		///
		/// Signed by a guardian of the patient.
		///
		/// # Errors
		///
		/// - [`Error::ProposalUnknown`], [`Error::ProposalClosed`], [`Error::ProposalExpired`]
		/// - [`Error::NotAGuardian`]
		/// - [`Error::GuardianshipNotBegun`], [`Error::GuardianshipOver`]
		/// - [`Error::AlreadyApproved`], [`Error::AlreadyAgreed`]
		/// - where it is carried out at once, those of the action
		///
		/// # Events
		///
		/// - [`Event::ProposalApproved`]
		/// - [`Event::ProposalAgreed`]
		/// - [`Event::ProposalExecuted`]
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::approve_as_guardian())]
		pub fn approve_as_guardian(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			let guardian = ensure_signed(origin)?;
			Self::do_approve_proposal(guardian, proposal)
		}

		/// Objects to what the guardians proposed. It is void, whether they agreed or not.
		///
		/// Signed by the patient whom it is about.
		///
		/// # Errors
		///
		/// - [`Error::ProposalUnknown`], [`Error::ProposalClosed`]
		/// - [`Error::NotYourProposal`]
		///
		/// # Events
		///
		/// [`Event::ProposalObjected`]
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::object_to_proposal())]
		pub fn object_to_proposal(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_object(patient, proposal)
		}

		/// Carries out what the guardians agreed on, when the objection delay is over.
		///
		/// Signed by a guardian of the patient.
		///
		/// # Errors
		///
		/// - [`Error::ProposalUnknown`], [`Error::ProposalClosed`], [`Error::ProposalExpired`]
		/// - [`Error::NotAGuardian`]
		/// - [`Error::GuardianshipNotBegun`], [`Error::GuardianshipOver`]
		/// - [`Error::ThresholdNotReached`], [`Error::ObjectionDelayRunning`]
		/// - those of the action
		///
		/// # Events
		///
		/// [`Event::ProposalExecuted`]
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::execute_proposal())]
		pub fn execute_proposal(origin: OriginFor<T>, proposal: ProposalId) -> DispatchResult {
			let guardian = ensure_signed(origin)?;
			Self::do_execute_proposal(guardian, proposal)
		}

		/// Names a delegate, or changes what a delegate may do. A delegate can name neither
		/// delegates nor guardians, nor change the emergency override.
		///
		/// Signed by a patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAPatient`]
		/// - [`Error::PatientAsDelegate`], [`Error::DelegateIsOperator`]
		/// - [`Error::PeriodNotOrdered`], [`Error::DelegationOver`]
		/// - [`Error::DelegationUnlimited`], [`Error::DelegationUnchanged`]
		/// - [`Error::TooManyDelegates`]
		///
		/// # Events
		///
		/// [`Event::DelegateNamed`]
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::delegate())]
		pub fn delegate(
			origin: OriginFor<T>,
			delegate: AccountId,
			terms: DelegateTerms,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_delegate(patient, delegate, terms)
		}

		/// Takes a delegate's powers back. The consents that the delegate gave stay until they are
		/// revoked.
		///
		/// Signed by the patient who named the delegate.
		///
		/// # Errors
		///
		/// - [`Error::NotADelegate`]
		///
		/// # Events
		///
		/// [`Event::DelegateRevoked`]
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::revoke_delegate())]
		pub fn revoke_delegate(origin: OriginFor<T>, delegate: AccountId) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_revoke_delegate(patient, delegate)
		}

		/// Does something with the consents of a patient, within the powers and the scope that the
		/// patient gave. Of consents that there are, only those that the delegate gave.
		///
		/// Signed by a delegate of the patient.
		///
		/// # Errors
		///
		/// - [`Error::NotADelegate`]
		/// - [`Error::DelegationNotBegun`], [`Error::DelegationOver`]
		/// - [`Error::NotWithinPowers`], [`Error::WiderThanDelegation`]
		/// - [`Error::NotGivenByDelegate`]
		/// - those of the action
		///
		/// # Events
		///
		/// - [`Event::ConsentGranted`]
		/// - [`Event::ConsentAmended`]
		/// - [`Event::ConsentRevoked`]
		/// - [`Event::RenewalStopped`]
		/// - [`Event::ConsentRequestApproved`]
		/// - [`Event::ConsentRequestDenied`]
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::act_as_delegate())]
		pub fn act_as_delegate(
			origin: OriginFor<T>,
			patient: AccountId,
			action: ConsentAction,
		) -> DispatchResult {
			let delegate = ensure_signed(origin)?;
			Self::do_act_as_delegate(delegate, patient, action)
		}
	}
}
