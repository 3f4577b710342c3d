//! What an entry costs in state, and that the log stops growing.

use crate::mock::*;
use hdx_primitives::{
	engine::{Algorithm, Basis},
	AuditAction, AuditEvent, AuditSink, Code, ConsentId, ContextHash, GrantId, RecordId, Subject,
};

/// A disclosure with all its fields.
fn disclosure(number: u64) -> AuditEvent {
	AuditEvent {
		on_behalf_of: Some(institution(number as u8 % 5)),
		action: AuditAction::Disclosed,
		purpose: Some(Code([3; 16])),
		subject: Subject::Grant { grant: GrantId(number), record: Some(RecordId(number)) },
		basis: Some(Basis { consent: ConsentId(number), version: 1 }),
		algorithm: Some(Algorithm::DenyOverrides),
		context: Some(ContextHash([4; 32])),
		..event(number as u8 % 7, number as u8 % 11)
	}
}

#[test]
fn bytes_of_an_entry() {
	on_empty_chain(|| {
		let empty = state_bytes();
		let entries = 1_000;
		for number in 0..entries {
			Audit::record(disclosure(number));
		}
		next_block();
		let each = (state_bytes() - empty) as u64 / entries;
		println!("a disclosure: {each} bytes of state, keys and all indexes included");
		println!("a million of them: {} MB", each);
		// The entry and its key, and three keys of indexes; besides, a block's log.
		assert!((400..700).contains(&each), "{each}");
	});
}

/// Writes so many entries, a hundred a block, through a window of ten blocks, and returns the
/// state's size after each thousand.
fn sizes(entries: u64) -> Vec<usize> {
	let mut chain = empty_chain();
	let mut sizes = Vec::new();
	for first in (0..entries).step_by(100) {
		// To look at the whole state takes longer than to write to it.
		let is_measured = first % 1_000 == 900;
		let size = chain.execute_with(|| {
			for number in first..first + 100 {
				Audit::record(disclosure(number));
			}
			System::reset_events();
			next_block_after(HOUR / 10);
			prune_all();
			is_measured.then(state_bytes)
		});
		chain.commit_all().unwrap();
		sizes.extend(size);
	}
	chain.execute_with(|| Audit::do_try_state().unwrap());
	sizes
}

fn grows_no_further(entries: u64) {
	let sizes = sizes(entries);
	println!("bytes of state after each window: {:?} ...", &sizes[..5]);
	let (most, least) = (sizes[1..].iter().max(), sizes[1..].iter().min());
	let (most, least) = (most.unwrap(), least.unwrap());
	println!("{entries} entries: from {least} to {most} bytes of state after the first window");
	// Blocks with more or fewer open subtrees aside, it is the same.
	assert!(most - least < 2_000, "{least} to {most}");
}

#[test]
fn the_state_is_as_large_after_ten_windows_as_after_two() {
	grows_no_further(10_000);
}

#[test]
#[ignore = "a million entries take minutes"]
fn the_state_is_as_large_after_a_million_entries_as_after_two_windows() {
	grows_no_further(1_000_000);
}
