//! What a network survives: while it is under load something fails, and nothing is missing afterwards that a node said
//! was final. The short one is of every run; `scripts/faults.sh` runs them all. docs/operate/README.md says what has to be.

use codec::Decode;
use hdx_primitives::{AuditAction, EntryIndex, Subject};
use hdx_sdk::chain::{AtBlock, Chain, EntryFilter, EntryScope};
use hdx_tests::{
	chains,
	isolation::Disk,
	load::{Load, Tally},
	people::{account, pair},
	report,
	rpc::item,
	validators::{author, best, copy, more_blocks, takes_in_more, Validators},
	wait,
};
use std::{fs, os::unix::process::ExitStatusExt, path::PathBuf, pin::pin, time::Duration};

/// How many patients send at once.
const PATIENTS: usize = 4;
/// How often a validator loses its power.
const POWER_CUTS: usize = 50;
/// How many blocks it has missed each time, at least.
const MISSED: u32 = 3;
/// How often it has to be interrupted in the middle of them at least. It takes some milliseconds for each, so that now and then
/// it has them all before its power goes.
const INTERRUPTED: usize = POWER_CUTS / 10;
/// How long a validator may take to come to where the others are, or to notice what is wrong.
const LIMIT: Duration = Duration::from_secs(240);
/// MiB of the small disk.
const DISK: u32 = 128;
/// How much a clock is ahead, in seconds: several slots.
const AHEAD: u32 = 9;
/// What a node says of a block whose slot is not due yet.
const EARLY: &str = "rejected: too far in the future";
/// Blocks that are final while a clock is ahead: some turns of each validator.
const TURNS: u32 = 16;
/// The signal that ends who writes through memory that the disk has no room for.
const SIGBUS: i32 = 7;
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
	for (reason, times) in tally.other_reasons() {
		report::measured(format!("{name}: {times} times otherwise: {reason}"));
	}
	let (sent, done, refused) = (tally.submitted, tally.acknowledged, tally.refused_as_wanted);
	let otherwise = tally.refused_otherwise.len();
	report::fault(&[&name, &sent, &done, &refused, &otherwise, &tally.unanswered, &missing]);
	tally.expect_answers();
	assert_eq!(missing, 0, "acknowledged as final, and not there");
	tally
}

/// Says that a fault cannot be tried here.
fn skip(name: &str, why: &str) {
	report::fault(&[&name, &"skipped", &why]);
}

/// What the log of a node names as disabled, an entry each. Governance would be needed to bring these back: they voted twice.
async fn disabled(validators: &Validators, node: usize) -> Vec<Subject> {
	let chain = Chain::connect(&validators.node(node).url()).await.unwrap();
	let mut from = EntryIndex(0);
	let mut found = Vec::new();
	loop {
		let filter = EntryFilter::default();
		let page = chain.audit_entries(&EntryScope::All, filter, from, PAGE, AtBlock::Best).await;
		let page = page.unwrap();
		let events = page.entries.into_iter().map(|entry| entry.event);
		let about = events.filter(|event| event.action == AuditAction::ValidatorDisabled);
		found.extend(about.map(|event| event.subject));
		match page.next {
			Some(next) => from = next,
			None => return found,
		}
	}
}

/// The accounts of the validators that a node's chain keeps from making blocks.
async fn kept_from_making_blocks(validators: &Validators, node: usize) -> Vec<[u8; 32]> {
	let rpc = validators.rpc(node).await;
	let all = rpc.value(&item("Session", "Validators"), None).await.unwrap();
	let all = Vec::<[u8; 32]>::decode(&mut &all[..]).unwrap();
	// With how grave it is, in billionths.
	let kept = rpc.value(&item("Session", "DisabledValidators"), None).await.unwrap_or_default();
	let kept =
		if kept.is_empty() { vec![] } else { Vec::<(u32, u32)>::decode(&mut &kept[..]).unwrap() };
	kept.into_iter().map(|(place, _)| all[place as usize]).collect()
}

