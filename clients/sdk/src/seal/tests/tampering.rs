//! Each attempt to pass something off for the record has its own error.

use super::*;
use crate::store::{Block, ContentId, StoreError};
use serde_json::Value;

/// The package with a change in its JSON.
fn edited(package: &GrantPackage, edit: impl FnOnce(&mut Value)) -> GrantPackage {
	let mut json = serde_json::to_value(package).unwrap();
	edit(&mut json);
	serde_json::from_value(json).unwrap()
}

/// A change to an entry.
type Edit = fn(&mut Value);

/// Flips the last bit of hexadecimal text.
fn flip(text: &mut Value) {
	let mut bytes = hex::decode(text.as_str().unwrap()).unwrap();
	*bytes.last_mut().unwrap() ^= 1;
	*text = Value::String(hex::encode(bytes));
}

#[tokio::test]
async fn open_fails_when_the_key_is_another() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let other = EncryptionKeyPair::generate().unwrap();
	let commitment = &scene.sealed.commitment;
	let error = open(&package, &other, commitment, &bindings(), &scene.store).await.unwrap_err();
	assert!(matches!(error, OpenError::WrongKey { .. }), "{error}");
	assert!(error.to_string().contains(&other.fingerprint().to_string()));
	// Nor does it help to claim that the package is one's own.
	let claimed = edited(&package, |json| {
		json["recipient"] = Value::String(hex::encode(other.fingerprint().0));
	});
	let error = open(&claimed, &other, commitment, &bindings(), &scene.store).await.unwrap_err();
	assert!(matches!(error, OpenError::TamperedWrap { .. }), "{error}");
}

#[tokio::test]
async fn open_fails_when_the_wrap_was_altered() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	for field in ["wrapped", "encapsulated"] {
		let altered = edited(&package, |json| flip(&mut json["sections"][0][field]));
		let error = scene.open(&altered).await.unwrap_err();
		assert!(matches!(error, OpenError::TamperedWrap { .. }), "{field}: {error}");
		let cut = edited(&package, |json| json["sections"][0][field] = Value::String("00".into()));
		let error = scene.open(&cut).await.unwrap_err();
		assert!(matches!(error, OpenError::TamperedWrap { .. }), "{field}: {error}");
	}
}

#[tokio::test]
async fn open_fails_when_wraps_are_swapped_between_sections() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let swapped = edited(&package, |json| {
		for field in ["wrapped", "encapsulated"] {
			let first = json["sections"][0][field].take();
			let second = json["sections"][1][field].take();
			json["sections"][0][field] = second;
			json["sections"][1][field] = first;
		}
	});
	let error = scene.open(&swapped).await.unwrap_err();
	assert!(matches!(error, OpenError::TamperedWrap { .. }), "{error}");
}

#[tokio::test]
async fn open_fails_when_the_record_is_of_another_patient() {
	let (mine, theirs) = (Scene::new().await, Scene::new().await);
	let package = mine.package(&mine.everything());
	let commitment = &theirs.sealed.commitment;
	let error =
		open(&package, &mine.grantee, commitment, &bindings(), &mine.store).await.unwrap_err();
	assert!(matches!(error, OpenError::CommitmentMismatch { section: None }), "{error}");
}

