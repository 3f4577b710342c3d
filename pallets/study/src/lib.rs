//! # Studies
//!
//! How many take part in a study, and nothing of who they are.
//!
//! ## Overview
//!
//! Governance registers a study: which values it asks for and in which ranges, which categories of data a consent must
//! cover, when one can enrol, and how many have to. A patient who takes part proves in zero knowledge that a shielded
//! consent of theirs covers this study and that values attested of them lie in its ranges, and is counted once. The
//! count is public. `docs/zero-knowledge.md` says who learns what.
//!
//! ## Terminology
//!
//! - **Study**: a number and its terms ([`StudyTerms`](hdx_primitives::StudyTerms)), which never change. A consent to take
//!   part names the digest of both, so it is for this study as it was registered.
//! - **Attestation**: four values of a patient, hidden in a hash, its *leaf*, which an institution appends to a tree.
//! - **Nullifier**: a number that follows from the patient's secret and the study. It counts a patient once, and tells
//!   nothing else.
//! - **Minimum**: how many have to take part before results are published.
//!
//! ## Scenario
//!
//! A university hospital wants to know how many diabetics of between forty and sixty would be treated otherwise. Both
//! chambers agree to the study, which is [registered](Pallet::register_study). A laboratory that a patient goes to
//! [attests](Pallet::attest) her values; she alone has them, the chain has a hash. She gives a shielded consent to the
//! study, makes the proof on her device, and hands it to somebody who [sends](Pallet::enrol) it for her. A year later the
//! hospital [closes](Pallet::close_study) the study, and [says](Pallet::publish_results) which results it published.
//!
//! ## What the minimum does, and what it does not
//!
//! Results are published of studies alone that have as many participants as was registered, which are never fewer than
//! [`Config::MinCohort`]. **It does not hide the count**: whoever reads the chain sees each participant counted, the
//! first one too. Where few people can be in a study's ranges at all, its count says something of each.
//!
//! ## Who is believed
//!
//! Any institution that is active attests; which one did is in the log, and a proof does not tell whose attestation it
//! uses. Whoever sees a leaf can append it as well, and takes it off nobody so: it is there twice then, and is proven as
//! before. An attestation is never taken out of its tree. A study that shall not count old ones says since when they count.
//!
//! ## Data structures
//!
//! - [`Studies`]: the studies by their numbers; [`NextStudy`]: the number of the next.
//! - [`Nullifiers`]: who was counted in which study. They stay, as evidence of the count.
//! - [`Growing`]: the right edge of the tree of attestations that grows.
//! - [`Attestations`]: all leaves by their place, so that anybody can rebuild a tree; [`Places`]: where each institution's
//!   leaves are.
//! - [`AttestationRoots`]: the root of each tree for each number of leaves that it ever had.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`register_study`](Pallet::register_study) | governance | [`StudyRegistered`](Event::StudyRegistered) |
//! | [`close_study`](Pallet::close_study) | the sponsor, or governance | [`StudyClosed`](Event::StudyClosed) |
//! | [`publish_results`](Pallet::publish_results) | the sponsor | [`ResultsPublished`](Event::ResultsPublished) |
//! | [`attest`](Pallet::attest) | an institution | [`Attested`](Event::Attested) |
//! | [`enrol`](Pallet::enrol) | anybody for whom some institution answers, with a proof | [`Enrolled`](Event::Enrolled), [`CohortReached`](Event::CohortReached) |
//!
//! Each leaves an entry in the audit log; that of an enrolment names nobody. Anyone can ask the view functions
//! [`study`](Pallet::study), [`studies`](Pallet::studies), [`is_counted`](Pallet::is_counted),
//! [`newest_attestations`](Pallet::newest_attestations), [`attestations`](Pallet::attestations),
//! [`attestation_root`](Pallet::attestation_root) and [`place_of`](Pallet::place_of).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod attestations;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchables;
mod enrolment;
mod errors;
mod events;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod studies;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{GrowingTree, StudyRecord, StudyStatus};
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
	use super::{GrowingTree, StudyRecord, WeightInfo};
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{
		AccountId, AttestationIndex, AttestationTree, AuditSink, EnrolmentProof, InstitutionId,
		ProofVerifier, ProviderDirectory, PublicInput, ShieldedConsents, StudyId, StudyTerms, H256,
	};

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// Most leaves that [`Pallet::attestations`] gives at once.
	pub(crate) const LEAVES_PER_PAGE: u32 = 1_024;

	/// Most studies that [`Pallet::studies`] gives at once.
	pub(crate) const STUDIES_PER_PAGE: u32 = 64;

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId, Hash = H256>
	{
		/// Who registers studies, and closes those of others.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The shielded consents.
		type Consents: ShieldedConsents;

		/// Says whether a proof holds.
		type Verifier: ProofVerifier;

		/// Who operates which institution.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// The clock, in milliseconds since 1970.
		type Timestamp: Time<Moment = u64>;

		/// Fewest participants that a study may ask for. Two at least.
		#[pallet::constant]
		type MinCohort: Get<u32>;

		/// Most studies, ever.
		#[pallet::constant]
		type MaxStudies: Get<u32>;

		/// Most trees of attestations.
		#[pallet::constant]
		type MaxAttestationTrees: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::BenchmarkHelper;
	}

	/// The number of the next study.
	#[pallet::storage]
	pub type NextStudy<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The studies. None is ever removed.
	#[pallet::storage]
	pub type Studies<T: Config> = StorageMap<_, Twox64Concat, StudyId, StudyRecord, OptionQuery>;

	/// What counts each participant of each study. None is ever removed.
	#[pallet::storage]
	pub type Nullifiers<T: Config> =
		StorageDoubleMap<_, Twox64Concat, StudyId, Blake2_128Concat, PublicInput, (), OptionQuery>;

	/// The tree of attestations that grows. Nothing: no leaf was ever appended.
	#[pallet::storage]
	pub type Growing<T: Config> = StorageValue<_, GrowingTree, OptionQuery>;

	/// All attestations, by tree and index. None is ever removed.
	#[pallet::storage]
	pub type Attestations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, u32, PublicInput, OptionQuery>;

	/// Where each attestation is, by its leaf and by who appended it. Whoever copies another one's leaf has a place of their
	/// own.
	#[pallet::storage]
	pub type Places<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PublicInput,
		Twox64Concat,
		InstitutionId,
		AttestationIndex,
		OptionQuery,
	>;

	/// The roots of each tree of attestations, by how many leaves it had. None is ever removed.
	#[pallet::storage]
	pub type AttestationRoots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, u32, PublicInput, OptionQuery>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Most leaves that are given at once.
		fn leaves_per_page() -> u32 {
			LEAVES_PER_PAGE
		}

		/// Most studies that are given at once.
		fn studies_per_page() -> u32 {
			STUDIES_PER_PAGE
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinCohort::get() > 1, "results about one are about somebody");
			assert!(T::MaxStudies::get() > 0, "there must be room for a study");
			assert!(T::MaxAttestationTrees::get() > 0, "there must be a tree");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A study, with its count. `None`: no study has this number.
		pub fn study(study: StudyId) -> Option<StudyRecord> {
			Studies::<T>::get(study)
		}

		/// Studies from this one on, in their order: as many as there are, and at most 64.
		pub fn studies(from: StudyId) -> Vec<(StudyId, StudyRecord)> {
			let page = from.0..from.0.saturating_add(STUDIES_PER_PAGE);
			page.map(StudyId).map_while(|study| Some((study, Studies::<T>::get(study)?))).collect()
		}

		/// Whether a nullifier was counted in a study.
		pub fn is_counted(study: StudyId, nullifier: PublicInput) -> bool {
			Nullifiers::<T>::contains_key(study, nullifier)
		}

		/// The tree of attestations that grows, as it is now. Where nothing was appended, or it cannot be read, the first
		/// with no leaves.
		pub fn newest_attestations() -> AttestationTree {
			let tree = Growing::<T>::get().unwrap_or_default();
			AttestationTree { tree: tree.number, count: tree.count }
		}

		/// Leaves of a tree of attestations from this one on, in their order: as many as there are, and at most 1,024.
		pub fn attestations(tree: u32, from: u32) -> Vec<PublicInput> {
			let page = from..from.saturating_add(LEAVES_PER_PAGE);
			page.map_while(|leaf| Attestations::<T>::get(tree, leaf)).collect()
		}

		/// The root of a tree of attestations when it had so many leaves. `None`: it never had.
		pub fn attestation_root(tree: u32, count: u32) -> Option<PublicInput> {
			AttestationRoots::<T>::get(tree, count)
		}

		/// Where an institution's attestation is. `None`: that one never appended it.
		pub fn place_of(leaf: PublicInput, institution: InstitutionId) -> Option<AttestationIndex> {
			Places::<T>::get(leaf, institution)
		}
	}
}
