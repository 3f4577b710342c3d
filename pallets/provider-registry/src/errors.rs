//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The account operates an institution already; each institution needs its own operator.
		OperatorTaken,
		/// The account is a practitioner and cannot be an operator, issuer or oracle too.
		AccountIsPractitioner,
		/// The account operates an institution and cannot be a practitioner too.
		AccountIsOperator,
		/// Every institution id is in use.
		NoInstitutionIdLeft,
		/// There is no institution with this id.
		InstitutionUnknown,
		/// The institution is suspended or closed, so its operator can do nothing.
		InstitutionSuspended,
		/// The caller operates no institution.
		NotAnOperator,
		/// The account is not an enrolled practitioner.
		PractitionerUnknown,
		/// The practitioner is enrolled already; another institution can add an affiliation.
		AlreadyEnrolled,
		/// The institution enrolled as many practitioners as can be counted.
		TooManyPractitioners,
		/// A practitioner needs at least one role.
		NoRoles,
		/// A role is named twice, so it would be unclear under which taxonomy code it is held.
		RoleRepeated,
		/// The period ends before, or when, it starts.
		PeriodNotOrdered,
		/// The period has ended already.
		PeriodAlreadyOver,
		/// Another institution enrolled the practitioner.
		NotEnrolledByYou,
		/// Somebody else issued the credential.
		NotIssuedByYou,
		/// The credential is revoked already.
		CredentialAlreadyRevoked,
		/// The practitioner may act for this institution already.
		AlreadyAffiliated,
		/// The practitioner acts for as many institutions as one may.
		TooManyAffiliations,
		/// It has this status already.
		StatusUnchanged,
		/// Governance suspended the practitioner, and only governance can change that.
		HeldByGovernance,
		/// The period starts too far in the future.
		StartsTooFarAhead,
		/// The institution is accredited for this scheme already; renew the accreditation.
		AlreadyAccredited,
		/// The institution has as many accreditations as one may.
		TooManyAccreditations,
		/// The institution was never accredited for this scheme.
		AccreditationUnknown,
		/// The accreditation was revoked; only a renewal brings it back.
		AccreditationIsRevoked,
		/// Institutions of this kind need exactly that already.
		RequirementUnchanged,
		/// The account is an issuer's already.
		IssuerTaken,
		/// The account is a trusted issuer's and cannot be a practitioner's or an oracle's too.
		AccountIsIssuer,
		/// An issuer needs something that it may attest.
		NoKinds,
		/// A kind of credential is named twice.
		KindRepeated,
		/// The issuer may attest exactly that already.
		KindsUnchanged,
		/// Every issuer id is in use.
		NoIssuerIdLeft,
		/// There is no issuer with this id.
		IssuerUnknown,
		/// The caller is no issuer of credentials.
		NotAnIssuer,
		/// The issuer is suspended, so it can do nothing.
		IssuerIsSuspended,
		/// The issuer is not trusted for this kind of credential.
		NotTrustedForKind,
		/// Nobody attests themselves.
		SelfAttestation,
		/// This issuer attests this commitment in another credential; salt it anew.
		CommitmentInUse,
		/// Every credential id is in use.
		NoCredentialIdLeft,
		/// The practitioner has as many credentials as one may, and all of them may still stand.
		TooManyCredentials,
		/// The practitioner has no credential with this id.
		CredentialUnknown,
		/// The credential was revoked, for good. Attest another.
		CredentialIsRevoked,
		/// The credential is suspended already.
		CredentialIsSuspended,
		/// The credential is not suspended by its issuer.
		CredentialNotSuspended,
		/// There is a second key already; replace it.
		SecondKeyExists,
		/// The second key would be the account's own key.
		SecondKeyIsAccount,
		/// This is the second key already.
		SecondKeyUnchanged,
		/// There is no second key yet; register one.
		NoSecondKey,
		/// The second key has to sign this.
		SecondFactorMissing,
		/// The second key's signature is on something else, by another key, outdated, valid for too
		/// long, or used before.
		SecondFactorInvalid,
		/// The account is an oracle already.
		OracleTaken,
		/// The account is an oracle and cannot be a practitioner's or an issuer's too.
		AccountIsOracle,
		/// There are as many oracles as there may be.
		TooManyOracles,
		/// There is no such oracle.
		OracleUnknown,
		/// A quorum needs at least one oracle.
		QuorumOfNobody,
		/// The quorum is larger than there may be oracles.
		QuorumTooLarge,
		/// A check would count for no time at all.
		ChecksForNoTime,
		/// A report would count for no time at all.
		ReportsForNoTime,
		/// An oracle would be suspended before it contradicts anybody.
		NoMisbehaviourAllowed,
		/// The caller is no oracle.
		NotAnOracle,
		/// The oracle is suspended, so its reports do not count.
		OracleIsSuspended,
		/// Governance has set no terms for oracles yet.
		NoOracleTerms,
		/// The look would be in the future; set the oracle's clock.
		CheckedInTheFuture,
		/// The look was before the credential was attested or renewed. Look again.
		CheckedBeforeAttested,
		/// The look is too long ago. Look again.
		ReportTooOld,
		/// The oracle reported this look, or a later one, already.
		ReportNotNewer,
		/// The caller operates another institution.
		NotYourInstitution,
		/// The institution that enrolled a practitioner is left by transfer or removal.
		CannotLeaveHome,
		/// The practitioner does not act for this institution.
		NotAffiliated,
		/// The institution answers for the practitioner already.
		TransferToSelf,
		/// A transfer is offered already; withdraw it first.
		TransferAlreadyOffered,
		/// No transfer of this practitioner is offered.
		NoTransferOffered,
		/// The transfer is offered to another institution.
		NotOfferedToYou,
		/// Whoever this account belonged to goes on under another one; this one is never used again.
		AccountRotatedAway,
		/// The new account did not sign that it follows the old one on this chain.
		NewAccountDoesNotConsent,
		/// There is no suspension to appeal against.
		NotSuspended,
		/// An appeal is open; it has to be answered or withdrawn first.
		AppealIsOpen,
		/// There is no open appeal with this number.
		AppealUnknown,
		/// The new account was that of somebody who was rotated before.
		AccountHasPast,
		/// This issuer attested a credential of this kind already; renew that one.
		AlreadyAttested,
		/// The second key is no point of prime order in its canonical encoding.
		SecondKeyUnsound,
		/// This issuer attested this commitment before, and the credential was revoked, renewed, removed
		/// or has expired; salt it anew.
		CommitmentSpent,
		/// Somebody else filed the appeal.
		NotYourAppeal,
		/// Every number of an appeal is in use.
		NoAppealIdLeft,
		/// The account is no operator, issuer or oracle, so there is nothing to give to another one.
		NoOffice,
		/// The institution that enrolled the practitioner has not closed; it has to offer the transfer.
		HomeNotClosed,
		/// The practitioner did not sign that this institution answers for them on this chain.
		PractitionerDoesNotAgree,
		/// The agreement is outdated; sign anew.
		AgreementOutdated,
		/// The agreement would be valid for too long; sign for a shorter time.
		AgreementTooLong,
	}
}
