//! What happened: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account became a patient.
		PatientSponsored {
			/// The account.
			patient: AccountId,
			/// The institution that sponsored it.
			sponsor: InstitutionId,
		},
		/// A consent document was published.
		TemplatePublished {
			/// Its number.
			template: TemplateId,
			/// BLAKE2b-256 of its URI.
			uri_hash: [u8; 32],
			/// Its version.
			version: u32,
		},
		/// A consent was granted.
		ConsentGranted {
			/// Its number.
			consent: ConsentId,
			/// Whose it is.
			patient: AccountId,
			/// Its version.
			version: u32,
			/// The template of the document that was signed.
			template: TemplateId,
			/// Who granted it.
			granted_by: GrantedBy,
		},
		/// A consent was revoked.
		ConsentRevoked {
			/// Its number.
			consent: ConsentId,
			/// Whose it was.
			patient: AccountId,
			/// Who revoked it: the patient, a delegate, or a guardian for all of them.
			by: AccountId,
		},
		/// The decision rules were changed.
		DecisionRulesChanged {
			/// The rules from now on.
			rules: Rules,
		},
		/// A consent has a new version. Grants of the old one hold only if the new one permits
		/// the same.
		ConsentAmended {
			/// Its number.
			consent: ConsentId,
			/// Whose it is.
			patient: AccountId,
			/// The new version.
			version: u32,
			/// Who gave it.
			granted_by: GrantedBy,
			/// Hash of the new version, which chains it to those before.
			hash: H256,
		},
		/// The time began in which a patient is asked whether a consent should go on.
		RenewalNoticeOpened {
			/// The consent.
			consent: ConsentId,
			/// Whose it is.
			patient: AccountId,
			/// Its version.
			version: u32,
			/// The number of the renewal, counted from one.
			renewal: u32,
			/// When it is renewed, unless the patient stops it before.
			ends_at: Milliseconds,
		},
		/// A consent went on by its renewal terms.
		ConsentRenewed {
			/// The consent.
			consent: ConsentId,
			/// Whose it is.
			patient: AccountId,
			/// Its version.
			version: u32,
			/// The number of the renewal, counted from one.
			renewal: u32,
			/// When it ends now.
			until: Milliseconds,
		},
		/// A consent will not be renewed any more.
		RenewalStopped {
			/// The consent.
			consent: ConsentId,
			/// Whose it is.
			patient: AccountId,
			/// Its version.
			version: u32,
			/// When it ends.
			ends_at: Milliseconds,
		},
		/// An institution confirmed that it erased what it was given.
		ErasureConfirmed {
			/// Under which consent.
			consent: ConsentId,
			/// About which patient.
			patient: AccountId,
			/// Under which version.
			version: u32,
			/// Who erased.
			institution: InstitutionId,
			/// Salted hash of the record of the erasure.
			commitment: Commitment,
			/// Whether it should have been erased before.
			is_late: bool,
		},
		/// A consent document was retired. No consent is given under it from now on.
		TemplateRetired {
			/// Its number.
			template: TemplateId,
		},
		/// A patient allowed the emergency override, or opted out of it.
		EmergencyOverrideSet {
			/// Who.
			patient: AccountId,
			/// Whether it is allowed.
			allowed: bool,
		},
		/// A provider asked a patient for a consent.
		ConsentRequested {
			/// The number of the request.
			request: RequestId,
			/// Who asks.
			requester: AccountId,
			/// For which institution.
			on_behalf_of: InstitutionId,
			/// Who is asked.
			patient: AccountId,
			/// The first moment at which it cannot be approved any more.
			expires_at: Milliseconds,
		},
		/// A request was approved, as a whole or in part.
		ConsentRequestApproved {
			/// The request.
			request: RequestId,
			/// The patient.
			patient: AccountId,
			/// What was granted.
			consent: ConsentId,
		},
		/// A request was denied.
		ConsentRequestDenied {
			/// The request.
			request: RequestId,
			/// The patient.
			patient: AccountId,
			/// Why, as a code of any code system.
			reason: Option<Code>,
		},
		/// A request was taken back.
		ConsentRequestWithdrawn {
			/// The request.
			request: RequestId,
			/// Who had made it.
			requester: AccountId,
		},
		/// A patient's guardians took office, or left it without successors. What guardians had
		/// proposed before is void.
		GuardiansInstalled {
			/// The patient.
			patient: AccountId,
			/// How many there are.
			count: u32,
			/// How many must agree.
			threshold: u32,
		},
		/// A patient wants other guardians, or none.
		GuardianReplacementPending {
			/// The patient.
			patient: AccountId,
			/// When it is so, unless the guardians object.
			takes_effect_at: Milliseconds,
		},
		/// The guardians stay: the patient changed their mind, or the guardians objected.
		GuardianReplacementCancelled {
			/// The patient.
			patient: AccountId,
		},
		/// A guardian proposed something.
		ProposalMade {
			/// The number of the proposal.
			proposal: ProposalId,
			/// About which patient.
			patient: AccountId,
			/// Who proposed it.
			guardian: AccountId,
		},
		/// A guardian approved a proposal.
		ProposalApproved {
			/// The proposal.
			proposal: ProposalId,
			/// Who approved it.
			guardian: AccountId,
		},
		/// Enough guardians approved. The patient can object until the proposal is carried out.
		ProposalAgreed {
			/// The proposal.
			proposal: ProposalId,
			/// From when on it can be carried out.
			ready_at: Milliseconds,
		},
		/// The patient objected; the proposal is void.
		ProposalObjected {
			/// The proposal.
			proposal: ProposalId,
			/// The patient.
			patient: AccountId,
		},
		/// A proposal was carried out.
		ProposalExecuted {
			/// The proposal.
			proposal: ProposalId,
			/// About which patient.
			patient: AccountId,
		},
		/// A patient named a delegate, or changed what the delegate may do.
		DelegateNamed {
			/// The patient.
			patient: AccountId,
			/// The delegate.
			delegate: AccountId,
		},
		/// A delegate may not act any more.
		DelegateRevoked {
			/// The patient.
			patient: AccountId,
			/// Who was the delegate.
			delegate: AccountId,
		},
	}
}
