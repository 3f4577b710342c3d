//! What `pallet_shielded_consent` costs in this runtime.
//!
//! NOT MEASURED YET.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::all, missing_docs, unused_imports, unused_parens)]

use pallet_shielded_consent::WeightInfo as Weights;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights of `pallet_shielded_consent`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> Weights for WeightInfo<T> {
	fn append() -> Weight {
		Weight::from_parts(10_000_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	fn revoke() -> Weight {
		Weight::from_parts(10_000_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	fn revoke_by_governance() -> Weight {
		Weight::from_parts(10_000_000_000, 10_000)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	fn take_snapshot(t: u32, ) -> Weight {
		Weight::from_parts(1_000_000_000, 10_000)
			.saturating_add(Weight::from_parts(1_000_000_000, 1_000).saturating_mul(t.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
}

/// When, where and how often it was measured.
#[cfg(feature = "std")]
pub const MEASURED: &str = "nowhere";

/// The same as figures, for `docs/weights.md`.
#[cfg(feature = "std")]
pub fn figures<T: frame_system::Config>() -> alloc::vec::Vec<super::Figure> {
	alloc::vec![]
}
