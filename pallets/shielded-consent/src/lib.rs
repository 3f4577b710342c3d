//! # Shielded consents
//!
//! Consents of which the chain has a hash alone.
//!
//! ## Overview
//!
//! A patient gives a consent by appending its *leaf* to a Merkle tree, with a zero-knowledge proof that whoever it says
//! gave it did. The chain learns neither who gave it, nor to whom, nor what for. It can be revoked at any time, with
//! another proof. Whoever uses it proves that it is in the tree, and not revoked, about the roots that this pallet keeps.
//! `docs/zero-knowledge.md` says what is proven and who learns what.
//!
//! ## Terminology
//!
//! - **Leaf**: the hash of a consent, or of a delegation; nobody can tell which. It is appended once, ever.
//! - **Tree**: 2²⁰ leaves, by their order, and a revocation bit for each. Trees are numbered; when one is full, the next
//!   grows.
//! - **Index**: a tree and a leaf in it ([`ShieldedIndex`]).
//! - **Snapshot**: the roots of all trees, every [`Config::SnapshotPeriod`] blocks. Proofs are about snapshots: were they
//!   about the present roots, anybody could void all proofs in flight by appending or revoking something.
//!
//! ## Scenario
//!
//! A patient makes a consent for her doctor and the proof that goes with it, and gives both to an organisation that sends
//! for others, as she does not want her own account next to the leaf. That one [appends](Pallet::append) it. Half a minute
//! later the next snapshot knows the consent, and the doctor can prove that he has it. A year later she
//! [revokes](Pallet::revoke) it: two minutes after, at the latest, no proof counts any more.
//!
//! ## How long a proof counts
//!
//! A proof names its snapshot. The last [`Config::MaxSnapshots`] count, as long as they are no older than
//! [`Config::MaxSnapshotAge`] by the clock. So a revocation takes effect after the latter at most, and after the period of
//! so many snapshots where blocks come in time. *Now* in a proof is the time of its snapshot.
//!
//! ## Proofs of access
//!
//! Whoever decides access asks by [`AccessProofs`](hdx_primitives::AccessProofs) whether a consent permits a request
//! (`docs/adr/0014-access-by-proof.md`). All that such a proof is about is made here: roots and *now* of its snapshot,
//! the tag that the practitioner [registered](Pallet::register_tag), the category that [stands](Pallet::append_category)
//! for the class that is asked for, and the context. Of the prover it takes the **nullifier**, which counts a consent
//! once for each snapshot, category, purpose and record.
//!
//! A proof names its circuit (`docs/adr/0020-access-by-a-delegates-consent.md`): `consent_access` about a consent of the
//! patient, `delegated_access` about one of a delegate and the patient's delegation. Everything else is the same.
//! A consent is one of the two, and nullifiers are kept for both together.
//!
//! ## Data structures
//!
//! - [`Growing`]: the right edge of the tree that grows; [`FullTrees`]: the roots of those before it.
//! - [`Leaves`]: all leaves by their place, so that anybody can rebuild a tree; [`Places`]: where each leaf is.
//! - [`RevocationNodes`]: the inner nodes of the trees of revocations, with the words of bits on their level 0.
//! - [`Changed`]: the trees whose roots the next snapshot keeps anew.
//! - [`Moments`]: the snapshots that count by their number; [`Roots`]: what the roots of a tree were since when.
//!
//! - [`ProviderTags`] and [`TagHolders`]: practitioner → tag, and back. A tag that was given up stays with whom it was.
//! - [`Categories`]: class of data → place in consents. It only grows.
//! - [`UsedNullifiers`]: by snapshot, which nullifiers counted; those of snapshots before [`Forgotten`] are forgotten.
//!
//! What is stored and cannot be read stops what needs it ([`Error::StateDamaged`]); it never passes for nothing.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`append`](Pallet::append) | anybody for whom some institution answers, with a proof | [`ConsentAppended`](Event::ConsentAppended) |
//! | [`revoke`](Pallet::revoke) | the same | [`ConsentRevoked`](Event::ConsentRevoked) |
//! | [`revoke_by_governance`](Pallet::revoke_by_governance) | governance | [`ConsentRevoked`](Event::ConsentRevoked) |
//! | [`register_tag`](Pallet::register_tag) | a practitioner | [`TagRegistered`](Event::TagRegistered) |
//! | [`append_category`](Pallet::append_category) | governance | [`CategoryAppended`](Event::CategoryAppended) |
//!
//! Each leaves an entry in the audit log. Anyone can ask the view functions [`snapshots`](Pallet::snapshots),
//! [`roots`](Pallet::roots), [`leaves`](Pallet::leaves), [`place_of`](Pallet::place_of),
//! [`is_revoked`](Pallet::is_revoked), [`revocations`](Pallet::revocations), [`tag_of`](Pallet::tag_of), [`category_of`](Pallet::category_of) and
//! [`categories`](Pallet::categories). Other pallets ask [`roots_at`](Pallet::roots_at).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod access;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod categories;
mod consents;
mod dispatchables;
mod errors;
mod events;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod nullifiers;
mod proofs;
mod snapshots;
mod tags;
#[cfg(test)]
mod tests;
mod trees;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use access::AccessStatement;
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{GrowingTree, KeptRoots, Snapshot, SnapshotRefusal, TreeRoots};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;
#[cfg(doc)]
use hdx_primitives::ShieldedIndex;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the calls hand over
// to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{
		categories::{class_code, SHIPPED},
		trees::revocations,
		GrowingTree, KeptRoots, Snapshot, SnapshotRefusal, TreeRoots, WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, AuditSink, Code, InstitutionId, Milliseconds, Proof, ProofVerifier,
		ProviderDirectory, PublicInput, Role, ShieldedIndex, H256,
	};
	use hdx_zk_circuits::{
		merkle::{CAPACITY, WORD_BITS},
		note::CATEGORY_BITS,
	};
	use sp_runtime::traits::{SaturatedConversion, Zero};

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// Most leaves that [`Pallet::leaves`] gives at once.
	pub(crate) const LEAVES_PER_PAGE: u32 = 1_024;

	/// Places of revocation words that [`Pallet::revocations`] looks at.
	pub(crate) const WORDS_PER_PAGE: u32 = 512;
	/// Places of revocation words of a tree: four words each.
	const WORD_PLACES: u32 = CAPACITY / (4 * WORD_BITS as u32);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId, Hash = H256>
	{
		/// Who revokes without a proof, and gives classes of data their categories.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Says whether a proof holds.
		type Verifier: ProofVerifier;

		/// Who may practise.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// The clock, in milliseconds since 1970.
		type Timestamp: Time<Moment = u64>;

		/// Every how many blocks the roots are kept. At least one.
		#[pallet::constant]
		type SnapshotPeriod: Get<u32>;

		/// How many snapshots count. At least two: a proof that is made now is about the last one, and shall still count
		/// when it arrives.
		#[pallet::constant]
		type MaxSnapshots: Get<u32>;

		/// How old a snapshot may be to count, by the clock.
		#[pallet::constant]
		type MaxSnapshotAge: Get<Milliseconds>;

		/// Most trees.
		#[pallet::constant]
		type MaxTrees: Get<u32>;

		/// What the calls, and snapshots, cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// The tree that grows. Nothing: no leaf was ever appended.
	#[pallet::storage]
	pub type Growing<T: Config> = StorageValue<_, GrowingTree, OptionQuery>;

	/// The roots of the trees that are full.
	#[pallet::storage]
	pub type FullTrees<T: Config> = StorageMap<_, Twox64Concat, u32, PublicInput, OptionQuery>;

	/// All leaves, by tree and index. None is ever removed.
	#[pallet::storage]
	pub type Leaves<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, u32, PublicInput, OptionQuery>;

	/// Where each leaf is.
	#[pallet::storage]
	pub type Places<T: Config> =
		StorageMap<_, Blake2_128Concat, PublicInput, ShieldedIndex, OptionQuery>;

	/// The children of the nodes of the trees of revocations, by tree, and by level and parent. Nothing: all below is
	/// empty.
	#[pallet::storage]
	pub type RevocationNodes<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		u32,
		Twox64Concat,
		(u8, u32),
		[PublicInput; 4],
		OptionQuery,
	>;

	/// The trees that changed since the last snapshot.
	#[pallet::storage]
	pub type Changed<T: Config> = StorageValue<_, BoundedVec<u32, T::MaxTrees>, OptionQuery>;

	/// The last snapshots, the oldest first.
	#[pallet::storage]
	pub type Moments<T: Config> =
		StorageValue<_, BoundedVec<Snapshot, T::MaxSnapshots>, OptionQuery>;

	/// What the roots of each tree were, the oldest first. The last holds until the tree changes.
	#[pallet::storage]
	pub type Roots<T: Config> =
		StorageMap<_, Twox64Concat, u32, BoundedVec<KeptRoots, T::MaxSnapshots>, OptionQuery>;

	/// The tag that proofs of access know each practitioner by.
	#[pallet::storage]
	pub type ProviderTags<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, PublicInput, OptionQuery>;

	/// Who registered each tag last. None is ever removed: a tag that was given up stays with whom it was.
	#[pallet::storage]
	pub type TagHolders<T: Config> =
		StorageMap<_, Blake2_128Concat, PublicInput, AccountId, OptionQuery>;

	/// The category that stands for each class of data. None is ever changed or removed.
	#[pallet::storage]
	pub type Categories<T: Config> = CountedStorageMap<_, Blake2_128Concat, Code, u8, OptionQuery>;

	/// The nullifiers of the proofs of access that counted, by their snapshots.
	#[pallet::storage]
	pub type UsedNullifiers<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, PublicInput, (), OptionQuery>;

	/// The first snapshot whose nullifiers were not forgotten yet.
	#[pallet::storage]
	pub type Forgotten<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Genesis gives the classes that are shipped their categories.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for kind in SHIPPED {
				let appended = Pallet::<T>::append_class(class_code(kind));
				assert!(appended.is_ok(), "each class is shipped once, and there is room for all");
			}
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Most categories.
		fn max_categories() -> u32 {
			CATEGORY_BITS as u32
		}

		/// Leaves of a tree.
		fn tree_capacity() -> u32 {
			CAPACITY
		}

		/// Most leaves that are given at once.
		fn leaves_per_page() -> u32 {
			LEAVES_PER_PAGE
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::SnapshotPeriod::get() > 0, "snapshots are blocks apart");
			assert!(
				T::MaxSnapshots::get() > 1,
				"a proof about the last snapshot must count when it arrives"
			);
			assert!(!T::MaxSnapshotAge::get().0.is_zero(), "a snapshot must count for some time");
			assert!(T::MaxTrees::get() > 0, "there must be a tree");
		}

		/// Keeps the roots as the block before left them: its weight is known, whatever this block holds.
		fn on_initialize(number: BlockNumberFor<T>) -> Weight {
			let number: u32 = number.saturated_into();
			if number.checked_rem(T::SnapshotPeriod::get()) != Some(0) {
				return Weight::zero();
			}
			let trees = Self::take_snapshot(number.saturating_sub(1));
			T::WeightInfo::take_snapshot(trees)
		}

		/// Forgets the nullifiers of proofs about snapshots that do not count any more.
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			Self::forget_within(remaining)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The snapshots that count at this block, the oldest first.
		pub fn snapshots() -> Vec<Snapshot> {
			let moments = Moments::<T>::get().unwrap_or_default();
			moments.into_iter().filter(Self::counts).collect()
		}

		/// The roots of a tree as of a snapshot, if it counts at this block.
		pub fn roots(tree: u32, snapshot: u32) -> Result<TreeRoots, SnapshotRefusal> {
			Self::roots_at(tree, snapshot)
		}

		/// Where a leaf is. `None`: it was never appended.
		pub fn place_of(leaf: PublicInput) -> Option<ShieldedIndex> {
			Places::<T>::get(leaf)
		}

		/// Whether a consent is revoked now. Proofs about snapshots from before may still count. `None`: nothing was
		/// appended there, or what is stored cannot be read.
		pub fn is_revoked(index: ShieldedIndex) -> Option<bool> {
			let ShieldedIndex { tree, leaf } = index;
			if leaf >= Self::count_of(tree).ok()? {
				return None;
			}
			revocations::<T>(tree).is_revoked(leaf).ok()
		}

		/// The tag that proofs of access know a practitioner by. `None`: none is registered.
		pub fn tag_of(provider: AccountId) -> Option<PublicInput> {
			ProviderTags::<T>::get(provider)
		}

		/// The category that stands for a class of data. `None`: no shielded consent can name it.
		pub fn category_of(class: Code) -> Option<u8> {
			Categories::<T>::get(class)
		}

		/// The classes that have a category, in the order of their places.
		pub fn categories() -> Vec<Code> {
			let mut classes: Vec<_> = Categories::<T>::iter().collect();
			classes.sort_by_key(|(_, place)| *place);
			classes.into_iter().map(|(class, _)| class).collect()
		}

		/// The words of revocation bits of a tree, four together by their place, as far as any is set: of 512 places from
		/// this one on, of which there are 2,048. The first bit of the first word is the consent's with index 0.
		pub fn revocations(tree: u32, from: u32) -> Vec<(u32, [PublicInput; 4])> {
			let page = from..from.saturating_add(WORDS_PER_PAGE).min(WORD_PLACES);
			page.filter_map(|place| Some((place, RevocationNodes::<T>::get(tree, (0, place))?)))
				.collect()
		}

		/// Leaves of a tree from this one on, in their order: as many as there are, and at most 1,024.
		pub fn leaves(tree: u32, from: u32) -> Vec<PublicInput> {
			let page = from..from.saturating_add(LEAVES_PER_PAGE);
			page.map_while(|leaf| Leaves::<T>::get(tree, leaf)).collect()
		}
	}
}
