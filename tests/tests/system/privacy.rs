//! No health data on chain: whatever the main flow leaves there is searched for everything that
//! the Bundle says.

use hdx_primitives::engine::terminology::sensitivity;
use hdx_sdk::chain::interface;
use hdx_tests::{
	bundles,
	client::{self, Run},
	exposure::{Exposure, Place},
	health_data::HealthData,
	node::Node,
	report,
	search::{Hit, Needles},
};
use std::{collections::BTreeMap, ops::Range, path::Path};
use subxt::{OnlineClient, PolkadotConfig};
use subxt_signer::sr25519::dev;

/// What was found, by what it is.
type Found<'e> = BTreeMap<String, Vec<(&'e Place, Hit)>>;

/// A development chain after a run of the main flow.
struct AfterFlow {
	node: Node,
	run: Run,
	exposure: Exposure,
}

async fn after_flow(bundle: &Path) -> AfterFlow {
	let node = Node::development();
	let data = tempfile::tempdir().unwrap();
	let run = client::demo(&node.url(), data.path(), Some(bundle)).await;
	run.expect_success();
	let exposure = Exposure::fetch(&node.rpc().await).await;
	AfterFlow { node, run, exposure }
}

/// Fails where anything of a Bundle is found on a chain on which the main flow ran with it.
async fn nothing_is_on_chain(bundle: &Path) {
	let json = serde_json::from_slice(&std::fs::read(bundle).unwrap()).unwrap();
	let data = HealthData::of(&json);
	let needles = data.needles();
	assert!(data.texts.len() > 100, "only {} texts", data.texts.len());
	assert!(data.codings.len() > 10, "only {} codings", data.codings.len());

	let chain = after_flow(bundle).await;
	let size: usize = chain.exposure.places.iter().map(|(_, bytes)| bytes.len()).sum();
	report::say(format!(
		"{}: {} texts, {} codings, {} needles; {} blocks, {} places, {size} bytes",
		bundle.display(),
		data.texts.len(),
		data.codings.len(),
		needles.len(),
		chain.exposure.head,
		chain.exposure.places.len(),
	));
	what_is_there_is_found(&chain);

	// A word of four letters is found by chance in twenty kilobytes of hashes about once in a
	// hundred thousand runs.
	let found = needles.find_in(&chain.exposure.places);
	assert!(found.is_empty(), "on chain, and must not be: {found:#?}");

	what_is_planted_is_found(&chain, &data, &needles).await;
}

/// The search sees the places where people and codes are: with nothing to see it would prove
/// nothing.
fn what_is_there_is_found(chain: &AfterFlow) {
	let accounts = chain.run.accounts();
	assert!(accounts.len() >= 5, "operators, practitioner, patients: {accounts:?}");
	let mut needles = Needles::default();
	for account in &accounts {
		needles.add_bytes(&account.to_string(), account.as_ref());
	}
	needles.add_bytes("PSY", &sensitivity::PSY.0);
	let found = needles.find_in(&chain.exposure.places);
	for account in &accounts {
		assert!(found.contains_key(&account.to_string()), "{account} is on chain, but not found");
	}
	let all = || found.values().flatten().map(|(place, _)| *place);
	assert!(all().any(|place| matches!(place, Place::Transaction(..))), "{found:#?}");
	assert!(all().any(|place| matches!(place, Place::Events(_))), "{found:#?}");
	assert!(all().any(|place| matches!(place, Place::Key(_))), "{found:#?}");
	assert!(all().any(|place| matches!(place, Place::Value(_))), "{found:#?}");
	let consent = &found["PSY"];
	assert!(is_in_transaction(consent), "the consent withholds PSY: {consent:?}");

	let kinds = || chain.exposure.places.iter().map(|(place, _)| place);
	assert!(kinds().any(|place| matches!(place, Place::Digest(_))));
	assert!(kinds().any(|place| matches!(place, Place::Justification(_))));
}

