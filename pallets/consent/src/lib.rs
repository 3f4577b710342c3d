//! # Consent
//!
//! Who may see what of a patient's record, for what, and until when.
//!
//! ## Overview
//!
//! Patients grant and revoke consents here. A consent is a tree of permits and denies in coded
//! form (the shape of FHIR `Consent.provision`) and the salted hash of the document that the
//! patient signed. The pallet keeps the consents; what they mean for a request is decided by
//! [`hdx_primitives::engine`], the same function that the tools off chain use.
//!
//! ## Terminology
//!
//! - **Patient**: a pseudonymous account that an institution sponsored into existence. It needs no
//!   tokens.
//! - **Policy**: the tree of provisions. The first is the base rule, the others are exceptions.
//! - **Template**: a consent document, by the hash of its address and a version, that governance
//!   published. A consent that names no published template is refused: nobody could tell what the
//!   patient was informed of.
//! - **Active**: granted and not revoked. An active consent whose period has passed does not apply
//!   any more, but counts until it is revoked.
//! - **Decision rules**: how several consents are combined, and what holds where none applies.
//!
//! ## Scenario
//!
//! A hospital's operator sponsors an account for a patient. The patient reads the consent document,
//! signs it on paper or on a device, and grants a consent: treatment, this hospital, one year, but
//! no psychiatric notes. A practitioner of the hospital asks for access; the record-access pallet
//! asks [`ConsentDecider::decide`] and gets a permit with the obligation to withhold what is
//! labelled psychiatric. The patient revokes. The next request is decided without that consent;
//! it stays readable, so that what was permitted before can still be explained.
//!
//! ## Data structures
//!
//! - [`Consents`]: every consent that was ever granted, by number.
//! - [`ConsentsOf`]: the numbers of a patient's active consents.
//! - [`Patients`]: the sponsored accounts.
//! - [`Templates`]: the published documents.
//! - [`DecisionRules`]: the governed parameters of a decision.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`sponsor_patient`](Pallet::sponsor_patient) | operator of an active institution | [`PatientSponsored`](Event::PatientSponsored) |
//! | [`publish_template`](Pallet::publish_template) | governance | [`TemplatePublished`](Event::TemplatePublished) |
//! | [`grant`](Pallet::grant) | a patient | [`ConsentGranted`](Event::ConsentGranted) |
//! | [`revoke`](Pallet::revoke) | the patient who granted it | [`ConsentRevoked`](Event::ConsentRevoked) |
//! | [`set_decision_rules`](Pallet::set_decision_rules) | governance | [`DecisionRulesChanged`](Event::DecisionRulesChanged) |
//!
//! Each of them leaves an entry in the audit log.

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
