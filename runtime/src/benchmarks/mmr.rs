//! The benchmark of appending to the MMR. That of the SDK counts leaves, where the pallet asks for the weight of
//! so many peaks.

use crate::Runtime;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::Hooks;
use pallet_mmr::{Nodes, NumberOfLeaves};
use sp_runtime::traits::Hash;

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides the pallet.
pub trait Config: pallet_mmr::Config {}

impl Config for Runtime {}

/// Most peaks: those of more than four billion blocks.
const MOST_PEAKS: u32 = 32;

/// An MMR of so many peaks, one of each size, which the next leaf merges into one. Only peaks are in state.
fn grow<T: Config>(peaks: u32) {
	let mut first = 0;
	for height in (0..peaks).rev() {
		let nodes = (1u64 << (height + 1)) - 1;
		Nodes::<T>::insert(first + nodes - 1, <T as pallet_mmr::Config>::Hashing::hash_of(&height));
		first += nodes;
	}
	NumberOfLeaves::<T>::put((1u64 << peaks) - 1);
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn on_initialize(p: Linear<1, MOST_PEAKS>) {
		grow::<T>(p);

		#[block]
		{
			pallet_mmr::Pallet::<T>::on_initialize(1u32.into());
		}

		assert_eq!(NumberOfLeaves::<T>::get(), 1u64 << p);
	}
}
