//! A fifth hospital comes to four whose chain runs: institutions register and accredit it, and add its validator, by the steps
//! of docs/operate/joining.md. Then both chambers decide about a matter of patients, who vote first, and upgrade the runtime, for
//! which institutions do.
//!
//! All of it with `hdx`, at real validators, while patients of another hospital give consents and take them back. It takes
//! minutes, most of which referenda take, so it is not among the others: `scripts/referenda.sh` runs it. That patients may
//! vote last about a matter of theirs is tested by governance.rs and with polkadot.js, too.

use crate::{
	consortium_upgrade::it_is_upgraded_and_no_entry_is_lost,
	faults::{load, nothing_is_lost},
	operate::sum,
	referenda::{Consortium, FOUR, INSTITUTIONS, LIMIT, PATIENTS},
	scene::USAGE,
	session_keys::{self, Made},
};
use codec::Encode;
use hdx_sdk::chain::{Chain, Signer, Until};
use hdx_tests::{
	node::{Node, WITH_METRICS},
	rpc::{bytes, item},
	validators::author,
	wait,
};
use serde_json::Value;
use sp_crypto_hashing::twox_64;
use std::{fs, str::FromStr};
use subxt_signer::{sr25519::Keypair, SecretUri};

/// What the fifth is accredited for.
const SCHEME: &str = "urn:jci|hospital";
/// How many blocks may become final until one is of a certain validator of five: some turns of each.
const TURNS: u32 = 30;
/// How long entries of the log shall stay, in milliseconds: six years is what they do.
const TEN_YEARS: u64 = 10 * 366 * 24 * 60 * 60 * 1_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/referenda.sh"]
async fn a_fifth_hospital_joins_and_patients_decide_first_and_nothing_is_lost() {
	let mut all = Consortium::start().await;
	let load = load(&all.validators).await;
	let institution = it_is_registered_and_accredited(&all).await;
	let (node, keys) = its_validator_joins(&mut all, institution).await;
	its_blocks_become_final_at_all_nodes(&all, &keys).await;
	its_votes_count_and_it_may_fail(&mut all, node).await;
	a_matter_of_patients_takes_both_chambers(&all).await;
	it_is_upgraded_and_no_entry_is_lost(&all, &[0, 1, 2, 3, node]).await;
	nothing_is_lost("a fifth validator", &all.validators, load, &[0, 1, 2, 3, node]).await;
}

/// Two referenda. Gives the number of the institution.
async fn it_is_registered_and_accredited(all: &Consortium) -> u64 {
	let operator = all.new_account("operator.key").await;
	let description = r#"{"resourceType":"Organization","name":"The fifth hospital"}"#;
	fs::write(all.file("organization.json"), description).unwrap();
	let register = format!(
		"register-institution --operator {operator} --kind hospital --profile organization.json"
	);
	let proposed = all.carries(&INSTITUTIONS, &register).await;
	assert_eq!(proposed["track"], "membership");
	let of_operator = |listed: &Value| {
		let institutions = listed["institutions"].as_array().unwrap();
		institutions.iter().find(|one| one["operator"] == operator.as_str()).cloned()
	};
	let listed = all.comes("provider list", |listed| of_operator(listed).is_some()).await;
	let fifth = of_operator(&listed).unwrap();
	assert_eq!((&fifth["institution"], &fifth["active"]), (&FOUR.len().into(), &true.into()));
	let number = fifth["institution"].as_u64().unwrap();

	let accredit = format!(
		"accredit --institution {number} --scheme {SCHEME} --level 2 --valid-until 2099-12-31"
	);
	all.carries(&INSTITUTIONS, &accredit).await;
	let is_accredited = |shown: &Value| shown["accreditations"][0]["status"] == "in-force";
	let shown = all.comes(&format!("provider institution {number}"), is_accredited).await;
	assert_eq!((&shown["stands"], &shown["accreditations"][0]["level"]), (&true.into(), &2.into()));
	number
}

/// What the metrics of a node say, of all institutions together.
fn metric(node: &Node, name: &str) -> f64 {
	sum(&node.metrics(), name, &[])
}

/// Waits until metrics of a node say so.
async fn shows(node: &Node, name: &str, number: f64) {
	let what = format!("{name} is {number}");
	wait::for_it(&what, LIMIT, || async { (metric(node, name) == number).then_some(()) }).await;
}

