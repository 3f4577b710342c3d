//! What the log holds, and how pallets write to it.

use crate::{
	engine::{Algorithm, Basis},
	AccountId, AttestationIndex, BatchId, CircuitVersion, Code, Commitment, ConsentId, ContextHash,
	CredentialId, DisputeOutcome, EntryIndex, ErasureExemption, GrantId, HoldId, HoldReason,
	InstitutionId, IssuerId, Milliseconds, MonitoredClass, Overridden, OverrideReason, ProposalId,
	PublicInput, RecordId, RequestId, ReviewFinding, ReviewOutcome, ReviewReason, ShieldedIndex,
	StudyId, TemplateId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	ConsensusEngineId,
};

/// Tag of the header digest that carries the root of the Merkle mountain range: a
/// `DigestItem::Consensus` with this engine id and the SCALE-encoded root.
pub const MMR_ROOT_ENGINE_ID: ConsensusEngineId = *b"HDXM";

/// Precedes an entry where it is hashed, so that no other hash (of an inner node, for one) can be
/// passed off as an entry's. Its number is the version of [`AuditEntry`]'s encoding.
pub const ENTRY_LEAF_TAG: [u8; 17] = *b"hdx/audit/entry/1";

/// What was done or asked for. IHE BALP renders each as one AuditEvent type.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AuditAction {
	/// An institution was registered.
	InstitutionRegistered,
	/// An institution's status changed.
	InstitutionStatusChanged,
	/// A practitioner was enrolled.
	PractitionerEnrolled,
	/// A practitioner's status changed.
	PractitionerStatusChanged,
	/// A practitioner left the registry.
	PractitionerRemoved,
	/// A patient account was sponsored into existence.
	PatientSponsored,
	/// A consent-document template was published.
	TemplatePublished,
	/// A consent was granted.
	ConsentGranted,
	/// A consent was revoked.
	ConsentRevoked,
	/// A record was registered.
	RecordRegistered,
	/// Access was asked for and decided.
	AccessDecided,
	/// A grant was revoked.
	GrantRevoked,
	/// A custodian confirmed what it released.
	Disclosed,
	/// The role matrix changed.
	RoleMatrixChanged,
	/// The rules of decision changed.
	DecisionRulesChanged,
	/// An institution took a practitioner on whom another had enrolled.
	AffiliationAdded,
	/// A practitioner's credential was revoked.
	CredentialRevoked,
	/// A consent was amended: it has a new version.
	ConsentAmended,
	/// A consent went on by its renewal terms.
	ConsentRenewed,
	/// The renewal of a consent was stopped.
	RenewalStopped,
	/// An institution confirmed that it erased what it was given under a consent.
	ErasureConfirmed,
	/// A consent-document template was retired.
	TemplateRetired,
	/// A patient allowed the emergency override, or opted out of it.
	EmergencyOverrideChanged,
	/// A provider asked a patient for a consent.
	ConsentRequested,
	/// A request for a consent was approved.
	ConsentRequestApproved,
	/// A request for a consent was denied.
	ConsentRequestDenied,
	/// A request for a consent was withdrawn by who asked.
	ConsentRequestWithdrawn,
	/// Guardians of a patient were named, replaced or released, or are going to be.
	GuardiansChanged,
	/// A guardian proposed something.
	ProposalMade,
	/// A guardian approved a proposal.
	ProposalApproved,
	/// The patient objected to a proposal.
	ProposalObjected,
	/// A proposal was carried out. What it did has entries of its own.
	ProposalExecuted,
	/// A patient named a delegate, or changed what the delegate may do.
	DelegateNamed,
	/// A patient took a delegate's powers back.
	DelegateRevoked,
	/// A DID was created, with the keys that it began with.
	DidCreated,
	/// Controllers or services of a DID changed.
	DidUpdated,
	/// A DID got a key.
	DidKeyAdded,
	/// A key of a DID ended.
	DidKeyEnded,
	/// A DID was deactivated, and all its keys with it.
	DidDeactivated,
	/// An institution was accredited, or an accreditation renewed, suspended, reinstated or revoked.
	AccreditationChanged,
	/// The accreditation that a kind of institution needs changed.
	AccreditationRequirementChanged,
	/// A trusted issuer was registered.
	IssuerRegistered,
	/// The kinds of credentials for which an issuer is trusted changed.
	IssuerKindsChanged,
	/// An issuer's status changed.
	IssuerStatusChanged,
	/// A trusted issuer attested a credential.
	CredentialAttested,
	/// A credential was renewed by its issuer.
	CredentialRenewed,
	/// A credential was suspended by its issuer.
	CredentialSuspended,
	/// A credential was reinstated by its issuer.
	CredentialReinstated,
	/// A practitioner's second key was registered or replaced.
	SecondKeyChanged,
	/// An oracle was registered.
	OracleRegistered,
	/// An oracle was removed.
	OracleRemoved,
	/// An oracle's status changed, by governance or because it misbehaved too often.
	OracleStatusChanged,
	/// The terms of oracles changed.
	OracleTermsChanged,
	/// An oracle reported the status of a credential.
	StatusReported,
	/// As many oracles as needed agreed on the status of a credential.
	StatusDecided,
	/// A practitioner no longer acts for an institution.
	AffiliationEnded,
	/// An institution offered a practitioner to another.
	TransferOffered,
	/// The offer of a transfer was withdrawn.
	TransferWithdrawn,
	/// Another institution answers for a practitioner from now on.
	PractitionerTransferred,
	/// A practitioner goes on under another account.
	AccountRotated,
	/// Somebody suspended appealed.
	AppealFiled,
	/// An appeal was upheld or dismissed.
	AppealDecided,
	/// The assurance level that an action needs for a purpose changed.
	RequiredLevelChanged,
	/// Somebody broke the glass, or tried to (DICOM 110127, Emergency Override Started).
	EmergencyOverrideStarted,
	/// A break-glass was ended before its time (DICOM 110138, Emergency Override Stopped).
	EmergencyOverrideStopped,
	/// A break-glass was reviewed. What was left of it ended with that (DICOM 110138).
	EmergencyOverrideReviewed,
	/// The terms of breaking the glass changed.
	EmergencyTermsChanged,
	/// How long entries stay in state changed.
	RetentionChanged,
	/// Entries were put under a legal hold.
	LegalHoldPlaced,
	/// A legal hold was released.
	LegalHoldReleased,
	/// A patient, or a guardian, had an entry reviewed.
	EntryReviewRequested,
	/// An institution answered a review.
	EntryReviewAnswered,
	/// An institution let the time to answer a review pass.
	EntryReviewOverdue,
	/// A review went to governance.
	EntryReviewEscalated,
	/// A review was withdrawn by who asked for it.
	EntryReviewWithdrawn,
	/// Nobody took the answer of a review to governance in time.
	EntryReviewLapsed,
	/// Governance closed a review.
	EntryReviewDecided,
	/// The terms of reviews changed.
	ReviewTermsChanged,
	/// An actor or an institution did more of something than is usual (DICOM 110113).
	SecurityAlert,
	/// What raises alerts changed.
	MonitoringTermsChanged,
	/// Somebody withdrew their appeal.
	AppealWithdrawn,
	/// Governance gave all that an account was registered for to another account.
	AccountReplaced,
	/// A custodian confirmed many disclosures at once, by the root of a tree.
	DisclosuresRecorded,
	/// A custodian offered a record to another institution.
	CustodyOffered,
	/// The offer of a record was withdrawn or declined.
	CustodyOfferWithdrawn,
	/// Another institution keeps a record from now on.
	CustodyTransferred,
	/// Disclosures about a patient were restricted.
	RestrictionSet,
	/// A restriction of disclosures was lifted.
	RestrictionLifted,
	/// A patient disputed that a record is accurate.
	RecordDisputed,
	/// A custodian answered a dispute.
	DisputeAnswered,
	/// A custodian destroyed the keys and salts of a record.
	RecordErased,
	/// A patient asked for the erasure of a record.
	ErasureRequested,
	/// A custodian refused to erase a record.
	ErasureRefused,
	/// A record got a new version (IHE BALP PatientUpdate; ISO 21089 *amend*).
	RecordUpdated,
	/// A custodian took a record out of use (ISO 21089 *deprecate*).
	RecordRetired,
	/// A custodian took a retired record into use again (ISO 21089 *reactivate*).
	RecordReinstated,
	/// A version of a circuit was registered, with its key.
	CircuitRegistered,
	/// An institution attested the key of a circuit.
	CircuitAttested,
	/// Proofs of a circuit are accepted from now on.
	CircuitActivated,
	/// Proofs of a circuit are not accepted any more.
	CircuitSuspended,
	/// An institution took back its attestation of the key of a circuit.
	CircuitAttestationWithdrawn,
	/// A shielded consent was appended: its leaf is on the chain.
	ShieldedConsentAppended,
	/// A shielded consent was revoked.
	ShieldedConsentRevoked,
	/// A validator was added.
	ValidatorAdded,
	/// A validator was removed.
	ValidatorRemoved,
	/// The terms of validators changed.
	ValidatorTermsChanged,
	/// A practitioner registered the tag that proofs of access know them by.
	ProviderTagRegistered,
	/// A class of data got a category that shielded consents can name.
	CategoryAppended,
	/// A custodian set the tag by which proofs know whose record one is.
	SubjectTagSet,
	/// An institution, or a representative of patients, got a seat in a chamber.
	ChamberSeatGiven,
	/// An institution, or a representative of patients, lost the seat in a chamber.
	ChamberSeatEnded,
	/// A custodian withdrew the tag by which proofs know whose record one is.
	SubjectTagWithdrawn,
	/// Governance set the limits of an institution's bucket, or has it back at the default.
	QuotaChanged,
	/// Safe mode was entered.
	SafeModeEntered,
	/// Safe mode was extended.
	SafeModeExtended,
	/// Safe mode was left: by a decision, or because its time was over.
	SafeModeExited,
	/// A call of the runtime was paused.
	CallPaused,
	/// A call of the runtime that was paused was resumed.
	CallResumed,
	/// The code of the runtime was replaced.
	RuntimeUpgraded,
	/// A validator has its first session keys, or others than before.
	SessionKeysChanged,
	/// The chamber of institutions approved a referendum. What it carried out has entries of its own.
	InstitutionsApproved,
	/// The chamber of those who represent patients approved a referendum. What it carried out has entries of its own.
	PatientsApproved,
	/// Those who represent patients permitted that a call is made as Root.
	RootCallPermitted,
	/// They took that back.
	RootCallForbidden,
	/// A call that both chambers agreed on was made as Root. What it did has entries of its own; where it failed, none.
	RootCallMade,
	/// A validator was reported to have voted twice, and disabled.
	ValidatorDisabled,
	/// A validator that was disabled was reinstated.
	ValidatorReinstated,
	/// A licence was entered, or entered anew, in the tree of those of which the chain has a hash alone.
	ShieldedLicenceEntered,
	/// A licence was taken out of that tree.
	ShieldedLicenceRemoved,
	/// An auditor was appointed, for whom identities are encrypted from now on.
	IdentityAuditorAppointed,
	/// The auditor for whom identities were encrypted was dismissed.
	IdentityAuditorDismissed,
	/// A study was registered.
	StudyRegistered,
	/// A study was closed: nobody is counted in it any more.
	StudyClosed,
	/// A sponsor published the results of a study.
	StudyResultsPublished,
	/// Somebody was counted in a study.
	EnrolmentCounted,
	/// An institution attested values of somebody: the leaf is on the chain.
	AttestationAppended,
}

