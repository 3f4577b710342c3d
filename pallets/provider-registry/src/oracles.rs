//! Oracles: who they are, and on which terms they are believed.
//!
//! `pallet-oracle` of the SDK does not serve here. It combines numbers that are worth most when
//! they are newest: it stamps a value with the time of the block and not of the look at the source,
//! keeps a member's last value for ever, takes one feed of a member a block, and leaves it to the
//! combination (a median by default) to tell what is stale. It knows no evidence, no agreement on one
//! of few answers that takes effect once, and nobody who is wrong too often. Here a report is about
//! one credential, ages from the moment of the look, and fails closed.

use crate::{
	Config, Error, Event, GovernanceHolds, InstitutionByOperator, Institutions, IssuerByAccount,
	Oracle, OracleCount, OracleTerms, OracleTermsInForce, Oracles, Pallet, Practitioners,
	RegistrationStatus, Retired, Retirement,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, ProviderDirectory, Subject,
};

impl<T: Config> Pallet<T> {
	/// The institution that runs an oracle, or whose operator it is; `None` for an independent body.
	pub(crate) fn runner_of(account: &AccountId, oracle: &Oracle) -> Option<InstitutionId> {
		oracle.institution.or_else(|| InstitutionByOperator::<T>::get(account))
	}

	/// Whether an oracle may report, and its reports count: neither it nor the institution that runs
	/// it is suspended.
	pub(crate) fn oracle_may_act(account: &AccountId, oracle: &Oracle) -> bool {
		oracle.status.is_active() && Self::runner_of(account, oracle).is_none_or(Self::is_active)
	}

	pub(crate) fn do_register_oracle(
		account: AccountId,
		institution: Option<InstitutionId>,
	) -> DispatchResult {
		ensure!(!Oracles::<T>::contains_key(&account), Error::<T>::OracleTaken);
		ensure!(!Practitioners::<T>::contains_key(&account), Error::<T>::AccountIsPractitioner);
		ensure!(!GovernanceHolds::<T>::contains_key(&account), Error::<T>::HeldByGovernance);
		// Whoever attests must not be among those who check.
		ensure!(!IssuerByAccount::<T>::contains_key(&account), Error::<T>::AccountIsIssuer);
		Self::ensure_not_rotated_away(&account)?;
		ensure!(
			institution.is_none_or(Institutions::<T>::contains_key),
			Error::<T>::InstitutionUnknown
		);
		let count = OracleCount::<T>::get();
		ensure!(count < T::MaxOracles::get(), Error::<T>::TooManyOracles);
		OracleCount::<T>::put(count.saturating_add(1));
		Oracles::<T>::insert(
			&account,
			Oracle {
				institution,
				status: RegistrationStatus::Active,
				misbehaviour: 0,
				registered_at: Self::now(),
			},
		);
		Self::give_account(&account);
		Self::log_oracle(AuditAction::OracleRegistered, &account);
		Self::deposit_event(Event::OracleRegistered { oracle: account, institution });
		Ok(())
	}

	pub(crate) fn do_remove_oracle(account: AccountId) -> DispatchResult {
		ensure!(Oracles::<T>::contains_key(&account), Error::<T>::OracleUnknown);
		Oracles::<T>::remove(&account);
		OracleCount::<T>::mutate(|count| *count = count.saturating_sub(1));
		Retired::<T>::insert(&account, Retirement::Removed);
		Self::log_oracle(AuditAction::OracleRemoved, &account);
		Self::deposit_event(Event::OracleRemoved { oracle: account });
		Ok(())
	}

	pub(crate) fn do_set_oracle_status(
		account: AccountId,
		status: RegistrationStatus,
	) -> DispatchResult {
		Oracles::<T>::try_mutate(&account, |stored| -> DispatchResult {
			let stored = stored.as_mut().ok_or(Error::<T>::OracleUnknown)?;
			ensure!(stored.status != status, Error::<T>::StatusUnchanged);
			stored.status = status;
			if status.is_active() {
				stored.misbehaviour = 0;
				stored.registered_at = Self::now();
			}
			Ok(())
		})?;
		Self::log_oracle(AuditAction::OracleStatusChanged, &account);
		Self::deposit_event(Event::OracleStatusChanged { oracle: account, status });
		Ok(())
	}

	pub(crate) fn do_set_oracle_terms(terms: OracleTerms) -> DispatchResult {
		ensure!(terms.quorum > 0, Error::<T>::QuorumOfNobody);
		ensure!(terms.quorum <= T::MaxOracles::get(), Error::<T>::QuorumTooLarge);
		ensure!(terms.ttl.0 > 0, Error::<T>::ChecksForNoTime);
		ensure!(terms.report_lifetime.0 > 0, Error::<T>::ReportsForNoTime);
		ensure!(terms.max_misbehaviour > 0, Error::<T>::NoMisbehaviourAllowed);
		OracleTermsInForce::<T>::put(terms);
		T::Audit::record(AuditEvent::new(AuditAction::OracleTermsChanged));
		Self::deposit_event(Event::OracleTermsSet { terms });
		Ok(())
	}

	pub(crate) fn log_oracle(action: AuditAction, oracle: &AccountId) {
		T::Audit::record(AuditEvent {
			subject: Subject::Oracle(oracle.clone().into()),
			..AuditEvent::new(action)
		});
	}
}
