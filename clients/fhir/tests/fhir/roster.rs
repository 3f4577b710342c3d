//! Directories, read for enrolment.

use crate::support::*;
use hdx_fhir::{
	institution::{InstitutionKind, StatedKind, KIND, ORGANIZATION_TYPE, TAXONOMY},
	npi::SYSTEM_OID,
	roster::{
		invalid_npis, read_organizations, read_practitioners, OrganizationCandidate,
		PractitionerCandidate, Workplace, Workplaces,
	},
	Identifier, ReadError, Refusal, MAX_DOCUMENT_BYTES,
};
use serde_json::{json, Value};

const GOOD: &str = "1234567893";

fn practitioners(value: &Value) -> Result<Vec<PractitionerCandidate>, ReadError> {
	read_practitioners(value.to_string().as_bytes())
}

fn organizations(value: &Value) -> Result<Vec<OrganizationCandidate>, ReadError> {
	read_organizations(value.to_string().as_bytes())
}

fn one(resource: Value) -> PractitionerCandidate {
	let mut read = practitioners(&bundle(&[resource])).unwrap();
	assert_eq!(read.len(), 1);
	read.remove(0)
}

fn doctor() -> Value {
	person("Practitioner", "ann", GOOD)
}

fn staff(value: &str) -> Value {
	json!({ "system": "urn:staff", "value": value })
}

#[test]
fn a_practitioner_is_read_with_all_that_an_enrolment_asks() {
	let read = one(with(
		doctor(),
		json!({
			"identifier": [{ "system": NPI, "value": GOOD }, staff("7"), { "system": "urn:none" }],
			"active": false,
			"name": [
				{ "use": "nickname", "text": "Annie" },
				{ "use": "official", "family": "Bee", "given": ["Ann", "C."], "prefix": ["Dr."], "suffix": ["MD"] },
			],
			"address": [
				{ "use": "home", "line": ["1 Home St"], "city": "X" },
				{ "use": "work", "line": ["2 Work St"], "city": "X", "state": "MA", "postalCode": "01453", "country": "US" },
			],
			"qualification": [
				{ "code": concept("urn:q", "MD"), "identifier": [staff("L-1")],
					"period": { "start": "2020-01-01", "end": "2029-12-31" },
					"issuer": { "reference": "Organization/board" } },
				{ "code": { "text": "First aid" }, "issuer": { "display": "Red Cross" } },
			],
			"photo": [{ "data": "AA==" }],
		}),
	));
	assert_eq!(read.entry, 0);
	assert_eq!(read.id.as_deref(), Some("ann"));
	assert_eq!(read.npi.as_ref().unwrap().as_ref().unwrap().as_str(), GOOD);
	assert_eq!(read.identifiers, [Identifier::new(NPI, GOOD), Identifier::new("urn:staff", "7")]);
	assert!(!read.active);
	let name = read.name.unwrap();
	assert_eq!(name.display(), "Dr. Ann C. Bee MD");
	assert_eq!(read.addresses.len(), 1);
	assert_eq!(read.addresses[0].lines, ["2 Work St"]);
	assert_eq!(read.addresses[0].postal_code.as_deref(), Some("01453"));
	let [licence, first_aid] = read.qualifications.as_slice() else { panic!() };
	assert_eq!(licence.codings[0].code, "MD");
	assert_eq!(licence.identifiers, [Identifier::new("urn:staff", "L-1")]);
	assert_eq!(licence.period.start, Some(moment("2020-01-01T00:00:00Z")));
	assert_eq!(licence.period.end, Some(moment("2030-01-01T00:00:00Z")));
	assert_eq!(licence.issuer.as_ref().unwrap().reference.as_deref(), Some("Organization/board"));
	assert_eq!(first_aid.text.as_deref(), Some("First aid"));
	assert!(first_aid.codings.is_empty() && first_aid.issuer.is_none());
}

#[test]
fn whoever_is_not_said_to_be_inactive_is_active() {
	assert!(one(doctor()).active);
	assert!(one(with(doctor(), json!({ "active": true }))).active);
}

#[test]
fn an_old_name_is_nobodys_name() {
	let old = json!({ "use": "old", "text": "Ann Cee" });
	assert!(one(with(doctor(), json!({ "name": [old] }))).name.is_none());
	let name = one(with(doctor(), json!({ "name": [old, { "text": "Ann Bee" }] }))).name;
	assert_eq!(name.unwrap().display(), "Ann Bee");
}

