//! What `pallet_study` costs in this runtime.
//!
//! Put together by hand of what was measured of other pallets, until `scripts/weights.sh` measures it and generates this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::all, missing_docs, unused_imports, unused_parens)]

use pallet_study::WeightInfo as Weights;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights of `pallet_study`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> Weights for WeightInfo<T> {
	/// A bound, until `scripts/weights.sh` measures it: the entry in the log as it was measured, and reads and writes besides.
	fn register_study() -> Weight {
		Weight::from_parts(300_000_000, 12284)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: the entry in the log as it was measured, and reads and writes besides.
	fn close_study() -> Weight {
		Weight::from_parts(300_000_000, 12284)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: the entry in the log as it was measured, and reads and writes besides.
	fn publish_results() -> Weight {
		Weight::from_parts(300_000_000, 12284)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: nineteen hashes, each as long as a sixth of what `revoke_by_governance` of shielded consents was measured to take, and the entry in
	/// the log.
	fn attest() -> Weight {
		Weight::from_parts(4_700_000_000, 12284)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: what `accept_proof` of shielded consents is bounded by, which verifies as many inputs, two hashes more, and the entry
	/// in the log.
	fn enrol() -> Weight {
		Weight::from_parts(6_000_000_000, 18536)
			.saturating_add(T::DbWeight::get().reads(25_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
}

/// When, where and how often that was measured of which this is put together.
#[cfg(feature = "std")]
pub const MEASURED: &str = super::pallet_shielded_consent::MEASURED;

/// The same as figures, for `docs/weights.md`.
#[cfg(feature = "std")]
pub fn figures<T: frame_system::Config>() -> alloc::vec::Vec<super::Figure> {
	alloc::vec![
		super::Figure {
			name: "register_study",
			weight: |_| WeightInfo::<T>::register_study(),
			most: &[],
			reads: (18, &[]),
			writes: (13, &[]),
		},
		super::Figure {
			name: "close_study",
			weight: |_| WeightInfo::<T>::close_study(),
			most: &[],
			reads: (17, &[]),
			writes: (12, &[]),
		},
		super::Figure {
			name: "publish_results",
			weight: |_| WeightInfo::<T>::publish_results(),
			most: &[],
			reads: (17, &[]),
			writes: (12, &[]),
		},
		super::Figure {
			name: "attest",
			weight: |_| WeightInfo::<T>::attest(),
			most: &[],
			reads: (17, &[]),
			writes: (15, &[]),
		},
		super::Figure {
			name: "enrol",
			weight: |_| WeightInfo::<T>::enrol(),
			most: &[],
			reads: (25, &[]),
			writes: (13, &[]),
		},
	]
}
