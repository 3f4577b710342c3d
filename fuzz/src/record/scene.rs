//! A record that was sealed, and released to a grantee.

use crate::input::PrivateFile;
use futures::executor::block_on;
use hdx_primitives::{AccountId, ConsentId, GrantId, RecordId};
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	seal::{
		open, permitted, seal, wrap, Bindings, EncryptionKeyPair, GrantPackage, SealedRecord,
		SectionId,
	},
	store::BlockStore,
};
use serde_json::Value;
use std::{fs, sync::OnceLock};

const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
	{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p","name":[{"family":"Invented"}]}},
	{"resource":{"resourceType":"Condition","id":"h","code":{"coding":[{"system":"http://snomed.info/sct","code":"86406008"}]}}},
	{"resource":{"resourceType":"Observation","id":"o","effectiveDateTime":"2022-03-04","valueQuantity":{"value":1.10}}}]}"#;

/// What there is of the record. Its keys are others in each run: nothing that an input decides depends on them.
pub struct Scene {
	/// The record, as it was sealed.
	pub sealed: SealedRecord,
	/// Its sections.
	pub everything: Vec<SectionId>,
	/// To whom it is released.
	pub grantee: EncryptionKeyPair,
	/// The release, as JSON.
	pub package: Value,
	/// The same as it is sent.
	pub package_text: String,
	/// Files with the keys of the record, the grantee's public key, and their secret one.
	pub files: [Vec<u8>; 3],
	store: BlockStore,
	resources: Vec<String>,
}

/// The one scene that there is.
pub fn scene() -> &'static Scene {
	static SCENE: OnceLock<Scene> = OnceLock::new();
	SCENE.get_or_init(Scene::new)
}

/// What the release is bound to.
pub fn bindings() -> Bindings {
	Bindings {
		genesis: [7; 32],
		record: RecordId(3),
		grant: GrantId(11),
		consent: Some(ConsentId(5)),
		grantee: AccountId::new([9; 32]),
		epoch: 1,
	}
}

/// What is written to a file.
fn written(name: &str, write: impl FnOnce(&PrivateFile)) -> Vec<u8> {
	let file = PrivateFile::place(name);
	write(&file);
	fs::read(file.path()).expect("it was just written")
}

impl Scene {
	fn new() -> Self {
		let bundle = Bundle::from_slice("fuzz", BUNDLE.as_bytes()).expect("a Bundle");
		let resources = bundle.resources().iter().map(|one| one.json().to_owned()).collect();
		let sealed = seal(&bundle.sections(&Labeller::default()), 1).expect("it can be sealed");
		let store = BlockStore::in_memory();
		block_on(store.put_all(&sealed.blocks)).expect("memory can be written");
		let grantee = EncryptionKeyPair::generate().expect("there is randomness");
		let everything = permitted(&sealed.manifest, &[], &[], &[]);
		let package =
			wrap(&sealed.manifest, &sealed.keys, &everything, grantee.public(), &bindings());
		let package = package.expect("the keys are of this record");
		let package = serde_json::to_value(&package).expect("a package is JSON");
		let package_text = package.to_string();
		let files = [
			written("keys", |file| sealed.keys.write(file.path()).expect("a new file")),
			written("public", |file| grantee.public().write(file.path()).expect("a new file")),
			written("pair", |file| grantee.write(file.path()).expect("a new file")),
		];
		Self { sealed, everything, grantee, package, package_text, files, store, resources }
	}

	/// Opens a package as its grantee would: nothing comes out that was not sealed.
	pub fn open(&self, package: &GrantPackage) {
		let bindings = bindings();
		let opening = open(package, &self.grantee, &self.sealed.commitment, &bindings, &self.store);
		let opened = block_on(opening);
		let is_whole = serde_json::to_value(package).ok().as_ref() == Some(&self.package);
		assert!(opened.is_ok() || !is_whole, "what was released can be opened");
		for section in opened.iter().flatten() {
			for resource in &section.resources {
				assert!(self.resources.iter().any(|one| one == resource.json()));
			}
		}
	}
}
