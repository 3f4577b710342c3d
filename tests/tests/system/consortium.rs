//! Four hospitals start a chain of their own from a file: keys, specification, nodes. And what is refused on the way.

use codec::Decode;
use hdx_tests::{
	binaries, chains,
	client::{self, Run},
	node::Node,
	report, rpc,
};
use serde_json::{json, Value};
use std::{
	fs::{self, Permissions},
	os::unix::fs::{chown, PermissionsExt},
	path::{Path, PathBuf},
};
use subxt::metadata::Metadata;
use tempfile::TempDir;

/// The hospitals, as their file calls them.
const HOSPITALS: [&str; 4] = ["a", "b", "c", "d"];
/// The length of sessions that the file says.
const SESSION: &str = "session_period = 1800";

/// What four hospitals have before there is a chain.
struct Founders {
	directory: TempDir,
	/// What they wrote down.
	file: PathBuf,
}

impl Founders {
	/// Makes all keys, as their engineers would, and writes the file.
	async fn new() -> Self {
		let directory = tempfile::tempdir().unwrap();
		let mut text = format!(
			"[chain]\nname = \"Hospitals of a test\"\nid = \"test_hospitals\"\n{SESSION}\n"
		);
		for hospital in HOSPITALS {
			let operator = account(directory.path(), &format!("{hospital}-operator")).await;
			let validator = account(directory.path(), &format!("{hospital}-validator")).await;
			let keystore = keystore(directory.path(), hospital);
			let keys = does(["key", "session-new", "--owner", &validator, "--keystore", &keystore]);
			let keys = keys.await;
			text += &format!(
				"[[institution]]\nid = \"{hospital}\"\nkind = \"hospital\"\naccount = \"{operator}\"\n\
				 profile = \"0x{}\"\n[[validator]]\ninstitution = \"{hospital}\"\n",
				"0a".repeat(32),
			);
			for key in ["account", "aura", "aura_proof", "grandpa", "grandpa_proof"] {
				text += &format!("{key} = {}\n", keys[key]);
			}
		}
		let mut people = Vec::new();
		for name in ["one", "two", "three"] {
			people.push(account(directory.path(), name).await);
		}
		text += &format!(
			"[chambers]\ninstitutions = {}\nrepresentatives = {}\n\
			 [[template]]\nuri = \"urn:example:treatment\"\nversion = 1\n",
			json!(HOSPITALS),
			json!(people),
		);
		let file = directory.path().join("consortium.toml");
		fs::write(&file, text).unwrap();
		Self { directory, file }
	}

	fn path(&self, name: &str) -> String {
		self.directory.path().join(name).to_str().unwrap().to_owned()
	}

	/// Builds the specification, and gives the genesis hash.
	async fn build(&self, file: &Path, out: &str, more: &[&str]) -> String {
		let (file, out) = (file.to_str().unwrap(), self.path(out));
		let mut arguments = vec!["chain-spec", "build", file, "--raw", "--out", &out];
		arguments.extend(more);
		let built = does(arguments).await;
		let shown = does(["chain-spec", "show", &out]).await;
		assert_eq!(shown["genesis"], built["genesis"]);
		built["genesis"].as_str().unwrap().to_owned()
	}

	/// The same file, with sessions of another length.
	fn with_other_sessions(&self) -> PathBuf {
		let text = fs::read_to_string(&self.file).unwrap();
		let other = self.directory.path().join("other.toml");
		fs::write(&other, text.replace(SESSION, "session_period = 900")).unwrap();
		other
	}
}

/// What `hdx` answers.
async fn does<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Value {
	let run = client::hdx(arguments.into_iter().chain(["--json"])).await;
	run.expect_success();
	serde_json::from_str(&run.stdout).unwrap()
}

/// A new account, whose key nobody needs here.
async fn account(directory: &Path, name: &str) -> String {
	let key = directory.join(format!("{name}.key"));
	let made = does(["key", "generate", "--out", key.to_str().unwrap()]).await;
	made["account"].as_str().unwrap().to_owned()
}

fn keystore(directory: &Path, hospital: &str) -> String {
	directory.join(format!("{hospital}-keystore")).to_str().unwrap().to_owned()
}

/// The chain for which the keys of a keystore sign, if a node wrote that down.
fn noted(keystore: &str) -> Option<String> {
	fs::read_to_string(Path::new(keystore).join("genesis-hash")).ok()
}

/// Writes it down, as a node does.
fn note(keystore: &str, genesis: &str) {
	let file = Path::new(keystore).join("genesis-hash");
	fs::write(&file, format!("{genesis}\n")).unwrap();
	fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
}

