//! What the obligations withhold stays closed.

use super::*;
use hdx_consent_engine::{
	terminology::sensitivity, Code, DataFacts, DataFilter, DataMeaning, DataReference, Obligation,
	ObligationCodes, ObligationData, ObligationPeriods, Period,
};
use hdx_fhir::covered;
use proptest::prelude::*;

fn redact(codes: &[Code]) -> Obligation {
	Obligation::Redact(DataFilter::of_codes(ObligationCodes::truncate_from(codes.to_vec())))
}

fn redact_except(codes: &[Code]) -> Obligation {
	Obligation::RedactExcept(DataFilter::of_codes(ObligationCodes::truncate_from(codes.to_vec())))
}

fn class(kind: &str) -> Code {
	crate::bundle::class_code(kind)
}

fn ids(opened: &[OpenedSection]) -> Vec<String> {
	let mut ids: Vec<String> = resources(opened)
		.into_iter()
		.map(|json| {
			let resource: serde_json::Value = serde_json::from_str(json).unwrap();
			resource["id"].as_str().unwrap().to_owned()
		})
		.collect();
	ids.sort();
	ids
}

/// The ids of the resources that open.
async fn released(obligations: &[Obligation], labels: &[Code], classes: &[Code]) -> Vec<String> {
	let scene = Scene::new().await;
	let sections = permitted(&scene.sealed.manifest, obligations, labels, classes);
	ids(&scene.open(&scene.package(&sections)).await.unwrap())
}

#[tokio::test]
async fn without_obligations_everything_is_released() {
	assert_eq!(released(&[], &[], &[]).await, ["b", "c", "d", "h", "m", "o", "p"]);
}

#[tokio::test]
async fn a_redacted_label_is_withheld_with_what_inherited_it() {
	let obligations = [redact(&[sensitivity::PSY])];
	assert_eq!(released(&obligations, &[], &[]).await, ["b", "d", "h", "o", "p"]);
}

#[tokio::test]
async fn a_broader_label_withholds_the_narrower() {
	assert_eq!(released(&[redact(&[sensitivity::BH])], &[], &[]).await, ["b", "d", "h", "o", "p"]);
}

#[tokio::test]
async fn a_redacted_class_is_withheld() {
	assert_eq!(released(&[redact(&[class("Condition")])], &[], &[]).await, ["m", "o", "p"]);
}

#[tokio::test]
async fn redact_except_leaves_what_carries_one_of_the_codes() {
	let obligations = [redact_except(&[sensitivity::HIV, class("Patient")])];
	assert_eq!(released(&obligations, &[], &[]).await, ["h", "p"]);
}

#[tokio::test]
async fn all_obligations_bind() {
	let obligations = [redact_except(&[class("Condition")]), redact(&[sensitivity::PSY])];
	assert_eq!(released(&obligations, &[], &[]).await, ["b", "d", "h"]);
}

#[tokio::test]
async fn a_redacted_clinical_code_withholds_its_section() {
	let hypertension = Code::of_token("http://snomed.info/sct|59621000");
	assert_eq!(released(&[redact(&[hypertension])], &[], &[]).await, ["c", "h", "m", "o", "p"]);
}

#[tokio::test]
async fn an_excepted_clinical_code_does_not_release_its_neighbours() {
	// Both conditions are in one section; only one of them may be seen.
	let hypertension = Code::of_token("http://snomed.info/sct|59621000");
	let diabetes = Code::of_token("http://snomed.info/sct|44054006");
	assert!(released(&[redact_except(&[hypertension])], &[], &[]).await.is_empty());
	let both = [redact_except(&[hypertension, diabetes])];
	assert_eq!(released(&both, &[], &[]).await, ["b", "d"]);
}

#[tokio::test]
async fn only_what_was_asked_for_is_released() {
	assert_eq!(released(&[], &[sensitivity::PSY], &[]).await, ["c", "m"]);
	assert_eq!(released(&[], &[], &[class("Observation")]).await, ["o"]);
	assert_eq!(released(&[], &[sensitivity::PSY], &[class("Condition")]).await, ["c"]);
	let obligations = [redact(&[sensitivity::PSY])];
	assert!(released(&obligations, &[sensitivity::PSY], &[]).await.is_empty());
}

#[tokio::test]
async fn open_section_fails_when_it_was_withheld() {
	let scene = Scene::new().await;
	let withheld = scene.section("Condition", "PSY");
	let sections = permitted(&scene.sealed.manifest, &[redact(&[sensitivity::PSY])], &[], &[]);
	let package = scene.package(&sections);
	let (commitment, bindings) = (&scene.sealed.commitment, bindings());
	let attempt = |section| {
		open_section(&package, section, &scene.grantee, commitment, &bindings, &scene.store)
	};
	let error = attempt(withheld).await.unwrap_err();
	assert!(matches!(error, OpenError::NotInPackage { section } if section == withheld), "{error}");
	assert!(attempt(sections[0]).await.is_ok());
}

#[test]
fn what_a_package_shows_holds_no_secret_of_a_withheld_section() {
	let runtime = tokio::runtime::Runtime::new().unwrap();
	let scene = runtime.block_on(Scene::new());
	let package = scene.package(&[scene.section("Patient", "N")]);
	let debug = format!("{package:?} {:?} {:?}", scene.sealed.keys, scene.grantee);
	for secrets in &scene.sealed.keys.sections {
		assert!(!debug.contains(&hex::encode(secrets.key.expose())));
		assert!(!debug.contains(&format!("{:?}", secrets.key.expose())));
	}
}

