//! The log as AuditEvents: what the profiles of IHE BALP ask for, and that nothing is lost.

use crate::{profile::Profile, support, support::moment, views::hex};
use hdx_fhir::{
	audit::{
		audit_bundle, audit_event, terms, Change, ConsentVersion, Denied, EntryView, Kind,
		Recipient,
	},
	provider::{Party, Term},
	Coding,
};
use serde_json::{json, Value};
use std::fs;

const PATIENT: [u8; 32] = [1; 32];
const PRACTITIONER: [u8; 32] = [2; 32];
const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// A decision by a consent.
fn permit() -> EntryView {
	EntryView {
		genesis: [7; 32],
		index: 4,
		at: moment("2026-06-01T12:00:00.250Z"),
		block: 9,
		action: "AccessDecided".to_owned(),
		actor: Some(PRACTITIONER),
		on_behalf_of: Some(Party::institution(3)),
		patient: Some(PATIENT),
		purpose: Some(Term::Coding(Coding::new(ACT_REASON, "TREAT"))),
		override_reason: None,
		denied: None,
		consent: Some(ConsentVersion { id: 5, version: 2 }),
		record: Some(6),
		grant: Some(8),
		kind: Kind::Decision { by_consent: true },
	}
}

fn deny() -> EntryView {
	let denied = Denied { reason: "ConsentDenied".into(), words: "the patient denies it".into() };
	EntryView { denied: Some(denied), grant: None, ..permit() }
}

fn disclosure() -> EntryView {
	let institution = Party::institution(3);
	EntryView {
		action: "Disclosed".to_owned(),
		actor: Some([4; 32]),
		on_behalf_of: Some(Party::institution(0)),
		kind: Kind::Disclosure {
			recipient: Some(Recipient { practitioner: PRACTITIONER, institution }),
		},
		..permit()
	}
}

/// What a custodian released to somebody who acts for it.
fn read() -> EntryView {
	let institution = Party::institution(0);
	let by = Recipient { practitioner: PRACTITIONER, institution };
	EntryView { kind: Kind::Read { by }, ..disclosure() }
}

/// A broken glass.
fn emergency() -> EntryView {
	let coding = |code| Some(Term::Coding(Coding::new(ACT_REASON, code)));
	EntryView {
		action: "EmergencyOverrideStarted".to_owned(),
		purpose: coding("BTG"),
		override_reason: coding("OVRER"),
		consent: None,
		kind: Kind::EmergencyStarted,
		..permit()
	}
}

/// The codes of a list of concepts, in order.
fn codes(concepts: &Value) -> Vec<&str> {
	let concepts = concepts.as_array().unwrap();
	concepts.iter().map(|concept| concept["coding"][0]["code"].as_str().unwrap()).collect()
}

/// A profile of BALP, or `None` with a word about it.
fn balp(file: &str, id: &str) -> Option<Profile> {
	let folder = support::conformance("ihe-balp")?;
	let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
	Some(Profile::read(&read(file), id, &read("Aliases.fsh")))
}

#[test]
fn decisions_by_consent_follow_the_profile_of_balp() {
	let Some(profile) = balp("AuthZ.fsh", "IHE.BasicAudit.AuthZconsent") else { return };
	for entry in [permit(), deny()] {
		let event = audit_event(&entry);
		assert_eq!(event["meta"]["profile"], json!([terms::AUTHZ_CONSENT]));
		assert_eq!(profile.broken(&event), Vec::<String>::new());
		// The invariant of the profile: who authorises is who says so.
		let authorizer = event["agent"].as_array().unwrap().last().unwrap();
		assert_eq!(authorizer["who"], event["source"]["observer"]);
	}
}

#[test]
fn disclosures_follow_the_profile_of_balp() {
	let id = "IHE.BasicAudit.PrivacyDisclosure.Source";
	let Some(profile) = balp("Disclose.fsh", id) else { return };
	let event = audit_event(&disclosure());
	assert_eq!(event["meta"]["profile"], json!([terms::PRIVACY_DISCLOSURE]));
	assert_eq!(profile.broken(&event), Vec::<String>::new());
	assert_eq!(event["agent"][0]["who"], event["source"]["observer"]);
}

#[test]
fn reads_follow_the_profile_patient_read_of_balp() {
	let named = |id| balp("PatientRead.fsh", id);
	let Some(parent) = named("IHE.BasicAudit.Read") else { return };
	let Some(profile) = named("IHE.BasicAudit.PatientRead") else { return };
	let event = audit_event(&read());
	assert_eq!(parent.broken(&event), Vec::<String>::new());
	assert_eq!(profile.broken(&event), Vec::<String>::new());
	for other in [permit(), disclosure(), emergency()] {
		assert!(!parent.broken(&audit_event(&other)).is_empty(), "{other:?}");
	}
	// What the profile adds to its parent is the patient.
	let nobody = audit_event(&EntryView { patient: None, ..read() });
	assert_eq!(parent.broken(&nobody), Vec::<String>::new());
	assert!(!profile.broken(&nobody).is_empty());
	assert!(nobody.get("meta").is_none());
}