/// Why a request was refused. Each cause has its own.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DenialReason {
	/// The requester is not an enrolled practitioner.
	PractitionerUnknown,
	/// The practitioner is suspended.
	PractitionerSuspended,
	/// The practitioner is not affiliated to the institution.
	NotAffiliated,
	/// The institution is not registered.
	InstitutionUnknown,
	/// The institution is suspended, or has closed.
	InstitutionSuspended,
	/// The practitioner does not hold the role.
	RoleNotHeld,
	/// The credential is not valid yet.
	CredentialNotYetValid,
	/// The credential has expired.
	CredentialExpired,
	/// The credential was revoked.
	CredentialRevoked,
	/// The operation needs a higher assurance level.
	AssuranceTooLow,
	/// The role matrix does not let this role do this for this purpose.
	RoleNotPermitted,
	/// A consent denies.
	ConsentDenied,
	/// No consent decides.
	NoConsent,
	/// The institution lacks an accreditation in force that its kind needs.
	AccreditationMissing,
	/// The credential's issuer is suspended.
	IssuerSuspended,
	/// The credential's issuer is no longer trusted for this kind of credential.
	IssuerNotTrusted,
	/// The credential is suspended, by its issuer or by what oracles reported.
	CredentialSuspended,
	/// No trusted issuer attested a licence.
	LicenceMissing,
	/// The licence was never checked with its issuer.
	CheckMissing,
	/// The last check of the licence is too old.
	CheckStale,
	/// The practitioner has registered no second key.
	SecondKeyMissing,
	/// The operation is not signed with the second key.
	SecondFactorMissing,
	/// The second key's signature is on something else, by another key, outdated or used before.
	SecondFactorInvalid,
	/// The practitioner goes on under another account.
	KeyRotated,
	/// The account or the second key was recovered without the second key's signature, and the
	/// licence was neither attested nor renewed since then.
	LicenceUnconfirmed,
	/// Without a consent, an emergency needs the glass to be broken, with a reason and a review.
	BreakGlassNeeded,
	/// The patient opted out of the emergency override.
	EmergencyOptOut,
	/// The institution has too many reviews of break-glasses overdue.
	ReviewsOverdue,
	/// The patient restricted disclosures for this purpose (45 CFR 164.522(a)).
	RestrictedByPatient,
	/// The record was erased.
	RecordErased,
	/// The custodian took the record out of use.
	RecordRetired,
	/// The consent limits how often it is used, and the request names no record.
	RecordNotNamed,
	/// The requester registered no tag that a proof of access could know them by.
	ProviderTagMissing,
	/// The custodian set no tag by which a proof of access could know whose record it is.
	SubjectTagMissing,
	/// The version of the circuit by which shielded consents are revoked is not active, so no proof of access counts.
	RevocationInactive,
	/// The version of the circuit of the proof is not active.
	CircuitInactive,
	/// The consent was proven for this record, category and purpose about this snapshot before; or the clinician broke the
	/// glass by proof with this slot of the day before.
	ProofUsed,
	/// The proof does not prove that a consent permits this, or that a licensed clinician within the rate limit does.
	NotProven,
}

