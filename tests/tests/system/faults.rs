//! What a network survives: while it is under load something fails, and nothing is missing afterwards that a node said
//! was final. The short one is of every run; `scripts/faults.sh` runs them all.

use hdx_primitives::{AuditAction, EntryIndex};
use hdx_sdk::chain::{AtBlock, Chain, EntryFilter, EntryScope};
use hdx_tests::{
	isolation::Disk,
	load::{Load, Tally},
	report,
	validators::{best, copy, more_blocks, Validators},
	wait,
};
use std::{fs, path::PathBuf, time::Duration};

/// How many patients send at once.
const PATIENTS: usize = 4;
/// How often a validator loses its power.
const POWER_CUTS: u32 = 50;
/// How long a validator may take to come to where the others are, or to notice what is wrong.
const LIMIT: Duration = Duration::from_secs(240);
/// MiB of the small disk.
const DISK: u32 = 128;
/// How much a clock is ahead, in seconds: several slots.
const AHEAD: u32 = 9;
/// Entries of the log that are asked for at once.
const PAGE: u32 = 100;

/// Patients of the second hospital, who send to those that run.
pub async fn load(validators: &Validators) -> Load {
	Load::start(validators.places(), "//Bob", PATIENTS).await
}

/// Ends the load, and checks at each of these nodes that all of it is there which was acknowledged.
pub async fn nothing_is_lost(
	name: &str,
	validators: &Validators,
	load: Load,
	nodes: &[usize],
) -> Tally {
	let tally = load.end().await;
	tally.expect_answers();
	// Whatever was acknowledged is in a block that is final somewhere.
	let mut height = 0;
	for node in nodes {
		height = height.max(validators.rpc(*node).await.finalized().await);
	}
	let mut missing = 0;
	for node in nodes {
		validators.rpc(*node).await.wait_for_finality(height).await;
		let lost = tally.missing(validators.node(*node)).await;
		if !lost.is_empty() {
			report::say(format!("{name}: node {node} has not {lost:?}"));
		}
		missing += lost.len();
	}
	let (sent, done, refused) = (tally.submitted, tally.acknowledged, tally.refused.len());
	report::fault(&[&name, &sent, &done, &refused, &tally.unanswered, &missing]);
	assert_eq!(missing, 0, "acknowledged as final, and not there");
	tally
}

/// Says that a fault cannot be tried here.
fn skip(name: &str, why: &str) {
	report::fault(&[&name, &"skipped", &why]);
}

