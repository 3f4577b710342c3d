//! What holds between blocks, whatever was called.

use super::{grants, now};
use codec::{Decode, Encode};
use hdx_primitives::{AccountId, EntryIndex, Milliseconds};
use hdx_runtime::Runtime;
use pallet_audit::{BlockLogs, Entries, NextEntryIndex, OldestEntry, PassedOver};
use pallet_consent::Patients;
use pallet_governance::Seats;
use pallet_provider_registry::{InstitutionByOperator, Practitioners};
use pallet_ranked_collective::{Members, VoteRecord, Voting};
use pallet_referenda::{Instance2, ReferendumInfo, ReferendumInfoFor};
use std::collections::BTreeSet;

/// Asserts everything that has to hold: what each pallet says of itself, and what they have to agree on.
pub fn hold() {
	#[cfg(feature = "try-runtime")]
	pallets_agree_with_themselves();
	the_log_has_no_gap();
	grants::rest_on_what_permits_them();
	votes_are_of_members();
	whoever_is_registered_can_sign();
}

/// The `try_state` of every pallet of the runtime, so that one that is added is looked at too.
#[cfg(feature = "try-runtime")]
fn pallets_agree_with_themselves() {
	use frame_support::traits::{PalletsInfoAccess, TryState, TryStateSelect};
	use hdx_runtime::{AllPalletsWithSystem, System};
	for pallet in AllPalletsWithSystem::infos() {
		let only = TryStateSelect::Only(vec![pallet.name.as_bytes().to_vec()]);
		AllPalletsWithSystem::try_state(System::block_number(), only)
			.unwrap_or_else(|error| panic!("{}: {error:?}", pallet.name));
	}
}

/// Entries are in state from the oldest to the last, under their own index, in the order of their times; before the oldest
/// there are those that are kept, and no other. The logs of blocks follow one another.
fn the_log_has_no_gap() {
	let (EntryIndex(oldest), EntryIndex(next)) =
		(OldestEntry::<Runtime>::get(), NextEntryIndex::<Runtime>::get());
	let kept = PassedOver::<Runtime>::iter_keys().count() as u64;
	let stored = Entries::<Runtime>::iter_keys().count() as u64;
	assert_eq!(stored, next - oldest + kept, "entries {oldest}..{next}, and {kept} that are kept");
	let mut last = Milliseconds(0);
	for index in oldest..next {
		let entry = Entries::<Runtime>::get(EntryIndex(index)).expect("the log has no gap");
		assert_eq!(entry.index, EntryIndex(index), "an entry is under another's index");
		assert!(last <= entry.at && entry.at.0 <= now(), "an entry is of another time");
		last = entry.at;
	}
	let mut blocks: Vec<_> = BlockLogs::<Runtime>::iter().collect();
	blocks.sort_by_key(|(block, _)| *block);
	for pair in blocks.windows(2) {
		let (one, other) = (&pair[0].1, &pair[1].1);
		let end = one.first.0 + u64::from(one.count);
		assert_eq!(end, other.first.0, "entries between two blocks are of none");
	}
}

/// A count of votes as its parts are encoded: voters, ayes, nays.
fn counted(tally: &impl Encode) -> (u32, u32) {
	let (_, ayes, nays): (u32, u32, u32) = Decode::decode(&mut &tally.encode()[..]).unwrap();
	(ayes, nays)
}

macro_rules! votes_of_chamber {
	($instance:ty) => {
		for (poll, info) in ReferendumInfoFor::<Runtime, $instance>::iter() {
			let ReferendumInfo::Ongoing(status) = info else { continue };
			let (mut ayes, mut nays) = (0, 0);
			for (who, vote) in Voting::<Runtime, $instance>::iter_prefix(poll) {
				let is_member = Members::<Runtime, $instance>::contains_key(&who);
				assert!(is_member, "{who:?} voted about {poll} and is no member");
				match vote {
					VoteRecord::Aye(votes) => ayes += votes,
					VoteRecord::Nay(votes) => nays += votes,
				}
			}
			assert_eq!(counted(&status.tally), (ayes, nays), "the votes about {poll}");
		}
	};
}

/// Whoever has voted in a referendum that goes on is a member of its chamber, and the count is that of their votes. The
/// members of the chamber of institutions are those who vote for a seat.
fn votes_are_of_members() {
	votes_of_chamber!(());
	votes_of_chamber!(Instance2);
	let voters: BTreeSet<AccountId> =
		Seats::<Runtime>::get().into_iter().filter_map(|seat| seat.voter).collect();
	let members: BTreeSet<AccountId> = Members::<Runtime>::iter_keys().collect();
	assert_eq!(voters, members, "who votes for a seat, and who has a vote");
}

/// Nobody holds coins: what lets somebody sign is that they are registered.
fn whoever_is_registered_can_sign() {
	let patients = Patients::<Runtime>::iter_keys();
	let practitioners = Practitioners::<Runtime>::iter_keys();
	let operators = InstitutionByOperator::<Runtime>::iter_keys();
	for who in patients.chain(practitioners).chain(operators) {
		let account = frame_system::Account::<Runtime>::get(&who);
		assert!(
			account.providers + account.sufficients > 0,
			"{who:?} is registered, and cannot sign"
		);
	}
}
