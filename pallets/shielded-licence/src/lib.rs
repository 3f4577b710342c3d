//! # Shielded licences
//!
//! Licences of which the chain has a hash alone, and the auditor who may read who used one.
//!
//! ## Overview
//!
//! A clinician proves *I am one of those who are licensed now, and the auditor can read which one* (circuit `break_glass`).
//! The chain learns that one of them did, and not who. What such a proof is about is kept here: the tree of the licences,
//! with its root, and the key that identities are encrypted with. `docs/zero-knowledge.md` says what is proven and who
//! learns what, `docs/adr/0018-break-glass-by-proof.md` what it is for.
//!
//! ## Terminology
//!
//! - **Leaf**: the hash of a clinician's key, their identity, when the licence holds, what it allows, and a salt. The issuer
//!   makes it, and answers for it. It is entered once, ever, and of one licence no more than one in
//!   [`Config::LeafInterval`].
//! - **Place**: where a licence is in the tree of 2²⁰. It keeps its place for ever, in the tree or not.
//! - **Root**: of the tree. Proofs are about one. The present root counts, and each other for [`Config::MaxRootAge`] after
//!   the next one took its place: were it not so, every licence that is entered would void all proofs in flight.
//! - **Auditor**: whoever has the secret of a key with which identities are encrypted. Governance appoints one.
//!
//! ## Scenario
//!
//! A clinician draws a secret, and gives the licensing board the key that belongs to it. The board has
//! attested the licence in the provider registry; now it draws a salt, hashes, and
//! [enters](Pallet::enter_licence) the leaf. The clinician is given what was hashed. A year later the board enters a new
//! leaf in the same place, as the licence was renewed. When it is revoked instead, anybody
//! [removes](Pallet::remove_licence) it.
//!
//! ## Who is in the tree is public
//!
//! Each leaf is that of a practitioner's licence, for all to see. What is hidden is which leaf a proof is about. So whoever
//! proves hides among all who have a leaf, and whoever has none proves nothing. Who ever had one is kept for ever, so that
//! nobody reviews a break-glass that may be their own.
//!
//! ## Proofs of emergencies
//!
//! Whoever decides emergencies asks by [`EmergencyProofs`](hdx_primitives::EmergencyProofs) whether a proof holds
//! (`docs/adr/0018-break-glass-by-proof.md`). Of the prover it takes the root, if it counts; *now*, if it is no further from
//! the block's time than a root may be old; the identity, if it is one for the auditor in office; and the **nullifier**, which
//! counts a clinician's slot of the day once. A day is one of 86,400 seconds since 1970, by *now*. Nullifiers are forgotten a
//! day after theirs, in what blocks leave idle. The key that section keys are wrapped for counts once, ever.
//!
//! ## Data structures
//!
//! - [`Licences`]: place → licence, as long as it is in the tree; [`Places`]: licence → place, for ever.
//! - [`KnownLeaves`]: all leaves that ever were.
//! - [`Nodes`]: the children of each node of the tree, the leaves on level 0.
//! - [`Roots`]: the last roots, of each block at most one.
//! - [`Auditors`]: number → auditor, for ever; [`KnownKeys`]: key → number; [`AuditorInOffice`]: the one identities are
//!   encrypted for now.
//!
//! - [`Holders`]: who ever had a leaf, by their first accounts.
//! - [`UsedSlots`]: by day, which nullifiers counted; those of days before [`OldestDay`] are forgotten. [`UsedRecipients`]: the
//!   hashes of all keys that section keys were wrapped for.
//!
//! What is stored and cannot be read stops what needs it ([`Error::StateDamaged`]); it never passes for nothing.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`enter_licence`](Pallet::enter_licence) | the trusted issuer who attested the licence | [`LicenceEntered`](Event::LicenceEntered) |
//! | [`remove_licence`](Pallet::remove_licence) | the same; anybody where the licence does not stand | [`LicenceRemoved`](Event::LicenceRemoved) |
//! | [`remove_licence_by_governance`](Pallet::remove_licence_by_governance) | governance | [`LicenceRemoved`](Event::LicenceRemoved) |
//! | [`appoint_auditor`](Pallet::appoint_auditor) | governance | [`AuditorAppointed`](Event::AuditorAppointed) |
//! | [`dismiss_auditor`](Pallet::dismiss_auditor) | governance | [`AuditorDismissed`](Event::AuditorDismissed) |
//!
//! Each leaves an entry in the audit log. Anyone can ask the view functions [`root`](Pallet::root),
//! [`is_root_recent`](Pallet::is_root_recent), [`leaves`](Pallet::leaves), [`entered`](Pallet::entered),
//! [`lapsed`](Pallet::lapsed), [`ever_entered`](Pallet::ever_entered), [`auditor`](Pallet::auditor) and [`auditor_of`](Pallet::auditor_of).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod auditors;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchables;
mod emergencies;
mod errors;
mod events;
mod licences;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod slots;
#[cfg(test)]
mod tests;
mod tree;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use emergencies::EmergencyStatement;
pub use pallet::*;
pub use types::{HiddenLicence, IdentityAuditor, KeptRoot, LicencePlace};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the calls hand over
// to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{HiddenLicence, IdentityAuditor, KeptRoot, LicencePlace, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, AuditSink, CredentialId, EntryIndex, LicenceDirectory, Milliseconds,
		ProofVerifier, PublicInput, H256,
	};
	use hdx_zk_circuits::merkle::CAPACITY;

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// Most leaves that [`Pallet::leaves`] gives at once.
	pub(crate) const LEAVES_PER_PAGE: u32 = 1_024;

	/// Places that [`Pallet::lapsed`] looks at.
	pub(crate) const PLACES_PER_PAGE: u32 = 256;

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId, Hash = H256>
	{
		/// Who appoints auditors, and removes licences whatever their issuers say.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who attested which licence, and which of them stand.
		type Licences: LicenceDirectory;

		/// Says whether a proof holds.
		type Verifier: ProofVerifier;

		/// The log.
		type Audit: AuditSink;

		/// The clock, in milliseconds since 1970.
		type Timestamp: Time<Moment = u64>;

		/// How many roots are kept: more than there are blocks in [`Config::MaxRootAge`], so that nobody voids a root that
		/// counts by making others. At least two.
		#[pallet::constant]
		type MaxRoots: Get<u32>;

		/// How long a root counts after the next one took its place. So long a licence that was removed still counts. *Now* of
		/// a proof may be as far from the block's time.
		#[pallet::constant]
		type MaxRootAge: Get<Milliseconds>;

		/// The least time between two leaves of one licence, so that an issuer fills the state with no more of them than it
		/// has licences: each is kept for ever.
		#[pallet::constant]
		type LeafInterval: Get<Milliseconds>;

		/// What the calls, and proofs, cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// The licences in the tree, by their places.
	#[pallet::storage]
	pub type Licences<T: Config> = StorageMap<_, Twox64Concat, u32, HiddenLicence, OptionQuery>;

	/// The place of each licence that ever was in the tree. None is given to another one.
	#[pallet::storage]
	pub type Places<T: Config> =
		StorageMap<_, Twox64Concat, CredentialId, LicencePlace, OptionQuery>;

	/// The next place that no licence has.
	#[pallet::storage]
	pub type NextPlace<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// All leaves that ever were in the tree. None is entered again.
	#[pallet::storage]
	pub type KnownLeaves<T: Config> = StorageMap<_, Blake2_128Concat, PublicInput, (), OptionQuery>;

	/// Who ever had a leaf in the tree, by the account under which they began. None is ever removed.
	#[pallet::storage]
	pub type Holders<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, (), OptionQuery>;

	/// The nullifiers of the proofs of emergencies that counted, by the days that they were about.
	#[pallet::storage]
	pub type UsedSlots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Blake2_128Concat, PublicInput, (), OptionQuery>;

	/// The first day whose nullifiers were not forgotten yet. Nothing: no proof ever counted.
	#[pallet::storage]
	pub type OldestDay<T: Config> = StorageValue<_, u32, OptionQuery>;

	/// The hashes of the keys that section keys were wrapped for in emergencies by proof.
	#[pallet::storage]
	pub type UsedRecipients<T: Config> = StorageMap<_, Blake2_128Concat, H256, (), OptionQuery>;

	/// The children of the nodes of the tree, by level and parent. Nothing: all below is empty.
	#[pallet::storage]
	pub type Nodes<T: Config> =
		StorageMap<_, Twox64Concat, (u8, u32), [PublicInput; 4], OptionQuery>;

	/// The last roots, the oldest first. The last one is that of the tree as it is.
	#[pallet::storage]
	pub type Roots<T: Config> = StorageValue<_, BoundedVec<KeptRoot, T::MaxRoots>, OptionQuery>;

	/// All auditors that ever were appointed, by their numbers.
	#[pallet::storage]
	pub type Auditors<T: Config> =
		CountedStorageMap<_, Twox64Concat, u32, IdentityAuditor, OptionQuery>;

	/// Whose each key is.
	#[pallet::storage]
	pub type KnownKeys<T: Config> = StorageMap<_, Blake2_128Concat, [u8; 32], u32, OptionQuery>;

	/// The auditor for whom identities are encrypted now. Nothing: none is in office.
	#[pallet::storage]
	pub type AuditorInOffice<T: Config> = StorageValue<_, u32, OptionQuery>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Places of the tree.
		fn tree_capacity() -> u32 {
			CAPACITY
		}

		/// Most leaves that are given at once.
		fn leaves_per_page() -> u32 {
			LEAVES_PER_PAGE
		}

		/// Places that are looked at for licences that lapsed.
		fn places_per_page() -> u32 {
			PLACES_PER_PAGE
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxRoots::get() > 1, "a root must count when the next one is made");
			assert!(T::MaxRootAge::get().0 > 0, "a root must count for some time");
			assert!(T::LeafInterval::get().0 > 0, "leaves must not come without end");
		}

		/// Forgets the nullifiers of days that no proof can be about any more.
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
		/// The root of the tree as it is. `None`: no licence was ever entered, or what is stored cannot be read.
		pub fn root() -> Option<PublicInput> {
			Some(Self::roots().ok()?.last()?.root)
		}

		/// Whether proofs about a root count at this block.
		pub fn is_root_recent(root: PublicInput) -> bool {
			Self::root_counts(root)
		}

		/// Leaves from this place on, in their order, zero where there is none: up to the last place that was ever taken, and
		/// at most 1,024.
		pub fn leaves(from: u32) -> Vec<PublicInput> {
			let until = from.saturating_add(LEAVES_PER_PAGE).min(NextPlace::<T>::get());
			let leaf = |place| Licences::<T>::get(place).map_or([0; 32], |hidden| hidden.leaf);
			(from..until).map(leaf).collect()
		}

		/// A licence that is in the tree, and its place. `None`: it is not.
		pub fn entered(licence: CredentialId) -> Option<(u32, HiddenLicence)> {
			let place = Places::<T>::get(licence)?.place;
			Some((place, Licences::<T>::get(place)?))
		}

		/// The licences that are in the tree and do not stand any more, by their places: of the 256 places from this one on.
		/// Anybody may remove them.
		pub fn lapsed(from: u32) -> Vec<(u32, HiddenLicence)> {
			let until = from.saturating_add(PLACES_PER_PAGE).min(NextPlace::<T>::get());
			let now = Self::now();
			let entered =
				(from..until).filter_map(|place| Some((place, Licences::<T>::get(place)?)));
			let lapsed = entered.filter(|(_, HiddenLicence { practitioner, licence, .. })| {
				T::Licences::licence_stands(practitioner, *licence, now).is_err()
			});
			lapsed.collect()
		}

		/// Whether somebody ever had a licence in the tree, under whatever account: they may have broken a glass that was broken
		/// by proof, and review none.
		pub fn ever_entered(who: AccountId) -> bool {
			Self::was_entered(&who)
		}

		/// The auditor for whom identities are encrypted now, and their number. `None`: none is in office.
		pub fn auditor() -> Option<(u32, IdentityAuditor)> {
			Self::query_auditor()
		}

		/// An auditor, in office or not, by their number.
		pub fn auditor_of(number: u32) -> Option<IdentityAuditor> {
			Auditors::<T>::get(number)
		}
	}
}
