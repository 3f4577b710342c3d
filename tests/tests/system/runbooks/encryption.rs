//! docs/operate/wireguard.md: a tunnel between the validators. Its commands and files are taken from the page and run on machines
//! that have networks of their own, with the kernel's WireGuard or with wireguard-go. Where that is not possible it is skipped,
//! and says why.

use super::Book;
use hdx_tests::{
	binaries, chains,
	internet::{is_there, Internet},
	node::{Kept, Node},
	report, wait,
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, net::Ipv4Addr, process::Command, time::Duration};

/// What the page calls the hospitals, and by which development names their keys are known.
const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];
const KEYS: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// The numbers of the hospitals.
const ALL: [usize; 4] = [0, 1, 2, 3];
/// Three of four finalize.
const STAY: [usize; 3] = [0, 1, 2];
const LEAVES: usize = 3;
/// Where the page keeps keys and configuration of the tunnel.
const TUNNEL: &str = "/etc/wireguard";
/// Where the page says that the firewall's file is.
const FIREWALL: &str = "/etc/nftables/hdx.nft";
/// Where validators listen for each other.
const PEERS: u16 = 30_333;
/// The one port that is open to everybody, for UDP.
const OPEN: &str = "51820";
/// How long handshakes, connections and blocks may take.
const LIMIT: Duration = Duration::from_secs(120);

/// In the place of systemd: what the unit does, with which the package of WireGuard comes.
const SYSTEMCTL: &str = "#!/bin/sh
[ \"$*\" = 'enable --now wg-quick@wg0' ] || exit 64
exec wg-quick up wg0
";

#[test]
fn validators_hear_each_other_through_the_tunnel_and_not_past_it() {
	let internet = match internet() {
		Ok(internet) => internet,
		Err(why) => return report::say(format!("a tunnel between validators: skipped: {why}")),
	};
	let book = Book::open(module_path!(), "docs/operate/wireguard.md");
	let tunnel = Tunnel::bring_up(&internet, &book);
	let is_closed = close_everything_else(&internet, &book);
	let validators = Validators::start(&internet, &book);

	validators.finalize(&ALL, 2);
	validators.are_connected_in_the_tunnel_alone();
	nobody_else_reaches_them(&internet, is_closed);

	// One leaves: packets of its own do not even come to the nodes of the others, nor theirs to its node.
	for number in STAY {
		tunnel.has_peers(number, &STAY);
	}
	assert!(!internet.machine(0).hears(inside(LEAVES)));
	assert!(internet.machine(0).hears(Internet::address(LEAVES)), "the cable is cut");
	let heard = validators.finalized(LEAVES);
	validators.finalize(&STAY, heard + 6);
	assert!(validators.finalized(LEAVES) < heard + 3, "it hears blocks past the tunnel");

	// It comes back, and no node is started again.
	for number in STAY {
		tunnel.has_peers(number, &ALL);
	}
	validators.finalize(&ALL, validators.finalized(0) + 2);
	validators.are_connected_in_the_tunnel_alone();
	book.was_followed();
}

/// The machines of the hospitals, without a tunnel.
fn internet() -> Result<Internet, String> {
	if let Some(missing) = ["wg", "wg-quick"].iter().find(|tool| !is_there(tool)) {
		return Err(format!("there is no `{missing}`"));
	}
	let internet = Internet::new(&NAMES, TUNNEL)?;
	match internet.machine(0).makes_tunnels() {
		true => Ok(internet),
		false => Err("neither the kernel makes tunnels, nor does wireguard-go".into()),
	}
}

/// The address of a hospital in the tunnel.
fn inside(number: usize) -> Ipv4Addr {
	Ipv4Addr::new(10, 77, 0, u8::try_from(number + 1).unwrap())
}

/// A file of docs/operate.
fn example(name: &str) -> String {
	fs::read_to_string(binaries::project().join("docs/operate").join(name)).unwrap()
}

/// Puts something in the place of what stands in an example.
fn put(text: &str, example: &str, value: &str) -> String {
	assert!(text.contains(example), "no `{example}` in: {text}");
	text.replace(example, value)
}

/// The tunnel between the hospitals.
struct Tunnel<'i> {
	internet: &'i Internet,
	public: Vec<String>,
	/// The secrets of pairs, the smaller number first.
	shared: BTreeMap<(usize, usize), String>,
	/// What takes up a configuration that was changed.
	change: String,
}

