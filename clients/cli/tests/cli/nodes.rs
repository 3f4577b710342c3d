//! A node that is not there, and one of another chain.

use crate::{hdx, hdx_in, names, nobody};
use jsonrpsee::{server::Server, RpcModule};

/// A node that answers, but runs something else. Lives as long as what is returned.
fn another_chain() -> (String, tokio::runtime::Runtime, jsonrpsee::server::ServerHandle) {
	let runtime = tokio::runtime::Runtime::new().unwrap();
	let (url, handle) = runtime.block_on(async {
		let server = Server::builder().build("127.0.0.1:0").await.unwrap();
		let url = format!("ws://{}", server.local_addr().unwrap());
		let mut module = RpcModule::new(());
		module
			.register_method(
				"state_getRuntimeVersion",
				|_, _, _| serde_json::json!({ "specName": "polkadot", "specVersion": 1 }),
			)
			.unwrap();
		(url, server.start(module))
	});
	(url, runtime, handle)
}

#[test]
fn fails_when_no_node_answers() {
	let url = nobody();
	let ran = hdx(&["provider", "list", "--url", &url]);
	assert_eq!(ran.exit, 3, "{}", ran.stderr);
	assert!(ran.stderr.contains(&url), "{}", ran.stderr);
	assert!(ran.stderr.contains("--url"), "{}", ran.stderr);
	assert!(ran.stdout.is_empty());
}

#[test]
fn fails_when_no_node_answers_in_json() {
	let url = nobody();
	let ran = hdx(&["audit", "list", "//Charlie", "--json", "--url", &url]);
	assert_eq!(ran.exit, 3);
	let error = ran.error();
	assert_eq!(error["code"], "unreachable");
	assert_eq!(error["exit"], 3);
	assert!(error["message"].as_str().unwrap().contains(&url), "{error}");
	assert!(ran.stdout.is_empty());
}

#[test]
fn the_url_may_come_from_the_environment() {
	let url = nobody();
	let output = std::process::Command::new(env!("CARGO_BIN_EXE_hdx"))
		.env("HDX_URL", &url)
		.args(["provider", "list"])
		.output()
		.unwrap();
	assert_eq!(output.status.code(), Some(3));
	assert!(String::from_utf8(output.stderr).unwrap().contains(&url));
}

#[test]
fn fails_when_the_node_is_of_another_chain() {
	let (url, _runtime, _node) = another_chain();
	let ran = hdx(&["provider", "list", "--url", &url]);
	assert_eq!(ran.exit, 3, "{}", ran.stderr);
	assert!(ran.stderr.contains("`polkadot`") && ran.stderr.contains(&url), "{}", ran.stderr);
	assert_eq!(hdx(&["demo", "--url", &url]).exit, 3);
	assert_eq!(hdx(&["demo", "--shielded", "--url", &url]).exit, 3);
}

#[test]
fn nothing_is_left_behind_when_no_node_answers() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	let url = nobody();
	let run = |line: &str| {
		let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
		hdx_in(path, &arguments)
	};
	assert_eq!(run("key generate --encryption --out grantee").exit, 0);
	std::fs::write(path.join("document.pdf"), "signed").unwrap();
	std::fs::create_dir_all(path.join("data/blocks")).unwrap();
	std::fs::write(path.join("bundle.json"), PATIENT).unwrap();
	let before = names(path);
	for line in [
		"provider enrol --as //Bob --practitioner //Dave --role physician --taxonomy 207R00000X \
		 --credential document.pdf --valid-until 2099-01-01 --key-agreement grantee.pub",
		"consent grant --as //Charlie --organisation 1 --document document.pdf",
		"record seal --as //Alice --patient //Charlie --bundle bundle.json --data new",
		"record release --as //Alice --grant 0 --record 0 --data data --to grantee.pub --out p.json",
		"record release --as //Alice --grant 0 --record 0 --data data --out p.json",
		"audit prove 0 -o proof.json",
	] {
		let ran = run(line);
		assert_eq!(ran.exit, 3, "{line}: {}", ran.stderr);
		assert_eq!(names(path), before, "{line}");
	}
}

const PATIENT: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
	{"resource":{"resourceType":"Patient","id":"p"}}]}"#;
