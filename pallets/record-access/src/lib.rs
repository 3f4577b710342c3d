//! # Record access
//!
//! Who may be given which record, decided and logged in the block that asks.
//!
//! ## Overview
//!
//! The pallet knows records by salted commitments and custodians, never by content. A practitioner
//! asks for a record or for all records of a patient. The answer is a *grant* or a *denial*, and
//! either leaves exactly one entry in the log. The custodian, who keeps the sealed sections,
//! confirms under a grant what it released; the grant is then decided again.
//!
//! ## Terminology
//!
//! - **Record**: sealed sections that one institution keeps about one patient, bound by the salted
//!   commitment to their manifest.
//! - **Custodian**: the institution that keeps a record.
//! - **Request**: who, for which institution, in which role, for what purpose, to do what.
//! - **Role matrix**: role × purpose × action; governed, shipped with the defaults in
//!   [`role_matrix`]. It only narrows what a consent permits.
//! - **Grant**: a revocable permission with an end, a number of uses, and *obligations*: what the
//!   custodian has to withhold. For a whole record, each institution has that number for itself.
//! - **Disclosure**: a custodian's confirmation that it released sections under a grant.
//!
//! ## Scenario
//!
//! 1. A hospital registers a record of a patient with [`Pallet::register_record`].
//! 2. A physician of another hospital calls [`Pallet::request_access`] for treatment. The pallet
//!    asks in this order: may the physician practise, for that hospital and in that role
//!    (`ProviderDirectory`); does the matrix let physicians read for treatment; did the patient restrict
//!    that; does the patient consent (`ConsentDecider`). The first "no" is the reason of the denial. Here all agree, and
//!    the physician holds a grant that says "redact psychiatric notes".
//! 3. The custodian wraps the keys of the sections that the obligations leave, and calls
//!    [`Pallet::record_disclosure`]. That decides the request **again, now**. A permit with the
//!    same obligations proceeds. A permit with other obligations is refused with
//!    [`Error::GrantOutdated`]: the physician asks again and gets a grant that fits the consents
//!    of today. A denial is refused with its reason. A consent that limits how often it is used
//!    counts the disclosure, and refuses it when the limit is reached. So no grant outlives its consent, its
//!    credential or its cell of the matrix, although none of these knows about grants.
//! 4. The patient withdraws the grant with [`Pallet::revoke_grant`], or lets it expire.
//!
//! A grant for *writing* or *appending* releases nothing: no disclosure can be recorded under it. What its
//! grantee writes becomes a new version of the record.
//!
//! ## Versions
//!
//! Sealed sections are not changed in place. With [`Pallet::update_record`] the custodian puts a new
//! version of a record in the place of the present one: what it documents itself, or what somebody else
//! brought in under a grant to write or to append. Such a grant is decided again as for a disclosure,
//! loses a use, and counts for the consent. Versions are numbered from one
//! ([`record_version`](Pallet::record_version)), and no manifest of before comes back: neither as a version
//! nor as another record, and not after the erasure either.
//!
//! ## Retirement
//!
//! A record that is to be acted upon no more, because it is in the wrong place or another one took its,
//! is taken out of use with [`Pallet::retire_record`]: requests for it are denied, and nothing is disclosed
//! from it, under whatever grant and in no emergency. It has its custodian and its history, can be passed on,
//! restricted, disputed and erased, and comes back with [`Pallet::reinstate_record`].
//!
//! ## Disclosures in batches
//!
//! A large hospital releases millions of times a day. With [`Pallet::record_disclosures`] it reports
//! many disclosures at once: the root of a tree over them ([`hdx_primitives::disclosure`]) and how often
//! each grant was used. The chain decides each of those grants again and takes the uses, exactly as for
//! single disclosures, and keeps 68 bytes and one entry of the log, however many there are. Each
//! patient is handed their own disclosures with a proof that the root holds them, and checks it with
//! [`Pallet::check_disclosure`], or without a node.
//!
//! - The decision is the one of the moment at which the batch arrives. A grant that ended between the
//!   disclosure and the report refuses the batch, so a custodian reports before it releases keys, or
//!   soon after; [`Config::MaxBatchAge`] bounds how late it can.
//! - The chain cannot see the leaves. That there are as many as uses were taken, and that each names a
//!   grant which permits what it says, is for whoever holds a leaf to check.
//! - Nothing under a break-glass is batched: it has an entry of its own, each time.
//!
//! ## Another custodian
//!
//! A hospital that closes, or whose patient moves, passes a record on: it offers the record with
//! [`Pallet::offer_custody`], hands over sealed sections and keys off chain, and the other institution
//! accepts with [`Pallet::accept_custody`] once it can open them, or has sealed them anew. Until then
//! either withdraws. A record has one custodian at any time. Grants go on, because they are the patient's
//! permission and not the custodian's: disclosures under them are the new one's to record. The patient
//! is told by event and log, and withdraws what should not go on.
//!
//! ## Restrictions and disputes
//!
//! Consents say what is permitted; a *restriction* ([`Pallet::restrict`]) says what is not disclosed
//! whatever they permit, of a record or of all: for some purposes, or for all but some (45 CFR
//! 164.522(a)). Requests and disclosures are refused with a reason of its own. Breaking the glass goes
//! on, and the log says that a restriction was overridden.
//!
//! With a *dispute* ([`Pallet::dispute_record`]) a patient says that a record is wrong (164.526); the
//! custodian answers by a deadline. Until then [`disputes_under`](Pallet::disputes_under) a grant tells
//! whoever reads.
//!
//! ## Erasure
//!
//! A custodian that destroyed a record's section keys and the salts of its commitments says so with
//! [`Pallet::record_erasure`], and a receipt. A tombstone takes the record's place: its grants end with
//! the same block, requests are denied with a reason of its own, breaking the glass included, and
//! neither the record nor its manifest is registered again. The receipt is in the log, and is
//! proven for ever. A legal hold on the patient forbids it.
//!
//! A patient asks for it with [`Pallet::request_erasure`]. The custodian erases, or says with
//! [`Pallet::refuse_erasure`] which exemption has it keep the record; what it does neither of by the
//! deadline is overdue ([`erasure_standing`](Pallet::erasure_standing)), and late for ever.
//!
//! ## Access by proof
//!
//! Where a patient's visible consents say nothing, a practitioner may have a shielded consent, of which the chain has a
//! hash alone. [`Pallet::request_access_by_proof`] brings the proof that it permits what is asked. All that is decided
//! before consents is decided first, and what is visible and denies, denies.
//!
//! - The chain makes what the proof is about ([`AccessProofs`](hdx_primitives::AccessProofs)): the practitioner's
//!   registered tag, the record's [subject tag](Pallet::set_subject_tag), the category of the one class that is asked for.
//! - The consent is the patient's, or a delegate's under the patient's delegation. Which of them is in the call, as the
//!   circuit that the proof is of, and nowhere else.
//! - The grant is short, for one class of one record, and withholds what is sensitive. It has no basis.
//! - A use decides it again but for the proof. A visible consent that speaks by then ends it: one that permits is asked
//!   for a grant of its own.
//!
//! ## Breaking the glass
//!
//! In an emergency a practitioner reads without a consent, and whatever the consents say. Nothing of
//! that is silent, and nothing of it is renewed: a second emergency is a second break-glass.
//!
//! 1. An emergency physician calls [`Pallet::break_glass`] with a reason. In this order: may they
//!    practise, at the highest level of assurance; did the second key sign this request and reason;
//!    does the matrix let the role read for `BTG`, and for the purpose that is named; are the institution's reviews done; did
//!    the patient opt out of the emergency override. The first "no" is logged.
//! 2. The grant has no obligations, a short end and few uses. The log says what the consents would
//!    have decided. [`Event::GlassBroken`] names the patient, the guardians and the institution.
//! 3. A disclosure under it decides all of that again, but for second key, reviews and consents.
//! 4. The institution's operator, or one of its privacy officers (a practitioner in the role
//!    [`Role::Auditor`](hdx_primitives::Role::Auditor)), but never whoever broke the glass, under
//!    whatever account, closes the review with [`Pallet::review_break_glass`]: justified, error or
//!    violation. What is left of the grant ends with that.
//! 5. A review that is not closed by its deadline is overdue, and late for ever. With more of them
//!    overdue than the terms allow, nobody breaks the glass on the institution's behalf.
//!
//! With [`Pallet::break_glass_by_proof`] an institution's operator signs, and brings the proof of some clinician who is
//! licensed and within the rate limit. It stands for standing and second key; all else is decided as above, the opt-out
//! after the proof. The grant is of the operator, and a use decides it again with the institution's standing. Who it was, the
//! auditor can read of [`ProvenOverrides`]; the log has its hash. As nobody else can tell whether a reviewer is whoever broke
//! the glass, a privacy officer reviews who never had a licence that a proof could be about.
//!
//! [`Pallet::request_access`] never grants for `BTG`, nor for `ETREAT` without a consent that permits:
//! either would be breaking the glass without a review.
//!
//! ## Data structures
//!
//! - [`Records`]: record → [`Record`]; [`RecordsOf`] and [`RecordCount`] index it by patient.
//! - [`Grants`]: grant → [`Grant`]; [`UsesAt`]: how often institutions used those for whole records.
//!   [`ConfirmedGrants`] are those whose requests were signed with the second key: where governance raises
//!   the level needed to the highest, the others cannot be used any more.
//! - [`ProvenGrants`]: those that rest on a proof. [`SubjectTags`]: record → by what proofs know whose it is.
//! - [`RoleMatrix`]: (role, purpose) → the actions permitted.
//! - [`RequiredLevels`]: (purpose, action) → the assurance level needed, beside what
//!   [`required_level`] ships: emergencies need the second key's signature on the request, all else an
//!   enrolment, so that a chain without trusted issuers works. One that has issuers asks for more.
//!
//! - [`EmergencyTermsInForce`]: how long, how often, and by when a review has to be closed;
//!   bounds in [`emergency_terms`].
//! - [`EmergencyOverrides`]: grant → the break-glass that it is, and its one review. [`ProvenOverrides`]: grant → what
//!   the auditor reads, where it rests on a proof. [`OverridesOf`] and [`OverrideCountOf`] index them by patient,
//!   [`PendingReviews`] and [`ReviewCountsOf`] by institution.
//!
//! - [`DisclosureBatches`]: batch → root, number, period and entry. A batch leaves the state with its
//!   entry, the root in which is proven for ever.
//!
//! - [`RecordVersions`]: record → the number of its version, where it is not the first.
//!   [`SupersededManifests`]: (patient, manifest) → the record that had it before.
//! - [`RetiredRecords`]: record → since when it is out of use.
//!
//! - [`CustodyOffers`]: record → the institution that it is offered to; at most one.
//!
//! - [`Restrictions`]: (patient, record or all) → [`Restriction`]; [`RestrictionCountOf`] bounds them.
//! - [`Disputes`]: record → its last [`Dispute`]; [`OpenDisputesOf`]: patient → those that are open.
//!
//! - [`ErasureRequests`]: record → [`ErasureRequest`]; [`PendingErasures`] and [`ErasureCountsOf`] index and
//!   count them by institution.
//! - [`ErasedRecords`]: record → [`Tombstone`]; [`ErasedManifests`]: the manifests that do not come back.
//!
//! A target of the whole record covers every registered record of the patient, those registered
//! after the grant included.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | `register_record` | operator of an active institution, which becomes the custodian | `RecordRegistered` |
//! | `request_access` | anyone; strangers are denied and logged | `AccessGranted` or `AccessDenied` |
//! | `request_access_by_proof` | anyone; strangers are denied and logged | `AccessGranted`, with `AccessProven`, or `AccessDenied` |
//! | `set_subject_tag` | operator of the record's custodian | `SubjectTagSet` or `SubjectTagWithdrawn` |
//! | `revoke_grant` | the patient; for one record its custodian's operator, for the whole record the operator of the grantee's institution | `GrantRevoked` |
//! | `record_disclosure` | operator of the record's custodian | `DisclosureRecorded` |
//! | `record_disclosures` | operator of the custodian of all records named | `DisclosuresRecorded` |
//! | `update_record` | operator of the record's custodian | `RecordUpdated` |
//! | `retire_record` | operator of the record's custodian | `RecordRetired` |
//! | `reinstate_record` | operator of the record's custodian | `RecordReinstated` |
//! | `offer_custody` | operator of the record's custodian | `CustodyOffered` |
//! | `withdraw_custody_offer` | operator of the custodian, or of the institution that it is offered to | `CustodyOfferWithdrawn` |
//! | `accept_custody` | operator of the institution that the record is offered to | `CustodyTransferred` |
//! | `restrict` | the patient, or a guardian within their scope | `RestrictionSet` |
//! | `lift_restriction` | the patient; a guardian within their scope what the patient did not set | `RestrictionLifted` |
//! | `dispute_record` | the patient of the record, or a guardian | `RecordDisputed` |
//! | `answer_dispute` | operator of the record's custodian | `DisputeAnswered` |
//! | `record_erasure` | operator of the record's custodian | `RecordErased` |
//! | `request_erasure` | the patient of the record, or a guardian for all purposes | `ErasureRequested` |
//! | `refuse_erasure` | operator of the record's custodian | `ErasureRefused` |
//! | `set_role_permissions` | governance | `RolePermissionsSet` |
//! | `set_required_level` | governance | `RequiredLevelSet` |
//! | `break_glass` | anyone; who may not is denied and logged | `GlassBroken` or `BreakGlassDenied` |
//! | `break_glass_by_proof` | operator of the institution, with the proof of a clinician; who may not is denied and logged | `EmergencyProven` and `GlassBroken`, or `BreakGlassDenied` |
//! | `review_break_glass` | operator of the institution for which the glass was broken, or a practitioner of it in the role of auditor; not who broke it; by proof, the latter alone, and without a licence in the tree ever | `BreakGlassReviewed` |
//! | `set_emergency_terms` | governance | `EmergencyTermsSet` |
//!
//! Anyone can ask [`Pallet::check_grant`] (a view function) whether an institution could release under a grant at
//! a given time, with the reason if not; [`record_version`](Pallet::record_version),
//! [`retired_since`](Pallet::retired_since), [`custody_offer`](Pallet::custody_offer) and
//! [`tombstone`](Pallet::tombstone) and [`dispute_of`](Pallet::dispute_of) and [`subject_tag`](Pallet::subject_tag) records, [`restrictions_of`](Pallet::restrictions_of) a patient; [`disclosure_batch`](Pallet::disclosure_batch) and
//! [`check_disclosure`](Pallet::check_disclosure) of batches; and of break-glasses
//! [`emergency_override`](Pallet::emergency_override), [`emergency_evidence`](Pallet::emergency_evidence), [`overrides_of`](Pallet::overrides_of),
//! [`pending_reviews`](Pallet::pending_reviews), [`review_standing`](Pallet::review_standing) and
//! [`emergency_terms`](Pallet::emergency_terms).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod batches;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod break_glass;
mod by_proof;
mod charges;
mod custody;
mod decision;
mod dispatchables;
mod disputes;
mod emergency_by_proof;
pub mod emergency_terms;
mod erasure;
mod erasure_requests;
mod errors;
mod events;
mod genesis;
mod grants;
pub mod migrations;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod queries;
mod records;
mod refusal;
pub mod required_level;
mod restrictions;
mod retirement;
mod review;
pub mod role_matrix;
mod subject_tags;
#[cfg(test)]
mod tests;
#[cfg(feature = "try-runtime")]
mod try_state;
pub mod types;
mod uses;
mod versions;
pub mod weights;

