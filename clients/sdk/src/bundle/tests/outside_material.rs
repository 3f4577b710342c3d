//! Other people's material, where it lies beside the project.

use super::*;

fn conformance(path: &str) -> Option<PathBuf> {
	let path = crate::test_material::conformance(path);
	if path.exists() {
		return Some(path);
	}
	println!("skipped: no conformance material");
	None
}

#[test]
fn a_large_rule_table_of_the_usual_shape_is_read() {
	let Some(path) = conformance("asu-shares/sensitivity-rules.json") else { return };
	let table = RuleTable::read(&path, DEFAULT_MIN_CONFIDENCE).unwrap();
	let rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
	assert!(table.labels_of(rxnorm, "203203").contains(&Label::sensitivity("SUD")));
	assert!(table.labels_of(rxnorm, "480").is_empty(), "its confidence is 0");
	let all = RuleTable::read(&path, 0.0).unwrap();
	assert!(all.labels_of(rxnorm, "480").contains(&Label::sensitivity("SUD")));
}

#[test]
fn synthetic_patients_are_read_and_sectioned() {
	let Some(folder) = conformance("synthea-r4") else { return };
	let mut patients = 0;
	for file in std::fs::read_dir(folder).unwrap() {
		let path = file.unwrap().path();
		let name = path.file_name().unwrap().to_str().unwrap().to_owned();
		if name.starts_with("hospital") || name.starts_with("practitioner") {
			let error = Bundle::read(&path).unwrap_err();
			assert!(matches!(error, BundleError::NoPatient { .. }), "{error}");
			continue;
		}
		let bundle = Bundle::read(&path).unwrap();
		assert!(bundle.sections(&Labeller::default()).len() >= 8, "{name}");
		patients += 1;
	}
	assert_eq!(patients, 5);
}
