//! # Audit
//!
//! ## Overview
//!
//! The log of who asked for what and how it ended. Other pallets append to it through
//! [`AuditSink`](hdx_primitives::AuditSink); no call, of governance included, can change an entry, or
//! delete one whose window is not over. Each block's entries form a Merkle tree whose root enters the chain's Merkle mountain
//! range (MMR) one block later, and the MMR's root is in every header. So an entry can be proven to
//! somebody who has nothing but the proof and the hash of the genesis block.
//!
//! ## Terminology
//!
//! - **Entry**: what was done or asked, by whom, about whom, and how it ended
//!   ([`AuditEntry`](hdx_primitives::AuditEntry)). Entries are counted from zero, without gaps.
//! - **Leaf**: the hash of an entry with a tag before it
//!   ([`leaf_hash`](hdx_primitives::AuditEntry::leaf_hash)).
//! - **Block log**: the first index, the number and the Merkle root of a block's entries
//!   ([`BlockLog`](hdx_primitives::BlockLog)).
//! - **Running log**: the block log of the block that is being built ([`RunningLog`]).
//! - **Window**: how long entries stay in state ([`RetentionPeriod`]); at least
//!   [`Config::MinRetention`], whatever governance wants.
//! - **Pruning**: removing the entries whose window is over, the oldest first, a bounded number in
//!   each block. Their turn comes once; what is kept then is *passed over*.
//! - **Legal hold**: the order of an authority to keep all entries about a patient, or those of a
//!   case, beyond the window.
//! - **Review** ([`Review`]): a patient's question to the institution that acted, whether that was
//!   right. It has deadlines, and keeps its entry in state while it is open.
//! - **Counting window** ([`CurrentWindow`]): the time in which refusals, emergency overrides and
//!   distinct patients are counted, by account and institution ([`Party`]). Reaching a threshold
//!   ([`MonitoringTerms`]) raises one *alert*.
//! - **Sealing**: turning the running log into a block log, at the end of the block.
//!
//! ## Scenario
//!
//! A practitioner asks for access in block 7 and is refused. Record access reports the refusal; it
//! becomes entry 41, and it can be found under the patient's and the practitioner's accounts. At
//! the end of block 7 the log is sealed: first 40, count 3, root R. Block 8 starts with a new leaf
//! of the MMR: block 7's number, hash and log; the new root of the MMR goes into block 8's header.
//! Once block 8 or any later block is final, the patient proves entry 41: from the entry to R, from
//! R to the MMR's root, from there to the header and to the signatures of the validators.
//!
//! ## Data structures
//!
//! - [`Entries`]: the entries, by index. [`NextEntryIndex`] is the length of the log.
//! - [`OldestEntry`]: from it to the end of the log all entries are in state. Before it there are
//!   those in [`PassedOver`]; after a release, [`PendingSweep`] says how far they were looked at.
//! - [`EntriesOfPatient`], [`EntriesOfActor`], [`EntriesOfInstitution`]: which entries name an
//!   account or an institution. The keys are in the order of the log ([`OrderedIndex`]), so a page
//!   can begin anywhere; nothing is counted, and an entry takes its keys along when it leaves.
//! - [`Holds`], [`PatientHolds`], [`CaseHolds`]: the legal holds, and how many keep what.
//! - [`Reviews`], with [`OpenReviews`], [`OpenReviewsOfInstitution`], [`ReviewDeadlines`] and
//!   [`ReviewTallies`]: the reviews of entries in state, counted, listed, and in the order in which
//!   something is due.
//! - [`WindowCounts`] and [`PatientsOfWindow`]: what was counted; forgotten when the window is over.
//! - [`BlockLogs`]: the block logs, until the last entry of the block had its turn. The MMR's leaf has
//!   them for ever.
//! - [`CurrentLog`]: the running log. It holds the tree's open subtrees and not the leaves, so that
//!   appending cannot fail, and sealing takes the same bounded work whatever the number of entries.
//!
//! ## After pruning
//!
//! A proof never reads the state: it carries the entry, and leads from it to a header that validators
//! signed. To *make* one, the entries of the block are needed. They have the same time (what a block
//! does before its clock is set has that of the block before), so while one is in its window, all
//! are in state, its last seconds aside. Later, and for what is held beyond its window, they are
//! read from the state of that very block, which nodes that keep all state have, or from an export
//! made before.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | `set_retention` | governance | `RetentionSet` |
//! | `place_hold` | an authority | `HoldPlaced` |
//! | `release_hold` | an authority | `HoldReleased` |
//! | `request_review` | the patient of the entry, or a guardian | `ReviewRequested` |
//! | `answer_review` | operator of the institution that acted | `ReviewAnswered` |
//! | `escalate_review` | the patient, or a guardian | `ReviewEscalated` |
//! | `withdraw_review` | the patient, or the guardian who asked | `ReviewClosed` |
//! | `decide_review` | governance | `ReviewClosed` |
//! | `set_review_terms` | governance | `ReviewTermsSet` |
//! | `set_monitoring` | governance | `MonitoringSet` |
//!
//! `EntryRecorded` is deposited whenever another pallet reports, `EntriesPruned` whenever the turn of
//! entries has come, `ReviewOverdue` and `ReviewClosed` when a deadline passes, `SecurityAlert` when
//! somebody does more than is usual. Anyone can ask for [`Pallet::entries`] (a view function): by patient, actor or
//! institution, within a period, by outcome, page by page.
//!
//! ## For the runtime
//!
//! - [`ParentLog`]: the second half of the MMR's leaf; the first is `ParentNumberAndHash`. The pair
//!   encodes as [`AuditLeaf`](hdx_primitives::AuditLeaf).
//! - [`DepositMmrRoot`]: puts the MMR's root into the header.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod dispatchables;
mod errors;
mod events;
mod genesis;
mod holds;
mod index;
mod log;
pub mod migrations;
mod mmr;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod monitoring;
mod query;
mod retention;
mod reviews;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use genesis::{GenesisMonitoring, GenesisReviewTerms, GenesisThresholds};
pub use index::OrderedIndex;
pub use mmr::{DepositMmrRoot, ParentLog};
pub use monitoring::{Counts, MonitoringTerms, Party, Thresholds, Window, WindowKey};
pub use pallet::*;
pub use query::{EntryFilter, EntryPage, EntryScope, OutcomeFilter, MAX_PAGE, MAX_SCANNED};
pub use reviews::{
	Closure, DeadlineKey, Review, ReviewAnswer, ReviewStatus, ReviewTally, ReviewTerms,
};
pub use types::{CaseEntries, Hold, HoldScope, RunningLog, Sweep, MAX_CASE_ENTRIES};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