#[test]
fn a_read_says_who_read_what_of_whom_from_where_and_why() {
	let event = audit_event(&read());
	assert_eq!(event["meta"]["profile"], json!([terms::PATIENT_READ]));
	// The profile binds the subtype to the reads of restful-interaction.
	let subtype = json!([{ "system": "http://hl7.org/fhir/restful-interaction", "code": "read" }]);
	assert_eq!((&event["type"]["code"], &event["subtype"]), (&json!("rest"), &subtype));
	assert_eq!(codes(&event["purposeOfEvent"]), ["TREAT"]);

	let agents = event["agent"].as_array().unwrap();
	let of = |kind: &str| {
		let mut found = agents.iter().filter(|agent| agent["type"]["coding"][0]["code"] == kind);
		let agent = found.next().unwrap_or_else(|| panic!("no agent {kind}"));
		assert!(found.next().is_none(), "two agents {kind}");
		agent
	};
	let (server, client, user) = (of("110153"), of("110152"), of("IRCP"));
	assert_eq!(server["who"], event["source"]["observer"]);
	assert_eq!(server["who"], of("PROV")["who"]);
	assert_eq!(client["who"]["identifier"], user["who"]["identifier"]);
	assert_eq!(user["who"]["type"], "Practitioner");
	assert_eq!(codes(&user["purposeOfUse"]), ["TREAT"]);
	assert!(user.get("network").is_none(), "users are no devices");
	for agent in agents {
		assert_eq!(agent["requestor"], agent["type"] == user["type"], "{agent}");
	}

	let entities = event["entity"].as_array().unwrap();
	let kinds: Vec<_> =
		entities.iter().map(|entity| entity["type"]["code"].as_str().unwrap()).collect();
	// Whose it is; by which consent; what; under which grant.
	assert_eq!(kinds, ["1", "Consent", "2", "UserOauthAgent"]);
	assert_eq!(entities[0]["what"]["type"], "Patient");
	assert_eq!(entities[2]["what"]["identifier"]["value"], "6");
	assert_eq!(entities[2]["role"]["code"], "4");
}

#[test]
fn a_broken_glass_is_the_security_alert_110127_of_dicom() {
	let event = audit_event(&emergency());
	assert!(event.get("meta").is_none(), "BALP has no profile of it");
	for (element, code) in [(&event["type"], "110113"), (&event["subtype"][0], "110127")] {
		assert_eq!((&element["system"], &element["code"]), (&json!(terms::DCM), &json!(code)));
	}
	assert_eq!((&event["action"], &event["outcome"]), (&json!("E"), &json!("0")));
	// For which purpose, and with which reason.
	assert_eq!(codes(&event["purposeOfEvent"]), ["BTG", "OVRER"]);

	let agents = event["agent"].as_array().unwrap();
	let kinds: Vec<_> =
		agents.iter().map(|agent| agent["type"]["coding"][0]["code"].as_str().unwrap()).collect();
	assert_eq!(kinds, ["110150", "IRCP", "PROV", "authserver"]);
	assert_eq!(agents[1]["who"]["type"], "Practitioner");
	assert_eq!(codes(&agents[1]["purposeOfUse"]), ["BTG", "OVRER"]);
	assert_eq!(agents[3]["who"], event["source"]["observer"]);

	let entities = event["entity"].as_array().unwrap();
	let kinds: Vec<_> =
		entities.iter().map(|entity| entity["type"]["code"].as_str().unwrap()).collect();
	assert_eq!(kinds, ["1", "2", "UserOauthAgent"]);

	let words = "the patient opted out".to_owned();
	let denied = Some(Denied { reason: "EmergencyOptOut".to_owned(), words });
	let event = audit_event(&EntryView { denied, grant: None, ..emergency() });
	assert_eq!((&event["subtype"][0]["code"], &event["outcome"]), (&json!("110127"), &json!("8")));
}

#[test]
fn what_is_missing_or_wrong_breaks_the_profile() {
	let Some(profile) = balp("AuthZ.fsh", "IHE.BasicAudit.AuthZconsent") else { return };
	let is_broken = |change: fn(&mut Value)| {
		let mut event = audit_event(&permit());
		change(&mut event);
		assert!(!profile.broken(&event).is_empty(), "{event}");
	};
	is_broken(|event| event["action"] = json!("R"));
	is_broken(|event| event["type"]["code"] = json!("110106"));
	is_broken(|event| drop(event["agent"].as_array_mut().unwrap().pop()));
	is_broken(|event| drop(event["entity"].as_array_mut().unwrap().remove(1)));
	is_broken(|event| event["entity"][2]["type"]["code"] = json!("4"));
	is_broken(|event| drop(event.as_object_mut().unwrap().remove("recorded")));
	is_broken(|event| event["agent"][1]["requestor"] = json!(false));
}

