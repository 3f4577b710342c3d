//! Benchmarks of pallet-ranked-collective as both chambers have it. Those of the SDK have members that Root admits, where here
//! nobody makes these calls: pallet-governance admits and removes, with the votes that there are.
//!
//! Calls that nobody can make are refused when they are looked at. Measured is what they would do, by the functions with which
//! they do it, and with an event for each step. Members here have no ranks; they are given some where the weight asks for them.
//!
//! Both chambers have as many members and votes at most. Measured is that of institutions.

use super::{
	decisions::{begin, crowd, institutions, seats, Carried},
	polls::{change, status, submitted},
};
use crate::{RankedCollective, Runtime, RuntimeOrigin, System};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::RankedMembers;
use hdx_primitives::AccountId;
use pallet_governance::PollIndex;
use pallet_ranked_collective::{
	Call as Collective, MemberCount, Members, Rank, TallyOf, VoteRecord, Voting,
};
use pallet_referenda::{ReferendumInfo, ReferendumInfoFor, ReferendumInfoOf};

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

/// Most votes in a referendum: one of each seat.
const MOST_VOTES: u32 = 64;
/// Highest rank that is measured.
const HIGHEST: u32 = 10;

fn newcomer() -> AccountId {
	account("newcomer", 0, 0)
}

/// Two accounts less have a seat.
fn make_room() {
	begin();
	for member in institutions().iter().take(2) {
		RankedCollective::demote(member).expect("it is a member");
	}
}

/// A member of this rank, in the place of which another one is put when it goes.
fn ranked(rank: u32) -> AccountId {
	make_room();
	for name in ["ranked", "last"] {
		RankedCollective::do_add_member_to_rank(account(name, 0, 0), rank as Rank, true)
			.expect("there is room");
	}
	account("ranked", 0, 0)
}

/// Gives up so many ranks.
fn go_down(member: &AccountId, ranks: u32) {
	for _ in 0..ranks {
		RankedCollective::demote(member).expect("it is a member");
	}
}

/// A referendum that has ended, with so many votes.
fn ended(votes: u32) -> PollIndex {
	let poll = submitted();
	let info: ReferendumInfoOf<Runtime, ()> = ReferendumInfo::Killed(1);
	ReferendumInfoFor::<Runtime>::insert(poll, info);
	for number in 0..votes {
		let voter: AccountId = account("voter", number, 0);
		Voting::<Runtime>::insert(poll, voter, VoteRecord::Aye(1));
	}
	poll
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn add_member() {
		make_room();
		let newcomer = newcomer();

		#[block]
		{
			RankedCollective::induct(&newcomer).expect("there is room");
		}

		assert!(Members::<Runtime>::contains_key(&newcomer));
	}

	/// Rank by rank.
	#[benchmark]
	fn remove_member(r: Linear<0, HIGHEST>) {
		let member = ranked(r);

		#[block]
		{
			go_down(&member, r + 1);
		}

		assert!(!Members::<Runtime>::contains_key(&member));
		assert_eq!(MemberCount::<Runtime>::get(0), seats() - 1);
	}

	#[benchmark]
	fn promote_member(r: Linear<0, HIGHEST>) {
		let member = ranked(r);

		#[block]
		{
			RankedCollective::promote(&member).expect("it is a member");
		}

		assert_eq!(RankedCollective::rank_of(&member), Some(r as Rank + 1));
	}

	#[benchmark]
	fn demote_member(r: Linear<0, HIGHEST>) {
		let member = ranked(r);

		#[block]
		{
			go_down(&member, 1);
		}

		assert_eq!(RankedCollective::rank_of(&member), (r as Rank).checked_sub(1));
	}

	/// A member votes otherwise than before. The referendum's alarm is taken out of one block that is full, and set for another.
	#[benchmark]
	fn vote() {
		let poll = submitted();
		let voter = institutions().remove(1);
		Voting::<Runtime>::insert(poll, &voter, VoteRecord::Nay(1));
		change(poll, |status| status.tally = TallyOf::<Runtime>::from_parts(0, 0, 1));
		crowd(System::block_number() + 1);
		let call = Collective::<Runtime>::vote { poll, aye: true };
		let call = Carried::new(call, RuntimeOrigin::signed(voter.clone()));

		#[block]
		{
			call.make();
		}

		assert_eq!(Voting::<Runtime>::get(poll, &voter), Some(VoteRecord::Aye(1)));
		assert_eq!(status(poll).tally, TallyOf::<Runtime>::from_parts(1, 1, 0));
		assert_eq!(status(poll).alarm.map(|(when, _)| when), Some(System::block_number() + 1));
	}

	/// A vote more is left, so that it is noted where to go on.
	#[benchmark]
	fn cleanup_poll(n: Linear<1, MOST_VOTES>) {
		let poll = ended(n + 1);
		let call = Collective::<Runtime>::cleanup_poll { poll_index: poll, max: n };
		let call = Carried::new(call, RuntimeOrigin::signed(newcomer()));

		#[block]
		{
			call.make();
		}

		// What was not written to the database yet is removed uncounted.
		assert!(Voting::<Runtime>::iter_prefix(poll).count() <= 1);
	}

	/// One goes, and another comes.
	#[benchmark]
	fn exchange_member() {
		let member = ranked(0);
		let newcomer = newcomer();

		#[block]
		{
			go_down(&member, 1);
			RankedCollective::induct(&newcomer).expect("there is room");
		}

		assert!(!Members::<Runtime>::contains_key(&member));
		assert!(Members::<Runtime>::contains_key(&newcomer));
	}
}
