#![allow(clippy::arithmetic_side_effects)]

//! A node of which each look is made up.

use super::*;
use std::collections::BTreeSet;

/// A node that has all blocks but those named in `lacks`.
#[derive(Default)]
struct Node {
	watch: Watch<char, u32>,
	lacks: BTreeSet<u32>,
}

/// A look at a node whose peer `b` has block 7, which it lacks.
fn behind() -> Look<char, u32> {
	Look { ahead: vec![('b', 7)], ..in_step() }
}

fn in_step() -> Look<char, u32> {
	Look { ahead: Vec::new(), gap: 6, finalized: 100, queued: 0, downloaded: 0, waits: false }
}

impl Node {
	/// A node that lacks block 7, and was looked at before anybody was ahead.
	fn without_7() -> Self {
		let mut node = Self { lacks: BTreeSet::from([7]), ..Self::default() };
		assert!(node.look(in_step()).is_empty());
		node
	}

	fn look(&mut self, look: Look<char, u32>) -> Vec<char> {
		let lacks = &self.lacks;
		self.watch.look(look, |block| lacks.contains(block))
	}

	/// Takes the same look until a standstill is told, and gives the number of that look.
	fn looks_until_told(&mut self, look: &Look<char, u32>, at_most: u32) -> Option<u32> {
		(1..=at_most).find(|_| !self.look(look.clone()).is_empty())
	}

	/// Takes looks that may differ, none of which tells a standstill.
	fn stays_quiet(&mut self, looks: u32, made: impl Fn(u32) -> Look<char, u32>) {
		for number in 0..looks {
			assert!(self.look(made(number)).is_empty(), "a standstill is told at look {number}");
		}
	}
}

/// The first look notes what is missed, the following ones wait for it.
const TOLD_AT: u32 = PATIENCE + 1;
/// Many more looks than any patience.
const LONG: u32 = 1_000;

#[test]
fn a_block_that_never_comes_is_a_standstill() {
	let mut node = Node::without_7();
	assert_eq!(node.looks_until_told(&behind(), LONG), Some(TOLD_AT));
}

#[test]
fn patience_is_longer_than_any_request_may_take() {
	assert!(INTERVAL * PATIENCE > Duration::from_secs(40));
	// Peers are asked again after a minute, and their answer takes 20 s at most.
	assert!(INTERVAL * REST > Duration::from_secs(60 + 20 + 6));
}

#[test]
fn begins_anew_with_all_that_are_ahead_and_with_nobody_else() {
	let mut node = Node::without_7();
	node.lacks.insert(8);
	node.stays_quiet(PATIENCE, |_| behind());
	// `c` came a moment ago; it may be the one that helps, or the one that is in the way.
	let both = Look { ahead: vec![('b', 7), ('c', 8)], ..in_step() };
	assert_eq!(node.look(both), ['b', 'c']);
}

#[test]
fn a_validator_that_goes_on_with_its_own_branch_stands_still() {
	let mut node = Node::without_7();
	// Both branches grow, so the gap stays, and the peer names another block each time.
	node.lacks.extend(7..LONG);
	let told = (0..LONG).find(|number| {
		let look = Look { ahead: vec![('b', number.saturating_add(7))], ..in_step() };
		!node.look(look).is_empty()
	});
	assert_eq!(told, Some(PATIENCE));
}

#[test]
fn branches_of_the_same_length_are_a_standstill() {
	let mut node = Node::without_7();
	let level = Look { gap: 0, ..behind() };
	assert_eq!(node.looks_until_told(&level, LONG), Some(TOLD_AT));
}

#[test]
fn blocks_of_the_own_side_do_not_hide_a_standstill() {
	let mut node = Node::without_7();
	// Every third look finds one of them being imported.
	let told = (0..LONG).find(|number| {
		let queued = u32::from(number.is_multiple_of(3));
		!node.look(Look { queued, ..behind() }).is_empty()
	});
	assert!(told.is_some());
}

#[test]
fn a_first_synchronizing_is_none() {
	let mut node = Node::without_7();
	node.stays_quiet(LONG, |number| Look { gap: LONG.saturating_sub(number), ..behind() });
}

#[test]
fn blocks_that_become_final_are_progress() {
	let mut node = Node::without_7();
	node.stays_quiet(LONG, |number| Look {
		finalized: 100_u32.saturating_add(number / (PATIENCE / 2)),
		..behind()
	});
}

