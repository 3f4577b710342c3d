#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::made_up;
use hdx_primitives::GrantId;
use hdx_sdk::seal::SectionId;

#[test]
fn fails_when_there_is_no_data() {
	let directory = tempfile::tempdir().unwrap();
	let missing = directory.path().join("nowhere");
	assert!(matches!(Custody::existing(&missing), Err(Error::NoData { .. })));
	assert!(matches!(Custody::existing(directory.path()), Err(Error::NoData { .. })));
	assert!(!missing.exists(), "looking must not make it");
	Custody::create(&missing).blocks().unwrap();
	Custody::existing(&missing).unwrap();
}

#[test]
fn fails_when_the_keys_are_elsewhere() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	let error = custody.keys(RecordId(3), &Commitment([7; 32])).unwrap_err();
	assert!(matches!(error, Error::NoRecordKeys { record: 3, .. }), "{error}");
	assert!(error.to_string().contains("record-0707"), "{error}");
}

#[test]
fn fails_when_a_file_has_the_keys_of_another_record() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	let named = Commitment([7; 32]);
	made_up::sealed().keys.write(&custody.keys_file(&named)).unwrap();
	let error = custody.keys(RecordId(3), &named).unwrap_err();
	assert!(matches!(error, Error::Malformed { .. }), "{error}");
}

#[tokio::test]
async fn what_is_sealed_is_found_again() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	let (new, version) = (made_up::sealed(), made_up::sealed());
	let path = custody.keep_sealed(&new, None).await.unwrap();
	assert_eq!(path, custody.keys_file(&new.commitment));
	custody.keys(RecordId(3), &new.commitment).unwrap();
	let path = custody.keep_sealed(&version, Some(RecordId(3))).await.unwrap();
	assert!(is_version_of(&path, RecordId(3)), "an erasure finds it, wherever the chain stands");
	let keys = custody.keys(RecordId(3), &version.commitment).unwrap();
	Manifest::fetch(&custody.blocks().unwrap(), &keys).await.unwrap();
}

#[tokio::test]
async fn there_are_no_keys_until_every_block_is_stored() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	let sealed = made_up::sealed();
	// In the place of the last block stands something that no file replaces.
	let last = sealed.blocks.last().unwrap().id().to_string();
	fs::create_dir_all(custody.blocks_directory().join(last)).unwrap();
	for version_of in [None, Some(RecordId(3))] {
		let error = custody.keep_sealed(&sealed, version_of).await.unwrap_err();
		assert!(matches!(error, Error::Store(_)), "{error}");
		assert_eq!(custody.files().unwrap(), [custody.blocks_directory()]);
	}
}

#[test]
fn keys_of_a_version_that_the_chain_took_unnoticed_are_found() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	let record = Commitment([7; 32]);
	fs::write(custody.pending_file(RecordId(3), &record), "keys").unwrap();
	assert!(custody.registered(RecordId(4), &record).is_err());
	let found = custody.registered(RecordId(3), &record).unwrap();
	assert_eq!((&found, found.exists()), (&custody.keys_file(&record), true));
}

#[test]
fn what_was_disclosed_is_kept_and_found() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	custody.blocks().unwrap();
	let one = Disclosure::new(GrantId(1), RecordId(0), &[SectionId(4)]).unwrap();
	let path = custody.keep_disclosure(&one).unwrap().keep();
	assert!(matches!(custody.keep_disclosure(&one), Err(Error::Exists { .. })));
	assert_eq!(custody.update_disclosure(&one).unwrap(), path);
	let kept = Disclosures { found: vec![(path.clone(), one)], unreadable: vec![] };
	assert_eq!(custody.disclosures().unwrap(), kept);
	// One that an interruption left does not hide the others.
	fs::write(&path, "").unwrap();
	let kept = Disclosures { found: vec![], unreadable: vec![path] };
	assert_eq!(custody.disclosures().unwrap(), kept);
}

#[test]
fn what_is_erased_is_set_aside_put_back_or_destroyed_with_its_salts() {
	let directory = tempfile::tempdir().unwrap();
	let custody = Custody::create(directory.path());
	custody.blocks().unwrap();
	let (id, record) = (RecordId(3), Commitment([7; 32]));
	assert!(matches!(custody.set_aside(id, &record), Err(Error::NoRecordKeys { .. })));
	fs::write(custody.keys_file(&record), "keys").unwrap();
	let kept = |of| {
		let disclosure = Disclosure::new(GrantId(0), RecordId(of), &[]).unwrap();
		custody.keep_disclosure(&disclosure).unwrap().keep()
	};
	let (mine, others) = (kept(3), kept(4));
	let older = Commitment([6; 32]);
	fs::write(custody.keys_file(&older), "older keys").unwrap();
	let older = custody.supersede(id, 1, &older).unwrap();
	let of_another = directory.path().join("record-33-version-1-00.keys");
	fs::write(&of_another, "keys of another record").unwrap();
	let pending = directory.path().join("record-3-pending-00.keys");
	fs::write(&pending, "keys that the chain may have taken").unwrap();
	let forgotten = Commitment([5; 32]);
	fs::write(custody.keys_file(&forgotten), "keys that were not renamed").unwrap();
	assert_eq!(custody.commitments().unwrap().len(), 2);

	custody.set_aside(id, &record).unwrap();
	assert!(!custody.keys_file(&record).exists());
	custody.put_back(id, &record).unwrap();
	assert_eq!(fs::read_to_string(custody.keys_file(&record)).unwrap(), "keys");

	custody.set_aside(id, &record).unwrap();
	// As it is done again after an interruption.
	custody.set_aside(id, &record).unwrap();
	assert_eq!(custody.destroy_aside(id, &[forgotten]).unwrap(), 5);
	assert!(!custody.keys_file(&record).exists() && !mine.exists() && !older.exists());
	assert!(!pending.exists() && !custody.keys_file(&forgotten).exists());
	assert!(others.exists() && of_another.exists());
	assert_eq!(custody.destroy_aside(id, &[]).unwrap(), 0);
}
