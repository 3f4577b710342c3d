//! What `pallet_shielded_licence` costs in this runtime.
//!
//! Not measured: bounds, put together by hand from what was measured of others, until `scripts/weights.sh` measures them.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::all, missing_docs, unused_imports, unused_parens)]

use pallet_shielded_licence::WeightInfo as Weights;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights of `pallet_shielded_licence`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> Weights for WeightInfo<T> {
	/// A bound, until `scripts/weights.sh` measures it: ten hashes, where `ShieldedConsent::revoke_by_governance` was measured
	/// with six and the same entry in the log, so twice that; and what deciding about a practitioner's licence takes.
	fn enter_licence() -> Weight {
		Weight::from_parts(3_200_000_000, 45000)
			.saturating_add(T::DbWeight::get().reads(34_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: as `enter_licence`.
	fn remove_licence() -> Weight {
		Weight::from_parts(3_200_000_000, 40000)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: twice what `ShieldedConsent::revoke_by_governance` was measured to take.
	fn remove_licence_by_governance() -> Weight {
		Weight::from_parts(2_825_106_000, 30000)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: a square root and 252 doublings of a point, of which none takes as
	/// much as 20 hashes, and an entry in the log.
	fn appoint_auditor() -> Weight {
		Weight::from_parts(10_000_000_000, 10000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: an entry in the log, and twice as much again.
	fn dismiss_auditor() -> Weight {
		Weight::from_parts(100_000_000, 6000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: `ShieldedConsent::accept_proof`, which was measured with a circuit of
	/// more inputs; and two square roots and 252 doublings of points, of which neither takes as much as 25 hashes, of 0.2
	/// milliseconds each.
	fn accept_emergency() -> Weight {
		Weight::from_parts(14_000_000_000, 15000)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// A bound, until `scripts/weights.sh` measures it: twice what `ShieldedConsent::forget_nullifiers` was measured to take.
	fn forget_slots(n: u32, ) -> Weight {
		Weight::from_parts(9_000_000, 3525)
			.saturating_add(Weight::from_parts(7_200_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2535).saturating_mul(n.into()))
	}
}

/// The same as figures, for `docs/weights.md`.
#[cfg(feature = "std")]
pub fn figures<T: frame_system::Config>() -> alloc::vec::Vec<super::Figure> {
	alloc::vec![
		super::Figure {
			name: "enter_licence",
			weight: |_| WeightInfo::<T>::enter_licence(),
			most: &[],
			reads: (34, &[]),
			writes: (21, &[]),
		},
		super::Figure {
			name: "remove_licence",
			weight: |_| WeightInfo::<T>::remove_licence(),
			most: &[],
			reads: (30, &[]),
			writes: (17, &[]),
		},
		super::Figure {
			name: "remove_licence_by_governance",
			weight: |_| WeightInfo::<T>::remove_licence_by_governance(),
			most: &[],
			reads: (16, &[]),
			writes: (16, &[]),
		},
		super::Figure {
			name: "appoint_auditor",
			weight: |_| WeightInfo::<T>::appoint_auditor(),
			most: &[],
			reads: (8, &[]),
			writes: (8, &[]),
		},
		super::Figure {
			name: "dismiss_auditor",
			weight: |_| WeightInfo::<T>::dismiss_auditor(),
			most: &[],
			reads: (6, &[]),
			writes: (5, &[]),
		},
		super::Figure {
			name: "accept_emergency",
			weight: |_| WeightInfo::<T>::accept_emergency(),
			most: &[],
			reads: (12, &[]),
			writes: (3, &[]),
		},
		super::Figure {
			name: "forget_slots",
			weight: |most| WeightInfo::<T>::forget_slots(most("n"), ),
			most: &[("n", 256), ],
			reads: (3, &[("n", 1), ]),
			writes: (1, &[("n", 1), ]),
		},
	]
}
