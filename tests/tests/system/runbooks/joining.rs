//! docs/operate/joining.md: an institution brings a validator onto a chain that runs. Of hospitals that are new, with finality
//! that needs the fifth, is fifth.rs.

use super::{
	hospitals::{
		account, is_ready, make_session_keys, metric, new_node_key, options, send_session_keys,
		shows, takes_part, Hospitals, Pace, VALIDATING,
	},
	Book,
};
use hdx_tests::{runbook::Runbook, wait};
use std::time::Duration;

/// How long its turn may take to come.
const LIMIT: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn a_validator_joins_by_the_runbook_and_makes_blocks_that_become_final() {
	let book = Book::open(module_path!(), "docs/operate/joining.md");
	let mut all = Hospitals::found(1, Pace::Blocks).await;
	all.start().await;

	// 1 and 2, on the new machine. What the page leaves to running.md needs rights on it.
	let mut machine = all.new_machine("joins");
	let shown = machine.runs(book.block("hdx chain-spec show")).await;
	assert!(shown.contains(&all.genesis), "{shown}");
	let shown = machine.runs(book.block("hdx key generate")).await;
	let validator = account(&machine, "validator.key");
	assert!(shown.contains(&validator), "{shown}");
	new_node_key(&machine);

	// 3. Those who have a seat decide: here it is one.
	let poll = all.next_referendum("RankedPolls").await;
	let proposed = book.block("hdx gov propose add-validator");
	let proposed =
		proposed.with("5FHneW46…", &validator).with("--institution 4", "--institution 0");
	let proposed = proposed.with("vote 7", &format!("vote {poll}"));
	let proposed = proposed.with("status 7", &format!("status {poll}"));
	all.machines[0].runs(proposed).await;
	shows(all.machines[0].node(), "hdx_validators", 2.0).await;
	assert_eq!(metric(all.machines[0].node(), VALIDATING), 1.0);

	// 4 and 5.
	let validating = options(&machine, true, Some(&all.boot_node().await));
	machine.set_options(validating);
	machine.start();
	is_ready(machine.node()).await;
	let keys = Runbook::open("docs/operate/keys.md");
	let home = machine.home();
	let made = make_session_keys(&mut machine, &home, keys.block("curl ")).await;
	// Its node asks the state of its final block as well whether the account may.
	let others = all.rpc(0).await;
	let best = others.block_hash(None).await.unwrap();
	let height = others.header(&best).await.number();
	machine.node().rpc().await.wait_for_finality(height).await;
	send_session_keys(&machine, &home, &made).await;

	// 6.
	takes_part(&all.rpc(0).await, made.aura(), 2).await;
	shows(all.machines[0].node(), VALIDATING, 2.0).await;
	wait::for_it("the new one makes a block", LIMIT, || async {
		machine.node().log().contains("Prepared block for proposing").then_some(())
	})
	.await;
	all.machines.push(machine);
	// Both have to vote now.
	all.finalize_more(&[0, 1], 3).await;
	book.was_followed();
}
