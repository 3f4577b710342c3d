//! What was sealed and released opens, byte for byte.

use super::*;

async fn comes_back(bundle: &Bundle) {
	let scene = Scene::of(bundle).await;
	let package = scene.package(&scene.everything());
	// As the grantee receives it.
	let json = serde_json::to_vec(&package).unwrap();
	let received: GrantPackage = serde_json::from_slice(&json).unwrap();
	let opened = scene.open(&received).await.unwrap();
	assert_eq!(resources(&opened), originals(bundle));
	let mut entries: Vec<&str> =
		opened.iter().flat_map(|section| &section.resources).map(|r| r.entry()).collect();
	let mut originals: Vec<&str> = bundle.resources().iter().map(|r| r.entry()).collect();
	entries.sort_unstable();
	originals.sort_unstable();
	assert_eq!(entries, originals);
}

#[tokio::test]
async fn a_record_comes_back_byte_for_byte() {
	comes_back(&bundle()).await;
}

#[tokio::test]
async fn odd_numbers_and_escapes_come_back_byte_for_byte() {
	let text = r#"{"resourceType":"Bundle","entry":[ {  "resource" : { "resourceType":"Patient",
		"a": 1.10, "b": 1e2, "c":0.1000000000000000055511151231257827021181583404541015625,
		"d": "\u00e9\u0065é\ud83d\ude00", "\u0061a": -0.0e-7, "e" : [ 1.0 , 1 ] } , "search":{"mode":"match"} } ]}"#;
	comes_back(&Bundle::from_slice("test.json", text.as_bytes()).unwrap()).await;
}

#[tokio::test]
async fn the_demo_bundle_comes_back_byte_for_byte() {
	comes_back(&Bundle::read(asset("demo-patient-bundle.json")).unwrap()).await;
}

#[tokio::test]
async fn synthetic_patients_come_back_byte_for_byte() {
	let folder = crate::test_material::conformance("synthea-r4");
	let Ok(files) = std::fs::read_dir(folder) else {
		println!("skipped: no conformance material");
		return;
	};
	let mut patients = 0;
	for file in files {
		let file = file.unwrap();
		let name = file.file_name().into_string().unwrap();
		if !name.starts_with("hospital") && !name.starts_with("practitioner") {
			comes_back(&Bundle::read(file.path()).unwrap()).await;
			patients += 1;
		}
	}
	assert_eq!(patients, 5);
}

#[tokio::test]
async fn five_megabytes_come_back_byte_for_byte() {
	let observation = |id: usize| {
		format!(
			r#"{{"resource":{{"resourceType":"Observation","id":"o{id}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"{}"}}]}},"subject":{{"reference":"Patient/p"}},"valueQuantity":{{"value":{id}.50,"unit":"mmol/L"}},"note":[{{"text":"{}"}}]}}}}"#,
			if id.is_multiple_of(50) { "44261-6" } else { "2339-0" },
			"drawn in the morning ".repeat(20)
		)
	};
	let mut entries = vec![r#"{"resource":{"resourceType":"Patient","id":"p"}}"#.to_owned()];
	let mut size = 0;
	while size < 5_000_000 {
		let entry = observation(entries.len());
		size += entry.len();
		entries.push(entry);
	}
	let text = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","));
	let mut file = tempfile::NamedTempFile::new().unwrap();
	std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
	comes_back(&Bundle::read(file.path()).unwrap()).await;
}

#[tokio::test]
async fn the_manifest_and_the_keys_survive_storage() {
	let scene = Scene::new().await;
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("record.keys");
	scene.sealed.keys.write(&path).unwrap();
	let keys = RecordKeys::read(&path).unwrap();
	assert_eq!(keys.commitment(), scene.sealed.commitment);
	assert_eq!(keys.epoch(), 1);
	let manifest = Manifest::fetch(&scene.store, &keys).await.unwrap();
	assert_eq!(manifest, scene.sealed.manifest);
	let everything = scene.everything();
	let package = wrap(&manifest, &keys, &everything, scene.grantee.public(), &bindings()).unwrap();
	assert_eq!(resources(&scene.open(&package).await.unwrap()), originals(&bundle()));
}

#[tokio::test]
async fn the_grantee_sees_class_and_labels_of_what_was_released() {
	let scene = Scene::new().await;
	let section = scene.section("MedicationRequest", "PSY");
	let package = scene.package(&[section]);
	let opened = scene.open(&package).await.unwrap();
	assert_eq!(opened.len(), 1);
	assert_eq!(opened[0].class, "MedicationRequest");
	assert_eq!(opened[0].section, section);
	assert!(opened[0].labels.iter().any(|label| label.code == "PSY"));
	assert_eq!(package.record_sections(), scene.sealed.sections());
	assert_eq!(package.recipient(), scene.grantee.fingerprint());
}

#[test]
fn sealing_twice_shares_nothing() {
	let bundle = bundle();
	let sections = bundle.sections(&Labeller::default());
	let (one, two) = (seal(&sections, 1).unwrap(), seal(&sections, 1).unwrap());
	assert_ne!(one.commitment, two.commitment);
	for block in &one.blocks {
		assert!(two.blocks.iter().all(|other| other.id() != block.id()));
	}
}

#[test]
fn blocks_tell_their_magnitude_only() {
	let bundle = bundle();
	let sealed = seal(&bundle.sections(&Labeller::default()), 1).unwrap();
	for block in &sealed.blocks {
		let padded = block.bytes().len() - 16;
		assert!(padded.is_power_of_two() && padded >= 4096, "{padded}");
		let text = String::from_utf8_lossy(block.bytes());
		assert!(!text.contains("Patient") && !text.contains("Invented"));
	}
	// Every section of this record is small, so all their blocks are of one size.
	let sizes: std::collections::BTreeSet<u64> =
		sealed.manifest.sections().iter().map(|section| section.entry.padded_size).collect();
	assert_eq!(sizes.len(), 1);
}

#[test]
fn sections_are_numbered_at_random() {
	let bundle = bundle();
	let sections = bundle.sections(&Labeller::default());
	let order = || -> Vec<String> {
		let sealed = seal(&sections, 1).unwrap();
		sealed.manifest.sections().iter().map(|section| section.entry.class.clone()).collect()
	};
	let first = order();
	// Six sections: that forty more come in the same order happens once in 10^114 runs.
	assert!((0..40).any(|_| order() != first));
}

#[test]
fn seal_fails_when_there_is_nothing() {
	assert!(matches!(seal(&[], 1).unwrap_err(), SealError::NoSections));
}

#[test]
fn seal_fails_when_there_are_too_many_sections() {
	let bundle = bundle();
	let one = bundle.sections(&Labeller::default()).remove(0);
	let many = vec![one; MAX_SECTIONS as usize + 1];
	let error = seal(&many, 1).unwrap_err();
	assert!(matches!(error, SealError::TooManySections { found: 10_001, .. }), "{error}");
}
