//! docs/operate/leaving.md: an institution takes a validator off the chain.

use super::{
	hospitals::{account, keystore, metric, shows, Hospitals, Pace, LEAVING, VALIDATING},
	Book,
};
use codec::Decode;
use hdx_tests::rpc::item;
use std::fs;

/// The numbers of the two.
const STAYS: usize = 0;
const LEAVES: usize = 1;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn a_validator_leaves_by_the_runbook_and_blocks_become_final_without_it() {
	let book = Book::open(module_path!(), "docs/operate/leaving.md");
	let mut all = Hospitals::found(2, Pace::Blocks).await;
	all.start().await;
	// 1. One may go: the chain was started with a minimum of one.
	shows(all.machines[STAYS].node(), VALIDATING, 2.0).await;
	assert_eq!(metric(all.machines[STAYS].node(), "hdx_validators_minimum"), 1.0);

	// 2.
	let poll = all.next_referendum("RankedPolls").await;
	let validator = account(&all.machines[LEAVES], "validator.key");
	let vote = format!("vote {poll}");
	let proposed = book.block("hdx gov propose remove-validator");
	let proposed = proposed.with("5FHneW46…", &validator).with("vote 8", &vote);
	all.machines[LEAVES].runs(proposed).await;
	all.others_vote(LEAVES, &book.line("hdx gov vote 8").with("vote 8", &vote)).await;

	// 3 and 4. It is needed until the block in which it is counted no more is final.
	shows(all.machines[STAYS].node(), "hdx_validators", 1.0).await;
	shows(all.machines[STAYS].node(), LEAVING, 0.0).await;
	all.finalize_more(&[STAYS, LEAVES], 0).await;
	assert!(fs::read_dir(keystore(&all.machines[LEAVES])).unwrap().count() > 0);
	all.machines[LEAVES].runs(book.block("systemctl disable")).await;
	assert!(!all.machines[LEAVES].is_running());
	assert_eq!(fs::read_dir(keystore(&all.machines[LEAVES])).unwrap().count(), 0);

	all.finalize_more(&[STAYS], 5).await;
	let validators = all.rpc(STAYS).await.value(&item("Session", "Validators"), None).await;
	let validators = Vec::<[u8; 32]>::decode(&mut &validators.unwrap()[..]).unwrap();
	assert_eq!(validators.len(), 1);
	let members = all.answer(STAYS, "gov members").await;
	assert_eq!(members["institutions"].as_array().unwrap().len(), 2, "the institution stays");
	assert!(all.has_logged(STAYS, "ValidatorRemoved").await);
	book.was_followed();
}
