//! A policy that is written and read again is the same policy.

use crate::support::*;
use hdx_consent_engine::{
	Actor, Code, DataMeaning, DataReference, InstitutionId, Milliseconds, Period, Policy,
	Provision, Rule, Values,
};
use hdx_fhir::{
	read_consent, write_consent, Coding, Consent, ConsentStatus, Dictionary, Directory,
	FhirVersion, Identifier, Metadata, ReadOptions, Reference, WriteError,
};
use proptest::{collection::btree_set, option, prelude::*};
use serde_json::{json, Value};

fn metadata() -> Metadata {
	Metadata {
		id: None,
		full_url: None,
		version_id: None,
		identifiers: vec![Identifier::new("urn:x", "1")],
		status: ConsentStatus::Active,
		scope: Vec::new(),
		categories: Vec::new(),
		date: Some("2024-05-01".to_owned()),
		given_at: moment("2024-05-01T00:00:00Z"),
		period: Period::default(),
		patient: Some(Reference::literal("Patient/p1")),
		grantors: vec![Reference::literal("Patient/p1")],
		grantees: Vec::new(),
		organizations: vec![Reference::logical(Identifier::new("urn:x", "org"))],
		policy_uris: vec!["https://example.org/policy".to_owned()],
		policy_rule: Vec::new(),
		sources: vec![Reference::literal("DocumentReference/1")],
		source_urls: Vec::new(),
	}
}

fn read_back(written: &Value, version: FhirVersion) -> Consent {
	let options = ReadOptions { version: Some(version) };
	let text = written.to_string();
	read_consent(text.as_bytes(), options, &Directory::default())
		.unwrap_or_else(|error| panic!("{error}: {written:#}"))
}

/// Words for half of the codes that policies are made of; the other half are hashes.
fn words() -> Dictionary {
	let mut dictionary = Dictionary::new();
	for number in 0..8 {
		dictionary.add_coding(known_coding(number));
		dictionary.add_identifier(Identifier::new("urn:known", number.to_string()));
		let reference = Reference::literal(format!("Observation/{number}"));
		dictionary.add_reference(reference.as_code(), reference);
	}
	dictionary
}

fn known_coding(number: u8) -> Coding {
	match number {
		0 => Coding { system: None, code: "bare".to_owned() },
		1..4 => Coding::new(TYPES, format!("Type{number}")),
		_ => Coding::new("urn:known", number.to_string()),
	}
}

fn code() -> impl Strategy<Value = Code> {
	prop_oneof![
		(0u8..8).prop_map(|number| known_coding(number).as_code()),
		any::<[u8; 16]>().prop_map(Code)
	]
}

fn actor_strategy() -> impl Strategy<Value = Actor> {
	prop_oneof![
		any::<[u8; 32]>().prop_map(Actor::Account),
		any::<u32>().prop_map(|number| Actor::Organisation(InstitutionId(number))),
		code().prop_map(Actor::Role),
		code().prop_map(Actor::Group),
		any::<[u8; 16]>().prop_map(|hash| Actor::Identifier(Code(hash))),
		(0u8..8).prop_map(|n| {
			Actor::Identifier(Identifier::new("urn:known", n.to_string()).as_code())
		}),
	]
}

fn data() -> impl Strategy<Value = DataReference> {
	let meaning = prop_oneof![
		Just(DataMeaning::Instance),
		Just(DataMeaning::Related),
		Just(DataMeaning::Dependents),
		Just(DataMeaning::AuthoredBy),
	];
	let reference = prop_oneof![
		(0u8..8).prop_map(|number| Reference::literal(format!("Observation/{number}")).as_code()),
		any::<[u8; 16]>().prop_map(Code),
	];
	(meaning, reference).prop_map(|(meaning, reference)| DataReference { meaning, reference })
}