/// Whether governance would be needed to bring back a validator: one voted twice.
async fn somebody_is_disabled(validators: &Validators, node: usize) -> bool {
	let chain = Chain::connect(&validators.node(node).url()).await.unwrap();
	let mut from = EntryIndex(0);
	loop {
		let filter = EntryFilter::default();
		let page = chain.audit_entries(&EntryScope::All, filter, from, PAGE, AtBlock::Best).await;
		let page = page.unwrap();
		if page.entries.iter().any(|entry| entry.event.action == AuditAction::ValidatorDisabled) {
			return true;
		}
		match page.next {
			Some(next) => from = next,
			None => return false,
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_four_is_killed_and_finality_goes_on_and_two_and_it_resumes() {
	let mut validators = Validators::start().await;
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 1).await;
	validators.kill(3);
	validators.finalize_more(&[0, 1, 2], 3).await;
	validators.kill(2);
	validators.finality_stands(0).await;
	validators.start_again(&[2, 3]).await;
	validators.finalize_more(&[3, 2, 1, 0], 3).await;
	nothing_is_lost("kill -9 of one, then of two", &validators, load, &[0, 1, 2, 3]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn halves_that_do_not_hear_each_other_finalize_nothing_and_then_the_same() {
	let mut validators = Validators::start().await;
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	validators.part(&[0, 0, 1, 1]).await;
	validators.finality_stands(0).await;
	validators.finality_stands(3).await;
	validators.part(&[0, 0, 0, 0]).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	nothing_is_lost("a partition into halves", &validators, load, &[0, 1, 2, 3]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_that_loses_its_power_fifty_times_during_import_has_everything() {
	let mut validators = Validators::start().await;
	let load = load(&validators).await;
	for _ in 0..POWER_CUTS {
		validators.kill(3);
		validators.start_again(&[3]).await;
		// While it imports: it has what it had, and comes to something new.
		more_blocks(&validators.rpc(3).await, 1).await;
	}
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	nothing_is_lost("50 power cuts during import", &validators, load, &[0, 1, 2, 3]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_that_gets_an_old_copy_of_its_database_catches_up_and_votes_once() {
	let mut validators = Validators::start().await;
	let load = load(&validators).await;
	let (data, old) = (validators.place_of(3).join("data"), validators.place_of(3).join("old"));
	validators.finalize_more(&[0, 3], 2).await;
	validators.kill(3);
	copy(&data, &old);
	let copied = best(&validators.rpc(0).await).await;
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 3], 15).await;
	validators.kill(3);
	fs::remove_dir_all(&data).unwrap();
	fs::rename(&old, &data).unwrap();
	// It forgot how it voted last: that round is over when it comes back, or it votes in it again.
	validators.finalize_more(&[0, 1, 2], 3).await;
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	assert!(validators.rpc(3).await.finalized().await > copied);
	assert!(!somebody_is_disabled(&validators, 0).await);
	nothing_is_lost("a stale database", &validators, load, &[0, 1, 2, 3]).await;
}

/// Its peers hold still when it has heard of their blocks, and asks for them. The SDK alone would ask none of them again.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_whom_nobody_answered_begins_anew_and_catches_up() {
	let validators = Validators::start().await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	// What the others announce meanwhile waits in its connections.
	validators.node(3).hold(true);
	validators.finalize_more(&[0, 1, 2], 5).await;
	let height = validators.rpc(0).await.finalized().await;
	for other in 0..3 {
		validators.node(other).hold(true);
	}
	validators.node(3).hold(false);
	wait::for_it("it notices that nothing comes", LIMIT, || async {
		validators.node(3).log().contains("Parting from them").then_some(())
	})
	.await;
	assert!(validators.rpc(3).await.finalized().await < height, "somebody answered");
	for other in 0..3 {
		validators.node(other).hold(false);
	}
	wait::for_it("it catches up", LIMIT, || async {
		(validators.rpc(3).await.finalized().await >= height).then_some(())
	})
	.await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
}

/// The library that gives a program another clock, if it is installed.
fn faketime() -> Option<PathBuf> {
	let mut places = vec![PathBuf::from("/usr/lib/faketime")];
	places.extend(fs::read_dir("/usr/lib").ok()?.flatten().map(|one| one.path().join("faketime")));
	places.into_iter().map(|place| place.join("libfaketime.so.1")).find(|file| file.is_file())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_clock_ahead_by_slots_stops_nobody_else() {
	const NAME: &str = "a clock ahead by 9 s";
	let Some(library) = faketime() else {
		return skip(NAME, "libfaketime is not installed");
	};
	let mut validators = Validators::start().await;
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	validators.kill(3);
	let set = [
		"env".to_owned(),
		format!("LD_PRELOAD={}", library.display()),
		format!("FAKETIME=+{AHEAD}s"),
		"FAKETIME_DONT_FAKE_MONOTONIC=1".to_owned(),
	];
	validators.put_under(3, set.to_vec());
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 1, 2], 10).await;
	// Its clock is set right.
	validators.kill(3);
	validators.put_under(3, Vec::new());
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	nothing_is_lost(NAME, &validators, load, &[0, 1, 2, 3]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_full_disk_stops_its_validator_alone_which_goes_on_when_there_is_room() {
	const NAME: &str = "a full disk";
	let mut validators = Validators::stopped();
	let data = validators.place_of(3).join("data");
	fs::create_dir(&data).unwrap();
	let Some(disk) = Disk::new(&data, DISK) else {
		return skip(NAME, "a small disk may not be mounted");
	};
	validators.put_under(3, disk.under());
	validators.start_again(&[0, 1, 2, 3]).await;
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	disk.fill();
	let full = || async {
		let node = validators.node(3);
		(node.ended() || node.log().contains("No space left")).then_some(())
	};
	wait::for_it("the validator notices that its disk is full", LIMIT, full).await;
	validators.finalize_more(&[0, 1, 2], 3).await;
	validators.kill(3);
	disk.make_room();
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	nothing_is_lost(NAME, &validators, load, &[0, 1, 2, 3]).await;
}

/// The twins vote in the same round, each for a chain of which the other does not hear: with one validator stopped, neither
/// half finalizes, so that the round stays open until they meet.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_that_runs_twice_is_reported_and_disabled() {
	let mut validators = Validators::start().await;
	let twin = validators.add("dave's twin", &["--dave".to_owned()]);
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	assert!(!somebody_is_disabled(&validators, 0).await);
	validators.kill(2);
	validators.kill(3);
	more_blocks(&validators.rpc(0).await, 4).await;
	validators.part(&[0, 1, 0, 0, 1]).await;
	validators.start_again(&[3, twin]).await;
	for node in [0, 1] {
		more_blocks(&validators.rpc(node).await, 4).await;
	}
	validators.part(&[0; 5]).await;
	validators.start_again(&[2]).await;
	wait::for_it("who votes twice is disabled", LIMIT, || async {
		somebody_is_disabled(&validators, 0).await.then_some(())
	})
	.await;
	validators.finalize_more(&[0, 1, 2], 3).await;
	nothing_is_lost("a validator that runs twice", &validators, load, &[0, 1, 2]).await;
}
