//! What becomes of a record beside being read: passed on, restricted, disputed, erased.

use crate::scene::{Scene, REFUSED};
use serde_json::{json, Value};
use std::{fs, path::PathBuf};

/// How a physician of the clinic asks for the record.
const ASK: &str = "access request --as //Dave --patient //Charlie --record 0 --on-behalf-of 1 \
                   --role physician --purpose TREAT --action read";

/// A record of one observation.
const BUNDLE: &str = r#"{
	"resourceType": "Bundle", "type": "collection", "entry": [
		{ "resource": { "resourceType": "Patient", "id": "p" } },
		{ "resource": { "resourceType": "Observation", "id": "o", "status": "final",
			"code": { "text": "Blood pressure" }, "subject": { "reference": "Patient/p" } } }
	]
}"#;

impl Scene {
	/// A physician, and a record that the hospital keeps.
	pub async fn with_record() -> Self {
		let scene = Self::with_physician().await;
		scene.file("patient.json", BUNDLE);
		let seal = "record seal --as //Alice --patient //Charlie --bundle patient.json --data data";
		assert_eq!(scene.does(seal).await["record"], 0);
		scene
	}

	/// Whether the record is granted; if not, why.
	async fn asked_for_record(&self) -> Value {
		let run = self.run(ASK).await;
		let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
		answer
	}

	async fn record(&self) -> Value {
		self.does("record show 0").await
	}

	fn blocks(&self) -> Vec<PathBuf> {
		let files = fs::read_dir(self.directory.path().join("data/blocks")).unwrap();
		let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
		paths.sort();
		paths
	}

