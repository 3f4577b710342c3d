#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn block(text: &str) -> Block {
	Block::new(text.as_bytes().to_vec())
}

#[test]
fn content_id_is_the_cid_that_ipfs_tools_compute() {
	// `ipfs add --raw-leaves --cid-version 1` of the three bytes `foo`.
	assert_eq!(
		ContentId::of(b"foo").to_string(),
		"bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy"
	);
}

#[test]
fn content_id_reads_back_what_it_writes() {
	let id = ContentId::of(b"foo");
	assert_eq!(id.to_string().parse::<ContentId>().unwrap(), id);
}

#[test]
fn content_id_fails_when_the_text_is_another_kind_of_cid() {
	for text in [
		"",
		"foo",
		// CIDv0
		"QmRJzsvyCQyizr73Gmms8ZRtvNxmgqumxc2KUp71dfEmoj",
		// dag-pb
		"bafybeibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy",
		"/ipfs/bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy",
	] {
		assert!(text.parse::<ContentId>().is_err(), "{text}");
	}
}

#[tokio::test]
async fn a_directory_keeps_what_was_put() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("made/on/demand");
	let blocks = [block("one"), block("two"), block("")];
	BlockStore::directory(&path).unwrap().put_all(&blocks).await.unwrap();
	let store = BlockStore::open(path.to_str().unwrap()).unwrap();
	for block in &blocks {
		assert_eq!(store.get(&block.id()).await.unwrap(), block.bytes());
	}
	assert_eq!(std::fs::read_dir(&path).unwrap().count(), blocks.len(), "no staging file is left");
}

#[tokio::test]
async fn a_file_url_is_the_same_store_as_its_path() {
	let directory = tempfile::tempdir().unwrap();
	let url = Url::from_directory_path(directory.path()).unwrap();
	let block = block("one");
	BlockStore::open(url.as_str()).unwrap().put(&block).await.unwrap();
	let store = BlockStore::directory(directory.path()).unwrap();
	assert_eq!(store.get(&block.id()).await.unwrap(), block.bytes());
}

#[tokio::test]
async fn putting_twice_is_putting_once_and_repairs() {
	let directory = tempfile::tempdir().unwrap();
	let store = BlockStore::directory(directory.path()).unwrap();
	let block = block("one");
	store.put(&block).await.unwrap();
	std::fs::write(directory.path().join(block.id().to_string()), "other").unwrap();
	store.put(&block).await.unwrap();
	assert_eq!(store.get(&block.id()).await.unwrap(), block.bytes());
}

#[tokio::test]
async fn get_fails_when_the_block_was_altered() {
	let directory = tempfile::tempdir().unwrap();
	let store = BlockStore::directory(directory.path()).unwrap();
	let block = block("one");
	store.put(&block).await.unwrap();
	std::fs::write(directory.path().join(block.id().to_string()), "onf").unwrap();
	let error = store.get(&block.id()).await.unwrap_err();
	assert!(matches!(error, StoreError::Altered { .. }), "{error}");
	assert!(error.to_string().contains(directory.path().to_str().unwrap()));
}

#[tokio::test]
async fn get_fails_when_the_block_is_not_there() {
	for store in [BlockStore::in_memory(), BlockStore::open("memory:///").unwrap(), {
		let directory = tempfile::tempdir().unwrap();
		BlockStore::directory(directory.path()).unwrap()
	}] {
		let error = store.get(&ContentId::of(b"nothing")).await.unwrap_err();
		assert!(matches!(error, StoreError::NotFound { .. }), "{error}");
	}
}

#[test]
fn open_fails_when_a_file_stands_in_the_way() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("taken");
	std::fs::write(&path, "").unwrap();
	let error = BlockStore::directory(&path).unwrap_err();
	assert!(matches!(error, StoreError::Directory { .. }), "{error}");
	assert!(error.to_string().contains(path.to_str().unwrap()));
}

#[test]
fn open_fails_when_the_url_is_broken() {
	let error = BlockStore::open("http://[").unwrap_err();
	assert!(matches!(error, StoreError::InvalidLocation { .. }), "{error}");
}

#[cfg(not(feature = "s3"))]
#[test]
fn open_fails_when_the_scheme_is_not_built_in() {
	let error = BlockStore::open("s3://bucket/records").unwrap_err();
	assert!(matches!(error, StoreError::UnsupportedLocation { .. }), "{error}");
	assert!(error.to_string().contains("feature `s3`"));
}

#[test]
fn a_full_disk_and_a_refused_permission_have_their_own_errors() {
	let of = |kind: std::io::ErrorKind| {
		let source = object_store::Error::Generic {
			store: "LocalFileSystem",
			source: Box::new(std::io::Error::from(kind)),
		};
		StoreError::of(source, "/data", ContentId::of(b""))
	};
	let full = of(std::io::ErrorKind::StorageFull);
	assert!(matches!(full, StoreError::DiskFull { .. }));
	assert!(full.to_string().contains("/data"));
	let refused = of(std::io::ErrorKind::PermissionDenied);
	assert!(matches!(refused, StoreError::PermissionDenied { .. }));
	assert!(refused.to_string().contains("/data"));
	assert!(matches!(of(std::io::ErrorKind::Other), StoreError::Storage { .. }));
}
