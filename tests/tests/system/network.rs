//! Validators keep one chain, and hear each other again where they had parted.

use hdx_primitives::{
	consent::{ConsentContent, ConsentTerms, SignedDocument},
	engine::{terminology::purpose, Actor, Policy, Provision, Rule, Status, Values},
	Commitment, ConsentId, InstitutionId, Milliseconds, Period,
};
use hdx_sdk::chain::{Chain, Signer, Until};
use hdx_tests::{
	network::Network,
	node::Node,
	validators::{best, Validators},
	wait,
};
use serde_json::Value;
use std::time::Duration;
use subxt::rpcs::rpc_params;

/// Milliseconds of an hour.
const HOUR: u64 = 60 * 60 * 1_000;
/// How long peers may take to part, and to find each other again.
const LIMIT: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn four_validators_keep_one_chain_and_three_go_on() {
	let network = Network::start(4).await;
	finalize_the_same(network.nodes(), 5).await;
	what_one_is_told_all_know(&network).await;
	the_others_go_on(&network).await;
}

/// Waits until this block is final everywhere, and is the same block.
async fn finalize_the_same(nodes: &[Node], number: u32) {
	let mut hashes = Vec::new();
	for node in nodes {
		hashes.push(node.rpc().await.wait_for_finality(number).await);
	}
	assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "block {number}: {hashes:?}");
}

/// A consent that was given at one node is read at another.
async fn what_one_is_told_all_know(network: &Network) {
	let here = Chain::connect(&network.node(0).url()).await.unwrap();
	let there = Chain::connect(&network.node(2).url()).await.unwrap();
	assert_eq!(here.genesis(), there.genesis());

	let patient = Signer::read("//patient of the network test").unwrap();
	let operator = Signer::read("//Alice").unwrap();
	let custodian = here.operated_by(&operator.account()).await.unwrap();
	here.sponsor_patient(&operator, patient.account(), Until::Finalized).await.unwrap();
	let id = grant(&here, &patient, custodian).await;

	let block = network.node(0).rpc().await.finalized().await;
	finalize_the_same(network.nodes(), block).await;
	let consent = there.consent(id).await.unwrap();
	assert_eq!(consent.patient, patient.account());
	assert_eq!(consent.status, Status::Active);
	assert_eq!(there.active_consents(&patient.account()).await.unwrap(), [id]);
}

/// Treatment by an institution, for an hour.
async fn grant(chain: &Chain, patient: &Signer, institution: InstitutionId) -> ConsentId {
	let now = chain.now().await.unwrap();
	let mut root = Provision::new(0, Rule::Permit);
	root.period = Period { start: None, end: Some(Milliseconds(now.0 + HOUR)) };
	root.actors = Values::try_from(vec![Actor::Organisation(institution)]).unwrap();
	root.purposes = Values::try_from(vec![purpose::TREAT]).unwrap();
	let policy =
		Policy { categories: Values::default(), provisions: vec![root].try_into().unwrap() };
	let template = chain.templates().await.unwrap()[0].id;
	let document = SignedDocument { template, commitment: Commitment([7; 32]) };
	let content = ConsentContent { policy, document, terms: ConsentTerms::default() };
	chain.grant_consent(patient, content, Until::Finalized).await.unwrap()
}

/// The loss of one of four stops nothing: three are more than two thirds.
async fn the_others_go_on(network: &Network) {
	// Not the first: it is the one that all others know.
	let (others, lost) = network.nodes().split_at(3);
	lost[0].stop();
	let before = others[0].rpc().await.finalized().await;
	finalize_the_same(others, before + 5).await;
}

/// What a node does itself where synchronizing stands still (`node/service/src/stalled.rs`), told from outside.
#[tokio::test(flavor = "multi_thread")]
async fn a_reserved_peer_that_is_parted_from_is_taken_up_again_without_its_address() {
	let mut validators = Validators::stopped();
	validators.start_again(&[0, 1]).await;
	let (here, there) = (validators.rpc(0).await, validators.rpc(1).await);
	let peer: String = there.ask("system_localPeerId", rpc_params![]).await;
	here.ask::<()>("system_removeReservedPeer", rpc_params![&peer]).await;
	here.ask::<()>("system_addReservedPeer", rpc_params![format!("/p2p/{peer}")]).await;
	for peers in [0, 1] {
		let what = format!("{peers} peers");
		wait::for_it(&what, LIMIT, || async {
			let health: Value = here.ask("system_health", rpc_params![]).await;
			(health["peers"].as_u64() == Some(peers)).then_some(())
		})
		.await;
	}
	let reserved: Vec<String> = here.ask("system_reservedPeers", rpc_params![]).await;
	assert!(reserved.contains(&peer), "{reserved:?}");
	// Half of the validators finalize nothing, but blocks pass between them.
	let number = best(&here).await + 2;
	wait::for_it("the same blocks", LIMIT, || async {
		let (mine, theirs) =
			(here.block_hash(Some(number)).await, there.block_hash(Some(number)).await);
		(mine.is_some() && mine == theirs).then_some(())
	})
	.await;
}
