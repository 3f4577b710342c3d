//! Four validators that can be ended, started again on what they had, and kept from hearing each other.
//!
//! They talk to their reserved peers and to nobody else. Taking one off the list ends what passes between two of them,
//! and needs no rights on the machine.

use crate::{
	binaries, chains,
	client::Run,
	node::{Kept, Node},
	rpc::{bytes, item, Header, Rpc},
	wait,
};
use codec::Decode;
use serde_json::Value;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	sync::{Arc, Mutex},
	time::Duration,
};
use subxt::rpcs::rpc_params;
use tempfile::TempDir;
use tokio::time::timeout;

/// How many network identities there are: those of the four, and of one that is added.
const IDENTITIES: usize = 5;
/// Who validates, by the development names of the keys.
const NAMES: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// How long validators may take to find each other.
const PEERS_LIMIT: Duration = Duration::from_secs(120);
/// How long blocks may take to come, where half of the validators make them.
const BLOCKS_LIMIT: Duration = Duration::from_secs(120);
/// How the item of a header begins in which Aura names the slot: one from before the block was made, by this engine, of eight
/// bytes.
const SLOT: &[u8] = b"\x06aura\x20";

/// Where the nodes answer, by their numbers. `None`: it does not run.
pub type Places = Arc<Mutex<Vec<Option<String>>>>;

/// The validators of the `local` chain, and who is added to them.
pub struct Validators {
	members: Vec<Member>,
	places: Places,
	chain: PathBuf,
	// Removed when the processes are gone: fields are dropped in their order.
	directory: TempDir,
}

/// One of them.
struct Member {
	name: String,
	arguments: Vec<String>,
	under: Vec<String>,
	/// It hears those of its own side.
	side: usize,
	node: Option<Node>,
}

impl Validators {
	/// Starts the four, and waits until each hears all others.
	pub async fn start() -> Self {
		Self::start_of(chains::spec("local")).await
	}

	/// Starts the four of a chain with this specification, which is `local` with changes ([`chains::changed_spec`]).
	pub async fn start_of(chain: PathBuf) -> Self {
		let mut all = Self::stopped_of(chain);
		all.start_again(&[0, 1, 2, 3]).await;
		all
	}

	/// The four, of which none runs yet.
	pub fn stopped() -> Self {
		Self::stopped_of(chains::spec("local"))
	}

	fn stopped_of(chain: PathBuf) -> Self {
		let mut all = Self {
			members: Vec::new(),
			places: Places::default(),
			chain,
			directory: TempDir::with_prefix("hdx-tests-").expect("a temporary directory"),
		};
		for name in NAMES {
			all.add(name, &[format!("--{name}")]);
		}
		all
	}

	/// Adds a node that does not run yet, and gives its number.
	pub fn add(&mut self, name: &str, arguments: &[String]) -> usize {
		let number = self.members.len();
		// It has room for reserved peers alone: whoever is taken off the list is an ordinary peer otherwise.
		let network = ["--reserved-only", "--in-peers=0", "--out-peers=0", "--in-peers-light=0"];
		let mut all: Vec<_> = network.iter().map(|one| one.to_string()).collect();
		// A chain that is none for development takes loopback for a mistake.
		all.extend(["--allow-private-ip", "--discover-local"].map(str::to_owned));
		// A fixed network identity: a validator refuses to make one up.
		all.extend(["--node-key".to_owned(), node_key(number)]);
		// It makes room for those alone that it knew as reserved when it started. Where they are it is told later.
		assert!(number < IDENTITIES, "there are {IDENTITIES} identities");
		for other in (0..IDENTITIES).filter(|other| *other != number) {
			let nowhere = format!("/ip4/127.0.0.1/tcp/1/p2p/{}", self.identity(other));
			all.extend(["--reserved-nodes".to_owned(), nowhere]);
		}
		all.extend_from_slice(arguments);
		fs::create_dir(self.place_of(number)).expect("a directory");
		let (name, under) = (name.to_owned(), Vec::new());
		self.members.push(Member { name, arguments: all, under, side: 0, node: None });
		self.places.lock().expect("nobody panics with the lock").push(None);
		number
	}

