//! Records: Bundles, rules, manifests, packages, keys, and what is in them.

mod scene;

use crate::input::{altered, altered_text, choice, text, PrivateFile};
use arbitrary::Unstructured;
use hdx_sdk::{
	bundle::{Bundle, Labeller, RuleTable, MAX_BUNDLE_BYTES},
	fuzzing::{pad, read_section, unpad},
	seal::{
		secret_file, wrap, EncryptionKeyPair, EncryptionPublicKey, Fingerprint, GrantPackage,
		Manifest, RecordKeys, PUBLIC_KEY_BYTES,
	},
	store::ContentId,
};
use scene::{bindings, scene};
use serde_json::Value;

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 11) else { return };
	let mut input = Unstructured::new(rest);
	match reader {
		0 => bundle(rest),
		1 => rules(rest),
		2 => manifests(rest),
		3 => package(rest),
		4 => altered_package(&mut input),
		5 => padded(rest),
		6 => section(rest),
		7 => public_key(rest),
		8 => key_files(rest),
		9 => altered_key_files(&mut input),
		_ => text(rest).map_or((), content_id),
	}
}

fn bundle(bytes: &[u8]) {
	let Ok(bundle) = Bundle::from_slice("fuzz", bytes) else { return };
	assert!(bytes.len() as u64 <= MAX_BUNDLE_BYTES);
	let text = text(bytes).expect("what was read is a text");
	for resource in bundle.resources() {
		assert!(text.contains(resource.entry()), "not a byte of an entry is changed");
		assert!(resource.entry().contains(resource.json()));
		let json: Value = serde_json::from_str(resource.json()).expect("a resource is JSON");
		assert_eq!(json.get("resourceType").and_then(Value::as_str), Some(resource.kind()));
	}
	let sections = bundle.sections(&Labeller::default());
	let in_sections: usize = sections.iter().map(|section| section.resources().len()).sum();
	assert_eq!(in_sections, bundle.resources().len(), "each resource is in one section");
	for section in &sections {
		assert!(section.resources().iter().all(|resource| resource.kind() == section.class()));
		assert!(section.facts().len() <= section.resources().len());
	}
}

fn rules(bytes: &[u8]) {
	if RuleTable::from_slice("fuzz", bytes, 0.8).is_ok() {
		let all = RuleTable::from_slice("fuzz", bytes, f64::MIN);
		assert!(all.is_ok(), "what is certain enough is there without a threshold");
	}
}

/// A manifest, of anybody, and the record's with something changed.
fn manifests(bytes: &[u8]) {
	manifest(bytes);
	let whole = serde_json::to_vec(&scene().sealed.manifest).expect("a manifest is JSON");
	manifest(&altered(&whole, &mut Unstructured::new(bytes)));
}

fn manifest(bytes: &[u8]) {
	let Ok(manifest) = serde_json::from_slice::<Manifest>(bytes) else { return };
	let written = serde_json::to_vec(&manifest).expect("a manifest is JSON");
	assert_eq!(serde_json::from_slice::<Manifest>(&written).ok().as_ref(), Some(&manifest));
	for section in manifest.sections() {
		assert_eq!(section.entry.codes().len(), section.entry.labels.len() + 1);
	}
	let scene = scene();
	let (keys, grantee) = (&scene.sealed.keys, scene.grantee.public());
	let wrapped = wrap(&manifest, keys, &scene.everything, grantee, &bindings());
	// What is committed to: the facts stay with the custodian.
	let committed = |manifest: &Manifest| {
		let sections = manifest.sections().iter();
		(manifest.epoch(), sections.map(|section| section.entry.clone()).collect::<Vec<_>>())
	};
	let is_same = committed(&manifest) == committed(&scene.sealed.manifest);
	assert_eq!(wrapped.is_ok(), is_same, "keys are of one manifest");
}

/// A package, from whoever says that they hold the record.
fn package(bytes: &[u8]) {
	let Ok(package) = serde_json::from_slice::<GrantPackage>(bytes) else { return };
	let written = serde_json::to_value(&package).expect("a package is JSON");
	let again: GrantPackage = serde_json::from_value(written.clone()).expect("as it was written");
	assert_eq!(serde_json::to_value(&again).ok(), Some(written));
	scene().open(&package);
}

