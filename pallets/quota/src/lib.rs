//! # Quota
//!
//! Transactions without fees, and without floods.
//!
//! ## Overview
//!
//! Nobody pays for transactions here: patients and practitioners hold no tokens. What bounds spam
//! instead is that an institution answers for each of them. Every institution has a bucket of
//! units; each call takes one out, and time puts them back. The extension [`CheckQuota`] refuses
//! what the bucket does not hold before it is included, so a flood of one institution ends at its
//! own limit and costs the others nothing.
//!
//! Some calls must go through all the same, above all a patient's revocation of a consent. Such
//! *protected* calls are paid from a small bucket of the signer's own, and only when that is spent
//! from the institution's. They also come first in the pool.
//!
//! ## Terminology
//!
//! - **Unit**: what one leaf call costs. A batch costs as many units as it has leaves, through
//!   every call that carries others ([`CallClassifier::nested`]), to a depth limit; a batch of
//!   nothing costs one. A leaf that does what takes many otherwise costs more
//!   ([`CallClassifier::units`]), and so does a call that carries others and states what it weighs, or leaves
//!   something behind ([`CallClassifier::units_of_carrier`]).
//! - **Sponsor**: the institution that answers for a signer ([`SponsorDirectory`]): the one that the
//!   signer operates, practises at, or by which the patient was sponsored. Where several answer, a
//!   call that acts on behalf of one of them is charged to that one, any other to the first.
//! - **Bucket**: [`Limits::capacity`] units when full, refilled by [`Limits::refill`] units a second
//!   of block time. In any span of time, no more than the capacity plus the refill of that span goes
//!   through.
//! - **Protected call**: one that the runtime names ([`CallClassifier::is_protected`]). A
//!   transaction is protected if all its leaves are, and there are no more of them than the signer's
//!   own bucket can hold. A signer without a sponsor may send protected calls alone. What a call carries
//!   and dispatches as anybody else is never protected ([`CallClassifier::is_as_signer`]).
//! - **Emergency**: a call that nobody can make wait ([`CallClassifier::emergency`]). It is paid from a
//!   small bucket that each institution has for emergencies and, at once, from the signer's own: so
//!   one signer alone cannot spend what is there for all, and many signers of one institution make no
//!   more room than there is. Where one of them does not hold it, it is charged like any other call.
//! - **Attempt**: a call that is logged when it is refused ([`CallClassifier::is_attempt`]). It is
//!   all that an account may send whose signer goes on under another one, because its key may be
//!   stolen. All such accounts of one institution share one small bucket, and come last in the pool:
//!   an institution that gives up one account after the other opens no new bucket with each.
//! - **Exempt signer**: one whose calls are not counted, because it could change the limits.
//! - **Refusal**: why a transaction is not included ([`Refusal`], `InvalidTransaction::Custom`).
//!
//! ## Scenario
//!
//! A hospital's interface engine runs wild and sends a hundred thousand requests, one by one and in
//! batches. Twenty thousand are included; then its bucket is spent, and all that its operator, its
//! practitioners and its patients send is refused with [`Refusal::SponsorExhausted`], but for what
//! flows back each second. Another hospital notices nothing: its bucket is its own, and the pool
//! prefers whoever has more left. A patient of the first hospital revokes a consent. The call is
//! protected, so the patient's own bucket pays, and it comes before everything that waits.
//!
//! ## Data structures
//!
//! - [`InstitutionBuckets`]: what institutions have spent. At most one each.
//! - [`InstitutionLimits`]: limits that governance set, or the genesis; the others have the default.
//! - [`AttemptBuckets`]: what accounts that were given up have spent. At most one an institution.
//! - [`EmergencyBuckets`]: what institutions have spent on emergencies. At most one each.
//! - [`SignerBuckets`]: what signers have spent of their own. One that is full again is forgotten,
//!   some in every block that has time for it; [`SweepCursor`] is where that stopped.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`set_bucket`](Pallet::set_bucket) | governance | [`BucketSet`](Event::BucketSet), [`BucketReset`](Event::BucketReset) |
//!
//! It leaves an entry in the audit log (`QuotaChanged`) with the limits from then on. What is charged, and whom a refusal
//! turned away, leaves none: that is traffic, and no decision.
//!
//! Anyone can ask [`bucket`](Pallet::bucket), [`emergency_bucket`](Pallet::emergency_bucket) and
//! [`remaining`](Pallet::remaining) (view functions).
//!
//! ## What is charged, and when
//!
//! The pool checks and changes nothing: many transactions that fit one by one may wait there. The
//! block charges each before it runs. A call that fails is not paid back.
//!
//! ## What the check weighs
//!
//! How many buckets a transaction is taken out of, and about how many of its calls state is asked, depends on who signed
//! it. So the extension declares the most that the calls alone allow: a bucket for each leaf and one more, up to the most
//! institutions that answer for anybody; and a look at state for each call that needs one
//! ([`CallClassifier::is_looked_up`]), up to as many leaves as an own bucket pays for. Once the buckets are charged it knows how many
//! there were, and gives the rest back to the block, never more than was declared. [`WeightInfo::check_quota`] and
//! [`WeightInfo::look_up`] are what is measured.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bucket;
mod call_tree;
mod charge;
mod extension;
mod genesis;
mod limits;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod refusal;
mod sponsor;
mod sweep;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod weighing;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use bucket::{Bucket, Limits, FULL_SHARE};
pub use call_tree::{CallClassifier, Nested};
pub use charge::{Charge, Plan, PROTECTED_PRIORITY};
pub use extension::{CheckQuota, Val};
pub use limits::{BucketState, Remaining};
pub use pallet::*;
pub use refusal::Refusal;
pub use sponsor::SponsorDirectory;
pub use weights::WeightInfo;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the
// calls hand over to another file at once.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		Bucket, BucketState, CallClassifier, Limits, Remaining, SponsorDirectory, WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{AccountId, AuditSink, InstitutionId};

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
		/// Who sets the limits of an institution.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Which institutions answer for whom.
		type Sponsors: SponsorDirectory;

		/// Which calls carry others, which are protected, and whose are not counted.
		type Calls: CallClassifier<Self::RuntimeCall>;

		/// The log.
		type Audit: AuditSink;

		/// The time of the block, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// The bucket of an institution for which governance set none. An upgrade that lowers the
		/// capacity must settle the buckets.
		#[pallet::constant]
		type DefaultLimits: Get<Limits>;

		/// The own bucket of each signer, for protected calls; and that of each institution for the
		/// attempts of accounts that were given up there.
		#[pallet::constant]
		type ProtectedLimits: Get<Limits>;

		/// The bucket of each institution for emergencies.
		#[pallet::constant]
		type EmergencyLimits: Get<Limits>;

		/// In how many other calls a call may be wrapped.
		#[pallet::constant]
		type MaxDepth: Get<u32>;

		/// Most signers' buckets that are looked at, to be forgotten, in one block.
		#[pallet::constant]
		type MaxSweep: Get<u32>;

		/// What the calls, the extension and the hook cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper<Self::RuntimeCall>;
	}

	/// What institutions have spent. No entry: nothing.
	#[pallet::storage]
	pub type InstitutionBuckets<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, Bucket, OptionQuery>;

	/// The limits that governance set. No entry: [`Config::DefaultLimits`].
	#[pallet::storage]
	pub type InstitutionLimits<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, Limits, OptionQuery>;

	/// What signers have spent of their own buckets. No entry: nothing.
	#[pallet::storage]
	pub type SignerBuckets<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, Bucket, OptionQuery>;

	/// What accounts that were given up have spent of the bucket that each institution has for their
	/// attempts. No entry: nothing.
	#[pallet::storage]
	pub type AttemptBuckets<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, Bucket, OptionQuery>;

	/// What institutions have spent of their buckets for emergencies. No entry: nothing.
	#[pallet::storage]
	pub type EmergencyBuckets<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, Bucket, OptionQuery>;

	/// The signer whose bucket was looked at last, in the round that is under way.
	#[pallet::storage]
	pub type SweepCursor<T: Config> = StorageValue<_, AccountId, OptionQuery>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Governance set the limits of an institution's bucket.
		BucketSet {
			/// Whose.
			institution: InstitutionId,
			/// The limits from now on.
			limits: Limits,
		},
		/// An institution's bucket has the default limits again.
		BucketReset {
			/// Whose.
			institution: InstitutionId,
		},
	}

	/// Why a call was refused. Why a transaction was refused, [`Refusal`](super::Refusal) says.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such institution.
		InstitutionUnknown,
		/// A bucket of no capacity lets nothing through. To stop an institution, suspend it.
		NoCapacity,
		/// A bucket that never refills lets nothing through once it is spent.
		NoRefill,
	}

	/// The limits with which a chain starts.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Institution, by its number in the genesis of the registry, capacity and refill: each institution once. The
		/// others have [`Config::DefaultLimits`].
		pub buckets: Vec<(u32, u32, u32)>,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let built = Pallet::<T>::build_genesis(&self.buckets);
			// A chain must not start with other limits than its specification names.
			assert!(
				built.is_ok(),
				"the genesis needs buckets of registered institutions, each once, that hold something and fill again: {:?}",
				built.err()
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Forgets signers' buckets that are full again.
		fn on_idle(_now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::sweep(remaining)
		}

		fn integrity_test() {
			for limits in
				[T::DefaultLimits::get(), T::ProtectedLimits::get(), T::EmergencyLimits::get()]
			{
				assert!(limits.capacity > 0, "a bucket of no capacity lets nothing through");
				assert!(limits.refill > 0, "a bucket that never refills stays spent");
			}
			assert!(
				T::EmergencyLimits::get().capacity > T::ProtectedLimits::get().capacity,
				"one signer spends what is there for the emergencies of all"
			);
			assert!(T::MaxSweep::get() > 0, "full buckets must be forgotten");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets the limits of an institution's bucket; `None`: back to the default. What it has
		/// spent stays spent, up to the new capacity.
		///
		/// By [`Config::GovernanceOrigin`].
		///
		/// # Errors
		///
		/// - [`Error::InstitutionUnknown`]
		/// - [`Error::NoCapacity`]
		/// - [`Error::NoRefill`]
		///
		/// # Events
		///
		/// [`Event::BucketSet`] or [`Event::BucketReset`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_bucket())]
		pub fn set_bucket(
			origin: OriginFor<T>,
			institution: InstitutionId,
			limits: Option<Limits>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_bucket(institution, limits)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The bucket of an institution. `None`: there is no such institution.
		pub fn bucket(institution: InstitutionId) -> Option<BucketState> {
			Self::bucket_state(institution)
		}

		/// The bucket that an institution has for emergencies. `None`: there is no such institution.
		pub fn emergency_bucket(institution: InstitutionId) -> Option<BucketState> {
			Self::emergency_bucket_state(institution)
		}

		/// What an account can still send, and who pays for it.
		pub fn remaining(account: AccountId) -> Remaining {
			Self::remaining_of(account)
		}
	}
}
