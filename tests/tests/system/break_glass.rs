//! Breaking the glass on a real chain, as a physician, a patient, a privacy officer and governance live it
//! with `hdx`.

use crate::{
	providers::ASK,
	scene::{Scene, REFUSED},
};
use serde_json::Value;
use std::fs;

/// How the physician of the clinic breaks the glass about a patient who consented to nothing.
const BREAK: &str =
	"access break-glass --as //Dave --patient //Eve --whole-record --on-behalf-of 1 \
                     --role physician --reason emergency-treatment";

impl Scene {
	/// A patient without consents, and a physician who is trusted as far as can be.
	async fn with_emergency() -> Self {
		let scene = Self::with_physician().await;
		scene.with_oracles().await;
		let licence = scene.licensed("licence.pdf", "2099-12-31").await;
		for oracle in ["//Oracle1", "//Oracle2"] {
			scene.reported(oracle, licence, "good").await;
		}
		assert_eq!(scene.level().await, "verified");
		scene.does("patient sponsor --as //Alice //Eve").await;
		scene
	}

	/// Breaking the glass is denied for this reason; gives the entry of the log.
	async fn glass_holds(&self, key: &str, reason: &str) -> Value {
		let run = self.run(&format!("{BREAK} --second-key {key}")).await;
		assert_eq!(run.code, Some(REFUSED), "{run}");
		let answer: Value = serde_json::from_str(&run.stdout).unwrap();
		assert_eq!(answer["reason"], reason, "{run}");
		answer["entry"].clone()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_glass_is_broken_seen_and_reviewed_by_somebody_else() {
	let scene = Scene::with_emergency().await;
	let ask = ASK.replace("//Charlie", "//Eve");
	scene.is_denied(&format!("{ask} --as //Dave --second-key //Phone"), "NoConsent").await;
	scene.glass_holds("//Thief", "SecondFactorInvalid").await;
	let broken = scene.does(&format!("{BREAK} --second-key //Phone")).await;
	assert_eq!(broken["granted"], true);
	let grant = broken["grant"].as_u64().unwrap();
	let entry = scene.does(&format!("audit show {}", broken["entry"])).await;
	assert_eq!(entry["action"], "EmergencyOverrideStarted");
	let subject = &entry["subject"];
	assert_eq!(subject["reason"], "emergency-treatment");
	assert_eq!(subject["overridden"], "no-consent");

	// The patient and the privacy officer see it; the physician is not the one who judges it.
	for whose in ["--patient //Eve", "--institution 1"] {
		let seen = scene.does(&format!("access reviews {whose}")).await;
		let seen = &seen["breakGlasses"][0];
		assert_eq!((&seen["grant"], &seen["state"]), (&grant.into(), &"live".into()));
		assert_eq!((&seen["review"], &seen["overdue"]), (&Value::Null, &false.into()));
	}
	scene.file("finding.pdf", "the patient was unconscious");
	let review = format!("access review {grant} --outcome justified --finding finding.pdf");
	scene.is_refused(&format!("{review} --as //Dave"), "OwnReview").await;
	scene.is_refused(&format!("{review} --as //Alice"), "MayNotReview").await;
	let reviewed = scene.does(&format!("{review} --as //Bob")).await;
	assert_eq!(reviewed["outcome"], "justified");
	fs::remove_file(scene.directory.path().join("finding.pdf.salt")).unwrap();
	scene.is_refused(&format!("{review} --as //Bob"), "ReviewClosed").await;
	let seen = scene.does("access reviews --patient //Eve").await;
	let seen = &seen["breakGlasses"][0];
	assert_eq!(
		(&seen["state"], &seen["review"]["outcome"]),
		(&"revoked".into(), &"justified".into())
	);
	let standing = scene.does("access reviews --institution 1").await["standing"].clone();
	assert_eq!((&standing["pending"], &standing["closed"]), (&0.into(), &1.into()));

	// In the words of IHE and DICOM: an emergency override started and stopped.
	scene.does("audit export //Eve -o log.json").await;
	let log = fs::read_to_string(scene.directory.path().join("log.json")).unwrap();
	assert!(log.contains("\"110127\"") && log.contains("\"110138\""), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opted_out_or_leaves_reviews_undone_breaks_no_glass() {
	let scene = Scene::with_emergency().await;
	let terms = "access emergency-terms --as //Ferdie --max-duration 30m --uses 2 --review-within";
	let set = scene.does(&format!("{terms} 1d --max-overdue 0")).await;
	assert_eq!(set["uses"], 2);
	assert_eq!(scene.does("access emergency-terms").await, set);
	let too_long = format!("{BREAK} --second-key //Phone --duration 31m");
	scene.is_refused(&too_long, "EmergencyTooLong").await;

	scene.does("consent emergency forbid --as //Eve").await;
	let run = scene.run(&format!("{BREAK} --second-key //Phone --duration 30m")).await;
	let answer: Value = serde_json::from_str(&run.stdout).unwrap();
	assert_eq!((run.code, &answer["reason"]), (Some(REFUSED), &"EmergencyOptOut".into()), "{run}");
}
