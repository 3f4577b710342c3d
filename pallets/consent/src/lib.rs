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

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod decider;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{ConsentRecord, DocumentTemplate, PatientInfo, SignedDocument};
pub use weights::WeightInfo;

#[cfg(doc)]
use hdx_primitives::ConsentDecider;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the
// calls hand over to another file at once.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{ConsentRecord, DocumentTemplate, PatientInfo, SignedDocument, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		engine::{Policy, PolicyError, Rules},
		AccountId, AuditSink, ConsentId, InstitutionId, Milliseconds, ProviderDirectory,
		TemplateId,
	};

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId>
	{
		/// Who publishes templates and sets the decision rules.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who operates which institution.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// The time of the block, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// Most active consents of one patient.
		#[pallet::constant]
		type MaxConsentsPerPatient: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// Every consent that was ever granted. Revoked ones stay.
	#[pallet::storage]
	pub type Consents<T: Config> =
		StorageMap<_, Blake2_128Concat, ConsentId, ConsentRecord, OptionQuery>;

	/// The number of the next consent.
	#[pallet::storage]
	pub type NextConsentId<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// The active consents of a patient, in the order they were granted.
	#[pallet::storage]
	pub type ConsentsOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId,
		BoundedVec<ConsentId, T::MaxConsentsPerPatient>,
		ValueQuery,
	>;

	/// The accounts that are patients.
	#[pallet::storage]
	pub type Patients<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PatientInfo, OptionQuery>;

	/// The consent documents that governance published.
	#[pallet::storage]
	pub type Templates<T: Config> =
		StorageMap<_, Blake2_128Concat, TemplateId, DocumentTemplate, OptionQuery>;

	/// The number of the next template.
	#[pallet::storage]
	pub type NextTemplateId<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// How several consents are combined, and what holds where none applies.
	#[pallet::storage]
	pub type DecisionRules<T: Config> = StorageValue<_, Rules, ValueQuery>;

	/// What stands in the genesis block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Templates: the BLAKE2b-256 of the document's URI, and its version.
		pub templates: Vec<([u8; 32], u32)>,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (id, (uri_hash, version)) in (0u32..).zip(&self.templates) {
				let published_at = Milliseconds(0);
				let template =
					DocumentTemplate { uri_hash: *uri_hash, version: *version, published_at };
				Templates::<T>::insert(TemplateId(id), template);
				NextTemplateId::<T>::put(id.saturating_add(1));
			}
		}
	}

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
			/// Who granted it.
			patient: AccountId,
			/// Its version.
			version: u32,
			/// The template of the document that was signed.
			template: TemplateId,
		},
		/// A consent was revoked.
		ConsentRevoked {
			/// Its number.
			consent: ConsentId,
			/// Who revoked it.
			patient: AccountId,
		},
		/// The decision rules were changed.
		DecisionRulesChanged {
			/// The rules from now on.
			rules: Rules,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
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
		/// The patient has as many active consents as are allowed; revoke one first.
		TooManyConsents,
		/// There is no such consent.
		ConsentUnknown,
		/// Somebody else granted that consent.
		NotYourConsent,
		/// The consent was revoked before.
		AlreadyRevoked,
		/// Every number has been given away.
		NoNumberLeft,
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
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes an account a patient. It exists from then on, without tokens.
		///
		/// Signed by the operator of an active institution.
		///
		/// # Errors
		///
		/// - [`Error::NotAnOperator`]
		/// - [`Error::AlreadyPatient`]
		/// - [`Error::PatientIsOperator`]
		///
		/// # Events
		///
		/// [`Event::PatientSponsored`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::sponsor_patient())]
		pub fn sponsor_patient(origin: OriginFor<T>, patient: AccountId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_sponsor_patient(operator, patient)
		}

		/// Publishes a version of a consent document, so that consents can name it.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::NoNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::TemplatePublished`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::publish_template())]
		pub fn publish_template(
			origin: OriginFor<T>,
			uri_hash: [u8; 32],
			version: u32,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_publish_template(uri_hash, version)
		}

		/// Grants a consent: `policy` in coded form, and the document that was signed.
		///
		/// Signed by a patient.
		///
		/// # Errors
		///
		/// - [`Error::NotAPatient`]
		/// - [`Error::TemplateUnknown`]
		/// - [`Error::EmptyPolicy`], [`Error::ParentNotBefore`], [`Error::TooDeep`],
		///   [`Error::PeriodNotOrdered`]: the policy is not a tree that can be decided on
		/// - [`Error::IdentifierActorOnChain`]
		/// - [`Error::AlreadyEnded`]
		/// - [`Error::TooManyConsents`]
		/// - [`Error::NoNumberLeft`]
		///
		/// # Events
		///
		/// [`Event::ConsentGranted`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::grant())]
		pub fn grant(
			origin: OriginFor<T>,
			policy: Policy,
			document: SignedDocument,
		) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_grant(patient, policy, document)
		}

		/// Revokes a consent, at once. It stays readable, and accesses of before stay valid
		/// history.
		///
		/// Signed by the patient who granted it.
		///
		/// # Errors
		///
		/// - [`Error::ConsentUnknown`]
		/// - [`Error::NotYourConsent`]
		/// - [`Error::AlreadyRevoked`]
		///
		/// # Events
		///
		/// [`Event::ConsentRevoked`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, consent: ConsentId) -> DispatchResult {
			let patient = ensure_signed(origin)?;
			Self::do_revoke(patient, consent)
		}

		/// Sets how several consents are combined, and what holds where none applies.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// None of its own.
		///
		/// # Events
		///
		/// [`Event::DecisionRulesChanged`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_decision_rules())]
		pub fn set_decision_rules(origin: OriginFor<T>, rules: Rules) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_decision_rules(rules)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A consent, active or revoked.
		pub fn consent(id: ConsentId) -> Option<ConsentRecord> {
			Consents::<T>::get(id)
		}

		/// The active consents of a patient, in the order they were granted.
		pub fn active_consents(patient: AccountId) -> Vec<ConsentId> {
			ConsentsOf::<T>::get(patient).into_inner()
		}
	}
}
