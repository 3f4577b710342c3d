//! What can go wrong while storing and fetching.

use super::ContentId;
use std::{error::Error, io};

/// Why a block could not be stored or fetched.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
	/// The location is neither a directory path nor a URL that can be read.
	#[error("`{location}` is not a storage location ({detail}); give a directory or a URL such as file:///var/lib/hdx/blocks")]
	InvalidLocation {
		/// As it was given.
		location: String,
		/// What is wrong with it.
		detail: String,
	},
	/// The URL's scheme needs support that this build lacks.
	#[error("`{location}` cannot be used by this build ({detail}); use a directory, or build with the cargo feature `s3` for S3-compatible storage")]
	UnsupportedLocation {
		/// As it was given.
		location: String,
		/// What the storage library said.
		detail: String,
	},
	/// The directory could not be made or entered.
	#[error("the storage directory `{location}` cannot be used: {source}; check that it is a directory and that you may write there")]
	Directory {
		/// The directory.
		location: String,
		/// What the system said.
		source: io::Error,
	},
	/// No room left.
	#[error("no space is left at `{location}` for block {id}; free some and try again (nothing was registered)")]
	DiskFull {
		/// The store.
		location: String,
		/// The block.
		id: ContentId,
	},
	/// Access to the storage is not permitted.
	#[error("permission to use `{location}` was refused for block {id}; check who owns it")]
	PermissionDenied {
		/// The store.
		location: String,
		/// The block.
		id: ContentId,
	},
	/// The block is not there.
	#[error("block {id} is not in `{location}`; check that this is the custodian's storage")]
	NotFound {
		/// The store.
		location: String,
		/// The block.
		id: ContentId,
	},
	/// What is stored under the id is not what the id names.
	#[error("block {id} in `{location}` was altered: its bytes have another content id")]
	Altered {
		/// The store.
		location: String,
		/// The block.
		id: ContentId,
	},
	/// Any other failure of the storage.
	#[error("block {id} in `{location}`: {source}")]
	Storage {
		/// The store.
		location: String,
		/// The block.
		id: ContentId,
		/// What the storage library said.
		source: Box<object_store::Error>,
	},
}

impl StoreError {
	/// Sorts a failure of the storage library by its cause.
	pub(super) fn of(source: object_store::Error, location: &str, id: ContentId) -> Self {
		let location = location.to_owned();
		match &source {
			object_store::Error::NotFound { .. } => return Self::NotFound { location, id },
			object_store::Error::PermissionDenied { .. } => {
				return Self::PermissionDenied { location, id }
			},
			_ => {},
		}
		// The library keeps the system's error somewhere down the chain of sources.
		let mut cause: Option<&(dyn Error + 'static)> = Some(&source);
		while let Some(error) = cause {
			match error.downcast_ref::<io::Error>().map(io::Error::kind) {
				Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
					return Self::DiskFull { location, id }
				},
				Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
					return Self::PermissionDenied { location, id }
				},
				_ => cause = error.source(),
			}
		}
		Self::Storage { location, id, source: Box::new(source) }
	}
}
