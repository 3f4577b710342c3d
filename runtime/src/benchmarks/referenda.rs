//! Benchmarks of pallet-referenda as both chambers have it. Those of the SDK propose as Root, for which there is no track here,
//! and have members that Root admits.
//!
//! The chambers differ in who is a member and in the tracks. Measured is that of institutions, which has more of them.
//!
//! Blocks have as many tasks as they may: one place is left where an alarm is set, and none where one is taken out. Whoever
//! proposes says in which block a call is to be made, so that it can be many in one.
//!
//! No referendum waits in a queue, as so many are decided about as there may be. Where the pallet weighs queues, they are as long
//! as it has room for.

use super::{
	decisions::{at, begin, crowd, institutions, next_entry, Carried},
	polls::{
		cancelled, change, deciding, describe, fill_list, have_decided, most_queued, periods,
		prepared, queue, queue_behind_ended, queued, ready, status, submission, submitted,
		until_timeout, Info, TRACK,
	},
};
use crate::{BlockNumber, Runtime, RuntimeOrigin, System};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use hdx_primitives::{AccountId, EntryIndex};
use pallet_governance::{Chamber, OpenPolls, PollIndex};
use pallet_referenda::{
	Call as Referenda, DecidingCount, MetadataOf, ReferendumInfo, ReferendumInfoFor, TrackQueue,
};

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

/// How a referendum is stored, whether it has ended or not.
fn info(poll: PollIndex) -> Info {
	ReferendumInfoFor::<Runtime>::get(poll).expect("it is stored")
}

fn now() -> BlockNumber {
	System::block_number()
}

/// What wakes a referendum up.
fn nudge(poll: PollIndex) -> Carried {
	Carried::new(Referenda::<Runtime>::nudge_referendum { index: poll }, RuntimeOrigin::root())
}

/// Anybody has it decided about. Deposits are zero.
fn deposit(poll: PollIndex) -> Carried {
	let anybody: AccountId = account("anybody", 0, 0);
	let call = Referenda::<Runtime>::place_decision_deposit { index: poll };
	Carried::new(call, RuntimeOrigin::signed(anybody))
}

/// One is decided about less.
fn one_fewer() -> Carried {
	Carried::new(Referenda::<Runtime>::one_fewer_deciding { track: TRACK }, RuntimeOrigin::root())
}

/// Whether it holds, where it is decided about.
fn holds(poll: PollIndex) -> Option<bool> {
	status(poll).deciding.map(|deciding| deciding.confirming.is_some())
}

#[benchmarks]
mod benches {
	use super::*;

	/// As many have not ended as there may be, each of which is looked at.
	#[benchmark]
	fn submit() {
		let poll = submitted();
		fill_list(poll);
		at(now() + 1);
		let next = submission(&institutions()[0], 2);

		#[block]
		{
			next.make();
		}

		assert!(OpenPolls::<Runtime>::get(Chamber::Institutions).is_full());
		assert!(status(poll + 1).alarm.is_some());
	}

	#[benchmark]
	fn place_decision_deposit_preparing() {
		let poll = submitted();
		crowd(now() + periods().prepare_period);
		let call = deposit(poll);

		#[block]
		{
			call.make();
		}

		assert!(status(poll).decision_deposit.is_some());
		assert!(holds(poll).is_none());
	}

