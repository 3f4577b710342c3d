//! Oracles that run: what a board publishes takes hold by itself, and what it does not publish soundly
//! counts for nothing.

use crate::{providers::ASK, scene::Scene};
use hdx_oracle::evidence::{self, Place, Salt};
use hdx_tests::{list_server::ListServer, service::Service, wait};
use serde_json::Value;
use std::{
	fs,
	time::{Duration, Instant},
};

/// Within what a revocation has to be known to the chain.
const MINUTE: Duration = Duration::from_secs(60);
/// How long everything else may take, on a machine that compiles.
const PATIENCE: Duration = Duration::from_secs(180);
/// The place of the licence in the list.
const INDEX: u64 = 94_567;
/// What the board is called.
const BOARD: &str = "did:web:board.example";
/// The board's list.
const LIST: &str = "list.jwt";

/// What the log tells opens the evidence that is on the chain.
fn opens(reported: &Value) {
	let bytes = |text: &Value| -> [u8; 32] {
		let digits = text.as_str().unwrap().trim_start_matches("0x");
		hex::decode(digits).unwrap().try_into().unwrap()
	};
	let opening = &reported["opening"];
	let place = |place: &Value| Place {
		list: place["list"].as_str().unwrap().to_owned(),
		index: place["index"].as_u64().unwrap(),
		digest: bytes(&place["sha256"]),
	};
	let places: Vec<_> = opening["places"].as_array().unwrap().iter().map(place).collect();
	let evidence = evidence::of(&Salt(bytes(&opening["salt"])), &places);
	assert_eq!(evidence.0, bytes(&reported["evidence"]));
}

/// A physician with a licence, and a board that publishes its status.
struct Watch {
	scene: Scene,
	server: ListServer,
	licence: u64,
	ask: String,
}

impl Watch {
	async fn new() -> Self {
		let scene = Scene::with_physician().await;
		scene.with_oracles().await;
		let server = ListServer::start().await;
		for key in ["board.key", "thief.key"] {
			scene.does(&format!("key generate --signing ed25519 --out {key}")).await;
		}
		let licence = scene.licensed("licence.pdf", "2099-12-31").await;
		let watch =
			Self { scene, server, licence, ask: format!("{ASK} --as //Dave --second-key //Phone") };
		watch.new_list("board.key", LIST).await;
		watch.publish();
		watch
	}

	/// Makes a list in which nothing is revoked.
	async fn new_list(&self, key: &str, file: &str) {
		let new = format!(
			"credential status new --issuer {BOARD} --issuer-key {key} --list-url {} \
			 --purpose revocation --ttl 1s --out {file}",
			self.server.url()
		);
		self.scene.does(&new).await;
	}

	fn list(&self, file: &str) -> String {
		fs::read_to_string(self.scene.directory.path().join(file)).unwrap()
	}

	/// Publishes the list as the board has signed it.
	fn publish(&self) {
		self.server.publish(self.list(LIST));
	}

	/// The line with which an oracle of this key runs.
	fn configured(&self, name: &str) -> String {
		self.scene.file(
			&format!("{name}.toml"),
			&format!(
				"account = \"//{name}\"\nnode = \"{}\"\ninterval = \"5s\"\n\
				 [[issuer]]\ndid = \"{BOARD}\"\nregistry = 0\nkeys = [\"board.key.pub\"]\n\
				 [[credential]]\npractitioner = \"//Dave\"\nnumber = {}\nissuer = \"{BOARD}\"\n\
				 status = [{{ purpose = \"revocation\", list = \"{}\", index = {INDEX} }}]\n",
				self.scene.node.url(),
				self.licence,
				self.server.url(),
			),
		);
		format!("--config {name}.toml")
	}

	fn oracle(&self, name: &str) -> Service {
		let line = format!("oracle run {}", self.configured(name));
		Service::start(name, &line, self.scene.directory.path())
	}

	/// Waits until the physician's highest level is this one.
	async fn level_becomes(&self, level: &str, limit: Duration) {
		wait::for_it(&format!("the level {level}"), limit, || async {
			(self.scene.level().await == level).then_some(())
		})
		.await;
	}

	/// What comes of a report that the holder of an oracle's key makes up.
	async fn forged(&self, oracle: &str, status: &str) -> Value {
		let report = format!(
			"provider oracle report --as {oracle} //Dave --id {} --status {status} --evidence 0x{}",
			self.licence,
			"66".repeat(32),
		);
		self.scene.does(&report).await["decided"].clone()
	}
}

/// Waits for an event of an oracle.
async fn tells(oracle: &Service, kind: &str, is: impl Fn(&Value) -> bool) -> Value {
	wait::for_it(kind, PATIENCE, || async { oracle.events_of(kind).into_iter().find(&is) }).await
}

