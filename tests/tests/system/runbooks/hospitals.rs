//! Hospitals that start a chain by docs/operate/README.md, with a machine each: what every runbook begins with.

use super::Book;
use crate::{
	operate::sum,
	session_keys::{self, Made},
};
use codec::Decode;
use hdx_sdk::chain::Signer;
use hdx_tests::{
	binaries, client,
	machine::Machine,
	node::{Node, WITH_METRICS},
	rpc::{bytes, item, Rpc},
	runbook::Script,
	wait,
};
use serde_json::Value;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	str::FromStr,
	time::Duration,
};
use subxt_signer::{sr25519::Keypair, SecretUri};
use tempfile::TempDir;
use tokio::task::block_in_place;

/// What the hospitals' file calls them.
const NAMES: [&str; 4] = ["a", "b", "c", "d"];
/// Blocks of a session: 20 seconds. On a chain for people it is an hour, and keys count from the session after next on.
const SESSION: u32 = 10;
/// By how much shorter referenda are than on a chain for people, as in the presets `dev` and `local`.
const PACE: u32 = 21_600;
/// What `hdx key session-new` shows for the file.
const SHOWN: [&str; 5] = ["account", "aura", "aura_proof", "grandpa", "grandpa_proof"];
/// How long something may take that the chain does by itself.
const LIMIT: Duration = Duration::from_secs(600);
/// How many take part, by the metrics.
pub const VALIDATING: &str = "hdx_validators_validating";
/// How many take part although they were removed.
pub const LEAVING: &str = "hdx_validators_leaving";

/// How long referenda take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pace {
	/// Days, as on a chain for people.
	Days,
	/// As in the presets for development: a day is two blocks.
	Blocks,
}

/// The hospitals, each with a validator, an operator, and somebody who represents patients.
pub struct Hospitals {
	/// Their machines.
	pub machines: Vec<Machine>,
	/// The hash of the first block.
	pub genesis: String,
	// Removed when the machines are gone: fields are dropped in their order.
	directory: TempDir,
}

impl Hospitals {
	/// Makes the keys, the file and the specification, by the page. No node runs yet.
	pub async fn found(count: usize, pace: Pace) -> Self {
		let book = Book::open(module_path!(), "docs/operate/README.md");
		let directory = TempDir::with_prefix("hdx-tests-").unwrap();
		let mut machines = Vec::new();
		let (mut file, mut people) = (String::new(), Vec::new());
		for name in &NAMES[..count] {
			let mut machine = Machine::new(name, directory.path());
			file += &what_is_brought(&book, name, &mut machine).await;
			people.push(new_account(&machine, "representative.key").await);
			machines.push(machine);
		}
		let file = format!(
			"[chain]\nname = \"Hospitals of a test\"\nid = \"rhine_hospitals\"\n\
			 session_period = {SESSION}\nminimum_validators = 1\n{file}\
			 [chambers]\ninstitutions = {:?}\nrepresentatives = {people:?}\n",
			&NAMES[..count],
		);
		for machine in &mut machines {
			fs::write(machine.home().join("consortium.toml"), &file).unwrap();
			machine.runs(book.block("hdx chain-spec check")).await;
		}
		let chain = specification(&book, &mut machines[0], pace).await;
		let mut genesis = None;
		for machine in &mut machines {
			let its_own = machine.home().join("chain.json");
			if its_own != chain {
				fs::copy(&chain, &its_own).unwrap();
			}
			fs::copy(&its_own, machine.etc().join("chain.json")).unwrap();
			// All compare it over the telephone.
			let shown = machine.runs(book.block("hdx chain-spec show")).await;
			let hash = shown.split_whitespace().find(|word| word.starts_with("0x"));
			let hash = hash.expect("a genesis hash").to_owned();
			assert_eq!(*genesis.get_or_insert(hash.clone()), hash, "{shown}");
		}
		book.was_followed();
		Self { machines, genesis: genesis.unwrap(), directory }
	}

	/// Starts all nodes, and waits until blocks are final everywhere.
	pub async fn start(&mut self) {
		self.start_validator(0, None).await;
		let known = self.boot_node().await;
		for number in 1..self.machines.len() {
			self.start_validator(number, Some(&known)).await;
		}
		for number in 0..self.machines.len() {
			let rpc = self.rpc(number).await;
			assert_eq!(rpc.block_hash(Some(0)).await.as_ref(), Some(&self.genesis));
			rpc.wait_for_finality(1).await;
		}
	}

	async fn start_validator(&mut self, number: usize, known: Option<&str>) {
		let machine = &mut self.machines[number];
		let all = options(machine, true, known);
		machine.set_options(all);
		machine.start();
	}

	/// Where the first node listens.
	pub async fn boot_node(&self) -> String {
		let listening = self.rpc(0).await.listen_addresses().await;
		let found = listening.into_iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
		found.expect("a validator listens on loopback")
	}

