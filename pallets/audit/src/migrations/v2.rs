//! From layout 1 to layout 2: the indexes of patients and actors are keyed by the entry's own index
//! rather than by a position, institutions have an index, and positions are no longer counted.
//! Entries and the logs of blocks stay as they are.
//!
//! All entries are indexed again in one block, so the chain must be small enough for that when it
//! upgrades.

use crate::{
	pallet::{Entries, EntriesOfActor, EntriesOfPatient, Pallet},
	Config,
};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
#[cfg(feature = "try-runtime")]
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::traits::Get;
use frame_support::{
	migrations::VersionedMigration, storage_alias, traits::UncheckedOnRuntimeUpgrade,
	weights::Weight, Blake2_128Concat, Twox64Concat,
};
use hdx_primitives::{AccountId, EntryIndex};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// The migration, which runs on layout 1 only.
pub type MigrateV1ToV2<T> =
	VersionedMigration<1, 2, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// What layout 1 has in the place of this pallet's indexes.
// The macro makes items of its own, which carry no documentation.
#[allow(missing_docs)]
pub mod v1 {
	use super::*;

	/// The entries about a patient, by position.
	#[storage_alias]
	pub type EntriesOfPatient<T: Config> =
		StorageDoubleMap<Pallet<T>, Blake2_128Concat, AccountId, Twox64Concat, u32, EntryIndex>;

	/// How many there are.
	#[storage_alias]
	pub type EntryCountOfPatient<T: Config> =
		StorageMap<Pallet<T>, Blake2_128Concat, AccountId, u32>;

	/// The entries about what an actor did or asked, by position.
	#[storage_alias]
	pub type EntriesOfActor<T: Config> =
		StorageDoubleMap<Pallet<T>, Blake2_128Concat, AccountId, Twox64Concat, u32, EntryIndex>;

	/// How many there are.
	#[storage_alias]
	pub type EntryCountOfActor<T: Config> = StorageMap<Pallet<T>, Blake2_128Concat, AccountId, u32>;
}

/// The migration without a look at the layout; only [`MigrateV1ToV2`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		// The new indexes lie under the names of the old ones.
		let of_patients = EntriesOfPatient::<T>::clear(u32::MAX, None).unique;
		let of_actors = EntriesOfActor::<T>::clear(u32::MAX, None).unique;
		let patients = v1::EntryCountOfPatient::<T>::clear(u32::MAX, None).unique;
		let actors = v1::EntryCountOfActor::<T>::clear(u32::MAX, None).unique;
		let removed =
			of_patients.saturating_add(of_actors).saturating_add(patients).saturating_add(actors);
		let mut entries = 0u64;
		for (index, entry) in Entries::<T>::iter() {
			Pallet::<T>::add_to_indexes(index, &entry.event);
			entries = entries.saturating_add(1);
		}
		let written = entries.saturating_mul(3).saturating_add(removed.into());
		T::DbWeight::get().reads_writes(entries.saturating_add(removed.into()), written)
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		Ok(number_of_entries::<T>().encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		let before = u64::decode(&mut before.as_slice())
			.map_err(|_| "what was counted before the migration cannot be read")?;
		frame_support::ensure!(before == number_of_entries::<T>(), "the migration lost an entry");
		Pallet::<T>::do_try_state()
	}
}

#[cfg(feature = "try-runtime")]
fn number_of_entries<T: Config>() -> u64 {
	u64::try_from(Entries::<T>::iter_keys().count()).unwrap_or(u64::MAX)
}
