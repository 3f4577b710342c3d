//! The scenes of the benchmarks of referenda: a referendum in each of its states, and others beside it.

use super::decisions::{at, begin, crowd, institutions, seats, stored, Carried};
use crate::{
	configs::chambers::{InstitutionTracks, LONGEST_TEXT},
	AccountId, Balance, BlockNumber, OriginCaller, RankedPolls, Runtime, RuntimeOrigin, System,
};
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::account;
use frame_support::{
	traits::{schedule::DispatchTime, Bounded, Get},
	BoundedVec,
};
use pallet_governance::{Chamber, OpenPoll, OpenPolls, Origin, PollIndex};
use pallet_ranked_collective::TallyOf;
use pallet_referenda::{
	DecidingCount, DecidingStatus, ReferendumCount, ReferendumInfo, ReferendumInfoFor,
	ReferendumInfoOf, ReferendumStatusOf, TrackInfo, TrackQueue, TracksInfo,
};

/// What referenda of the benchmarks are about: what both chambers have to agree on, which takes the longest.
pub const TRACK: u16 = 4;

/// A referendum that has not ended.
pub type Status = ReferendumStatusOf<Runtime, ()>;

/// The first of the numbers of other referenda.
const OTHERS: PollIndex = 1_000;

/// A referendum of the chamber.
pub type Info = ReferendumInfoOf<Runtime, ()>;
/// Most referenda that wait.
type MaxQueued = <Runtime as pallet_referenda::Config>::MaxQueued;

/// The periods of the referenda of the benchmarks.
pub fn periods() -> TrackInfo<Balance, BlockNumber> {
	<InstitutionTracks as TracksInfo<Balance, BlockNumber>>::info(TRACK)
		.expect("there is such a track")
		.into_owned()
}

/// Blocks after which a referendum ends that nobody has decided about.
pub fn until_timeout() -> BlockNumber {
	<Runtime as pallet_referenda::Config>::UndecidingTimeout::get()
}

/// What a member submits: to have a stored text of this number called. Its alarm is the last task that fits into its block.
pub fn submission(member: &AccountId, number: u8) -> Carried {
	crowd(System::block_number() + until_timeout());
	let proposal = Bounded::Lookup { hash: stored(member, number), len: LONGEST_TEXT };
	let submission = pallet_referenda::Call::<Runtime>::submit {
		proposal_origin: Box::new(OriginCaller::Origins(Origin::WhitelistedCaller)),
		proposal,
		enactment_moment: DispatchTime::After(0),
	};
	Carried::new(submission, RuntimeOrigin::signed(member.clone()))
}

/// Begins with a referendum that one of all institutions has submitted. Its alarm is the last task that fits into its block.
pub fn submitted() -> PollIndex {
	begin();
	let members = institutions();
	let poll = ReferendumCount::<Runtime>::get();
	submission(&members[0], 1).make();
	poll
}

/// The referendum, which has not ended.
pub fn status(poll: PollIndex) -> Status {
	RankedPolls::ensure_ongoing(poll).expect("it goes on")
}

/// Changes a referendum, and nothing beside it.
pub fn change(poll: PollIndex, how: impl FnOnce(&mut Status)) {
	ReferendumInfoFor::<Runtime>::mutate(poll, |info| {
		let Some(ReferendumInfo::Ongoing(status)) = info else { unreachable!("it goes on") };
		how(status)
	});
}

/// All votes that there are: for it, or against it.
pub fn count(for_it: bool) -> TallyOf<Runtime> {
	let all = seats();
	if for_it {
		TallyOf::<Runtime>::from_parts(all, all, 0)
	} else {
		TallyOf::<Runtime>::from_parts(0, 0, all)
	}
}

/// A referendum at the end of its preparation, which nobody has had decided about.
pub fn prepared(for_it: bool) -> PollIndex {
	let poll = submitted();
	at(System::block_number() + periods().prepare_period);
	change(poll, |status| status.tally = count(for_it));
	poll
}

