//! Enrolling a hospital's directory with one command, and what the chain says of those in it.

use hdx_primitives::{AccountId, Code, InstitutionId, Milliseconds, Period};
use hdx_sdk::chain::{
	interface::{
		self,
		runtime_types::{
			hdx_runtime::RuntimeCall, pallet_quota::bucket::Limits,
			pallet_quota::pallet::Call as QuotaCall,
		},
	},
	Attestation, Chain, CredentialKind, Signer, Until,
};
use hdx_tests::{
	bundles,
	client::{self, Run},
	exposure::{Exposure, Place},
	health_data::HealthData,
	node::{self, Node},
	report, wait,
};
use serde_json::{json, Value};
use std::{
	collections::BTreeSet,
	fs,
	path::{Path, PathBuf},
	str::FromStr,
	time::{Duration, Instant},
};
use subxt::{OnlineClient, PolkadotConfig};
use subxt_signer::{sr25519::Keypair, SecretUri};
use tempfile::TempDir;

/// Exit code: refused or failed.
const REFUSED: i32 = 1;
/// Exit code: no node, or one of another chain.
const NO_NODE: i32 = 3;
/// How long a part of an enrolment may take.
const LIMIT: Duration = Duration::from_secs(170);
/// The institutions of a development chain.
const OF_GENESIS: usize = 2;
/// Shorter texts turn up by chance in what a hundred enrolments leave on a chain: a megabyte, most
/// of it hashes. Of those the hashes are looked for.
const SHORTEST: usize = 5;

/// A directory of practitioners and organisations, with as many of the one as of the other.
struct Roster {
	practitioners: PathBuf,
	organizations: PathBuf,
	_own: Option<TempDir>,
}

impl Roster {
	/// Synthea's, where it is beside the project; else one of our own.
	fn any() -> Self {
		match bundles::synthea_roster() {
			Some((practitioners, organizations)) => {
				Self { practitioners, organizations, _own: None }
			},
			None => {
				report::say(bundles::SKIPPED);
				Self::own(3)
			},
		}
	}

	/// So many practitioners, each at the address of a hospital. None has an NPI.
	fn own(count: usize) -> Self {
		let directory = tempfile::tempdir().unwrap();
		let address =
			|number| json!([{ "line": [format!("{number} Linden Row")], "city": "Bath" }]);
		let person = |number| {
			json!({
				"resourceType": "Practitioner", "id": format!("person-{number:05}"),
				"identifier": [{ "system": "urn:staff", "value": format!("staff-{number:05}") }],
				"name": [{ "family": format!("Vandersteen{number}"), "given": ["Oriana"] }],
				"address": address(number),
			})
		};
		let house = |number| {
			let kind = json!([{ "coding": [{
				"system": "http://terminology.hl7.org/CodeSystem/organization-type", "code": "prov",
			}] }]);
			json!({
				"resourceType": "Organization", "id": format!("house-{number:05}"),
				"identifier": [{ "system": "urn:house", "value": format!("house-{number:05}") }],
				"name": format!("Hospital of Linden Row {number}"),
				"type": kind, "address": address(number),
			})
		};
		let write = |name: &str, resources: Vec<Value>| {
			let path = directory.path().join(name);
			fs::write(&path, bundles::of(&resources).to_string()).unwrap();
			path
		};
		let practitioners = write("people.json", (0..count).map(person).collect());
		let organizations = write("houses.json", (0..count).map(house).collect());
		Self { practitioners, organizations, _own: Some(directory) }
	}

	fn count(&self) -> usize {
		read(&self.practitioners)["entry"].as_array().unwrap().len()
	}

	/// The command that enrols all of it.
	fn enrol_all(&self, url: &str, state: &Path) -> tokio::process::Command {
		let mut command = enrol(&self.practitioners, "//Bob", url, state);
		command.arg("--organizations").arg(&self.organizations);
		command.args(["--institutions-as", "hospital", "--governance", "//Ferdie"]);
		command
	}
}

