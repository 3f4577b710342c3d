//! Who the references of a document are.

use crate::support::*;
use hdx_consent_engine::{Actor, Code, InstitutionId};
use hdx_fhir::{
	Directory, Identifier, Mapping, Origin, Reference, Resolved, Resolver, Unresolvable,
};
use serde_json::{json, Value};

fn directory(resources: &[Value]) -> Directory {
	Directory::from_value(&bundle(resources)).unwrap()
}

fn resolve(directory: &Directory, reference: &str) -> Result<Resolved, Unresolvable> {
	directory.actors(&Reference::literal(reference), Origin::default())
}

/// The values of the identifiers, in alphabetical order.
fn who(directory: &Directory, reference: &str) -> Vec<String> {
	let resolved = resolve(directory, reference).unwrap();
	let mut values: Vec<_> = resolved.identifiers.into_iter().map(|one| one.value).collect();
	values.sort();
	values
}

fn group(id: &str, members: &[&str]) -> Value {
	let members: Vec<_> =
		members.iter().map(|one| json!({ "entity": { "reference": one } })).collect();
	json!({ "resourceType": "Group", "id": id, "member": members })
}

#[test]
fn a_person_is_every_identifier() {
	let mut ann = person("Practitioner", "ann", "1");
	ann["identifier"].as_array_mut().unwrap().push(json!({ "value": "A-1" }));
	let resolved = resolve(&directory(&[ann]), "Practitioner/ann").unwrap();
	let codes = [format!("{NPI}|1"), "|A-1".to_owned()];
	assert_eq!(resolved.actors, codes.map(|token| Actor::Identifier(Code::of_token(&token))));
	assert!(resolved.identified);
}

#[test]
fn every_kind_that_acts_is_resolved() {
	for kind in ["Practitioner", "Organization", "Patient", "RelatedPerson", "Device"] {
		let directory = directory(&[person(kind, "x", "1")]);
		assert_eq!(who(&directory, &format!("{kind}/x")), ["1"], "{kind}");
	}
}

#[test]
fn fails_when_it_is_nobody_who_acts() {
	let directory = directory(&[person("Medication", "x", "1")]);
	let error = resolve(&directory, "Medication/x").unwrap_err();
	assert!(matches!(error, Unresolvable::NotAnActor { ref kind, .. } if kind == "Medication"));
}

#[test]
fn a_role_is_its_practitioner_and_never_its_organisation() {
	let role = json!({
		"resourceType": "PractitionerRole", "id": "r",
		"identifier": [{ "system": NPI, "value": "role" }],
		"practitioner": { "reference": "Practitioner/ann" },
		"organization": { "reference": "Organization/clinic" },
	});
	let clinic = person("Organization", "clinic", "3");
	let with_both = directory(&[role.clone(), person("Practitioner", "ann", "1"), clinic.clone()]);
	assert_eq!(who(&with_both, "PractitionerRole/r"), ["1", "role"]);
	let error = resolve(&directory(&[role, clinic]), "PractitionerRole/r").unwrap_err();
	assert_eq!(error, Unresolvable::NotFound { reference: "Practitioner/ann".to_owned() });
}

#[test]
fn a_role_that_is_over_is_nobodys() {
	let role = |more: Value| {
		let role = json!({
			"resourceType": "PractitionerRole", "id": "r",
			"practitioner": { "reference": "Practitioner/ann" },
		});
		directory(&[with(role, more), person("Practitioner", "ann", "1")])
			.at(moment("2024-06-01T00:00:00Z"))
	};
	let is_ann = |directory| who(&directory, "PractitionerRole/r").contains(&"1".to_owned());
	assert!(is_ann(role(json!({ "period": { "end": "2024-06-01" } }))));
	assert!(!is_ann(role(json!({ "period": { "end": "2024-05-31" } }))));
	assert!(!is_ann(role(json!({ "active": false }))));
}

#[test]
fn a_group_is_its_members_through_groups_of_groups() {
	let people = [person("Practitioner", "ann", "1"), person("Practitioner", "bob", "2")];
	let outer = group("outer", &["Group/inner", "Practitioner/ann"]);
	let inner = group("inner", &["Practitioner/bob", "Practitioner/ann"]);
	let directory = directory(&[people[0].clone(), people[1].clone(), outer, inner]);
	assert_eq!(who(&directory, "Group/outer")[..2], ["1", "2"]);
}

#[test]
fn a_team_is_its_participants() {
	let team = json!({
		"resourceType": "CareTeam", "id": "t", "identifier": [{ "value": "team" }],
		"participant": [
			{ "member": { "reference": "Practitioner/ann" } },
			{ "member": { "identifier": { "system": NPI, "value": "9" } } },
		],
	});
	let directory = directory(&[team, person("Practitioner", "ann", "1")]);
	assert_eq!(who(&directory, "CareTeam/t"), ["1", "9", "team"]);
}