/// A referendum at the end of its preparation, which is to be decided about.
pub fn ready(for_it: bool) -> PollIndex {
	let poll = prepared(for_it);
	have_decided(poll);
	poll
}

/// Has it decided about, and looks no further.
pub fn have_decided(poll: PollIndex) {
	change(poll, |status| status.decision_deposit = Some(status.submission_deposit.clone()));
}

/// A referendum that is decided about since this block, and that holds since then if it is to.
pub fn deciding(for_it: bool, holds: bool) -> PollIndex {
	let poll = ready(for_it);
	let since = System::block_number();
	let confirming = holds.then(|| since + periods().confirm_period);
	change(poll, |status| status.deciding = Some(DecidingStatus { since, confirming }));
	DecidingCount::<Runtime>::insert(TRACK, 1);
	poll
}

/// Has as many be decided about as may be, and others wait behind them, with so many votes for each.
pub fn queue(others: u32, votes: u32) {
	DecidingCount::<Runtime>::insert(TRACK, periods().max_deciding);
	let waiting = (0..others).map(|number| (OTHERS + number, votes)).collect();
	TrackQueue::<Runtime>::insert(
		TRACK,
		BoundedVec::<(u32, u32), MaxQueued>::truncate_from(waiting),
	);
}

/// How many may wait.
pub fn most_queued() -> u32 {
	MaxQueued::get()
}

pub fn queued() -> Vec<PollIndex> {
	TrackQueue::<Runtime>::get(TRACK).iter().map(|(poll, _)| *poll).collect()
}

/// Has others stand before it in a full queue that have ended meanwhile, each of which is looked at.
pub fn queue_behind_ended(first: Option<PollIndex>) {
	let most = most_queued();
	let ended = most - u32::from(first.is_some());
	queue(ended, 64);
	TrackQueue::<Runtime>::mutate(TRACK, |waiting| {
		if let Some(poll) = first {
			waiting.try_insert(0, (poll, 0)).expect("there is room for one");
		}
	});
	for number in 0..ended {
		let end: Info = ReferendumInfo::Cancelled(1, None, None);
		ReferendumInfoFor::<Runtime>::insert(OTHERS + number, end);
	}
	if let Some(poll) = first {
		change(poll, |status| status.in_queue = true);
	}
	assert_eq!(queued().len() as u32, most);
}

/// As many referenda of others as the chamber may have, all of which go on but the last: it has just ended, and gives room.
pub fn fill_list(example: PollIndex) {
	let example = status(example);
	let most = <Runtime as pallet_governance::Config>::MaxOpen::get();
	let mut open = Vec::new();
	for number in 0..most {
		let poll = OTHERS + number;
		let info: Info = if number + 1 < most {
			ReferendumInfo::Ongoing(example.clone())
		} else {
			ReferendumInfo::Cancelled(1, None, None)
		};
		ReferendumInfoFor::<Runtime>::insert(poll, info);
		open.push(OpenPoll { poll, proposer: account("other", number, 0), is_emergency: false });
	}
	OpenPolls::<Runtime>::insert(
		Chamber::Institutions,
		BoundedVec::<_, <Runtime as pallet_governance::Config>::MaxOpen>::truncate_from(open),
	);
}

/// A referendum that was cancelled, of which both deposits of zero are still to be given back, and who gave them.
pub fn cancelled() -> (PollIndex, AccountId) {
	let poll = submitted();
	let deposit = status(poll).submission_deposit;
	let info: Info = ReferendumInfo::Cancelled(1, Some(deposit.clone()), Some(deposit.clone()));
	ReferendumInfoFor::<Runtime>::insert(poll, info);
	(poll, deposit.who)
}

/// Has a stored text say more about a referendum.
pub fn describe(poll: PollIndex) -> Carried {
	let proposer = status(poll).submission_deposit.who;
	let maybe_hash = Some(stored(&proposer, 2));
	Carried::new(
		pallet_referenda::Call::<Runtime>::set_metadata { index: poll, maybe_hash },
		RuntimeOrigin::signed(proposer),
	)
}