#[tokio::test]
async fn open_fails_when_an_entry_was_altered() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let edits: [(&str, Edit); 7] = [
		("class", |entry| entry["class"] = "Patient2".into()),
		("labels", |entry| entry["labels"] = Value::Array(vec![])),
		("cid", |entry| entry["cid"] = ContentId::of(b"other").to_string().into()),
		("key", |entry| flip(&mut entry["key_commitment"])),
		("epoch", |entry| entry["epoch"] = 2.into()),
		("size", |entry| entry["padded_size"] = 8192.into()),
		("number", |entry| entry["section"] = 4_000.into()),
	];
	for (name, edit) in edits {
		let altered = edited(&package, |json| edit(&mut json["sections"][0]["entry"]));
		let error = scene.open(&altered).await.unwrap_err();
		let expected = matches!(error, OpenError::CommitmentMismatch { section: Some(_) });
		assert!(expected, "{name}: {error}");
	}
	for field in ["record_salt", "root"] {
		let altered = edited(&package, |json| flip(&mut json[field]));
		let error = scene.open(&altered).await.unwrap_err();
		assert!(matches!(error, OpenError::CommitmentMismatch { section: None }), "{error}");
	}
	let altered = edited(&package, |json| flip(&mut json["sections"][0]["salt"]));
	let error = scene.open(&altered).await.unwrap_err();
	assert!(matches!(error, OpenError::CommitmentMismatch { section: Some(_) }), "{error}");
	let altered = edited(&package, |json| flip(&mut json["sections"][0]["path"][0]));
	let error = scene.open(&altered).await.unwrap_err();
	assert!(matches!(error, OpenError::CommitmentMismatch { section: Some(_) }), "{error}");
	let altered = edited(&package, |json| json["count"] = 1.into());
	let error = scene.open(&altered).await.unwrap_err();
	assert!(matches!(error, OpenError::CommitmentMismatch { section: None }), "{error}");
}

#[tokio::test]
async fn open_fails_when_the_ciphertext_was_altered() {
	let scene = Scene::new().await;
	let directory = tempfile::tempdir().unwrap();
	let store = BlockStore::directory(directory.path()).unwrap();
	store.put_all(&scene.sealed.blocks).await.unwrap();
	let package = scene.package(&scene.everything());
	let cid = package.sections()[0].entry.cid;
	let path = directory.path().join(cid.to_string());
	let mut bytes = std::fs::read(&path).unwrap();
	bytes[100] ^= 1;
	std::fs::write(&path, bytes).unwrap();
	let commitment = &scene.sealed.commitment;
	let error = open(&package, &scene.grantee, commitment, &bindings(), &store).await.unwrap_err();
	assert!(
		matches!(error, OpenError::TamperedCiphertext { block, .. } if block == cid),
		"{error}"
	);
}

#[tokio::test]
async fn open_fails_when_the_ciphertext_is_missing() {
	let mut scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	scene.store = BlockStore::in_memory();
	let error = scene.open(&package).await.unwrap_err();
	assert!(matches!(error, OpenError::Store(StoreError::NotFound { .. })), "{error}");
}

