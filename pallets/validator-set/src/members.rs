//! Who is in the set, and under which terms.

use crate::{Config, Error, Event, Former, Member, Members, Pallet, Terms, ValidatorTerms};
use frame_support::{ensure, traits::Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, ProviderDirectory, Subject,
};
use pallet_session::{NextKeys, Validators};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Stores a validator, and tells nobody. The genesis adds with this too.
	pub(crate) fn insert(account: &AccountId, institution: InstitutionId) -> Result<(), Error<T>> {
		ensure!(!Former::<T>::contains_key(account), Error::<T>::AccountSpent);
		Members::<T>::try_mutate(|members| {
			let is_new = members.iter().all(|member| member.account != *account);
			ensure!(is_new, Error::<T>::AlreadyValidator);
			let others = members.iter().filter(|member| member.institution == institution).count();
			ensure!(
				others < T::MaxPerInstitution::get() as usize,
				Error::<T>::TooManyOfInstitution
			);
			members
				.try_push(Member::new(account.clone(), institution))
				.map_err(|_| Error::<T>::TooManyValidators)
		})
	}

	pub(crate) fn do_add(validator: AccountId, institution: InstitutionId) -> DispatchResult {
		ensure!(T::Providers::is_active(institution), Error::<T>::InstitutionNotActive);
		Self::insert(&validator, institution)?;
		// It holds no tokens: this reference lets it sign, and have session keys.
		frame_system::Pallet::<T>::inc_providers(&validator);
		Self::log(AuditAction::ValidatorAdded, &validator, institution);
		Self::deposit_event(Event::ValidatorAdded { validator, institution });
		Ok(())
	}

	pub(crate) fn do_remove(validator: AccountId) -> DispatchResult {
		let institution = Self::member(&validator).ok_or(Error::<T>::NotAValidator)?.institution;
		if Self::has_keys(&validator) {
			let minimum = Terms::<T>::get().ok_or(Error::<T>::NoTerms)?.minimum;
			ensure!(Self::ready() > minimum, Error::<T>::BelowMinimum);
			// First, as keys need the reference that goes below. What was planned with them stays planned.
			let origin = RawOrigin::Signed(validator.clone()).into();
			pallet_session::Pallet::<T>::purge_keys(origin)?;
		}
		Members::<T>::mutate(|members| members.retain(|member| member.account != validator));
		Former::<T>::insert(&validator, ());
		// Where something else of the account needs a provider, it keeps ours.
		if frame_system::Pallet::<T>::can_dec_provider(&validator) {
			frame_system::Pallet::<T>::dec_providers(&validator)?;
		}
		Self::log(AuditAction::ValidatorRemoved, &validator, institution);
		Self::deposit_event(Event::ValidatorRemoved { validator, institution });
		Ok(())
	}

	pub(crate) fn do_set_terms(terms: ValidatorTerms) -> DispatchResult {
		Self::put_terms(terms)?;
		T::Audit::record(AuditEvent::new(AuditAction::ValidatorTermsChanged));
		Self::deposit_event(Event::TermsChanged { terms });
		Ok(())
	}

	/// Stores terms that hold already, and tells nobody.
	pub(crate) fn put_terms(terms: ValidatorTerms) -> Result<(), Error<T>> {
		ensure!(terms.minimum > 0, Error::<T>::MinimumIsZero);
		ensure!(terms.key_cooldown <= T::MaxKeyCooldown::get(), Error::<T>::CooldownTooLong);
		ensure!(Self::ready() >= terms.minimum, Error::<T>::MinimumNotMet);
		// With the first terms the set takes charge: whoever validates and is not in it would be left out.
		ensure!(
			Terms::<T>::exists() || Self::has_all_that_validate(),
			Error::<T>::ValidatorMissing
		);
		Terms::<T>::put(terms);
		Ok(())
	}

	/// Whether all that validate in this session are in the set.
	pub(crate) fn has_all_that_validate() -> bool {
		let members = Members::<T>::get();
		let is_member =
			|account: &AccountId| members.iter().any(|member| member.account == *account);
		Validators::<T>::get().iter().all(is_member)
	}

	/// The validator that has this account.
	pub(crate) fn member(account: &AccountId) -> Option<Member> {
		Members::<T>::get().into_iter().find(|member| member.account == *account)
	}

	/// Whether the account has session keys.
	pub(crate) fn has_keys(account: &AccountId) -> bool {
		NextKeys::<T>::contains_key(account)
	}

	/// How many validators could be chosen: those that have session keys.
	pub(crate) fn ready() -> u32 {
		let members = Members::<T>::get();
		let ready = members.iter().filter(|member| Self::has_keys(&member.account)).count();
		u32::try_from(ready).unwrap_or(u32::MAX)
	}

	pub(crate) fn log(action: AuditAction, validator: &AccountId, institution: InstitutionId) {
		T::Audit::record(AuditEvent {
			on_behalf_of: Some(institution),
			subject: Subject::Validator { account: validator.clone().into() },
			..AuditEvent::new(action)
		});
	}
}
