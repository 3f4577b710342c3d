//! Bad input ends with an error that names the place, and leaves nothing half-registered.

use hdx_tests::{
	bundles, client, isolation,
	node::{self, Node},
	report,
	rpc::Rpc,
};
use jsonrpsee::{server::Server, types::ErrorObjectOwned, RpcModule};
use serde_json::{json, Value};
use std::{
	fs::{self, File},
	io::{BufWriter, Write},
	net::TcpListener,
	path::Path,
};

/// Exit code: refused or failed.
const REFUSED: i32 = 1;
/// Exit code: no node, or one of another chain.
const NO_NODE: i32 = 3;

/// Both verbs that take a Bundle refuse this file with these words, and nothing comes of it.
async fn is_refused(file: &Path, words: &[&str]) {
	let node = node::shared();
	let rpc = node.rpc().await;
	let before = rpc.records().await;
	let data = tempfile::tempdir().unwrap();
	let data = data.path().join("data");
	for verb in [&["demo"][..], &["record", "seal", "--as", "//Alice", "--patient", "//Charlie"]] {
		let url = node.url();
		let mut arguments = verb.to_vec();
		arguments.extend(["--url", &url]);
		arguments.extend(["--bundle", file.to_str().unwrap()]);
		arguments.extend(["--data", data.to_str().unwrap()]);
		let run = client::hdx(arguments).await;
		run.expect_error(REFUSED, &[file.to_str().unwrap()]);
		run.expect_error(REFUSED, words);
		assert!(!data.exists(), "{verb:?} wrote something before it read the Bundle");
	}
	assert_eq!(rpc.records().await, before, "a record was registered");
}

/// Refused with these words when a file has this content.
async fn content_is_refused(content: impl AsRef<[u8]>, words: &[&str]) {
	let directory = tempfile::tempdir().unwrap();
	let file = directory.path().join("input.json");
	fs::write(&file, content).unwrap();
	is_refused(&file, words).await;
}

/// Refused with these words when a Bundle has these resources.
async fn bundle_is_refused(resources: &[Value], words: &[&str]) {
	content_is_refused(bundles::of(resources).to_string(), words).await;
}

