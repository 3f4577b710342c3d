//! A state that tells what was asked of it.

use sp_core::storage::{ChildInfo, StateVersion, TrackedStorageKey};
use sp_externalities::{
	set_and_run_with_externalities, Error, Extension, ExtensionStore, Externalities,
	MultiRemovalResults,
};
use sp_io::TestExternalities;
use std::{
	any::{Any, TypeId},
	collections::BTreeSet,
};

/// What was asked of a state.
#[derive(Default)]
pub struct Seen {
	/// The keys that were read, whether there was anything or not.
	pub read: BTreeSet<Vec<u8>>,
	/// The keys after which the next one was sought, each time.
	pub sought_after: Vec<Vec<u8>>,
}

/// A state that counts nothing for benchmarks, keeps to itself what is committed, and remembers what was asked of it where
/// somebody wants to know.
pub struct Watched<E> {
	state: E,
	seen: Option<Seen>,
}

impl<E> Watched<E> {
	/// Of which nobody wants to know.
	pub fn unseen(state: E) -> Self {
		Self { state, seen: None }
	}
}

/// Does something on a chain, and says what it asked of the state.
pub fn watch(chain: &mut TestExternalities, act: impl FnOnce()) -> Seen {
	let mut watched = Watched { state: chain.ext(), seen: Some(Seen::default()) };
	set_and_run_with_externalities(&mut watched, act);
	watched.seen.unwrap_or_default()
}

impl<E: Externalities> ExtensionStore for Watched<E> {
	fn extension_by_type_id(&mut self, id: TypeId) -> Option<&mut dyn Any> {
		self.state.extension_by_type_id(id)
	}

	fn register_extension_with_type_id(
		&mut self,
		id: TypeId,
		extension: Box<dyn Extension>,
	) -> Result<(), Error> {
		self.state.register_extension_with_type_id(id, extension)
	}

	fn deregister_extension_by_type_id(&mut self, id: TypeId) -> Result<(), Error> {
		self.state.deregister_extension_by_type_id(id)
	}
}

impl<E: Externalities> Externalities for Watched<E> {
	fn commit(&mut self) {}

	fn read_write_count(&self) -> (u32, u32, u32, u32) {
		(0, 0, 0, 0)
	}

	fn reset_read_write_count(&mut self) {}

	fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
		Vec::new()
	}

	fn proof_size(&self) -> Option<u32> {
		None
	}

	// All else is the inner state's.

	fn wipe(&mut self) {
		self.state.wipe();
	}

	fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
		self.state.get_whitelist()
	}

	fn set_whitelist(&mut self, new: Vec<TrackedStorageKey>) {
		self.state.set_whitelist(new);
	}

	fn set_offchain_storage(&mut self, key: &[u8], value: Option<&[u8]>) {
		self.state.set_offchain_storage(key, value);
	}

	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		if let Some(seen) = &mut self.seen {
			seen.read.insert(key.to_vec());
		}
		self.state.storage(key)
	}

	fn storage_hash(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.state.storage_hash(key)
	}

	fn child_storage_hash(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.state.child_storage_hash(child, key)
	}

	fn child_storage(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.state.child_storage(child, key)
	}

	fn next_storage_key(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		if let Some(seen) = &mut self.seen {
			seen.sought_after.push(key.to_vec());
		}
		self.state.next_storage_key(key)
	}

	fn next_child_storage_key(&mut self, child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.state.next_child_storage_key(child, key)
	}

	fn kill_child_storage(
		&mut self,
		child: &ChildInfo,
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.state.kill_child_storage(child, limit, cursor)
	}

	fn clear_prefix(
		&mut self,
		prefix: &[u8],
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.state.clear_prefix(prefix, limit, cursor)
	}

	fn clear_child_prefix(
		&mut self,
		child: &ChildInfo,
		prefix: &[u8],
		limit: Option<u32>,
		cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.state.clear_child_prefix(child, prefix, limit, cursor)
	}

	fn place_storage(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.state.place_storage(key, value);
	}

	fn place_child_storage(&mut self, child: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.state.place_child_storage(child, key, value);
	}

	fn storage_root(&mut self, version: StateVersion) -> Vec<u8> {
		self.state.storage_root(version)
	}

	fn child_storage_root(&mut self, child: &ChildInfo, version: StateVersion) -> Vec<u8> {
		self.state.child_storage_root(child, version)
	}

	fn storage_append(&mut self, key: Vec<u8>, value: Vec<u8>) {
		self.state.storage_append(key, value);
	}

	fn storage_start_transaction(&mut self) {
		self.state.storage_start_transaction();
	}

	fn storage_rollback_transaction(&mut self) -> Result<(), ()> {
		self.state.storage_rollback_transaction()
	}

	fn storage_commit_transaction(&mut self) -> Result<(), ()> {
		self.state.storage_commit_transaction()
	}
}