	fn keys(&self) -> Vec<String> {
		let files = fs::read_dir(self.directory.path().join("data")).unwrap();
		let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
		names
			.filter(|name| name.starts_with("record-") || name.starts_with("disclosure-"))
			.collect()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_restricts_disputes_and_has_a_record_erased() {
	let scene = Scene::with_record().await;
	let grant = restricted(&scene).await;
	disputed(&scene).await;
	erased(&scene, grant).await;
}

/// Whatever the consents say. Gives a grant.
async fn restricted(scene: &Scene) -> u64 {
	let grant = scene.asked_for_record().await["grant"].as_u64().unwrap();
	let restrict = "record restrict --record 0 --not-for TREAT";
	scene
		.is_refused(&format!("{restrict} --as //Alice --patient //Charlie"), "MayNotRestrict")
		.await;
	scene.does(&format!("{restrict} --as //Charlie")).await;
	let listed = scene.does("record restrictions //Charlie").await;
	assert_eq!(listed["restrictions"][0]["record"], 0);
	assert_eq!(scene.asked_for_record().await["reason"], "RestrictedByPatient");
	let release = format!("record release --as //Alice --grant {grant} --record 0 --data data");
	let to = "--to dave.pub --out";
	scene.is_refused(&format!("{release} {to} first.json"), "RestrictedByPatient").await;
	scene.does("record lift-restriction --as //Charlie --record 0").await;
	scene.is_refused("record lift-restriction --as //Charlie --record 0", "NoRestriction").await;
	assert_eq!(scene.asked_for_record().await["granted"], true);
	scene.does(&format!("{release} {to} package.json")).await;
	assert_eq!(scene.keys().len(), 2);
	grant
}

async fn disputed(scene: &Scene) {
	scene.file("wrong.pdf", "That is my brother's.");
	scene.file("answer.pdf", "It is amended.");
	let dispute = "record dispute 0 --statement wrong.pdf";
	scene.is_refused(&format!("{dispute} --as //Alice"), "MayNotDispute").await;
	scene.does(&format!("{dispute} --as //Charlie")).await;
	let record = scene.record().await;
	assert!(record["dispute"]["answerDue"].is_string());
	assert_eq!(record["dispute"]["outcome"], Value::Null);
	let answer = "record answer-dispute 0 --outcome accepted --statement answer.pdf";
	scene.is_refused(&format!("{answer} --as //Bob"), "NotTheCustodian").await;
	assert_eq!(scene.does(&format!("{answer} --as //Alice")).await["late"], false);
	assert_eq!(scene.record().await["dispute"]["outcome"], "accepted");
	scene.file("again.pdf", "Nothing more is amended.");
	let again = answer.replace("answer.pdf", "again.pdf");
	scene.is_refused(&format!("{again} --as //Alice"), "DisputeClosed").await;
}

async fn erased(scene: &Scene, grant: u64) {
	scene.file("receipt.pdf", "Erased by the privacy officer, backups included.");
	scene.file("law.pdf", "Ten years, by law.");
	scene.does("record request-erasure --as //Charlie 0").await;
	let asked = scene.does("record erasures --institution 0").await;
	assert_eq!((&asked["pending"], &asked["requests"][0]["record"]), (&json!(1), &json!(0)));
	scene
		.does(
			"record refuse-erasure --as //Alice 0 --exemption legal-obligation --statement law.pdf",
		)
		.await;
	let asked = scene.does("record erasures --institution 0").await;
	assert_eq!((&asked["pending"], &asked["refused"]), (&json!(0), &json!(1)));

	let erase = "record erase 0 --data data --receipt receipt.pdf";
	scene.is_refused(&format!("{erase} --as //Bob"), "NotTheCustodian").await;
	scene.does("audit hold place --as //Ferdie --patient //Charlie --reason litigation").await;
	scene.is_refused(&format!("{erase} --as //Alice"), "LegalHold").await;
	assert_eq!(scene.keys().len(), 2, "what was refused destroys nothing");
	assert!(scene.keys().iter().all(|name| !name.ends_with(".erasing")));
	scene.does("audit hold release --as //Ferdie 0").await;

	let done = scene.does(&format!("{erase} --as //Alice")).await;
	assert_eq!(done["destroyed"], 2);
	assert_eq!(scene.keys(), Vec::<String>::new());
	let record = scene.record().await;
	assert_eq!(record["receipt"], done["receipt"]);
	assert_eq!(scene.asked_for_record().await["reason"], "RecordErased");
	let check = scene.run(&format!("access show {grant}")).await;
	check.expect_success();
	let again = scene.does(&format!("{erase} --as //Alice")).await;
	assert_eq!(again["destroyed"], 0);

	// The receipt is proven without a node, for ever.
	let entry = &done["entry"];
	let proven = scene.does(&format!("audit prove {entry} --out receipt.proof.json")).await;
	let genesis = proven["genesis"].as_str().unwrap();
	let verify = format!("audit verify receipt.proof.json --genesis {genesis}");
	let verified = scene.does(&verify).await;
	assert_eq!(verified["entry"]["action"], "RecordErased");
	assert!(verified["entry"].to_string().contains(done["receipt"].as_str().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_passes_to_another_custodian_and_its_grants_go_on() {
	let scene = Scene::with_record().await;
	let grant = scene.asked_for_record().await["grant"].as_u64().unwrap();
	scene.is_refused("record offer --as //Bob 0 --to 1", "NotTheCustodian").await;
	scene.is_refused("record offer --as //Alice 0 --to 0", "AlreadyTheCustodian").await;
	scene.does("record offer --as //Alice 0 --to 1").await;
	scene.is_refused("record offer --as //Alice 0 --to 1", "OfferOpen").await;
	scene.does("record withdraw-offer --as //Bob 0").await;
	scene.is_refused("record accept --as //Bob 0", "NoOffer").await;
	scene.does("record offer --as //Alice 0 --to 1").await;
	assert_eq!(scene.record().await["offeredTo"], 1);
	assert_eq!(scene.does("record accept --as //Bob 0").await["custodian"], 1);
	let record = scene.record().await;
	assert_eq!((&record["custodian"], &record["offeredTo"]), (&json!(1), &Value::Null));
	let release = format!("record release --grant {grant} --record 0 --data data --to dave.pub");
	let before = scene.fails(&format!("{release} --as //Alice --out no.json"), REFUSED).await;
	assert!(before["message"].as_str().unwrap().contains("institution 1"), "{before}");
	scene.does(&format!("{release} --as //Bob --out package.json")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_custodian_checks_that_all_of_it_opens_and_changes_nothing_of_it() {
	let scene = Scene::with_record().await;
	let before = (scene.record().await["commitment"].clone(), scene.keys(), scene.blocks());
	scene.does("record offer --as //Alice 0 --to 1").await;
	let accept = "record accept --as //Bob 0 --data data";
	let elsewhere = scene.directory.path().join("elsewhere");
	assert_eq!(before.2.len(), 3, "two sections and their manifest");
	for block in &before.2 {
		fs::rename(block, &elsewhere).unwrap();
		scene.run(accept).await.expect_error(REFUSED, &["is not in"]);
		fs::rename(&elsewhere, block).unwrap();
	}
	assert_eq!(scene.record().await["custodian"], 0);

	let accepted = scene.does(accept).await;
	assert_eq!((&accepted["custodian"], &accepted["sealedAnew"]), (&json!(1), &json!(false)));
	let after = (scene.record().await["commitment"].clone(), scene.keys(), scene.blocks());
	assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_custodian_seals_anew_and_the_keys_of_before_are_gone() {
	let scene = Scene::with_record().await;
	let grant = scene.asked_for_record().await["grant"].as_u64().unwrap();
	let before = scene.record().await;
	let keys = scene.keys();
	// What was handed over has to open.
	let accept = "record accept --as //Bob 0 --reseal --data";
	scene.does("record offer --as //Alice 0 --to 1").await;
	assert_eq!(scene.fails(&format!("{accept} nowhere"), REFUSED).await["code"], "no-data");
	fs::create_dir_all(scene.directory.path().join("empty/blocks")).unwrap();
	assert_eq!(scene.fails(&format!("{accept} empty"), REFUSED).await["code"], "no-data");
	assert_eq!(scene.record().await["custodian"], 0);
	// A refusal leaves the keys of before, and no others.
	scene.is_refused("record accept --as //Alice 0 --reseal --data data", "NotPartyToOffer").await;
	assert_eq!(scene.keys(), keys);

	let accepted = scene.does(&format!("{accept} data")).await;
	assert_eq!((&accepted["custodian"], &accepted["sealedAnew"]), (&json!(1), &json!(true)));
	let record = scene.record().await;
	assert_ne!(record["commitment"], before["commitment"]);
	assert_eq!(record["epoch"], json!(before["epoch"].as_u64().unwrap() + 1));
	assert_eq!(record["sections"], before["sections"]);
	assert_eq!(scene.keys().len(), 1);
	assert_ne!(scene.keys(), keys);

	let release = format!("record release --grant {grant} --record 0 --data data --to dave.pub");
	scene.does(&format!("{release} --as //Bob --out package.json")).await;
	let opened = scene.does("access redeem package.json --key dave --data data").await;
	assert_eq!(opened["withheld"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_physician_adds_to_a_record_and_every_version_goes_when_it_is_erased() {
	let scene = Scene::with_record().await;
	let ask = ASK.replace("--action read", "--action append");
	let grant = scene.does(&ask).await["grant"].as_u64().unwrap();
	let reading = scene.asked_for_record().await["grant"].as_u64().unwrap();
	let added = BUNDLE.replace(
		"\n\t]",
		r#", { "resource": { "resourceType": "Condition", "id": "c",
			"code": { "text": "Hypertension" }, "subject": { "reference": "Patient/p" } } }
	]"#,
	);
	scene.file("added.json", &added);

	let update = "record update --as //Alice 0 --data data --bundle";
	scene
		.is_refused(&format!("{update} added.json --under {reading}"), "GrantBringsNothingIn")
		.await;
	let before = scene.keys();
	scene
		.is_refused(
			&update.replace("//Alice", "//Bob").replace("--bundle", "--bundle added.json"),
			"NotTheCustodian",
		)
		.await;
	assert_eq!(scene.keys(), before, "what was refused leaves no keys");
	let updated = scene.does(&format!("{update} added.json --under {grant}")).await;
	assert_eq!((&updated["version"], &updated["epoch"]), (&json!(2), &json!(1)));
	let record = scene.record().await;
	assert_eq!((&record["version"], &record["sections"]), (&json!(2), &updated["sections"]));
	let shown = scene.does(&format!("access grant {grant}")).await;
	assert_eq!(shown["usesLeft"], 99);
	let entry = scene.does(&format!("audit show {}", updated["entry"])).await;
	assert_eq!(entry["action"], "RecordUpdated");

	// The grant to read shows what there is now.
	let release = format!("record release --as //Alice --grant {reading} --record 0 --data data");
	scene.does(&format!("{release} --to dave.pub --out package.json")).await;
	let opened = scene.does("record open package.json --key dave --data data --out opened").await;
	assert!(opened.to_string().contains("Condition"), "{opened}");

	// Out of use, and in use again.
	scene.is_refused("record retire --as //Bob 0", "NotTheCustodian").await;
	scene.does("record retire --as //Alice 0").await;
	scene.is_refused("record retire --as //Alice 0", "RecordRetired").await;
	assert!(scene.record().await["retiredSince"].is_string());
	assert_eq!(scene.asked_for_record().await["reason"], "RecordRetired");
	scene.is_refused(&format!("{release} --to dave.pub --out no.json"), "RecordRetired").await;
	scene.does("record reinstate --as //Alice 0").await;
	scene.is_refused("record reinstate --as //Alice 0", "NotRetired").await;
	assert_eq!(scene.asked_for_record().await["granted"], true);

	scene.file("receipt.pdf", "Erased, all versions.");
	let erased = scene.does("record erase --as //Alice 0 --data data --receipt receipt.pdf").await;
	assert_eq!(erased["destroyed"], 3, "the keys of two versions and a salt");
	assert_eq!(scene.keys(), Vec::<String>::new());
}
