//! # Audit
//!
//! ## Overview
//!
//! The log of who asked for what and how it ended. Other pallets append to it through
//! [`AuditSink`](hdx_primitives::AuditSink); nothing, governance included, can change or delete an
//! entry. Each block's entries form a Merkle tree whose root enters the chain's Merkle mountain
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
//! - [`EntriesOfPatient`], [`EntriesOfActor`]: which entries an account appears in, the oldest
//!   first; [`EntryCountOfPatient`] and [`EntryCountOfActor`] say how many.
//! - [`BlockLogs`]: the block logs, of blocks that have entries. They are never removed.
//! - [`CurrentLog`]: the running log. It holds the tree's open subtrees and not the leaves, so that
//!   appending cannot fail, and sealing takes the same bounded work whatever the number of entries.
//!
//! Positions in the indexes are absolute: entries that left the state leave their numbers unused.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | none | nobody | `EntryRecorded`, whenever another pallet reports |
//!
//! ## For the runtime
//!
//! - [`ParentLog`]: the second half of the MMR's leaf; the first is `ParentNumberAndHash`. The pair
//!   encodes as [`AuditLeaf`](hdx_primitives::AuditLeaf).
//! - [`DepositMmrRoot`]: puts the MMR's root into the header.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod log;
mod mmr;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
pub mod types;
pub mod weights;

pub use mmr::{DepositMmrRoot, ParentLog};
pub use pallet::*;
pub use types::RunningLog;
pub use weights::WeightInfo;

// The macros write `expect` where they look up the pallet's name. What the pallet does is in other
// files, where the lint holds.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{StorageVersion, Time},
	};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{AccountId, AuditEntry, BlockLog, EntryIndex};

	/// The layout of this pallet's storage.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event<Self>>>
	{
		/// The clock, in milliseconds since the Unix epoch.
		type Timestamp: Time<Moment = u64>;

		/// What the log costs.
		type WeightInfo: WeightInfo;
	}

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The entries.
	#[pallet::storage]
	pub type Entries<T: Config> = StorageMap<_, Twox64Concat, EntryIndex, AuditEntry>;

	/// The index that the next entry gets: the length of the log.
	#[pallet::storage]
	pub type NextEntryIndex<T: Config> = StorageValue<_, EntryIndex, ValueQuery, FirstEntryIndex>;

	/// The entries about a patient, the oldest first.
	#[pallet::storage]
	pub type EntriesOfPatient<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, u32, EntryIndex>;

	/// How many entries there are about a patient.
	#[pallet::storage]
	pub type EntryCountOfPatient<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The entries about what an actor did or asked, the oldest first.
	#[pallet::storage]
	pub type EntriesOfActor<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, AccountId, Twox64Concat, u32, EntryIndex>;

	/// How many entries there are about what an actor did or asked.
	#[pallet::storage]
	pub type EntryCountOfActor<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// The logs of the blocks that have entries.
	#[pallet::storage]
	pub type BlockLogs<T: Config> = StorageMap<_, Twox64Concat, BlockNumberFor<T>, BlockLog>;

	/// The log of the block that is being built. Empty until its first entry.
	#[pallet::storage]
	pub type CurrentLog<T: Config> = StorageValue<_, RunningLog<BlockNumberFor<T>>>;

	/// Where the log starts.
	pub struct FirstEntryIndex;

	impl Get<EntryIndex> for FirstEntryIndex {
		fn get() -> EntryIndex {
			EntryIndex(0)
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An entry was appended to the log.
		EntryRecorded {
			/// Its place in the log.
			index: EntryIndex,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Pays for `on_finalize`.
		fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
			T::WeightInfo::seal()
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
}