pub use genesis::GenesisEmergencyTerms;
pub use pallet::*;
pub use queries::MAX_PAGE;
pub use types::{
	CustodyOffer, Dispute, DisputeAnswer, EmergencyOverride, EmergencyTerms, ErasureCounts,
	ErasureKey, ErasureRequest, ErasureStanding, Grant, GrantRefusal, GrantStatus, GrantUse,
	GrantUses, GrantedRequest, NewManifest, OverrideView, PermittedActions, Record,
	RestrictedPurposes, Restriction, RestrictionTerms, Review, ReviewCounts, ReviewKey,
	ReviewStanding, SubjectTag, Tombstone, MAX_ACTIONS, MAX_GRANT_USES, MAX_RESTRICTED_PURPOSES,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// The pallet. See the crate's documentation.
// The macros expand to `expect`s on the pallet being part of the runtime. So that the lint still
// guards what is written by hand, calls hand over to the other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		batches::Reported,
		decision::{looked_at, Confirmation},
		*,
	};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		consent::Accounts,
		disclosure::{InclusionProof, LeafRefusal},
		operation_hash, AccessProof, AccessProofs, AccessRequest, AccountId, Action,
		AssuranceLevel, AuditSink, BatchId, Code, Commitment, ConsentDecider, DenialReason,
		DisclosureBatch, DisclosureLeaf, DisputeOutcome, EmergencyDirectory, EmergencyEvidence,
		EmergencyProof, EmergencyProofs, EntryIndex, ErasureExemption, GrantId, InstitutionId,
		LegalHolds, Milliseconds, Overridden, OverrideReason, PatientDirectory, ProviderDirectory,
		PublicInput, RecordId, RepresentativeDirectory, ReviewOutcome, Role, SecondFactor, H256,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(4);

	/// The pallet's dispatchables and public functions.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime provides.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// Who may change the role matrix, the levels needed and the terms of emergencies.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may practise, and who operates which institution.
		type Providers: ProviderDirectory;

		/// What patients permit.
		type Consents: ConsentDecider;

		/// Which accounts are patients, and what they said about emergencies.
		type Patients: PatientDirectory + EmergencyDirectory;

		/// Who stands in for patients.
		type Representatives: RepresentativeDirectory;

		/// The legal holds on patients.
		type Holds: LegalHolds;

		/// The shielded consents.
		type Proofs: AccessProofs;

		/// The tree of licences and the auditor, which proofs of emergencies are about.
		type Emergencies: EmergencyProofs;

		/// The log.
		type Audit: AuditSink;

		/// The time of the block, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// Most sections that a record may have.
		#[pallet::constant]
		type MaxSections: Get<u32>;

		/// Longest time for which a grant may be asked.
		#[pallet::constant]
		type MaxGrantDuration: Get<Milliseconds>;

		/// Longest time for which a grant by proof may be asked.
		#[pallet::constant]
		type MaxProvenDuration: Get<Milliseconds>;

		/// How many disclosures may be made under one grant.
		#[pallet::constant]
		type MaxUses: Get<u32>;

		/// Longest time that governance may let a grant hold by which the glass was broken.
		#[pallet::constant]
		type MaxEmergencyDuration: Get<Milliseconds>;

		/// The terms of breaking the glass where governance has set none.
		#[pallet::constant]
		type DefaultEmergencyTerms: Get<EmergencyTerms>;

		/// How many restrictions a patient may have.
		#[pallet::constant]
		type MaxRestrictions: Get<u32>;

		/// How many open disputes a patient may have.
		#[pallet::constant]
		type MaxOpenDisputes: Get<u32>;

		/// How long a custodian has to answer a dispute.
		#[pallet::constant]
		type DisputeDeadline: Get<Milliseconds>;

		/// How long a custodian has to erase a record, or to say why it is kept.
		#[pallet::constant]
		type ErasureDeadline: Get<Milliseconds>;

		/// How long ago the first disclosure of a batch may have been made.
		#[pallet::constant]
		type MaxBatchAge: Get<Milliseconds>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Registered records.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Record>;

	/// The identifier of the next record.
	#[pallet::storage]
	pub type NextRecordId<T: Config> = StorageValue<_, RecordId, ValueQuery, FirstRecordId>;

	/// The records of each patient.
	#[pallet::storage]
	pub type RecordsOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Blake2_128Concat, RecordId, ()>;

	/// How many records each patient has.
	#[pallet::storage]
	pub type RecordCount<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, u64, ValueQuery>;

	/// Issued grants, those that no longer hold included.
	#[pallet::storage]
	pub type Grants<T: Config> = StorageMap<_, Blake2_128Concat, GrantId, Grant>;

	/// The grants whose requests were signed with the second key. The others cannot be used once the
	/// level needed is the highest.
	#[pallet::storage]
	pub type ConfirmedGrants<T: Config> = StorageMap<_, Blake2_128Concat, GrantId, ()>;

	/// How often an institution disclosed under a grant for a whole record. Such a grant is for records at
	/// several institutions, of which one must not take what the others need.
	#[pallet::storage]
	pub type UsesAt<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, GrantId, Blake2_128Concat, InstitutionId, u32>;

	/// The grants that rest on the proof of a shielded consent.
	#[pallet::storage]
	pub type ProvenGrants<T: Config> = StorageMap<_, Blake2_128Concat, GrantId, ()>;

	/// By what proofs of access know whose record each is.
	#[pallet::storage]
	pub type SubjectTags<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, SubjectTag>;

	/// The identifier of the next grant.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type NextGrantId<T: Config> = StorageValue<_, GrantId, ValueQuery, FirstGrantId>;

	/// What each role may do for each purpose of use. Absent: nothing.
	#[pallet::storage]
	pub type RoleMatrix<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		Role,
		Blake2_128Concat,
		Code,
		PermittedActions,
		ValueQuery,
	>;

	/// How sure the chain must be of who does this for this purpose, where governance has set it.
	/// Absent: [`required_level::shipped_level`].
	#[pallet::storage]
	pub type RequiredLevels<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, Code, Twox64Concat, Action, AssuranceLevel>;

	/// The terms of breaking the glass.
	#[pallet::storage]
	pub type EmergencyTermsInForce<T: Config> =
		StorageValue<_, EmergencyTerms, ValueQuery, <T as Config>::DefaultEmergencyTerms>;

	/// The break-glasses, by their grants, and the reviews of them.
	#[pallet::storage]
	pub type EmergencyOverrides<T: Config> =
		StorageMap<_, Blake2_128Concat, GrantId, EmergencyOverride>;

	/// The break-glasses that rest on a proof, and what the auditor reads of each.
	#[pallet::storage]
	pub type ProvenOverrides<T: Config> =
		StorageMap<_, Blake2_128Concat, GrantId, EmergencyEvidence>;

	/// The break-glasses about each patient, the oldest first.
	#[pallet::storage]
	pub type OverridesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, u32, GrantId>;

	/// How many break-glasses there are about each patient.
	#[pallet::storage]
	pub type OverrideCountOf<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The pending reviews of each institution, in the order of their deadlines.
	#[pallet::storage]
	pub type PendingReviews<T: Config> =
		StorageDoubleMap<_, Twox64Concat, InstitutionId, Identity, ReviewKey, ()>;

	/// How many reviews each institution has.
	#[pallet::storage]
	pub type ReviewCountsOf<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, ReviewCounts, ValueQuery>;

	/// The batches of disclosures whose entries the log still has in state.
	#[pallet::storage]
	pub type DisclosureBatches<T: Config> = StorageMap<_, Twox64Concat, BatchId, DisclosureBatch>;

	/// The identifier of the next batch.
	#[pallet::storage]
	pub type NextBatchId<T: Config> = StorageValue<_, BatchId, ValueQuery, FirstBatchId>;

	/// Which version each record is. Absent: the one that was registered, which is the first.
	#[pallet::storage]
	pub type RecordVersions<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, u32>;

	/// The manifests of each patient's records that a later version took the place of, those of erased
	/// records included.
	#[pallet::storage]
	pub type SupersededManifests<T: Config> =
		StorageMap<_, Blake2_128Concat, (AccountId, Commitment), RecordId>;

	/// The records that are out of use, and since when.
	#[pallet::storage]
	pub type RetiredRecords<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Milliseconds>;

	/// The records that are offered to another institution.
	#[pallet::storage]
	pub type CustodyOffers<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, CustodyOffer>;

	/// What patients restrict: of one record, or of all (`None`).
	#[pallet::storage]
	pub type Restrictions<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		AccountId,
		Blake2_128Concat,
		Option<RecordId>,
		Restriction,
	>;

	/// How many restrictions each patient has.
	#[pallet::storage]
	pub type RestrictionCountOf<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The last dispute of each record that was ever disputed.
	#[pallet::storage]
	pub type Disputes<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Dispute>;

	/// The records of each patient with an open dispute.
	#[pallet::storage]
	pub type OpenDisputesOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<RecordId, T::MaxOpenDisputes>,
		ValueQuery,
	>;

	/// What is left of erased records.
	#[pallet::storage]
	pub type ErasedRecords<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, Tombstone>;

	/// The manifests of each patient's erased records.
	#[pallet::storage]
	pub type ErasedManifests<T: Config> =
		StorageMap<_, Blake2_128Concat, (AccountId, Commitment), RecordId>;

	/// The records whose patients want them erased.
	#[pallet::storage]
	pub type ErasureRequests<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, ErasureRequest>;

	/// What waits for each institution, in the order of the deadlines.
	#[pallet::storage]
	pub type PendingErasures<T: Config> =
		StorageDoubleMap<_, Twox64Concat, InstitutionId, Identity, ErasureKey, ()>;

	/// What each institution did with the requests that waited for it.
	#[pallet::storage]
	pub type ErasureCountsOf<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, ErasureCounts, ValueQuery>;

	/// Where record identifiers start.
	#[pallet::type_value]
	pub fn FirstRecordId() -> RecordId {
		RecordId(0)
	}

	/// Where grant identifiers start.
	#[pallet::type_value]
	pub fn FirstGrantId() -> GrantId {
		GrantId(0)
	}

	/// Where identifiers of batches start.
	#[pallet::type_value]
	pub fn FirstBatchId() -> BatchId {
		BatchId(0)
	}

	/// Genesis writes the role matrix that is shipped, and what else a chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Whether the chain has trusted issuers from the start, so that clinical staff needs a
		/// licence: writes [`required_level::LICENSED`].
		pub licences_required: bool,
		/// Cells of the role matrix in the place of those that are shipped: role, purpose of use and actions; without
		/// actions, nothing is permitted. Each cell once.
		pub role_permissions: Vec<(Role, [u8; 16], Vec<Action>)>,
		/// Levels in the place of those that are shipped, and of those for licences: purpose of use, action and level. Each
		/// purpose and action once.
		pub required_levels: Vec<([u8; 16], Action, AssuranceLevel)>,
		/// The terms of breaking the glass.
		pub emergency_terms: GenesisEmergencyTerms,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::write_shipped_matrix();
			if self.licences_required {
				Pallet::<T>::write_licensed_levels();
			}
			let built = Pallet::<T>::build_permissions(&self.role_permissions)
				.and_then(|()| Pallet::<T>::build_levels(&self.required_levels))
				.and_then(|()| Pallet::<T>::build_terms(&self.emergency_terms));
			// A chain must not start with other rules than its specification names.
			assert!(
				built.is_ok(),
				"the genesis needs each cell and each level once, and terms of emergencies within their bounds: {:?}",
				built.err()
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxSections::get() > 0, "MaxSections is zero: no record can be registered");
			assert!(
				T::MaxGrantDuration::get().0 > 0,
				"MaxGrantDuration is zero: no grant can hold"
			);
			assert!(
				T::MaxProvenDuration::get().0 > 0
					&& T::MaxProvenDuration::get() <= T::MaxGrantDuration::get(),
				"MaxProvenDuration is zero, or longer than any grant can hold"
			);
			assert!(T::MaxUses::get() > 0, "MaxUses is zero: no grant can be used");
			assert!(
				T::MaxEmergencyDuration::get() <= T::MaxGrantDuration::get(),
				"MaxEmergencyDuration is longer than any grant can hold"
			);
			assert!(
				Self::check_terms(&T::DefaultEmergencyTerms::get()).is_ok(),
				"DefaultEmergencyTerms are out of bounds"
			);
		}

		/// Pays for `NextGrantId`, which is read once and written once in a block, however many grants there are. Benchmarks
		/// of requests do not count it.
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			T::DbWeight::get().reads_writes(1, 1)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::check_invariants()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Whether an institution could release under the grant at `at`, with the state of this block; a refusal
		/// is that of a disclosure. Of a grant for a whole record each institution has uses of its own, so one can have used
		/// up what another has not; which of its records is released is not asked, so what holds for one of them alone
		/// (erased, retired, restricted) is not said.
		pub fn check_grant(
			grant: GrantId,
			custodian: InstitutionId,
			at: Milliseconds,
		) -> Result<(), GrantRefusal> {
			let stored = Grants::<T>::get(grant).ok_or(GrantRefusal::Unknown)?;
			Self::check_use(grant, &stored, custodian, at)
		}

		/// How many disclosures an institution may still make under a grant. `None`: there is no such grant.
		/// Whether it may make any now is for [`check_grant`](Self::check_grant) to say.
		pub fn uses_left(grant: GrantId, custodian: InstitutionId) -> Option<u32> {
			let stored = Grants::<T>::get(grant)?;
			Some(Self::uses_left_at(grant, &stored, custodian))
		}

		/// A break-glass and its review. `None`: the grant is none, or rests on consents.
		pub fn emergency_override(grant: GrantId) -> Option<OverrideView> {
			Self::query_override(grant)
		}

		/// What the auditor reads of who broke the glass. `None`: the grant is none, or rests on no proof of an emergency.
		pub fn emergency_evidence(grant: GrantId) -> Option<EmergencyEvidence> {
			ProvenOverrides::<T>::get(grant)
		}

		/// The break-glasses about a patient, the oldest first: at most `limit` of them, and at most
		/// [`MAX_PAGE`], leaving out the first `skip`.
		pub fn overrides_of(patient: AccountId, skip: u32, limit: u32) -> Vec<OverrideView> {
			Self::query_overrides(&patient, skip, limit)
		}

		/// The pending reviews of an institution, the next deadline first: at most `limit` of them,
		/// and at most [`MAX_PAGE`], beginning behind the grant `after`.
		pub fn pending_reviews(
			institution: InstitutionId,
			after: Option<GrantId>,
			limit: u32,
		) -> Vec<OverrideView> {
			Self::query_pending(institution, after, limit)
		}

		/// How many reviews an institution has, and whether they block further break-glass now.
		pub fn review_standing(institution: InstitutionId) -> ReviewStanding {
			Self::query_standing(institution)
		}

		/// What a patient restricts: of which record (`None`: of all), and for which purposes.
		pub fn restrictions_of(patient: AccountId) -> Vec<(Option<RecordId>, Restriction)> {
			Self::query_restrictions(&patient)
		}

		/// What is left of a record. `None`: it was not erased, or never registered.
		pub fn tombstone(record: RecordId) -> Option<Tombstone> {
			ErasedRecords::<T>::get(record)
		}

		/// That the patient wants a record erased. `None`: nobody asked, or it was answered.
		pub fn erasure_request(record: RecordId) -> Option<ErasureRequest> {
			ErasureRequests::<T>::get(record)
		}

		/// What an institution was asked to erase, the next deadline first: at most `limit` of it, and
		/// at most [`MAX_PAGE`], beginning behind the record `after`.
		pub fn pending_erasures(
			institution: InstitutionId,
			after: Option<RecordId>,
			limit: u32,
		) -> Vec<(RecordId, ErasureRequest)> {
			Self::query_pending_erasures(institution, after, limit)
		}

		/// How many requests for erasure an institution has, and how many of them are overdue now.
		pub fn erasure_standing(institution: InstitutionId) -> ErasureStanding {
			Self::query_erasure_standing(institution)
		}

		/// The last dispute of a record, and what came of it. `None`: it was never disputed.
		pub fn dispute_of(record: RecordId) -> Option<Dispute> {
			Disputes::<T>::get(record)
		}

		/// The open disputes of the records that a grant is for: what whoever reads them has to know.
		pub fn disputes_under(grant: GrantId) -> Vec<(RecordId, Dispute)> {
			Self::query_disputes(grant)
		}

		/// Which version of a record there is; the registration was the first. `None`: it was erased, or
		/// never registered.
		pub fn record_version(record: RecordId) -> Option<u32> {
			Self::query_version(record)
		}

		/// Since when a record is out of use. `None`: it is in use, or not there.
		pub fn retired_since(record: RecordId) -> Option<Milliseconds> {
			RetiredRecords::<T>::get(record)
		}

		/// By what proofs of access know whose record one is. `None`: its custodian set nothing, or it is not there.
		pub fn subject_tag(record: RecordId) -> Option<SubjectTag> {
			SubjectTags::<T>::get(record)
		}

		/// Whether a grant rests on the proof of a shielded consent.
		pub fn is_proven(grant: GrantId) -> bool {
			ProvenGrants::<T>::contains_key(grant)
		}

		/// To whom a record is offered. `None`: to nobody.
		pub fn custody_offer(record: RecordId) -> Option<CustodyOffer> {
			CustodyOffers::<T>::get(record)
		}

		/// A batch of disclosures. `None`: there is none, or it left the state with its entry.
		pub fn disclosure_batch(batch: BatchId) -> Option<DisclosureBatch> {
			DisclosureBatches::<T>::get(batch)
		}

		/// Whether a batch holds a disclosure, and the grant that it names says the same; a refusal
		/// says why not.
		pub fn check_disclosure(
			batch: BatchId,
			leaf: DisclosureLeaf,
			proof: InclusionProof,
		) -> Result<(), LeafRefusal> {
			Self::check_leaf(batch, &leaf, &proof)
		}

		/// The terms of breaking the glass in force.
		pub fn emergency_terms() -> EmergencyTerms {
			EmergencyTermsInForce::<T>::get()
		}
	}
}