/// A name of the Bundle, put on chain on purpose, is found.
async fn what_is_planted_is_found(chain: &AfterFlow, data: &HealthData, needles: &Needles) {
	let text = data.texts.iter().find(|text| (10..100).contains(&text.len())).unwrap();
	plant(&chain.node.url(), text).await;
	let exposure = Exposure::fetch(&chain.node.rpc().await).await;
	let found: Found<'_> = needles.find_in(&exposure.places);
	let hits = found.get(text).unwrap_or_else(|| panic!("`{text}` was planted, and not found"));
	assert!(is_in_transaction(hits), "{hits:?}");
}

/// Puts a text into a transaction.
async fn plant(url: &str, text: &str) {
	let client = OnlineClient::<PolkadotConfig>::from_insecure_url(url).await.unwrap();
	let call = interface::transactions().system().remark(text.as_bytes().to_vec());
	let mut transactions = client.at_current_block().await.unwrap().transactions();
	let progress = transactions.sign_and_submit_then_watch_default(&call, &dev::alice()).await;
	progress.unwrap().wait_for_finalized().await.unwrap();
}

fn is_in_transaction(hits: &[(&Place, Hit)]) -> bool {
	hits.iter().any(|(place, _)| matches!(place, Place::Transaction(..)))
}

/// Where in the bytes of a signed transaction some of its signature is: behind a length, a version and the account.
const OF_A_SIGNATURE: Range<usize> = 60..76;

/// What must not stand in a log: the words of a Bundle, who acts, and what they send. Short words are left out: the node
/// speaks the language that they are of.
fn needles_of_a_log(chain: &AfterFlow, data: &HealthData) -> Needles {
	let mut needles = Needles::default();
	for text in data.texts.iter().filter(|text| text.len() >= 12) {
		needles.add_text(text);
	}
	for account in &chain.run.accounts() {
		needles.add_text(&account.to_string());
		needles.add_bytes(&account.to_string(), account.as_ref());
	}
	for (place, bytes) in signed(chain) {
		needles.add_bytes(&place.to_string(), &bytes[OF_A_SIGNATURE]);
	}
	needles
}

/// The transactions that somebody signed.
fn signed(chain: &AfterFlow) -> impl Iterator<Item = (&Place, &Vec<u8>)> {
	let places = chain.exposure.places.iter().map(|(place, bytes)| (place, bytes));
	places.filter(|(place, bytes)| {
		matches!(place, Place::Transaction(..)) && bytes.len() > OF_A_SIGNATURE.end
	})
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_what_was_sent_is_in_the_log_of_a_node() {
	let bundle = bundles::own();
	let data = HealthData::of(&serde_json::from_slice(&std::fs::read(&bundle).unwrap()).unwrap());
	let chain = after_flow(&bundle).await;
	let needles = needles_of_a_log(&chain, &data);
	assert!(needles.len() > 50, "only {} needles", needles.len());

	let log = chain.node.log();
	let lines = log.lines().count();
	assert!(
		lines > chain.exposure.head as usize,
		"{lines} lines of {} blocks",
		chain.exposure.head
	);
	let found = needles.find(log.as_bytes());
	assert!(found.is_empty(), "in the log, and must not be: {found:#?}");

	// Were it there, it would be found.
	let (_, sent) = signed(&chain).next().expect("something was sent");
	let account = chain.run.accounts().pop_first().unwrap().to_string();
	for planted in [hex::encode(sent), account] {
		let log = format!("{log}{planted}\n");
		assert!(!needles.find(log.as_bytes()).is_empty(), "{planted} was planted, and not found");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_own_bundle_is_on_chain() {
	nothing_is_on_chain(&bundles::own()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_bundle_of_synthea_is_on_chain() {
	let Some(files) = bundles::synthea() else {
		report::say(bundles::SKIPPED);
		return;
	};
	nothing_is_on_chain(&files[0]).await;
}
