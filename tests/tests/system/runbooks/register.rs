//! Every block of every page that may have commands, and which tests run it, or why none does.

use crate::operate::is_known;
use hdx_tests::{binaries, runbook::Runbook};
use std::{fs, path::PathBuf};

/// The modules beside this one that run blocks. `hospitals` is what all of them begin with.
const TESTS: [&str; 8] =
	["backup", "emergency", "encryption", "hospitals", "joining", "keys", "leaving", "upgrade"];

/// How a block is kept true.
pub enum How {
	/// Tests of these modules run each of its commands.
	Run(&'static [&'static str]),
	/// Its programs know the subcommands and options that it names. What the commands do is tested elsewhere.
	Read,
	/// Nothing is run, for this reason.
	Not(&'static str),
}

/// A block of a page.
pub struct Listed {
	/// The page, by its path in the project.
	pub page: &'static str,
	/// With what the block begins, and no other of the page.
	pub beginning: &'static str,
	/// How it is kept true.
	pub how: How,
}

const fn block(page: &'static str, beginning: &'static str, how: How) -> Listed {
	Listed { page, beginning, how }
}

use How::{Not, Read, Run};

const NOTATION: &str = "a notation, and no command";
const SYSTEMD: &str = "makes users, files of the system or units of a service manager";
const FIREWALL: &str =
	"a way back is systemd's; `encryption` loads the file where the kernel can, and says so if not";
const ELSEWHERE: &str = "minutes, and a stage of nothing else; it is run by itself";

const README: &str = "README.md";
const ACCESS: &str = "docs/access.md";
const AUDIT: &str = "docs/audit.md";
const CONSENT: &str = "docs/consent.md";
const GOVERNANCE: &str = "docs/governance.md";
const PROVIDERS: &str = "docs/providers.md";
const SUPPLY: &str = "docs/supply-chain.md";
const STARTING: &str = "docs/operate/README.md";
const BACKUP: &str = "docs/operate/backup.md";
const EMERGENCY: &str = "docs/operate/emergency.md";
const JOINING: &str = "docs/operate/joining.md";
const KEYS: &str = "docs/operate/keys.md";
const LEAVING: &str = "docs/operate/leaving.md";
const OFFLINE_SIGNING: &str = "docs/operate/offline-signing.md";
const RUNNING: &str = "docs/operate/running.md";
const UPGRADE: &str = "docs/operate/upgrade.md";
const WIREGUARD: &str = "docs/operate/wireguard.md";