#[test]
fn an_invalid_npi_is_the_candidates_own_error_and_names_its_element() {
	let roster = bundle(&[
		person("Practitioner", "c", "9"),
		doctor(),
		json!({ "resourceType": "Practitioner", "identifier": [staff("1")] }),
		person("Practitioner", "b", "1234567890"),
	]);
	let read = practitioners(&roster).unwrap();
	assert_eq!(read.len(), 4);
	let paths: Vec<_> = invalid_npis(&read).into_iter().map(ToString::to_string).collect();
	assert_eq!(
		paths,
		[
			"Bundle.entry[0].resource.identifier[0].value: `9` is no NPI; expected ten digits",
			"Bundle.entry[3].resource.identifier[0].value: the check digit of the NPI `1234567890` is \
			 wrong; expected 3 at its end",
		]
	);
	let without = read.iter().find(|candidate| candidate.entry == 2).unwrap();
	assert!(without.npi.is_none());
	let synthetic = read.iter().find(|candidate| candidate.entry == 0).unwrap();
	assert_eq!(synthetic.identifiers, [Identifier::new(NPI, "9")]);
}

#[test]
fn an_npi_is_the_same_by_either_name_of_its_system() {
	let read = one(json!({
		"resourceType": "Practitioner",
		"identifier": [{ "system": SYSTEM_OID, "value": GOOD }, { "system": NPI, "value": GOOD }],
	}));
	assert_eq!(read.identifiers, [Identifier::new(NPI, GOOD)]);
	assert!(read.npi.unwrap().is_ok());
}

/// Every refusal of a Bundle as a whole, or of an entry.
#[test]
fn a_roster_is_refused_by_the_element_that_is_wrong() {
	let entry = |entry: Value| json!({ "resourceType": "Bundle", "entry": [entry] });
	let npi = |value: &str| json!({ "system": NPI, "value": value });
	let known_by = |identifiers: Value| {
		bundle(&[json!({ "resourceType": "Practitioner", "identifier": identifiers })])
	};
	let doctor_with = |more: Value| bundle(&[with(doctor(), more)]);
	let full_url = |url: &str, value: &str| {
		json!({ "fullUrl": url, "resource": {
			"resourceType": "Practitioner", "identifier": [staff(value)],
		} })
	};
	for (roster, path, says) in [
		(json!([]), "Bundle", "a FHIR Bundle"),
		(json!({}), "Bundle.resourceType", "missing"),
		(doctor(), "Bundle.resourceType", "found the text `Practitioner`"),
		(
			with(bundle(&[doctor()]), json!({ "link": [{ "relation": "next", "url": "x" }] })),
			"Bundle.link[0]",
			"next page",
		),
		(entry(json!({ "fullUrl": "urn:x" })), "Bundle.entry[0].resource", "missing"),
		(entry(json!({ "resource": {} })), "Bundle.entry[0].resource.resourceType", "missing"),
		(
			bundle(&[doctor(), person("Organization", "o", "2")]),
			"Bundle.entry[1].resource.resourceType",
			"found the text `Organization`; expected the resourceType Practitioner",
		),
		(doctor_with(json!({ "id": 7 })), "Bundle.entry[0].resource.id", "the number 7"),
		(
			doctor_with(json!({ "modifierExtension": [{ "url": "urn:x" }] })),
			"Bundle.entry[0].resource.modifierExtension",
			"may change the meaning",
		),
		(
			bundle(&[doctor(), person("Practitioner", "ann", "2")]),
			"Bundle.entry[1].resource.id",
			"`ann` stands at Bundle.entry[0].resource.id already",
		),
		(
			json!({ "resourceType": "Bundle", "entry": [full_url("urn:1", "1"), full_url("urn:1", "2")] }),
			"Bundle.entry[1].fullUrl",
			"`urn:1` stands at Bundle.entry[0].fullUrl already",
		),
		(
			bundle(&[doctor(), person("Practitioner", "bob", GOOD)]),
			"Bundle.entry[1].resource.identifier[0].value",
			"stands at Bundle.entry[0].resource.identifier[0].value already",
		),
		(known_by(json!([])), "Bundle.entry[0].resource.identifier", "told apart"),
		(known_by(json!([{ "system": NPI }])), "Bundle.entry[0].resource.identifier", "told apart"),
		(
			known_by(json!([{ "system": NPI, "value": 1_234_567_893 }])),
			"Bundle.entry[0].resource.identifier[0].value",
			"the number 1234567893",
		),
		(
			known_by(json!([{ "system": NPI, "value": " " }])),
			"Bundle.entry[0].resource.identifier[0].value",
			"an empty text",
		),
		(
			known_by(json!([npi(GOOD), npi("1245319599")])),
			"Bundle.entry[0].resource.identifier[1].value",
			"a second NPI beside `1234567893`",
		),
		(
			doctor_with(json!({ "active": "yes" })),
			"Bundle.entry[0].resource.active",
			"the text `yes`; expected true or false",
		),
		(
			doctor_with(json!({ "name": [{ "given": [7] }] })),
			"Bundle.entry[0].resource.name[0].given[0]",
			"the number 7",
		),
		(
			doctor_with(json!({ "address": [{ "line": ["x", ""] }] })),
			"Bundle.entry[0].resource.address[0].line[1]",
			"an empty text",
		),
		(
			doctor_with(json!({ "qualification": [{}] })),
			"Bundle.entry[0].resource.qualification[0].code",
			"missing",
		),
		(
			doctor_with(json!({ "qualification": [
				{ "code": { "text": "MD" }, "modifierExtension": [{ "url": "urn:x" }] }
			] })),
			"Bundle.entry[0].resource.qualification[0].modifierExtension",
			"may change the meaning",
		),
		(
			doctor_with(json!({ "qualification": [
				{ "code": { "text": "MD" }, "period": { "start": "2021", "end": "2020" } }
			] })),
			"Bundle.entry[0].resource.qualification[0].period",
			"before the start",
		),
	] {
		let Err(error) = practitioners(&roster) else { panic!("{path} was read") };
		assert_eq!(error.path, path);
		assert!(error.refusal.to_string().contains(says), "{error}");
	}
}