	/// Has a node be started by another program from now on, which becomes the node.
	pub fn put_under(&mut self, number: usize, under: Vec<String>) {
		self.members[number].under = under;
	}

	/// Starts these on what they have, one after the other, and waits until all that run hear those of their side.
	pub async fn start_again(&mut self, numbers: &[usize]) {
		let chain = self.chain.clone();
		for number in numbers {
			let directory = self.place_of(*number);
			let member = &mut self.members[*number];
			assert!(member.node.is_none(), "{} runs", member.name);
			let kept = Kept {
				name: &member.name,
				chain: &chain,
				arguments: &member.arguments,
				directory: &directory,
				under: &member.under,
			};
			let node = tokio::task::block_in_place(|| Node::start_kept(&kept));
			self.places.lock().expect("nobody panics with the lock")[*number] = Some(node.url());
			member.node = Some(node);
		}
		self.tell_sides().await;
	}

	/// Starts one that does not run with another specification on what it has, which it should refuse. Gives what it says.
	pub async fn refused(&self, number: usize, chain: &Path) -> Run {
		let (member, directory) = (&self.members[number], self.place_of(number));
		assert!(member.node.is_none(), "{} runs", member.name);
		let kept = Kept {
			name: &member.name,
			chain,
			arguments: &member.arguments,
			directory: &directory,
			under: &member.under,
		};
		kept.refused().await
	}

	/// Ends a node at once, as a power cut would.
	pub fn kill(&mut self, number: usize) {
		self.places.lock().expect("nobody panics with the lock")[number] = None;
		// Dropping it waits until the process is gone.
		self.members[number].node.take().expect("it runs").stop();
	}

	/// Lets nodes hear those of their own side alone; `sides` has the side of each.
	pub async fn part(&mut self, sides: &[usize]) {
		for (member, side) in self.members.iter_mut().zip(sides) {
			member.side = *side;
		}
		self.tell_sides().await;
	}

	/// A node that runs.
	pub fn node(&self, number: usize) -> &Node {
		self.members[number].node.as_ref().expect("it runs")
	}

	/// A connection to one that runs.
	pub async fn rpc(&self, number: usize) -> Rpc {
		self.node(number).rpc().await
	}

	/// The specification of their chain.
	pub fn chain(&self) -> &Path {
		&self.chain
	}

	/// Where nodes answer.
	pub fn places(&self) -> Places {
		self.places.clone()
	}

	/// The directory of a node, which has its `data` and its log.
	pub fn place_of(&self, number: usize) -> PathBuf {
		self.directory.path().join(number.to_string())
	}