/// Some values; most attributes of most provisions are left out.
fn values<T: Ord + Clone + std::fmt::Debug>(
	value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Values<T>> {
	let some = btree_set(value, 1..=16).prop_map(|set| set.into_iter().collect::<Vec<_>>());
	prop_oneof![4 => Just(Vec::new()), 1 => some.prop_shuffle()]
		.prop_map(|values| values.try_into().unwrap())
}

const DAY: u64 = 86_400_000;
/// The first moment of the year 10000.
const YEAR_10000: u64 = 253_402_300_800_000;

fn period() -> impl Strategy<Value = Period> {
	let moment = || prop_oneof![0..YEAR_10000, (0..YEAR_10000 / DAY).prop_map(|day| day * DAY)];
	(option::of(moment()), option::of(moment())).prop_map(|(one, other)| {
		let (start, end) = match (one, other) {
			(Some(one), Some(other)) => (Some(one.min(other)), Some(one.max(other) + 1)),
			(start, end) => (start, end.map(|end| end + 1)),
		};
		Period { start: start.map(Milliseconds), end: end.map(Milliseconds) }
	})
}

fn provision() -> impl Strategy<Value = Provision> {
	let times = (
		prop_oneof![Just(Period::default()), period()],
		prop_oneof![Just(Period::default()), period()],
	);
	let who = (values(actor_strategy()), values(code()), values(code()));
	let what = (values(code()), values(code()), values(code()), values(data()));
	(any::<bool>(), times, who, what).prop_map(|(permits, times, who, what)| Provision {
		parent: 0,
		rule: if permits { Rule::Permit } else { Rule::Deny },
		period: times.0,
		data_period: times.1,
		actors: who.0,
		purposes: who.1,
		actions: who.2,
		labels: what.0,
		classes: what.1,
		codes: what.2,
		data: what.3,
	})
}

/// Any valid policy, its provisions in document order (each after its parent's earlier children).
fn policy() -> impl Strategy<Value = Policy> {
	let provisions = prop::collection::vec((provision(), any::<u8>()), 1..=32);
	(values(code()), provisions).prop_map(|(categories, provisions)| {
		let mut list: Vec<Provision> = Vec::new();
		for (mut provision, pick) in provisions {
			// The parent is on the way from the last provision to the root, as in a document.
			let mut way = vec![];
			let mut at = list.len().saturating_sub(1);
			while at != 0 {
				way.push(at);
				at = usize::from(list[at].parent);
			}
			way.push(0);
			way.reverse();
			way.truncate(3);
			provision.parent = u8::try_from(way[usize::from(pick) % way.len()]).unwrap();
			list.push(provision);
		}
		list[0].parent = 0;
		Policy { categories, provisions: list.try_into().unwrap() }
	})
}

/// The same as R5 can say it: types alternate, and only its period limits the root.
fn as_r5(mut policy: Policy) -> Policy {
	let mut provisions = policy.provisions.into_inner();
	let root = &provisions[0];
	provisions[0] = Provision { period: root.period, ..Provision::new(0, root.rule) };
	for index in 1..provisions.len() {
		let above = provisions[usize::from(provisions[index].parent)].rule;
		provisions[index].rule = if above == Rule::Permit { Rule::Deny } else { Rule::Permit };
	}
	policy.provisions = provisions.try_into().unwrap();
	policy
}

/// R5 has resource types and document types apart, so their order among each other is lost.
fn without_order_of_classes(mut policy: Policy) -> Policy {
	let mut provisions = policy.provisions.into_inner();
	for provision in &mut provisions {
		let mut classes = provision.classes.clone().into_inner();
		classes.sort();
		provision.classes = classes.try_into().unwrap();
	}
	policy.provisions = provisions.try_into().unwrap();
	policy
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn r4_says_every_policy(policy in policy()) {
		for dictionary in [Dictionary::new(), words()] {
			let written = write_consent(&policy, &metadata(), &dictionary, FhirVersion::R4).unwrap();
			let read = read_back(&written, FhirVersion::R4);
			prop_assert_eq!(read.warnings, Vec::<String>::new());
			prop_assert_eq!(read.policy.as_ref(), Some(&policy), "{:#}", written);
		}
	}

	#[test]
	fn r5_says_every_policy_whose_types_alternate(policy in policy()) {
		let policy = as_r5(policy);
		for dictionary in [Dictionary::new(), words()] {
			let written = write_consent(&policy, &metadata(), &dictionary, FhirVersion::R5).unwrap();
			let read = read_back(&written, FhirVersion::R5).policy.unwrap();
			prop_assert_eq!(
				without_order_of_classes(read),
				without_order_of_classes(policy.clone()),
				"{:#}", written
			);
		}
	}

	#[test]
	fn what_is_written_is_written_the_same_again(policy in policy()) {
		let written = write_consent(&policy, &metadata(), &words(), FhirVersion::R4).unwrap();
		let read = read_back(&written, FhirVersion::R4);
		let policy = read.policy.clone().unwrap();
		let again = write_consent(&policy, &read.metadata, &read.dictionary, FhirVersion::R4).unwrap();
		prop_assert_eq!(again, written);
	}

	#[test]
	fn any_json_is_read_or_refused_and_never_panics(text in "\\PC{0,200}") {
		drop(read_consent(text.as_bytes(), ReadOptions::default(), &Directory::default()));
	}

	#[test]
	fn a_document_with_anything_anywhere_is_read_or_refused(
		place in 0usize..40,
		value in prop_oneof![
			Just(json!(null)), Just(json!([])), Just(json!({})), Just(json!("")), Just(json!(-1)),
			Just(json!([null])), Just(json!([[{}]])), Just(json!("deny")), Just(json!(true)),
		],
	) {
		let mut document = whole();
		replace(&mut document, &mut { place }, &value);
		drop(read_consent(
			document.to_string().as_bytes(), ReadOptions::default(), &Directory::default(),
		));
	}
}

/// A consent that says everything.
fn whole() -> Value {
	with(
		r4(json!({
			"period": { "start": "2024", "end": "2025" },
			"actor": [actor("Practitioner/ann")],
			"purpose": [coding(REASON, "TREAT")],
			"data": [{ "meaning": "related", "reference": { "reference": "Encounter/1" } }],
			"provision": [{ "type": "deny", "code": [concept("urn:x", "y")] }],
		})),
		json!({ "policyRule": concept(ACT, "OPTIN"), "meta": { "versionId": "1" } }),
	)
}

/// Replaces the value at a place, counted in document order.
fn replace(value: &mut Value, place: &mut usize, with: &Value) {
	if *place == 0 {
		*value = with.clone();
		*place = usize::MAX;
		return;
	}
	*place -= 1;
	match value {
		Value::Object(members) => members.values_mut().for_each(|one| replace(one, place, with)),
		Value::Array(list) => list.iter_mut().for_each(|one| replace(one, place, with)),
		_ => {},
	}
}

#[test]
fn a_document_is_written_in_its_own_words() {
	let consent = whole();
	let directory = Directory::from_value(&people()).unwrap();
	let read =
		read_consent(consent.to_string().as_bytes(), Default::default(), &directory).unwrap();
	let policy = read.policy.clone().unwrap();
	let written =
		write_consent(&policy, &read.metadata, &read.dictionary, FhirVersion::R4).unwrap();
	let mut expected = consent;
	// Whoever stores it gives these.
	expected.as_object_mut().unwrap().remove("id");
	expected.as_object_mut().unwrap().remove("meta");
	// R4 requires a role of an actor.
	let role = concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP");
	expected["provision"]["actor"][0]["role"] = role;
	assert_eq!(written, expected);
}

#[test]
fn a_reference_that_would_say_more_than_the_policy_is_not_used() {
	let mut ann = person("Practitioner", "ann", "1");
	ann["identifier"].as_array_mut().unwrap().push(json!({ "system": NPI, "value": "2" }));
	let directory = Directory::from_value(&bundle(&[ann])).unwrap();
	let text = r4(json!({ "actor": [actor("Practitioner/ann")] })).to_string();
	let read = read_consent(text.as_bytes(), Default::default(), &directory).unwrap();
	let mut policy = read.policy.clone().unwrap();
	policy.provisions[0].actors.pop();
	let written =
		write_consent(&policy, &read.metadata, &read.dictionary, FhirVersion::R4).unwrap();
	let reference = &written["provision"]["actor"][0]["reference"];
	assert_eq!(reference, &json!({ "identifier": { "system": NPI, "value": "1" } }));
}

#[test]
fn r5_fails_when_types_do_not_alternate_and_names_the_provision() {
	let policy = read(&r4(json!({ "provision": [
		{ "type": "deny" }, { "type": "permit", "purpose": [coding(REASON, "TREAT")] },
	]})));
	let policy = policy.unwrap().into_policy().unwrap();
	let error = write_consent(&policy, &metadata(), &words(), FhirVersion::R5).unwrap_err();
	assert_eq!(error, WriteError::SameType { provision: 2 });
}

#[test]
fn r5_fails_when_the_root_is_limited() {
	let policy = read(&r4(json!({ "purpose": [coding(REASON, "TREAT")] }))).unwrap();
	let policy = policy.into_policy().unwrap();
	let error = write_consent(&policy, &metadata(), &words(), FhirVersion::R5).unwrap_err();
	assert_eq!(error, WriteError::LimitedRoot { attribute: "purpose" });
}

#[test]
fn writing_fails_when_a_time_has_no_date() {
	let mut root = Provision::new(0, Rule::Permit);
	for period in [
		Period { start: Some(Milliseconds(YEAR_10000)), end: None },
		Period { start: None, end: Some(Milliseconds(u64::MAX)) },
		Period { start: None, end: Some(Milliseconds(0)) },
	] {
		root.period = period;
		let policy = Policy {
			categories: Values::default(),
			provisions: vec![root.clone()].try_into().unwrap(),
		};
		let error = write_consent(&policy, &metadata(), &words(), FhirVersion::R4).unwrap_err();
		assert_eq!(error, WriteError::NoDate { provision: 0 });
	}
}

#[test]
fn writing_fails_when_the_policy_is_not_valid() {
	let policy = Policy { categories: Values::default(), provisions: Default::default() };
	let error = write_consent(&policy, &metadata(), &words(), FhirVersion::R4).unwrap_err();
	assert!(matches!(error, WriteError::Invalid(_)));
}
