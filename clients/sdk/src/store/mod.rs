//! # Content-addressed storage
//!
//! Sealed blocks live in the custodian's storage under their [`ContentId`]. Whatever a store hands
//! back is hashed again, so the storage need not be trusted for integrity, and since blocks are
//! ciphertext it need not be trusted for confidentiality either.
//!
//! A store is a directory (the default) or a URL. `s3://…` works in builds with the cargo feature
//! `s3`; its credentials and endpoint come from the usual `AWS_…` environment variables.
//!
//! Register a record only after [`BlockStore::put_all`] returned: then every block is written,
//! durable and read back. Blocks left behind by a failure are ciphertext under keys that nobody
//! keeps.

mod content_id;
mod error;
#[cfg(test)]
mod tests;

pub use content_id::{ContentId, InvalidContentId};
pub use error::StoreError;

use futures::{stream, StreamExt, TryStreamExt};
use object_store::{
	local::LocalFileSystem, memory::InMemory, path::Path as ObjectPath, ObjectStore,
	ObjectStoreExt, PutPayload,
};
use std::path::Path;
use url::Url;

/// How many blocks are written at a time.
const WRITES_IN_FLIGHT: usize = 8;

/// Bytes with their content id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
	id: ContentId,
	bytes: Vec<u8>,
}

impl Block {
	/// Names `bytes`.
	pub fn new(bytes: Vec<u8>) -> Self {
		Self { id: ContentId::of(&bytes), bytes }
	}

	/// The content id.
	pub fn id(&self) -> ContentId {
		self.id
	}

	/// The bytes.
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}
}

/// Where sealed blocks are kept.
#[derive(Debug)]
pub struct BlockStore {
	objects: Box<dyn ObjectStore>,
	prefix: ObjectPath,
	location: String,
}

impl BlockStore {
	/// Opens a store by directory path or URL.
	///
	/// # Errors
	///
	/// [`StoreError::InvalidLocation`], [`StoreError::UnsupportedLocation`] or
	/// [`StoreError::Directory`].
	pub fn open(location: &str) -> Result<Self, StoreError> {
		if !location.contains("://") {
			return Self::directory(Path::new(location));
		}
		let invalid =
			|detail: String| StoreError::InvalidLocation { location: location.to_owned(), detail };
		let url = Url::parse(location).map_err(|error| invalid(error.to_string()))?;
		if url.scheme() == "file" {
			let path = url
				.to_file_path()
				.map_err(|()| invalid("it names no path of this machine".to_owned()))?;
			return Self::directory(&path);
		}
		let options = std::env::vars_os()
			.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
			.filter(|(name, _)| name.starts_with("AWS_"));
		let (objects, prefix) = object_store::parse_url_opts(&url, options).map_err(|error| {
			StoreError::UnsupportedLocation {
				location: location.to_owned(),
				detail: error.to_string(),
			}
		})?;
		Ok(Self { objects, prefix, location: location.to_owned() })
	}

	/// Opens a directory, and makes it where it is missing.
	///
	/// # Errors
	///
	/// [`StoreError::Directory`].
	pub fn directory(path: &Path) -> Result<Self, StoreError> {
		let location = path.display().to_string();
		std::fs::create_dir_all(path)
			.map_err(|source| StoreError::Directory { location: location.clone(), source })?;
		let objects = LocalFileSystem::new_with_prefix(path)
			.map_err(|error| StoreError::Directory {
				location: location.clone(),
				source: std::io::Error::other(error),
			})?
			// A record is registered on the strength of a write that returned.
			.with_fsync(true);
		Ok(Self { objects: Box::new(objects), prefix: ObjectPath::default(), location })
	}

	/// A store that lives as long as the process.
	pub fn in_memory() -> Self {
		Self {
			objects: Box::new(InMemory::new()),
			prefix: ObjectPath::default(),
			location: "memory:".to_owned(),
		}
	}

	/// The directory or URL, as it was given.
	pub fn location(&self) -> &str {
		&self.location
	}

	/// Stores a block in one step (there is never half a block) and reads it back.
	///
	/// # Errors
	///
	/// Any [`StoreError`] about a block.
	pub async fn put(&self, block: &Block) -> Result<(), StoreError> {
		let payload = PutPayload::from(block.bytes.clone());
		self.objects
			.put(&self.path(block.id), payload)
			.await
			.map_err(|error| StoreError::of(error, &self.location, block.id))?;
		self.get(&block.id).await.map(drop)
	}

	/// Stores all blocks and reads each back.
	///
	/// # Errors
	///
	/// Any [`StoreError`] about a block; then some blocks may be stored and some not.
	pub async fn put_all(&self, blocks: &[Block]) -> Result<(), StoreError> {
		stream::iter(blocks)
			.map(|block| self.put(block))
			.buffer_unordered(WRITES_IN_FLIGHT)
			.try_collect::<()>()
			.await
	}

	/// Fetches a block and checks that it is the one its id names.
	///
	/// # Errors
	///
	/// Any [`StoreError`] about a block.
	pub async fn get(&self, id: &ContentId) -> Result<Vec<u8>, StoreError> {
		let failed = |error| StoreError::of(error, &self.location, *id);
		let found = self.objects.get(&self.path(*id)).await.map_err(failed)?;
		let bytes = found.bytes().await.map_err(failed)?;
		if id.names(&bytes) {
			Ok(bytes.into())
		} else {
			Err(StoreError::Altered { location: self.location.clone(), id: *id })
		}
	}

	/// Where a block lies.
	fn path(&self, id: ContentId) -> ObjectPath {
		self.prefix.clone().join(id.to_string())
	}
}