fn years(from: &str, to: &str) -> DataFilter {
	let period = Period { start: covered(from).unwrap().start, end: covered(to).unwrap().end };
	DataFilter { periods: ObligationPeriods::truncate_from(vec![period]), ..DataFilter::default() }
}

#[tokio::test]
async fn a_period_that_is_excepted_releases_what_is_known_to_be_from_it() {
	// The condition of 2022 shares its section with one of unknown age.
	let within = [Obligation::RedactExcept(years("2022", "2022"))];
	assert_eq!(released(&within, &[], &[]).await, ["o"]);
	let part = [Obligation::RedactExcept(years("2022-04", "2022"))];
	assert!(released(&part, &[], &[]).await.is_empty());
}

#[tokio::test]
async fn a_redacted_period_withholds_what_may_be_from_it() {
	// What does not say when it is from may be from that year.
	assert!(released(&[Obligation::Redact(years("2022", "2022"))], &[], &[]).await.is_empty());
	assert_eq!(released(&[Obligation::Redact(years("2023", "2023"))], &[], &[]).await, ["o"]);
}

#[tokio::test]
async fn particular_data_is_withheld_whole_where_nobody_can_tell_which_it_is() {
	let reference = DataReference {
		meaning: DataMeaning::Instance,
		reference: Code::of_token("Observation/o"),
	};
	let data = ObligationData::truncate_from(vec![reference]);
	let filter = DataFilter { data, ..DataFilter::default() };
	assert!(released(&[Obligation::Redact(filter.clone())], &[], &[]).await.is_empty());
	assert!(released(&[Obligation::RedactExcept(filter)], &[], &[]).await.is_empty());
}

/// Any obligations over codes that the record has, and one that it has not.
fn obligations() -> impl Strategy<Value = Vec<Obligation>> {
	let codes = vec![
		sensitivity::PSY,
		sensitivity::HIV,
		sensitivity::BH,
		sensitivity::SDV,
		hdx_consent_engine::terminology::confidentiality::N,
		hdx_consent_engine::terminology::confidentiality::R,
		class("Condition"),
		class("Patient"),
		class("Observation"),
		Code::of_token("http://snomed.info/sct|59621000"),
		Code::of_token("http://snomed.info/sct|370143000"),
	];
	let some = prop::sample::subsequence(codes, 0..6);
	let one = (any::<bool>(), some).prop_map(|(except, codes)| match except {
		true => redact_except(&codes),
		false => redact(&codes),
	});
	prop::collection::vec(one, 0..3)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	/// Whatever the obligations: exactly what no obligation withholds opens, no byte of a withheld
	/// section's key or salt is in the package, and no released key opens a withheld block.
	#[test]
	fn withheld_sections_cannot_be_opened(obligations in obligations()) {
		let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
		let scene = runtime.block_on(Scene::new());
		let released = permitted(&scene.sealed.manifest, &obligations, &[], &[]);
		let package = scene.package(&released);
		let opened = runtime.block_on(scene.open(&package)).unwrap();

		// Decided again per resource, from the Bundle itself.
		let bundle = bundle();
		let mut expected: Vec<&str> = Vec::new();
		for section in bundle.sections(&Labeller::default()) {
			let passes = section.facts().into_iter().all(|facts| {
				let mut codes: Vec<Code> = section.labels().iter().map(|l| l.code()).collect();
				codes.push(class(section.class()));
				codes.extend(facts.codes);
				let facts = DataFacts { codes: &codes, references: None, dated: facts.dated };
				!obligations.iter().any(|obligation| obligation.withholds(&facts))
			});
			if passes {
				expected.extend(section.resources().iter().map(|resource| resource.json()));
			}
		}
		expected.sort_unstable();
		prop_assert_eq!(resources(&opened), expected);

		let json = serde_json::to_string(&package).unwrap();
		let keys = &scene.sealed.keys;
		for section in scene.sealed.manifest.sections() {
			let id = section.entry.section;
			if released.contains(&id) {
				continue;
			}
			let secrets = &keys.sections[id.0 as usize];
			for secret in [&secrets.key, &secrets.salt, &keys.manifest_key] {
				prop_assert!(!json.contains(&hex::encode(secret.expose())));
				for released in package.sections() {
					let holds = |bytes: &[u8]| bytes.windows(32).any(|part| part == secret.expose());
					prop_assert!(!holds(&released.wrapped) && !holds(&released.encapsulated));
				}
			}
			prop_assert!(!json.contains(&section.entry.cid.to_string()));
			let block = scene.sealed.blocks.iter().find(|b| b.id() == section.entry.cid).unwrap();
			let associated = manifest::section_associated_data(&keys.record_salt, id, 1);
			for released in &released {
				let key = &keys.sections[released.0 as usize].key;
				prop_assert!(cipher::decrypt(key, &associated, block.bytes()).is_none());
			}
			let attempt = runtime.block_on(open_section(
				&package, id, &scene.grantee, &scene.sealed.commitment, &bindings(), &scene.store,
			));
			let refused = matches!(attempt, Err(OpenError::NotInPackage { .. }));
			prop_assert!(refused);
		}
	}
}