/// The steps of docs/operate/joining.md, by their numbers. Gives the number of the node, and its keys.
async fn its_validator_joins(all: &mut Consortium, institution: u64) -> (usize, Made) {
	// 1. It is the chain that the others run.
	let chain = all.validators.chain().to_str().unwrap();
	let shown = all.does(0, &format!("chain-spec show {chain}")).await;
	let genesis = all.validators.rpc(0).await.block_hash(Some(0)).await;
	assert_eq!(shown["genesis"].as_str(), genesis.as_deref());

	// 2. An account for the validator.
	let account = all.new_account("validator.key").await;
	assert_eq!(all.does(0, "key show validator.key").await["account"], account.as_str());

	// 3. Governance adds it.
	let add = format!("add-validator --validator {account} --institution {institution}");
	let proposed = all.carries(&INSTITUTIONS, &add).await;
	assert_eq!(
		(&proposed["track"], &proposed["needed"]),
		(&"validators".into(), &"two thirds".into())
	);

	// 4. The node is started, and comes to where the others are.
	let arguments = ["--validator", WITH_METRICS[0], WITH_METRICS[1]].map(str::to_owned);
	let number = all.validators.add("the fifth", &arguments);
	all.validators.start_again(&[number]).await;
	let node = all.validators.node(number);
	wait::for_it("the fifth is ready", LIMIT, || async {
		(node.http("/health/readiness").0 == 200).then_some(())
	})
	.await;
	shows(node, "substrate_sub_libp2p_is_major_syncing", 0.0).await;
	shows(node, "hdx_validators", 5.0).await;
	assert_eq!(metric(node, "hdx_validators_validating"), 4.0);

	// 5. It makes session keys, and the validator's account sends them with the proof that the node has them.
	let phrase = fs::read_to_string(all.file("validator.key")).unwrap();
	let validator = Keypair::from_uri(&SecretUri::from_str(phrase.trim()).unwrap()).unwrap();
	let keys = session_keys::make(&node.rpc().await, &validator).await;
	session_keys::set(&node.url(), &keys, &validator).await;

	// 6. It takes part from the session after next on.
	shows(node, "hdx_validators_validating", 5.0).await;
	wait::for_it("the fifth makes a block", LIMIT, || async {
		node.log().contains("Prepared block for proposing").then_some(())
	})
	.await;
	(number, keys)
}

/// Not only made: in the chain of all five. And the fifth is among those whose votes finalize.
async fn its_blocks_become_final_at_all_nodes(all: &Consortium, keys: &Made) {
	let rpc = all.validators.rpc(0).await;
	let first = rpc.finalized().await;
	let mut found = None;
	for number in first..first + TURNS {
		let block = rpc.wait_for_finality(number).await;
		if author(&rpc, &block).await == keys.aura() {
			found = Some((number, block));
			break;
		}
	}
	let (number, block) = found.expect("one of so many blocks is of the fifth");
	for node in 0..=FOUR.len() {
		let rpc = all.validators.rpc(node).await;
		assert_eq!(rpc.wait_for_finality(number).await, block, "node {node}");
		assert_eq!(author(&rpc, &block).await, keys.aura(), "node {node}");
	}
	let voters = all.does(0, "audit authorities -o voters.json").await;
	assert_eq!(voters["authorities"].as_array().unwrap().len(), 5, "{voters}");
}

/// Four of five have to vote: where one of the first four is gone, nothing becomes final without the fifth. And it may fail
/// itself, by which the page says that all is done.
async fn its_votes_count_and_it_may_fail(all: &mut Consortium, fifth: usize) {
	for gone in [3, fifth] {
		let others: Vec<_> = (0..=FOUR.len()).filter(|node| *node != gone).collect();
		all.validators.kill(gone);
		all.validators.finalize_more(&others, 3).await;
		all.validators.start_again(&[gone]).await;
		all.validators.finalize_more(&[gone, 0, 1, 2], 2).await;
	}
}

/// How long entries of the log stay, in the newest final block of a node. None: as shipped.
async fn retention(all: &Consortium, node: usize) -> Option<Vec<u8>> {
	let rpc = all.validators.rpc(node).await;
	let block = rpc.block_hash(Some(rpc.finalized().await)).await;
	rpc.value(&item("Audit", "RetentionPeriod"), block.as_deref()).await
}

/// Patients approve it first. It is not made by that, nor by anybody, nor where institutions refuse; it is made when they
/// approve it as well, by itself.
async fn a_matter_of_patients_takes_both_chambers(all: &Consortium) {
	let before = retention(all, 0).await;
	let call = format!(r#"{{"Audit":{{"set_retention":{{"period":{TEN_YEARS}}}}}}}"#);
	fs::write(all.file("call.json"), call).unwrap();
	let approved = all.carries(&PATIENTS, "call call.json").await;
	let hash = approved["hash"].as_str().unwrap();
	let digest = bytes(hash);
	let key = [item("Whitelist", "WhitelistedCall"), twox_64(&digest).to_vec(), digest].concat();
	let rpc = all.validators.rpc(0).await;
	wait::for_it("the patients permit it", LIMIT, || async {
		rpc.value(&key, None).await.map(drop)
	})
	.await;

	// `hdx` knows that it waits for institutions, and so does the chain.
	let early = all.run(0, &format!("gov enact {hash} --as //Bob")).await;
	early.expect_error(USAGE, &["both chambers have not agreed"]);
	let chain = Chain::connect(&all.validators.node(0).url()).await.unwrap();
	let call = bytes(approved["call"].as_str().unwrap());
	let bob = Signer::read("//Bob").unwrap();
	let early = chain.enact(&bob, &call, Until::Finalized).await.unwrap_err();
	assert!(early.to_string().contains("DeferredDispatchNotFound"), "{early}");

	let (refused, standing) = all.decides(&INSTITUTIONS, "call call.json", "--nay").await;
	assert_eq!((&refused["hash"], standing.as_str()), (&approved["hash"], "rejected"));
	assert_eq!(refused["track"], "both chambers");
	assert_eq!(retention(all, 0).await, before);
	assert_ne!(before, Some(TEN_YEARS.encode()));

	let made = all.carries(&INSTITUTIONS, "call call.json").await;
	assert_eq!(made["hash"], approved["hash"]);
	for node in 0..=FOUR.len() {
		wait::for_it("both chambers' decision is final", LIMIT, || async {
			(retention(all, node).await == Some(TEN_YEARS.encode())).then_some(())
		})
		.await;
	}
	assert!(rpc.value(&key, None).await.is_none(), "what was made is permitted no more");
}