impl<'i> Tunnel<'i> {
	/// Steps 1 to 3 of the page.
	fn bring_up(internet: &'i Internet, book: &Book) -> Self {
		let mut tunnel = Self {
			internet,
			public: Vec::new(),
			shared: BTreeMap::new(),
			change: book.block("wg syncconf").text().to_owned(),
		};
		let make_keys = book.block("umask 077");
		for machine in internet.machines() {
			machine.stand_in("systemctl", SYSTEMCTL);
			let shown = machine.does(make_keys.text());
			tunnel.public.push(shown.lines().next().unwrap().to_owned());
		}
		let make_secret = book.line("wg genpsk");
		for one in ALL {
			for other in ALL.into_iter().filter(|other| *other > one) {
				let secret = internet.machine(one).does(make_secret.text());
				tunnel.shared.insert((one, other), secret.trim().to_owned());
			}
		}
		let up = book.line("systemctl enable --now wg-quick@wg0");
		for (number, machine) in internet.machines().iter().enumerate() {
			tunnel.write(number, &ALL);
			machine.does(up.text());
		}
		let handshakes = book.line("wg show wg0 latest-handshakes");
		for machine in internet.machines() {
			let met = wait::until(LIMIT, || {
				let shown = machine.does(handshakes.text());
				let times = shown.lines().filter_map(|line| line.split_whitespace().nth(1));
				(times.filter(|time| *time != "0").count() == NAMES.len() - 1).then_some(())
			});
			assert!(met.is_some(), "no handshakes: {}", machine.does("wg show"));
		}
		internet.machine(0).does(book.line("ping -c 3").text());
		tunnel
	}

	/// Writes the configuration of a hospital as the example has it, with these hospitals as its peers.
	fn write(&self, number: usize, peers: &[usize]) {
		let example = example("wg0.conf.example");
		let mut parts = example.split("[Peer]");
		let (own, peer) = (parts.next().unwrap(), parts.next().unwrap());
		let etc = self.internet.machine(number).etc();
		let key = fs::read_to_string(etc.join("private.key")).unwrap();
		let mut all = put(own, "PRIVATE_KEY_OF_THE_FIRST", key.trim());
		all = put(&all, "10.77.0.1/24", &format!("{}/24", inside(number)));
		for other in peers.iter().copied().filter(|other| *other != number) {
			let shared = &self.shared[&(number.min(other), number.max(other))];
			let mut one = put(peer, "PUBLIC_KEY_OF_THE_SECOND", &self.public[other]);
			one = put(&one, "PRESHARED_KEY_OF_THE_TWO", shared);
			one = put(&one, "10.77.0.2/32", &format!("{}/32", inside(other)));
			one = put(&one, "node.second.example", &format!("node.{}.example", NAMES[other]));
			all += &format!("[Peer]{one}");
		}
		// The key's file is of the mode that the page's umask gives, and so is this one.
		let file = etc.join("wg0.conf");
		fs::copy(etc.join("private.key"), &file).unwrap();
		fs::write(&file, all).unwrap();
	}

	/// Gives a hospital these peers, while its tunnel is up.
	fn has_peers(&self, number: usize, peers: &[usize]) {
		self.write(number, peers);
		let machine = self.internet.machine(number);
		machine.does(&self.change);
		let shown = machine.does("wg show wg0 peers");
		for other in ALL.into_iter().filter(|other| *other != number) {
			let is_peer = shown.lines().any(|line| line == self.public[other]);
			assert_eq!(is_peer, peers.contains(&other), "{number} and {other}: {shown}");
		}
	}
}

