//! What the calls cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	Call, Config, Disabled, Former, Member, Members, Pallet, ReinstatedIn, Terms, ValidatorTerms,
};
use alloc::vec::Vec;
use codec::Decode;
use frame_benchmarking::{account, v2::*};
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use hdx_primitives::{AccountId, InstitutionId, H256};
use pallet_session::{KeyOwner, NextKeys, Validators};
use sp_runtime::traits::{OpaqueKeys, TrailingZeroInput};
use sp_staking::offence::{Offence, ReportOffence};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// Makes an active institution.
	fn institution() -> InstitutionId;
}

/// Makes the account the last of as many validators as there may be, and one that changed its keys long ago. The others
/// have keys; whether it has any, stays as it is.
pub fn enlist<T: Config>(validator: &AccountId) {
	let others = T::MaxValidators::get() - 1;
	let mut members: Vec<_> = (0..others).map(ready::<T>).collect();
	members.push(Member {
		keys: Some(H256::zero()),
		keys_changed_in: Some(0),
		..refer_to::<T>(validator.clone(), others)
	});
	let members: BoundedVec<_, T::MaxValidators> = BoundedVec::truncate_from(members);
	Members::<T>::put(members);
	Terms::<T>::put(ValidatorTerms { minimum: 1, key_cooldown: 0 });
}

/// A validator with keys, another one for each number.
fn ready<T: Config>(number: u32) -> Member {
	let member = refer_to::<T>(account("other", number, 0), number);
	give_keys::<T>(&member.account, number);
	member
}

/// A validator of an institution that nobody else is of, with what each has to have.
fn refer_to<T: Config>(validator: AccountId, number: u32) -> Member {
	frame_system::Pallet::<T>::inc_providers(&validator);
	Member::new(validator, InstitutionId(u32::MAX - number))
}

/// Gives a validator keys that nobody else has, as if it had set them.
fn give_keys<T: Config>(validator: &AccountId, number: u32) {
	let seed = (number + 1).to_le_bytes().repeat(64);
	let keys = <T::Keys as Decode>::decode(&mut TrailingZeroInput::new(&seed))
		.expect("any bytes are keys");
	for id in T::Keys::key_ids() {
		KeyOwner::<T>::insert((*id, keys.get_raw(*id).to_vec()), validator.clone());
	}
	NextKeys::<T>::insert(validator, keys);
	frame_system::Pallet::<T>::inc_consumers(validator).expect("it has a provider");
}

/// Somebody reports an offence that nobody reported yet.
pub fn report_offence<R, O>(reporter: AccountId, offence: O)
where
	R: ReportOffence<AccountId, (AccountId, ()), O>,
	O: Offence<(AccountId, ())>,
{
	R::report_offence(alloc::vec![reporter], offence).expect("nobody reported it");
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn add_validator() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let institution = T::BenchmarkHelper::institution();
		enlist::<T>(&account("removed", 0, 0));
		Members::<T>::mutate(|members| members.pop());
		let validator: AccountId = account("new", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone(), institution);

		assert!(Members::<T>::get().is_full());
		assert!(Pallet::<T>::member(&validator).is_some());
		Ok(())
	}

	#[benchmark]
	fn remove_validator() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let validator: AccountId = account("removed", 0, 0);
		enlist::<T>(&validator);
		give_keys::<T>(&validator, T::MaxValidators::get());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone());

		assert!(!NextKeys::<T>::contains_key(&validator));
		assert!(Former::<T>::contains_key(&validator));
		Ok(())
	}

	#[benchmark]
	fn set_terms() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		enlist::<T>(&account("validator", 0, 0));
		let terms = ValidatorTerms {
			minimum: T::MaxValidators::get() - 1,
			key_cooldown: T::MaxKeyCooldown::get(),
		};

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms);

		assert_eq!(Terms::<T>::get(), Some(terms));
		Ok(())
	}

	#[benchmark]
	fn reinstate_validator() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let validator: AccountId = account("disabled", 0, 0);
		enlist::<T>(&validator);
		let all: Vec<_> = Members::<T>::get().into_iter().map(|member| member.account).collect();
		let last = T::MaxValidators::get() - 1;
		Validators::<T>::put(all);
		pallet_session::Pallet::<T>::disable_index(last);
		Disabled::<T>::insert(&validator, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone());

		assert!(!Disabled::<T>::contains_key(&validator));
		assert!(ReinstatedIn::<T>::contains_key(&validator));
		assert!(pallet_session::Pallet::<T>::disabled_validators().is_empty());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
