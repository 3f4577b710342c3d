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
//! - **Grant**: a revocable permission with an end, a number of uses and *obligations*: what the
//!   custodian has to withhold.
//! - **Disclosure**: a custodian's confirmation that it released sections under a grant.
//!
//! ## Scenario
//!
//! 1. A hospital registers a record of a patient with [`Pallet::register_record`].
//! 2. A physician of another hospital calls [`Pallet::request_access`] for treatment. The pallet
//!    asks in this order: may the physician practise, for that hospital and in that role
//!    (`ProviderDirectory`); does the matrix let physicians read for treatment; does the patient
//!    consent (`ConsentDecider`). The first "no" is the reason of the denial. Here all agree, and
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
//! A grant for *writing* or *appending* releases nothing: no disclosure can be recorded under it.
//! Breaking the glass needs no consent and is therefore no matter of this decision; it is refused
//! until there is a call for it.
//!
//! ## Data structures
//!
//! - [`Records`]: record → [`Record`]; [`RecordsOf`] and [`RecordCount`] index it by patient.
//! - [`Grants`]: grant → [`Grant`]. [`ConfirmedGrants`] are those whose requests were signed with the
//!   second key: where governance raises the level needed to the highest, the others cannot be used
//!   any more.
//! - [`RoleMatrix`]: (role, purpose) → the actions permitted.
//! - [`RequiredLevels`]: (purpose, action) → the assurance level needed, beside what
//!   [`required_level`] ships: emergencies need the second key's signature on the request, all else an
//!   enrolment, so that a chain without trusted issuers works. One that has issuers asks for more.
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
//! | `revoke_grant` | the patient; for one record its custodian's operator, for the whole record the operator of the grantee's institution | `GrantRevoked` |
//! | `record_disclosure` | operator of the record's custodian | `DisclosureRecorded` |
//! | `set_role_permissions` | governance | `RolePermissionsSet` |
//! | `set_required_level` | governance | `RequiredLevelSet` |
//!
//! Anyone can ask [`Pallet::check_grant`] (a view function) whether a grant could be used at a
//! given time, with the reason if not.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod decision;
mod grants;
pub mod migrations;
#[cfg(test)]
mod mock;
mod records;
mod refusal;
pub mod required_level;
pub mod role_matrix;
#[cfg(test)]
mod tests;
#[cfg(feature = "try-runtime")]
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::{
	Grant, GrantRefusal, GrantStatus, GrantedRequest, PermittedActions, Record, MAX_ACTIONS,
};
pub use weights::WeightInfo;

