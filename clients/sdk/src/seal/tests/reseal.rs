//! Sealing a record again, under other keys.

use super::*;
use crate::store::Block;

const NEXT: u32 = 2;

async fn resealed(scene: &Scene) -> SealedRecord {
	let SealedRecord { manifest, keys, .. } = &scene.sealed;
	reseal(manifest, keys, &scene.store, NEXT).await.unwrap()
}

#[tokio::test]
async fn reseal_keeps_every_byte_and_what_is_known_of_the_sections() {
	let bundle = bundle();
	let before = Scene::of(&bundle).await;
	let sealed = resealed(&before).await;
	before.store.put_all(&sealed.blocks).await.unwrap();
	let known = |manifest: &Manifest| {
		let sections = manifest.sections().iter();
		let known = |one: &ManifestSection| {
			let ManifestEntry { section, class, labels, padded_size, .. } = one.entry.clone();
			(section, class, labels, padded_size, one.facts.clone())
		};
		sections.map(known).collect::<Vec<_>>()
	};
	assert_eq!(known(&sealed.manifest), known(&before.sealed.manifest));
	let bindings = Bindings { epoch: NEXT, ..bindings() };
	let everything = permitted(&sealed.manifest, &[], &[], &[]);
	let public = before.grantee.public();
	let package = wrap(&sealed.manifest, &sealed.keys, &everything, public, &bindings).unwrap();
	let opened =
		open(&package, &before.grantee, &sealed.commitment, &bindings, &before.store).await;
	assert_eq!(resources(&opened.unwrap()), originals(&bundle));
}

#[tokio::test]
async fn reseal_leaves_nothing_of_the_old_seals() {
	let before = Scene::new().await;
	let sealed = resealed(&before).await;
	assert_ne!(sealed.commitment, before.sealed.commitment);
	assert_ne!(sealed.keys.record_salt.expose(), before.sealed.keys.record_salt.expose());
	for (new, old) in sealed.keys.sections.iter().zip(&before.sealed.keys.sections) {
		assert_ne!(new.key.expose(), old.key.expose());
		assert_ne!(new.salt.expose(), old.salt.expose());
	}
	let old: Vec<_> = before.sealed.blocks.iter().map(Block::id).collect();
	assert!(sealed.blocks.iter().all(|block| !old.contains(&block.id())));
	// A package of before opens nothing of it.
	let package = before.package(&before.everything());
	let error =
		open(&package, &before.grantee, &sealed.commitment, &bindings(), &before.store).await;
	assert!(matches!(error.unwrap_err(), OpenError::CommitmentMismatch { .. }));
}

#[tokio::test]
async fn reseal_fails_when_the_keys_are_of_another_record() {
	let (one, other) = (Scene::new().await, Scene::new().await);
	let mixed = reseal(&one.sealed.manifest, &other.sealed.keys, &one.store, NEXT).await;
	let error = mixed.unwrap_err();
	let expected = matches!(error, ResealError::Manifest(WrapError::KeysOfAnotherRecord));
	assert!(expected, "{error}");
}

#[tokio::test]
async fn reseal_fails_when_a_section_is_missing() {
	let scene = Scene::new().await;
	let manifest_alone = BlockStore::in_memory();
	manifest_alone.put_all(&scene.sealed.blocks[1..]).await.unwrap();
	let SealedRecord { manifest, keys, .. } = &scene.sealed;
	let error = reseal(manifest, keys, &manifest_alone, NEXT).await.unwrap_err();
	assert!(matches!(error, ResealError::Open(OpenError::Store(_))), "{error}");
}
