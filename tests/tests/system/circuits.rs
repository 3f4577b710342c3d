//! The life of a circuit on a real chain, with `hdx`: its key made, registered, attested and activated, proofs of it
//! believed or refused by the node's WebAssembly and its host functions, and its suspension.

use crate::scene::{Scene, REFUSED, USAGE};
use ark_std::rand::{rngs::StdRng, SeedableRng};
use hdx_tests::{
	client::{self, Run},
	network::Network,
};
use hdx_zk_circuits::{examples::rehearse, prove::PROOF_BYTES, AnyCircuit, Binding, Context};
use serde_json::{json, Value};
use std::{fs, path::Path};

/// Where the keys of the test are.
const KEY: &str = "keys/consent_grant.development.vk";
/// How a proof is verified without a node.
const HERE: &str = "--key keys/consent_grant.development.vk";
/// How the chain is asked.
const ON_CHAIN: &str = "--on-chain --version 1";

/// A proof, and what it is about.
#[derive(Clone)]
struct Proven {
	proof: [u8; PROOF_BYTES],
	inputs: Vec<[u8; 32]>,
}

impl Proven {
	/// That a made-up patient gave a made-up consent, with the proving key that `hdx` wrote.
	fn new(directory: &Path) -> Self {
		let key = fs::read(directory.join("keys/consent_grant.development.pk")).unwrap();
		let circuit = AnyCircuit::ConsentGrant;
		let (genesis, signer, request) = ([1; 32], [2; 32], [3; 32]);
		let number = circuit.number();
		let context =
			Context::new(&Binding { genesis, circuit: number, version: 1, signer, request });
		let rehearsal = rehearse(circuit, &key, context).unwrap();
		let proof = rehearsal.prove(&mut StdRng::seed_from_u64(7)).unwrap().to_bytes();
		Self { proof, inputs: rehearsal.inputs() }
	}

	/// The same with another proof.
	fn with(&self, change: impl FnOnce(&mut [u8; PROOF_BYTES])) -> Self {
		let mut changed = self.clone();
		change(&mut changed.proof);
		changed
	}

	/// The same proof about other inputs.
	fn about(&self, inputs: &[[u8; 32]]) -> Self {
		Self { inputs: inputs.to_vec(), ..self.clone() }
	}

	/// The line that verifies it.
	fn verify(&self, scene: &Scene, how: &str) -> String {
		fs::write(scene.directory.path().join("proof.bin"), self.proof).unwrap();
		let mut line = format!("zk verify --circuit consent_grant {how} --proof proof.bin");
		for input in &self.inputs {
			line += &format!(" --input 0x{}", hex::encode(input));
		}
		line
	}
}

impl Scene {
	/// The chain believes a proof, and so does `hdx`.
	async fn believes(&self, proven: &Proven) {
		for how in [HERE, ON_CHAIN] {
			assert_eq!(self.does(&proven.verify(self, how)).await["holds"], true);
		}
	}

	/// The chain does not believe a proof, and says why; `hdx` says the same.
	async fn disbelieves(&self, proven: &Proven, refusal: &str) {
		for how in [HERE, ON_CHAIN] {
			self.is_refused(&proven.verify(self, how), refusal).await;
		}
	}

	/// The chain refuses every proof.
	async fn chain_refuses(&self, proven: &Proven, refusal: &str) {
		self.is_refused(&proven.verify(self, ON_CHAIN), refusal).await;
	}

