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
		purpose: Some(Term::Coding(Coding::new(
			"http://terminology.hl7.org/CodeSystem/v3-ActReason",
			"TREAT",
		))),
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
	for entry in [&by_role, &no_consent, &forgotten] {
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