/// Step 5, where the kernel has nftables. Tells whether it has.
fn close_everything_else(internet: &Internet, book: &Book) -> bool {
	let file = internet.machine(0).directory().join("hdx.nft");
	fs::write(&file, example("nftables.conf.example")).unwrap();
	let file = file.to_str().unwrap();
	let check = book.line("nft --check").with(FIREWALL, file);
	let load = book.line("nft --file").with(FIREWALL, file);
	let checked = internet.machine(0).runs(check.text());
	if !checked.status.success() {
		let why = String::from_utf8_lossy(&checked.stderr);
		let why = why.lines().next().unwrap_or_default();
		report::say(format!("a tunnel between validators: its firewall is not loaded: {why}"));
		return false;
	}
	for machine in internet.machines() {
		machine.does(load.text());
	}
	true
}

/// What somebody in the same segment of the internet can do: see that the machines are there, and no more.
fn nobody_else_reaches_them(internet: &Internet, is_closed: bool) {
	// Where a machine is busy, what works may take more than one attempt.
	let comes = |what: &dyn Fn() -> bool| wait::until(LIMIT, || what().then_some(())).is_some();
	assert!(comes(&|| internet.machine(1).reaches(inside(0), PEERS)), "not even in the tunnel");
	let outside = internet.outside();
	for number in ALL {
		let address = Internet::address(number);
		assert!(comes(&|| outside.hears(address)), "the machines are not in the internet");
		assert!(!outside.reaches(address, PEERS), "the node of {number} listens to everybody");
		assert!(!outside.reaches(inside(number), PEERS), "{number} is reached past its tunnel");
		// A machine answers for each of its addresses, whichever way a packet came. The firewall alone looks at the way.
		outside.does(&format!("ip route add {}/32 via {address}", inside(number)));
		match is_closed {
			true => assert!(!outside.reaches(inside(number), PEERS), "{number} is not closed"),
			false => assert!(comes(&|| outside.reaches(inside(number), PEERS)), "{number}"),
		}
	}
}

/// The validators of the hospitals.
struct Validators<'i> {
	internet: &'i Internet,
	nodes: Vec<Node>,
}

impl<'i> Validators<'i> {
	/// Step 4, on a chain for people: such a node takes addresses of private networks for a mistake, unless it is told.
	fn start(internet: &'i Internet, book: &Book) -> Self {
		let spec = fs::read(chains::spec("local")).unwrap();
		let mut spec: Value = serde_json::from_slice(&spec).unwrap();
		spec["chainType"] = "Live".into();
		let chain = internet.machine(0).directory().join("chain.json");
		fs::write(&chain, spec.to_string()).unwrap();

		let identities: Vec<_> = ALL.map(|number| identity(internet, number)).into();
		let line = book.block("HDX_NODE_OPTIONS=").text().to_owned();
		let mut nodes = Vec::new();
		for (number, machine) in internet.machines().iter().enumerate() {
			let (arguments, under) = (options(&line, number, &identities), machine.under());
			let kept = Kept {
				name: NAMES[number],
				chain: &chain,
				arguments: &arguments,
				directory: machine.directory(),
				under: &under,
			};
			nodes.push(Node::start_kept(&kept));
		}
		Self { internet, nodes }
	}

	fn ask(&self, number: usize, method: &str, parameters: &str) -> Value {
		let url = self.nodes[number].url();
		let (_, port) = url.rsplit_once(':').unwrap();
		self.internet.machine(number).asks(port.parse().unwrap(), method, parameters)
	}