/// How it ended.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AuditOutcome {
	/// It was done.
	Success,
	/// It was refused.
	Denied(DenialReason),
}

/// What an entry is about.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Subject {
	/// Nothing more particular than the entry's other fields.
	None,
	/// An institution.
	Institution(InstitutionId),
	/// A practitioner, by account.
	Practitioner([u8; 32]),
	/// A consent.
	Consent(ConsentId),
	/// A consent-document template.
	Template(TemplateId),
	/// A record.
	Record(RecordId),
	/// A grant for one record, or for a patient's whole record.
	Grant {
		/// The grant.
		grant: GrantId,
		/// The record; `None` for the whole record.
		record: Option<RecordId>,
	},
	/// A request for a consent.
	ConsentRequest(RequestId),
	/// A proposal of guardians.
	Proposal(ProposalId),
	/// A guardian or delegate of a patient, or who represents patients in their chamber, by account.
	Representative([u8; 32]),
	/// A DID, by the account of its subject.
	Did([u8; 32]),
	/// A trusted issuer.
	Issuer(IssuerId),
	/// A credential.
	Credential {
		/// The practitioner whom it is about, by account.
		practitioner: [u8; 32],
		/// The credential.
		credential: CredentialId,
	},
	/// An oracle, by account.
	Oracle([u8; 32]),
	/// The change of a practitioner's account.
	Rotation {
		/// The account of before.
		from: [u8; 32],
		/// The account from now on.
		to: [u8; 32],
	},
	/// A break-glass, for one record or for a patient's whole record.
	BreakGlass {
		/// The grant; `None` where it was denied.
		grant: Option<GrantId>,
		/// The record; `None` for the whole record.
		record: Option<RecordId>,
		/// Why the glass was broken.
		reason: OverrideReason,
		/// What the consents said to it; `None` where none was looked at.
		overridden: Option<Overridden>,
	},
	/// The review of a break-glass.
	BreakGlassReview {
		/// The grant.
		grant: GrantId,
		/// What was found.
		outcome: ReviewOutcome,
		/// Salted commitment to the written finding.
		finding: Commitment,
		/// Whether the deadline had passed.
		is_late: bool,
	},
	/// A legal hold.
	LegalHold {
		/// The hold.
		hold: HoldId,
		/// Why.
		reason: HoldReason,
	},
	/// The review of an entry.
	EntryReview {
		/// The entry.
		entry: EntryIndex,
		/// Why it is reviewed.
		reason: ReviewReason,
	},
	/// What the review of an entry found.
	EntryReviewFinding {
		/// The entry.
		entry: EntryIndex,
		/// What was found.
		finding: ReviewFinding,
		/// Salted commitment to the written answer.
		statement: Commitment,
	},
	/// What an alert is about. Where it is about an institution, the entry names that.
	Alert {
		/// Of what there was too much.
		class: MonitoredClass,
		/// By whom, by account.
		account: Option<[u8; 32]>,
	},
	/// A batch of disclosures.
	DisclosureBatch {
		/// The batch.
		batch: BatchId,
		/// The root of its tree ([`crate::disclosure`]). It is said here so that a disclosure can be proven
		/// against the log alone, however long ago the batch left the state.
		root: H256,
		/// How many disclosures.
		count: u32,
	},
	/// The transfer of a record, offered or done.
	CustodyTransfer {
		/// The record.
		record: RecordId,
		/// The custodian of before.
		from: InstitutionId,
		/// The one to be.
		to: InstitutionId,
	},
	/// A restriction of disclosures.
	Restriction {
		/// The record; `None` for all records of the patient.
		record: Option<RecordId>,
	},
	/// The dispute of a record.
	Dispute {
		/// The record.
		record: RecordId,
		/// Salted commitment to what the patient says.
		statement: Commitment,
	},
	/// The answer to a dispute.
	DisputeAnswer {
		/// The record.
		record: RecordId,
		/// What the custodian does.
		outcome: DisputeOutcome,
		/// Salted commitment to what the custodian says.
		statement: Commitment,
		/// Whether the deadline had passed.
		is_late: bool,
	},
	/// The erasure of a record.
	Erasure {
		/// The record.
		record: RecordId,
		/// Salted commitment to the receipt. It is said here so that the receipt can be proven against the
		/// log alone.
		receipt: Commitment,
	},
	/// That a record is not erased although its patient asked for it.
	ErasureRefusal {
		/// The record.
		record: RecordId,
		/// Why it is kept.
		exemption: ErasureExemption,
		/// Salted commitment to what the custodian says.
		statement: Commitment,
		/// Whether the deadline had passed.
		is_late: bool,
	},
	/// A new version of a record.
	RecordVersion {
		/// The record.
		record: RecordId,
		/// Which version it is; the registration was the first.
		version: u32,
		/// Salted commitment to its manifest. It is said here so that what the record held can be proven
		/// against the log alone, however many versions came later.
		manifest: Commitment,
		/// The grant under which it was brought in; `None` where the custodian wrote it itself.
		under: Option<GrantId>,
	},
	/// A version of a circuit.
	Circuit {
		/// Which.
		circuit: CircuitVersion,
		/// BLAKE2-256 of its key. It is said here so that what institutions attested can be proven against the
		/// log alone.
		key: H256,
	},
	/// A shielded consent.
	ShieldedConsent {
		/// Its place.
		index: ShieldedIndex,
	},
	/// A validator. The entry names the institution whose machine it is.
	Validator {
		/// Its account.
		account: [u8; 32],
	},
	/// Access to one record that was granted by the proof of a shielded consent.
	ProvenAccess {
		/// The grant.
		grant: GrantId,
		/// The record.
		record: RecordId,
		/// The class of data.
		class: Code,
		/// What counts the use of the consent, without saying which it is.
		nullifier: PublicInput,
	},
	/// The tag of a practitioner, who is the actor.
	ProviderTag {
		/// The tag.
		tag: PublicInput,
	},
	/// The category of a class of data.
	Category {
		/// The class.
		class: Code,
		/// Its place in the list of categories.
		place: u8,
	},
	/// The subject tag of a record.
	SubjectTag {
		/// The record.
		record: RecordId,
		/// The version of the record with which it was set.
		version: u32,
	},
	/// The limits of an institution's bucket from now on. The entry names the institution.
	Quota {
		/// Units of a full bucket.
		capacity: u32,
		/// Units that come back in a second.
		refill: u32,
		/// Whether these are those of every institution for which governance set none.
		is_default: bool,
	},
	/// Safe mode.
	SafeMode {
		/// The last block in which it holds, unless it is left or extended before.
		until: u32,
	},
	/// A call of the runtime.
	Call {
		/// BLAKE2-256 of the encoded call, as referenda name it.
		hash: H256,
	},
	/// The code of the runtime.
	RuntimeCode {
		/// BLAKE2-256 of the code.
		hash: H256,
	},
	/// The session keys of a validator. The entry names the institution whose machine it is.
	SessionKeys {
		/// Its account.
		account: [u8; 32],
		/// BLAKE2-256 of the encoded keys.
		keys: H256,
	},
	/// A licence of which the chain has a hash alone.
	ShieldedLicence {
		/// The credential that it is about. The entry of its attestation names the practitioner.
		licence: CredentialId,
		/// Its place in the tree.
		place: u32,
		/// The hash. It is said here so that what was in the tree can be proven against the log alone.
		leaf: PublicInput,
	},
	/// An auditor for whom identities are encrypted.
	IdentityAuditor {
		/// The auditor's number.
		number: u32,
		/// The auditor's key. It is said here so that whom an identity was encrypted for can be proven against the log
		/// alone.
		key: [u8; 32],
	},
	/// A study.
	Study {
		/// Which.
		study: StudyId,
	},
	/// That somebody was counted in a study. The entry names nobody.
	Enrolment {
		/// The study.
		study: StudyId,
		/// What counts them once. It is said here so that the count can be proven against the log alone.
		nullifier: PublicInput,
	},
	/// The results of a study.
	StudyResults {
		/// The study.
		study: StudyId,
		/// BLAKE2-256 of the results as the sponsor published them.
		results: H256,
	},
	/// An attestation. The entry names the institution that attested, and nobody else.
	Attestation {
		/// Its place.
		index: AttestationIndex,
	},
	/// A break-glass by proof. The entry names who signed for the institution, and not who broke the glass.
	ProvenBreakGlass {
		/// The grant; `None` where it was denied.
		grant: Option<GrantId>,
		/// The record; `None` for the whole record.
		record: Option<RecordId>,
		/// Why the glass was broken.
		reason: OverrideReason,
		/// What the consents said to the institution; `None` where none was looked at.
		overridden: Option<Overridden>,
		/// The hash of what the auditor reads ([`EmergencyEvidence`](crate::EmergencyEvidence)). It is said here so that who
		/// broke the glass can be proven against the log alone. `None` where nothing was proven.
		evidence: Option<H256>,
	},
}

