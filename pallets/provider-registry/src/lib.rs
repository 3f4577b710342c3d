//! # Provider registry
//!
//! ## Overview
//!
//! Which institutions there are, who practises at them and in which roles, by which credentials, and
//! how sure the chain is of all that. Other pallets ask two questions, through
//! [`ProviderDirectory`]: may this account act for this institution in this role now, at this level
//! of assurance; and is this very operation signed with the second key? The answer is a [`Standing`],
//! or the reason why not.
//!
//! Everything that can lapse is looked up when it is asked for. A suspended institution thereby
//! suspends at once all who act for it and all whom it enrolled, a suspended issuer all that it
//! attested; credentials, accreditations and checks start and end by the clock: no call walks over
//! practitioners, and none is needed.
//!
//! The chain holds no identity. A practitioner is a pseudonymous account with salted commitments
//! to credential documents that stay off chain.
//!
//! [`Standing`]: hdx_primitives::Standing
//!
//! ## Terminology
//!
//! - **Institution**: a hospital, laboratory, insurer and so on. Public.
//! - **Operator**: the one account that acts for an institution itself.
//! - **Accreditation**: that an institution fulfils a scheme at a level. Governance may *require* one
//!   of a kind of institution; without it in force, nobody can act for the institution.
//! - **Practitioner**: an account that acts for institutions in roles. It is never an operator's, a
//!   trusted issuer's or an oracle's.
//! - **Home**: the institution that enrolled a practitioner and answers for them.
//! - **Affiliation**: an institution for which a practitioner may act; home is one.
//! - **Role**: a row of the role matrix, with the NUCC taxonomy code that consents name.
//! - **Trusted issuer**: a body that governance trusts to attest certain kinds of credentials.
//! - **Credential**: an attestation with an issuer and a period: by the home institution, or by a
//!   trusted issuer.
//! - **Oracle**: somebody who reads issuers' status lists. What a *quorum* of oracles agree on takes
//!   hold: a *check* (it is good) or a *finding* (it is suspended or revoked).
//! - **Second key**: a key on another device that signs single operations.
//! - **Assurance level**: *enrolled*, *attested* (a licence by a trusted issuer stands) or *verified*
//!   (that licence was checked within its time to live, and the second key signs the operation).
//! - **Recovery**: a new account or second key on the home's word alone. Trusted issuers have to renew
//!   what they attested before.
//! - **Closed**: of an institution, that it does not come back, as far as anybody knows. Another
//!   institution may take over whoever it enrolled, if they agree.
//! - **Appeal**: what somebody suspended says against it, with a number. Governance answers.
//! - **Replacement**: governance gives all offices of an account to another account.
//! - **Hold**: a suspension by governance, which only governance ends. It finds whoever was rotated
//!   under their account of now, and keeps the account of whoever was removed from being enrolled.
//!
//! ## Scenario
//!
//! 1. Governance calls `register_institution` for hospitals A and B, `register_issuer` for a medical
//!    board with licences as its kind, `register_oracle` three times, and `set_oracle_terms` with two
//!    of them as a quorum and a day as time to live.
//! 2. The operator of A calls `enrol_practitioner` for a physician. She can act at the first level.
//! 3. The board calls `attest_credential` for her licence: the second level.
//! 4. She calls `register_second_key`. Two oracles read the board's status list and call
//!    `report_status`: good. Until tomorrow, what she signs with the second key is at the third level.
//! 5. The board revokes the licence in its list. Two oracles report so, and from that block on there
//!    is no licence; nor would there be if no oracle reported at all by tomorrow.
//! 6. The operator of B calls `add_affiliation`: she may act for A and for B. When she moves for
//!    good, A offers a transfer and B accepts it with an attestation of its own.
//! 7. Her phone is stolen. With a signature of a new account and of the second key she calls
//!    `rotate_account`. What the thief asks for is refused, with that reason, and logged.
//!
//! ## Data structures
//!
//! - [`Institutions`], [`NextInstitutionId`], [`InstitutionByOperator`]: by id, counted from zero and
//!   never removed, and found by operator. [`Accreditations`] and [`RequiredAccreditation`].
//! - [`Issuers`], [`NextIssuerId`], [`IssuerByAccount`]: the same of trusted issuers.
//! - [`Practitioners`]: by account. [`PractitionerCount`] and [`Members`]: how many an institution
//!   enrolled, and who may act for it. [`GovernanceHolds`] and [`Transfers`].
//! - [`Appeals`] by number, found by [`OpenAppeals`]; [`NextAppealId`].
//! - [`CredentialsByCommitment`], [`SpentCommitments`] and [`NextCredentialId`]: whose credential a
//!   commitment is, by issuer, and which are none any more.
//! - [`SecondKeys`] and [`SecondFactorCount`]: the latter is never reset.
//! - [`Recoveries`]: when the home last gave a practitioner another key on its own word.
//! - [`Oracles`], [`OracleCount`], [`OracleTermsInForce`], [`Reports`].
//! - [`FirstAccounts`] and [`CurrentAccounts`]: under which account a rotated practitioner goes on.
//! - [`Retired`]: accounts that were practitioners or oracles, or were replaced.
//!
//! ## Calls
//!
//! "Operator" is the operator of an *active* institution, "issuer" an *active* one; a suspended or closed
//! one can call nothing but `appeal` and `withdraw_appeal`, and takes its operator's office as an issuer
//! and all its oracles along. Whoever is no longer trusted for a kind can still suspend and revoke.
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | `register_institution` | governance | `InstitutionRegistered` |
//! | `set_institution_status` | governance | `InstitutionStatusChanged`, `AppealDecided` |
//! | `enrol_practitioner` | any operator | `PractitionerEnrolled` |
//! | `set_practitioner_status` | operator of the enrolling institution; governance | `PractitionerStatusChanged`, `AppealDecided` |
//! | `remove_practitioner` | operator of the enrolling institution | `PractitionerRemoved` |
//! | `add_affiliation` | operator of an institution not yet affiliated | `AffiliationAdded` |
//! | `revoke_credential` | issuer of the credential | `CredentialRevoked` |
//! | `accredit` | governance | `Accredited` |
//! | `renew_accreditation` | governance | `AccreditationRenewed` |
//! | `set_accreditation_status` | governance | `AccreditationStatusChanged` |
//! | `require_accreditation` | governance | `AccreditationRequired` |
//! | `register_issuer` | governance | `IssuerRegistered` |
//! | `set_issuer_kinds` | governance | `IssuerKindsChanged` |
//! | `set_issuer_status` | governance | `IssuerStatusChanged` |
//! | `attest_credential` | a trusted issuer | `CredentialAttested` |
//! | `renew_credential` | issuer of the credential | `CredentialRenewed` |
//! | `suspend_credential` | issuer of the credential | `CredentialSuspended` |
//! | `reinstate_credential` | issuer of the credential | `CredentialReinstated` |
//! | `register_second_key` | the practitioner | `SecondKeyChanged` |
//! | `replace_second_key` | the practitioner, with the old second key | `SecondKeyChanged` |
//! | `reset_second_key` | operator of the enrolling institution | `SecondKeyChanged` |
//! | `register_oracle` | governance | `OracleRegistered` |
//! | `remove_oracle` | governance | `OracleRemoved` |
//! | `set_oracle_status` | governance | `OracleStatusChanged` |
//! | `set_oracle_terms` | governance | `OracleTermsSet` |
//! | `report_status` | an oracle | `StatusReported`, `StatusDecided`, `OracleContradicted`, `OracleStatusChanged` |
//! | `leave` | the practitioner; operator of the institution left | `AffiliationEnded` |
//! | `offer_transfer` | operator of the enrolling institution | `TransferOffered` |
//! | `withdraw_transfer` | the practitioner; operator of the enrolling institution | `TransferWithdrawn` |
//! | `accept_transfer` | operator of the institution to which it was offered | `PractitionerTransferred` |
//! | `rotate_account` | the practitioner, with the second key; operator of the enrolling institution | `AccountRotated` |
//! | `appeal` | a suspended practitioner; operator of a suspended institution | `AppealFiled` |
//! | `decide_appeal` | governance | `AppealDecided` |
//! | `withdraw_appeal` | whoever filed it | `AppealWithdrawn` |
//! | `replace_account` | governance | `AccountReplaced` |
//! | `take_over` | any operator, for whose home has closed, with their signature | `PractitionerTransferred` |
//!
//! Each success is also one entry in the audit log; a report with which a quorum agrees has one more,
//! and so has each oracle that it suspends, each appeal that an order of governance answers, and each
//! DID that ends with its account. Institutions of the genesis have none: the genesis is
//! their record.
//!
//! Anyone can ask the view functions [`status`](Pallet::status), [`members`](Pallet::members),
//! [`verify`](Pallet::verify), [`attested_with`](Pallet::attested_with),
//! [`institution`](Pallet::institution), [`issuer`](Pallet::issuer),
//! [`oracle_terms`](Pallet::oracle_terms), [`practitioner_record`](Pallet::practitioner_record),
//! [`second_factor_count`](Pallet::second_factor_count) and
//! [`successor`](Pallet::successor).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod accreditations;
mod affiliations;
mod agreements;
mod appeals;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod credentials;
mod directory;
mod dispatchables;
mod errors;
mod events;
mod institutions;
mod issuers;
mod licences;
pub mod migrations;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod oracles;
mod practitioners;
mod queries;
mod replacement;
mod reports;
mod rotation;
mod second_key;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
mod voice;
mod weights;