	/// Waits until this many more blocks are final at these nodes than at the first of them now, and are the same blocks.
	pub async fn finalize_more(&self, numbers: &[usize], more: u32) {
		let height = self.rpc(numbers[0]).await.finalized().await + more;
		let mut hashes = Vec::new();
		for number in numbers {
			hashes.push(self.rpc(*number).await.wait_for_finality(height).await);
		}
		assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "block {height}: {hashes:?}");
	}

	/// Checks that a node has blocks come, and none of them become final.
	pub async fn finality_stands(&self, number: usize) {
		let rpc = self.rpc(number).await;
		// What those who are gone have voted for may become final.
		more_blocks(&rpc, 1).await;
		let before = rpc.finalized().await;
		more_blocks(&rpc, 2).await;
		assert_eq!(rpc.finalized().await, before, "a block became final without two thirds");
	}

	/// How others call a node in the network.
	fn identity(&self, number: usize) -> String {
		let file = self.directory.path().join("node.key");
		fs::write(&file, node_key(number)).expect("a file");
		let mut node = Command::new(binaries::node());
		let shown = node.args(["key", "inspect-node-key", "--file"]).arg(&file).output();
		let shown = shown.expect("the node starts");
		assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
		String::from_utf8_lossy(&shown.stdout).trim().to_owned()
	}

	/// Has all that run know whom they hear, and waits until it is so.
	async fn tell_sides(&self) {
		let mut running = Vec::new();
		for member in &self.members {
			let Some(node) = &member.node else { continue };
			let rpc = node.rpc().await;
			let listening = rpc.listen_addresses().await;
			let address = listening.into_iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
			running.push((member, rpc, address.expect("it listens on loopback")));
		}
		for (at, (member, rpc, _)) in running.iter().enumerate() {
			for (other_at, (other, _, address)) in running.iter().enumerate() {
				if at == other_at {
					continue;
				}
				let (_, identity) = address.split_once("/p2p/").expect("an address names its node");
				if member.side == other.side {
					rpc.ask::<()>("system_addReservedPeer", rpc_params![address]).await;
				} else {
					rpc.ask::<()>("system_removeReservedPeer", rpc_params![identity]).await;
				}
			}
		}
		for (member, rpc, _) in &running {
			let same = running.iter().filter(|(other, ..)| other.side == member.side).count();
			let what = format!("{} peers of {}", same - 1, member.name);
			wait::for_it(&what, PEERS_LIMIT, || async {
				let health: Value = rpc.ask("system_health", rpc_params![]).await;
				(health["peers"].as_u64() == Some(same as u64 - 1)).then_some(())
			})
			.await;
		}
	}
}

/// The network key of a node, in hexadecimal digits.
fn node_key(number: usize) -> String {
	format!("{:064x}", number + 1)
}

/// Waits until a node has so many more blocks.
pub async fn more_blocks(rpc: &Rpc, more: u32) {
	let wanted = best(rpc).await + more;
	let what = format!("block {wanted}");
	wait::for_it(&what, BLOCKS_LIMIT, || async { (best(rpc).await >= wanted).then_some(()) }).await;
}

/// Waits until a node has a block above this one, asks without a pause, and so returns while it takes in what comes next.
pub async fn takes_in_more(rpc: &Rpc, height: u32) {
	let taken_in = async {
		loop {
			let header: Header = rpc.ask("chain_getHeader", rpc_params![]).await;
			if header.number() > height {
				return;
			}
		}
	};
	let in_time = timeout(BLOCKS_LIMIT, taken_in).await;
	assert!(in_time.is_ok(), "no block above {height} within {} s", BLOCKS_LIMIT.as_secs());
}

/// The key of who made a block: whose turn the slot is among those who were to make blocks after the one before.
///
/// # Panics
///
/// When the header names no slot, or the node has not the state of the block before.
pub async fn author(rpc: &Rpc, block: &str) -> Vec<u8> {
	let header = rpc.header(block).await;
	let mut items = header.digest.logs.iter().map(|digits| bytes(digits));
	let slot = items.find_map(|item| u64::decode(&mut item.strip_prefix(SLOT)?).ok());
	let authorities = rpc.value(&item("Aura", "Authorities"), Some(&header.parent_hash)).await;
	let authorities = authorities.expect("there are authorities");
	let authorities = Vec::<[u8; 32]>::decode(&mut &authorities[..]).expect("keys of authorities");
	let turn = slot.expect("a block names its slot") % authorities.len() as u64;
	authorities[usize::try_from(turn).expect("there are few")].to_vec()
}

/// The number of the best block.
pub async fn best(rpc: &Rpc) -> u32 {
	let hash = rpc.block_hash(None).await.expect("a chain has a best block");
	rpc.header(&hash).await.number()
}

/// Copies what a node has.
pub fn copy(from: &Path, to: &Path) {
	fs::create_dir_all(to).expect("a directory");
	for entry in fs::read_dir(from).expect("a directory") {
		let entry = entry.expect("an entry");
		let (source, target) = (entry.path(), to.join(entry.file_name()));
		match source.is_dir() {
			true => copy(&source, &target),
			false => drop(fs::copy(&source, &target).expect("a file can be copied")),
		}
	}
}
