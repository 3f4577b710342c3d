//! Governance gives all that an account was registered for to another account, because its key is
//! lost, stolen or old: the operator's of an institution, the account of a trusted issuer or oracle.
//!
//! All offices of an account go at once, so that a stolen key keeps none. The old account is never
//! used again. The call names the old account and not the office: where it was replaced already, a
//! proposal that was made before does nothing.

use crate::{
	Config, Error, Event, FirstAccounts, GovernanceHolds, InstitutionByOperator, Institutions,
	IssuerByAccount, Issuers, OnVoiceChanged, Oracle, Oracles, Pallet, Practitioners, Retired,
	Retirement,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, IssuerId, OnAccountRetired,
	RetiredAccounts, Subject,
};

impl<T: Config> RetiredAccounts for Pallet<T> {
	fn is_retired(who: &AccountId) -> bool {
		Self::successor_of(who).is_some()
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_replace_account(from: AccountId, to: AccountId) -> DispatchResult {
		let institution = InstitutionByOperator::<T>::get(&from);
		let issuer = IssuerByAccount::<T>::get(&from);
		let oracle = Oracles::<T>::get(&from);
		ensure!(
			institution.is_some() || issuer.is_some() || oracle.is_some(),
			Error::<T>::NoOffice
		);
		Self::ensure_has_no_past(&to)?;

		if let Some(id) = institution {
			Self::move_operator(id, &from, &to);
		}
		if let Some(id) = issuer {
			Self::move_issuer(id, &from, &to);
		}
		let is_oracle = oracle.is_some();
		if let Some(oracle) = oracle {
			Oracles::<T>::remove(&from);
			// What the old account reports seeing is not what the holder of the new one saw.
			Oracles::<T>::insert(&to, Oracle { registered_at: Self::now(), ..oracle });
		}
		// A hold keeps an account from being enrolled again, which this one is not in any case.
		GovernanceHolds::<T>::remove(&from);
		Self::give_account(&to);
		Self::retire(&from, Retirement::Replaced { to: to.clone() });
		T::Audit::record(AuditEvent {
			on_behalf_of: institution,
			subject: Subject::Rotation { from: from.clone().into(), to: to.clone().into() },
			..AuditEvent::new(AuditAction::AccountReplaced)
		});
		Self::deposit_event(Event::AccountReplaced { from, to, institution, issuer, is_oracle });
		if let Some(id) = institution {
			T::OnVoiceChanged::on_voice_changed(id);
		}
		Ok(())
	}

	/// Gives an account up for ever.
	pub(crate) fn retire(account: &AccountId, retirement: Retirement) {
		Retired::<T>::insert(account, retirement);
		T::OnAccountRetired::on_account_retired(account);
	}

	fn move_operator(id: InstitutionId, from: &AccountId, to: &AccountId) {
		InstitutionByOperator::<T>::remove(from);
		InstitutionByOperator::<T>::insert(to, id);
		Institutions::<T>::mutate(id, |stored| {
			if let Some(stored) = stored {
				stored.operator = to.clone();
			}
		});
	}

	fn move_issuer(id: IssuerId, from: &AccountId, to: &AccountId) {
		IssuerByAccount::<T>::remove(from);
		IssuerByAccount::<T>::insert(to, id);
		Issuers::<T>::mutate(id, |stored| {
			if let Some(stored) = stored {
				stored.account = to.clone();
			}
		});
	}

	/// Refuses an account that is anybody in the registry, was rotated or replaced, or is held.
	fn ensure_has_no_past(account: &AccountId) -> DispatchResult {
		ensure!(!InstitutionByOperator::<T>::contains_key(account), Error::<T>::OperatorTaken);
		ensure!(!IssuerByAccount::<T>::contains_key(account), Error::<T>::IssuerTaken);
		ensure!(!Oracles::<T>::contains_key(account), Error::<T>::OracleTaken);
		ensure!(!Practitioners::<T>::contains_key(account), Error::<T>::AccountIsPractitioner);
		ensure!(!GovernanceHolds::<T>::contains_key(account), Error::<T>::HeldByGovernance);
		ensure!(!FirstAccounts::<T>::contains_key(account), Error::<T>::AccountHasPast);
		Self::ensure_not_rotated_away(account)
	}
}