pub use hdx_primitives::{
	ProviderDirectory, REPLACE_SECOND_KEY_TAG, ROTATE_ACCOUNT_TAG, TAKE_OVER_TAG,
};
pub use pallet::*;
pub use queries::MAX_PAGE;
pub use types::*;
pub use voice::OnVoiceChanged;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// [`Practitioner`] with the bounds of this runtime.
pub type PractitionerOf<T> = Practitioner<
	<T as Config>::MaxAffiliations,
	<T as Config>::MaxRoles,
	<T as Config>::MaxCredentials,
>;

/// The roles of a practitioner with the bounds of this runtime.
pub type RolesOf<T> = frame_support::BoundedVec<RoleAssignment, <T as Config>::MaxRoles>;

/// The accreditations of an institution with the bounds of this runtime.
pub type AccreditationsOf<T> =
	frame_support::BoundedVec<Accreditation, <T as Config>::MaxAccreditations>;

/// The reports about a credential with the bounds of this runtime.
pub type ReportsOf<T> = frame_support::BoundedVec<Report, <T as Config>::MaxOracles>;

// The macro's own code for metadata holds `expect`. So that the lint still guards what is written by
// hand, the calls hand over to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		practitioners::Enrolment, types::*, AccreditationsOf, OnVoiceChanged, PractitionerOf,
		ReportsOf, RolesOf, WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, Agreement, AppealId, AuditSink, Code, Commitment, CredentialId, InstitutionId,
		IssuerId, Milliseconds, OnAccountRetired, Period, Role, SecondFactor, H256,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	/// The registry.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// Who registers and suspends institutions, issuers and oracles, and answers appeals.
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

		/// Most credentials of one practitioner. At least one.
		#[pallet::constant]
		type MaxCredentials: Get<u32>;

		/// Most accreditations of one institution.
		#[pallet::constant]
		type MaxAccreditations: Get<u32>;

		/// Most oracles.
		#[pallet::constant]
		type MaxOracles: Get<u32>;

		/// How long before it starts a credential may be attested, or an accreditation given.
		#[pallet::constant]
		type MaxAdvance: Get<Milliseconds>;

		/// How far an oracle's clock may be ahead of the chain's.
		#[pallet::constant]
		type MaxClockSkew: Get<Milliseconds>;

		/// Longest validity of a second key's signature. At least one millisecond.
		#[pallet::constant]
		type MaxConfirmationAge: Get<Milliseconds>;

		/// Longest validity of an account's agreement to what somebody else sends. At least one
		/// millisecond.
		#[pallet::constant]
		type MaxAgreementAge: Get<Milliseconds>;

		/// Who is told that an account is given up for ever.
		type OnAccountRetired: OnAccountRetired;

		/// Who is told that somebody else may speak for an institution, or nobody.
		type OnVoiceChanged: OnVoiceChanged;

		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// The id of the first institution.
	#[pallet::type_value]
	pub fn FirstInstitutionId() -> InstitutionId {
		InstitutionId(0)
	}

	/// The id of the first issuer.
	#[pallet::type_value]
	pub fn FirstIssuerId() -> IssuerId {
		IssuerId(0)
	}

	/// The number of the first appeal.
	#[pallet::type_value]
	pub fn FirstAppealId() -> AppealId {
		AppealId(0)
	}

	/// The id of the first credential.
	#[pallet::type_value]
	pub fn FirstCredentialId() -> CredentialId {
		CredentialId(0)
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

	/// What each institution is accredited for, at most once a scheme.
	#[pallet::storage]
	pub type Accreditations<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, AccreditationsOf<T>, ValueQuery>;

	/// What institutions of a kind have to be accredited for. Absent: nothing.
	#[pallet::storage]
	pub type RequiredAccreditation<T> = StorageMap<_, Twox64Concat, InstitutionKind, Requirement>;

	/// Every trusted issuer. None is ever removed, so that its credentials stay readable.
	#[pallet::storage]
	pub type Issuers<T> = StorageMap<_, Twox64Concat, IssuerId, Issuer>;

	/// The id that the next issuer gets, which is also how many there are.
	#[pallet::storage]
	pub type NextIssuerId<T> = StorageValue<_, IssuerId, ValueQuery, FirstIssuerId>;

	/// Which issuer an account attests for.
	#[pallet::storage]
	pub type IssuerByAccount<T> = StorageMap<_, Blake2_128Concat, AccountId, IssuerId>;

	/// Every enrolled practitioner.
	#[pallet::storage]
	pub type Practitioners<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PractitionerOf<T>>;

	/// How many practitioners an institution is home to.
	#[pallet::storage]
	pub type PractitionerCount<T> = StorageMap<_, Twox64Concat, InstitutionId, u32, ValueQuery>;

	/// Who may act for an institution: the affiliations, found by institution.
	#[pallet::storage]
	pub type Members<T> =
		StorageDoubleMap<_, Twox64Concat, InstitutionId, Blake2_128Concat, AccountId, ()>;

	/// Practitioners whom governance suspended, and removed ones who must not be enrolled anew. No
	/// institution can reinstate them, nor remove and enrol them anew.
	#[pallet::storage]
	pub type GovernanceHolds<T> = StorageMap<_, Blake2_128Concat, AccountId, ()>;

	/// The id that the next credential gets.
	#[pallet::storage]
	pub type NextCredentialId<T> = StorageValue<_, CredentialId, ValueQuery, FirstCredentialId>;

	/// Whose credential has a commitment, and which of theirs it is: of each issuer that attests it.
	/// That somebody else attests the same commitment, about whomever, takes it from nobody.
	#[pallet::storage]
	pub type CredentialsByCommitment<T> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		Commitment,
		Blake2_128Concat,
		CredentialIssuer,
		(AccountId, CredentialId),
	>;

	/// The commitments that an issuer attested and that are no credential's any more. Never removed,
	/// so that nothing that was revoked, has expired or was renewed away is attested as if it were new.
	/// Each costs its issuer an attestation, and the chain some 75 bytes.
	#[pallet::storage]
	pub type SpentCommitments<T> =
		StorageDoubleMap<_, Blake2_128Concat, Commitment, Blake2_128Concat, CredentialIssuer, ()>;

	/// The second keys of practitioners.
	#[pallet::storage]
	pub type SecondKeys<T> = StorageMap<_, Blake2_128Concat, AccountId, SecondKey>;

	/// How many signatures of second keys were accepted for an account. Never reset, so that none
	/// is accepted again.
	#[pallet::storage]
	pub type SecondFactorCount<T> = StorageMap<_, Blake2_128Concat, AccountId, u64, ValueQuery>;

	/// When the home institution last gave a practitioner another account or another second key,
	/// without the second key's signature. Nobody but the home vouches that it is still the same
	/// person, so what trusted issuers attested until then does not count.
	#[pallet::storage]
	pub type Recoveries<T> = StorageMap<_, Blake2_128Concat, AccountId, Milliseconds>;

	/// Offered transfers.
	#[pallet::storage]
	pub type Transfers<T> = StorageMap<_, Blake2_128Concat, AccountId, TransferOffer>;

	/// Open appeals.
	#[pallet::storage]
	pub type Appeals<T> = StorageMap<_, Twox64Concat, AppealId, Appeal>;

	/// The open appeal of whoever has one.
	#[pallet::storage]
	pub type OpenAppeals<T> = StorageMap<_, Blake2_128Concat, Appellant, AppealId>;

	/// The number that the next appeal gets.
	#[pallet::storage]
	pub type NextAppealId<T> = StorageValue<_, AppealId, ValueQuery, FirstAppealId>;

	/// Accounts that were somebody's in the registry and are not any more. One that was given up for
	/// another account stays for ever, at some 120 bytes: without it the account, with a key that may
	/// be stolen, could come back and repeat old transactions. Each costs the call that gave it up,
	/// which the quota of an institution or governance bounds, and brings its institution no more room:
	/// the attempts of all of them share one bucket.
	#[pallet::storage]
	pub type Retired<T> = StorageMap<_, Blake2_128Concat, AccountId, Retirement>;

	/// The first account of a practitioner who was rotated, found by each later one. Never removed.
	#[pallet::storage]
	pub type FirstAccounts<T> = StorageMap<_, Blake2_128Concat, AccountId, AccountId>;

	/// The account under which a rotated practitioner goes on, or was removed, found by the first
	/// one. However often somebody is rotated, governance finds them at once.
	#[pallet::storage]
	pub type CurrentAccounts<T> = StorageMap<_, Blake2_128Concat, AccountId, AccountId>;

	/// Every oracle.
	#[pallet::storage]
	pub type Oracles<T> = StorageMap<_, Blake2_128Concat, AccountId, Oracle>;

	/// How many oracles there are.
	#[pallet::storage]
	pub type OracleCount<T> = StorageValue<_, u32, ValueQuery>;

	/// The terms of oracles. Absent: no report is taken, and nobody is verified.
	#[pallet::storage]
	pub type OracleTermsInForce<T> = StorageValue<_, OracleTerms>;

	/// The last report of each oracle about a credential.
	#[pallet::storage]
	pub type Reports<T: Config> =
		StorageMap<_, Twox64Concat, CredentialId, ReportsOf<T>, ValueQuery>;

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

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// At which levels `who` may act for `institution` in `role` at `at`, with the state of this
		/// block, and why not at the others. The third level then needs a signature of the second
		/// key on each operation.
		pub fn status(
			who: AccountId,
			institution: InstitutionId,
			role: Role,
			at: Milliseconds,
		) -> PractitionerView {
			Self::query_status(&who, institution, role, at)
		}

		/// Who may act for an institution, in no particular order: at most `limit` accounts, and at
		/// most [`MAX_PAGE`](crate::MAX_PAGE), beginning behind `after`.
		pub fn members(
			institution: InstitutionId,
			after: Option<AccountId>,
			limit: u32,
		) -> Vec<AccountId> {
			Self::query_members(institution, after, limit)
		}

		/// The practitioner stored under an account.
		pub fn practitioner_record(who: AccountId) -> Option<PractitionerOf<T>> {
			Practitioners::<T>::get(who)
		}

		/// The credential that this issuer attests with this commitment, whom it is about, and
		/// whether it stands. The issuer is the one that the document names: others may attest the
		/// same commitment about somebody else.
		pub fn verify(commitment: Commitment, issuer: CredentialIssuer) -> Option<CredentialView> {
			Self::query_credential(commitment, issuer)
		}

		/// All credentials with this commitment, one an issuer and at most
		/// [`MAX_PAGE`](crate::MAX_PAGE), in no particular order. Whom to believe is for who asks:
		/// [`verify`](Pallet::verify) answers for one issuer.
		pub fn attested_with(commitment: Commitment) -> Vec<CredentialView> {
			Self::query_attested(commitment)
		}

		/// An institution, its accreditations, and whether anybody can act for it.
		pub fn institution(id: InstitutionId) -> Option<InstitutionView> {
			Self::query_institution(id)
		}

		/// A trusted issuer.
		pub fn issuer(id: IssuerId) -> Option<Issuer> {
			Issuers::<T>::get(id)
		}

		/// The terms of oracles; `None` where governance has set none.
		pub fn oracle_terms() -> Option<OracleTerms> {
			OracleTermsInForce::<T>::get()
		}

		/// How many signatures of second keys were accepted for an account: the counter that the
		/// next one has to name.
		pub fn second_factor_count(who: AccountId) -> u64 {
			SecondFactorCount::<T>::get(who)
		}

		/// The account that followed one that was rotated or replaced. Nothing is released to an account
		/// that has a successor.
		pub fn successor(who: AccountId) -> Option<AccountId> {
			Self::successor_of(&who)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxAffiliations::get() > 0, "an enrolled practitioner has an affiliation");
			assert!(T::MaxRoles::get() > 0, "an enrolled practitioner has a role");
			assert!(T::MaxCredentials::get() > 0, "an enrolled practitioner has a credential");
			assert!(T::MaxConfirmationAge::get().0 > 0, "a signature is valid for some time");
			assert!(T::MaxAgreementAge::get().0 > 0, "an agreement is valid for some time");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