/// Starts the validator of a hospital, which may know another one.
fn validator(founders: &Founders, chain: &Path, number: usize, known: Option<&str>) -> Node {
	let keystore = keystore(founders.directory.path(), HOSPITALS[number]);
	let key = format!("{:064x}", number + 1);
	let mut arguments = vec!["--validator", "--keystore-path", &keystore, "--node-key", &key];
	// A live chain takes loopback for a mistake.
	arguments.extend(["--allow-private-ip", "--discover-local"]);
	if let Some(address) = known {
		arguments.extend(["--bootnodes", address]);
	}
	Node::start_from(HOSPITALS[number], chain, &arguments)
}

#[tokio::test(flavor = "multi_thread")]
async fn four_hospitals_start_a_chain_from_a_file() {
	let founders = Founders::new().await;
	let checked = does(["chain-spec", "check", founders.file.to_str().unwrap()]).await;
	assert_eq!((&checked["faults"], &checked["chain"]["validators"]), (&json!([]), &json!(4)));
	let genesis = founders.build(&founders.file, "chain.json", &[]).await;
	let chain = PathBuf::from(founders.path("chain.json"));
	let keystores = HOSPITALS.map(|hospital| keystore(founders.directory.path(), hospital));
	// As one that was started before.
	note(&keystores[1], &genesis);

	let first = validator(&founders, &chain, 0, None);
	let listening = first.rpc().await.listen_addresses().await;
	let known = listening.iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
	let known = known.expect("a validator listens on loopback").as_str();
	// Three of four finalize: their keys are those that the file named.
	let others = std::thread::scope(|scope| {
		let start = |number| {
			let (founders, chain) = (&founders, &chain);
			scope.spawn(move || validator(founders, chain, number, Some(known)))
		};
		let starting = [start(1), start(2)];
		starting.map(|node| node.join().expect("the validator starts"))
	});
	for node in [&first].into_iter().chain(&others) {
		let rpc = node.rpc().await;
		assert_eq!(rpc.block_hash(Some(0)).await.as_deref(), Some(genesis.as_str()));
		rpc.wait_for_finality(3).await;
	}

	// From now on their keys are of this chain alone.
	let expected = format!("{genesis}\n");
	for keystore in &keystores[..3] {
		assert_eq!(noted(keystore), Some(expected.clone()));
	}
	assert_eq!(noted(&keystores[3]), None);
	let late = account(founders.directory.path(), "late-validator").await;
	let keys = client::hdx(["key", "session-new", "--owner", &late, "--keystore", &keystores[0]]);
	keys.await.expect_error(1, &["the keys of a chain", &keystores[0]]);

	assert_eq!(first.rpc().await.value(&rpc::item("Sudo", "Key"), None).await, None);
	let url = first.url();
	let members = does(["gov", "members", "--url", &url]).await;
	let count = |chamber: &str| members[chamber].as_array().unwrap().len();
	assert_eq!((count("institutions"), count("patients")), (4, 3));
}

