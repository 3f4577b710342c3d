//! # Provider registry
//!
//! ## Overview
//!
//! Which institutions there are, who practises at them and in which roles, and by which credential.
//! Other pallets ask one question, through [`ProviderDirectory`]: may this account act for this
//! institution in this role now? The answer is a [`Standing`], or the reason why not.
//!
//! Everything that can lapse is looked up when it is asked for. A suspended institution thereby
//! suspends at once all who act for it and all whose credential it issued, and a credential starts
//! and expires by the clock: no call walks over practitioners, and none is needed.
//!
//! The chain holds no identity. A practitioner is a pseudonymous account with a salted commitment
//! to a credential document that stays off chain.
//!
//! [`Standing`]: hdx_primitives::Standing
//!
//! ## Terminology
//!
//! - **Institution**: a hospital, laboratory, insurer and so on. Public.
//! - **Operator**: the one account that acts for an institution itself.
//! - **Practitioner**: an account that acts for institutions in roles. It is never an operator.
//! - **Affiliation**: an institution for which a practitioner may act.
//! - **Role**: a row of the role matrix, with the NUCC taxonomy code that consents name.
//! - **Credential**: an attestation with an issuer and a period. Whoever is attested by an
//!   institution alone stands at assurance level [`Enrolled`].
//! - **Hold**: a suspension by governance, which only governance ends.
//!
//! [`Enrolled`]: hdx_primitives::AssuranceLevel::Enrolled
//!
//! ## Scenario
//!
//! 1. Governance calls `register_institution` for hospitals A and B.
//! 2. The operator of A calls `enrol_practitioner` for a physician: roles, a licence from January to
//!    December, and the hash of the key to which record keys will be wrapped.
//! 3. The operator of B calls `add_affiliation`: the physician may now act for A and for B.
//! 4. In January, and no earlier, requests by the physician in that role have standing.
//! 5. A finds the licence invalid and calls `revoke_credential`: there is no standing any more, for B
//!    either. After a new examination A calls `remove_practitioner` and enrols anew.
//!
//! ## Data structures
//!
//! - [`Institutions`]: by id, counted from zero and never removed.
//! - [`NextInstitutionId`]: the id of the next one.
//! - [`InstitutionByOperator`]: the same institutions, found by operator.
//! - [`Practitioners`]: by account.
//! - [`PractitionerCount`]: how many practitioners an institution enrolled.
//! - [`GovernanceHolds`]: the practitioners whom governance suspended.
//!
//! ## Calls
//!
//! "Operator" is the operator of an *active* institution; a suspended one can call nothing.
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | `register_institution` | governance | `InstitutionRegistered` |
//! | `set_institution_status` | governance | `InstitutionStatusChanged` |
//! | `enrol_practitioner` | any operator | `PractitionerEnrolled` |
//! | `set_practitioner_status` | operator of the enrolling institution; governance | `PractitionerStatusChanged` |
//! | `remove_practitioner` | operator of the enrolling institution | `PractitionerRemoved` |
//! | `add_affiliation` | operator of an institution not yet affiliated | `AffiliationAdded` |
//! | `revoke_credential` | operator of the institution that issued it | `CredentialRevoked` |
//!
//! Each success is also one entry in the audit log. Institutions of the genesis have none: the
//! genesis is their record.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod directory;
mod institutions;
#[cfg(test)]
mod mock;
mod practitioners;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
mod weights;

pub use hdx_primitives::ProviderDirectory;
pub use pallet::*;
pub use types::{
	Credential, CredentialIssuer, CredentialKind, CredentialStatus, Institution, InstitutionKind,
	InstitutionStatus, Practitioner, PractitionerStatus, RoleAssignment,
};
pub use weights::{PlaceholderWeight, WeightInfo};

/// [`Practitioner`] with the bounds of this runtime.
pub type PractitionerOf<T> = Practitioner<<T as Config>::MaxAffiliations, <T as Config>::MaxRoles>;

/// The roles of a practitioner with the bounds of this runtime.
pub type RolesOf<T> = frame_support::BoundedVec<RoleAssignment, <T as Config>::MaxRoles>;