#[test]
fn what_is_no_json_is_refused() {
	let whole = bundle(&[doctor()]).to_string();
	let truncated = &whole.as_bytes()[..whole.len() - 1];
	let refusal = |bytes: &[u8]| read_practitioners(bytes).unwrap_err().refusal;
	assert!(matches!(refusal(truncated), Refusal::Truncated { line: 1, .. }));
	assert!(matches!(refusal(b"<Bundle/>"), Refusal::NotJson { .. }));
	assert!(matches!(refusal(b"\xff"), Refusal::NotUtf8 { at: 0 }));
	let twice = br#"{"resourceType":"Bundle","resourceType":"Bundle"}"#;
	assert!(matches!(refusal(twice), Refusal::NamedTwice { .. }));
	let found = MAX_DOCUMENT_BYTES + 1;
	let large = Refusal::TooLarge { found, limit: MAX_DOCUMENT_BYTES };
	assert_eq!(refusal(&vec![b' '; found]), large);
	assert_eq!(read_organizations(&vec![b' '; found]).unwrap_err().refusal, large);
}

#[test]
fn every_prefix_of_a_roster_is_refused() {
	let whole = bundle(&[doctor(), person("Practitioner", "bob", "2")]).to_string();
	for end in 0..whole.len() {
		let error = read_practitioners(&whole.as_bytes()[..end]).unwrap_err();
		assert!(matches!(error.refusal, Refusal::Truncated { .. }), "{end}: {error}");
	}
}

#[test]
fn what_a_search_brought_along_is_no_candidate() {
	let roster = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [
		{ "resource": doctor(), "search": { "mode": "match" } },
		{ "resource": { "resourceType": "OperationOutcome" }, "search": { "mode": "outcome" } },
		{ "resource": person("Organization", "o", "2"), "search": { "mode": "include" } },
	] });
	assert_eq!(practitioners(&roster).unwrap().len(), 1);
	let error = organizations(&roster).unwrap_err();
	assert_eq!(error.path, "Bundle.entry[0].resource.resourceType");
}

#[test]
fn a_roster_without_entries_has_no_candidates() {
	assert!(practitioners(&json!({ "resourceType": "Bundle" })).unwrap().is_empty());
}

