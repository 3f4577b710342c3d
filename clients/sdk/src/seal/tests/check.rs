//! Checking what was handed over.

use super::*;
use crate::store::Block;

async fn checked(scene: &Scene, store: &BlockStore) -> Result<(), CheckError> {
	let SealedRecord { manifest, keys, commitment, .. } = &scene.sealed;
	check(manifest, keys, commitment, store).await
}

#[tokio::test]
async fn check_passes_when_every_section_opens() {
	let scene = Scene::new().await;
	checked(&scene, &scene.store).await.unwrap();
}

#[tokio::test]
async fn check_fails_when_the_chain_has_another_record() {
	let (mine, theirs) = (Scene::new().await, Scene::new().await);
	let SealedRecord { manifest, keys, commitment, .. } = &mine.sealed;
	let others = check(manifest, keys, &theirs.sealed.commitment, &mine.store).await;
	let mixed = check(manifest, &theirs.sealed.keys, commitment, &mine.store).await;
	for error in [others.unwrap_err(), mixed.unwrap_err()] {
		let expected = matches!(error, CheckError::Manifest(WrapError::KeysOfAnotherRecord));
		assert!(expected, "{error}");
	}
}

#[tokio::test]
async fn check_fails_when_any_section_is_missing() {
	let scene = Scene::new().await;
	for section in scene.sealed.manifest.sections() {
		let missing = section.entry.cid;
		let kept = scene.sealed.blocks.iter().filter(|block| block.id() != missing);
		let kept: Vec<Block> = kept.cloned().collect();
		let store = BlockStore::in_memory();
		store.put_all(&kept).await.unwrap();
		let error = checked(&scene, &store).await.unwrap_err();
		assert!(matches!(error, CheckError::Open(OpenError::Store(_))), "{error}");
	}
}

#[tokio::test]
async fn check_fails_when_a_section_does_not_open_as_the_record_says() {
	// The key is not the one committed to.
	let mut scene = Scene::new().await;
	scene.sealed.keys.sections[0].key = scene.sealed.keys.sections[1].key.clone();
	let error = checked(&scene, &scene.store).await.unwrap_err();
	let expected = matches!(error, CheckError::Open(OpenError::KeyCommitmentMismatch { .. }));
	assert!(expected, "{error}");

	// The block was altered where it is stored.
	let scene = Scene::new().await;
	let directory = tempfile::tempdir().unwrap();
	let store = BlockStore::directory(directory.path()).unwrap();
	store.put_all(&scene.sealed.blocks).await.unwrap();
	let last = scene.sealed.manifest.sections().last().unwrap().entry.cid;
	std::fs::write(directory.path().join(last.to_string()), "altered").unwrap();
	let error = checked(&scene, &store).await.unwrap_err();
	let expected = matches!(error, CheckError::Open(OpenError::TamperedCiphertext { .. }));
	assert!(expected, "{error}");
}
