#![allow(
	clippy::unwrap_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod bindings;
mod check;
mod key_files;
mod padding;
mod reseal;
mod round_trip;
mod tampering;
mod withheld;

use super::*;
use crate::{
	bundle::{Bundle, Labeller},
	store::BlockStore,
};
use hdx_primitives::{AccountId, ConsentId, GrantId, RecordId};
use std::path::{Path, PathBuf};

/// A small record: an encounter, two kinds of sensitive data, data with digits to keep.
const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
	{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p","name":[{"family":"Invented"}]}},
	{"resource":{"resourceType":"Condition","id":"c","code":{"coding":[{"system":"http://snomed.info/sct","code":"370143000"}]}}},
	{"resource":{"resourceType":"Condition","id":"h","code":{"coding":[{"system":"http://snomed.info/sct","code":"86406008"}]}}},
	{"resource":{"resourceType":"Condition","id":"b","onsetDateTime":"2022","code":{"coding":[{"system":"http://snomed.info/sct","code":"59621000"}]}}},
	{"resource":{"resourceType":"Condition","id":"d","code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006"}]}}},
	{"resource":{"resourceType":"Observation","id":"o","effectiveDateTime":"2022-03-04","valueQuantity":{"value":1.10}}},
	{"resource":{"resourceType":"MedicationRequest","id":"m","reasonReference":[{"reference":"Condition/c"}]}}]}"#;

fn bundle() -> Bundle {
	Bundle::from_slice("test.json", BUNDLE.as_bytes()).unwrap()
}

fn bindings() -> Bindings {
	Bindings {
		genesis: [7; 32],
		record: RecordId(3),
		grant: GrantId(11),
		consent: Some(ConsentId(5)),
		grantee: AccountId::new([9; 32]),
		epoch: 1,
	}
}

/// A sealed and stored record with a grantee.
struct Scene {
	sealed: SealedRecord,
	store: BlockStore,
	grantee: EncryptionKeyPair,
}

impl Scene {
	async fn new() -> Self {
		Self::of(&bundle()).await
	}

	async fn of(bundle: &Bundle) -> Self {
		let sealed = seal(&bundle.sections(&Labeller::default()), 1).unwrap();
		let store = BlockStore::in_memory();
		store.put_all(&sealed.blocks).await.unwrap();
		Self { sealed, store, grantee: EncryptionKeyPair::generate().unwrap() }
	}

	fn everything(&self) -> Vec<SectionId> {
		permitted(&self.sealed.manifest, &[], &[], &[])
	}

	fn package(&self, sections: &[SectionId]) -> GrantPackage {
		let Self { sealed, grantee, .. } = self;
		wrap(&sealed.manifest, &sealed.keys, sections, grantee.public(), &bindings()).unwrap()
	}

	async fn open(&self, package: &GrantPackage) -> Result<Vec<OpenedSection>, OpenError> {
		open(package, &self.grantee, &self.sealed.commitment, &bindings(), &self.store).await
	}

	/// The section of a class with a label.
	fn section(&self, class: &str, label: &str) -> SectionId {
		let matches = |entry: &ManifestEntry| {
			entry.class == class && entry.labels.iter().any(|found| found.code == label)
		};
		let sections = self.sealed.manifest.sections();
		sections.iter().find(|section| matches(&section.entry)).unwrap().entry.section
	}
}

/// The resources of opened sections, sorted.
fn resources(opened: &[OpenedSection]) -> Vec<&str> {
	let mut all: Vec<&str> =
		opened.iter().flat_map(|section| &section.resources).map(OpenedResource::json).collect();
	all.sort_unstable();
	all
}

/// The resources of a Bundle, sorted.
fn originals(bundle: &Bundle) -> Vec<&str> {
	let mut all: Vec<&str> = bundle.resources().iter().map(|resource| resource.json()).collect();
	all.sort_unstable();
	all
}

fn asset(name: &str) -> PathBuf {
	crate::test_material::crate_directory().join("assets").join(name)
}
