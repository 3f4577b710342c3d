//! docs/operate/backup.md: a database is copied, a validator restored from the copy on a new machine, and a broken database
//! replaced by what others have. The chain goes on from what was there, and nobody votes twice.

use super::{
	hospitals::{
		hash, is_ready, keys_in, keystore, make_session_keys, new_account, node_key, options,
		send_session_keys, shows, signer, takes_part, Hospitals, Pace, VALIDATING,
	},
	Book,
};
use hdx_primitives::AccountId;
use hdx_sdk::chain::{AtBlock, Chain, Until};
use hdx_tests::{
	machine::Machine,
	rpc::{item, Rpc},
	runbook::Runbook,
	wait,
};
use serde_json::Value;
use std::{fs, path::Path, time::Duration};

/// The numbers of the four: one that nothing happens to, whose database breaks, and whose machine is lost.
const FIRST: usize = 0;
const BREAKS: usize = 2;
const IS_LOST: usize = 3;
const ALL: [usize; 4] = [0, 1, 2, 3];
/// How long a turn may take to come, and blocks to be fetched.
const LIMIT: Duration = Duration::from_secs(240);

/// What was there when the copy was made.
struct Before {
	patient: AccountId,
	height: u32,
	block: String,
	/// How many entries the log had.
	entries: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn a_validator_is_restored_by_the_runbook_and_goes_on_from_what_was_there() {
	let book = Book::open(module_path!(), "docs/operate/backup.md");
	let mut all = Hospitals::found(ALL.len(), Pace::Days).await;
	all.start().await;
	let before = something_is_there(&all).await;

	// Backing up. The validator is away for that long, and in step again.
	let copy = all.machines[IS_LOST].data().join("paritydb.copy");
	all.machines[IS_LOST].runs(book.block("systemctl stop hdx-node\nsudo -u hdx cp")).await;
	assert!(copy.is_dir());
	all.finalize_more(&ALL, 2).await;

	let height = all.rpc(IS_LOST).await.finalized().await;
	a_new_machine_takes_its_place(&book, &mut all, &before, height).await;
	a_broken_database_is_replaced(&book, &mut all, &before).await;
	assert!(!all.has_logged(FIRST, "ValidatorDisabled").await, "somebody voted twice");
	book.was_followed();
}

/// A patient of a hospital takes something back, which is final.
async fn something_is_there(all: &Hospitals) -> Before {
	let machine = &all.machines[FIRST];
	let operator = signer(machine, "operator.key");
	new_account(machine, "patient.key").await;
	let patient = signer(machine, "patient.key");
	let chain = Chain::connect(&machine.node().url()).await.unwrap();
	chain.sponsor_patient(&operator, patient.account(), Until::Finalized).await.unwrap();
	chain.set_emergency_override(&patient, false, Until::Finalized).await.unwrap();
	all.finalize_more(&ALL, 0).await;
	let rpc = all.rpc(FIRST).await;
	let height = rpc.finalized().await;
	let block = rpc.block_hash(Some(height)).await.unwrap();
	let entries = entries_at(&rpc, &block).await;
	Before { patient: patient.account(), height, block, entries }
}

/// How many entries the log has in the state of a block, as the chain writes it.
async fn entries_at(rpc: &Rpc, block: &str) -> Vec<u8> {
	let entries = rpc.value(&item("Audit", "NextEntryIndex"), Some(block)).await;
	entries.expect("the state of an old block is there")
}

/// The same chain, the same block of that number with its state, and what the patient said.
async fn has_what_was_there(machine: &Machine, genesis: &str, before: &Before) {
	let rpc = machine.node().rpc().await;
	rpc.wait_for_finality(before.height).await;
	assert_eq!(rpc.block_hash(Some(0)).await.as_deref(), Some(genesis));
	assert_eq!(rpc.block_hash(Some(before.height)).await.as_ref(), Some(&before.block));
	assert_eq!(rpc.block(&before.block).await.block.header.number(), before.height);
	assert_eq!(entries_at(&rpc, &before.block).await, before.entries);
	let chain = Chain::connect(&machine.node().url()).await.unwrap();
	for block in [AtBlock::Hash(hash(&before.block)), AtBlock::Finalized] {
		let allowed = chain.allows_emergency_override(&before.patient, block).await.unwrap();
		assert!(!allowed, "what the patient took back is permitted");
	}
	let entries = chain.audit_of_patient(&before.patient).await.unwrap();
	assert!(!entries.is_empty(), "the log has nothing of the patient");
}

/// New keys for a validator whose database is not that in which it voted last, and its turn.
async fn it_takes_part_again(machine: &mut Machine, home: &Path, others: &Rpc) {
	let keys = Runbook::open("docs/operate/keys.md");
	let made = make_session_keys(machine, home, keys.block("curl ")).await;
	send_session_keys(machine, home, &made).await;
	takes_part(others, made.aura(), ALL.len()).await;
	let node = machine.node();
	wait::for_it("it makes a block", LIMIT, || async {
		node.log().contains("Prepared block for proposing").then_some(())
	})
	.await;
	let kept = keys_in(&keystore(machine));
	assert_eq!(kept.len(), 2, "the old keys are used again: {kept:?}");
}

/// Restoring, by the numbers of the page.
async fn a_new_machine_takes_its_place(
	book: &Book,
	all: &mut Hospitals,
	before: &Before,
	height: u32,
) {
	// The old one is off, and stays off.
	all.machines[IS_LOST].stop();
	let mut machine = all.new_machine("new");
	// 1.
	fs::copy(node_key(&all.machines[IS_LOST]), node_key(&machine)).unwrap();
	// 2. The copy was carried to the new machine.
	let copy = all.machines[IS_LOST].data().join("paritydb.copy");
	fs::rename(copy, machine.home().join("paritydb.copy")).unwrap();
	let shown = machine.runs(book.block("sudo -u hdx mkdir")).await;
	let shown: Value = serde_json::from_str(&shown).unwrap();
	assert_eq!(shown["genesis_hash"].as_str(), Some(all.genesis.as_str()));
	let copied = shown["finalized_number"].as_u64().unwrap();
	assert!((u64::from(before.height)..=u64::from(height)).contains(&copied), "{shown}");
	// 3.
	let known = all.boot_node().await;
	machine.set_options(options(&machine, false, Some(&known)));
	machine.start();
	is_ready(machine.node()).await;
	has_what_was_there(&machine, &all.genesis, before).await;
	assert!(keys_in(&keystore(&machine)).is_empty());
	// 4.
	machine.stop();
	machine.set_options(options(&machine, true, Some(&known)));
	machine.start();
	is_ready(machine.node()).await;
	let home = all.machines[IS_LOST].home();
	it_takes_part_again(&mut machine, &home, &all.rpc(FIRST).await).await;
	all.machines[IS_LOST] = machine;
	all.finalize_more(&ALL, 3).await;
}

/// A broken database, by the numbers of the page. Three of four finalize meanwhile.
async fn a_broken_database_is_replaced(book: &Book, all: &mut Hospitals, before: &Before) {
	// 1.
	let broken = book.block("systemctl stop hdx-node\nsudo -u hdx hdx-node purge-chain");
	let asked = all.machines[BREAKS].runs_answering(broken, "y\n").await;
	assert!(asked.contains("removed"), "{asked}");
	let machine = &all.machines[BREAKS];
	assert_eq!(keys_in(&machine.data().join("keystore.old")).len(), 2);
	assert!(keys_in(&keystore(machine)).is_empty());
	// 2.
	is_ready(machine.node()).await;
	has_what_was_there(machine, &all.genesis, before).await;
	// 3.
	let (home, others) = (machine.home(), all.rpc(FIRST).await);
	it_takes_part_again(&mut all.machines[BREAKS], &home, &others).await;
	fs::remove_dir_all(all.machines[BREAKS].data().join("keystore.old")).unwrap();
	all.finalize_more(&ALL, 3).await;
	shows(all.machines[FIRST].node(), VALIDATING, 4.0).await;
}