fn patient() -> Value {
	json!({ "resourceType": "Patient", "id": "one" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_is_missing_or_a_directory() {
	let directory = tempfile::tempdir().unwrap();
	is_refused(&directory.path().join("nowhere.json"), &["cannot be read"]).await;
	is_refused(directory.path(), &["cannot be read"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_is_truncated() {
	let whole = fs::read(bundles::own()).unwrap();
	let half = whole.len() / 2;
	let lines = whole[..half].split(|byte| *byte == b'\n').count();
	content_is_refused(&whole[..half], &["truncated", &format!("line {lines}")]).await;
	let last_brace = whole.iter().rposition(|byte| *byte == b'}').unwrap();
	content_is_refused(&whole[..last_brace], &["truncated"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_is_empty_or_no_text() {
	content_is_refused("", &["is empty"]).await;
	content_is_refused([b'{', b'"', 0xff, 0xfe], &["UTF-8", "byte 2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_is_not_json() {
	content_is_refused("<Bundle/>", &["not JSON", "line 1"]).await;
	content_is_refused("{\n\t\"resourceType\": Bundle\n}", &["not JSON", "line 2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_is_not_fhir() {
	content_is_refused(r#"{"hello": "world"}"#, &["not a FHIR Bundle"]).await;
	content_is_refused("[]", &["not a FHIR Bundle"]).await;
	content_is_refused(patient().to_string(), &["not a FHIR Bundle", "Patient"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_refused_when_it_has_a_hundred_megabytes() {
	let directory = tempfile::tempdir().unwrap();
	let file = directory.path().join("input.json");
	// JSON all through, so that nothing but its size is wrong.
	let mut writer = BufWriter::new(File::create(&file).unwrap());
	writer.write_all(br#"{"resourceType":"Bundle","type":"collection","entry":[""#).unwrap();
	for _ in 0..100 {
		writer.write_all(&[b'a'; 1_000_000]).unwrap();
	}
	writer.write_all(br#""]}"#).unwrap();
	writer.into_inner().unwrap().sync_all().unwrap();
	is_refused(&file, &["bytes", "64 MiB"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_refused_without_exactly_one_patient() {
	let observation = json!({ "resourceType": "Observation", "id": "two" });
	bundle_is_refused(&[observation], &["no Patient"]).await;
	bundle_is_refused(&[], &["no Patient"]).await;
	let other = json!({ "resourceType": "Patient", "id": "two" });
	bundle_is_refused(&[patient(), other], &["entry[0].resource", "entry[1].resource"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_refused_when_ids_are_there_twice() {
	let observation = json!({ "resourceType": "Observation", "id": "two" });
	let resources = [patient(), observation.clone(), observation];
	let words = ["Observation/two", "entry[1].resource.id", "entry[2].resource.id"];
	bundle_is_refused(&resources, &words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_refused_when_a_resource_type_is_unknown() {
	let unknown = json!({ "resourceType": "Wellness", "id": "two" });
	bundle_is_refused(&[patient(), unknown], &["Wellness", "entry[1].resource.resourceType"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hdx_fails_when_no_node_answers() {
	// The system never gives this port to somebody who asks for a free one.
	let url = "ws://127.0.0.1:1";
	nobody_serves(url, &[url, "no node answers"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hdx_fails_when_what_answers_is_silent() {
	// The system accepts the connection, and nobody ever says a word.
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("ws://{}", listener.local_addr().unwrap());
	nobody_serves(&url, &[&url, "no node answers"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hdx_fails_when_the_node_is_of_another_chain() {
	let server = Server::builder().build("127.0.0.1:0").await.unwrap();
	let url = format!("ws://{}", server.local_addr().unwrap());
	let mut module = RpcModule::new(());
	module
		.register_method("state_getRuntimeVersion", |_, _, _| {
			Ok::<_, ErrorObjectOwned>(json!({
				"specName": "polkadot", "implName": "parity-polkadot", "specVersion": 2_000_000,
				"implVersion": 0, "authoringVersion": 0, "transactionVersion": 26, "apis": [],
			}))
		})
		.unwrap();
	let running = server.start(module);
	nobody_serves(&url, &[&url, "polkadot", "not a HealthDataExchange chain"]).await;
	running.stop().unwrap();
}

/// Every verb that needs a node says that this is none, and writes nothing.
async fn nobody_serves(url: &str, words: &[&str]) {
	let scratch = tempfile::tempdir().unwrap();
	let data = scratch.path().join("data");
	let bundle = bundles::own();
	let (data_name, bundle) = (data.to_str().unwrap(), bundle.to_str().unwrap());
	let demo = client::hdx(["demo", "--url", url]);
	let list = client::hdx(["provider", "list", "--url", url]);
	let seal = client::hdx([
		"record",
		"seal",
		"--url",
		url,
		"--as",
		"//Alice",
		"--patient",
		"//Charlie",
		"--bundle",
		bundle,
		"--data",
		data_name,
	]);
	let (demo, list, seal) = tokio::join!(demo, list, seal);
	for run in [demo, list, seal] {
		run.expect_error(NO_NODE, words);
	}
	assert!(!data.exists(), "something was written although there is no chain");
}

/// Sealing needs so many KiB for the own Bundle; each of these is too few, at another point.
const TOO_FEW_KIB: [u32; 4] = [8, 24, 64, 128];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_registered_when_the_disk_is_full() {
	let directory = tempfile::tempdir().unwrap();
	let disk = directory.path().to_str().unwrap();
	let probe = tokio::process::Command::new("true");
	if isolation::with_disk(&probe, directory.path(), 64).is_none() {
		report::say("skipped: mounting a small disk is not permitted here");
		return;
	}
	// A node of its own: here a record is registered in the end.
	let node = Node::development();
	let (rpc, url) = (node.rpc().await, node.url());
	let before = rpc.records().await;
	let sponsor = ["patient", "sponsor", "--as", "//Alice", "//Charlie", "--url", &url];
	client::hdx(sponsor).await.expect_success();

	let bundle = bundles::own();
	let data = format!("{disk}/data");
	let seal = [
		"record",
		"seal",
		"--as",
		"//Alice",
		"--patient",
		"//Charlie",
		"--url",
		&url,
		"--bundle",
		bundle.to_str().unwrap(),
		"--data",
		&data,
	];
	let demo = ["demo", "--url", &url, "--data", &data];
	for kib in TOO_FEW_KIB {
		disk_is_too_small(&seal, directory.path(), kib).await;
	}
	disk_is_too_small(&demo, directory.path(), 64).await;
	assert_eq!(rpc.records().await, before, "a record was registered");

	let enough = isolation::with_disk(&client::command(seal), directory.path(), 4_096).unwrap();
	client::run(enough).await.expect_success();
	one_more_record(&rpc, before).await;
}

async fn disk_is_too_small(arguments: &[&str], directory: &Path, kib: u32) {
	let command = client::command(arguments);
	let run = client::run(isolation::with_disk(&command, directory, kib).unwrap()).await;
	println!("{kib} KiB: {run}");
	run.expect_error(REFUSED, &[directory.to_str().unwrap(), "space"]);
}

async fn one_more_record(rpc: &Rpc, before: Option<Vec<u8>>) {
	let number = |value: Option<Vec<u8>>| {
		value.map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().unwrap()))
	};
	assert_eq!(number(rpc.records().await), number(before) + 1);
}
