//! What operators are given: metrics, health, and the files and pages of docs/operate, which name nothing that is not there.

use hdx_sdk::chain::{Chain, Signer, Until};
use hdx_tests::{
	binaries, client,
	node::{Node, WITH_METRICS},
	wait,
};
use serde_json::Value;
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::{Path, PathBuf},
	process::Command,
	time::Duration,
};

/// How long what happened may take to be seen in the metrics: until it is final, and asked of.
const SEEN_LIMIT: Duration = Duration::from_secs(120);
/// Where metrics of this project and of the SDK are told from words of the query language.
const METRICS: [&str; 2] = ["hdx_", "substrate_"];

fn operate(name: &str) -> PathBuf {
	binaries::project().join("docs/operate").join(name)
}

fn read(name: &str) -> String {
	let file = operate(name);
	fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn yaml(name: &str) -> Value {
	serde_yaml::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn json(name: &str) -> Value {
	serde_json::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rules of the alerts.
fn alerts() -> Vec<Value> {
	let groups = yaml("alerts.yml")["groups"].as_array().unwrap().clone();
	groups.iter().flat_map(|group| group["rules"].as_array().unwrap().clone()).collect()
}

/// The queries of the dashboard.
fn queries() -> Vec<String> {
	let dashboard = json("grafana-dashboard.json");
	let panels = dashboard["panels"].as_array().unwrap();
	let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
	targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect()
}

/// The metrics that a text names, a query for instance.
fn named_in(text: &str) -> BTreeSet<String> {
	text.split(|one: char| !one.is_ascii_alphanumeric() && one != '_')
		.filter(|word| METRICS.iter().any(|prefix| word.starts_with(prefix)))
		.map(str::to_owned)
		.collect()
}

/// The names that a node tells the types of.
fn exposed(metrics: &str) -> BTreeSet<String> {
	let types = metrics.lines().filter_map(|line| line.strip_prefix("# TYPE "));
	types.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// The sum of the numbers of one name that have all these labels.
pub fn sum(metrics: &str, name: &str, labels: &[&str]) -> f64 {
	let numbers = metrics.lines().filter_map(|line| {
		let (series, number) = line.rsplit_once(' ')?;
		let (its_name, its_labels) = series.split_once('{').unwrap_or((series, ""));
		let is_meant = its_name == name && labels.iter().all(|label| its_labels.contains(label));
		is_meant.then(|| number.parse::<f64>().unwrap())
	});
	numbers.sum()
}

/// A development node on which the main flow has run, and which has refused a transaction.
async fn used_node() -> Node {
	let node = Node::start("dev", "dev", &["--dev", WITH_METRICS[0], WITH_METRICS[1]]);
	let data = tempfile::tempdir().unwrap();
	client::demo(&node.url(), &data.path().join("data"), None).await.expect_success();
	// An account that the chain does not know.
	let chain = Chain::connect(&node.url()).await.unwrap();
	let stranger = Signer::read("//nobody of the metrics test").unwrap();
	let patient = Signer::read("//patient of the metrics test").unwrap();
	let answer = chain.sponsor_patient(&stranger, patient.account(), Until::InBlock).await;
	assert!(answer.is_err(), "a stranger sponsored a patient");
	node
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_has_every_metric_that_alerts_and_dashboard_name() {
	let node = used_node().await;
	let mut wanted: BTreeMap<String, String> = BTreeMap::new();
	for rule in alerts() {
		let query = rule["expr"].as_str().unwrap();
		wanted.extend(named_in(query).into_iter().map(|name| (name, rule["alert"].to_string())));
	}
	for query in queries() {
		wanted.extend(named_in(&query).into_iter().map(|name| (name, query.clone())));
	}
	assert!(wanted.len() > 20, "{wanted:?}");
	// The flow ends with a denial, which is counted when it is final.
	let metrics = wait::until(SEEN_LIMIT, || {
		let metrics = node.metrics();
		let denied = sum(&metrics, "hdx_access_decisions_total", &["outcome=\"denied\""]);
		(denied > 0.0).then_some(metrics)
	});
	let metrics = metrics.expect("the denial is counted");
	let there = exposed(&metrics);
	for (name, query) in &wanted {
		assert!(there.contains(name), "no node has {name}, which {query} asks for");
	}

	assert!(sum(&metrics, "hdx_access_decisions_total", &["outcome=\"granted\""]) > 0.0);
	assert!(sum(&metrics, "hdx_access_denials_total", &["reason="]) > 0.0);
	assert!(sum(&metrics, "hdx_audit_entries_total", &["action=\"consent_revoked\""]) > 0.0);
	assert!(sum(&metrics, "hdx_transactions_refused_total", &["reason=\"payment\""]) > 0.0);
	assert!(sum(&metrics, "hdx_audit_next_entry", &[]) > 0.0);
	assert_eq!(sum(&metrics, "hdx_safe_mode", &[]), 0.0);
	assert_eq!(sum(&metrics, "hdx_institutions", &["status=\"active\""]), 2.0);
	assert_eq!(sum(&metrics, "hdx_metrics_failures_total", &[]), 0.0);

	let page = named_in(&read("monitoring.md"));
	for name in there.iter().filter(|name| name.starts_with(METRICS[0])) {
		assert!(page.contains(name), "docs/operate/monitoring.md does not say what {name} is");
	}
}

#[test]
fn what_an_alert_sees_growing_begins_with_zero() {
	let node = Node::start("dev", "dev", &["--dev", WITH_METRICS[0], WITH_METRICS[1]]);
	let metrics = node.metrics();
	// The codes of HdxQuotaRefusals.
	for code in 32..=36 {
		let labels = [format!("code=\"{code}\""), "reason=\"custom\"".to_owned()];
		let has_zero = metrics.lines().any(|line| {
			line.starts_with("hdx_transactions_refused_total{")
				&& line.ends_with("} 0")
				&& labels.iter().all(|label| line.contains(label))
		});
		assert!(has_zero, "refusals with code {code} are not counted from zero");
	}
	// Panics are counted by the SDK, which has no zero: there is nothing that grows when the first one is told.
	for rule in alerts() {
		let query = rule["expr"].as_str().unwrap();
		let is_of_panics = query.contains("reason=\"panic\"");
		assert!(!is_of_panics || !query.contains("increase"), "{query}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_readiness_are_told_over_http() {
	let alone = Node::start("dev", "dev", &["--dev"]);
	let (status, health) = alone.http("/health");
	let health: Value = serde_json::from_str(&health).unwrap();
	assert_eq!((status, &health["peers"]), (200, &Value::from(0)));
	assert_eq!(alone.http("/health/readiness").0, 200, "it waits for nobody");

	// Nobody listens there, so it hears of no blocks.
	let nowhere = "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
	let cut_off = Node::start("cut off", "dev", &["--bootnodes", nowhere]);
	assert_eq!(cut_off.http("/health").0, 200);
	assert_eq!(cut_off.http("/health/readiness").0, 500, "it has nobody to hear of blocks from");
}

#[test]
fn each_alert_says_what_it_is_and_what_to_read() {
	let mut names = BTreeSet::new();
	for rule in alerts() {
		let name = rule["alert"].as_str().unwrap();
		assert!(names.insert(name.to_owned()), "{name} is there twice");
		let severity = rule["labels"]["severity"].as_str().unwrap();
		assert!(["critical", "warning", "info"].contains(&severity), "{name}: {severity}");
		for note in ["summary", "description"] {
			assert!(rule["annotations"][note].is_string(), "{name} has no {note}");
		}
		let runbook = rule["annotations"]["runbook"].as_str().unwrap();
		assert!(binaries::project().join(runbook).is_file(), "{name}: there is no {runbook}");
		assert!(read("monitoring.md").contains(name), "docs/operate/monitoring.md has no {name}");
	}
}

#[test]
fn prometheus_is_given_the_alerts_and_each_node_of_the_compose_file() {
	let prometheus = yaml("prometheus.yml");
	assert_eq!(prometheus["rule_files"][0], "alerts.yml");
	let targets = &prometheus["scrape_configs"][0]["static_configs"][0]["targets"];
	let compose = yaml("compose.yml");
	for service in compose["services"].as_object().unwrap() {
		let (name, service) = service;
		if service["command"].is_array() {
			let target = Value::from(format!("{name}:9615"));
			assert!(targets.as_array().unwrap().contains(&target), "{target}: {targets}");
			let volume = service["volumes"][0].as_str().unwrap();
			let volume = volume.split(':').next().unwrap();
			assert!(compose["volumes"].as_object().unwrap().contains_key(volume), "{volume}");
		} else {
			let image = service["image"].as_str().unwrap();
			assert!(image.split_once(':').is_some_and(|(_, tag)| tag != "latest"), "{image}");
		}
	}
}

/// What a program says of itself, or of a subcommand.
fn help(program: &Path, subcommands: &[&str]) -> String {
	let output = Command::new(program).args(subcommands).arg("--help").output().unwrap();
	assert!(output.status.success(), "{} {subcommands:?} --help fails", program.display());
	String::from_utf8(output.stdout).unwrap()
}

/// Fails unless the program knows the subcommands and options of a command line.
pub fn is_known(program: &Path, line: &str) {
	let words: Vec<&str> = line.split_whitespace().skip(1).collect();
	let is_subcommand = |word: &&&str| {
		word.chars().all(|one| one.is_ascii_lowercase() || one == '-') && !word.starts_with('-')
	};
	let subcommands: Vec<&str> = words.iter().take_while(is_subcommand).copied().collect();
	let help = help(program, &subcommands);
	let of_help: BTreeSet<&str> =
		help.split(|one: char| !one.is_ascii_alphanumeric() && one != '-').collect();
	for word in words.iter().filter(|word| word.starts_with("--")) {
		let option = word.split('=').next().unwrap();
		assert!(of_help.contains(option), "`{line}`: there is no {option}");
	}
}

/// The command lines of the blocks of code of a page, those that go on in the next line joined.
fn command_lines(page: &str) -> Vec<String> {
	let code = page.split("```").skip(1).step_by(2);
	let joined = code.map(|block| block.replace("\\\n", " "));
	joined.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn pages_and_files_name_commands_and_options_that_there_are() {
	let (hdx, node) = (binaries::client(), binaries::node());
	let mut checked = 0;
	for entry in fs::read_dir(operate("")).unwrap().map(Result::unwrap) {
		if entry.path().extension().is_none_or(|kind| kind != "md") {
			continue;
		}
		for line in command_lines(&fs::read_to_string(entry.path()).unwrap()) {
			let line = line.trim();
			let line = line.strip_prefix("sudo -u hdx ").unwrap_or(line);
			if let Some(options) = line.strip_prefix("HDX_NODE_OPTIONS=") {
				is_known(&node, &format!("hdx-node {options}"));
			}
			match line.split(' ').next() {
				Some("hdx") => is_known(&hdx, line),
				Some("hdx-node") => is_known(&node, line),
				_ => continue,
			}
			checked += 1;
		}
	}
	assert!(checked > 20, "only {checked} commands were found");

	for (name, service) in yaml("compose.yml")["services"].as_object().unwrap() {
		let Some(arguments) = service["command"].as_array() else { continue };
		let arguments: Vec<&str> = arguments.iter().map(|one| one.as_str().unwrap()).collect();
		is_known(&node, &format!("{name} {}", arguments.join(" ")));
	}
	let unit = read("hdx-node.service");
	let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
	is_known(&node, start);
}

#[test]
fn the_unit_gives_the_node_no_more_than_it_needs() {
	let unit = read("hdx-node.service");
	for line in [
		"User=hdx",
		"NoNewPrivileges=true",
		"ProtectSystem=strict",
		"ProtectHome=true",
		"PrivateTmp=true",
		"CapabilityBoundingSet=",
		"StateDirectoryMode=0700",
		"UMask=0077",
	] {
		assert!(unit.lines().any(|one| one == line), "there is no {line}");
	}
}

#[test]
fn the_firewall_is_loaded_as_one_and_leaves_the_ways_in() {
	let file = read("nftables.conf.example");
	let rules: Vec<&str> =
		file.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
	let at = |start: &str| {
		let found = rules.iter().position(|line| line.starts_with(start));
		found.unwrap_or_else(|| panic!("there is no `{start}`"))
	};
	// It is made anew, in one file, and what it drops and accepts is one chain.
	assert!(at("add table inet hdx") < at("delete table inet hdx"));
	assert_eq!(rules.iter().filter(|line| line.contains("policy drop")).count(), 1);
	assert_eq!(rules.iter().filter(|line| line.starts_with("chain ")).count(), 1);
	for way_in in [
		"ct state established,related accept",
		"iif \"lo\" accept",
		"icmpv6 type {",
		"ip saddr $ADMINISTRATORS tcp dport 22 accept",
		"ip saddr $PROMETHEUS tcp dport 9615 accept",
		"udp dport 51820 accept",
		"iifname \"wg0\" tcp dport 30333 accept",
	] {
		assert!(at(way_in) > at("type filter hook input"), "{way_in}");
	}
	let page = command_lines(&read("wireguard.md"));
	let line = |start: &str| page.iter().position(|line| line.trim().starts_with(start)).unwrap();
	assert!(line("systemd-run") < line("nft --file"), "there is no way back when it is loaded");
	assert!(!page.iter().any(|line| line.contains("nft add")), "rules are added one by one");
	let tunnel = read("wg0.conf.example");
	assert!(tunnel.contains("ListenPort = 51820"), "the tunnel has another port");
}
