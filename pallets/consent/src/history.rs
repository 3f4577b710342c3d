//! The chain of a consent's versions.

use crate::{
	types::{ConsentRecord, VersionRecord},
	Config, Consents, History, Pallet,
};
use alloc::vec::Vec;
use hdx_primitives::{ConsentId, Milliseconds};

impl<T: Config> Pallet<T> {
	/// Keeps the current version of a consent as a past one.
	pub(crate) fn archive(consent: ConsentId, record: &ConsentRecord, now: Milliseconds) {
		let past = VersionRecord { superseded_at: Some(now), ..record.current_version() };
		History::<T>::insert(consent, record.version, past);
	}

	/// One version of a consent, the current one included.
	pub(crate) fn version(consent: ConsentId, version: u32) -> Option<VersionRecord> {
		let record = Consents::<T>::get(consent)?;
		if record.version == version {
			Some(record.current_version())
		} else {
			History::<T>::get(consent, version)
		}
	}

	/// Every version of a consent, the first one first. Empty where there is no such consent.
	pub(crate) fn versions(consent: ConsentId) -> Vec<VersionRecord> {
		let Some(record) = Consents::<T>::get(consent) else { return Vec::new() };
		let past = (1..record.version).filter_map(|version| History::<T>::get(consent, version));
		past.chain(core::iter::once(record.current_version())).collect()
	}
}
