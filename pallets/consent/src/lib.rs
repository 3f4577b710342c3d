//! # Consent
//!
//! Who may see what of a patient's record, for what, how often, and until when.
//!
//! ## Overview
//!
//! Patients grant, amend and revoke consents here, or others do it for them: guardians, by their
//! threshold, and delegates, within what the patient gave them. A consent is a tree of permits and
//! denies in coded form (the shape of FHIR `Consent.provision`), the salted hash of the document
//! that was signed, and terms. The pallet keeps the consents and all their versions; what they mean
//! for a request is decided by [`hdx_primitives::engine`], the same function that the tools off
//! chain use.
//!
//! ## Terminology
//!
//! - **Patient**: a pseudonymous account that an institution sponsored into existence. It needs no
//!   tokens. A **ward** is a patient who has guardians from the beginning.
//! - **Policy**: the tree of provisions. The first is the base rule, the others are exceptions.
//! - **Template**: a consent document, by the hash of its address and a version, that governance
//!   published. A consent that names no published template is refused: nobody could tell what the
//!   patient was informed of. Under a *retired* one nothing new is signed.
//! - **Version**: what a consent said from one amendment to the next. Each names the hash of the one
//!   before, so that the history cannot be changed or cut unnoticed.
//! - **Terms**: how often a consent may be used ([`FrequencyLimit`]), by when recipients must have
//!   erased what they were given, and how it goes on when its period ends ([`Renewal`]).
//! - **In force**: granted, not revoked, and its time not over. Its time is that of the base rule,
//!   longer by the renewals until now, and over when everything must be erased. What is over stays
//!   over: it cannot be changed, stays readable, and makes room when the patient needs it.
//! - **Request**: what a provider asks a patient to consent to. It waits, and expires.
//! - **Scope**: the most that somebody else than the patient can consent to.
//! - **Guardians**: those who act for a patient who cannot, or not alone, within a scope and a time.
//!   They *propose* to each other and *approve*. What only takes permissions back is carried out
//!   when enough of them approved; for all else the *objection delay* begins.
//! - **Delegate**: somebody whom the patient lets act, within a narrower scope.
//! - **Decision rules**: how several consents are combined, and what holds where none applies.
//!
//! ## Scenario
//!
//! A hospital's operator sponsors an account for a patient. The patient reads the consent document,
//! signs it on paper or on a device, and grants a consent: treatment, this hospital, one year, but
//! no psychiatric notes. A practitioner of the hospital asks for access; the record-access pallet
//! asks [`ConsentDecider::decide`] and gets a permit with the obligation to withhold what is
//! labelled psychiatric. The patient amends the consent; a grant that the new version does not
//! permit in the same way dies in the same block, because record-access decides again whenever a
//! grant is used. The patient revokes. The next request is decided without that consent; it stays
//! readable, so that what was permitted before can still be explained.
//!
//! A researcher [asks](Pallet::request_consent) for two years of data, twice a day. The patient
//! [approves](Pallet::approve_request) one year, once a week, to be erased by a date. Record-access
//! counts each disclosure with [`ConsentDecider::record_use`], and the second one in a week is
//! refused. After the date the institution [confirms](Pallet::confirm_erasure) that it erased.
//!
//! A child is [sponsored as a ward](Pallet::sponsor_ward) of both parents, for treatment, until
//! majority. Both must agree. On the eighteenth birthday their power has ended, without any
//! transaction, and the young adult decides alone.
//!
//! ## Rules
//!
//! - **A patient can always revoke**, whoever granted, and whatever the time. Nothing is asked.
//! - **Time is read, not waited for.** That a consent ended, renewed itself, that a request expired,
//!   that guardians were replaced or are out of office: every decision reads it from the clock. The
//!   work that blocks do when they are idle is to *announce* renewals, so many in a block.
//! - **A frequency** is so many disclosures in each window of time; the windows are counted from the
//!   moment at which the version of the consent was given. Across the border of two windows there
//!   can be twice as many. It binds the consent that a decision names as its basis.
//! - **A request is approved narrower or as it is**, never wider: to the requester or the
//!   institution only, within what was asked, under terms that are no laxer.
//! - **Guardians do not stretch their mandate**: they can name others in their place, but scope,
//!   powers, time and delay stay. Whether they can object when the patient replaces them is a power
//!   that whoever named them gave or did not give. The operator of an institution is neither
//!   guardian nor delegate: it would approve its own requests.
//! - **Nobody else lifts what the patient denied.** A delegate touches only what the delegate gave,
//!   and decides only where no consent of the patient or the guardians applies, however much later
//!   the delegate's was given. Guardians who revoke a consent by which the patient in person denied
//!   something wait for the objection, as they do when they grant.
//! - **A renewal counts towards a scope**: with all its renewals a consent must lie within it.
//!
//! ## Data structures
//!
//! - [`Consents`]: every consent that was ever granted, in its current version; [`History`]: the
//!   versions before.
//! - [`ConsentsOf`]: the consents of a patient that a decision looks at; [`AllConsentsOf`]: all of
//!   them.
//! - [`Usage`], [`Erasures`], [`Agenda`]: uses of consents with a limit, confirmations, and what is
//!   to be announced.
//! - [`Patients`], [`EmergencyOptOuts`]: the sponsored accounts, and who opted out.
//! - [`Templates`]: the published documents.
//! - [`Requests`], with an index for patients and one for requesters.
//! - [`Guardians`], [`GuardiansToBe`], [`Proposals`], [`DelegatesOf`]: who acts for a patient.
//! - [`DecisionRules`]: the governed parameters of a decision.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`sponsor_patient`](Pallet::sponsor_patient) | operator of an active institution | [`PatientSponsored`](Event::PatientSponsored) |
//! | [`sponsor_ward`](Pallet::sponsor_ward) | operator of an active institution | [`PatientSponsored`](Event::PatientSponsored), [`GuardiansInstalled`](Event::GuardiansInstalled) |
//! | [`publish_template`](Pallet::publish_template) | governance | [`TemplatePublished`](Event::TemplatePublished) |
//! | [`retire_template`](Pallet::retire_template) | governance | [`TemplateRetired`](Event::TemplateRetired) |
//! | [`set_decision_rules`](Pallet::set_decision_rules) | governance | [`DecisionRulesChanged`](Event::DecisionRulesChanged) |
//! | [`grant`](Pallet::grant) | a patient | [`ConsentGranted`](Event::ConsentGranted) |
//! | [`amend`](Pallet::amend), [`renew`](Pallet::renew) | the patient | [`ConsentAmended`](Event::ConsentAmended) |
//! | [`stop_renewal`](Pallet::stop_renewal) | the patient | [`RenewalStopped`](Event::RenewalStopped) |
//! | [`revoke`](Pallet::revoke) | the patient | [`ConsentRevoked`](Event::ConsentRevoked) |
//! | [`confirm_erasure`](Pallet::confirm_erasure) | operator of an active institution | [`ErasureConfirmed`](Event::ErasureConfirmed) |
//! | [`set_emergency_override`](Pallet::set_emergency_override) | a patient | [`EmergencyOverrideSet`](Event::EmergencyOverrideSet) |
//! | [`request_consent`](Pallet::request_consent) | a practitioner in good standing, or the institution's operator | [`ConsentRequested`](Event::ConsentRequested) |
//! | [`approve_request`](Pallet::approve_request) | the patient who is asked | [`ConsentGranted`](Event::ConsentGranted), [`ConsentRequestApproved`](Event::ConsentRequestApproved) |
//! | [`deny_request`](Pallet::deny_request) | the patient who is asked | [`ConsentRequestDenied`](Event::ConsentRequestDenied) |
//! | [`withdraw_request`](Pallet::withdraw_request) | who made the request | [`ConsentRequestWithdrawn`](Event::ConsentRequestWithdrawn) |
//! | [`set_guardians`](Pallet::set_guardians) | a patient | [`GuardiansInstalled`](Event::GuardiansInstalled), [`GuardianReplacementPending`](Event::GuardianReplacementPending) or [`GuardianReplacementCancelled`](Event::GuardianReplacementCancelled) |
//! | [`propose_as_guardian`](Pallet::propose_as_guardian) | a guardian in office | [`ProposalMade`](Event::ProposalMade), and as for an approval |
//! | [`approve_as_guardian`](Pallet::approve_as_guardian) | a guardian in office | [`ProposalApproved`](Event::ProposalApproved); [`ProposalAgreed`](Event::ProposalAgreed), or those of the action and [`ProposalExecuted`](Event::ProposalExecuted) |
//! | [`execute_proposal`](Pallet::execute_proposal) | a guardian in office | those of the action, [`ProposalExecuted`](Event::ProposalExecuted) |
//! | [`object_to_proposal`](Pallet::object_to_proposal) | the patient | [`ProposalObjected`](Event::ProposalObjected) |
//! | [`delegate`](Pallet::delegate) | a patient | [`DelegateNamed`](Event::DelegateNamed) |
//! | [`revoke_delegate`](Pallet::revoke_delegate) | the patient who named the delegate | [`DelegateRevoked`](Event::DelegateRevoked) |
//! | [`act_as_delegate`](Pallet::act_as_delegate) | a delegate | those of the action |
//!
//! Each of them leaves an entry in the audit log. So does each renewal, when an idle block announces
//! it with [`ConsentRenewed`](Event::ConsentRenewed); the notice before it is announced with
//! [`RenewalNoticeOpened`](Event::RenewalNoticeOpened).
//!
//! Anyone can ask, free of charge and at any block whose state is kept: the view functions, and the
//! runtime API of the crate `pallet-consent-runtime-api`.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod acting;
pub mod agenda;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod consents;
mod decider;
mod delegates;
mod dispatchables;
mod erasure;
mod errors;
mod events;
mod governance;
mod guardians;
mod history;
pub mod migrations;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod patients;
mod proposals;
mod queries;
mod requests;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
mod usage;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use hdx_primitives::consent::VERSION_TAG;
pub use pallet::*;
pub use queries::MAX_PAGE;
pub use types::{
	Accounts, ConsentAction, ConsentContent, ConsentQuery, ConsentRecord, ConsentRequest,
	ConsentRequestTerms, ConsentState, ConsentSummary, ConsentTerms, DelegateTerms, Delegation,
	DocumentTemplate, ErasureConfirmation, FrequencyLimit, GrantedBy, GuardianAction,
	GuardianPowers, GuardianSet, Guardianship, PatientInfo, PendingGuardians, Powers, Proposal,
	Renewal, SignedDocument, UsageWindow, VersionRecord, MAX_ACCOUNTS,
};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
#[cfg(doc)]
use hdx_primitives::ConsentDecider;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the
// calls hand over to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		acting::Acting,
		agenda::{AgendaItem, AgendaKey},
		types::*,
		WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		engine::{Decision, Policy, PolicyError, Rules},
		AccountId, AuditSink, Code, Commitment, ConsentId, InstitutionId, Milliseconds, ProposalId,
		ProviderDirectory, RequestId, TemplateId, H256,
	};

	/// The layout of the storage below.
	pub(crate) const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId>
	{
		/// Who publishes and retires templates and sets the decision rules.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who operates which institution, and who may practise.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// The time of the block, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// Most consents in force of one patient.
		#[pallet::constant]
		type MaxConsentsPerPatient: Get<u32>;

		/// Most versions of one consent.
		#[pallet::constant]
		type MaxVersions: Get<u32>;

		/// Most templates that are not retired.
		#[pallet::constant]
		type MaxTemplates: Get<u32>;

		/// Most requests that wait for one patient.
		#[pallet::constant]
		type MaxRequestsPerPatient: Get<u32>;

		/// Most requests of one requester that wait.
		#[pallet::constant]
		type MaxRequestsPerRequester: Get<u32>;

		/// How long a request waits for an answer.
		#[pallet::constant]
		type MaxRequestAge: Get<Milliseconds>;

		/// Most guardians of one patient; at most [`MAX_ACCOUNTS`].
		#[pallet::constant]
		type MaxGuardians: Get<u32>;

		/// Most proposals about one patient that wait.
		#[pallet::constant]
		type MaxProposals: Get<u32>;

		/// How long a proposal waits for approvals, and then for being carried out.
		#[pallet::constant]
		type MaxProposalAge: Get<Milliseconds>;

		/// Longest objection delay.
		#[pallet::constant]
		type MaxObjectionDelay: Get<Milliseconds>;

		/// Most delegates of one patient.
		#[pallet::constant]
		type MaxDelegates: Get<u32>;

		/// Most announcements of renewals in one block.
		#[pallet::constant]
		type MaxAnnouncementsPerBlock: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// Every consent that was ever granted, in its current version. Revoked and ended ones stay.
	#[pallet::storage]
	pub type Consents<T: Config> =
		StorageMap<_, Blake2_128Concat, ConsentId, ConsentRecord, OptionQuery>;

	/// The number of the next consent.
	#[pallet::storage]
	pub type NextConsentId<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// The consents of a patient that a decision looks at, in the order they were granted: those in
	/// force, and those whose time is over until they have to make room.
	#[pallet::storage]
	pub type ConsentsOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<ConsentId, T::MaxConsentsPerPatient>,
		ValueQuery,
	>;

	/// Every consent of a patient, by its place in the order they were granted.
	#[pallet::storage]
	pub type AllConsentsOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, u32, ConsentId, OptionQuery>;

	/// How many consents a patient ever had.
	#[pallet::storage]
	pub type ConsentCountOf<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The past versions of the consents. Each names the hash of the one before; the last one's
	/// hash is named by the consent.
	#[pallet::storage]
	pub type History<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		ConsentId,
		Twox64Concat,
		u32,
		VersionRecord,
		OptionQuery,
	>;

	/// The disclosures in the last window of time in which there were any, for consents that limit
	/// them.
	#[pallet::storage]
	pub type Usage<T: Config> =
		StorageMap<_, Blake2_128Concat, ConsentId, UsageWindow, OptionQuery>;

	/// Which institutions erased what they were given, by consent, version and institution.
	#[pallet::storage]
	pub type Erasures<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		ConsentId,
		Twox64Concat,
		(u32, InstitutionId),
		ErasureConfirmation,
		OptionQuery,
	>;

	/// What is to be announced, in the order of time: the hasher keeps the keys as they are.
	#[pallet::storage]
	pub type Agenda<T: Config> = StorageMap<_, Identity, AgendaKey, AgendaItem, OptionQuery>;

	/// The accounts that are patients.
	#[pallet::storage]
	pub type Patients<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PatientInfo, OptionQuery>;

	/// The patients who opted out of the emergency override, and since when.
	#[pallet::storage]
	pub type EmergencyOptOuts<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, Milliseconds, OptionQuery>;

	/// The consent documents that governance published.
	#[pallet::storage]
	pub type Templates<T: Config> =
		StorageMap<_, Blake2_128Concat, TemplateId, DocumentTemplate, OptionQuery>;

	/// The number of the next template.
	#[pallet::storage]
	pub type NextTemplateId<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The template of each document: the hash of its URI, and its version.
	#[pallet::storage]
	pub type TemplateNumbers<T: Config> =
		StorageMap<_, Blake2_128Concat, ([u8; 32], u32), TemplateId, OptionQuery>;

	/// How many templates are not retired.
	#[pallet::storage]
	pub type TemplatesInUse<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The requests that wait for an answer.
	#[pallet::storage]
	pub type Requests<T: Config> =
		StorageMap<_, Blake2_128Concat, RequestId, ConsentRequest, OptionQuery>;

	/// The number of the next request.
	#[pallet::storage]
	pub type NextRequestId<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// The requests that wait for a patient.
	#[pallet::storage]
	pub type RequestsOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<RequestId, T::MaxRequestsPerPatient>,
		ValueQuery,
	>;

	/// The requests that a requester made and that wait.
	#[pallet::storage]
	pub type RequestsBy<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<RequestId, T::MaxRequestsPerRequester>,
		ValueQuery,
	>;

	/// The guardians of a patient.
	#[pallet::storage]
	pub type Guardians<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, Guardianship, OptionQuery>;

	/// The guardians that a patient wants instead.
	#[pallet::storage]
	pub type GuardiansToBe<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PendingGuardians, OptionQuery>;

	/// What guardians proposed, and was neither carried out nor objected to.
	#[pallet::storage]
	pub type Proposals<T: Config> =
		StorageMap<_, Blake2_128Concat, ProposalId, Proposal, OptionQuery>;

	/// The number of the next proposal.
	#[pallet::storage]
	pub type NextProposalId<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// The proposals about a patient.
	#[pallet::storage]
	pub type ProposalsOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<ProposalId, T::MaxProposals>,
		ValueQuery,
	>;

	/// The delegates of a patient.
	#[pallet::storage]
	pub type DelegatesOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<Delegation, T::MaxDelegates>,
		ValueQuery,
	>;

	/// How several consents are combined, and what holds where none applies.
	#[pallet::storage]
	pub type DecisionRules<T: Config> = StorageValue<_, Rules, ValueQuery>;

	/// What stands in the genesis block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Templates: the BLAKE2b-256 of the document's URI, and its version. None twice.
		pub templates: Vec<([u8; 32], u32)>,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (uri_hash, version) in &self.templates {
				let added = Pallet::<T>::add_template(*uri_hash, *version, Milliseconds(0));
				assert!(added.is_ok(), "a template of the genesis block cannot be published");
			}
		}
	}

	impl<T> From<PolicyError> for Error<T> {
		fn from(error: PolicyError) -> Self {
			match error {
				PolicyError::EmptyPolicy => Self::EmptyPolicy,
				PolicyError::ParentNotBefore => Self::ParentNotBefore,
				PolicyError::TooDeep => Self::TooDeep,
				PolicyError::PeriodNotOrdered => Self::PeriodNotOrdered,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::work_agenda(remaining)
		}

		fn integrity_test() {
			assert!(
				T::MaxGuardians::get() <= MAX_ACCOUNTS,
				"MaxGuardians is more than a set of guardians can hold"
			);
			let bounds = [
				T::MaxConsentsPerPatient::get(),
				T::MaxVersions::get(),
				T::MaxTemplates::get(),
				T::MaxRequestsPerPatient::get(),
				T::MaxRequestsPerRequester::get(),
				T::MaxGuardians::get(),
				T::MaxProposals::get(),
				T::MaxDelegates::get(),
				T::MaxAnnouncementsPerBlock::get(),
			];
			assert!(
				bounds.iter().all(|bound| *bound > 0),
				"a bound is zero: a call cannot succeed"
			);
			assert!(T::MaxRequestAge::get().0 > 0, "MaxRequestAge is zero: requests are born dead");
			assert!(T::MaxProposalAge::get().0 > 0, "MaxProposalAge is zero: none can be approved");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A consent in its current version: in force, ended or revoked.
		pub fn consent(id: ConsentId) -> Option<ConsentRecord> {
			Consents::<T>::get(id)
		}

		/// The consents of a patient that are not revoked and whose time is not over, in the order
		/// they were granted.
		pub fn active_consents(patient: AccountId) -> Vec<ConsentId> {
			let now = Self::now();
			let is_over = |id: &ConsentId| Consents::<T>::get(id).is_none_or(|it| it.is_over(now));
			ConsentsOf::<T>::get(patient).into_iter().filter(|id| !is_over(id)).collect()
		}

		/// What would be decided about a patient now.
		pub fn decide_query(patient: AccountId, query: ConsentQuery) -> Decision {
			Self::query_decision(&patient, &query)
		}

		/// The consents of a patient, ended and revoked ones included: at most `limit` (and
		/// [`MAX_PAGE`](crate::MAX_PAGE)) in the order they were granted, without the first `skip`.
		pub fn list(patient: AccountId, skip: u32, limit: u32) -> Vec<ConsentSummary> {
			Self::query_consents(&patient, skip, limit)
		}

		/// Every version of a consent, the first one first.
		pub fn history(consent: ConsentId) -> Vec<VersionRecord> {
			Self::query_history(consent)
		}

		/// Whether a patient allows the emergency override.
		pub fn allows_emergency_override(patient: AccountId) -> bool {
			!EmergencyOptOuts::<T>::contains_key(patient)
		}

		/// The requests that wait for a patient and have not expired.
		pub fn requests_to(patient: AccountId) -> Vec<(RequestId, ConsentRequest)> {
			let now = Self::now();
			let requests = RequestsOf::<T>::get(patient).into_iter();
			requests
				.filter_map(|id| Some((id, Requests::<T>::get(id)?)))
				.filter(|(_, request)| now < request.expires_at)
				.collect()
		}

		/// The guardians of a patient who are in office.
		pub fn guardians(patient: AccountId) -> Option<Guardianship> {
			Self::guardians_in_office(&patient)
		}

		/// What the guardians proposed and neither carried out nor gave up.
		pub fn proposals(patient: AccountId) -> Vec<(ProposalId, Proposal)> {
			let now = Self::now();
			let proposals = ProposalsOf::<T>::get(patient).into_iter();
			proposals
				.filter_map(|id| Some((id, Proposals::<T>::get(id)?)))
				.filter(|(_, proposal)| now < proposal.expires_at)
				.collect()
		}

		/// The delegates of a patient.
		pub fn delegates(patient: AccountId) -> Vec<Delegation> {
			DelegatesOf::<T>::get(patient).into_inner()
		}
	}
}