// The macros write `expect` where they look up the pallet's name. What the pallet does is in other
// files, where the lint holds.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{Contains, StorageVersion, Time},
	};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, AuditEntry, AuditEvent, BlockLog, Commitment, EntryIndex, HoldId, HoldReason,
		InstitutionId, Milliseconds, MonitoredClass, OnEntryRemoved, PatientDirectory,
		ProviderDirectory, RepresentativeDirectory, ReviewFinding, ReviewReason,
	};

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// Who may change how long entries stay in state.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who may place and release legal holds.
		type AuthorityOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Which accounts are patients.
		type Patients: PatientDirectory;

		/// Who stands in for them.
		type Representatives: RepresentativeDirectory;

		/// Who operates which institution.
		type Providers: ProviderDirectory;

		/// Which entries are about an emergency override that began (DICOM 110127).
		type EmergencyOverrides: Contains<AuditEvent>;

		/// Who is told that an entry left the state.
		type OnEntryRemoved: OnEntryRemoved;

		/// The clock, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// How long entries stay in state at least, and unless governance says longer.
		#[pallet::constant]
		type MinRetention: Get<Milliseconds>;

		/// The longest that governance can have entries stay in state.
		#[pallet::constant]
		type MaxRetention: Get<Milliseconds>;

		/// Most entries that are pruned at the beginning of a block, whatever else fills it.
		#[pallet::constant]
		type MaxPrunedOnInitialize: Get<u32>;

		/// Most entries that are pruned in what room is left at the end of a block.
		#[pallet::constant]
		type MaxPrunedOnIdle: Get<u32>;

		/// Most legal holds at a time.
		#[pallet::constant]
		type MaxHolds: Get<u32>;

		/// The times for the steps of a review, unless governance says otherwise.
		#[pallet::constant]
		type DefaultReviewTerms: Get<ReviewTerms>;

		/// Shortest time for a step of a review.
		#[pallet::constant]
		type MinReviewPeriod: Get<Milliseconds>;

		/// Longest time for a step of a review.
		#[pallet::constant]
		type MaxReviewPeriod: Get<Milliseconds>;

		/// Most reviews of entries about one patient that are open at a time.
		#[pallet::constant]
		type MaxOpenReviews: Get<u32>;

		/// Most deadlines of reviews that are kept in a block.
		#[pallet::constant]
		type MaxDeadlinesPerBlock: Get<u32>;

		/// What raises alerts, unless governance says otherwise.
		#[pallet::constant]
		type DefaultMonitoring: Get<MonitoringTerms>;

		/// Shortest window in which things are counted.
		#[pallet::constant]
		type MinWindow: Get<Milliseconds>;

		/// Longest window in which things are counted.
		#[pallet::constant]
		type MaxWindow: Get<Milliseconds>;

		/// The highest that a threshold can be. As many patients are remembered at most, for each
		/// account and institution, in a window.
		#[pallet::constant]
		type MaxThreshold: Get<u32>;

		/// Most counts, and patients about whom was asked, of windows that are over that are forgotten in a block. As many as
		/// can be counted in one, or they pile up.
		#[pallet::constant]
		type MaxForgottenPerBlock: Get<u32>;

		/// What the log costs.
		type WeightInfo: WeightInfo;

		/// Sets the scene for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The entries.
	#[pallet::storage]
	pub type Entries<T: Config> = StorageMap<_, Twox64Concat, EntryIndex, AuditEntry>;

	/// The index that the next entry gets: the length of the log.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type NextEntryIndex<T: Config> = StorageValue<_, EntryIndex, ValueQuery, FirstEntryIndex>;

	/// The oldest entry whose turn to be pruned has not come. From here to the end of the log all
	/// entries are in state; before, those that were passed over.
	#[pallet::storage]
	pub type OldestEntry<T: Config> = StorageValue<_, EntryIndex, ValueQuery, FirstEntryIndex>;

	/// The entries that were kept when their turn came.
	#[pallet::storage]
	pub type PassedOver<T: Config> = StorageMap<_, Identity, OrderedIndex, ()>;

	/// How far a new look at them has come. Empty: there is nothing to look for.
	#[pallet::storage]
	pub type PendingSweep<T: Config> = StorageValue<_, Sweep>;

	/// How long entries stay in state.
	#[pallet::storage]
	pub type RetentionPeriod<T: Config> =
		StorageValue<_, Milliseconds, ValueQuery, T::MinRetention>;

	/// The first time that was known when an entry of genesis was looked at.
	#[pallet::storage]
	pub type ClockStart<T: Config> = StorageValue<_, Milliseconds>;

	/// Which entries are about a patient.
	#[pallet::storage]
	pub type EntriesOfPatient<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, OrderedIndex, ()>;

	/// Which entries are about what an actor did or asked.
	#[pallet::storage]
	pub type EntriesOfActor<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, OrderedIndex, ()>;

	/// Which entries are about what was done or asked for an institution, or done about it.
	#[pallet::storage]
	pub type EntriesOfInstitution<T: Config> =
		StorageDoubleMap<_, Twox64Concat, InstitutionId, Identity, OrderedIndex, ()>;

	/// The logs of the blocks of which an entry's turn to be pruned has not come.
	#[pallet::storage]
	pub type BlockLogs<T: Config> = StorageMap<_, Twox64Concat, BlockNumberFor<T>, BlockLog>;

	/// The log of the block that is being built. Empty until its first entry.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type CurrentLog<T: Config> = StorageValue<_, RunningLog<BlockNumberFor<T>>>;

	/// The legal holds in force.
	#[pallet::storage]
	pub type Holds<T: Config> = CountedStorageMap<_, Twox64Concat, HoldId, Hold>;

	/// The number of the next hold.
	#[pallet::storage]
	pub type NextHoldId<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// How many holds there are on all that is about a patient.
	#[pallet::storage]
	pub type PatientHolds<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// How many cases name an entry.
	#[pallet::storage]
	pub type CaseHolds<T: Config> = StorageMap<_, Twox64Concat, EntryIndex, u32, ValueQuery>;

	/// The reviews of entries that are in state, those that are over included.
	#[pallet::storage]
	pub type Reviews<T: Config> = StorageMap<_, Twox64Concat, EntryIndex, Review>;

	/// How many reviews of entries about a patient are open.
	#[pallet::storage]
	pub type OpenReviews<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The entries for which an institution has to answer, or governance to decide.
	#[pallet::storage]
	pub type OpenReviewsOfInstitution<T: Config> =
		StorageDoubleMap<_, Twox64Concat, InstitutionId, Identity, OrderedIndex, ()>;

	/// When which review is overdue or lapses.
	#[pallet::storage]
	pub type ReviewDeadlines<T: Config> = StorageMap<_, Identity, DeadlineKey, ()>;

	/// What is counted of an institution's reviews.
	#[pallet::storage]
	pub type ReviewTallies<T: Config> =
		StorageMap<_, Twox64Concat, InstitutionId, ReviewTally, ValueQuery>;

	/// The times for the steps of a review.
	#[pallet::storage]
	pub type ReviewTermsInForce<T: Config> =
		StorageValue<_, ReviewTerms, ValueQuery, T::DefaultReviewTerms>;

	/// What raises alerts.
	#[pallet::storage]
	pub type MonitoringTermsInForce<T: Config> =
		StorageValue<_, MonitoringTerms, ValueQuery, T::DefaultMonitoring>;

	/// The window in which things are counted. Empty: nothing was counted yet.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type CurrentWindow<T: Config> = StorageValue<_, Window>;

	/// What was counted of whom, by window.
	#[pallet::storage]
	pub type WindowCounts<T: Config> =
		StorageDoubleMap<_, Identity, WindowKey, Blake2_128Concat, Party, Counts, ValueQuery>;

	/// About which patients who asked, by window.
	#[pallet::storage]
	pub type PatientsOfWindow<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Identity, WindowKey>,
			NMapKey<Blake2_128Concat, Party>,
			NMapKey<Blake2_128Concat, AccountId>,
		),
		(),
	>;

	/// Where the log starts.
	pub struct FirstEntryIndex;

	impl Get<EntryIndex> for FirstEntryIndex {
		fn get() -> EntryIndex {
			EntryIndex(0)
		}
	}

	/// The terms of the log with which a chain starts. What is left out is as shipped.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// How long entries stay in state, in milliseconds.
		pub retention: Option<u64>,
		/// The times for the steps of a review.
		pub review_terms: GenesisReviewTerms,
		/// What raises alerts.
		pub monitoring: GenesisMonitoring,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let built =
				Pallet::<T>::build_genesis(self.retention, &self.review_terms, &self.monitoring);
			// A chain must not start with other terms than its specification names.
			assert!(
				built.is_ok(),
				"the genesis needs terms of the log that are within their bounds: {:?}",
				built.err()
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MinRetention::get().0 > 0,
				"MinRetention is zero: entries would leave before they are provable"
			);
			assert!(
				T::MinRetention::get() <= T::MaxRetention::get(),
				"MinRetention is longer than MaxRetention: no window can be set"
			);
			assert!(
				T::MaxPrunedOnInitialize::get() >= 2,
				"MaxPrunedOnInitialize is below two: released entries would never be pruned"
			);
			assert!(
				T::MaxDeadlinesPerBlock::get() > 0,
				"MaxDeadlinesPerBlock is zero: no review would ever be overdue"
			);
			assert!(
				T::MaxForgottenPerBlock::get() > 0,
				"MaxForgottenPerBlock is zero: counts would pile up"
			);
		}

		/// Pays for `on_finalize` and for what entries of a block share, prunes, keeps the deadlines of reviews, and
		/// forgets old counts.
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			let pruned = Self::prune(T::MaxPrunedOnInitialize::get());
			let kept = Self::keep_deadlines(T::MaxDeadlinesPerBlock::get());
			let (patients, counts) = Self::forget_windows(T::MaxForgottenPerBlock::get());
			T::WeightInfo::seal()
				.saturating_add(weights::shared_by_a_block::<T>())
				.saturating_add(weights::pruning::<T::WeightInfo>(pruned))
				.saturating_add(T::WeightInfo::keep_deadlines(kept))
				.saturating_add(T::WeightInfo::forget_windows(patients, counts))
		}

		/// Prunes what is left to prune, in the room that is left.
		fn on_idle(_now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::prune_within(remaining)
		}

		/// Seals the log of the block.
		fn on_finalize(_now: BlockNumberFor<T>) {
			if let Some(log) = CurrentLog::<T>::take() {
				Self::seal(log);
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Entries that are in state, the oldest first: at most `limit`, and at most
		/// [`MAX_PAGE`], from index `from` on. A page beyond the end is empty.
		pub fn entries(
			scope: EntryScope,
			filter: EntryFilter,
			from: EntryIndex,
			limit: u32,
		) -> EntryPage {
			Self::query_entries(&scope, &filter, from, limit)
		}

		/// The review of an entry.
		pub fn review(entry: EntryIndex) -> Option<Review> {
			Reviews::<T>::get(entry)
		}

		/// How an institution deals with reviews.
		pub fn review_tally(institution: InstitutionId) -> ReviewTally {
			ReviewTallies::<T>::get(institution)
		}

		/// The open reviews of what an institution did, in the order of the log: at most `limit`,
		/// and at most [`MAX_PAGE`], from index `from` on.
		pub fn open_reviews(
			institution: InstitutionId,
			from: EntryIndex,
			limit: u32,
		) -> Vec<(EntryIndex, Review)> {
			Self::query_open_reviews(institution, from, limit)
		}
	}
}