/// What a node says is final: number and hash.
async fn said_final(validators: &Validators, node: usize) -> (u32, String) {
	let rpc = validators.rpc(node).await;
	let number = rpc.finalized().await;
	(number, rpc.block_hash(Some(number)).await.unwrap())
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

/// On a chain that is none for development: there, nodes do not look.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_with_another_specification_does_not_run_and_with_its_own_catches_up() {
	let mut validators = Validators::start_of(chains::live_spec("local", "local-live", &[])).await;
	let load = load(&validators).await;
	validators.finalize_more(&[0, 1, 2, 3], 2).await;
	validators.kill(3);
	let of_another = (b"another chain".to_vec(), vec![1]);
	let other = chains::live_spec("local", "local-live-another", &[of_another]);
	let genesis = validators.rpc(0).await.block_hash(Some(0)).await.unwrap();
	validators
		.refused(3, &other)
		.await
		.expect_error(1, &["the database is of another chain", &genesis, "--base-path"]);
	validators.finalize_more(&[0, 1, 2], 3).await;
	validators.start_again(&[3]).await;
	validators.finalize_more(&[0, 1, 2, 3], 3).await;
	nothing_is_lost("another genesis", &validators, load, &[0, 1, 2, 3]).await;
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
	let mut interrupted = 0;
	for cut in 0..POWER_CUTS {
		validators.finalize_more(&[0, 3], 1).await;
		let (number, hash) = said_final(&validators, 3).await;
		// It hears nothing, and then it has a few blocks to take in.
		validators.part(&[0, 0, 0, 1]).await;
		more_blocks(&validators.rpc(0).await, MISSED).await;
		let rpc = validators.rpc(3).await;
		let (had, others_have) = (best(&rpc).await, best(&validators.rpc(0).await).await);
		let mut importing = pin!(takes_in_more(&rpc, had));
		tokio::select! {
			() = &mut importing => {},
			() = validators.part(&[0; 4]) => importing.await,
		}
		validators.kill(3);

		// It starts without anybody who could tell it what it forgot.
		validators.part(&[0, 0, 0, 1]).await;
		validators.start_again(&[3]).await;
		let rpc = validators.rpc(3).await;
		assert!(rpc.finalized().await >= number, "cut {cut}: {number} is not final any more");
		assert_eq!(rpc.block_hash(Some(number)).await, Some(hash), "cut {cut}: block {number}");
		interrupted += usize::from(best(&rpc).await < others_have);
		validators.part(&[0; 4]).await;
	}
	report::measured(format!("{interrupted} of {POWER_CUTS} cuts between blocks that it took in"));
	assert!(interrupted >= INTERRUPTED, "it had everything nearly each time");
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
	let disabled = disabled(&validators, 0).await;
	assert!(disabled.is_empty(), "{disabled:?}");
	nothing_is_lost("a stale database", &validators, load, &[0, 1, 2, 3]).await;
}

/// Its peers hold still when it has heard of their blocks, and asks for them. The SDK alone would ask none of them again.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/faults.sh"]
async fn a_validator_whom_nobody_answered_begins_anew_and_catches_up() {
	let validators = Validators::start().await;
	let load = load(&validators).await;
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
	nothing_is_lost("a silence", &validators, load, &[0, 1, 2, 3]).await;
}

/// The library that gives a program another clock, if it is installed.
fn faketime() -> Option<PathBuf> {
	let mut places = vec![PathBuf::from("/usr/lib/faketime")];
	places.extend(fs::read_dir("/usr/lib").ok()?.flatten().map(|one| one.path().join("faketime")));
	places.into_iter().map(|place| place.join("libfaketime.so.1")).find(|file| file.is_file())
}

/// From this block on, of those that are final. With the right time every fourth is of this validator, who is number 3.
async fn nobody_took_a_block_of_dave(validators: &Validators, first: u32) {
	let rpc = validators.rpc(0).await;
	let last = rpc.finalized().await;
	assert!(last >= first + TURNS / 2, "blocks from {first} to {last} are too few to tell");
	let dave = pair("//Dave").public_key().0;
	for number in first..=last {
		let block = rpc.block_hash(Some(number)).await.unwrap();
		assert_ne!(author(&rpc, &block).await, dave, "block {number}");
	}
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
	// Whatever it made with the right clock is below this.
	let first = best(&validators.rpc(0).await).await + 1;
	validators.finalize_more(&[0, 1, 2], TURNS).await;
	// Its clock is ahead indeed: others were told of blocks of slots that were not due.
	wait::for_it("a block comes before its time", LIMIT, || async {
		(0..3).any(|node| validators.node(node).log().contains(EARLY)).then_some(())
	})
	.await;
	nobody_took_a_block_of_dave(&validators, first).await;
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
	let ended = || async { validators.node(3).ending() };
	let ending = wait::for_it("the validator ends, as its disk is full", LIMIT, ended).await;
	// What the database writes first is its journal, of which it says why it cannot. What it writes through memory, the
	// system ends it for.
	let says_why = validators.node(3).log().contains("No space left on device");
	assert!(says_why || ending.signal() == Some(SIGBUS), "{}", validators.node(3).log_tail());
	report::measured(format!("{NAME}: {ending}, and the log says why: {says_why}"));
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
	let before = disabled(&validators, 0).await;
	assert!(before.is_empty(), "{before:?}");
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
		(!disabled(&validators, 0).await.is_empty()).then_some(())
	})
	.await;
	// All that run, the twins as well, which hear what the others finalize.
	let all = [0, 1, 2, 3, twin];
	validators.finalize_more(&all, 3).await;
	let dave: [u8; 32] = account(&pair("//Dave")).into();
	for node in all {
		let named = disabled(&validators, node).await;
		assert_eq!(named, [Subject::Validator { account: dave }], "node {node}");
		assert_eq!(kept_from_making_blocks(&validators, node).await, [dave], "node {node}");
	}
	nothing_is_lost("a validator that runs twice", &validators, load, &all).await;
}