#[test]
fn a_profile_is_named_only_where_all_is_known_that_it_asks_for() {
	let by_role = EntryView { kind: Kind::Decision { by_consent: false }, consent: None, ..deny() };
	let no_consent = EntryView { consent: None, ..deny() };
	let forgotten = EntryView { kind: Kind::Disclosure { recipient: None }, ..disclosure() };
	let of_no_record = EntryView { record: None, ..read() };
	for entry in [&by_role, &no_consent, &forgotten, &of_no_record] {
		assert!(audit_event(entry).get("meta").is_none(), "{entry:?}");
	}
	assert_eq!(audit_event(&by_role)["subtype"][0]["code"], "AuthZ-Role");
	assert_eq!(audit_event(&no_consent)["subtype"][0]["code"], "AuthZ-Consent");
}

#[test]
fn everything_that_the_log_says_is_in_the_event() {
	let event = audit_event(&deny());
	assert_eq!(event["recorded"], "2026-06-01T12:00:00.250Z");
	assert_eq!(
		(&event["outcome"], &event["outcomeDesc"]),
		(&json!("8"), &json!("the patient denies it"))
	);
	assert_eq!(event["purposeOfEvent"][0]["coding"][0]["code"], "TREAT");
	let text = event.to_string();
	for said in [
		"\"AccessDecided\"",
		"\"ConsentDenied\"",
		&hex(1),
		&hex(2),
		&hex(7),
		"{\"system\":\"urn:hdx:institution\",\"value\":\"3\"}",
		"{\"system\":\"urn:hdx:audit-entry\",\"value\":\"4\"}",
		"{\"system\":\"urn:hdx:consent\",\"value\":\"5\"}",
		"{\"system\":\"urn:hdx:record\",\"value\":\"6\"}",
		"\"valueUnsignedInt\":9",
		"\"valueUnsignedInt\":2",
	] {
		assert!(text.contains(said), "{said} is not in {text}");
	}
	let token = &audit_event(&permit())["entity"][2]["what"]["identifier"]["value"];
	assert_eq!(token, "urn:ietf:params:oauth:jti:hdx-0707070707070707-grant-8");
}

#[test]
fn each_kind_of_event_has_its_codes() {
	let patients_own = EntryView { actor: Some(PATIENT), on_behalf_of: None, ..permit() };
	for (kind, category, subtype, action) in [
		(Kind::Consent(Change::Created), "object", "originate", "C"),
		(Kind::Consent(Change::Updated), "object", "amend", "U"),
		(Kind::Consent(Change::Ended), "object", "deprecate", "U"),
		(Kind::Record(Change::Created), "object", "originate", "C"),
		(Kind::Record(Change::Reinstated), "object", "reactivate", "U"),
		(Kind::Standing, "110113", "110137", "U"),
		(Kind::Roles, "110113", "110136", "U"),
		(Kind::Rules, "110113", "110129", "U"),
		(Kind::Software, "110113", "110131", "U"),
		(Kind::Oversight, "110101", "verify", "E"),
		(Kind::EmergencyStarted, "110113", "110127", "E"),
		(Kind::EmergencyEnded, "110113", "110138", "E"),
	] {
		let event = audit_event(&EntryView { kind, ..patients_own.clone() });
		assert_eq!(event["type"]["code"], category);
		assert_eq!(event["subtype"][0]["code"], subtype);
		assert_eq!(event["action"], action);
		// R4 asks for at least one agent, each with a word about whether they asked for it.
		let agents = event["agent"].as_array().unwrap();
		assert!(agents.iter().all(|agent| agent["requestor"].is_boolean()));
		assert_eq!(agents[1]["who"]["type"], "Patient");
	}
}

#[test]
fn what_governance_does_has_the_chain_as_its_agent() {
	let entry =
		EntryView { actor: None, on_behalf_of: None, patient: None, kind: Kind::Rules, ..permit() };
	let event = audit_event(&entry);
	assert_eq!(event["agent"].as_array().unwrap().len(), 1);
	assert_eq!(event["agent"][0]["who"]["identifier"]["value"], hex(7));
}

#[test]
fn a_bundle_keeps_the_order_of_the_log() {
	let bundle = audit_bundle(&[permit(), disclosure()]);
	assert_eq!(bundle["entry"][0]["resource"]["type"]["code"], "110113");
	assert_eq!(bundle["entry"][1]["resource"]["type"]["code"], "110106");
	assert!(audit_bundle(&[]).get("entry").is_none());
}
