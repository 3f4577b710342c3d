//! What patients have reviewed, what courts have kept, and what raises an alert.

use crate::scene::{Scene, REFUSED};
use serde_json::{json, Value};

/// How a physician of the clinic asks for a patient's record.
const ASK: &str = "access request --as //Dave --patient //Charlie --whole-record --on-behalf-of 1 \
                   --role physician --action read --purpose";

impl Scene {
	/// Asks for the patient's record, and gives the entry of the log.
	async fn asked(&self, purpose: &str) -> u64 {
		let run = self.run(&format!("{ASK} {purpose}")).await;
		let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
		answer["entry"].as_u64().unwrap()
	}

	async fn review(&self, entry: u64) -> Value {
		self.does(&format!("audit review show {entry}")).await
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_has_an_entry_reviewed_and_governance_has_the_last_word() {
	let scene = Scene::with_physician().await;
	scene.file("answer.pdf", "The doctor was on call.");
	scene.file("decision.pdf", "She was not.");
	let entry = scene.asked("TREAT").await;
	let request = format!("audit review request {entry} --reason not-treating");
	scene.is_refused(&format!("{request} --as //Alice"), "NotYourEntry").await;
	scene.does(&format!("{request} --as //Charlie")).await;
	scene.is_refused(&format!("{request} --as //Charlie"), "ReviewExists").await;
	let review = scene.review(entry).await;
	assert_eq!(
		(&review["status"], &review["reason"]),
		(&json!("awaiting"), &json!("not-treating"))
	);
	scene
		.is_refused(&format!("audit review escalate {entry} --as //Charlie"), "AnswerNotDue")
		.await;

	let answer = format!("audit review answer {entry} --finding justified --statement answer.pdf");
	scene.is_refused(&format!("{answer} --as //Alice"), "NotTheInstitution").await;
	assert_eq!(scene.does(&format!("{answer} --as //Bob")).await["late"], false);
	let review = scene.review(entry).await;
	assert_eq!((&review["status"], &review["answer"]["late"]), (&json!("answered"), &json!(false)));

	let decide =
		format!("audit review decide {entry} --finding violation --statement decision.pdf");
	scene.is_refused(&format!("{decide} --as //Ferdie"), "ReviewNotEscalated").await;
	scene.does(&format!("audit review escalate {entry} --as //Charlie")).await;
	let listed = scene.does("audit review list --institution 1").await;
	assert_eq!((&listed["tally"]["open"], &listed["tally"]["escalated"]), (&json!(1), &json!(1)));
	assert_eq!(listed["reviews"][0]["entry"], entry);
	scene
		.run(&format!("{decide} --as //Alice"))
		.await
		.expect_error(REFUSED, &["governance-decides"]);
	scene.does(&format!("{decide} --as //Ferdie")).await;
	let review = scene.review(entry).await;
	assert_eq!(review["status"], "decided");
	assert_eq!(review["decision"]["finding"], "violation");
	let listed = scene.does("audit review list --institution 1").await;
	assert_eq!((&listed["tally"]["open"], &listed["tally"]["violations"]), (&json!(0), &json!(1)));
	assert_eq!(listed["reviews"], json!([]));
	scene
		.is_refused(&format!("audit review withdraw {entry} --as //Charlie"), "ReviewClosed")
		.await;

	let other = scene.asked("TREAT").await;
	scene.does(&format!("audit review request {other} --reason other --as //Charlie")).await;
	scene.does(&format!("audit review withdraw {other} --as //Charlie")).await;
	assert_eq!(scene.review(other).await["status"], "withdrawn");
	let terms = scene.does("audit review terms").await;
	assert_eq!(terms["answerWithin"], "30d");
	let set = "audit review terms --as //Ferdie --escalate-within 30d --answer-within";
	scene.is_refused(&format!("{set} 1d"), "ReviewPeriodOutOfBounds").await;
	assert_eq!(scene.does(&format!("{set} 14d")).await["answerWithin"], "14d");
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_held_kept_for_longer_and_watched() {
	let scene = Scene::with_physician().await;
	let entry = scene.asked("TREAT").await;
	let place = format!("audit hold place --as //Ferdie --reason litigation --entry {entry}");
	scene.is_refused(&format!("{place} --entry 999999"), "EntryUnknown").await;
	assert_eq!(scene.does(&place).await["hold"], 0);
	let of_patient = "audit hold place --as //Ferdie --reason breach --patient";
	scene.is_refused(&format!("{of_patient} //Eve"), "PatientUnknown").await;
	assert_eq!(scene.does(&format!("{of_patient} //Charlie")).await["hold"], 1);
	let holds = scene.does("audit hold list").await["holds"].clone();
	assert_eq!(
		(&holds[0]["entries"], &holds[0]["reason"]),
		(&json!([entry]), &json!("litigation"))
	);
	assert!(holds[1]["patient"].is_string());
	scene.does("audit hold release --as //Ferdie 0").await;
	scene.is_refused("audit hold release --as //Ferdie 0", "HoldUnknown").await;
	assert_eq!(scene.does("audit hold list").await["holds"].as_array().unwrap().len(), 1);

	assert_eq!(scene.does("audit retention").await["retention"], "2192d");
	let retention = "audit retention --as //Ferdie --period";
	scene.is_refused(&format!("{retention} 2191d"), "RetentionTooShort").await;
	assert_eq!(scene.does(&format!("{retention} 3650d")).await["retention"], "3650d");

	let monitoring = "audit monitoring --as //Ferdie --window 1d --actor-denials";
	scene.is_refused(&format!("{monitoring} 0"), "ThresholdZero").await;
	let terms = scene.does(&format!("{monitoring} 2")).await;
	assert_eq!((&terms["window"], &terms["actor"]["denials"]), (&json!("1d"), &json!(2)));
	assert_eq!(terms["institution"]["denials"], Value::Null);
	for _ in 0..2 {
		scene.asked("HPAYMT --context claim-7").await;
	}
	let about = scene.does("audit list --actor //Dave --limit 1000").await;
	let alerts = about["entries"].as_array().unwrap();
	assert!(alerts.iter().any(|entry| entry["action"] == "SecurityAlert"), "{about}");
}
