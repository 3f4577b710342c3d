//! - Uses are counted for current versions that limit them, and none has more than its limit.
//! - Erasures are confirmed of versions that there are and that ask for one.
//! - Items of the agenda are about consents that there are; a renewal that is to come is in it.

use crate::{agenda::moment_of, Agenda, Config, Consents, Erasures, Pallet, Usage};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use hdx_primitives::engine::Status;
use sp_runtime::TryRuntimeError;

pub(super) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	for (id, usage) in Usage::<T>::iter() {
		let record = Consents::<T>::get(id).ok_or("uses of a consent that does not exist")?;
		ensure!(usage.version == record.version, "uses of a past version are kept");
		let limit = record.terms.frequency.ok_or("uses are counted without need")?;
		ensure!(0 < usage.used && usage.used <= limit.accesses, "a consent was used too often");
	}
	for (id, (version, _), _) in Erasures::<T>::iter() {
		let given = Pallet::<T>::version(id, version).ok_or("an erasure of no version")?;
		ensure!(given.terms.erase_by.is_some(), "an erasure that was not asked for");
	}
	check_agenda::<T>()
}

fn check_agenda<T: Config>() -> Result<(), TryRuntimeError> {
	let mut noted = BTreeSet::new();
	for (key, item) in Agenda::<T>::iter() {
		let record = Consents::<T>::get(key.consent()).ok_or("an item about no consent")?;
		ensure!(item.version <= record.version, "an item about a version to come");
		ensure!(noted.insert((key.consent(), item.version)), "two items about one version");
	}
	let now = Pallet::<T>::now();
	for (id, record) in Consents::<T>::iter() {
		let next = record.renewals_at(now).saturating_add(1);
		let is_to_come = record.status == Status::Active && moment_of(&record, next).is_some();
		let is_noted = noted.contains(&(id, record.version));
		ensure!(!is_to_come || is_noted, "a renewal to come is not in the agenda");
	}
	Ok(())
}
