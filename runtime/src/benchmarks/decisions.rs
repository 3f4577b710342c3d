//! The scenes of the benchmarks of what chambers decide with: both with all their members, the longest texts, and blocks with as
//! many tasks as fit.

use crate::{
	configs::chambers::{Institutions, Patients, LONGEST_TEXT},
	AccountId, Audit, BlockNumber, OriginCaller, Preimage, Runtime, RuntimeCall, RuntimeOrigin,
	System,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_benchmarking::account;
use frame_support::traits::{Bounded, BoundedInline, Get, Hooks, UnfilteredDispatchable};
use hdx_primitives::{EntryIndex, H256};
use pallet_governance::{Origin, Pace, Voters};
use pallet_ranked_collective::{Instance2, Members};
use pallet_scheduler::{Agenda, Scheduled, ScheduledOf};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The time of all that happens.
const NOW: u64 = 1_000_000;

/// A call as a block carries it, and who makes it.
pub struct Carried {
	text: Vec<u8>,
	origin: RuntimeOrigin,
}

impl Carried {
	/// A call that was not made yet.
	pub fn new(call: impl Into<RuntimeCall>, origin: impl Into<RuntimeOrigin>) -> Self {
		let call: RuntimeCall = call.into();
		Self { text: call.encode(), origin: origin.into() }
	}

	/// Reads the call and makes it, as the benchmarks of the SDK do: the filter of calls is paid for by every transaction.
	pub fn make(self) {
		RuntimeCall::decode(&mut self.text.as_slice())
			.expect("it is a call")
			.dispatch_bypass_filter(self.origin)
			.expect("nothing is wrong with it");
	}
}

/// Begins with block 1, at the pace of a chain for people: so that the steps of a referendum are in blocks of their own.
pub fn begin() {
	Pace::<Runtime>::put(1);
	pallet_timestamp::Now::<Runtime>::put(NOW);
	at(1);
}

/// Goes on in a later block. Logs of the blocks before are sealed, as they are when these end.
pub fn at(block: BlockNumber) {
	Audit::on_finalize(System::block_number());
	System::set_block_number(block);
}

/// The number of the next entry in the log.
pub fn next_entry() -> EntryIndex {
	pallet_audit::NextEntryIndex::<Runtime>::get()
}

fn fill<C: Voters>(name: &'static str) {
	for number in C::count()..seats() {
		C::admit(&account(name, number, 0)).expect("there is a seat");
	}
}

/// Seats of a chamber, all of which are given.
pub fn seats() -> u32 {
	<Runtime as pallet_governance::Config>::MaxSeats::get()
}

/// As many institutions as have room in their chamber.
pub fn institutions() -> Vec<AccountId> {
	fill::<Institutions>("institution");
	Members::<Runtime>::iter_keys().collect()
}

/// As many who represent patients as have room in their chamber. What members of both chambers may do takes them a look more:
/// whether they are of the other chamber is looked at first.
pub fn representatives() -> Vec<AccountId> {
	fill::<Patients>("representative");
	Members::<Runtime, Instance2>::iter_keys().collect()
}

/// The longest text that a member may store, like no other of another number.
pub fn longest_text(number: u8) -> Vec<u8> {
	vec![number; LONGEST_TEXT as usize]
}

/// Has a member store the longest text of this number, and gives its hash.
pub fn stored(member: &AccountId, number: u8) -> H256 {
	let text = longest_text(number);
	let hash = BlakeTwo256::hash(&text);
	Preimage::note_preimage(RuntimeOrigin::signed(member.clone()), text).expect("there is room");
	hash
}

/// Gives a block as many tasks as leave room for one more. They are the largest that a chamber can have carried out.
pub fn crowd(block: BlockNumber) {
	let most = <Runtime as pallet_scheduler::Config>::MaxScheduledPerBlock::get();
	let task: ScheduledOf<Runtime> = Scheduled {
		maybe_id: Some([u8::MAX; 32]),
		priority: 63,
		call: Bounded::Inline(BoundedInline::truncate_from(vec![0; BoundedInline::bound()])),
		maybe_periodic: None,
		origin: OriginCaller::Origins(Origin::Membership),
		_phantom: PhantomData,
	};
	Agenda::<Runtime>::mutate(block, |agenda| {
		while (agenda.len() as u32) + 1 < most {
			agenda.try_push(Some(task.clone())).expect("there is room");
		}
	});
}