#[test]
fn a_membership_counts_while_it_lasts() {
	let member = |member: Value| {
		json!({
			"resourceType": "Group", "id": "g", "identifier": [{ "value": "g" }],
			"member": [with(json!({ "entity": { "reference": "Practitioner/ann" } }), member)],
		})
	};
	let ann = || person("Practitioner", "ann", "1");
	let at = |text, group| directory(&[group, ann()]).at(moment(text));
	let until = || member(json!({ "period": { "end": "2024-05-31" } }));
	assert_eq!(who(&at("2024-05-31T12:00:00Z", until()), "Group/g"), ["1", "g"]);
	assert_eq!(who(&at("2024-06-01T00:00:00Z", until()), "Group/g"), ["g"]);
	let inactive = member(json!({ "inactive": true }));
	assert_eq!(who(&at("2024-06-01T00:00:00Z", inactive), "Group/g"), ["g"]);
}

#[test]
fn fails_when_a_group_does_not_list_its_members() {
	let group = json!({ "resourceType": "Group", "id": "g", "quantity": 25 });
	let error = resolve(&directory(&[group]), "Group/g").unwrap_err();
	assert_eq!(error, Unresolvable::NoMembers { reference: "Group/g".to_owned() });
}

#[test]
fn fails_when_a_member_of_a_group_is_missing() {
	let directory = directory(&[group("g", &["Practitioner/ann"])]);
	let error = resolve(&directory, "Group/g").unwrap_err();
	assert_eq!(error, Unresolvable::NotFound { reference: "Practitioner/ann".to_owned() });
}

#[test]
fn fails_when_a_group_is_a_member_of_itself() {
	for groups in [
		vec![group("g", &["Group/g"])],
		vec![group("g", &["Group/h"]), group("h", &["Group/i"]), group("i", &["Group/g"])],
	] {
		let error = resolve(&directory(&groups), "Group/g").unwrap_err();
		assert_eq!(error, Unresolvable::Cycle { reference: "Group/g".to_owned() });
	}
}

#[test]
fn fails_when_groups_are_nested_too_deep() {
	let chain = |depth: usize| {
		let mut groups: Vec<_> =
			(0..depth).map(|n| group(&n.to_string(), &[&format!("Group/{}", n + 1)])).collect();
		groups.push(group(&depth.to_string(), &["Practitioner/ann"]));
		groups.push(person("Practitioner", "ann", "1"));
		directory(&groups)
	};
	assert!(resolve(&chain(7), "Group/0").is_ok());
	let error = resolve(&chain(8), "Group/0").unwrap_err();
	assert!(matches!(error, Unresolvable::TooDeep { limit: 8, .. }), "{error:?}");
}

#[test]
fn a_wide_lattice_of_groups_is_walked_once() {
	let mut resources = vec![person("Practitioner", "ann", "1")];
	for level in 0..8 {
		let below: Vec<_> = match level {
			7 => vec!["Practitioner/ann".to_owned()],
			_ => (0..30).map(|n| format!("Group/{}-{n}", level + 1)).collect(),
		};
		let below: Vec<_> = below.iter().map(String::as_str).collect();
		resources.extend((0..30).map(|n| group(&format!("{level}-{n}"), &below)));
	}
	assert!(resolve(&directory(&resources), "Group/0-0").is_ok());
}

#[test]
fn absolute_relative_and_urn_references_find_their_entry() {
	let entry = |url: &str, id: &str, npi: &str| json!({ "fullUrl": url, "resource": person("Practitioner", id, npi) });
	let value = json!({ "resourceType": "Bundle", "entry": [
		entry("https://a.example/fhir/Practitioner/1", "1", "a1"),
		entry("https://b.example/fhir/Practitioner/1", "1", "b1"),
		entry("urn:uuid:11f3", "u", "u"),
	]});
	let directory = Directory::from_value(&value).unwrap();
	assert_eq!(who(&directory, "https://a.example/fhir/Practitioner/1"), ["a1"]);
	assert_eq!(who(&directory, "https://b.example/fhir/Practitioner/1/_history/4"), ["b1"]);
	assert_eq!(who(&directory, "urn:uuid:11f3"), ["u"]);
	assert_eq!(who(&directory, "Practitioner/u"), ["u"]);
	let other = resolve(&directory, "https://c.example/fhir/Practitioner/1").unwrap_err();
	assert!(matches!(other, Unresolvable::NotFound { .. }));
	let either = resolve(&directory, "Practitioner/1").unwrap_err();
	assert_eq!(either, Unresolvable::Ambiguous { reference: "Practitioner/1".to_owned() });
	let beside = Origin { full_url: Some("https://b.example/fhir/Consent/9"), contained: &[] };
	let resolved = directory.actors(&Reference::literal("Practitioner/1"), beside).unwrap();
	assert_eq!(resolved.identifiers, [Identifier::new(NPI, "b1")]);
}

