//! What happened: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A record was registered.
		RecordRegistered {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A request was granted.
		AccessGranted {
			/// The grant.
			grant: GrantId,
			/// Who may use it.
			grantee: AccountId,
			/// About whom.
			patient: AccountId,
			/// The first moment at which it no longer holds.
			expires_at: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A request was denied.
		AccessDenied {
			/// Who asked.
			requester: AccountId,
			/// About whom.
			patient: AccountId,
			/// Why it was denied.
			reason: DenialReason,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A grant was withdrawn.
		GrantRevoked {
			/// The grant.
			grant: GrantId,
			/// Who withdrew it.
			by: AccountId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A custodian confirmed what it released.
		DisclosureRecorded {
			/// Under which grant.
			grant: GrantId,
			/// From which record.
			record: RecordId,
			/// How many sections.
			sections: u32,
			/// Salted commitment to the list of them.
			disclosure: Commitment,
			/// How many disclosures may still be made under the grant.
			uses_left: u32,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A cell of the role matrix was set.
		RolePermissionsSet {
			/// The role.
			role: Role,
			/// The purpose of use.
			purpose: Code,
			/// What the role may now do for it.
			actions: PermittedActions,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// How sure the chain must be of who does something for a purpose was set.
		RequiredLevelSet {
			/// The purpose of use.
			purpose: Code,
			/// What is done.
			action: Action,
			/// The level that is needed now.
			level: AssuranceLevel,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// Somebody broke the glass. For the patient, their guardians and the privacy officer, who is
		/// the institution's operator.
		GlassBroken {
			/// The grant, which is also the identifier of the pending review.
			grant: GrantId,
			/// Who broke it; by proof, who signed for the institution.
			practitioner: AccountId,
			/// For which institution.
			institution: InstitutionId,
			/// About whom.
			patient: AccountId,
			/// Who speaks for the patient, if anybody does.
			guardians: Accounts,
			/// Why.
			reason: OverrideReason,
			/// What the consents said.
			overridden: Overridden,
			/// The first moment at which the grant no longer holds.
			expires_at: Milliseconds,
			/// The first moment at which the review is overdue.
			deadline: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// Somebody tried to break the glass.
		BreakGlassDenied {
			/// Who; by proof, who signed for the institution.
			practitioner: AccountId,
			/// For which institution.
			institution: InstitutionId,
			/// About whom.
			patient: AccountId,
			/// Why it was denied.
			reason: DenialReason,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A break-glass was reviewed.
		BreakGlassReviewed {
			/// The grant.
			grant: GrantId,
			/// About whom.
			patient: AccountId,
			/// For which institution the glass was broken.
			institution: InstitutionId,
			/// Who reviewed.
			reviewer: AccountId,
			/// What was found.
			outcome: ReviewOutcome,
			/// Salted commitment to the written finding.
			finding: Commitment,
			/// Whether the deadline had passed.
			is_late: bool,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The terms of breaking the glass were set.
		EmergencyTermsSet {
			/// The terms from now on.
			terms: EmergencyTerms,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A custodian confirmed many disclosures at once.
		DisclosuresRecorded {
			/// The batch.
			batch: BatchId,
			/// Who released.
			custodian: InstitutionId,
			/// The root of the tree over the disclosures.
			root: H256,
			/// How many there are.
			count: u32,
			/// When the first of them was made.
			first_at: Milliseconds,
			/// When the last of them was made.
			last_at: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A record was offered to another institution. For the patient as well.
		CustodyOffered {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			from: InstitutionId,
			/// Who is to keep it.
			to: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The offer of a record was withdrawn, or declined.
		CustodyOfferWithdrawn {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Which of the two institutions withdrew.
			by: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// Another institution keeps a record from now on. For the patient as well.
		CustodyTransferred {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who kept it.
			from: InstitutionId,
			/// Who keeps it now.
			to: InstitutionId,
			/// The commitment to its manifest, of before or a new one.
			manifest: Commitment,
			/// The generation of its keys.
			epoch: u32,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// Disclosures about a patient were restricted.
		RestrictionSet {
			/// Whose records.
			patient: AccountId,
			/// Which one; `None`: all of them.
			record: Option<RecordId>,
			/// Who restricted them.
			by: AccountId,
			/// For which purposes.
			terms: RestrictionTerms,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A restriction was lifted.
		RestrictionLifted {
			/// Whose records.
			patient: AccountId,
			/// Which one; `None`: all of them.
			record: Option<RecordId>,
			/// Who lifted it.
			by: AccountId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A record was disputed. For its custodian as well.
		RecordDisputed {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who disputes it.
			by: AccountId,
			/// Salted commitment to what they say.
			statement: Commitment,
			/// The first moment at which the answer is late.
			due_at: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A custodian answered a dispute. For the patient as well.
		DisputeAnswered {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// What the custodian does.
			outcome: DisputeOutcome,
			/// Salted commitment to what the custodian says.
			statement: Commitment,
			/// Whether the deadline had passed.
			is_late: bool,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A record was erased. For the patient as well.
		RecordErased {
			/// The record.
			record: RecordId,
			/// Whose it was.
			patient: AccountId,
			/// Who erased it.
			custodian: InstitutionId,
			/// Salted commitment to the receipt.
			receipt: Commitment,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A patient asked for the erasure of a record. For its custodian as well.
		ErasureRequested {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who asked.
			by: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// The first moment at which the answer is late.
			due_at: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A custodian refused to erase a record. For the patient as well.
		ErasureRefused {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// Why it is kept.
			exemption: ErasureExemption,
			/// Salted commitment to what the custodian says.
			statement: Commitment,
			/// Whether the deadline had passed.
			is_late: bool,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A record has a new version. For the patient, and for who brought it in, as well.
		RecordUpdated {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Which version this is; the registration was the first.
			version: u32,
			/// Salted commitment to its manifest.
			manifest: Commitment,
			/// How many sections the manifest lists.
			sections: u32,
			/// The generation of their keys.
			epoch: u32,
			/// The grant under which it was brought in; `None`: the custodian wrote it itself.
			under: Option<GrantId>,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A record was taken out of use. For the patient as well.
		RecordRetired {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A retired record was taken into use again. For the patient as well.
		RecordReinstated {
			/// The record.
			record: RecordId,
			/// Whose it is.
			patient: AccountId,
			/// Who keeps it.
			custodian: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A grant rests on the proof of a shielded consent.
		AccessProven {
			/// The grant.
			grant: GrantId,
			/// The class of data.
			class: Code,
			/// What counts the use of the consent.
			nullifier: PublicInput,
		},
		/// The custodian set by what proofs of access know whose record one is.
		SubjectTagSet {
			/// The record.
			record: RecordId,
			/// The version with which it was set.
			version: u32,
			/// The tag.
			tag: PublicInput,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The custodian withdrew it: no proof is about the record until it is set with a new version.
		SubjectTagWithdrawn {
			/// The record.
			record: RecordId,
			/// The version with which it was withdrawn.
			version: u32,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A break-glass, which is announced next, rests on a proof. Only the auditor can read whose.
		EmergencyProven {
			/// The grant.
			grant: GrantId,
			/// What the auditor reads.
			evidence: EmergencyEvidence,
		},
	}
}