/// All of them, page by page.
pub const BLOCKS: &[Listed] = &[
	block(README, "./scripts/run.sh\n", Read),
	block(README, "./scripts/run.sh --once", Read),
	block(README, "./scripts/test.sh", Read),
	block(ACCESS, "record_disclosures(", Not(NOTATION)),
	block(ACCESS, "hdx record release-many", Read),
	block(ACCESS, "update_record(", Not(NOTATION)),
	block(ACCESS, "hdx record restrict", Read),
	block(ACCESS, "break_glass(", Not(NOTATION)),
	block(ACCESS, "review_break_glass(", Not(NOTATION)),
	block(ACCESS, "break_glass_by_proof(", Not(NOTATION)),
	block(AUDIT, "hdx audit authorities", Read),
	block(AUDIT, "hdx audit review request", Read),
	block(AUDIT, "header ", Not(NOTATION)),
	block("docs/benchmarks/README.md", "scripts/bench.sh", Read),
	block("docs/consent-fhir.md", "consent.json: ", Not("what a program answers")),
	block(CONSENT, "decide(", Not(NOTATION)),
	block(CONSENT, "permit ", Not(NOTATION)),
	block("docs/did.md", "hdx key generate", Read),
	block("docs/fuzzing.md", "scripts/fuzz.sh", Read),
	block("docs/fuzzing.md", "HDX_FUZZ_SEED=", Not("shows a failure again, and there is none")),
	block(GOVERNANCE, "hdx gov members", Read),
	block(GOVERNANCE, "hdx gov propose register-institution", Read),
	block(GOVERNANCE, "hdx gov propose authorize-upgrade", Read),
	block(GOVERNANCE, "scripts/referenda.sh", Read),
	block(PROVIDERS, "SCALE(", Not(NOTATION)),
	block(PROVIDERS, "hdx provider enrol-all", Read),
	block(PROVIDERS, "hdx key generate", Read),
	block(SUPPLY, "scripts/supply.sh  ", Read),
	block(SUPPLY, "scripts/supply.sh --sbom", Read),
	block(SUPPLY, "scripts/reproduce.sh", Read),
	block("docs/upgrades.md", "hdx gov propose authorize-upgrade", Read),
	block("docs/upgrades.md", "scripts/upgrade.sh", Read),
	block("docs/validators.md", "curl ", Not("docs/operate/keys.md has the same, and it is run")),
	// How a chain is started.
	block(STARTING, "hdx key generate --out operator.key", Run(&["hospitals"])),
	block(STARTING, "hdx key generate --out validator.key", Run(&["hospitals"])),
	block(STARTING, "hdx chain-spec check", Run(&["hospitals"])),
	block(STARTING, "hdx chain-spec build", Run(&["hospitals"])),
	block(STARTING, "hdx chain-spec show", Run(&["hospitals"])),
	block(
		STARTING,
		"hdx-node --chain",
		Not("it does not end; nodes of tests are started with these options"),
	),
	block("docs/operate/monitoring.md", "curl ", Not("a test of health asks the same")),
	block(RUNNING, "scripts/cargo.sh --around build", Not(ELSEWHERE)),
	block(RUNNING, "install ", Not(SYSTEMD)),
	block(RUNNING, "HDX_NODE_OPTIONS=", Not("a line of a file; another test compares the options")),
	block(RUNNING, "systemctl daemon-reload", Not(SYSTEMD)),
	block(RUNNING, "mkdir image", Not("needs Docker")),
	block(RUNNING, "docker compose", Not("needs Docker")),
	block(OFFLINE_SIGNING, "scripts/cargo.sh --around test", Not(ELSEWHERE)),
	block(WIREGUARD, "umask 077", Run(&["encryption"])),
	block(WIREGUARD, "systemctl enable --now wg-quick", Run(&["encryption"])),
	block(WIREGUARD, "HDX_NODE_OPTIONS=", Run(&["encryption"])),
	block(WIREGUARD, "nft --check", Not(FIREWALL)),
	block(WIREGUARD, "systemctl stop hdx-way-back", Not(SYSTEMD)),
	block(WIREGUARD, "wg syncconf", Run(&["encryption"])),
	// What operators do on a chain that runs.
	block(JOINING, "hdx chain-spec show", Run(&["joining"])),
	block(JOINING, "hdx key generate", Run(&["joining"])),
	block(JOINING, "hdx gov propose add-validator", Run(&["joining"])),
	block(LEAVING, "hdx gov propose remove-validator", Run(&["leaving"])),
	block(LEAVING, "systemctl disable", Run(&["leaving"])),
	block(KEYS, "curl ", Run(&["keys"])),
	block(KEYS, "sudo -u hdx hdx-node key generate-node-key", Run(&["keys"])),
	block(KEYS, "sudo -u hdx mv", Run(&["keys"])),
	block(BACKUP, "systemctl stop hdx-node\nsudo -u hdx cp", Run(&["backup"])),
	block(BACKUP, "sudo -u hdx mkdir", Run(&["backup"])),
	block(BACKUP, "systemctl stop hdx-node\nsudo -u hdx hdx-node purge-chain", Run(&["backup"])),
	block(UPGRADE, "install ", Run(&["upgrade"])),
	block(UPGRADE, "umask 077", Run(&["upgrade"])),
	block(UPGRADE, "scripts/reproduce.sh --once", Not(ELSEWHERE)),
	block(UPGRADE, "hdx gov propose authorize-upgrade", Run(&["upgrade"])),
	block(UPGRADE, "hdx gov apply", Run(&["upgrade"])),
	block(
		EMERGENCY,
		"systemctl status",
		Not("shows what systemd, the disk and the clock say, and changes nothing"),
	),
	block(EMERGENCY, "echo '{\"Grandpa\"", Run(&["emergency"])),
	block(EMERGENCY, "echo '{\"SafeMode\"", Run(&["emergency"])),
];

