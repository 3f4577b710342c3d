//! The life of consents on a real chain, as patients, providers, guardians and delegates live it
//! with `hdx`.

use crate::scene::{Scene, REFUSED};
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, Action, Code, Commitment, ContextHash, GrantId,
	Milliseconds, Period, RecordId, Role, Target,
};
use hdx_sdk::{
	chain::{AccessAnswer, Chain, ChainError, CredentialKind, Enrolment, Signer, Until},
	seal::EncryptionKeyPair,
};
use serde_json::Value;

/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1_000;
/// The chain's second institution: Bob operates it.
const CLINIC: &str = "institution:1";

impl Scene {
	/// How the consents of a patient decide about treatment by the clinic.
	async fn decides(&self, patient: &str, more: &str) -> Value {
		let check = format!("consent check {patient} --as-actor {CLINIC} --purpose TREAT {more}");
		self.does(&check).await
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_approved_used_up_amended_and_revoked() {
	let scene = Scene::new();
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let disclosure = Disclosure::prepare(&scene, &chain).await;
	assert_eq!(scene.decides("//Charlie", "").await["decision"], "NO_CONSENT");

	let request = scene
		.does(
			"consent request --as //Bob --patient //Charlie --on-behalf-of 1 --role physician \
			 --purpose TREAT --until 2099-12-31 --frequency 2/30d",
		)
		.await["request"]
		.as_u64()
		.unwrap();
	let waiting = scene.does("consent requests //Charlie").await;
	assert_eq!(waiting["requests"][0]["request"], request);
	assert_eq!(waiting["requests"][0]["terms"]["frequency"], "2/30d");

	let wider = format!(
		"consent approve --as //Charlie {request} --purpose HMARKT {}",
		scene.signed("wider.pdf"),
	);
	scene.is_refused(&wider, "WiderThanRequested").await;
	let part = format!(
		"consent approve --as //Charlie {request} --redact PSY --frequency 1/30d {}",
		scene.signed("part.pdf"),
	);
	let consent = scene.does(&part).await["consent"].as_u64().unwrap();
	let again = format!("consent approve --as //Charlie {request} --all {}", scene.signed("b.pdf"));
	// Whoever answered cannot answer again; the client finds no such request any more.
	let run = scene.run(&again).await;
	run.expect_error(REFUSED, &["consent request"]);
	scene.is_refused(&format!("consent deny --as //Charlie {request}"), "RequestClosed").await;

	let permitted = scene.decides("//Charlie", "").await;
	assert_eq!(permitted["decision"], "CONSENT_PERMIT");
	assert_eq!(permitted["consent"], consent);
	let redacted = permitted["obligations"][0]["redact"]["codes"][0].as_str().unwrap();
	assert!(redacted.ends_with("|PSY"), "{redacted}");

	disclosure.is_made_once(&scene, &chain, consent).await;

	let amend = format!(
		"consent amend --as //Charlie {consent} --organisation 1 --until 2099-12-31 --redact HIV {}",
		scene.signed("amended.pdf"),
	);
	assert_eq!(scene.does(&amend).await["version"], 2);
	let past = permitted["block"].as_u64().unwrap();
	revoke_and_look_back(&scene, consent, past).await;
}

/// After a revocation nothing is permitted any more, and what was permitted before still can be
/// told.
async fn revoke_and_look_back(scene: &Scene, consent: u64, past: u64) {
	scene.does(&format!("consent revoke --as //Charlie {consent}")).await;
	assert_eq!(scene.decides("//Charlie", "").await["decision"], "NO_CONSENT");
	let then = scene.decides("//Charlie", &format!("--at {past}")).await;
	assert_eq!((&then["decision"], &then["version"]), (&"CONSENT_PERMIT".into(), &1.into()));

	let listed = scene.does("consent list //Charlie").await;
	assert_eq!(listed["consents"][0]["state"], "revoked");
	assert_eq!(
		scene.does("consent list //Charlie --in-force").await["consents"],
		Value::Array(vec![])
	);
	let listed = scene.does(&format!("consent list //Charlie --at {past}")).await;
	assert_eq!(listed["consents"][0]["state"], "in force");

	let history = scene.does(&format!("consent history {consent}")).await;
	assert_eq!(history["verified"], true);
	let versions = history["versions"].as_array().unwrap();
	assert_eq!(versions.len(), 2);
	assert_eq!(versions[1]["previous"], versions[0]["hash"]);

	let receipt = scene.does(&format!("consent receipt {consent}")).await;
	assert_eq!(receipt["schema_version"], "ISO/IEC TS 27560:2023");
	let events: Vec<_> = receipt["event"]
		.as_array()
		.unwrap()
		.iter()
		.map(|event| event["event_state"].as_str().unwrap())
		.collect();
	assert_eq!(events, ["consent given", "consent amended", "consent withdrawn"]);

	let document = scene.does(&format!("consent show {consent} --fhir r4 --at {past}")).await;
	assert_eq!(document["resourceType"], "Consent");
	let label = &document["provision"]["provision"][0]["securityLabel"][0];
	assert_eq!(label["code"], "PSY");
}

/// A record, and a practitioner who asks for it.
struct Disclosure {
	custodian: Signer,
	practitioner: Signer,
	record: RecordId,
}

impl Disclosure {
	async fn prepare(scene: &Scene, chain: &Chain) -> Self {
		let signer = |name| Signer::read(name).unwrap();
		let (custodian, practitioner) = (signer("//Alice"), signer("//Dave"));
		scene.does("patient sponsor --as //Alice //Charlie").await;
		let now = chain.now().await.unwrap();
		let enrolment = Enrolment {
			practitioner: practitioner.account(),
			roles: vec![(
				Role::Physician,
				Code::of_token("http://nucc.org/provider-taxonomy|207R00000X"),
			)],
			kind: CredentialKind::Licence,
			credential: Commitment([1; 32]),
			valid: Period { start: None, end: Some(Milliseconds(now.0 + DAY)) },
			key_agreement: EncryptionKeyPair::generate().unwrap().fingerprint(),
		};
		chain.enrol_practitioner(&signer("//Bob"), enrolment, Until::Finalized).await.unwrap();
		let patient = signer("//Charlie").account();
		let record = chain
			.register_record(&custodian, patient, Commitment([2; 32]), 3, 0, Until::Finalized)
			.await
			.unwrap();
		Self { custodian, practitioner, record }
	}

	/// One disclosure uses the consent up for this stretch of time.
	async fn is_made_once(&self, scene: &Scene, chain: &Chain, consent: u64) {
		let grant = self.asked(chain).await;
		let show = format!("consent show {consent}");
		assert_eq!(scene.does(&show).await["used"]["used"], 0);
		self.disclosed(chain, grant).await.unwrap();
		let used = scene.does(&show).await;
		assert_eq!((&used["used"]["used"], &used["used"]["of"]), (&1.into(), &1.into()));
		let refused = self.disclosed(chain, grant).await.unwrap_err();
		assert_eq!(refused.refusal(), Some("FrequencyExceeded"), "{refused}");
	}

	async fn asked(&self, chain: &Chain) -> GrantId {
		let request = AccessRequest {
			on_behalf_of: hdx_primitives::InstitutionId(1),
			role: Role::Physician,
			patient: Signer::read("//Charlie").unwrap().account(),
			target: Target::Record(self.record),
			purpose: purpose::TREAT,
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: ContextHash([0; 32]),
			duration: Milliseconds(60 * 60 * 1_000),
		};
		let answer =
			chain.request_access(&self.practitioner, request, None, Until::Finalized).await;
		match answer.unwrap() {
			AccessAnswer::Granted { grant, .. } => grant,
			denied => panic!("{denied:?}"),
		}
	}

	async fn disclosed(&self, chain: &Chain, grant: GrantId) -> Result<(), ChainError> {
		let disclosure = Commitment([3; 32]);
		let until = Until::Finalized;
		let made =
			chain.record_disclosure(&self.custodian, grant, self.record, 1, disclosure, until);
		made.await.map(|_| ())
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn guardians_decide_together_and_a_delegate_within_limits() {
	let scene = Scene::new();
	// Whoever signs needs an account.
	for account in ["//Charlie", "//Dave", "//Eve"] {
		scene.does(&format!("patient sponsor --as //Alice {account}")).await;
	}
	a_ward_consents_by_two_guardians(&scene).await;
	a_delegate_acts(&scene).await;
}

/// Nobody holds the key of the ward: `//Ferdie` never signs.
async fn a_ward_consents_by_two_guardians(scene: &Scene) {
	scene
		.does(
			"consent guardians ward --as //Alice //Ferdie --guardian //Dave --guardian //Eve \
			 --threshold 2 --power all --purpose TREAT --until 2039-05-01",
		)
		.await;
	let propose = "consent guardians propose grant --as //Dave --for //Ferdie --organisation 1";
	let wider = format!("{propose} --purpose HMARKT {}", scene.signed("marketing.pdf"));
	scene.is_refused(&wider, "WiderThanGuardianship").await;
	let proposed = scene.does(&format!("{propose} {}", scene.signed("ward.pdf"))).await;
	assert_eq!(proposed["done"], false);
	assert_eq!(scene.decides("//Ferdie", "").await["decision"], "NO_CONSENT");

	let proposal = &proposed["proposal"];
	let shown = scene.does("consent guardians show //Ferdie").await;
	assert_eq!(&shown["proposals"][0]["proposal"], proposal);
	let again = format!("consent guardians approve --as //Dave {proposal}");
	scene.is_refused(&again, "AlreadyApproved").await;
	let approved = scene.does(&format!("consent guardians approve --as //Eve {proposal}")).await;
	assert_eq!(approved["done"], true);
	let decided = scene.decides("//Ferdie", "").await;
	assert_eq!(decided["decision"], "CONSENT_PERMIT");
	assert_eq!(decided["consent"], approved["consent"]);
	let listed = scene.does("consent list //Ferdie").await;
	assert_eq!(listed["consents"][0]["grantedBy"], "the guardians");
}

async fn a_delegate_acts(scene: &Scene) {
	let grant = "consent grant --as //Eve --for //Charlie --organisation 1";
	let stranger = format!("{grant} {}", scene.signed("stranger.pdf"));
	scene.is_refused(&stranger, "NotADelegate").await;
	scene
		.does(
			"consent delegate add --as //Charlie //Eve --power grant --power revoke --purpose TREAT",
		)
		.await;
	let wider = format!("{grant} --purpose HMARKT {}", scene.signed("wider.pdf"));
	scene.is_refused(&wider, "WiderThanDelegation").await;
	let granted = scene.does(&format!("{grant} {}", scene.signed("delegate.pdf"))).await;
	let consent = &granted["consent"];
	assert_eq!(scene.decides("//Charlie", "").await["consent"], *consent);

	let amend = format!(
		"consent amend --as //Eve --for //Charlie {consent} --organisation 1 --redact PSY {}",
		scene.signed("beyond.pdf"),
	);
	scene.is_refused(&amend, "NotWithinPowers").await;
	scene.does(&format!("consent revoke --as //Eve --for //Charlie {consent}")).await;
	assert_eq!(scene.decides("//Charlie", "").await["decision"], "NO_CONSENT");
	scene.does("consent delegate remove --as //Charlie //Eve").await;
	assert_eq!(
		scene.does("consent delegate list //Charlie").await["delegates"],
		Value::Array(vec![])
	);
}
