//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The signer does not operate an active institution.
		NotAnOperator,
		/// The account is a patient already.
		AlreadyPatient,
		/// The account operates an institution; a patient needs an account of their own.
		PatientIsOperator,
		/// The signer is not a patient. An institution sponsors patients.
		NotAPatient,
		/// No template with that number was published.
		TemplateUnknown,
		/// The policy has no root provision.
		EmptyPolicy,
		/// A provision's parent does not come before it.
		ParentNotBefore,
		/// A provision is nested too deep.
		TooDeep,
		/// A period does not start before it ends.
		PeriodNotOrdered,
		/// A provision names an actor by identifier. Hashes of identifiers are personal data; name
		/// the account, institution, role or group.
		IdentifierActorOnChain,
		/// The consent would have ended before it was given.
		AlreadyEnded,
		/// The patient has as many consents in force as are allowed; revoke one first.
		TooManyConsents,
		/// There is no such consent.
		ConsentUnknown,
		/// The consent is another patient's.
		NotYourConsent,
		/// The consent was revoked before.
		AlreadyRevoked,
		/// Every number has been given away.
		NoNumberLeft,
		/// The consent was revoked, and cannot be changed any more. Grant another.
		ConsentIsRevoked,
		/// The consent's time is over, and it cannot be changed any more. Grant another.
		ConsentHasEnded,
		/// The consent says that already.
		NothingAmended,
		/// The consent has as many versions as are allowed. Revoke it and grant another.
		TooManyVersions,
		/// The consent has no such version.
		VersionUnknown,
		/// The consent has no end that could be moved.
		NothingToExtend,
		/// The consent lasts that long already.
		NotAnExtension,
		/// A frequency of no disclosures at all. Leave the limit out, or deny.
		FrequencyOfNoAccess,
		/// A frequency needs a window of time to count in.
		FrequencyPerNoTime,
		/// The time by which everything must be erased has passed.
		EraseByPassed,
		/// The consent would begin when everything must have been erased.
		ErasedBeforeItBegins,
		/// A renewal must extend the consent by some time.
		RenewalByNoTime,
		/// A renewal must happen at least once. Leave it out otherwise.
		RenewalNeverHappens,
		/// A renewal needs a notice, so that the patient can stop it.
		RenewalWithoutNotice,
		/// The notice must be shorter than what the renewal extends by.
		NoticeTooLong,
		/// Only a consent that has an end can be renewed.
		RenewalWithoutEnd,
		/// The consent is not renewed.
		NoRenewal,
		/// The renewal was stopped before.
		RenewalAlreadyStopped,
		/// The consent was renewed for the last time.
		NoRenewalLeft,
		/// That version of the consent sets no time by which to erase.
		NothingToErase,
		/// The institution confirmed that before.
		AlreadyConfirmed,
		/// That version of that document was published before.
		TemplateAlreadyPublished,
		/// As many templates are in use as are allowed; retire one first.
		TooManyTemplates,
		/// The template was retired; no consent can be given under it.
		TemplateIsRetired,
		/// The template was retired before.
		TemplateAlreadyRetired,
		/// The emergency override is set like that already.
		EmergencyOverrideUnchanged,
		/// The account that is asked is not a patient.
		PatientUnknown,
		/// Nobody needs to ask themselves.
		RequestToOneself,
		/// The signer neither operates the institution nor may act for it in that role now.
		NotInGoodStanding,
		/// A request must say for what purposes.
		PurposeMissing,
		/// The patient has as many requests to answer as are allowed.
		TooManyRequestsToPatient,
		/// The signer waits for as many answers as are allowed; withdraw a request first.
		TooManyRequestsByRequester,
		/// No request with that number was made.
		RequestUnknown,
		/// The request was answered, withdrawn or dropped. An answer counts once.
		RequestClosed,
		/// The request has expired. The provider has to ask again.
		RequestExpired,
		/// The request is to another patient.
		NotYourRequest,
		/// Somebody else made the request.
		NotTheRequester,
		/// The request is about another document.
		OtherTemplateRequested,
		/// The policy permits more than was asked for.
		WiderThanRequested,
		/// The terms are laxer than what was asked for.
		LaxerThanRequested,
		/// A set of guardians has at least one. To have none, name no set.
		NoGuardians,
		/// There are more guardians than are allowed.
		TooManyGuardians,
		/// At least one guardian must agree.
		ThresholdZero,
		/// More guardians would have to agree than there are.
		ThresholdAboveGuardians,
		/// A guardian is named twice.
		DuplicateGuardian,
		/// Nobody is their own guardian.
		PatientAsGuardian,
		/// The operator of an institution cannot be a guardian: it would approve its own requests.
		GuardianIsOperator,
		/// The objection delay is longer than is allowed.
		ObjectionDelayTooLong,
		/// The guardians are these already, and nobody is to replace them.
		GuardiansUnchanged,
		/// The signer is not a guardian of that patient.
		NotAGuardian,
		/// The guardians cannot act yet.
		GuardianshipNotBegun,
		/// The guardianship has ended.
		GuardianshipOver,
		/// The guardians or the delegate may not do that.
		NotWithinPowers,
		/// The consent goes beyond the scope of the guardians.
		WiderThanGuardianship,
		/// The patient replaces no guardians at present.
		NoReplacementPending,
		/// There are as many proposals about the patient as are allowed.
		TooManyProposals,
		/// No proposal with that number was made.
		ProposalUnknown,
		/// The proposal was carried out, objected to or dropped.
		ProposalClosed,
		/// The proposal has expired.
		ProposalExpired,
		/// The signer approved the proposal before.
		AlreadyApproved,
		/// Enough guardians approved the proposal.
		AlreadyAgreed,
		/// Not enough guardians approved the proposal.
		ThresholdNotReached,
		/// The patient can still object.
		ObjectionDelayRunning,
		/// The proposal is about another patient.
		NotYourProposal,
		/// Nobody is their own delegate.
		PatientAsDelegate,
		/// The operator of an institution cannot be a delegate: it would approve its own requests.
		DelegateIsOperator,
		/// A delegate's scope must be narrower than the patient's own: limit something.
		DelegationUnlimited,
		/// The delegate may do exactly that already.
		DelegationUnchanged,
		/// The patient has as many delegates as are allowed.
		TooManyDelegates,
		/// The account is not a delegate of that patient.
		NotADelegate,
		/// The delegate cannot act yet.
		DelegationNotBegun,
		/// The delegation has ended.
		DelegationOver,
		/// The consent goes beyond the scope of the delegate.
		WiderThanDelegation,
		/// A delegate can only change what the delegate gave.
		NotGivenByDelegate,
	}
}