#[test]
fn a_resource_without_an_id_is_found_by_the_url_of_its_entry() {
	let mut bob = person("Practitioner", "", "2");
	bob.as_object_mut().unwrap().remove("id");
	let entry = json!({ "fullUrl": "https://a.example/fhir/Practitioner/bob", "resource": bob });
	let bundle = json!({ "resourceType": "Bundle", "entry": [entry] });
	assert_eq!(who(&Directory::from_value(&bundle).unwrap(), "Practitioner/bob"), ["2"]);
}

#[test]
fn contained_resources_are_found_where_they_are_contained() {
	let contained = [person("Practitioner", "here", "5")];
	let origin = Origin { full_url: None, contained: &contained };
	let directory = Directory::default();
	let resolved = directory.actors(&Reference::literal("#here"), origin).unwrap();
	assert_eq!(resolved.identifiers, [Identifier::new(NPI, "5")]);
	assert!(resolve(&directory, "#here").is_err());
}

#[test]
fn an_identifier_in_the_reference_counts_with_or_without_a_directory() {
	let logical = Some(Identifier::new(NPI, "9"));
	let alone = Reference { reference: None, identifier: logical.clone() };
	let resolved = Directory::default().actors(&alone, Origin::default()).unwrap();
	assert_eq!(resolved.identifiers, [Identifier::new(NPI, "9")]);
	let both = Reference { reference: Some("Practitioner/ann".to_owned()), identifier: logical };
	assert!(Directory::default().actors(&both, Origin::default()).is_ok());
	let directory = directory(&[person("Practitioner", "ann", "1")]);
	let resolved = directory.actors(&both, Origin::default()).unwrap();
	assert_eq!(resolved.identifiers, [Identifier::new(NPI, "1"), Identifier::new(NPI, "9")]);
}

#[test]
fn whoever_has_no_identifier_is_known_by_reference_alone() {
	let directory = directory(&[json!({ "resourceType": "Practitioner", "id": "x" })]);
	let resolved = resolve(&directory, "Practitioner/x").unwrap();
	assert!(!resolved.identified);
	assert_eq!(resolved.actors, [Actor::Identifier(Code::of_token("|Practitioner/x"))]);
}

#[test]
fn a_directory_may_be_empty() {
	for value in [
		json!({ "resourceType": "Bundle" }),
		json!({ "resourceType": "Bundle", "entry": [] }),
		json!({ "resourceType": "Bundle", "entry": null }),
	] {
		assert!(Directory::from_value(&value).unwrap().is_empty());
	}
}

#[test]
fn fails_when_the_directory_is_no_bundle() {
	let error = Directory::from_value(&person("Practitioner", "x", "1")).unwrap_err();
	assert_eq!(error.path, "resourceType");
	let entry = json!({ "resourceType": "Bundle", "entry": [{ "resource": {} }] });
	assert_eq!(Directory::from_value(&entry).unwrap_err().path, "entry[0].resource.resourceType");
}

#[test]
fn a_mapping_says_who_is_who_on_the_chain() {
	let account = Actor::Account([7; 32]);
	let mapping = Mapping::new()
		.with_actor("Practitioner/ann", account)
		.with_actor(format!("{NPI}|3"), Actor::Organisation(InstitutionId(4)))
		.with_data("Observation/1", Code([9; 16]));
	let actors = |reference: Reference| {
		mapping.actors(&reference, Origin::default()).map(|resolved| resolved.actors)
	};
	assert_eq!(actors(Reference::literal("Practitioner/ann")).unwrap(), [account]);
	let by_identifier = Reference::logical(Identifier::new(NPI, "3"));
	assert_eq!(actors(by_identifier).unwrap(), [Actor::Organisation(InstitutionId(4))]);
	let own = Identifier::new(hdx_fhir::naming::ACCOUNT, format!("0x{}", "07".repeat(32)));
	assert_eq!(actors(Reference::logical(own)).unwrap(), [account]);
	assert!(actors(Reference::literal("Practitioner/bob")).is_err());
	let data = |reference| mapping.data(&Reference::literal(reference), Origin::default());
	assert_eq!(data("Observation/1").unwrap(), Code([9; 16]));
	assert!(data("Observation/2").is_err());
}