// The macro's own code for metadata holds `expect`; ours in here holds none.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		CredentialKind, Institution, InstitutionKind, InstitutionStatus, PractitionerOf,
		PractitionerStatus, RolesOf, WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{AccountId, AuditSink, Commitment, InstitutionId, Period};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The registry.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// Who registers and suspends institutions.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Where every change is logged.
		type Audit: AuditSink;

		/// The clock, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// Most institutions for which one practitioner may act. At least one.
		#[pallet::constant]
		type MaxAffiliations: Get<u32>;

		/// Most roles of one practitioner. At least one.
		#[pallet::constant]
		type MaxRoles: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The id of the first institution.
	#[pallet::type_value]
	pub fn FirstInstitutionId() -> InstitutionId {
		InstitutionId(0)
	}

	/// Every institution. None is ever removed, so that old log entries stay readable.
	#[pallet::storage]
	pub type Institutions<T> = StorageMap<_, Twox64Concat, InstitutionId, Institution>;

	/// The id that the next institution gets, which is also how many there are.
	#[pallet::storage]
	pub type NextInstitutionId<T> = StorageValue<_, InstitutionId, ValueQuery, FirstInstitutionId>;

	/// Which institution an account operates.
	#[pallet::storage]
	pub type InstitutionByOperator<T> = StorageMap<_, Blake2_128Concat, AccountId, InstitutionId>;

	/// Every enrolled practitioner.
	#[pallet::storage]
	pub type Practitioners<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PractitionerOf<T>>;

	/// How many practitioners an institution enrolled and did not remove.
	#[pallet::storage]
	pub type PractitionerCount<T> = StorageMap<_, Twox64Concat, InstitutionId, u32, ValueQuery>;

	/// Practitioners whom governance suspended. Their institution can neither reinstate them nor
	/// remove and enrol them anew.
	#[pallet::storage]
	pub type GovernanceHolds<T> = StorageMap<_, Blake2_128Concat, AccountId, ()>;

	/// The institutions with which the chain starts.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Operator, kind, and hash of the public description. They get ids in this order.
		pub institutions: Vec<(T::AccountId, InstitutionKind, [u8; 32])>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (operator, kind, profile) in &self.institutions {
				// A chain must not start with fewer institutions than its specification names.
				let registered = Pallet::<T>::insert_institution(operator, *kind, *profile);
				assert!(
					registered.is_ok(),
					"each institution of the genesis needs its own operator"
				);
			}
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An institution was registered.
		InstitutionRegistered {
			/// The institution.
			institution: InstitutionId,
			/// The account that acts for it.
			operator: AccountId,
			/// What it is.
			kind: InstitutionKind,
		},
		/// An institution's status changed.
		InstitutionStatusChanged {
			/// The institution.
			institution: InstitutionId,
			/// Its status from now on.
			status: InstitutionStatus,
		},
		/// A practitioner was enrolled.
		PractitionerEnrolled {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that answers for them.
			institution: InstitutionId,
		},
		/// A practitioner's status changed.
		PractitionerStatusChanged {
			/// The practitioner.
			practitioner: AccountId,
			/// Their status from now on.
			status: PractitionerStatus,
			/// The institution that changed it; `None` for governance.
			by: Option<InstitutionId>,
		},
		/// A practitioner left the registry.
		PractitionerRemoved {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that had enrolled them.
			institution: InstitutionId,
		},
		/// A practitioner may act for one more institution.
		AffiliationAdded {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that took them on.
			institution: InstitutionId,
		},
		/// A practitioner's credential was revoked.
		CredentialRevoked {
			/// The practitioner.
			practitioner: AccountId,
			/// The institution that had issued it.
			institution: InstitutionId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// The account operates an institution already; each institution needs its own operator.
		OperatorTaken,
		/// The account is a practitioner and cannot operate an institution too.
		AccountIsPractitioner,
		/// The account operates an institution and cannot be a practitioner too.
		AccountIsOperator,
		/// Every institution id is in use.
		NoInstitutionIdLeft,
		/// There is no institution with this id.
		InstitutionUnknown,
		/// The institution is suspended, so its operator can do nothing.
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
		/// The credential's period ends before, or when, it starts.
		PeriodNotOrdered,
		/// The credential's period has ended already.
		CredentialAlreadyExpired,
		/// Another institution enrolled the practitioner.
		NotEnrolledByYou,
		/// Another institution issued the credential.
		NotIssuedByYou,
		/// The credential is revoked already.
		CredentialAlreadyRevoked,
		/// The practitioner may act for this institution already.
		AlreadyAffiliated,
		/// The practitioner acts for as many institutions as one may.
		TooManyAffiliations,
		/// It has this status already.
		StatusUnchanged,
		/// Governance suspended the practitioner, and only governance can end that.
		HeldByGovernance,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers an institution and gives its operator an account.
		///
		/// # Errors
		/// `OperatorTaken`, `AccountIsPractitioner`, `NoInstitutionIdLeft`.
		///
		/// # Events
		/// [`Event::InstitutionRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_institution())]
		pub fn register_institution(
			origin: OriginFor<T>,
			operator: AccountId,
			kind: InstitutionKind,
			profile: [u8; 32],
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register_institution(operator, kind, profile)
		}

		/// Suspends or reinstates an institution, and with it at once everybody who acts for it or
		/// by a credential that it issued.
		///
		/// # Errors
		/// `InstitutionUnknown`, `StatusUnchanged`.
		///
		/// # Events
		/// [`Event::InstitutionStatusChanged`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_institution_status())]
		pub fn set_institution_status(
			origin: OriginFor<T>,
			institution: InstitutionId,
			status: InstitutionStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_institution_status(institution, status)
		}

		/// Enrols a practitioner at the caller's institution, which answers for them and issues the
		/// credential, and gives them an account.
		///
		/// `credential_commitment` binds the credential document with at least 128 bits of secret
		/// salt; `key_agreement` is the BLAKE2-256 of the practitioner's X-Wing public key.
		///
		/// # Errors
		/// `NotAnOperator`, `InstitutionSuspended`, `AccountIsOperator`, `AlreadyEnrolled`,
		/// `NoRoles`, `RoleRepeated`, `PeriodNotOrdered`, `CredentialAlreadyExpired`,
		/// `TooManyPractitioners`.
		///
		/// # Events
		/// [`Event::PractitionerEnrolled`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::enrol_practitioner(roles.len() as u32))]
		pub fn enrol_practitioner(
			origin: OriginFor<T>,
			practitioner: AccountId,
			roles: RolesOf<T>,
			credential_kind: CredentialKind,
			credential_commitment: Commitment,
			credential_valid: Period,
			key_agreement: [u8; 32],
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_enrol_practitioner(
				operator,
				institution,
				practitioner,
				roles,
				credential_kind,
				credential_commitment,
				credential_valid,
				key_agreement,
			)
		}

		/// Suspends or reinstates a practitioner.
		///
		/// A suspension by governance is a hold: only governance ends it, and it can be put on top
		/// of the institution's own suspension. Governance ends either.
		///
		/// # Errors
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `HeldByGovernance`, `StatusUnchanged`.
		///
		/// # Events
		/// [`Event::PractitionerStatusChanged`].
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::set_practitioner_status_by_operator()
				.max(T::WeightInfo::set_practitioner_status_by_governance())
		)]
		pub fn set_practitioner_status(
			origin: OriginFor<T>,
			practitioner: AccountId,
			status: PractitionerStatus,
		) -> DispatchResult {
			match T::GovernanceOrigin::try_origin(origin) {
				Ok(_) => Self::do_set_practitioner_status_by_governance(practitioner, status),
				Err(origin) => {
					let operator = ensure_signed(origin)?;
					let institution = Self::active_institution_of(&operator)?;
					Self::do_set_practitioner_status_by_operator(
						operator,
						institution,
						practitioner,
						status,
					)
				},
			}
		}

		/// Removes a practitioner from the registry, with every affiliation, and takes back the
		/// account that enrolment gave.
		///
		/// # Errors
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotEnrolledByYou`,
		/// `HeldByGovernance`.
		///
		/// # Events
		/// [`Event::PractitionerRemoved`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_practitioner())]
		pub fn remove_practitioner(
			origin: OriginFor<T>,
			practitioner: AccountId,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_remove_practitioner(operator, institution, practitioner)
		}

		/// Lets a practitioner whom another institution enrolled act for the caller's too.
		///
		/// # Errors
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `AlreadyAffiliated`,
		/// `TooManyAffiliations`.
		///
		/// # Events
		/// [`Event::AffiliationAdded`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::add_affiliation())]
		pub fn add_affiliation(origin: OriginFor<T>, practitioner: AccountId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_add_affiliation(operator, institution, practitioner)
		}

		/// Takes a credential back, for good. A new one needs a new enrolment.
		///
		/// # Errors
		/// `NotAnOperator`, `InstitutionSuspended`, `PractitionerUnknown`, `NotIssuedByYou`,
		/// `CredentialAlreadyRevoked`.
		///
		/// # Events
		/// [`Event::CredentialRevoked`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::revoke_credential())]
		pub fn revoke_credential(origin: OriginFor<T>, practitioner: AccountId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			let institution = Self::active_institution_of(&operator)?;
			Self::do_revoke_credential(operator, institution, practitioner)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxAffiliations::get() > 0, "an enrolled practitioner has an affiliation");
			assert!(T::MaxRoles::get() > 0, "an enrolled practitioner has a role");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