/// Ends an oracle, which does so cleanly.
async fn end(oracle: Service) {
	let (code, events) = oracle.end().await;
	assert_eq!(code, Some(0), "{events:?}");
	assert_eq!(events.last().unwrap()["event"], "stopped");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_its_board_revokes_is_refused_within_a_minute() {
	let watch = Watch::new().await;
	let scene = &watch.scene;
	let check = scene.does(&format!("oracle check {}", watch.configured("Oracle1"))).await;
	assert_eq!(check["credentials"][0]["status"], "good");
	assert_eq!(check["credentials"][0]["action"], "report");

	// One oracle alone is no check.
	let first = watch.oracle("Oracle1");
	let reported = tells(&first, "reported", |_| true).await;
	assert_eq!((&reported["status"], &reported["decided"]), (&"good".into(), &false.into()));
	opens(&reported);
	assert_eq!(reported["opening"]["places"], check["credentials"][0]["places"]);
	assert_eq!(scene.level().await, "attested");
	scene.is_denied(&watch.ask, "CheckMissing").await;

	let second = watch.oracle("Oracle2");
	watch.level_becomes("verified", PATIENCE).await;
	scene.is_granted("//Dave").await;
	let known = scene.does(&format!("oracle check {}", watch.configured("Oracle1"))).await;
	assert_eq!(known["credentials"][0]["action"], "nothing: the chain has it");

	let revoke = format!("credential status revoke {LIST} --issuer-key board.key --index {INDEX}");
	scene.does(&revoke).await;
	watch.publish();
	let published = Instant::now();
	// Without a licence the physician is merely enrolled.
	watch.level_becomes("enrolled", MINUTE).await;
	scene.is_denied(&watch.ask, "CredentialRevoked").await;
	let took = published.elapsed();
	assert!(took <= MINUTE, "it took {took:?}");
	hdx_tests::report::say(format!("a revocation took hold in {:.1} s", took.as_secs_f64()));

	// Nor does one who lies bring it back, nor the board by forgetting it.
	assert_eq!(watch.forged("//Oracle1", "good").await, Value::Null);
	scene.is_denied(&watch.ask, "CredentialRevoked").await;
	end(first).await;
	end(second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_broken_is_reported_by_nobody_and_the_check_goes_stale() {
	let watch = Watch::new().await;
	let scene = &watch.scene;
	scene.terms("40s").await;
	let oracles = [watch.oracle("Oracle1"), watch.oracle("Oracle2")];
	watch.level_becomes("verified", PATIENCE).await;

	let good = watch.list(LIST);
	watch.new_list("thief.key", "stolen.jwt").await;
	let (content, _) = good.rsplit_once('.').unwrap();
	let stolen = watch.list("stolen.jwt");
	let (_, signature) = stolen.rsplit_once('.').unwrap();
	let broken = [
		(Some(good[..good.len() / 2].to_owned()), "status list is refused"),
		(Some(format!("{content}.{signature}")), "signature"),
		(Some(stolen.clone()), "is not known"),
		(Some("a".repeat(5 * 1024 * 1024)), "more than 4194304 bytes"),
		(None, "status 503"),
	];
	let mut reports = Vec::new();
	for (list, reason) in broken {
		match list {
			Some(list) => watch.server.publish(list),
			None => watch.server.fail(503),
		}
		for oracle in &oracles {
			let is = |event: &Value| event["reason"].as_str().unwrap().contains(reason);
			tells(oracle, "list-refused", is).await;
		}
		// What was fetched before it broke may have been reported until here.
		if reports.is_empty() {
			reports.extend(oracles.iter().map(|oracle| oracle.events_of("reported").len()));
		}
	}
	watch.level_becomes("attested", PATIENCE).await;
	scene.is_denied(&watch.ask, "CheckStale").await;
	let checked = scene.run(&format!("oracle check {}", watch.configured("Oracle1"))).await;
	assert_eq!(checked.code, Some(1), "{checked}");
	assert!(checked.stdout.contains("status 503"), "{checked}");
	// One who reports without having seen anything is alone with it.
	assert_eq!(watch.forged("//Oracle1", "good").await, Value::Null);
	scene.is_denied(&watch.ask, "CheckStale").await;
	let now: Vec<_> = oracles.iter().map(|oracle| oracle.events_of("reported").len()).collect();
	assert_eq!(now, reports);

	watch.publish();
	watch.level_becomes("verified", PATIENCE).await;
	for oracle in oracles {
		tells(&oracle, "list-back", |_| true).await;
		end(oracle).await;
	}
}
