//! Nobody is in a roster twice, and its order is its own.

use crate::support::*;
use hdx_fhir::{
	npi::SYSTEM_OID,
	roster::{read_practitioners, PractitionerCandidate},
	Identifier, ReadError,
};
use proptest::{collection::vec, prelude::*};
use serde_json::{json, Value};
use std::collections::BTreeSet;

fn practitioners(value: &Value) -> Result<Vec<PractitionerCandidate>, ReadError> {
	read_practitioners(value.to_string().as_bytes())
}

fn staff(value: &str) -> Value {
	json!({ "system": "urn:staff", "value": value })
}

/// Entries whose ids, `fullUrl`s and identifiers may be the same, in whatever combination.
fn any_entry() -> impl Strategy<Value = Value> {
	let identifier = (0..3_u8, 0..12_u8, any::<bool>()).prop_map(|(system, value, has_value)| {
		let system = [NPI, SYSTEM_OID, "urn:staff"][usize::from(system)];
		if has_value {
			json!({ "system": system, "value": format!("{value}") })
		} else {
			json!({ "system": system })
		}
	});
	let id = prop::option::of(0..30_u8);
	(id.clone(), id, vec(identifier, 0..4)).prop_map(|(id, url, identifiers)| {
		let mut entry = json!({ "resource": {
			"resourceType": "Practitioner", "identifier": identifiers,
		} });
		if let Some(id) = id {
			entry["resource"]["id"] = json!(format!("{id}"));
		}
		if let Some(url) = url {
			entry["fullUrl"] = json!(format!("urn:{url}"));
		}
		entry
	})
}

proptest! {
	#[test]
	fn any_roster_that_is_read_has_nobody_twice(entries in vec(any_entry(), 0..6)) {
		let roster = json!({ "resourceType": "Bundle", "entry": entries });
		let Ok(read) = practitioners(&roster) else { return Ok(()) };
		prop_assert_eq!(read.len(), entries.len());
		let is_unique = |tokens: Vec<String>| {
			tokens.iter().collect::<BTreeSet<_>>().len() == tokens.len()
		};
		prop_assert!(is_unique(read.iter().map(PractitionerCandidate::key).collect()));
		prop_assert!(is_unique(read.iter().filter_map(|one| one.id.clone()).collect()));
		prop_assert!(is_unique(read.iter().filter_map(|one| one.full_url.clone()).collect()));
		let tokens = read.iter().flat_map(|one| &one.identifiers).map(Identifier::token);
		prop_assert!(is_unique(tokens.collect()));
	}

	#[test]
	fn a_roster_with_any_byte_changed_is_refused_or_has_nobody_twice(
		place in any::<prop::sample::Index>(), byte in any::<u8>()
	) {
		let members = [person("Practitioner", "ann", "1234567893"), person("Practitioner", "bob", "2")];
		let mut text = bundle(&members).to_string().into_bytes();
		let place = place.index(text.len());
		text[place] = byte;
		if let Ok(read) = read_practitioners(&text) {
			let keys: BTreeSet<_> = read.iter().map(PractitionerCandidate::key).collect();
			prop_assert_eq!(keys.len(), read.len());
		}
	}

	#[test]
	fn the_order_of_a_bundle_changes_nothing(
		order in Just((0..12_u32).collect::<Vec<_>>()).prop_shuffle()
	) {
		let member = |number: &u32| {
			let mut resource = person("Practitioner", &number.to_string(), &(number * 10).to_string());
			if number.is_multiple_of(3) {
				resource["identifier"] = json!([staff(&number.to_string())]);
			}
			resource
		};
		let read = |order: &[u32]| {
			let members: Vec<_> = order.iter().map(member).collect();
			let read = practitioners(&bundle(&members)).unwrap();
			read.iter().map(PractitionerCandidate::key).collect::<Vec<_>>()
		};
		let sorted: Vec<_> = (0..12).collect();
		prop_assert_eq!(read(&order), read(&sorted));
	}
}