/// A package that can be opened, with a field of a section altered, or the text.
fn altered_package(input: &mut Unstructured<'_>) {
	const FIELDS: [&str; 6] = ["encapsulated", "wrapped", "salt", "path", "record_salt", "root"];
	let scene = scene();
	let Ok(field) = input.choose(&FIELDS) else { return };
	let mut package = scene.package.clone();
	let whole = match *field {
		"root" | "record_salt" => package.get_mut(*field),
		"path" => package.pointer_mut("/sections/0/path/0"),
		field => package["sections"][0].get_mut(field),
	};
	if let Some(Value::String(digits)) = whole {
		let bytes = hex::decode(&*digits).expect("hexadecimal digits");
		*digits = hex::encode(altered(&bytes, input));
	}
	if let Ok(package) = serde_json::from_value::<GrantPackage>(package) {
		scene.open(&package);
	}
	if let Some(text) = altered_text(&scene.package_text, input) {
		self::package(text.as_bytes());
	}
}

/// What a block holds once it is decrypted.
fn padded(bytes: &[u8]) {
	if let Some(text) = unpad(bytes) {
		assert!(text.len() + 4 <= bytes.len());
		let padded = pad(text).expect("it is short enough");
		if padded.len() == bytes.len() {
			assert_eq!(padded, bytes);
		}
	}
	let padded = pad(bytes).expect("it is short enough");
	assert!(padded.len().is_power_of_two() && padded.len() >= 4096);
	assert_eq!(unpad(&padded), Some(bytes));
}

/// The text of a section.
fn section(bytes: &[u8]) {
	let Ok(resources) = read_section(bytes) else { return };
	// What the reader passes over need not be a text.
	let text = String::from_utf8_lossy(bytes);
	for resource in resources {
		assert!(text.contains(resource.entry()), "not a byte of an entry is changed");
		assert!(resource.entry().contains(resource.json()));
	}
}

/// A key to which is wrapped: of anybody, and the grantee's with something changed.
fn public_key(bytes: &[u8]) {
	let scene = scene();
	let altered = altered(&scene.grantee.public().to_bytes(), &mut Unstructured::new(bytes));
	for bytes in [bytes, &altered] {
		let Ok(key) = EncryptionPublicKey::from_bytes(bytes) else { continue };
		assert_eq!((key.to_bytes().as_slice(), bytes.len()), (bytes, PUBLIC_KEY_BYTES));
		let Fingerprint(fingerprint) = key.fingerprint();
		assert!(key.check(&fingerprint).is_ok());
		// A key that is none is refused here at the latest, without a panic.
		let sealed = &scene.sealed;
		if let Ok(package) =
			wrap(&sealed.manifest, &sealed.keys, &scene.everything[..1], &key, &bindings())
		{
			assert_eq!(package.recipient(), key.fingerprint());
		}
	}
}

/// Files with keys.
fn key_files(bytes: &[u8]) {
	let file = PrivateFile::with("record", bytes);
	let path = file.path();
	drop(secret_file::read::<Value>(path, "anything"));
	if let Ok(keys) = RecordKeys::read(path) {
		let again = PrivateFile::place("record-again");
		keys.write(again.path()).expect("a small file can be written");
		let read = RecordKeys::read(again.path()).expect("it was just written");
		assert_eq!(
			(read.commitment(), read.epoch(), read.manifest()),
			(keys.commitment(), keys.epoch(), keys.manifest())
		);
	}
	if let Ok(key) = EncryptionPublicKey::read(path) {
		assert_eq!(EncryptionPublicKey::from_bytes(&key.to_bytes()).ok(), Some(key));
	}
	if let Ok(pair) = EncryptionKeyPair::read(path) {
		assert_eq!(pair.fingerprint(), pair.public().fingerprint());
		assert!(EncryptionPublicKey::read(path).is_err(), "one half is not taken for the other");
	}
}

fn altered_key_files(input: &mut Unstructured<'_>) {
	if let Ok(file) = input.choose(&scene().files) {
		key_files(&altered(file, input));
	}
}

fn content_id(text: &str) {
	if let Ok(id) = text.parse::<ContentId>() {
		assert_eq!(id.to_string(), text, "an id is spelled in one way");
	}
	let id = ContentId::of(text.as_bytes());
	assert!(id.names(text.as_bytes()));
	assert_eq!(id.to_string().parse::<ContentId>().ok(), Some(id));
}