/// What a pallet reports to the log.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AuditEvent {
	/// Who did or asked it. `None` for governance, the system, and whoever takes part in a study.
	pub actor: Option<AccountId>,
	/// For which institution.
	pub on_behalf_of: Option<InstitutionId>,
	/// About which patient.
	pub patient: Option<AccountId>,
	/// What.
	pub action: AuditAction,
	/// For which purpose of use.
	pub purpose: Option<Code>,
	/// How it ended.
	pub outcome: AuditOutcome,
	/// About what.
	pub subject: Subject,
	/// On which consent a decision rests; where the glass was broken, which one would have decided.
	pub basis: Option<Basis>,
	/// How consents were combined.
	pub algorithm: Option<Algorithm>,
	/// In which context.
	pub context: Option<ContextHash>,
}

impl AuditEvent {
	/// An event of which only the action is known; fill in the rest with struct update syntax.
	pub fn new(action: AuditAction) -> Self {
		Self {
			actor: None,
			on_behalf_of: None,
			patient: None,
			action,
			purpose: None,
			outcome: AuditOutcome::Success,
			subject: Subject::None,
			basis: None,
			algorithm: None,
			context: None,
		}
	}
}

/// One entry of the log.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AuditEntry {
	/// Its place in the log.
	pub index: EntryIndex,
	/// The time of the block that holds it.
	pub at: Milliseconds,
	/// The number of that block.
	pub block: u32,
	/// What happened.
	pub event: AuditEvent,
}