fn enrol(practitioners: &Path, by: &str, url: &str, state: &Path) -> tokio::process::Command {
	let mut command = client::command(["provider", "enrol-all", "--as", by, "--json"]);
	command.args(["--url", url, "--accept-invalid-npi", "--role", "physician"]);
	command.args(["--taxonomy", "207R00000X", "--valid-until", "2099-12-31"]);
	command.arg("--practitioners").arg(practitioners).arg("--state").arg(state);
	command
}

fn read(path: &Path) -> Value {
	serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn answer(run: &Run) -> Value {
	serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

/// How many institutions or practitioners are noted as done.
fn noted(state: &Path, what: &str) -> usize {
	let Ok(text) = fs::read(state.join("enrolment.json")) else { return 0 };
	// Written at once or not at all, also for whoever looks meanwhile.
	let progress: Value = serde_json::from_slice(&text).unwrap();
	progress[what].as_object().unwrap().len()
}

/// Kills a run, as a power cut would, as soon as some of `what` are noted. Says how many.
async fn kill_when_noted(mut command: tokio::process::Command, state: &Path, what: &str) -> usize {
	let mut child = command.kill_on_drop(true).spawn().unwrap();
	wait::for_it(&format!("some {what}"), LIMIT, || async {
		(noted(state, what) > 0).then_some(())
	})
	.await;
	child.kill().await.unwrap();
	noted(state, what)
}

fn accounts(state: &Path) -> BTreeSet<String> {
	let progress = read(&state.join("enrolment.json"));
	let people = progress["practitioners"].as_object().unwrap();
	people.values().map(|one| one["account"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_that_is_killed_twice_is_enrolled_once() {
	let roster = Roster::any();
	let count = roster.count();
	let node = Node::development();
	let scratch = tempfile::tempdir().unwrap();
	let state = scratch.path().join("state");
	let url = node.url();

	let since = Instant::now();
	let houses = kill_when_noted(roster.enrol_all(&url, &state), &state, "institutions").await;
	let people = kill_when_noted(roster.enrol_all(&url, &state), &state, "practitioners").await;
	let run = client::run(roster.enrol_all(&url, &state)).await;
	run.expect_success();
	report::say(format!(
		"{count} institutions and {count} practitioners, killed at {houses} and {people}: {:.1} s",
		since.elapsed().as_secs_f64(),
	));
	if count > 100 {
		assert!(houses < count, "killed too late: {houses}");
		assert!(people < count, "killed too late: {people}");
	}
	let summary = answer(&run);
	for what in ["institutions", "practitioners"] {
		let tally = |name: &str| usize::try_from(summary[what][name].as_u64().unwrap()).unwrap();
		assert_eq!(tally("new") + tally("already"), count, "{what}: {run}");
		assert_eq!(tally("failed"), 0, "{what}: {run}");
	}
	assert!(summary["practitioners"]["already"].as_u64().unwrap() > 0, "{run}");

	is_enrolled_once(&roster, &url, &state).await;
	let again = client::run(roster.enrol_all(&url, &state)).await;
	again.expect_success();
	assert_eq!(answer(&again)["practitioners"]["new"], 0, "{again}");
	assert_eq!(answer(&again)["institutions"]["new"], 0, "{again}");

	nothing_of_it_is_on_chain(&roster, &node, &state).await;
	what_the_chain_says_is_rendered(&url, &state).await;
}

/// Everybody is on the chain once, and enrolled by the hospital at their address.
async fn is_enrolled_once(roster: &Roster, url: &str, state: &Path) {
	let count = roster.count();
	let chain = Chain::connect(url).await.unwrap();
	let found = chain.practitioners().await.unwrap();
	assert_eq!(found.len(), count);
	let on_chain: BTreeSet<_> = found.iter().map(|one| one.practitioner.to_string()).collect();
	assert_eq!(on_chain, accounts(state));
	let institutions = chain.institutions().await.unwrap();
	assert_eq!(institutions.len(), OF_GENESIS + count);
	let by: BTreeSet<_> = found.iter().map(|one| one.enrolled_by).collect();
	assert_eq!(by.len(), count, "each at a hospital of their own");
	for one in &found {
		assert_eq!(one.affiliations, [one.enrolled_by]);
		assert_eq!(one.credentials.len(), 1);
	}

	// By address: what each folder says of somebody, and of the institution that enrolled them.
	let progress = read(&state.join("enrolment.json"));
	let houses = progress["institutions"].as_object().unwrap();
	let address = |path: PathBuf| read(&path)["address"][0]["line"].clone();
	for (id, person) in progress["practitioners"].as_object().unwrap() {
		let house = houses.iter().find(|(_, one)| one["institution"] == person["institution"]);
		let (house, _) = house.unwrap();
		assert_eq!(
			address(state.join("practitioners").join(id).join("credential.json")),
			address(state.join("institutions").join(house).join("profile.json")),
		);
	}
}

/// No name and no number of the roster is in any block, event or value of the state; the accounts
/// are, which shows that the search sees those places.
async fn nothing_of_it_is_on_chain(roster: &Roster, node: &Node, state: &Path) {
	let exposure = Exposure::fetch(&node.rpc().await).await;
	for path in [&roster.practitioners, &roster.organizations] {
		let bundle = read(path);
		let mut data = HealthData::of(&bundle);
		data.texts.retain(|text| text.chars().count() >= SHORTEST);
		let mut needles = data.needles();
		for token in tokens(&bundle) {
			needles.add_bytes(&format!("the code of {token}"), &Code::of_token(&token).0);
			let hash = hdx_sdk::commitment::public(token.as_bytes());
			needles.add_bytes(&format!("BLAKE2-256 of {token}"), &hash);
			needles.add_bytes(&format!("the id of {token}"), &hash[..16]);
		}
		assert!(needles.len() > 20, "only {} needles", needles.len());
		let found = needles.find_in(&exposure.places);
		assert!(found.is_empty(), "on chain, and must not be: {found:#?}");
	}

	let account = accounts(state).into_iter().next().unwrap();
	let mut needles = hdx_tests::search::Needles::default();
	needles.add_bytes(&account, AccountId::from_str(&account).unwrap().as_ref());
	let found = needles.find_in(&exposure.places);
	let places: Vec<_> = found[&account].iter().map(|(place, _)| *place).collect();
	assert!(places.iter().any(|place| matches!(place, Place::Transaction(..))), "{places:?}");
	assert!(places.iter().any(|place| matches!(place, Place::Events(_))), "{places:?}");
	assert!(places.iter().any(|place| matches!(place, Place::Key(_))), "{places:?}");
}

/// `system|value` of every identifier.
fn tokens(bundle: &Value) -> BTreeSet<String> {
	let entries = bundle["entry"].as_array().unwrap().iter();
	let identifiers = entries.flat_map(|entry| entry["resource"]["identifier"].as_array().unwrap());
	identifiers
		.map(|one| {
			format!("{}|{}", one["system"].as_str().unwrap(), one["value"].as_str().unwrap())
		})
		.collect()
}

fn of_type<'v>(bundle: &'v Value, kind: &str) -> Vec<&'v Value> {
	assert_eq!(bundle["resourceType"], "Bundle", "{bundle}");
	let entries = bundle["entry"].as_array().unwrap().iter();
	entries.map(|one| &one["resource"]).filter(|one| one["resourceType"] == kind).collect()
}

async fn fhir(url: &str, line: &str) -> Value {
	let mut command = client::command(["provider", "fhir", "--json", "--url", url]);
	let run = client::run({
		command.args(line.split_whitespace());
		command
	})
	.await;
	run.expect_success();
	answer(&run)
}

async fn what_the_chain_says_is_rendered(url: &str, state: &Path) {
	let account = accounts(state).into_iter().next().unwrap();
	let all = fhir(url, &account).await;
	let person = of_type(&all, "Practitioner")[0];
	assert_eq!(person["active"], true);
	assert!(person.get("name").is_none(), "{person}");
	assert_eq!(person["identifier"].as_array().unwrap().len(), 1);
	let role = of_type(&all, "PractitionerRole")[0];
	let house = of_type(&all, "Organization")[0];
	assert_eq!(role["organization"]["identifier"], house["identifier"][0]);
	assert_eq!(house["type"][0]["coding"][1]["code"], "hospital");
	let result = of_type(&all, "VerificationResult")[0];
	assert_eq!(result["status"], "attested");

	assert_eq!(
		fhir(url, &format!("{account} --practitioner")).await["resourceType"],
		"Practitioner"
	);
	let roles = fhir(url, &format!("{account} --roles --fhir-version R5")).await;
	assert_eq!(of_type(&roles, "PractitionerRole").len(), 1);
	let results = fhir(url, &format!("{account} --verification --at-block finalized")).await;
	assert_eq!(of_type(&results, "VerificationResult").len(), 1);
	let institution = house["identifier"][0]["value"].as_str().unwrap();
	let rendered = fhir(url, &format!("institution:{institution}")).await;
	assert_eq!(of_type(&rendered, "Organization")[0]["identifier"], house["identifier"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_rendered_from_a_credential_that_the_chain_committed_to_and_no_other() {
	let node = Node::development();
	let roster = Roster::own(1);
	let scratch = tempfile::tempdir().unwrap();
	let (path, url) = (scratch.path(), node.url());
	let state = path.join("state");
	client::run(enrol(&roster.practitioners, "//Bob", &url, &state)).await.expect_success();
	let account = accounts(&state).into_iter().next().unwrap();

	let licence = json!({
		"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
		"issuer": "did:web:board.example",
		"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2099-01-01T00:00:00Z",
		"credentialSubject": {
			"id": format!("did:hdx:0123:{account}"), "name": "Ada Lovelace", "npi": "1234567893",
			"licenceNumber": "RN-1", "jurisdiction": "US-MA", "taxonomy": "163W00000X",
		},
	});
	fs::write(path.join("licence.json"), licence.to_string()).unwrap();
	let run = |line: String| async move {
		let mut command = client::command(line.split_whitespace());
		command.arg("--json").current_dir(path);
		client::run(command).await
	};
	run("key generate --signing ed25519 --out board.key".to_owned()).await.expect_success();
	let issue = "credential issue --from licence.json --issuer-key board.key --out";
	let mut commitments = Vec::new();
	for file in ["licence.sd-jwt", "other.sd-jwt"] {
		let issued = run(format!("{issue} {file}")).await;
		issued.expect_success();
		commitments.push(answer(&issued)["commitment"].as_str().unwrap().to_owned());
	}

	let chain = Chain::connect(&url).await.unwrap();
	let governance = Signer::read("//Ferdie").unwrap();
	let board = Signer::read("//MedicalBoard").unwrap();
	let (kinds, until) = (vec![CredentialKind::Licence], Until::Finalized);
	chain.register_issuer(&governance, board.account(), kinds, [1; 32], until).await.unwrap();
	let mut commitment = [0; 32];
	hex::decode_to_slice(commitments[0].trim_start_matches("0x"), &mut commitment).unwrap();
	let attestation = Attestation {
		kind: CredentialKind::Licence,
		commitment: hdx_primitives::Commitment(commitment),
		valid: Period { start: None, end: Some(Milliseconds(4_000_000_000_000)) },
	};
	let who = AccountId::from_str(&account).unwrap();
	chain.attest_credential(&board, who, attestation, until).await.unwrap();

	let view = |file: &str| {
		run(format!(
			"provider fhir {account} --url {url} --issuer did:web:board.example \
			 --issuer-key board.key.pub --credential {file}"
		))
	};
	let shown = view("licence.sd-jwt").await;
	shown.expect_success();
	let shown = answer(&shown);
	let person = of_type(&shown, "Practitioner")[0];
	assert_eq!(person["name"][0]["text"], "Ada Lovelace");
	assert_eq!(person["identifier"][1]["value"], "1234567893");
	let licences = person["qualification"].as_array().unwrap();
	let numbers: Vec<_> = licences.iter().map(|one| &one["identifier"][1]["value"]).collect();
	assert_eq!(numbers, [&Value::Null, &json!("RN-1")]);
	assert_eq!(of_type(&shown, "Organization").len(), 2, "the hospital and the board");

	// The same claims, well signed, and of another commitment.
	let refused = view("other.sd-jwt").await;
	refused.expect_error(REFUSED, &["commitment-mismatch", "other.sd-jwt"]);
	assert!(refused.stdout.is_empty(), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_quota_is_waited_for() {
	let node = Node::development();
	// Two halves of a batch, and a bucket that holds one and needs half a minute for the other.
	let roster = Roster::own(64);
	let scratch = tempfile::tempdir().unwrap();
	let (state, url) = (scratch.path().join("state"), node.url());
	let limits = Limits { capacity: 33, refill: 1 };
	let call = QuotaCall::set_bucket { institution: InstitutionId(1).into(), limits: Some(limits) };
	let call = interface::transactions().sudo().sudo(RuntimeCall::Quota(call));
	let client = OnlineClient::<PolkadotConfig>::from_insecure_url(&url).await.unwrap();
	let ferdie = Keypair::from_uri(&SecretUri::from_str("//Ferdie").unwrap()).unwrap();
	let mut transactions = client.at_current_block().await.unwrap().transactions();
	let progress = transactions.sign_and_submit_then_watch_default(&call, &ferdie).await.unwrap();
	progress.wait_for_finalized_success().await.unwrap();

	// Without patience some are refused, and said to be.
	let mut hasty = enrol(&roster.practitioners, "//Bob", &url, &state);
	hasty.args(["--patience", "1ms"]);
	let run = client::run(hasty).await;
	assert_eq!(run.code, Some(REFUSED), "{run}");
	let failed = answer(&run)["failures"].as_array().unwrap().len();
	assert!((1..64).contains(&failed), "{run}");

	let run = client::run(enrol(&roster.practitioners, "//Bob", &url, &state)).await;
	run.expect_success();
	assert_eq!(answer(&run)["practitioners"]["new"], failed, "{run}");
	let chain = Chain::connect(&url).await.unwrap();
	assert_eq!(chain.practitioners().await.unwrap().len(), 64);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_of_another_chain_is_refused() {
	let node = node::shared();
	let roster = Roster::own(1);
	let scratch = tempfile::tempdir().unwrap();
	let other = json!({
		"format": "hdx-enrolment/1", "genesis": "ab".repeat(32),
		"institutions": {}, "practitioners": {},
	});
	let file = scratch.path().join("enrolment.json");
	fs::write(&file, other.to_string()).unwrap();
	for more in [&[][..], &["--dry-run"]] {
		let mut command = enrol(&roster.practitioners, "//Bob", &node.url(), scratch.path());
		command.args(more);
		let run = client::run(command).await;
		run.expect_error(NO_NODE, &["another-chain", "abab"]);
	}
	assert_eq!(read(&file), other);
	assert!(!scratch.path().join("practitioners").exists(), "keys were made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_does_nothing() {
	let node = node::shared();
	let roster = Roster::own(2);
	let scratch = tempfile::tempdir().unwrap();
	let state = scratch.path().join("state");
	let mut command = roster.enrol_all(&node.url(), &state);
	command.arg("--dry-run");
	let run = client::run(command).await;
	run.expect_success();
	let summary = answer(&run);
	assert_eq!(summary["practitioners"]["new"], 2);
	assert_eq!(summary["institutions"]["new"], 2);
	assert!(!state.exists());
}