	/// What a verb that never asked the chain, or was not let by `hdx`, says.
	async fn is_stopped(&self, line: &str, code: &str) {
		assert_eq!(self.fails(line, REFUSED).await["code"], code, "{line}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circuit_is_attested_activated_proven_and_suspended() {
	let scene = Scene::new();
	a_third_institution(&scene).await;
	let proven = keys_and_a_proof(&scene).await;
	its_key_is_registered(&scene, &proven).await;
	three_institutions_attest_it(&scene, &proven).await;

	let active = scene.does("zk activate consent_grant --version 1 --as //Ferdie").await;
	assert_eq!(active["attested"], 3);
	scene.is_refused("zk activate 0 --version 1 --as //Ferdie", "AlreadyActive").await;
	scene.believes(&proven).await;
	what_is_wrong_is_refused(&scene, &proven).await;

	// Whatever it was given, it is up, and what holds is still believed.
	let rpc = scene.node.rpc().await;
	let now = rpc.finalized().await;
	rpc.wait_for_finality(now + 2).await;
	scene.believes(&proven).await;

	// One of the three takes its word back, and gives it again.
	let withdraw = "zk withdraw consent_grant --version 1 --as //Alice";
	let withdrawn = scene.does(withdraw).await;
	assert_eq!((&withdrawn["institution"], &withdrawn["suspended"]), (&0.into(), &true.into()));
	scene.chain_refuses(&proven, "CircuitNotActive").await;
	scene.is_refused(withdraw, "NotAttested").await;
	let attest = "zk attest consent_grant --version 1 --transcript transcript --as //Alice --key";
	scene.does(&format!("{attest} {KEY}")).await;
	scene.does("zk activate consent_grant --version 1 --as //Ferdie").await;

	let by_an_operator = "zk suspend consent_grant --version 1 --as //Alice";
	scene.is_stopped(by_an_operator, "governance-decides").await;
	scene.does("zk suspend consent_grant --version 1 --as //Ferdie").await;
	scene.chain_refuses(&proven, "CircuitNotActive").await;
	scene.is_refused("zk suspend 0 --version 1 --as //Ferdie", "NotActive").await;
	assert_eq!(listed(&scene).await["status"], "suspended");
	// Nobody has attested it since.
	scene.is_refused("zk activate 0 --version 1 --as //Ferdie", "NotEnoughAttestations").await;
}

pub async fn a_third_institution(scene: &Scene) {
	fs::write(scene.directory.path().join("profile.json"), "{}").unwrap();
	let registered = scene
		.does(
			"provider register-institution --as //Ferdie --operator //Charlie --kind hospital \
			 --profile profile.json",
		)
		.await;
	assert_eq!(registered["institution"], 2);
}

/// The version that the test is about, as `hdx` lists it.
async fn listed(scene: &Scene) -> Value {
	let listed = scene.does("zk list").await;
	assert_eq!(listed["acceptsDevelopmentKeys"], true);
	assert_eq!(listed["circuits"].as_array().unwrap().len(), 1);
	listed["circuits"][0].clone()
}

async fn keys_and_a_proof(scene: &Scene) -> Proven {
	let none = scene.does("zk list").await;
	assert_eq!((&none["circuits"], &none["neededAttestations"]), (&json!([]), &json!(3)));

	let made = scene.does("zk setup-dev consent_grant --out keys").await;
	assert_eq!(made["verifyingKey"]["path"], KEY);
	assert!(made["warning"].as_str().unwrap().contains("can prove what is false"), "{made}");
	scene.is_stopped("zk setup-dev consent_grant --out keys", "exists").await;
	scene.does("zk setup-dev consent_grant --out other").await;

	let proven = Proven::new(scene.directory.path());
	let here = scene.does(&proven.verify(scene, HERE)).await;
	assert_eq!(here["key"], made["verifyingKey"]["digest"]);
	scene.chain_refuses(&proven, "CircuitUnknown").await;
	proven
}

async fn its_key_is_registered(scene: &Scene, proven: &Proven) {
	let directory = scene.directory.path();
	fs::write(directory.join("transcript"), "what the parties published").unwrap();
	let register = |circuit: &str, key: &str, by: &str| {
		format!("zk register {circuit} --version 1 --key {key} --transcript transcript --as {by}")
	};
	let register_own = register("consent_grant", KEY, "//Ferdie");
	scene.is_stopped(&register("break_glass", KEY, "//Ferdie"), "other-circuit").await;
	let proving_key = register("consent_grant", "keys/consent_grant.development.pk", "//Ferdie");
	scene.is_stopped(&proving_key, "circuit-key").await;
	let mut damaged = fs::read(directory.join(KEY)).unwrap();
	damaged[100] ^= 1;
	fs::write(directory.join("damaged.vk"), damaged).unwrap();
	let damaged = register("consent_grant", "damaged.vk", "//Ferdie");
	scene.is_stopped(&damaged, "circuit-key").await;
	let by_an_operator = register("consent_grant", KEY, "//Alice");
	scene.is_stopped(&by_an_operator, "governance-decides").await;

	scene.does(&register_own).await;
	scene.is_refused(&register_own, "AlreadyRegistered").await;
	let found = listed(scene).await;
	assert_eq!((&found["circuit"], &found["number"]), (&json!("consent_grant"), &json!(0)));
	assert_eq!((&found["version"], &found["status"]), (&json!(1), &json!("registered")));
	assert_eq!((&found["keyOrigin"], &found["inputs"]), (&json!("development"), &json!(2)));
	assert_eq!(found["relationIsKnown"], true);
	assert!(found["constraints"].as_u64().unwrap() > 0);
	scene.chain_refuses(proven, "CircuitNotActive").await;
}

async fn three_institutions_attest_it(scene: &Scene, proven: &Proven) {
	let activate = "zk activate consent_grant --version 1 --as //Ferdie";
	let attest = |key: &str, transcript: &str, by: &str| {
		format!(
			"zk attest consent_grant --version 1 --key {key} --transcript {transcript} --as {by}"
		)
	};
	let other_key = attest("other/consent_grant.development.vk", "transcript", "//Alice");
	scene.is_stopped(&other_key, "other-key").await;
	let other_transcript = format!("0x{}", "07".repeat(32));
	scene.is_stopped(&attest(KEY, &other_transcript, "//Alice"), "other-transcript").await;
	let run = scene.run(&attest(KEY, "0x07", "//Alice")).await;
	run.expect_error(USAGE, &["64 hexadecimal digits"]);

	let transcript = listed(scene).await["transcript"].as_str().unwrap().to_owned();
	for (institution, by) in ["//Alice", "//Bob", "//Charlie"].into_iter().enumerate() {
		scene.is_refused(activate, "NotEnoughAttestations").await;
		scene.chain_refuses(proven, "CircuitNotActive").await;
		let attested = scene.does(&attest(KEY, "transcript", by)).await;
		assert_eq!(attested["institution"], institution);
	}
	scene.is_refused(&attest(KEY, &transcript, "//Bob"), "AlreadyAttested").await;
	let found = listed(scene).await;
	assert_eq!((&found["attested"], &found["needed"]), (&json!(3), &json!(3)));
	let by = json!([
		{ "institution": 0, "active": true },
		{ "institution": 1, "active": true },
		{ "institution": 2, "active": true },
	]);
	assert_eq!(found["attestations"], by);
}

/// Each check of a proof, where the node makes it, with its own reason.
async fn what_is_wrong_is_refused(scene: &Scene, proven: &Proven) {
	let [leaf, context] = proven.inputs[..] else { panic!("{}", proven.inputs.len()) };

	// The lowest bit of a coordinate, and the bit that says that a point is compressed.
	for byte in [95, 287, 383] {
		let changed = proven.with(|proof| proof[byte] ^= 1);
		scene.disbelieves(&changed, "PointOffCurve").await;
	}
	scene.disbelieves(&proven.with(|proof| proof[0] ^= 0x80), "PointMalformed").await;
	for (from, until) in [(0, 96), (96, 288), (288, 384)] {
		let changed = proven.with(|proof| {
			proof[from..until].fill(0);
			proof[from] = 0x40;
		});
		scene.disbelieves(&changed, "PointAtInfinity").await;
	}
	// (0, 2) is on the curve, and three times it is nothing.
	let small = proven.with(|proof| {
		proof[..96].fill(0);
		proof[95] = 2;
	});
	scene.disbelieves(&small, "PointOutsideSubgroup").await;
	let swapped = proven.with(|proof| {
		let (a, c) = (proof[..96].to_vec(), proof[288..].to_vec());
		proof[..96].copy_from_slice(&c);
		proof[288..].copy_from_slice(&a);
	});
	scene.disbelieves(&swapped, "NotProven").await;

	scene.disbelieves(&proven.about(&[]), "WrongArity").await;
	scene.disbelieves(&proven.about(&[leaf]), "WrongArity").await;
	scene.disbelieves(&proven.about(&[leaf, context, [0; 32]]), "WrongArity").await;
	scene.disbelieves(&proven.about(&[leaf, order()]), "InputTooLarge").await;
	scene.disbelieves(&proven.about(&[[0xff; 32], context]), "InputTooLarge").await;
	scene.disbelieves(&proven.about(&[leaf, leaf]), "NotProven").await;
	scene.disbelieves(&proven.about(&[context, leaf]), "NotProven").await;

	let other_version = proven.verify(scene, "--on-chain --version 2");
	scene.is_refused(&other_version, "CircuitUnknown").await;
	let other_key = proven.verify(scene, "--key other/consent_grant.development.vk");
	scene.is_refused(&other_key, "NotProven").await;
}

/// The order of the field: what is zero there, were it reduced.
fn order() -> [u8; 32] {
	let digits = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";
	let mut order: [u8; 32] = hex::decode(digits).unwrap().try_into().unwrap();
	order.reverse();
	order
}

/// `hdx` in a directory, at a node.
async fn run(directory: &Path, url: &str, line: &str) -> Run {
	let mut command = client::command(line.split_whitespace());
	command.args(["--json", "--url", url]).current_dir(directory);
	client::run(command).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_development_key_fails_on_a_chain_for_production() {
	let network = Network::start(1).await;
	let url = network.node(0).url();
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let list = run(directory, &url, "zk list").await;
	list.expect_success();
	let listed: Value = serde_json::from_str(&list.stdout).unwrap();
	assert_eq!(listed["acceptsDevelopmentKeys"], false);

	run(directory, &url, "zk setup-dev consent_grant --out keys").await.expect_success();
	fs::write(directory.join("transcript"), "none").unwrap();
	let register = format!(
		"zk register consent_grant --version 1 --key {KEY} --transcript transcript --as //Alice"
	);
	run(directory, &url, &register)
		.await
		.expect_error(REFUSED, &["development-key", "can prove what is false"]);

	// Nor is it measured with such keys.
	run(directory, &url, "zk bench --in-runtime --circuit consent_grant --rounds 1")
		.await
		.expect_error(REFUSED, &["unfit-chain", "takes no development keys"]);
	let list = run(directory, &url, "zk list").await;
	let listed: Value = serde_json::from_str(&list.stdout).unwrap();
	assert_eq!(listed["circuits"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circuit_is_measured_without_a_node() {
	let directory = tempfile::tempdir().unwrap();
	let line = "zk bench --circuit consent_grant --rounds 2";
	let measured = run(directory.path(), "ws://127.0.0.1:1", line).await;
	measured.expect_success();
	let measured: Value = serde_json::from_str(&measured.stdout).unwrap();
	let times = &measured["circuits"][0];
	assert_eq!((&times["circuit"], &measured["rounds"]), (&json!("consent_grant"), &json!(2)));
	for what in ["constraints", "proveMs", "verifyMs", "provingKeyBytes", "verifyingKeyBytes"] {
		assert!(times[what].as_f64().unwrap() > 0.0, "{what}: {times}");
	}
	// No chain was asked.
	assert!(times["inRuntimeMs"].is_null() && times["version"].is_null(), "{times}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_runtime_is_measured_under_versions_of_its_own() {
	let scene = Scene::new();
	let line = "zk bench --in-runtime --circuit consent_grant --rounds 1";
	// Found before anything is sent.
	for (signers, why) in [
		("--as //Alice", "sudo key"),
		(
			"--attest-as //Alice --attest-as //Bob",
			"3 institutions have to attest a key, and 2 would",
		),
	] {
		let error = scene.fails(&format!("{line} {signers}"), REFUSED).await;
		assert_eq!(error["code"], "unfit-chain", "{error}");
		assert!(error["message"].as_str().unwrap().contains(why), "{error}");
	}
	assert_eq!(scene.does("zk list").await["circuits"], json!([]));

	for version in 1..=2 {
		let measured = scene.does(line).await;
		let times = &measured["circuits"][0];
		assert_eq!(
			(&times["circuit"], &times["version"]),
			(&json!("consent_grant"), &json!(version))
		);
		for what in [
			"constraints",
			"inputs",
			"proveMs",
			"verifyMs",
			"inRuntimeMs",
			"toNative",
			"batchEachMs",
			"batchToSingle",
		] {
			assert!(times[what].as_f64().unwrap_or_default() > 0.0, "{what}: {times}");
		}
	}
	let listed = scene.does("zk list").await;
	let found: Vec<_> = listed["circuits"].as_array().unwrap().iter().collect();
	let standing = |place: usize| (&found[place]["version"], &found[place]["status"]);
	assert_eq!(found.len(), 2);
	assert_eq!(standing(0), (&json!(1), &json!("active")));
	assert_eq!(standing(1), (&json!(2), &json!("active")));
}
