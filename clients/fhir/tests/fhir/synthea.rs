//! Synthea's sample directory: 102 practitioners and 102 hospitals.

use crate::support::*;
use hdx_fhir::{
	institution::StatedKind,
	roster::{invalid_npis, read_organizations, read_practitioners, Workplace, Workplaces},
};
use std::collections::BTreeSet;

fn synthea(name: &str) -> Option<Vec<u8>> {
	Some(std::fs::read(conformance("synthea-r4")?.join(name)).unwrap())
}

#[test]
fn syntheas_practitioners_are_candidates_of_whom_none_has_an_npi() {
	let Some(bytes) = synthea("practitionerInformation1559319163815.json") else { return };
	let read = read_practitioners(&bytes).unwrap();
	assert_eq!(read.len(), 102);
	let invalid = invalid_npis(&read);
	assert_eq!(invalid.len(), 102);
	assert_eq!(
		invalid[0].to_string(),
		"Bundle.entry[0].resource.identifier[0].value: `0` is no NPI; expected ten digits"
	);
	for candidate in &read {
		assert!(candidate.active && candidate.name.is_some() && candidate.full_url.is_some());
		assert_eq!(candidate.identifiers.len(), 1);
		assert!(candidate.qualifications.is_empty());
	}
}

#[test]
fn syntheas_hospitals_each_have_one_practitioner_at_their_address() {
	let Some(bytes) = synthea("hospitalInformation1559319163815.json") else { return };
	let hospitals = read_organizations(&bytes).unwrap();
	assert_eq!(hospitals.len(), 102);
	assert!(hospitals.iter().all(|one| one.kind == StatedKind::Provider && one.npi.is_none()));
	let names: BTreeSet<_> = hospitals.iter().filter_map(|one| one.name.as_deref()).collect();
	assert_eq!(names.len(), 100);
	let Some(bytes) = synthea("practitionerInformation1559319163815.json") else { return };
	let staff = read_practitioners(&bytes).unwrap();
	let workplaces = Workplaces::of(&hospitals);
	let mut found = BTreeSet::new();
	for practitioner in &staff {
		let Workplace::One(index) = workplaces.find(practitioner) else { panic!() };
		assert_eq!(hospitals[index].entry, practitioner.entry);
		found.insert(index);
	}
	assert_eq!(found.len(), 102);
}