/// The pages of the project, by their paths in it.
fn pages() -> Vec<String> {
	let root = binaries::project();
	let mut found: Vec<PathBuf> = ["README.md", "SECURITY.md"].map(|page| root.join(page)).into();
	let mut directories = vec![root.join("docs")];
	while let Some(directory) = directories.pop() {
		for entry in fs::read_dir(&directory).unwrap() {
			let path = entry.unwrap().path();
			if path.is_dir() {
				directories.push(path);
			} else if path.extension().is_some_and(|kind| kind == "md") {
				found.push(path);
			}
		}
	}
	let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
	found.iter().map(name).collect()
}

#[test]
fn each_block_of_each_page_is_run_or_says_why_not() {
	let mut missing = Vec::new();
	let mut used = vec![0; BLOCKS.len()];
	for page in pages() {
		for block in Runbook::open(&page).blocks() {
			// What begins with a whole line may be all that there is.
			let text = format!("{}\n", block.text);
			let is_it = |listed: &Listed| listed.page == page && text.starts_with(listed.beginning);
			let places = (0..BLOCKS.len()).filter(|place| is_it(&BLOCKS[*place]));
			let places: Vec<_> = places.collect();
			match places.as_slice() {
				[place] => used[*place] += 1,
				_ => missing.push(format!("{page}:{}: listed {} times", block.line, places.len())),
			}
		}
	}
	assert!(missing.is_empty(), "list each of them once, with how it is kept true: {missing:#?}");
	for (listed, count) in BLOCKS.iter().zip(used) {
		assert_eq!(count, 1, "blocks of {} that begin with `{}`", listed.page, listed.beginning);
		match listed.how {
			Run(tests) => {
				assert!(!tests.is_empty(), "{}: {}", listed.page, listed.beginning);
				assert!(tests.iter().all(|test| TESTS.contains(test)), "{tests:?}");
			},
			Not(why) => assert!(!why.is_empty(), "{}: {}", listed.page, listed.beginning),
			Read => {},
		}
	}
	for test in TESTS {
		let is_its = |how: &How| matches!(how, Run(tests) if tests.contains(&test));
		assert!(BLOCKS.iter().any(|listed| is_its(&listed.how)), "{test} runs nothing");
	}
}

/// Fails unless a script of the project is there, and names the options of a command line.
fn is_a_script(line: &str) {
	let mut words = line.split_whitespace();
	let script = words.next().unwrap().trim_start_matches("./");
	let text = fs::read_to_string(binaries::project().join(script));
	let text = text.unwrap_or_else(|error| panic!("`{line}`: {error}"));
	for option in words.filter(|word| word.starts_with("--")) {
		assert!(text.contains(option), "`{line}`: {script} has no {option}");
	}
}

#[test]
fn commands_that_are_not_run_are_known_to_their_programs() {
	let (client, node) = (binaries::client(), binaries::node());
	let programs = [("hdx", client.as_path()), ("hdx-node", node.as_path())];
	let mut read = 0;
	for page in pages() {
		for block in Runbook::open(&page).blocks() {
			let text = format!("{}\n", block.text);
			let is_read = BLOCKS.iter().any(|listed| {
				listed.page == page
					&& text.starts_with(listed.beginning)
					&& matches!(listed.how, Read)
			});
			if !is_read {
				continue;
			}
			for command in block.commands() {
				let line = command.split(" # ").next().unwrap().trim();
				let first = line.split(' ').next().unwrap();
				match programs.iter().find(|(name, _)| *name == first) {
					Some((_, program)) => is_known(program, line),
					None => is_a_script(line),
				}
				read += 1;
			}
		}
	}
	assert!(read > 40, "only {read} commands were found");
}
