//! The transaction extension.

use crate::{Config, Pallet, Plan};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::{fmt, marker::PhantomData};
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	pallet_prelude::TransactionSource,
	weights::Weight,
	CloneNoBound, EqNoBound, PartialEqNoBound,
};
use hdx_primitives::AccountId;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication,
		PostDispatchInfoOf, TransactionExtension, ValidateResult,
	},
	transaction_validity::{TransactionValidityError, ValidTransaction},
	DispatchResult,
};

/// Charges signed transactions to buckets; see the [crate's documentation](crate).
///
/// It declares the most that it can weigh, which depends on state, and gives back what it did not use: most signers
/// have one institution that answers for them. Put `CheckWeight` or `WeightReclaim` behind it, which take what is given
/// back off what the block has spent.
///
/// It encodes to no bytes and signs nothing, so that clients that never heard of it can sign. Put
/// it after `CheckNonce`: of an account that does not exist, that one says so.
///
/// # Errors
///
/// Each [`Refusal`](crate::Refusal), as `InvalidTransaction::Custom`.
///
/// Unsigned transactions, inherents, and general transactions (which have no signer here) pass
/// untouched.
#[derive(
	CloneNoBound, EqNoBound, PartialEqNoBound, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct CheckQuota<T: Config + Send + Sync>(PhantomData<T>);

impl<T: Config + Send + Sync> CheckQuota<T> {
	/// The extension. There is nothing to say in it.
	pub fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T: Config + Send + Sync> Default for CheckQuota<T> {
	fn default() -> Self {
		Self::new()
	}
}

impl<T: Config + Send + Sync> fmt::Debug for CheckQuota<T> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("CheckQuota")
	}
}

/// What [`CheckQuota`] found in `validate`.
#[derive(Debug)]
pub enum Val {
	/// Nobody signed; nothing is charged.
	Unsigned,
	/// Somebody signed.
	Signed {
		/// Who.
		who: AccountId,
		/// Who pays.
		plan: Plan,
	},
}

impl<T> TransactionExtension<T::RuntimeCall> for CheckQuota<T>
where
	T: Config + Send + Sync,
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
	DispatchOriginOf<T::RuntimeCall>: AsSystemOriginSigner<AccountId> + Clone,
{
	const IDENTIFIER: &'static str = "CheckQuota";
	type Implicit = ();
	type Val = Val;
	/// The weight that was not used.
	type Pre = Weight;

	fn weight(&self, call: &T::RuntimeCall) -> Weight {
		Pallet::<T>::declared_weight(call)
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_len: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Implication,
		_source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let Some(who) = origin.as_system_origin_signer().cloned() else {
			return Ok((ValidTransaction::default(), Val::Unsigned, origin));
		};
		let plan = Pallet::<T>::plan(&who, call)?;
		let validity =
			ValidTransaction { priority: plan.charge.priority(), ..ValidTransaction::default() };
		Ok((validity, Val::Signed { who, plan }, origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		_origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		match val {
			Val::Unsigned => Ok(self.weight(call)),
			Val::Signed { who, plan } => {
				Pallet::<T>::charge(&who, &plan.charge)?;
				Ok(Pallet::<T>::unused_weight(call, &plan))
			},
		}
	}

	fn post_dispatch_details(
		unused: Self::Pre,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		_len: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Ok(unused)
	}
}
