//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The signer operates no active institution.
		NotAnOperator,
		/// The signer's institution is not the custodian of the record.
		NotTheCustodian,
		/// The account is not a patient.
		PatientUnknown,
		/// No sections were named.
		NoSections,
		/// There are more sections than a record may have, or than this record has.
		TooManySections,
		/// Every identifier was given out.
		IdentifiersExhausted,
		/// The record is not registered.
		RecordUnknown,
		/// The record belongs to another patient.
		RecordOfAnotherPatient,
		/// Access was asked for no time at all.
		ZeroDuration,
		/// Access was asked for longer than a grant may hold.
		DurationTooLong,
		/// A patient needs no grant for their own record.
		SelfGrant,
		/// An action is named twice.
		DuplicateAction,
		/// The grant was never issued.
		GrantUnknown,
		/// The grant was withdrawn.
		GrantRevoked,
		/// The grant's time is over.
		GrantExpired,
		/// No uses are left of the grant.
		GrantUsedUp,
		/// The consents of today permit under other obligations than the grant's. Ask again.
		GrantOutdated,
		/// The grant is for bringing data in; nothing is released under it.
		GrantReleasesNothing,
		/// The grant is about another record.
		RecordNotCovered,
		/// The signer may not withdraw this grant.
		MayNotRevoke,
		/// The grantee is no longer an enrolled practitioner.
		PractitionerUnknown,
		/// The grantee is suspended.
		PractitionerSuspended,
		/// The grantee is no longer affiliated to the institution.
		NotAffiliated,
		/// The grantee's institution is not registered.
		InstitutionUnknown,
		/// The grantee's institution is suspended.
		InstitutionSuspended,
		/// The grantee no longer holds the role.
		RoleNotHeld,
		/// The grantee's credential is not valid yet.
		CredentialNotYetValid,
		/// The grantee's credential has expired.
		CredentialExpired,
		/// The grantee's credential was revoked.
		CredentialRevoked,
		/// The purpose needs a higher assurance level than the grantee has.
		AssuranceTooLow,
		/// The role matrix no longer lets the role do this for this purpose.
		RoleNotPermitted,
		/// A consent now denies.
		ConsentDenied,
		/// No consent decides any more.
		NoConsent,
		/// The consent that permits is not in force.
		ConsentNotInForce,
		/// As many disclosures as the consent allows in one window of time were made in this one.
		FrequencyExceeded,
		/// The grantee's institution lacks an accreditation in force that its kind needs.
		AccreditationMissing,
		/// The issuer of the grantee's credential is suspended.
		IssuerSuspended,
		/// The issuer of the grantee's credential is no longer trusted for its kind.
		IssuerNotTrusted,
		/// The grantee's credential is suspended.
		CredentialSuspended,
		/// The grantee has no licence by a trusted issuer.
		LicenceMissing,
		/// The grantee's licence was never checked with its issuer.
		CheckMissing,
		/// The last check of the grantee's licence is too old.
		CheckStale,
		/// The grantee has no second key any more.
		SecondKeyMissing,
		/// The operation is not signed with the second key.
		SecondFactorMissing,
		/// The second key's signature does not hold.
		SecondFactorInvalid,
		/// The grantee goes on under another account. Ask again with that one.
		KeyRotated,
		/// Breaking the glass always needs the highest level.
		LevelIsFixed,
		/// The grantee's keys were recovered, and no licence was attested or renewed since.
		LicenceUnconfirmed,
		/// Without a consent, an emergency needs the glass to be broken.
		BreakGlassNeeded,
		/// The patient opted out of the emergency override.
		EmergencyOptOut,
		/// The institution has too many reviews of break-glasses overdue.
		ReviewsOverdue,
		/// The glass is broken for `BTG` or `ETREAT` alone.
		NotAnEmergency,
		/// Whoever breaks the glass may read, and nothing else.
		EmergencyOnlyReads,
		/// The glass was to be broken for longer than the terms allow.
		EmergencyTooLong,
		/// The grant breaks no glass, so there is nothing to review.
		NotABreakGlass,
		/// The review was closed before.
		ReviewClosed,
		/// Who broke the glass cannot review it, under whatever account.
		OwnReview,
		/// The signer is neither the operator nor a privacy officer of the institution.
		MayNotReview,
		/// The longest emergency is out of bounds.
		EmergencyDurationOutOfRange,
		/// The number of uses is out of bounds.
		EmergencyUsesOutOfRange,
		/// The time for a review is out of bounds.
		ReviewDeadlineOutOfRange,
		/// More reviews would be allowed to be overdue than are looked at.
		OverdueLimitTooHigh,
		/// The batch uses no grant.
		EmptyBatch,
		/// The grants of a batch have to be sorted by grant, then record, and each pair named once.
		UsesNotOrdered,
		/// A grant of the batch is used not even once.
		NoUses,
		/// The uses of all grants are not as many as the leaves of the batch.
		CountMismatch,
		/// The period of the batch ends before it begins, or in the future.
		PeriodInvalid,
		/// The period of the batch began too long ago. Report more often.
		BatchTooOld,
		/// The grant was issued after the last disclosure of the batch.
		BatchBeforeGrant,
		/// What is disclosed under a break-glass is recorded one by one.
		EmergencyNotBatched,
		/// The pair of grant and record at `position` of the batch, counted from zero, was refused, and
		/// the whole batch with it. `error` is the index of the variant of this enumeration that says why.
		RefusedInBatch {
			/// Which pair.
			position: u8,
			/// Why: the index of another variant.
			error: u8,
		},
		/// The institution keeps the record already.
		AlreadyTheCustodian,
		/// The institution that the record is offered to is not registered, or not active.
		ReceiverNotActive,
		/// The record is offered to somebody already. Withdraw that offer first.
		OfferOpen,
		/// The record is not offered to anybody.
		NoOffer,
		/// The record is neither the signer's institution's nor offered to it.
		NotPartyToOffer,
		/// A record that was sealed anew has keys of a later generation.
		EpochNotLater,
		/// The patient restricted disclosures for this purpose.
		RestrictedByPatient,
		/// A restriction for no purpose restricts nothing.
		RestrictsNothing,
		/// The purposes of a restriction have to be sorted, and each named once.
		PurposesNotOrdered,
		/// The signer is neither the patient nor a guardian whose scope includes what is restricted.
		MayNotRestrict,
		/// The same restriction is in force.
		AlreadyRestricted,
		/// The patient set the restriction: a guardian may narrow it, and neither loosen nor lift it.
		SetByPatient,
		/// The patient has as many restrictions as one may have.
		TooManyRestrictions,
		/// Nothing is restricted.
		NoRestriction,
		/// The signer is neither the patient nor a guardian.
		MayNotDispute,
		/// The record is disputed already. Wait for the answer.
		DisputeOpen,
		/// The patient has as many open disputes as one may have.
		TooManyDisputes,
		/// Nobody disputes the record.
		NoDispute,
		/// The dispute was answered before.
		DisputeClosed,
		/// The record was erased.
		RecordErased,
		/// A record of the patient with this manifest was erased.
		ManifestErased,
		/// What is about the patient is under a legal hold, and nothing of it may be erased.
		LegalHold,
		/// The signer is neither the patient nor a guardian for all purposes.
		MayNotRequestErasure,
		/// The erasure of the record was asked for already. Wait for the answer.
		ErasureRequested,
		/// Nobody asked for the erasure of the record.
		NoErasureRequest,
		/// Payment and research are about a claim or a study, which the context has to name.
		ContextMissing,
		/// The grant is for being shown data; nothing is brought in under it.
		GrantBringsNothingIn,
		/// The record has this manifest already. Seal the new version with another salt.
		ManifestUnchanged,
		/// A record of the patient had this manifest before its present one. Seal the new version with
		/// another salt.
		ManifestSuperseded,
		/// A new version has keys of the same generation or of a later one.
		EpochEarlier,
		/// A version that only adds has at least as many sections as the one before.
		SectionsRemoved,
		/// The record was retired. Reinstate it first.
		RecordRetired,
		/// The consent limits how often it is used, so it permits single records alone. Ask for one.
		RecordNotNamed,
		/// The record is not retired.
		NotRetired,
		/// The record has another version now than the one that was named. Look at it first.
		VersionMismatch,
		/// A proof of access is about one record. Name it.
		ProofNeedsRecord,
		/// A proof of access is about one class of data, not none or several.
		ProofNeedsOneClass,
		/// A shielded consent names no labels, so none can be asked for with a proof.
		ProofNamesNoLabels,
		/// A shielded consent lets somebody read, and nothing else.
		ProofOnlyReads,
		/// Access was asked for longer than a grant by proof may hold. Prove again when it ended.
		ProvenTooLong,
		/// No category of shielded consents stands for the class.
		ClassWithoutCategory,
		/// Shielded consents cannot name the purpose.
		PurposeWithoutPlace,
		/// The nullifier is not below the field's order.
		NullifierTooLarge,
		/// The snapshot was not taken yet.
		SnapshotUnknown,
		/// The snapshot does not count any more. Make the proof about a later one.
		SnapshotTooOld,
		/// The tree had no consent at that snapshot.
		TreeNotInSnapshot,
		/// The bytes are no tag: they are not below the field's order, or zero.
		NotATag,
		/// The subject tag of this version of the record is set. It changes with a new version.
		SubjectTagSet,
		/// The requester registered no tag that a proof of access could know them by.
		ProviderTagMissing,
		/// The custodian set no tag by which a proof of access could know whose record it is.
		SubjectTagMissing,
		/// The version of the circuit by which shielded consents are revoked is not active.
		RevocationInactive,
		/// The version of the circuit of the proof is not active.
		CircuitInactive,
		/// The consent was proven for this record, category and purpose about this snapshot before; or the slot of the day was
		/// used.
		ProofUsed,
		/// The proof does not prove that a consent permits this, or that a licensed clinician does it.
		NotProven,
		/// The subject tag was withdrawn in this version of the record. Another one is set with a new version.
		SubjectTagWithdrawn,
		/// The root of the tree of licences is not the present one, nor one of the last minutes. Prove about the present one.
		LicenceRootNotRecent,
		/// The auditor for whom the identity is encrypted is not in office. Without one in office, nobody breaks the glass by
		/// proof.
		AuditorNotInOffice,
		/// The time of the proof is minutes from the block's.
		ProofTimeTooFar,
		/// The bytes are no encrypted identity: they are not the one encoding of a point of Jubjub in the subgroup of prime
		/// order and a number of the field, or everybody could read it.
		IdentityMalformed,
		/// Section keys were to be wrapped for this key before. Draw another one for each emergency.
		RecipientUsed,
		/// The reviewer has, or had, a licence in the tree of licences, and may be who broke the glass.
		ReviewerHadLicence,
	}
}
