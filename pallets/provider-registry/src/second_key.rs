//! The second key of a practitioner, and its signatures on single operations.
//!
//! A second key is another device's. Whoever stole the account's key alone can neither replace it
//! nor move the practitioner to another account: that needs the second key's signature, or the
//! operator of the institution that answers for the practitioner. The latter is a recovery: what
//! trusted issuers attested before does not count until they renew it, so that a home's operator
//! alone makes nobody licensed.
//!
//! Each account counts the signatures that were accepted, and never forgets the count, so that
//! none is accepted twice.

use crate::{Config, Error, Event, Pallet, Recoveries, SecondFactorCount, SecondKey, SecondKeys};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	operation_hash, replace_second_key_operation, second_factor_payload, AccountId, AuditAction,
	DenialReason, Milliseconds, SecondFactor, H256,
};
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	/// The hash of the genesis block, which keeps signatures on this chain.
	pub(crate) fn genesis_hash() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::zero(),
		)
	}

	/// Accepts a second key's signature on an operation, once.
	pub(crate) fn confirm_operation(
		who: &AccountId,
		operation: H256,
		factor: Option<&SecondFactor>,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		let key = SecondKeys::<T>::get(who).ok_or(DenialReason::SecondKeyMissing)?;
		let factor = factor.ok_or(DenialReason::SecondFactorMissing)?;
		let latest = at.saturating_add(T::MaxConfirmationAge::get());
		ensure!(
			at < factor.valid_until && factor.valid_until <= latest,
			DenialReason::SecondFactorInvalid
		);
		let count = SecondFactorCount::<T>::get(who);
		let next = count.checked_add(1).ok_or(DenialReason::SecondFactorInvalid)?;
		let payload =
			second_factor_payload(&Self::genesis_hash(), who, count, operation, factor.valid_until);
		ensure!(key.verifies(&factor.signature, &payload), DenialReason::SecondFactorInvalid);
		SecondFactorCount::<T>::insert(who, next);
		Ok(())
	}

	/// The same for a call of this pallet.
	pub(crate) fn ensure_confirmed(
		who: &AccountId,
		operation: H256,
		factor: Option<&SecondFactor>,
	) -> DispatchResult {
		Self::confirm_operation(who, operation, factor, Self::now()).map_err(
			|reason| match reason {
				DenialReason::SecondKeyMissing => Error::<T>::NoSecondKey.into(),
				DenialReason::SecondFactorMissing => Error::<T>::SecondFactorMissing.into(),
				_ => Error::<T>::SecondFactorInvalid.into(),
			},
		)
	}

	/// Notes that the home alone says who holds the keys from now on.
	pub(crate) fn note_recovery(practitioner: &AccountId) {
		Recoveries::<T>::insert(practitioner, Self::now());
	}

	pub(crate) fn do_register_second_key(who: AccountId, key: SecondKey) -> DispatchResult {
		Self::practitioner(&who)?;
		ensure!(!SecondKeys::<T>::contains_key(&who), Error::<T>::SecondKeyExists);
		Self::set_second_key(who.clone(), who, key)
	}

	pub(crate) fn do_replace_second_key(
		who: AccountId,
		key: SecondKey,
		confirmation: SecondFactor,
	) -> DispatchResult {
		Self::practitioner(&who)?;
		Self::ensure_second_key(&who, &key)?;
		let operation = replace_second_key_operation(&key);
		Self::ensure_confirmed(&who, operation, Some(&confirmation))?;
		Self::set_second_key(who.clone(), who, key)
	}

	pub(crate) fn do_reset_second_key(
		operator: AccountId,
		practitioner: AccountId,
		key: SecondKey,
	) -> DispatchResult {
		let institution = Self::active_institution_of(&operator)?;
		let stored = Self::practitioner(&practitioner)?;
		ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
		Self::set_second_key(operator, practitioner.clone(), key)?;
		Self::note_recovery(&practitioner);
		Ok(())
	}

	fn set_second_key(actor: AccountId, practitioner: AccountId, key: SecondKey) -> DispatchResult {
		Self::ensure_second_key(&practitioner, &key)?;
		SecondKeys::<T>::insert(&practitioner, key);
		Self::log_about_practitioner(AuditAction::SecondKeyChanged, actor, &practitioner);
		let key_hash = operation_hash(&key);
		Self::deposit_event(Event::SecondKeyChanged { practitioner, key_hash });
		Ok(())
	}

	fn ensure_second_key(who: &AccountId, key: &SecondKey) -> DispatchResult {
		ensure!(!key.controls(who), Error::<T>::SecondKeyIsAccount);
		ensure!(key.is_sound(), Error::<T>::SecondKeyUnsound);
		ensure!(SecondKeys::<T>::get(who).as_ref() != Some(key), Error::<T>::SecondKeyUnchanged);
		Ok(())
	}
}
