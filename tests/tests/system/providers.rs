//! Who is asking, and are they still allowed to practise: the life of providers on a real chain, as
//! credentialing offices, boards, oracles, practitioners and governance live it with `hdx`.

use crate::scene::{Scene, REFUSED, USAGE};
use hdx_primitives::{Commitment, Milliseconds, Period};
use hdx_sdk::chain::{Attestation, Chain, CredentialKind, Signer, Until};
use hdx_tests::wait;
use serde_json::Value;
use std::{fs, time::Duration};

/// How a physician of the clinic asks for a patient's record in an emergency, which needs the highest
/// assurance.
pub const ASK: &str = "access request --patient //Charlie --whole-record --on-behalf-of 1 \
                   --role physician --purpose ETREAT --action read";
/// How an office asks what a physician of the clinic may do.
const STATUS: &str = "provider status --institution 1 --role physician";
/// What an oracle saw.
const EVIDENCE: &str =
	"--evidence 0x0707070707070707070707070707070707070707070707070707070707070707";
/// How long a chain of two-second blocks may take to be later than a moment some blocks ahead.
const PATIENCE: Duration = Duration::from_secs(120);

impl Scene {
	/// A board that is trusted to attest licences, a patient who consents, and a physician whom the
	/// clinic enrolled.
	pub async fn with_physician() -> Self {
		let scene = Self::new();
		scene.file("board.json", r#"{"resourceType":"Organization","name":"Medical board"}"#);
		scene.file("contract.pdf", "employment");
		scene.does("key generate --encryption --out dave").await;
		let registered = scene
			.does(
				"provider issuer register --as //Ferdie --account //Board --kind licence \
				 --profile board.json",
			)
			.await;
		assert_eq!(registered["issuer"], 0);
		scene
			.does(
				"provider enrol --as //Bob --practitioner //Dave --role physician \
				 --taxonomy 207R00000X --kind employment --credential contract.pdf \
				 --valid-until 2099-12-31 --key-agreement dave.pub",
			)
			.await;
		scene.does("patient sponsor --as //Alice //Charlie").await;
		let consent = scene.signed("consent.pdf");
		scene.does(&format!("consent grant --as //Charlie --organisation 1 --purpose TREAT --purpose ETREAT {consent}")).await;
		scene
	}

	/// Two oracles who have to agree, and the second key of the physician.
	pub async fn with_oracles(&self) {
		for oracle in ["//Oracle1", "//Oracle2"] {
			self.does(&format!("provider oracle register --as //Ferdie --account {oracle}")).await;
		}
		self.terms("1d").await;
		self.does("provider second-key register --as //Dave --key //Phone").await;
	}

	/// Sets for how long a check counts.
	pub async fn terms(&self, ttl: &str) {
		let terms = format!(
			"provider oracle terms --as //Ferdie --quorum 2 --ttl {ttl} --report-lifetime 1h \
			 --max-misbehaviour 3"
		);
		self.does(&terms).await;
	}

	/// Writes a file.
	pub fn file(&self, name: &str, content: &str) {
		fs::write(self.directory.path().join(name), content).unwrap();
	}

	/// Attests the physician's licence; gives its number.
	pub async fn licensed(&self, name: &str, until: &str) -> u64 {
		self.file(name, name);
		let attest = format!(
			"provider attest --as //Board //Dave --kind licence --credential {name} \
			 --valid-until {until}"
		);
		self.does(&attest).await["credential"].as_u64().unwrap()
	}

	/// What comes of an oracle's report.
	pub async fn reported(&self, oracle: &str, credential: u64, status: &str) -> Value {
		let report = format!(
			"provider oracle report --as {oracle} //Dave --id {credential} --status {status} {EVIDENCE}"
		);
		self.does(&report).await["decided"].clone()
	}

	/// The highest level at which the physician may act for the clinic.
	pub async fn level(&self) -> Value {
		self.does(&format!("{STATUS} //Dave")).await["level"].clone()
	}

	/// Asking is denied for this reason, and the log says the same.
	pub async fn is_denied(&self, ask: &str, reason: &str) {
		let run = self.run(ask).await;
		assert_eq!(run.code, Some(REFUSED), "{run}");
		let answer: Value = serde_json::from_str(&run.stdout).unwrap();
		assert_eq!(answer["reason"], reason, "{run}");
		let entry = self.does(&format!("audit show {}", answer["entry"])).await;
		assert_eq!(entry["action"], "AccessDecided");
		assert_eq!((&entry["outcome"], &entry["reason"]), (&"denied".into(), &reason.into()));
	}

	/// Asking with the second key succeeds.
	pub async fn is_granted(&self, practitioner: &str) {
		let answer = self.does(&format!("{ASK} --as {practitioner} --second-key //Phone")).await;
		assert_eq!(answer["granted"], true);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_physician_is_trusted_step_by_step_and_each_lapse_is_refused_for_its_own_reason() {
	let scene = Scene::with_physician().await;
	scene.with_oracles().await;
	let ask = format!("{ASK} --as //Dave");
	assert_eq!(scene.level().await, "enrolled");
	scene.is_denied(&ask, "LicenceMissing").await;

	let licence = scene.licensed("licence.pdf", "2099-12-31").await;
	assert_eq!(scene.level().await, "attested");
	scene.is_denied(&ask, "CheckMissing").await;

	// Neither a stranger's report nor that of one oracle alone is a check.
	let report = format!("--id {licence} --status good {EVIDENCE}");
	scene
		.is_refused(&format!("provider oracle report --as //Alice //Dave {report}"), "NotAnOracle")
		.await;
	assert_eq!(scene.reported("//Oracle1", licence, "good").await, Value::Null);
	scene.is_denied(&format!("{ask} --second-key //Phone"), "CheckMissing").await;
	assert_eq!(scene.reported("//Oracle2", licence, "good").await, "good");
	assert_eq!(scene.level().await, "verified");

	scene.is_denied(&ask, "SecondFactorMissing").await;
	scene.is_denied(&format!("{ask} --second-key //Thief"), "SecondFactorInvalid").await;
	scene.is_granted("//Dave").await;

	scene.does("provider suspend-institution --as //Ferdie 1 --reason investigation").await;
	scene.is_denied(&ask, "InstitutionSuspended").await;
	let clinic = scene.does("provider institution 1").await;
	assert_eq!((&clinic["stands"], &clinic["suspended"]), (&false.into(), &"investigation".into()));
	scene.does("provider reinstate-institution --as //Ferdie 1").await;

	scene.does("provider issuer kinds --as //Ferdie 0 --none").await;
	scene.is_denied(&ask, "IssuerNotTrusted").await;
	let verify = "provider verify --document licence.pdf --salt licence.pdf.salt";
	scene.run(verify).await.expect_error(USAGE, &["usage", "issuer:0"]);
	let verify = scene.run(&format!("{verify} --issuer issuer:0")).await;
	assert_eq!(verify.code, Some(REFUSED), "{verify}");
	assert!(verify.stdout.contains("IssuerNotTrusted"), "{verify}");
	scene.does("provider issuer kinds --as //Ferdie 0 --kind licence").await;

	// The check is some blocks old.
	scene.terms("1s").await;
	scene.is_denied(&ask, "CheckStale").await;
	scene.terms("1d").await;
	scene.is_granted("//Dave").await;

	let alone = "provider rotate --as //Dave //Dave --new //Dave2 --same-key-agreement";
	scene.is_refused(alone, "SecondFactorMissing").await;
	scene.does(&format!("{alone} --second-key //Phone")).await;
	scene.is_denied(&ask, "KeyRotated").await;
	scene.is_granted("//Dave2").await;
	let old = scene.does(&format!("{STATUS} //Dave")).await;
	assert_eq!(old["enrolled"]["reason"], "KeyRotated");
	assert!(old["successor"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_expires_or_is_found_revoked_is_refused_without_anybodys_doing() {
	let scene = Scene::with_physician().await;
	scene.with_oracles().await;
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let level = "access require-level --as //Ferdie --purpose TREAT --action read --level attested";
	assert_eq!(scene.does(level).await["level"], "attested");
	let ask = format!("{} --as //Dave", ASK.replace("ETREAT", "TREAT"));

	short_licence(&scene, &chain, &ask).await;
	scene.is_denied(&ask, "CredentialExpired").await;

	let licence = scene.licensed("licence.pdf", "2099-12-31").await;
	let before = scene.does(&ask).await;
	assert_eq!(before["granted"], true);
	for (oracle, decided) in [("//Oracle1", Value::Null), ("//Oracle2", "revoked".into())] {
		assert_eq!(scene.reported(oracle, licence, "revoked").await, decided);
	}
	scene.is_denied(&ask, "CredentialRevoked").await;
	let block = scene.does(&format!("audit show {}", before["entry"])).await["block"].clone();
	let then = scene.does(&format!("{STATUS} //Dave --at-block {block}")).await;
	assert_eq!(then["level"], "attested");
}

/// Attests a licence that ends within seconds, and waits until the chain's clock is past its end.
async fn short_licence(scene: &Scene, chain: &Chain, ask: &str) {
	let end = chain.now().await.unwrap().saturating_add(Milliseconds(20_000));
	let attestation = Attestation {
		kind: CredentialKind::Licence,
		commitment: Commitment([9; 32]),
		valid: Period { start: None, end: Some(end) },
	};
	let signer = |name| Signer::read(name).unwrap();
	let (board, dave) = (signer("//Board"), signer("//Dave").account());
	chain.attest_credential(&board, dave, attestation, Until::Finalized).await.unwrap();
	assert_eq!(scene.does(ask).await["granted"], true);
	wait::for_it("the end of a licence", PATIENCE, || async {
		(chain.now().await.unwrap() >= end).then_some(())
	})
	.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn governance_and_institutions_suspend_transfer_and_hear_appeals() {
	let scene = Scene::with_physician().await;
	careers(&scene).await;
	suspensions(&scene).await;
	accreditations(&scene).await;
	second_keys(&scene).await;
	closures(&scene).await;
}

/// From one institution to another.
async fn careers(scene: &Scene) {
	scene.does("provider affiliate --as //Alice //Dave").await;
	let members = scene.does("provider members 0 --at-block finalized").await;
	assert_eq!(members["members"].as_array().unwrap().len(), 1);
	scene.is_refused("provider leave --as //Dave //Dave --institution 1", "CannotLeaveHome").await;
	scene.does("provider leave --as //Dave //Dave --institution 0").await;
	assert_eq!(scene.does("provider members 0").await["members"], Value::Array(vec![]));

	scene.does("provider transfer offer --as //Bob //Dave --to 0").await;
	let status = scene.does(&format!("{STATUS} //Dave")).await;
	assert_eq!(status["offeredTo"], 0);
	scene.does("provider transfer withdraw --as //Dave //Dave").await;
	scene.file("new-contract.pdf", "employment at the hospital");
	let accept = "provider transfer accept --as //Alice //Dave --credential new-contract.pdf \
	              --valid-until 2099-12-31";
	scene.is_refused(accept, "NoTransferOffered").await;
	scene.does("provider transfer offer --as //Bob //Dave --to 0").await;
	assert_eq!(scene.does(accept).await["institution"], 0);
	let dave = scene.does("provider show //Dave").await;
	assert_eq!(dave["enrolledBy"], 0);
	assert_eq!(dave["credentials"].as_array().unwrap().last().unwrap()["issuer"], "institution:0");
	scene.does("provider affiliate --as //Bob //Dave").await;
}

/// Suspended by governance, and heard.
async fn suspensions(scene: &Scene) {
	let ask = format!("{} --as //Dave", ASK.replace("ETREAT", "TREAT"));
	scene.file("statement.pdf", "It was somebody else.");
	let appeal = "provider appeal --as //Dave --statement statement.pdf";
	scene.is_refused(appeal, "NotSuspended").await;
	scene
		.does("provider suspend --as //Ferdie //Dave --reason fitness-to-practise --governance")
		.await;
	scene.is_denied(&ask, "PractitionerSuspended").await;
	scene.is_refused("provider reinstate --as //Alice //Dave", "HeldByGovernance").await;
	assert_eq!(scene.does(appeal).await["appeal"], 0);
	scene.is_refused("provider withdraw-appeal --as //Alice 0", "NotYourAppeal").await;
	scene.does("provider withdraw-appeal --as //Dave 0").await;
	assert_eq!(scene.does("provider appeals").await["appeals"], Value::Array(vec![]));
	scene.file("statement.pdf", "It was somebody else, and here is who.");
	fs::remove_file(scene.directory.path().join("statement.pdf.salt")).unwrap();
	assert_eq!(scene.does(appeal).await["appeal"], 1);
	let status = scene.does(&format!("{STATUS} //Dave")).await;
	assert_eq!(
		(&status["suspended"], &status["appeal"]),
		(&"fitness-to-practise".into(), &1.into())
	);
	assert!(status["appealFiledAt"].is_string());
	let open = scene.does("provider appeals").await;
	assert_eq!(open["appeals"][0]["appeal"], 1);
	scene
		.is_refused("provider decide-appeal 0 --outcome upheld --as //Ferdie", "AppealUnknown")
		.await;
	let decide = "provider decide-appeal 1 --outcome upheld";
	let run = scene.run(&format!("{decide} --as //Alice")).await;
	run.expect_error(REFUSED, &["governance-decides", "referendum"]);
	scene.does(&format!("{decide} --as //Ferdie")).await;
	assert_eq!(scene.does(&ask).await["granted"], true);
}

/// What a kind of institution needs, and has.
async fn accreditations(scene: &Scene) {
	let ask = format!("{} --as //Dave", ASK.replace("ETREAT", "TREAT"));
	let scheme = "--scheme urn:jci|hospital";
	let require = "provider require-accreditation --as //Ferdie --kind hospital";
	scene.does(&format!("{require} {scheme} --level 2")).await;
	scene.is_denied(&ask, "AccreditationMissing").await;
	for institution in [0, 1] {
		let accredit = format!(
			"--as //Ferdie --institution {institution} {scheme} --level 2 --valid-until 2099-12-31"
		);
		scene.does(&format!("provider accredit {accredit}")).await;
		let again = format!("provider accredit {accredit}");
		scene.is_refused(&again, "AlreadyAccredited").await;
	}
	assert_eq!(scene.does(&ask).await["granted"], true);
	let set = format!("provider set-accreditation --as //Ferdie --institution 1 {scheme}");
	scene.does(&format!("{set} --status revoked")).await;
	let clinic = scene.does("provider institution 1").await;
	assert_eq!(clinic["accreditations"][0]["status"], "revoked");
	assert_eq!(clinic["reason"], "AccreditationMissing");
	scene.does(&format!("{require} --none")).await;
	assert_eq!(scene.does("provider institution 1").await["stands"], true);
}

/// A second key that is replaced, and one that is lost.
async fn second_keys(scene: &Scene) {
	let replace = "provider second-key replace --as //Dave --key //Phone2";
	scene.is_refused(&format!("{replace} --old //Phone"), "NoSecondKey").await;
	scene.does("provider second-key register --as //Dave --key //Phone").await;
	scene.is_refused(&format!("{replace} --old //Thief"), "SecondFactorInvalid").await;
	scene.does(&format!("{replace} --old //Phone")).await;
	let reset = "provider second-key reset //Dave --key //Phone3";
	scene.is_refused(&format!("{reset} --as //Bob"), "NotEnrolledByYou").await;
	let done = scene.does(&format!("{reset} --as //Alice")).await;
	let status = scene.does(&format!("{STATUS} //Dave")).await;
	assert_eq!(status["secondKey"], done["secondKey"]);
}

/// A home that closes, and an operator whose key is stolen.
async fn closures(scene: &Scene) {
	let agree = "provider agree take-over --as //Dave --to 1 --out agreement.json";
	scene.does(agree).await;
	scene.file("taken-over.pdf", "employment at the clinic");
	let take_over = "provider take-over --as //Bob //Dave --agreement agreement.json \
	                 --credential taken-over.pdf --valid-until 2099-12-31";
	scene.is_refused(take_over, "HomeNotClosed").await;
	scene.does("provider close-institution --as //Ferdie 0").await;
	assert_eq!(scene.does("provider institution 0").await["closed"], true);
	assert_eq!(scene.does(take_over).await["institution"], 1);
	assert_eq!(scene.does("provider show //Dave").await["enrolledBy"], 1);

	scene.does("provider replace-account --as //Ferdie --from //Bob --to //Bob2").await;
	let stolen = scene.fails("provider suspend --as //Bob //Dave --reason security", REFUSED).await;
	assert_eq!(stolen["code"], "not-accepted");
	scene.does("provider suspend --as //Bob2 //Dave --reason security").await;
	scene.does("provider reinstate --as //Bob2 //Dave").await;

	// The device is lost: the new one agrees, and home sends it.
	scene.does("key generate --encryption --out dave2").await;
	let agree =
		"provider agree rotate --as //Dave2 --practitioner //Dave --key-agreement dave2.pub";
	scene.does(&format!("{agree} --out rotation.json")).await;
	let rotate = "provider rotate --as //Bob2 --agreement rotation.json";
	scene.run(&format!("{rotate} //Eve")).await.expect_error(USAGE, &["usage", "agree rotate"]);
	scene.does(&format!("{rotate} //Dave")).await;
	let before = scene.does(&format!("{STATUS} //Dave")).await;
	assert_eq!(before["enrolled"]["reason"], "KeyRotated");
	let now = scene.does("provider show //Dave2").await;
	assert_eq!(now["enrolledBy"], 1);
}