	/// A machine more, that has the specification and nothing else.
	pub fn new_machine(&self, name: &str) -> Machine {
		let machine = Machine::new(name, self.directory.path());
		let chain = self.machines[0].etc().join("chain.json");
		fs::copy(&chain, machine.etc().join("chain.json")).unwrap();
		fs::copy(&chain, machine.home().join("chain.json")).unwrap();
		machine
	}

	/// A connection to a node.
	pub async fn rpc(&self, number: usize) -> Rpc {
		self.machines[number].node().rpc().await
	}

	/// Waits until the best block of the first of these nodes, and so many after it, are final at all of them.
	pub async fn finalize_more(&self, numbers: &[usize], more: u32) {
		let first = self.rpc(numbers[0]).await;
		let best = first.block_hash(None).await.unwrap();
		let height = first.header(&best).await.number() + more;
		let mut hashes = Vec::new();
		for number in numbers {
			hashes.push(self.rpc(*number).await.wait_for_finality(height).await);
		}
		assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "block {height}: {hashes:?}");
	}

	/// The number that the next referendum of a chamber gets, which the pallet keeps.
	pub async fn next_referendum(&self, pallet: &str) -> String {
		let count = self.rpc(0).await.value(&item(pallet, "ReferendumCount"), None).await;
		count.map_or(0, |count| u32::decode(&mut &count[..]).unwrap()).to_string()
	}

	/// All others vote as one has: with the same command, and their own keys.
	pub async fn others_vote(&mut self, voted: usize, vote: &Script) {
		// Their nodes have to know of it as well.
		let height = self.rpc(voted).await.finalized().await;
		for number in (0..self.machines.len()).filter(|number| *number != voted) {
			self.rpc(number).await.wait_for_finality(height).await;
			self.machines[number].runs(vote.clone()).await;
		}
	}

	/// What `hdx` answers about the chain, asked of a node.
	pub async fn answer(&self, number: usize, line: &str) -> Value {
		let url = self.machines[number].node().url();
		let arguments = line.split_whitespace().chain(["--json", "--url", url.as_str()]);
		let run = client::hdx(arguments).await;
		run.expect_success();
		serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
	}

	/// Whether the log has an entry of this kind.
	pub async fn has_logged(&self, number: usize, action: &str) -> bool {
		let listed = self.answer(number, "audit list --limit 1000").await;
		let entries = listed["entries"].as_array().unwrap();
		entries.iter().any(|entry| entry["action"] == action)
	}
}

/// Steps of a hospital before there is a chain. Gives its part of the file.
async fn what_is_brought(book: &Book, name: &str, machine: &mut Machine) -> String {
	machine.runs(book.block("hdx key generate --out operator.key")).await;
	machine.runs(book.line("hdx key generate --out validator.key")).await;
	machine.runs(book.line("hdx-node key generate-node-key")).await;
	// Where the unit looks for it.
	fs::rename(machine.home().join("node.key"), node_key(machine)).unwrap();
	let owner = account(machine, "validator.key");
	let made = machine.runs(book.line("hdx key session-new").with("5E9b…", &owner)).await;
	let is_shown =
		|line: &&str| line.split_once(" = ").is_some_and(|(key, _)| SHOWN.contains(&key));
	let shown: Vec<_> = made.lines().filter(is_shown).collect();
	assert_eq!(shown.len(), SHOWN.len(), "{made}");
	format!(
		"[[institution]]\nid = {name:?}\nkind = \"hospital\"\naccount = {:?}\nprofile = \"0x{}\"\n\
		 [[validator]]\ninstitution = {name:?}\n{}\n",
		account(machine, "operator.key"),
		"0a".repeat(32),
		shown.join("\n"),
	)
}

/// Has one of them build the specification. Where referenda shall be short, what the page's command writes gets a pace, which
/// the file has no word for: it is not for people.
async fn specification(book: &Book, machine: &mut Machine, pace: Pace) -> PathBuf {
	let build = book.block("hdx chain-spec build");
	let chain = machine.home().join("chain.json");
	if pace == Pace::Days {
		machine.runs(build).await;
		return chain;
	}
	machine.runs(build.with("--raw --out chain.json", "--out plain.json")).await;
	let plain = machine.home().join("plain.json");
	let mut spec: Value = serde_json::from_slice(&fs::read(&plain).unwrap()).unwrap();
	spec["genesis"]["runtimeGenesis"]["patch"]["origins"]["pace"] = PACE.into();
	fs::write(&plain, spec.to_string()).unwrap();
	let mut node = Command::new(binaries::node());
	node.args(["export-chain-spec", "--raw", "--chain"]).arg(&plain);
	let exported = block_in_place(|| node.output()).unwrap();
	assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
	fs::write(&chain, exported.stdout).unwrap();
	chain
}