	/// The others in the queue all have more votes.
	#[benchmark]
	fn place_decision_deposit_queued() {
		let poll = prepared(false);
		queue(most_queued() - 1, 64);
		let call = deposit(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(queued().first(), Some(&poll));
	}

	/// There is no room behind those that have more votes.
	#[benchmark]
	fn place_decision_deposit_not_queued() {
		let poll = prepared(false);
		queue(most_queued(), 64);
		let call = deposit(poll);

		#[block]
		{
			call.make();
		}

		assert!(status(poll).in_queue && !queued().contains(&poll));
	}

	#[benchmark]
	fn place_decision_deposit_passing() {
		let poll = prepared(true);
		crowd(now() + periods().confirm_period);
		let call = deposit(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(true));
	}

	#[benchmark]
	fn place_decision_deposit_failing() {
		let poll = prepared(false);
		crowd(now() + periods().decision_period);
		let call = deposit(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(false));
	}

	/// A deposit of zero.
	#[benchmark]
	fn refund_decision_deposit() {
		let (index, who) = cancelled();
		let call = Referenda::<Runtime>::refund_decision_deposit { index };
		let call = Carried::new(call, RuntimeOrigin::signed(who));

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(index), ReferendumInfo::Cancelled(_, Some(_), None)));
	}

	/// A deposit of zero.
	#[benchmark]
	fn refund_submission_deposit() {
		let (index, who) = cancelled();
		let call = Referenda::<Runtime>::refund_submission_deposit { index };
		let call = Carried::new(call, RuntimeOrigin::signed(who));

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(index), ReferendumInfo::Cancelled(_, None, Some(_))));
	}

	/// One that is decided about, so that the next block is told.
	#[benchmark]
	fn cancel() {
		let index = deciding(false, false);
		crowd(now() + 1);
		let call = Carried::new(Referenda::<Runtime>::cancel { index }, RuntimeOrigin::root());

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(index), ReferendumInfo::Cancelled(..)));
	}

	/// One that is decided about, and about which a text says more.
	#[benchmark]
	fn kill() {
		let index = deciding(false, false);
		describe(index).make();
		crowd(now() + 1);
		let call = Carried::new(Referenda::<Runtime>::kill { index }, RuntimeOrigin::root());

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(index), ReferendumInfo::Killed(_)));
		assert!(!MetadataOf::<Runtime>::contains_key(index));
	}

	/// All that waited have ended.
	#[benchmark]
	fn one_fewer_deciding_queue_empty() {
		begin();
		queue_behind_ended(None);
		let call = one_fewer();

		#[block]
		{
			call.make();
		}

		assert_eq!(DecidingCount::<Runtime>::get(TRACK), periods().max_deciding - 1);
	}

	/// All that waited have ended but the last.
	#[benchmark]
	fn one_fewer_deciding_failing() {
		let poll = ready(false);
		queue_behind_ended(Some(poll));
		crowd(now() + periods().decision_period);
		let call = one_fewer();

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(false));
		assert!(queued().is_empty());
	}

	/// All that waited have ended but the last.
	#[benchmark]
	fn one_fewer_deciding_passing() {
		let poll = ready(true);
		queue_behind_ended(Some(poll));
		crowd(now() + periods().confirm_period);
		let call = one_fewer();

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(true));
		assert!(queued().is_empty());
	}

	/// It found no room in the queue before, and now has more votes than all others.
	#[benchmark]
	fn nudge_referendum_requeued_insertion() {
		let poll = ready(true);
		change(poll, |status| status.in_queue = true);
		queue(most_queued(), 1);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(queued().last(), Some(&poll));
		assert_eq!(queued().len() as u32, most_queued());
	}

	/// It was the last in the queue, and now has more votes than all others.
	#[benchmark]
	fn nudge_referendum_requeued_slide() {
		let poll = ready(true);
		change(poll, |status| status.in_queue = true);
		queue(most_queued() - 1, 1);
		TrackQueue::<Runtime>::mutate(TRACK, |waiting| {
			waiting.try_insert(0, (poll, 0)).expect("there is room for one");
		});
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(queued().last(), Some(&poll));
		assert_eq!(queued().len() as u32, most_queued());
	}

	/// The others in the queue all have more votes.
	#[benchmark]
	fn nudge_referendum_queued() {
		let poll = ready(false);
		queue(most_queued() - 1, 64);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(queued().first(), Some(&poll));
	}

	/// There is no room behind those that have more votes.
	#[benchmark]
	fn nudge_referendum_not_queued() {
		let poll = ready(false);
		queue(most_queued(), 64);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert!(status(poll).in_queue && !queued().contains(&poll));
	}

	/// Nobody has had it decided about: its alarm is set for the end of its time anew, as after a vote.
	#[benchmark]
	fn nudge_referendum_no_deposit() {
		let poll = prepared(true);
		// The first one was there, and has gone off.
		let timeout = status(poll).submitted + until_timeout();
		pallet_scheduler::Agenda::<Runtime>::remove(timeout);
		crowd(timeout);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(status(poll).alarm.map(|(when, _)| when), Some(timeout));
		assert!(holds(poll).is_none());
	}

	#[benchmark]
	fn nudge_referendum_preparing() {
		let poll = submitted();
		have_decided(poll);
		crowd(now() + periods().prepare_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert!(holds(poll).is_none());
	}

	#[benchmark]
	fn nudge_referendum_timed_out() {
		let poll = submitted();
		at(now() + until_timeout());
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(poll), ReferendumInfo::TimedOut(..)));
	}

	#[benchmark]
	fn nudge_referendum_begin_deciding_failing() {
		let poll = ready(false);
		crowd(now() + periods().decision_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(false));
	}

	#[benchmark]
	fn nudge_referendum_begin_deciding_passing() {
		let poll = ready(true);
		crowd(now() + periods().confirm_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(true));
	}

	#[benchmark]
	fn nudge_referendum_begin_confirming() {
		let poll = deciding(true, false);
		crowd(now() + periods().confirm_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(true));
	}

	#[benchmark]
	fn nudge_referendum_end_confirming() {
		let poll = deciding(false, true);
		crowd(now() + periods().decision_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(false));
	}

	#[benchmark]
	fn nudge_referendum_continue_not_confirming() {
		let poll = deciding(false, false);
		crowd(now() + periods().decision_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(false));
	}

	#[benchmark]
	fn nudge_referendum_continue_confirming() {
		let poll = deciding(true, true);
		crowd(now() + periods().confirm_period);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert_eq!(holds(poll), Some(true));
	}

	/// The call is scheduled, its text is asked for, the next block is told, and the log has an entry.
	#[benchmark]
	fn nudge_referendum_approved() {
		let poll = deciding(true, true);
		at(now() + periods().confirm_period);
		crowd(now() + 1);
		crowd(now() + periods().min_enactment_period);
		let call = nudge(poll);
		let entry = next_entry();

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(poll), ReferendumInfo::Approved(..)));
		assert_eq!(next_entry(), EntryIndex(entry.0 + 1));
	}

	#[benchmark]
	fn nudge_referendum_rejected() {
		let poll = deciding(false, false);
		at(now() + periods().decision_period);
		crowd(now() + 1);
		let call = nudge(poll);

		#[block]
		{
			call.make();
		}

		assert!(matches!(info(poll), ReferendumInfo::Rejected(..)));
	}

	#[benchmark]
	fn set_some_metadata() {
		let poll = submitted();
		let call = describe(poll);

		#[block]
		{
			call.make();
		}

		assert!(MetadataOf::<Runtime>::contains_key(poll));
	}

	#[benchmark]
	fn clear_metadata() {
		let poll = submitted();
		describe(poll).make();
		let proposer = status(poll).submission_deposit.who;
		let call = Referenda::<Runtime>::set_metadata { index: poll, maybe_hash: None };
		let call = Carried::new(call, RuntimeOrigin::signed(proposer));

		#[block]
		{
			call.make();
		}

		assert!(!MetadataOf::<Runtime>::contains_key(poll));
	}
}
