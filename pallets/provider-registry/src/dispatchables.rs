//! What can be called: a section of the pallet. The calls say who may call; what they do is in the
//! file of their subject.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod call_list {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers an institution and gives its operator an account.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `OperatorTaken`, `AccountIsPractitioner`, `AccountRotatedAway`,
		/// `NoInstitutionIdLeft`.
		///
		/// # Events
		///
		/// [`Event::InstitutionRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_institution())]
		pub fn register_institution(
			origin: OriginFor<T>,
			operator: AccountId,
			kind: InstitutionKind,
			profile: [u8; 32],
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register_institution(operator, kind, profile)
		}

		/// Suspends an institution, with a reason, closes it, or reinstates it, and with it at once
		/// everybody who acts for it or was enrolled by it. This answers an open appeal: it is
		/// upheld where the institution is reinstated, and else dismissed.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `InstitutionUnknown`, `StatusUnchanged`.
		///
		/// # Events
		///
		/// [`Event::InstitutionStatusChanged`], [`Event::AppealDecided`].
		#[pallet::call_index(1)]
		#[pallet::weight(
			T::WeightInfo::set_institution_status().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn set_institution_status(
			origin: OriginFor<T>,
			institution: InstitutionId,
			status: InstitutionStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_institution_status(institution, status)
		}

		/// Enrols a practitioner at the caller's institution and gives them an account.
		/// `credential_*` is the institution's own attestation, `key_agreement` the BLAKE2-256
		/// hash of the X-Wing public key to which record keys are wrapped.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `AccountIsOperator`, `AccountIsIssuer`,
		/// `AccountIsOracle`, `AlreadyEnrolled`, `AccountRotatedAway`, `NoRoles`,
		/// `RoleRepeated`, `TooManyPractitioners`, `PeriodNotOrdered`, `PeriodAlreadyOver`,
		/// `StartsTooFarAhead`, `CommitmentInUse`, `CommitmentSpent`, `NoCredentialIdLeft`.
		///
		/// # Events
		///
		/// [`Event::PractitionerEnrolled`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::enrol_practitioner(roles.len() as u32))]
		pub fn enrol_practitioner(
			origin: OriginFor<T>,
			practitioner: AccountId,
			roles: RolesOf<T>,
			credential_kind: CredentialKind,
			credential_commitment: Commitment,
			credential_valid: Period,
			key_agreement: [u8; 32],
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			let enrolment = Enrolment {
				practitioner,
				roles,
				kind: credential_kind,
				commitment: credential_commitment,
				valid: credential_valid,
				key_agreement,
			};
			Self::do_enrol_practitioner(operator, institution, enrolment)
		}

		/// Suspends a practitioner, with a reason, or reinstates them. A suspension by
		/// governance is a hold: only governance ends it, and it can be put on top of the
		/// institution's own suspension. Governance ends either. What governance orders answers an
		/// open appeal; what the institution does leaves it open.
		///
		/// By [`Config::GovernanceOrigin`], or signed by the operator of the institution that
		/// enrolled them.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `HeldByGovernance`, `StatusUnchanged`.
		///
		/// # Events
		///
		/// [`Event::PractitionerStatusChanged`], [`Event::AppealDecided`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_practitioner_status_by_operator()
				.max(T::WeightInfo::set_practitioner_status_by_governance()))]
		pub fn set_practitioner_status(
			origin: OriginFor<T>,
			practitioner: AccountId,
			status: PractitionerStatus,
		) -> DispatchResult {
			match T::GovernanceOrigin::try_origin(origin) {
				Ok(_) => Self::do_set_practitioner_status_by_governance(practitioner, status),
				Err(origin) => {
					let operator = ensure_signed(origin)?;
					let institution = Self::active_institution_of(&operator)?;
					Self::do_set_practitioner_status_by_operator(
						operator,
						institution,
						practitioner,
						status,
					)
				},
			}
		}

		/// Removes a practitioner from the registry, with every affiliation and credential. The
		/// account keeps existing, so that its nonce never starts again, and may be enrolled
		/// anew.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `HeldByGovernance`, `AppealIsOpen`.
		///
		/// # Events
		///
		/// [`Event::PractitionerRemoved`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_practitioner())]
		pub fn remove_practitioner(
			origin: OriginFor<T>,
			practitioner: AccountId,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_remove_practitioner(operator, institution, practitioner)
		}

		/// Lets a practitioner whom another institution enrolled act for the caller's too.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `AlreadyAffiliated`,
		/// `TooManyAffiliations`.
		///
		/// # Events
		///
		/// [`Event::AffiliationAdded`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::add_affiliation())]
		pub fn add_affiliation(origin: OriginFor<T>, practitioner: AccountId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_add_affiliation(operator, institution, practitioner)
		}

		/// Takes a credential back, for good. Signed by its issuer: the account of the trusted
		/// issuer, or the operator of the institution.
		///
		/// # Errors
		///
		/// `NotAnIssuer`, `PractitionerUnknown`, `CredentialUnknown`, `NotAnOperator`,
		/// `InstitutionSuspended`, `IssuerIsSuspended`, `NotIssuedByYou`,
		/// `CredentialAlreadyRevoked`.
		///
		/// # Events
		///
		/// [`Event::CredentialRevoked`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::revoke_credential())]
		pub fn revoke_credential(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential: CredentialId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke_credential(who, practitioner, credential)
		}

		/// Accredits an institution for a scheme.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `InstitutionUnknown`, `PeriodNotOrdered`, `PeriodAlreadyOver`, `StartsTooFarAhead`,
		/// `AlreadyAccredited`, `TooManyAccreditations`.
		///
		/// # Events
		///
		/// [`Event::Accredited`].
		#[pallet::call_index(7)]
		#[pallet::weight(
			T::WeightInfo::accredit().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn accredit(
			origin: OriginFor<T>,
			institution: InstitutionId,
			scheme: Code,
			level: u8,
			valid: Period,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_accredit(institution, scheme, level, valid)
		}

		/// Renews an accreditation, at whatever level, and puts it in force again.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `PeriodNotOrdered`, `PeriodAlreadyOver`, `StartsTooFarAhead`, `InstitutionUnknown`,
		/// `AccreditationUnknown`.
		///
		/// # Events
		///
		/// [`Event::AccreditationRenewed`].
		#[pallet::call_index(8)]
		#[pallet::weight(
			T::WeightInfo::renew_accreditation().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn renew_accreditation(
			origin: OriginFor<T>,
			institution: InstitutionId,
			scheme: Code,
			level: u8,
			valid: Period,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_renew_accreditation(institution, scheme, level, valid)
		}

		/// Suspends, reinstates or revokes an accreditation.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `InstitutionUnknown`, `AccreditationUnknown`, `StatusUnchanged`,
		/// `AccreditationIsRevoked`.
		///
		/// # Events
		///
		/// [`Event::AccreditationStatusChanged`].
		#[pallet::call_index(9)]
		#[pallet::weight(
			T::WeightInfo::set_accreditation_status().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn set_accreditation_status(
			origin: OriginFor<T>,
			institution: InstitutionId,
			scheme: Code,
			status: AccreditationStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_accreditation_status(institution, scheme, status)
		}

		/// Sets what institutions of a kind have to be accredited for in order to have
		/// standing. `None`: nothing.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `RequirementUnchanged`.
		///
		/// # Events
		///
		/// [`Event::AccreditationRequired`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::require_accreditation())]
		pub fn require_accreditation(
			origin: OriginFor<T>,
			kind: InstitutionKind,
			requirement: Option<Requirement>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_require_accreditation(kind, requirement)
		}

		/// Registers a trusted issuer and gives its account a reference. The account may be an
		/// operator's, never a practitioner's or an oracle's.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `IssuerTaken`, `AccountIsPractitioner`, `AccountIsOracle`, `AccountRotatedAway`,
		/// `NoKinds`, `KindRepeated`, `NoIssuerIdLeft`.
		///
		/// # Events
		///
		/// [`Event::IssuerRegistered`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::register_issuer())]
		pub fn register_issuer(
			origin: OriginFor<T>,
			account: AccountId,
			kinds: TrustedKinds,
			profile: [u8; 32],
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register_issuer(account, kinds, profile)
		}

		/// Sets what an issuer may attest. What it attested of other kinds does not count from
		/// now on.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `KindRepeated`, `IssuerUnknown`, `KindsUnchanged`.
		///
		/// # Events
		///
		/// [`Event::IssuerKindsChanged`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::set_issuer_kinds())]
		pub fn set_issuer_kinds(
			origin: OriginFor<T>,
			issuer: IssuerId,
			kinds: TrustedKinds,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_issuer_kinds(issuer, kinds)
		}

		/// Suspends an issuer, and with it at once all that it attested, or reinstates it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `IssuerUnknown`, `StatusUnchanged`.
		///
		/// # Events
		///
		/// [`Event::IssuerStatusChanged`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_issuer_status())]
		pub fn set_issuer_status(
			origin: OriginFor<T>,
			issuer: IssuerId,
			status: RegistrationStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_issuer_status(issuer, status)
		}

		/// Attests a credential of a practitioner. Where the practitioner has as many as one
		/// may, the first that was revoked or has expired gives way.
		///
		/// # Errors
		///
		/// `NotAnIssuer`, `IssuerIsSuspended`, `SelfAttestation`, `NotTrustedForKind`,
		/// `PractitionerUnknown`, `PeriodNotOrdered`, `PeriodAlreadyOver`, `StartsTooFarAhead`,
		/// `CommitmentInUse`, `CommitmentSpent`, `NoCredentialIdLeft`, `TooManyCredentials`.
		///
		/// # Events
		///
		/// [`Event::CredentialAttested`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::attest_credential())]
		pub fn attest_credential(
			origin: OriginFor<T>,
			practitioner: AccountId,
			kind: CredentialKind,
			commitment: Commitment,
			valid: Period,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_attest_credential(who, practitioner, kind, commitment, valid)
		}

		/// Attests a credential anew: with a new document and period, and without any finding
		/// or check of before. Signed by its issuer. A suspension by the issuer stays.
		///
		/// # Errors
		///
		/// `NotAnIssuer`, `PractitionerUnknown`, `CredentialUnknown`, `NotAnOperator`,
		/// `InstitutionSuspended`, `IssuerIsSuspended`, `NotIssuedByYou`, `NotTrustedForKind`,
		/// `CredentialIsRevoked`, `PeriodNotOrdered`, `PeriodAlreadyOver`, `StartsTooFarAhead`,
		/// `CommitmentInUse`, `CommitmentSpent`.
		///
		/// # Events
		///
		/// [`Event::CredentialRenewed`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::renew_credential())]
		pub fn renew_credential(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential: CredentialId,
			commitment: Commitment,
			valid: Period,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_renew_credential(who, practitioner, credential, commitment, valid)
		}

		/// Suspends a credential. Signed by its issuer.
		///
		/// # Errors
		///
		/// `NotAnIssuer`, `PractitionerUnknown`, `CredentialUnknown`, `NotAnOperator`,
		/// `InstitutionSuspended`, `IssuerIsSuspended`, `NotIssuedByYou`,
		/// `CredentialIsSuspended`, `CredentialIsRevoked`.
		///
		/// # Events
		///
		/// [`Event::CredentialSuspended`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::suspend_credential())]
		pub fn suspend_credential(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential: CredentialId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_suspend_credential(who, practitioner, credential)
		}

		/// Ends its issuer's suspension of a credential. Signed by its issuer. What oracles
		/// found stays.
		///
		/// # Errors
		///
		/// `NotAnIssuer`, `PractitionerUnknown`, `CredentialUnknown`, `NotAnOperator`,
		/// `InstitutionSuspended`, `IssuerIsSuspended`, `NotIssuedByYou`, `NotTrustedForKind`,
		/// `CredentialNotSuspended`.
		///
		/// # Events
		///
		/// [`Event::CredentialReinstated`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::reinstate_credential())]
		pub fn reinstate_credential(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential: CredentialId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reinstate_credential(who, practitioner, credential)
		}

		/// Registers the caller's second key. Signed by a practitioner who has none.
		///
		/// # Errors
		///
		/// `PractitionerUnknown`, `SecondKeyExists`,
		/// `SecondKeyIsAccount`.
		///
		/// # Events
		///
		/// [`Event::SecondKeyChanged`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::register_second_key())]
		pub fn register_second_key(origin: OriginFor<T>, key: SecondKey) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_second_key(who, key)
		}

		/// Replaces the caller's second key, with the old one's signature on
		/// (`REPLACE_SECOND_KEY_TAG`, the new key). Signed by a practitioner.
		///
		/// # Errors
		///
		/// `PractitionerUnknown`, `SecondKeyIsAccount`,
		/// `SecondKeyUnchanged`, `NoSecondKey`, `SecondFactorInvalid`.
		///
		/// # Events
		///
		/// [`Event::SecondKeyChanged`].
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::replace_second_key())]
		pub fn replace_second_key(
			origin: OriginFor<T>,
			key: SecondKey,
			confirmation: SecondFactor,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_replace_second_key(who, key, confirmation)
		}

		/// Sets a practitioner's second key, because the old one is lost. Signed by the
		/// operator of the institution that enrolled them.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `SecondKeyIsAccount`, `SecondKeyUnchanged`.
		///
		/// # Events
		///
		/// [`Event::SecondKeyChanged`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::reset_second_key())]
		pub fn reset_second_key(
			origin: OriginFor<T>,
			practitioner: AccountId,
			key: SecondKey,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reset_second_key(who, practitioner, key)
		}

		/// Registers an oracle and gives it an account. The account is never a practitioner's
		/// or an issuer's.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `OracleTaken`, `AccountIsPractitioner`, `AccountIsIssuer`, `AccountRotatedAway`,
		/// `InstitutionUnknown`, `TooManyOracles`.
		///
		/// # Events
		///
		/// [`Event::OracleRegistered`].
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::register_oracle())]
		pub fn register_oracle(
			origin: OriginFor<T>,
			account: AccountId,
			institution: Option<InstitutionId>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register_oracle(account, institution)
		}

		/// Removes an oracle. Its account keeps existing, and its reports count no more.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `OracleUnknown`.
		///
		/// # Events
		///
		/// [`Event::OracleRemoved`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::remove_oracle())]
		pub fn remove_oracle(origin: OriginFor<T>, account: AccountId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_remove_oracle(account)
		}

		/// Suspends an oracle, or reinstates it, which forgives what was counted against it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `OracleUnknown`, `StatusUnchanged`.
		///
		/// # Events
		///
		/// [`Event::OracleStatusChanged`].
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::set_oracle_status())]
		pub fn set_oracle_status(
			origin: OriginFor<T>,
			account: AccountId,
			status: RegistrationStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_oracle_status(account, status)
		}

		/// Sets how many oracles have to agree, and for how long what they say counts.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `QuorumOfNobody`, `QuorumTooLarge`, `ChecksForNoTime`, `ReportsForNoTime`,
		/// `NoMisbehaviourAllowed`.
		///
		/// # Events
		///
		/// [`Event::OracleTermsSet`].
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::set_oracle_terms())]
		pub fn set_oracle_terms(origin: OriginFor<T>, terms: OracleTerms) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_oracle_terms(terms)
		}

		/// Reports the status of a credential as its issuer publishes it: `evidence` is the
		/// hash of what was seen, `checked_at` when. If enough oracles agree with it, what they
		/// found takes hold. Signed by an oracle.
		///
		/// # Errors
		///
		/// `NotAnOracle`, `OracleIsSuspended`, `NoOracleTerms`, `PractitionerUnknown`,
		/// `CredentialUnknown`, `CheckedInTheFuture`, `CheckedBeforeAttested`, `ReportTooOld`,
		/// `ReportNotNewer`.
		///
		/// # Events
		///
		/// [`Event::StatusReported`], [`Event::StatusDecided`], [`Event::OracleContradicted`],
		/// [`Event::OracleStatusChanged`].
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::report_status())]
		pub fn report_status(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential: CredentialId,
			status: ReportedStatus,
			evidence: H256,
			checked_at: Milliseconds,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report_status(who, practitioner, credential, status, evidence, checked_at)
		}

		/// Ends an affiliation, other than to the institution that enrolled the practitioner.
		/// Signed by the practitioner or by the operator of that institution.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `NotYourInstitution`,
		/// `PractitionerUnknown`, `CannotLeaveHome`, `NotAffiliated`.
		///
		/// # Events
		///
		/// [`Event::AffiliationEnded`].
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(
			origin: OriginFor<T>,
			practitioner: AccountId,
			institution: InstitutionId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(who, practitioner, institution)
		}

		/// Offers that another institution answers for a practitioner. Signed by the operator
		/// of the institution that does so now.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `TransferToSelf`, `InstitutionUnknown`, `TransferAlreadyOffered`.
		///
		/// # Events
		///
		/// [`Event::TransferOffered`].
		#[pallet::call_index(27)]
		#[pallet::weight(T::WeightInfo::offer_transfer())]
		pub fn offer_transfer(
			origin: OriginFor<T>,
			practitioner: AccountId,
			to: InstitutionId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer_transfer(who, practitioner, to)
		}

		/// Withdraws the offer of a transfer. Signed by the practitioner or by the operator who
		/// offered it.
		///
		/// # Errors
		///
		/// `NoTransferOffered`, `NotAnOperator`, `InstitutionSuspended`, `NotEnrolledByYou`.
		///
		/// # Events
		///
		/// [`Event::TransferWithdrawn`].
		#[pallet::call_index(28)]
		#[pallet::weight(T::WeightInfo::withdraw_transfer())]
		pub fn withdraw_transfer(origin: OriginFor<T>, practitioner: AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_transfer(who, practitioner)
		}

		/// Takes over a practitioner whom another institution offered. The old home's
		/// attestations and its affiliation end; `credential_*` is the new home's attestation.
		/// Signed by the operator of the institution to which it was offered.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `NoTransferOffered`, `NotOfferedToYou`,
		/// `AppealIsOpen`, `TooManyPractitioners`, `PeriodNotOrdered`, `PeriodAlreadyOver`,
		/// `StartsTooFarAhead`, `CommitmentInUse`, `CommitmentSpent`, `NoCredentialIdLeft`,
		/// `TooManyCredentials`.
		///
		/// # Events
		///
		/// [`Event::PractitionerTransferred`].
		#[pallet::call_index(29)]
		#[pallet::weight(T::WeightInfo::accept_transfer())]
		pub fn accept_transfer(
			origin: OriginFor<T>,
			practitioner: AccountId,
			credential_kind: CredentialKind,
			credential_commitment: Commitment,
			credential_valid: Period,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_transfer(
				who,
				practitioner,
				credential_kind,
				credential_commitment,
				credential_valid,
			)
		}

		/// Lets a practitioner go on under another account. `key_agreement` is the BLAKE2-256 hash
		/// of the X-Wing public key to which record keys are wrapped from now on; the one of before
		/// counts no more unless it is named. `agreement` is the new account's, on
		/// [`rotate_account_agreement`](hdx_primitives::rotate_account_agreement). The DID of the old
		/// account is deactivated.
		///
		/// Signed by the practitioner, whose second key has to sign as well, or by the operator of
		/// the institution that enrolled them.
		///
		/// # Errors
		///
		/// `PractitionerUnknown`, `NotAnOperator`, `InstitutionSuspended`, `NotEnrolledByYou`,
		/// `AccountIsOperator`, `AccountIsIssuer`, `AccountIsOracle`, `AlreadyEnrolled`,
		/// `HeldByGovernance`, `AccountRotatedAway`, `AccountHasPast`, `SecondKeyIsAccount`,
		/// `AgreementOutdated`, `AgreementTooLong`, `NewAccountDoesNotConsent`, `NoSecondKey`,
		/// `SecondFactorMissing`, `SecondFactorInvalid`.
		///
		/// # Events
		///
		/// [`Event::AccountRotated`].
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::rotate_account())]
		pub fn rotate_account(
			origin: OriginFor<T>,
			practitioner: AccountId,
			new: AccountId,
			key_agreement: [u8; 32],
			agreement: Agreement,
			second_factor: Option<SecondFactor>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_rotate_account(who, practitioner, new, key_agreement, agreement, second_factor)
		}

		/// Appeals against the caller's own suspension. `statement` is the salted commitment to
		/// what is said. Signed by a suspended practitioner, or by the operator of a suspended or
		/// closed institution.
		///
		/// # Errors
		///
		/// `PractitionerUnknown`, `NotSuspended`, `AppealIsOpen`, `NoAppealIdLeft`.
		///
		/// # Events
		///
		/// [`Event::AppealFiled`].
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::appeal())]
		pub fn appeal(origin: OriginFor<T>, statement: Commitment) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_appeal(who, statement)
		}

		/// Answers this appeal and no other. Upheld, the suspension ends, whoever had ordered it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `AppealUnknown`.
		///
		/// # Events
		///
		/// [`Event::AppealDecided`].
		#[pallet::call_index(32)]
		#[pallet::weight(
			T::WeightInfo::decide_appeal().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn decide_appeal(
			origin: OriginFor<T>,
			appeal: AppealId,
			outcome: AppealOutcome,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_decide_appeal(appeal, outcome)
		}

		/// Withdraws the caller's own appeal. Signed by the practitioner who filed it, or by the
		/// operator of the institution that did.
		///
		/// # Errors
		///
		/// `AppealUnknown`, `NotYourAppeal`.
		///
		/// # Events
		///
		/// [`Event::AppealWithdrawn`].
		#[pallet::call_index(33)]
		#[pallet::weight(T::WeightInfo::withdraw_appeal())]
		pub fn withdraw_appeal(origin: OriginFor<T>, appeal: AppealId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_appeal(who, appeal)
		}

		/// Gives all that an account is registered for (the operator's office, that of a trusted
		/// issuer, that of an oracle) to an account that is nobody's yet. The old account can do
		/// nothing any more from this block on and is never used again; its DID is deactivated.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// `NoOffice`, `OperatorTaken`, `IssuerTaken`, `OracleTaken`, `AccountIsPractitioner`,
		/// `HeldByGovernance`, `AccountHasPast`, `AccountRotatedAway`.
		///
		/// # Events
		///
		/// [`Event::AccountReplaced`].
		#[pallet::call_index(34)]
		#[pallet::weight(
			T::WeightInfo::replace_account().saturating_add(T::OnVoiceChanged::weight())
		)]
		pub fn replace_account(
			origin: OriginFor<T>,
			from: AccountId,
			to: AccountId,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_replace_account(from, to)
		}

		/// Takes over a practitioner whose home has closed. `agreement` is the practitioner's, on
		/// [`take_over_agreement`](hdx_primitives::take_over_agreement); `credential_*` is the new
		/// home's attestation. A suspension stays until the new home, or governance where it is a
		/// hold, ends it. Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `HomeNotClosed`,
		/// `AgreementOutdated`, `AgreementTooLong`, `PractitionerDoesNotAgree`, `AppealIsOpen`,
		/// `TooManyPractitioners`, `PeriodNotOrdered`, `PeriodAlreadyOver`, `StartsTooFarAhead`,
		/// `CommitmentInUse`, `CommitmentSpent`, `NoCredentialIdLeft`, `TooManyCredentials`.
		///
		/// # Events
		///
		/// [`Event::PractitionerTransferred`].
		#[pallet::call_index(35)]
		#[pallet::weight(T::WeightInfo::take_over())]
		pub fn take_over(
			origin: OriginFor<T>,
			practitioner: AccountId,
			agreement: Agreement,
			credential_kind: CredentialKind,
			credential_commitment: Commitment,
			credential_valid: Period,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_take_over(
				who,
				practitioner,
				agreement,
				credential_kind,
				credential_commitment,
				credential_valid,
			)
		}
	}
}