/// Has a node open its database, and write out the state that is in it.
async fn open(chain: &str, data: &str) -> Run {
	let mut node = tokio::process::Command::new(binaries::node());
	node.args(["export-state", "--chain", chain, "--base-path", data]);
	client::run(node).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_chain_and_an_exposed_keystore_are_refused() {
	let founders = Founders::new().await;
	// The runtime that the node brings, from a file.
	let runtime = founders.path("runtime.wasm");
	let raw: Value = serde_json::from_slice(&fs::read(chains::spec("local")).unwrap()).unwrap();
	let code = raw["genesis"]["raw"]["top"]["0x3a636f6465"].as_str().unwrap();
	fs::write(&runtime, rpc::bytes(code)).unwrap();
	let more = ["--runtime", runtime.as_str()];
	let one = founders.build(&founders.file, "one.json", &more).await;
	let other = founders.build(&founders.with_other_sessions(), "other.json", &more).await;
	assert_ne!(one, other);

	let data = founders.path("data");
	open(&founders.path("one.json"), &data).await.expect_success();
	let refused = open(&founders.path("other.json"), &data).await;
	refused.expect_error(1, &["the database is of another chain", &one, &other, "--base-path"]);
	open(&founders.path("one.json"), &data).await.expect_success();

	let keystore = keystore(founders.directory.path(), "a");
	let key = fs::read_dir(&keystore).unwrap().next().unwrap().unwrap().path();
	fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
	start(&founders, &keystore)
		.await
		.expect_error(1, &["others may use the keystore", "chmod 600"]);
	fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
	fs::set_permissions(&keystore, Permissions::from_mode(0o770)).unwrap();
	start(&founders, &keystore)
		.await
		.expect_error(1, &["others may use the keystore", "chmod go-w"]);
	fs::set_permissions(&keystore, Permissions::from_mode(0o700)).unwrap();

	// As on a mount that is read-only, where root cannot write either.
	let in_the_way = Path::new(&keystore).join("genesis-hash.new");
	fs::create_dir(&in_the_way).unwrap();
	start_validator(&founders, &keystore).await.expect_error(
		1,
		&["for which chain its keys sign", "write the genesis hash there yourself"],
	);
	assert_eq!(noted(&keystore), None);
	fs::remove_dir(in_the_way).unwrap();

	note(&keystore, &other);
	start_validator(&founders, &keystore)
		.await
		.expect_error(1, &["are of another chain", &one, &other, "Make new keys"]);
	assert_eq!(noted(&keystore), Some(format!("{other}\n")));

	if chown(&key, Some(65_534), None).is_err() {
		report::say("skipped: only root can give a keystore to another user");
		return;
	}
	let of_another = ["others may use the keystore", "belongs to another user"];
	start(&founders, &keystore).await.expect_error(1, &of_another);
	fs::remove_file(&key).unwrap();
	chown(&keystore, Some(65_534), None).unwrap();
	start(&founders, &keystore).await.expect_error(1, &of_another);
}

/// A validator with this keystore, which it should refuse when it has opened its database.
async fn start_validator(founders: &Founders, keystore: &str) -> Run {
	let mut node = tokio::process::Command::new(binaries::node());
	node.args(["--chain", &founders.path("one.json"), "--validator"]);
	node.args(["--base-path", &founders.path("validator"), "--node-key", &format!("{:064x}", 1)]);
	node.args(["--keystore-path", keystore, "--rpc-port", "0", "--port", "0", "--no-prometheus"]);
	// It is the runtime of the other chains.
	node.arg("--compiled-runtimes").arg(chains::compiled_runtimes());
	client::run(node).await
}

/// A node with this keystore, which it should refuse.
async fn start(founders: &Founders, keystore: &str) -> Run {
	let mut node = tokio::process::Command::new(binaries::node());
	node.args(["--chain", &founders.path("one.json"), "--base-path", &founders.path("unused")]);
	node.args(["--keystore-path", keystore, "--rpc-port", "0", "--port", "0", "--no-prometheus"]);
	client::run(node).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_specification_comes_of_a_file_with_faults() {
	let directory = tempfile::tempdir().unwrap();
	let example = binaries::project().join("docs/operate/consortium.toml");
	let text = fs::read_to_string(example).unwrap();
	let start = text.find("representatives = [").unwrap();
	let end = text.find("[[template]]").unwrap();
	let file = directory.path().join("consortium.toml");
	fs::write(&file, format!("{}{}", &text[..start], &text[end..])).unwrap();
	let (file, out) = (file.to_str().unwrap(), directory.path().join("chain.json"));
	let run = client::hdx(["chain-spec", "build", file, "--out", out.to_str().unwrap()]).await;
	run.expect_error(1, &[file, "nobody represents patients", "hdx chain-spec check"]);
	assert!(!out.exists());
}

/// The bounds that `hdx chain-spec check` tells are copies: it knows no runtime.
#[tokio::test(flavor = "multi_thread")]
async fn the_bounds_of_the_file_are_those_of_the_runtime() {
	let metadata = Metadata::decode_from(&crate::metadata::ours()).unwrap();
	let pallet = metadata.pallet_by_name("ValidatorSet").unwrap();
	let constant = |name| u32::decode(&mut pallet.constant_by_name(name).unwrap().value()).unwrap();
	let directory = tempfile::tempdir().unwrap();
	let file = directory.path().join("consortium.toml");
	for (key, least, most) in [
		("session_period", constant("MinSessionPeriod"), constant("MaxSessionPeriod")),
		("key_cooldown", 0, constant("MaxKeyCooldown")),
		("minimum_validators", 1, constant("MaxValidators")),
	] {
		fs::write(&file, format!("[chain]\n{key} = {}\n", u32::MAX)).unwrap();
		let run = client::hdx(["chain-spec", "check", file.to_str().unwrap(), "--json"]).await;
		assert_eq!(run.code, Some(1), "{run}");
		let checked: Value = serde_json::from_str(&run.stdout).unwrap();
		let faults = checked["faults"].as_array().unwrap();
		let key = format!("chain.{key}");
		let fault = faults.iter().find(|fault| fault["key"] == key.as_str()).unwrap();
		let expected = format!("from {least} to {most}");
		assert!(fault["wrong"].as_str().unwrap().ends_with(&expected), "{fault}");
	}
}