/// What a node of these hospitals is started with. A chain for people takes loopback for a mistake.
pub fn options(machine: &Machine, is_validator: bool, known: Option<&str>) -> Vec<String> {
	let key = node_key(machine).to_str().unwrap().to_owned();
	let mut all = vec!["--node-key-file", &key, "--allow-private-ip", "--discover-local"];
	all.extend(WITH_METRICS);
	if is_validator {
		all.push("--validator");
	}
	if let Some(address) = known {
		all.extend(["--bootnodes", address]);
	}
	all.into_iter().map(str::to_owned).collect()
}

/// The identity of a machine in the network.
pub fn node_key(machine: &Machine) -> PathBuf {
	machine.data().join("node.key")
}

/// Makes it.
pub fn new_node_key(machine: &Machine) {
	let mut node = Command::new(binaries::node());
	node.args(["key", "generate-node-key", "--file"]).arg(node_key(machine));
	let made = node.output().unwrap();
	assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The keys of a node.
pub fn keystore(machine: &Machine) -> PathBuf {
	machine.data().join("chains/rhine_hospitals/keystore")
}

/// The files in a keystore, by their names: the kind of the key and its public half, in hexadecimal digits.
pub fn keys_in(keystore: &Path) -> Vec<String> {
	let entries = fs::read_dir(keystore).unwrap().map(|entry| entry.unwrap().file_name());
	let names = entries.map(|name| name.into_string().unwrap());
	names.filter(|name| name != "genesis-hash").collect()
}

/// A new account, whose key is in the operator's directory.
pub async fn new_account(machine: &Machine, file: &str) -> String {
	let path = machine.home().join(file);
	let made = client::hdx(["key", "generate", "--out", path.to_str().unwrap()]).await;
	made.expect_success();
	account(machine, file)
}

/// Who signs with a key of a machine's operator.
pub fn signer(machine: &Machine, file: &str) -> Signer {
	Signer::read(machine.home().join(file).to_str().unwrap()).unwrap()
}

/// The account of a key, as people write it.
pub fn account(machine: &Machine, file: &str) -> String {
	signer(machine, file).account().to_string()
}

/// Has the node of a machine make session keys by the page's command, for the validator whose key is in `home`.
pub async fn make_session_keys(machine: &mut Machine, home: &Path, command: Script) -> Made {
	let validator = Signer::read(home.join("validator.key").to_str().unwrap()).unwrap();
	let account = validator.account();
	let public: &[u8; 32] = account.as_ref();
	let owner = format!("0x{}", hex::encode(public));
	let answer = machine.runs(command.with("0x…", &owner)).await;
	let mut answer: Value = serde_json::from_str(&answer).unwrap();
	assert!(answer["result"].is_object(), "{answer}");
	Made::of(answer["result"].take())
}

/// Sends keys, signed by the account of the validator whose key is in `home`. `hdx` has no verb for it.
pub async fn send_session_keys(machine: &Machine, home: &Path, made: &Made) {
	let phrase = fs::read_to_string(home.join("validator.key")).unwrap();
	let validator = Keypair::from_uri(&SecretUri::from_str(phrase.trim()).unwrap()).unwrap();
	session_keys::set(&machine.node().url(), made, &validator).await;
}

/// What the metrics of a node say, of all institutions together.
pub fn metric(node: &Node, name: &str) -> f64 {
	sum(&node.metrics(), name, &[])
}

/// Waits until metrics of a node say so.
pub async fn shows(node: &Node, name: &str, number: f64) {
	let what = format!("{name} is {number}");
	wait::for_it(&what, LIMIT, || async { (metric(node, name) == number).then_some(()) }).await;
}

/// Waits until a node is in step with the others.
pub async fn is_ready(node: &Node) {
	wait::for_it("the node is ready", LIMIT, || async {
		(node.http("/health/readiness").0 == 200).then_some(())
	})
	.await;
	shows(node, "substrate_sub_libp2p_is_major_syncing", 0.0).await;
}

/// Waits until those who make blocks, in the newest final state of a node, are as many as this, and a key among them.
pub async fn takes_part(rpc: &Rpc, key: &[u8], count: usize) {
	wait::for_it("the new keys are in force", LIMIT, || async {
		let head = rpc.block_hash(Some(rpc.finalized().await)).await;
		let authorities = rpc.value(&item("Aura", "Authorities"), head.as_deref()).await?;
		let authorities = Vec::<[u8; 32]>::decode(&mut &authorities[..]).unwrap();
		(authorities.len() == count && authorities.iter().any(|one| one == key)).then_some(())
	})
	.await;
}

/// A block's hash, as the SDK takes it.
pub fn hash(digits: &str) -> [u8; 32] {
	bytes(digits).try_into().unwrap()
}
