//! Benchmarks of pallet-session's calls. Those of the SDK need a staking pallet, which this runtime has not. Whoever sets
//! keys is the last of as many validators as there may be.

use crate::{Runtime, SessionKeys};
use alloc::vec::Vec;
use codec::Encode;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use pallet_session::{Call, NextKeys};

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides the pallet.
pub trait Config: pallet_session::Config {
	/// New keys of the owner, and the proof that the owner has them.
	fn generate_keys(owner: &Self::AccountId) -> (Self::Keys, Vec<u8>);

	/// The validator that the account is.
	fn validator(account: &Self::AccountId) -> Self::ValidatorId;

	/// Lets the account set keys: makes it a validator.
	fn enlist(account: &Self::AccountId);
}

impl Config for Runtime {
	fn generate_keys(owner: &Self::AccountId) -> (Self::Keys, Vec<u8>) {
		let generated = SessionKeys::generate(&owner.encode(), None);
		(generated.keys, generated.proof.encode())
	}

	fn validator(account: &Self::AccountId) -> Self::ValidatorId {
		account.clone()
	}

	fn enlist(account: &Self::AccountId) {
		pallet_validator_set::benchmarking::enlist::<Runtime>(account);
	}
}

/// Who has set keys already.
fn validator<T: Config>() -> T::AccountId {
	let validator: T::AccountId = account("validator", 0, 0);
	T::enlist(&validator);
	let (keys, proof) = T::generate_keys(&validator);
	let origin = RawOrigin::Signed(validator.clone()).into();
	pallet_session::Pallet::<T>::set_keys(origin, keys, proof).expect("the account may set keys");
	validator
}

#[benchmarks]
mod benches {
	use super::*;

	/// New keys in the place of others, which are forgotten.
	#[benchmark]
	fn set_keys() {
		let validator = validator::<T>();
		let (keys, proof) = T::generate_keys(&validator);

		#[extrinsic_call]
		_(RawOrigin::Signed(validator.clone()), keys.clone(), proof);

		assert_eq!(NextKeys::<T>::get(T::validator(&validator)), Some(keys));
	}

	#[benchmark]
	fn purge_keys() {
		let validator = validator::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(validator.clone()));

		assert!(!NextKeys::<T>::contains_key(T::validator(&validator)));
	}
}
