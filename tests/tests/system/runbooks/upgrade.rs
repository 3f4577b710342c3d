//! docs/operate/upgrade.md: a new program of the node, and a new runtime that both chambers agree on. The program is a copy of
//! the same one, and the runtime too, which says that it is the next (next_version.rs); an upgrade with a migration, under
//! load, is rehearsed by `scripts/upgrade.sh`.

use super::{
	hospitals::{keystore, Hospitals, Pace},
	Book,
};
use crate::{next_version::next_version, upgrade::version};
use hdx_tests::{
	binaries,
	machine::Machine,
	rpc::{item, Rpc},
	wait,
};
use std::{
	fs,
	os::unix::fs::{symlink, MetadataExt, PermissionsExt},
	path::PathBuf,
	time::Duration,
};

/// How long a referendum may take, at the pace of development chains.
const LIMIT: Duration = Duration::from_secs(300);
/// Who is upgraded first.
const FIRST: usize = 1;

/// The program that the node of a machine is.
fn program(machine: &Machine) -> PathBuf {
	format!("/proc/{}/exe", machine.node().process_id()).into()
}

/// Which file it is, whatever it is called.
fn file(path: PathBuf) -> (u64, u64) {
	let data = fs::metadata(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	(data.dev(), data.ino())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn node_and_runtime_are_upgraded_by_the_runbook_and_the_chain_goes_on() {
	let book = Book::open(module_path!(), "docs/operate/upgrade.md");
	let mut all = Hospitals::found(2, Pace::Blocks).await;

	// A keystore in which the node could not note its chain.
	let noted = book.block("umask 077").with("0x…", &all.genesis);
	all.machines[FIRST].runs(noted).await;
	let note = keystore(&all.machines[FIRST]).join("genesis-hash");
	let written = fs::metadata(&note).unwrap();
	assert_eq!(written.permissions().mode() & 0o777, 0o600);
	all.start().await;
	assert_eq!(fs::read_to_string(&note).unwrap().trim(), all.genesis);
	assert_eq!(fs::metadata(&note).unwrap().ino(), written.ino(), "the node wrote it again");

	the_node_is_upgraded(&book, &mut all).await;
	the_runtime_is_upgraded(&book, &mut all).await;
	book.was_followed();
}

async fn the_node_is_upgraded(book: &Book, all: &mut Hospitals) {
	let (bin, old) = (all.machines[FIRST].bin(), file(program(&all.machines[FIRST])));
	assert_eq!(old, file(bin.join("hdx-node")));
	symlink(binaries::node(), all.machines[FIRST].home().join("hdx-node")).unwrap();
	let before = all.rpc(FIRST).await.finalized().await;
	let hash = all.rpc(FIRST).await.block_hash(Some(before)).await;
	all.machines[FIRST].runs(book.block("install ")).await;

	let new = file(program(&all.machines[FIRST]));
	assert_eq!(new, file(bin.join("hdx-node")));
	assert_ne!(new, old, "the old program runs");
	assert_eq!(file(bin.join("hdx-node.old")), old, "nobody could go back");
	let rpc = all.rpc(FIRST).await;
	assert_eq!(rpc.block_hash(Some(before)).await, hash, "it began anew");
	all.finalize_more(&[0, FIRST], 3).await;
}

/// The hash of the runtime that was authorized.
async fn authorized(rpc: &Rpc) -> Option<Vec<u8>> {
	let found = rpc.value(&item("System", "AuthorizedUpgrade"), None).await;
	found.map(|value| value[..32].to_vec())
}

async fn the_runtime_is_upgraded(book: &Book, all: &mut Hospitals) {
	let rpc = all.rpc(0).await;
	let old = version(&rpc).await;
	let code = next_version(&rpc).await;
	for machine in &all.machines {
		fs::write(machine.home().join("runtime.wasm"), &code).unwrap();
	}
	let institutions = all.next_referendum("RankedPolls").await;
	let patients = all.next_referendum("PatientPolls").await;
	let vote = format!("vote {institutions} --aye --as");
	let patients_vote = format!("vote {patients} --aye --patients");

	// 3. An institution proposes and votes, and so does somebody who represents patients.
	let proposed = book.block("hdx gov propose authorize-upgrade");
	let proposed = proposed.with("explain 9", &format!("explain {institutions}"));
	let proposed = proposed.with("vote 9 --aye --as", &vote);
	let proposed = proposed.with("explain 4", &format!("explain {patients}"));
	let proposed = proposed.with("vote 4 --aye --patients", &patients_vote);
	all.machines[0].runs(proposed).await;
	// The patients approve first, so that nobody has to carry it out.
	let line = book.line("hdx gov vote 4").with("vote 4 --aye --patients", &patients_vote);
	all.others_vote(0, &line).await;
	let status = format!("gov status {patients} --patients");
	let hospitals = &*all;
	wait::for_it("the patients approve", LIMIT, || async {
		(hospitals.answer(0, &status).await["standing"] == "approved").then_some(())
	})
	.await;
	assert_eq!(authorized(&rpc).await, None, "institutions have not approved");
	all.others_vote(0, &book.line("hdx gov vote 9").with("vote 9 --aye --as", &vote)).await;
	let expected = sp_crypto_hashing::blake2_256(&code);
	wait::for_it("the authorization", LIMIT, || async {
		(authorized(&rpc).await? == expected).then_some(())
	})
	.await;
	assert_eq!(version(&rpc).await, old, "nobody put it in force yet");

	// 4 and 5. Anyone does.
	all.finalize_more(&[0, FIRST], 0).await;
	all.machines[FIRST].runs(book.block("hdx gov apply")).await;
	// Each compiles it first.
	for number in [0, FIRST] {
		// Not by the metric that the page names: this next version says that it is one, and is the same program.
		let rpc = all.rpc(number).await;
		wait::for_it("the next version", LIMIT, || async {
			(version(&rpc).await == old + 1).then_some(())
		})
		.await;
	}
	all.finalize_more(&[FIRST, 0], 3).await;
	assert_eq!(version(&rpc).await, old + 1);
	assert!(all.has_logged(0, "RuntimeUpgraded").await);
}