impl AuditEntry {
	/// The entry's leaf in the Merkle tree of its block: the BLAKE2-256 hash of
	/// [`ENTRY_LEAF_TAG`] followed by the SCALE-encoded entry.
	pub fn leaf_hash(&self) -> H256 {
		(ENTRY_LEAF_TAG, self).using_encoded(BlakeTwo256::hash)
	}
}

/// What one block added to the log.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct BlockLog {
	/// The block's first entry. Where the block has none: the index that the next entry gets, so
	/// that every log tells how long the log was.
	pub first: EntryIndex,
	/// How many entries the block has.
	pub count: u32,
	/// Root of the binary Merkle tree (crate `binary-merkle-tree`, BLAKE2-256) over the entries'
	/// [leaf hashes](AuditEntry::leaf_hash), in the order of their index. Zero where there is none.
	pub root: H256,
}

impl BlockLog {
	/// The log of a block without entries, `next` being the index that the next entry gets.
	pub fn empty(next: EntryIndex) -> Self {
		Self { first: next, count: 0, root: H256::zero() }
	}

	/// Which leaf of the block's tree an entry is. `None` where the block does not hold it.
	pub fn position(&self, index: EntryIndex) -> Option<u32> {
		let offset = u32::try_from(index.0.checked_sub(self.first.0)?).ok()?;
		(offset < self.count).then_some(offset)
	}
}

