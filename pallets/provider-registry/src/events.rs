//! What happened: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An institution was registered.
		InstitutionRegistered {
			/// The institution.
			institution: InstitutionId,
			/// The account that acts for it.
			operator: AccountId,
			/// What it is.
			kind: InstitutionKind,
		},
		/// An institution's status changed.
		InstitutionStatusChanged {
			/// The institution.
			institution: InstitutionId,
			/// Its status from now on.
			status: InstitutionStatus,
		},
		/// A practitioner was enrolled.
		PractitionerEnrolled {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that answers for them.
			institution: InstitutionId,
			/// The institution's attestation.
			credential: CredentialId,
		},
		/// A practitioner's status changed.
		PractitionerStatusChanged {
			/// The practitioner.
			practitioner: AccountId,
			/// Their status from now on.
			status: PractitionerStatus,
			/// The institution that changed it; `None` for governance.
			by: Option<InstitutionId>,
		},
		/// A practitioner left the registry.
		PractitionerRemoved {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that had enrolled them.
			institution: InstitutionId,
		},
		/// A practitioner may act for one more institution.
		AffiliationAdded {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that took them on.
			institution: InstitutionId,
		},
		/// A credential was revoked.
		CredentialRevoked {
			/// Whom it is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// Its issuer.
			by: CredentialIssuer,
		},
		/// An institution was accredited.
		Accredited {
			/// The institution.
			institution: InstitutionId,
			/// For which scheme.
			scheme: Code,
			/// At which level.
			level: u8,
			/// When it holds.
			valid: Period,
		},
		/// An accreditation was renewed, and is in force again.
		AccreditationRenewed {
			/// The institution.
			institution: InstitutionId,
			/// Of which scheme.
			scheme: Code,
			/// At which level.
			level: u8,
			/// When it holds.
			valid: Period,
		},
		/// An accreditation was suspended, reinstated or revoked.
		AccreditationStatusChanged {
			/// The institution.
			institution: InstitutionId,
			/// Of which scheme.
			scheme: Code,
			/// Its status from now on.
			status: AccreditationStatus,
		},
		/// What institutions of a kind need to be accredited for changed.
		AccreditationRequired {
			/// The kind.
			kind: InstitutionKind,
			/// What they need from now on; `None` for nothing.
			requirement: Option<Requirement>,
		},
		/// A trusted issuer was registered.
		IssuerRegistered {
			/// The issuer.
			issuer: IssuerId,
			/// The account that attests for it.
			account: AccountId,
			/// What it may attest.
			kinds: TrustedKinds,
		},
		/// What an issuer may attest changed.
		IssuerKindsChanged {
			/// The issuer.
			issuer: IssuerId,
			/// What it may attest from now on.
			kinds: TrustedKinds,
		},
		/// An issuer's status changed.
		IssuerStatusChanged {
			/// The issuer.
			issuer: IssuerId,
			/// Its status from now on.
			status: RegistrationStatus,
		},
		/// A trusted issuer attested a credential.
		CredentialAttested {
			/// Whom it is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// Who attests it.
			issuer: IssuerId,
			/// What it attests.
			kind: CredentialKind,
		},
		/// A credential was renewed. It has no check any more.
		CredentialRenewed {
			/// Whom it is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// Its issuer.
			by: CredentialIssuer,
		},
		/// A credential was suspended.
		CredentialSuspended {
			/// Whom it is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// Its issuer.
			by: CredentialIssuer,
		},
		/// A suspended credential was reinstated.
		CredentialReinstated {
			/// Whom it is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// Its issuer.
			by: CredentialIssuer,
		},
		/// A practitioner has a new second key.
		SecondKeyChanged {
			/// The practitioner.
			practitioner: AccountId,
			/// BLAKE2-256 of the SCALE-encoded key from now on.
			key_hash: H256,
		},
		/// An oracle was registered.
		OracleRegistered {
			/// Its account.
			oracle: AccountId,
			/// The institution that runs it, if one does.
			institution: Option<InstitutionId>,
		},
		/// An oracle was removed. Its reports count no more.
		OracleRemoved {
			/// Its account.
			oracle: AccountId,
		},
		/// An oracle's status changed.
		OracleStatusChanged {
			/// Its account.
			oracle: AccountId,
			/// Its status from now on.
			status: RegistrationStatus,
		},
		/// The terms of oracles changed.
		OracleTermsSet {
			/// The terms from now on.
			terms: OracleTerms,
		},
		/// An oracle reported the status of a credential.
		StatusReported {
			/// The oracle.
			oracle: AccountId,
			/// Whom the credential is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// What it read.
			status: ReportedStatus,
			/// When it looked.
			checked_at: Milliseconds,
			/// Hash of what it saw.
			evidence: H256,
		},
		/// Enough oracles agreed on the status of a credential.
		StatusDecided {
			/// Whom the credential is about.
			practitioner: AccountId,
			/// The credential.
			credential: CredentialId,
			/// What they agree on.
			status: ReportedStatus,
			/// The oldest look of those who agree.
			at: Milliseconds,
			/// Hash of what was seen in it.
			evidence: H256,
		},
		/// An oracle contradicted what enough others agreed on.
		OracleContradicted {
			/// The oracle.
			oracle: AccountId,
			/// How often it did since it was registered or reinstated.
			misbehaviour: u32,
		},
		/// A practitioner no longer acts for an institution.
		AffiliationEnded {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution.
			institution: InstitutionId,
		},
		/// An institution offered that another answers for a practitioner.
		TransferOffered {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that answers for them now.
			from: InstitutionId,
			/// The institution that may take over.
			to: InstitutionId,
		},
		/// The offer of a transfer was withdrawn.
		TransferWithdrawn {
			/// The practitioner.
			practitioner: AccountId,
		},
		/// Another institution answers for a practitioner.
		PractitionerTransferred {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution of before.
			from: InstitutionId,
			/// The institution from now on.
			to: InstitutionId,
		},
		/// A practitioner goes on under another account.
		AccountRotated {
			/// The account of before.
			from: AccountId,
			/// The account from now on.
			to: AccountId,
		},
		/// Somebody suspended appealed.
		AppealFiled {
			/// The appeal.
			appeal: AppealId,
			/// Who.
			appellant: Appellant,
			/// Salted commitment to the statement.
			statement: Commitment,
		},
		/// An appeal was answered: by a decision about it, or because governance itself ended the
		/// suspension or ordered another one.
		AppealDecided {
			/// The appeal.
			appeal: AppealId,
			/// Who had appealed.
			appellant: Appellant,
			/// The answer.
			outcome: AppealOutcome,
		},
		/// An appeal was withdrawn by who had filed it.
		AppealWithdrawn {
			/// The appeal.
			appeal: AppealId,
			/// Who had appealed.
			appellant: Appellant,
		},
		/// Governance gave all that an account was registered for to another account.
		AccountReplaced {
			/// The account of before.
			from: AccountId,
			/// The account from now on.
			to: AccountId,
			/// The institution that it operates.
			institution: Option<InstitutionId>,
			/// The trusted issuer for which it attests.
			issuer: Option<IssuerId>,
			/// Whether it is an oracle's.
			is_oracle: bool,
		},
	}
}
