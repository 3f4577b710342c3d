//! Bundles to try.

use crate::binaries;
use serde_json::{json, Value};
use std::{env, fs, path::PathBuf};

/// What a test prints that had to leave out what needs other people's files.
pub const SKIPPED: &str = "skipped: no conformance material";

/// The project's own Bundle.
pub fn own() -> PathBuf {
	binaries::project().join("clients/sdk/assets/demo-patient-bundle.json")
}

/// The Bundles of Synthea's patients, where they are beside the project.
pub fn synthea() -> Option<Vec<PathBuf>> {
	// The others are of hospitals and practitioners, without a patient.
	let patients = |name: &str| name.ends_with(".json") && !name.contains("Information");
	of_synthea(patients)
}

/// Synthea's directory: the Bundle of practitioners and that of hospitals.
pub fn synthea_roster() -> Option<(PathBuf, PathBuf)> {
	let one = |kind: &str| of_synthea(|name| name.starts_with(kind))?.into_iter().next();
	Some((one("practitionerInformation")?, one("hospitalInformation")?))
}

fn of_synthea(is_meant: impl Fn(&str) -> bool) -> Option<Vec<PathBuf>> {
	let material = match env::var_os("HDX_CONFORMANCE") {
		Some(directory) => PathBuf::from(directory),
		None => binaries::project().parent()?.join("shared/conformance"),
	};
	let files = fs::read_dir(material.join("synthea-r4")).ok()?;
	let files = files.map(|entry| entry.expect("an entry").path());
	let mut meant: Vec<_> = files
		.filter(|path| is_meant(&path.file_name().unwrap_or_default().to_string_lossy()))
		.collect();
	meant.sort();
	Some(meant)
}

/// A Bundle of one patient of at least so many bytes: observations, some of them psychiatric.
pub fn of_size(bytes: usize) -> Vec<u8> {
	let patient = json!({
		"resourceType": "Patient", "id": "large-record",
		"name": [{ "family": "Vandersteen", "given": ["Oriana"] }],
	});
	let mut resources = vec![patient];
	let mut size = 0;
	while size < bytes {
		let next = observation(resources.len());
		size += next.to_string().len();
		resources.push(next);
	}
	of(&resources).to_string().into_bytes()
}

/// A Bundle with these resources.
pub fn of(resources: &[Value]) -> Value {
	let entries: Vec<_> = resources.iter().map(entry).collect();
	json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

fn entry(resource: &Value) -> Value {
	json!({
		"fullUrl": format!(
			"https://fhir.example/{}/{}",
			resource["resourceType"].as_str().unwrap_or_default(),
			resource["id"].as_str().unwrap_or_default(),
		),
		"resource": resource,
	})
}

fn observation(number: usize) -> Value {
	let labels = if number.is_multiple_of(7) {
		json!([{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }])
	} else {
		json!([])
	};
	json!({
		"resourceType": "Observation",
		"id": format!("observation-{number:06}"),
		"meta": { "security": labels },
		"status": "final",
		"code": {
			"coding": [{ "system": "http://loinc.org", "code": "8867-4", "display": "Heart rate" }],
			"text": "Heart rate",
		},
		"subject": { "reference": "Patient/large-record" },
		"effectiveDateTime": "2025-03-01T08:00:00+01:00",
		"valueQuantity": {
			"value": 60 + number % 40, "unit": "beats/minute",
			"system": "http://unitsofmeasure.org", "code": "/min",
		},
		"note": [{ "text": format!("Measurement {number} at rest, in a sitting position.") }],
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_sdk::bundle::Bundle;

	#[test]
	fn the_large_bundle_is_one() {
		let bytes = of_size(100_000);
		assert!((100_000..150_000).contains(&bytes.len()), "{} bytes", bytes.len());
		let bundle = Bundle::from_slice("large", &bytes).unwrap();
		assert!(bundle.resources().len() > 100);
	}
}