/// A [`BlockLog`] that says of which version it is, so that later ones can say more.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum VersionedBlockLog {
	/// The first version.
	#[codec(index = 1)]
	V1(BlockLog),
}

/// A leaf of the chain's Merkle mountain range. The leaf that block N + 1 adds is about block N.
///
/// Encodes as the tuple of `pallet_mmr::ParentNumberAndHash` and `pallet_audit::ParentLog` does. Its
/// length is never that of two hashes, so that no inner node can be passed off as a leaf.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct AuditLeaf {
	/// The number of the block.
	pub block: u32,
	/// The hash of the block.
	pub hash: H256,
	/// What the block added to the log.
	pub log: VersionedBlockLog,
}

/// The log, as other pallets see it. Writing cannot fail.
pub trait AuditSink {
	/// Appends an entry and returns its index.
	fn record(event: AuditEvent) -> EntryIndex;
}

/// Who is told that an entry left the state. The log itself goes on: the entry is proven by what the
/// blocks hold.
pub trait OnEntryRemoved {
	/// The entry left the state. At most one item is written: this is called for each entry that is
	/// pruned.
	fn on_entry_removed(entry: &AuditEntry);
}

impl OnEntryRemoved for () {
	fn on_entry_removed(_: &AuditEntry) {}
}