#[test]
fn a_state_that_is_fetched_is_progress() {
	let mut node = Node::without_7();
	node.stays_quiet(LONG, |number| Look { downloaded: u64::from(number), ..behind() });
}

#[test]
fn a_branch_that_is_imported_is_progress() {
	let mut node = Node::without_7();
	let fetched = |number: u32| if number.is_multiple_of(PATIENCE / 2) { 64 } else { 0 };
	node.stays_quiet(LONG, |number| Look { queued: fetched(number), ..behind() });
}

#[test]
fn a_runtime_that_is_compiled_is_no_standstill() {
	let mut node = Node::without_7();
	node.stays_quiet(LONG, |_| Look { queued: 1, ..behind() });
	// It waits from then on, and not for less.
	assert_eq!(node.looks_until_told(&behind(), LONG), Some(PATIENCE));
}

#[test]
fn waiting_for_more_peers_is_no_standstill() {
	let mut node = Node::without_7();
	node.stays_quiet(LONG, |_| Look { waits: true, ..behind() });
}

#[test]
fn a_partition_and_no_peers_are_no_standstill() {
	let mut node = Node::without_7();
	// Nobody has anything that is missed: nobody announces, or nobody is there.
	node.stays_quiet(LONG, |_| in_step());
}

#[test]
fn blocks_that_come_between_the_looks_are_no_standstill() {
	let mut node = Node::without_7();
	// Nothing becomes final, and at every look the newest block is still on its way.
	for newest in 7..LONG {
		node.lacks = BTreeSet::from([newest]);
		let look = Look { ahead: vec![('b', newest)], gap: 1, ..in_step() };
		assert!(node.look(look).is_empty(), "a standstill is told at block {newest}");
	}
}

#[test]
fn a_block_that_a_peer_gave_up_is_not_waited_for() {
	let mut node = Node::without_7();
	node.stays_quiet(PATIENCE, |_| behind());
	// It named another one as its best, which the node has. Block 7 is lacking for ever.
	node.stays_quiet(1, |_| in_step());
	node.stays_quiet(PATIENCE, |_| behind());
}

#[test]
fn a_peer_that_left_is_waited_for_anew() {
	let mut node = Node::without_7();
	node.lacks.insert(8);
	node.stays_quiet(PATIENCE, |_| behind());
	node.stays_quiet(PATIENCE, |_| Look { ahead: vec![('c', 8)], ..in_step() });
	node.stays_quiet(PATIENCE, |_| behind());
}

#[test]
fn a_standstill_that_goes_on_is_told_again_after_a_rest_that_doubles() {
	let mut node = Node::without_7();
	assert_eq!(node.looks_until_told(&behind(), LONG), Some(TOLD_AT));
	// The look with which a rest begins notes what is missed.
	for rest in [REST, 2 * REST, 4 * REST, LONGEST_REST, LONGEST_REST] {
		let wanted = rest.saturating_add(PATIENCE);
		assert_eq!(node.looks_until_told(&behind(), LONG), Some(wanted), "rest of {rest}");
	}
}

#[test]
fn nothing_counts_in_a_rest_even_where_peers_are_away_for_a_while() {
	let mut node = Node::without_7();
	assert_eq!(node.looks_until_told(&behind(), LONG), Some(TOLD_AT));
	// They are parted from, and back a moment later.
	node.stays_quiet(2, |_| in_step());
	let wanted = REST.saturating_sub(2).saturating_add(PATIENCE);
	assert_eq!(node.looks_until_told(&behind(), LONG), Some(wanted));
}

#[test]
fn after_progress_the_next_standstill_is_told_as_the_first_was() {
	let mut node = Node::without_7();
	for _ in 0..3 {
		assert!(node.looks_until_told(&behind(), LONG).is_some());
	}
	// The rest goes on, and is the last that is longer.
	let final_now = Look { finalized: 101, ..behind() };
	node.stays_quiet(LONGEST_REST, |_| Look { finalized: 101, ..in_step() });
	assert_eq!(node.looks_until_told(&final_now, LONG), Some(TOLD_AT));
	let wanted = REST.saturating_add(PATIENCE);
	assert_eq!(node.looks_until_told(&final_now, LONG), Some(wanted));
}
