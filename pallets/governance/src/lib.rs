//! # Governance
//!
//! The two chambers that decide about the chain, and the origins that they speak with.
//!
//! ## Overview
//!
//! There are no coins to vote with. Institutions have a chamber in which each of them has one vote, and those who represent
//! patients have another. Both vote in referenda of pallet-referenda, by collectives of pallet-ranked-collective; this
//! pallet says who is a member, what an approved referendum may call, and how much of everything there may be.
//!
//! ## Terminology
//!
//! - **Chamber**: of institutions, or of patients ([`Chamber`]).
//! - **Seat**: that an institution has a vote. It is given by the chamber itself, and not by being registered: registering a
//!   laboratory must not change who governs.
//! - **Voter**: the account that votes for a seat: the institution's operator, as long as it is active and has the
//!   accreditation that its kind needs. A seat without a voter stays, and counts for nothing.
//! - **Representative**: an account that votes in the patients' chamber. The chamber appoints and dismisses them itself;
//!   institutions must not choose who checks them.
//! - **Origin**: what a referendum was about. Each is asked for by the calls that it decides about, and by no others. None
//!   is Root.
//! - **Pace**: by how much the steps of referenda are shorter than with human beings in mind. It is set in the genesis and
//!   never again; chains for trying and testing have it.
//!
//! ## Scenario
//!
//! Five hospitals have a seat. A majority approves a referendum with the origin [`Origin::Membership`], which calls
//! [`seat_institution`](Pallet::seat_institution) for a sixth. One is suspended the next day: it votes no more, what it has
//! voted in referenda that go on is taken out of their counts, and five votes are all there are. Its operator's key was
//! stolen and is replaced: the new account votes, once the hospital is reinstated, and the old one never again.
//!
//! ## Rules
//!
//! - **A vote counts while its voter has the seat.** With the seat, or the voter, the votes go that were cast in referenda
//!   which have not ended. So nobody votes twice under two accounts, and a suspension works at once.
//! - **Nobody has a vote in both chambers.**
//! - **The last seat of a chamber stays**: without it nothing could be decided any more.
//! - **The clock leaves half of the votes**: an accreditation that ended takes a vote as long as half of the seats keep one.
//!   Otherwise whoever renews in time, or accredits itself, would have all votes. What was decided takes every vote.
//! - **Only members propose**, so many at a time, and one emergency besides. Only members store texts of proposals.
//!
//! ## What the runtime has to see to
//!
//! - The collectives' own calls that admit and remove members are refused to everybody: they would leave votes behind.
//! - The registry tells [`Pallet::do_sync`] when an institution is suspended or reinstated, or gets another operator.
//! - The referenda's origin for submissions is [`Pallet::note_proposal`], and storing a preimage is
//!   [`Pallet::take_note`].
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`seat_institution`](Pallet::seat_institution) | institutions, membership | [`InstitutionSeated`](Event::InstitutionSeated) |
//! | [`unseat_institution`](Pallet::unseat_institution) | institutions, membership | [`InstitutionUnseated`](Event::InstitutionUnseated) |
//! | [`appoint_representative`](Pallet::appoint_representative) | patients, representation | [`RepresentativeAppointed`](Event::RepresentativeAppointed) |
//! | [`dismiss_representative`](Pallet::dismiss_representative) | patients, representation | [`RepresentativeDismissed`](Event::RepresentativeDismissed) |
//! | [`sync_seat`](Pallet::sync_seat) | anyone | [`VoterChanged`](Event::VoterChanged) |
//!
//! Seats that are given and ended are entries in the audit log. Anyone can ask the view functions
//! [`seats`](Pallet::seats) and [`pace`](Pallet::pace).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod chambers;
mod dispatchables;
mod errors;
mod events;
mod genesis;
#[cfg(test)]
mod mock;
mod origins;
mod pace;
mod proposals;
mod representatives;
mod seats;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use chambers::{Chamber, PollIndex, Texts, Voices, Voters};
pub use origins::{
	Circuits, Emergency, Membership, Parameters, PatientsRights, Representation, Validators,
	WhitelistedCaller,
};
pub use pallet::*;
pub use types::{OpenPoll, Seat};
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
	use super::{Chamber, OpenPoll, Seat, Texts, Voices, Voters, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
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
		/// Who gives seats to institutions, and takes them.
		type MembershipOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who appoints and dismisses those who represent patients.
		type RepresentationOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The votes of institutions.
		type Institutions: Voters;

		/// The votes of those who represent patients.
		type Patients: Voters;

		/// Who speaks for institutions.
		type Voices: Voices;

		/// The texts of proposals, which members store.
		type Texts: Texts;

		/// The log.
		type Audit: AuditSink;

		/// Most seats of a chamber.
		#[pallet::constant]
		type MaxSeats: Get<u32>;

		/// Most proposals of a member that have not ended, one emergency apart.
		#[pallet::constant]
		type MaxOpenPerMember: Get<u32>;

		/// Most referenda of a chamber that have not ended. Room for those of all seats, and some of former ones.
		#[pallet::constant]
		type MaxOpen: Get<u32>;

		/// Most texts of proposals that a member has stored at a time.
		#[pallet::constant]
		type MaxNotes: Get<u32>;

		/// Longest text of a proposal, in bytes.
		#[pallet::constant]
		type MaxNoteLength: Get<u32>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::benchmarking::BenchmarkHelper;
	}

	/// What an approved referendum may call.
	#[pallet::origin]
	#[derive(
		Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
	)]
	pub enum Origin {
		/// Institutions, about institutions: who there is, who is accredited, who has a seat, whom to trust.
		Membership,
		/// Institutions, about numbers that bound what everybody may do.
		Parameters,
		/// Institutions, about who makes blocks.
		Validators,
		/// Institutions, about circuits and their keys.
		Circuits,
		/// Institutions, about what the patients' chamber has to approve as well. The name is the one that tools know.
		WhitelistedCaller,
		/// Institutions, about what cannot wait.
		Emergency,
		/// Patients, about what institutions have to approve as well.
		PatientsRights,
		/// Patients, about who represents them.
		Representation,
	}

	/// The pace of a chain that names none: periods are as they are.
	#[pallet::type_value]
	pub fn HumanPace() -> u32 {
		1
	}

	/// The seats of institutions, in the order in which they were given.
	#[pallet::storage]
	pub type Seats<T: Config> = StorageValue<_, BoundedVec<Seat, T::MaxSeats>, ValueQuery>;

	/// The referenda of each chamber that had not ended when a member proposed last.
	#[pallet::storage]
	pub type OpenPolls<T: Config> =
		StorageMap<_, Twox64Concat, Chamber, BoundedVec<OpenPoll, T::MaxOpen>, ValueQuery>;

	/// How many texts of proposals an account has stored. Absent: none.
	#[pallet::storage]
	pub type Notes<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, u32, ValueQuery>;

	/// By how much periods are shorter on this chain. Only the genesis sets it.
	#[pallet::storage]
	pub type Pace<T: Config> = StorageValue<_, u32, ValueQuery, HumanPace>;

	/// The chambers with which a chain starts.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The institutions that have a seat, by their numbers in the genesis of the registry.
		pub institutions: Vec<u32>,
		/// Who represents patients.
		pub representatives: Vec<AccountId>,
		/// By how much the periods of referenda are shorter. Left out: they are as shipped.
		pub pace: Option<u32>,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.pace != Some(0), "periods cannot be shorter by a factor of zero");
			let built =
				Pallet::<T>::build_genesis(&self.institutions, &self.representatives, self.pace);
			// A chain must not start with another chamber than its specification names.
			assert!(
				built.is_ok(),
				"the genesis needs seats of registered institutions, and of representatives who operate none, each once: {:?}",
				built.err()
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxSeats::get() > 0, "a chamber must have room for a seat");
			assert!(T::MaxOpenPerMember::get() > 0, "a member must be able to propose");
			let of_all_seats =
				T::MaxOpenPerMember::get().saturating_add(1).saturating_mul(T::MaxSeats::get());
			assert!(
				of_all_seats <= T::MaxOpen::get(),
				"there must be room for the proposals of all members"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The seats of institutions, and who votes for each.
		pub fn seats() -> Vec<Seat> {
			Seats::<T>::get().into_inner()
		}

		/// By how much the periods of referenda are shorter on this chain than its constants say.
		pub fn pace() -> u32 {
			Pace::<T>::get()
		}
	}
}
