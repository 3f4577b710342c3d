//! docs/operate/emergency.md: safe mode is entered, and left as it was entered; and voters by force are proposed as the page
//! says. They are not carried out: no test of this project forces a change.

use super::{
	hospitals::{shows, signer, Hospitals, Pace},
	Book,
};
use hdx_sdk::chain::{AtBlock, Chain, Signer, Until};
use hdx_tests::runbook::Script;

/// Has all vote for what the first proposes as an emergency.
async fn all_agree(all: &mut Hospitals, proposal: Script, vote: Script) {
	let poll = format!("vote {}", all.next_referendum("RankedPolls").await);
	all.machines[0].runs(proposal.with("vote 11", &poll)).await;
	all.others_vote(0, &vote.with("vote 11", &poll)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn safe_mode_is_entered_by_the_runbook_and_permits_nothing_new() {
	let book = Book::open(module_path!(), "docs/operate/emergency.md");
	let mut all = Hospitals::found(2, Pace::Blocks).await;
	all.start().await;
	let chain = Chain::connect(&all.machines[0].node().url()).await.unwrap();
	let operator = signer(&all.machines[0], "operator.key");
	let [patient, late] = ["//one", "//another"]
		.map(|name| Signer::read(&format!("//patient of the emergency{name}")).unwrap());
	let until = Until::Finalized;
	chain.sponsor_patient(&operator, patient.account(), until).await.unwrap();

	voters_are_proposed(&book, &mut all).await;

	let proposal = book.block("echo '{\"SafeMode\"");
	let vote = book.line("hdx gov vote 11");
	all_agree(&mut all, proposal.clone(), vote.clone()).await;
	for machine in &all.machines {
		shows(machine.node(), "hdx_safe_mode", 1.0).await;
	}
	let refused = chain.sponsor_patient(&operator, late.account(), until).await.unwrap_err();
	assert_eq!(refused.refusal(), Some("CallFiltered"), "{refused}");
	chain.set_emergency_override(&patient, false, until).await.unwrap();
	let allowed = chain.allows_emergency_override(&patient.account(), AtBlock::Best).await;
	assert!(!allowed.unwrap(), "a patient could not take something back");

	assert!(all.has_logged(0, "SafeModeEntered").await);

	// The same way out.
	all_agree(&mut all, proposal.with("force_enter", "force_exit"), vote).await;
	shows(all.machines[0].node(), "hdx_safe_mode", 0.0).await;
	chain.sponsor_patient(&operator, late.account(), until).await.unwrap();
	book.was_followed();
}

/// Both chambers are asked for what the page has them asked for.
async fn voters_are_proposed(book: &Book, all: &mut Hospitals) {
	let patients = all.next_referendum("PatientPolls").await;
	let institutions = all.next_referendum("RankedPolls").await;
	let height = all.rpc(0).await.finalized().await.to_string();
	let proposal = book.block("echo '{\"Grandpa\"").with("81234", &height);
	all.machines[0].runs(proposal).await;
	for (poll, option) in [(institutions, ""), (patients, "--patients")] {
		let explained = all.answer(0, &format!("gov explain {poll} {option}")).await.to_string();
		assert!(explained.contains("note_stalled"), "{explained}");
		let shown = all.answer(0, &format!("gov status {poll} {option}")).await;
		assert_ne!(shown["standing"], "approved", "{shown}");
	}
}