/// The pallet. See the crate's documentation.
// The macros expand to `expect`s on the pallet being part of the runtime. So that the lint still
// guards what is written by hand, calls hand over to the other files at once.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{decision::Confirmation, *};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		operation_hash, AccessRequest, AccountId, Action, AssuranceLevel, AuditSink, Code,
		Commitment, ConsentDecider, DenialReason, EntryIndex, GrantId, InstitutionId, Milliseconds,
		PatientDirectory, ProviderDirectory, RecordId, Role, SecondFactor,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	/// The pallet's dispatchables and public functions.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime provides.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// Who may change the role matrix.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may practise, and who operates which institution.
		type Providers: ProviderDirectory;

		/// What patients permit.
		type Consents: ConsentDecider;

		/// Which accounts are patients.
		type Patients: PatientDirectory;

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

		/// How many disclosures may be made under one grant.
		#[pallet::constant]
		type MaxUses: Get<u32>;

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

	/// The identifier of the next grant.
	#[pallet::storage]
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

	/// Genesis writes the role matrix that is shipped.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Whether the chain has trusted issuers from the start, so that clinical staff needs a
		/// licence: writes [`required_level::LICENSED`].
		pub licences_required: bool,
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::write_shipped_matrix();
			if self.licences_required {
				Pallet::<T>::write_licensed_levels();
			}
		}
	}

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
	}

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
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxSections::get() > 0, "MaxSections is zero: no record can be registered");
			assert!(
				T::MaxGrantDuration::get().0 > 0,
				"MaxGrantDuration is zero: no grant can hold"
			);
			assert!(T::MaxUses::get() > 0, "MaxUses is zero: no grant can be used");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::check_invariants()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a record of `patient` that the signer's institution keeps.
		///
		/// `manifest` is the salted commitment to the manifest, `sections` how many sections it
		/// lists and `epoch` the generation of their keys.
		///
		/// # Errors
		///
		/// [`Error::NotAnOperator`], [`Error::PatientUnknown`], [`Error::NoSections`],
		/// [`Error::TooManySections`], [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::RecordRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_record())]
		pub fn register_record(
			origin: OriginFor<T>,
			patient: AccountId,
			manifest: Commitment,
			sections: u32,
			epoch: u32,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::register(operator, patient, manifest, sections, epoch)
		}

		/// Asks for access. A denial is an answer and not an error, so that it stays in the log.
		///
		/// Decided in the order provider standing, second key, role matrix, consent; the first to
		/// refuse gives the reason. `second_factor` is looked at only where the purpose and action
		/// need [`AssuranceLevel::Verified`]: the second key signs
		/// [`second_factor_payload`](hdx_primitives::second_factor_payload) with the BLAKE2-256
		/// hash of the SCALE-encoded `request` as operation. A signature that is accepted is used
		/// up, whatever is decided then.
		///
		/// # Errors
		///
		/// Of a request that is none: [`Error::SelfGrant`], [`Error::ZeroDuration`],
		/// [`Error::DurationTooLong`], [`Error::PatientUnknown`], [`Error::RecordUnknown`],
		/// [`Error::RecordOfAnotherPatient`]. Also [`Error::IdentifiersExhausted`].
		///
		/// # Events
		///
		/// [`Event::AccessGranted`] or [`Event::AccessDenied`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::request_access())]
		pub fn request_access(
			origin: OriginFor<T>,
			request: AccessRequest,
			second_factor: Option<SecondFactor>,
		) -> DispatchResult {
			let requester = ensure_signed(origin)?;
			Self::ensure_well_formed(&requester, &request)?;
			let at = Self::now();
			let confirmation = Confirmation {
				operation: operation_hash(&request),
				factor: second_factor.as_ref(),
			};
			let granted = GrantedRequest::from(&request);
			match Self::decide_new(&requester, &request.patient, &granted, &confirmation, at) {
				Ok(permit) => Self::issue(requester, request, permit, at),
				Err(denial) => {
					Self::deny(requester, request, denial);
					Ok(())
				},
			}
		}

		/// Withdraws a grant, for ever. What was released before stays released.
		///
		/// # Errors
		///
		/// [`Error::GrantUnknown`], [`Error::MayNotRevoke`], [`Error::GrantRevoked`].
		///
		/// # Events
		///
		/// [`Event::GrantRevoked`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::revoke_grant())]
		pub fn revoke_grant(origin: OriginFor<T>, grant: GrantId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::withdraw(who, grant)
		}

		/// Confirms that the signer's institution released `sections` sections of `record` under
		/// `grant`. `disclosure` is the salted commitment to the list of them.
		///
		/// The grant is decided again with what holds now. It is used only if the decision is a
		/// permit whose obligations are those of the grant.
		///
		/// # Errors
		///
		/// [`Error::RecordUnknown`], [`Error::NotAnOperator`], [`Error::NotTheCustodian`],
		/// [`Error::GrantUnknown`], [`Error::RecordNotCovered`], [`Error::GrantReleasesNothing`],
		/// [`Error::NoSections`], [`Error::TooManySections`], [`Error::GrantRevoked`],
		/// [`Error::GrantExpired`], [`Error::GrantUsedUp`], [`Error::GrantOutdated`]; where the
		/// request would be denied now, the variant that is named like the reason; and of the
		/// terms of the consent [`Error::FrequencyExceeded`], [`Error::ConsentNotInForce`].
		///
		/// # Events
		///
		/// [`Event::DisclosureRecorded`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::record_disclosure())]
		pub fn record_disclosure(
			origin: OriginFor<T>,
			grant: GrantId,
			record: RecordId,
			sections: u32,
			disclosure: Commitment,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::disclose(operator, grant, record, sections, disclosure)
		}

		/// Sets what a role may do for a purpose of use. No actions: nothing.
		///
		/// # Errors
		///
		/// [`Error::DuplicateAction`].
		///
		/// # Events
		///
		/// [`Event::RolePermissionsSet`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_role_permissions())]
		pub fn set_role_permissions(
			origin: OriginFor<T>,
			role: Role,
			purpose: Code,
			actions: PermittedActions,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::set_permissions(role, purpose, actions)
		}

		/// Sets how sure the chain must be of who does something for a purpose. `None`: as sure as
		/// [`required_level::shipped_level`] says.
		///
		/// # Errors
		///
		/// [`Error::LevelIsFixed`].
		///
		/// # Events
		///
		/// [`Event::RequiredLevelSet`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_required_level())]
		pub fn set_required_level(
			origin: OriginFor<T>,
			purpose: Code,
			action: Action,
			level: Option<AssuranceLevel>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::set_level(purpose, action, level)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Whether the grant could be used at `at`, with the state of this block; a refusal says
		/// why not.
		pub fn check_grant(grant: GrantId, at: Milliseconds) -> Result<(), GrantRefusal> {
			let stored = Grants::<T>::get(grant).ok_or(GrantRefusal::Unknown)?;
			Self::check_live(grant, &stored, at).map(|_| ())
		}
	}
}