/// A custodian's mistakes, or its fraud: the record itself commits to what does not fit.
#[tokio::test]
async fn open_fails_when_the_record_commits_to_what_does_not_fit() {
	// A block under the right content id that is not the section's ciphertext.
	let mut scene = Scene::new().await;
	let foreign = Block::new(vec![0; 4112]);
	scene.store.put(&foreign).await.unwrap();
	for section in &mut scene.sealed.manifest.sections {
		section.entry.cid = foreign.id();
	}
	recommit(&mut scene);
	let package = scene.package(&[SectionId(0)]);
	let error = scene.open(&package).await.unwrap_err();
	assert!(matches!(error, OpenError::TamperedCiphertext { .. }), "{error}");

	// A key that is not the one committed to.
	let mut scene = Scene::new().await;
	scene.sealed.keys.sections[0].key = scene.sealed.keys.sections[1].key.clone();
	let package = scene.package(&[SectionId(0)]);
	let error = scene.open(&package).await.unwrap_err();
	assert!(matches!(error, OpenError::KeyCommitmentMismatch { .. }), "{error}");

	// A block of another place in the record.
	let mut scene = Scene::new().await;
	let elsewhere = scene.sealed.manifest.sections[1].entry.clone();
	let secrets = scene.sealed.keys.sections[1].clone();
	let here = &mut scene.sealed.manifest.sections[0].entry;
	*here = ManifestEntry { section: here.section, ..elsewhere };
	scene.sealed.keys.sections[0] = secrets;
	recommit(&mut scene);
	let package = scene.package(&[SectionId(0)]);
	let error = scene.open(&package).await.unwrap_err();
	assert!(matches!(error, OpenError::TamperedCiphertext { .. }), "{error}");

	// Something that is no Bundle, or not padded.
	for (text, padded) in [("7", true), (r#"{"entry":[{}]}"#, true), ("7", false)] {
		let mut scene = Scene::new().await;
		let keys = &scene.sealed.keys;
		let associated = manifest::section_associated_data(&keys.record_salt, SectionId(0), 1);
		let padded = match padded {
			true => cipher::pad(text.as_bytes()).unwrap().to_vec(),
			false => text.as_bytes().to_vec(),
		};
		let block =
			Block::new(cipher::encrypt(&keys.sections[0].key, &associated, &padded).unwrap());
		scene.store.put(&block).await.unwrap();
		scene.sealed.manifest.sections[0].entry.cid = block.id();
		recommit(&mut scene);
		let package = scene.package(&[SectionId(0)]);
		let error = scene.open(&package).await.unwrap_err();
		assert!(matches!(error, OpenError::NotASection { .. }), "{error}");
	}
}

/// Registers the changed manifest.
fn recommit(scene: &mut Scene) {
	let SealedRecord { manifest, keys, commitment, .. } = &mut scene.sealed;
	keys.commitment = manifest.commitment(keys).unwrap();
	*commitment = keys.commitment;
}

#[tokio::test]
async fn open_fails_when_the_format_is_unknown() {
	let scene = Scene::new().await;
	let package = scene.package(&scene.everything());
	let later = edited(&package, |json| json["format"] = "hdx-grant-package/2".into());
	let error = scene.open(&later).await.unwrap_err();
	assert!(matches!(error, OpenError::UnknownFormat { .. }), "{error}");
}

#[test]
fn a_package_with_an_unknown_member_is_refused() {
	let error = serde_json::from_str::<GrantPackage>(r#"{"format":"x","extra":1}"#).unwrap_err();
	assert!(error.to_string().contains("extra"), "{error}");
}

#[tokio::test]
async fn fetch_fails_when_the_manifest_is_of_another_record() {
	let (mine, theirs) = (Scene::new().await, Scene::new().await);
	let mut keys = mine.sealed.keys.clone();
	keys.manifest_key = theirs.sealed.keys.manifest_key.clone();
	let error = Manifest::fetch(&mine.store, &keys).await.unwrap_err();
	assert!(matches!(error, WrapError::ManifestUnreadable { .. }), "{error}");
	let error = Manifest::fetch(&theirs.store, &mine.sealed.keys).await.unwrap_err();
	assert!(matches!(error, WrapError::Store(StoreError::NotFound { .. })), "{error}");
	// The manifest opens, but the commitment is not its own.
	let mut keys = mine.sealed.keys.clone();
	keys.commitment = theirs.sealed.commitment;
	let error = Manifest::fetch(&mine.store, &keys).await.unwrap_err();
	assert!(matches!(error, WrapError::ManifestUnreadable { .. }), "{error}");
}

#[tokio::test]
async fn wrap_fails_when_keys_and_manifest_do_not_belong_together() {
	let (mine, theirs) = (Scene::new().await, Scene::new().await);
	let recipient = mine.grantee.public();
	let everything = mine.everything();
	let manifest = &mine.sealed.manifest;
	let error = wrap(manifest, &theirs.sealed.keys, &everything, recipient, &bindings());
	assert!(matches!(error.unwrap_err(), WrapError::KeysOfAnotherRecord));
	let other_epoch = Bindings { epoch: 2, ..bindings() };
	let error = wrap(manifest, &mine.sealed.keys, &everything, recipient, &other_epoch);
	assert!(matches!(error.unwrap_err(), WrapError::KeysOfAnotherRecord));
	let error = wrap(manifest, &mine.sealed.keys, &[SectionId(99)], recipient, &bindings());
	assert!(matches!(error.unwrap_err(), WrapError::SectionUnknown { section: SectionId(99) }));
}