#[test]
fn the_type_of_an_organization_says_its_kind() {
	use InstitutionKind as Kind;
	let kind = |codings: &[(&str, &str)]| {
		let types: Vec<_> = codings.iter().map(|(system, code)| concept(system, code)).collect();
		let resource = with(person("Organization", "o", "2"), json!({ "type": types }));
		organizations(&bundle(&[resource])).map(|read| read[0].kind)
	};
	for (codings, expected) in [
		(&[][..], StatedKind::Unclear),
		(&[(ORGANIZATION_TYPE, "prov")], StatedKind::Provider),
		(&[(ORGANIZATION_TYPE, "ins")], StatedKind::One(Kind::Insurer)),
		(&[(ORGANIZATION_TYPE, "pay")], StatedKind::One(Kind::Insurer)),
		(&[(ORGANIZATION_TYPE, "govt")], StatedKind::One(Kind::Authority)),
		(&[(ORGANIZATION_TYPE, "crs")], StatedKind::One(Kind::Research)),
		(&[(ORGANIZATION_TYPE, "edu")], StatedKind::Unclear),
		(&[(ORGANIZATION_TYPE, "bus")], StatedKind::Unclear),
		(&[("urn:other", "prov")], StatedKind::Unclear),
		(&[(ORGANIZATION_TYPE, "ins"), (ORGANIZATION_TYPE, "govt")], StatedKind::Unclear),
		(&[(ORGANIZATION_TYPE, "prov"), (TAXONOMY, "282N00000X")], StatedKind::One(Kind::Hospital)),
		(&[(TAXONOMY, "261QP2300X")], StatedKind::One(Kind::Clinic)),
		(&[(TAXONOMY, "291U00000X")], StatedKind::One(Kind::Laboratory)),
		(&[(TAXONOMY, "3336C0003X")], StatedKind::One(Kind::Pharmacy)),
		(&[(TAXONOMY, "302R00000X")], StatedKind::One(Kind::Insurer)),
		(&[(TAXONOMY, "207R00000X")], StatedKind::Unclear),
	] {
		assert_eq!(kind(codings).unwrap(), expected, "{codings:?}");
	}
	for known in Kind::ALL {
		let written = [(ORGANIZATION_TYPE, known.organization_type()), (KIND, known.code())];
		assert_eq!(kind(&written).unwrap(), StatedKind::One(known), "{known:?}");
	}
	let error = kind(&[(KIND, "casino")]).unwrap_err();
	assert_eq!(error.path, "Bundle.entry[0].resource.type");
	assert!(matches!(error.refusal, Refusal::UnknownCode { .. }), "{error}");
}

#[test]
fn only_a_provider_of_care_becomes_what_the_caller_says_that_providers_are() {
	let hospital = InstitutionKind::Hospital;
	assert_eq!(StatedKind::Provider.or_provider(hospital), Some(hospital));
	assert_eq!(StatedKind::Unclear.or_provider(hospital), None);
	let insurer = InstitutionKind::Insurer;
	assert_eq!(StatedKind::One(insurer).or_provider(hospital), Some(insurer));
}

#[test]
fn a_shared_address_tells_the_workplace() {
	let at = |kind: &str, id: &str, line: &str, city: Option<&str>, code: Option<&str>| {
		let mut address = json!({ "line": [line], "state": "MA" });
		if let Some(city) = city {
			address["city"] = json!(city);
		}
		if let Some(code) = code {
			address["postalCode"] = json!(code);
		}
		with(person(kind, id, id), json!({ "address": [address] }))
	};
	let zip = Some("01453");
	let places = organizations(&bundle(&[
		at("Organization", "1", "60 HOSPITAL ROAD", Some("LEOMINSTER"), zip),
		at("Organization", "2", "1 Twin St", Some("X"), None),
		at("Organization", "3", "1 Twin St", Some("X"), None),
		at("Organization", "4", "2 Nowhere", None, None),
	]))
	.unwrap();
	let workplaces = Workplaces::of(&places);
	let find = |line: &str, city, code| {
		let read = practitioners(&bundle(&[at("Practitioner", "5", line, city, code)])).unwrap();
		workplaces.find(&read[0])
	};
	let leominster = Some("Leominster");
	assert_eq!(find("60 Hospital Road.", leominster, Some("01453-1234")), Workplace::One(0));
	assert_eq!(find("61 Hospital Road", leominster, zip), Workplace::Unknown);
	assert_eq!(find("60 Hospital Road", Some("Boston"), zip), Workplace::Unknown);
	assert_eq!(find("60 Hospital Road", leominster, Some("01454")), Workplace::Unknown);
	assert_eq!(find("1 Twin St", Some("X"), None), Workplace::Several(vec![1, 2]));
	// A street without a town is in every town.
	assert_eq!(find("2 Nowhere", None, None), Workplace::Unknown);
}