	/// The number of the newest block that is final at a validator.
	fn finalized(&self, number: usize) -> u32 {
		let hash = self.ask(number, "chain_getFinalizedHead", "");
		let header = self.ask(number, "chain_getHeader", &hash.to_string());
		let digits = header["number"].as_str().unwrap().trim_start_matches("0x");
		u32::from_str_radix(digits, 16).unwrap()
	}

	/// Waits until this block is final at these validators, and is the same block.
	fn finalize(&self, numbers: &[usize], height: u32) {
		let mut hashes = Vec::new();
		for number in numbers {
			let there = wait::until(LIMIT, || (self.finalized(*number) >= height).then_some(()));
			assert!(there.is_some(), "block {height} does not become final at {number}");
			hashes.push(self.ask(*number, "chain_getBlockHash", &height.to_string()));
		}
		assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "block {height}: {hashes:?}");
	}

	/// Each has a connection with each other in the tunnel, and nobody listens or has a connection anywhere else, but on
	/// loopback. For UDP there is the tunnel's own port.
	fn are_connected_in_the_tunnel_alone(&self) {
		for number in ALL {
			let machine = self.internet.machine(number);
			let met = wait::until(LIMIT, || {
				let sockets = machine.sockets('t');
				let mut others = ALL.into_iter().filter(|other| *other != number);
				let is_of = |socket: &str, other: usize| {
					field(socket, 0) == "ESTAB" && address(socket, 4) == inside(other).to_string()
				};
				others
					.all(|other| sockets.iter().any(|socket| is_of(socket, other)))
					.then_some(sockets)
			});
			let sockets = met.unwrap_or_else(|| panic!("{number}: {:?}", machine.sockets('t')));
			let own = [inside(number).to_string(), "127.0.0.1".into(), "[::1]".into()];
			for socket in &sockets {
				assert!(own.iter().any(|one| address(socket, 3) == one), "{number}: {socket}");
			}
			for socket in machine.sockets('u') {
				let port = field(&socket, 3).rsplit_once(':').unwrap().1;
				assert_eq!(port, OPEN, "{number}: {socket}");
			}
		}
	}
}

/// A field of a line about a socket.
fn field(socket: &str, nth: usize) -> &str {
	socket.split_whitespace().nth(nth).unwrap_or_else(|| panic!("{socket}"))
}

/// An address of a socket, without its port.
fn address(socket: &str, nth: usize) -> &str {
	field(socket, nth).rsplit_once(':').unwrap().0
}

/// The network key of a hospital's node, in hexadecimal digits.
fn node_key(number: usize) -> String {
	format!("{:064x}", number + 1)
}

/// How others call a node in the network.
fn identity(internet: &Internet, number: usize) -> String {
	let file = internet.machine(number).directory().join("node.key");
	fs::write(&file, node_key(number)).unwrap();
	let mut node = Command::new(binaries::node());
	let shown = node.args(["key", "inspect-node-key", "--file"]).arg(&file).output().unwrap();
	assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
	String::from_utf8_lossy(&shown.stdout).trim().to_owned()
}

/// The page's options for a hospital, with each of the others in the place of the one that it names.
fn options(line: &str, number: usize, identities: &[String]) -> Vec<String> {
	const RESERVED: &str = "--reserved-nodes";
	let line = line.strip_prefix("HDX_NODE_OPTIONS=").unwrap();
	let mut words = line.split_whitespace();
	let (mut all, mut peer) = (Vec::new(), None);
	while let Some(word) = words.next() {
		match word {
			RESERVED => peer = peer.or(words.next()),
			word => all.push(word.replace("10.77.0.1", &inside(number).to_string())),
		}
	}
	for other in ALL.into_iter().filter(|other| *other != number) {
		let address = put(peer.unwrap(), "10.77.0.2", &inside(other).to_string());
		all.extend([RESERVED.to_owned(), put(&address, "12D3KooW…", &identities[other])]);
	}
	// Whose validator it is.
	all.extend([format!("--{}", KEYS[number]), "--node-key".to_owned(), node_key(number)]);
	all
}
