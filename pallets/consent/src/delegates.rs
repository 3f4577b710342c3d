//! Delegates of a patient, and what they do.

use crate::{
	acting::Acting,
	types::{ConsentAction, DelegateTerms, Delegation},
	Config, Consents, DelegatesOf, Error, Event, GrantedBy, Pallet, Patients,
};
use frame_support::ensure;
use hdx_primitives::{
	engine::Scope, AccountId, AuditAction, Milliseconds, ProviderDirectory, Subject,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delegate(
		patient: AccountId,
		delegate: AccountId,
		terms: DelegateTerms,
	) -> DispatchResult {
		ensure!(Patients::<T>::contains_key(&patient), Error::<T>::NotAPatient);
		ensure!(delegate != patient, Error::<T>::PatientAsDelegate);
		ensure!(T::Providers::operated_by(&delegate).is_none(), Error::<T>::DelegateIsOperator);
		let now = Self::now();
		Self::check_delegate_terms(&terms, now)?;
		let mut delegations = DelegatesOf::<T>::get(&patient);
		let new = Delegation { delegate: delegate.clone(), terms, named_at: now };
		match delegations.iter_mut().find(|named| named.delegate == delegate) {
			Some(named) => {
				ensure!(named.terms != new.terms, Error::<T>::DelegationUnchanged);
				*named = new;
			},
			None => {
				if delegations.is_full() {
					delegations.retain(|named| !is_over(named, now));
				}
				delegations.try_push(new).map_err(|_| Error::<T>::TooManyDelegates)?;
			},
		}

		DelegatesOf::<T>::insert(&patient, delegations);
		let subject = Subject::Representative(delegate.clone().into());
		Self::log(&Acting::in_person(patient.clone()), AuditAction::DelegateNamed, subject);
		Self::deposit_event(Event::DelegateNamed { patient, delegate });
		Ok(())
	}

	pub(crate) fn do_revoke_delegate(patient: AccountId, delegate: AccountId) -> DispatchResult {
		let mut delegations = DelegatesOf::<T>::get(&patient);
		let place = delegations.iter().position(|named| named.delegate == delegate);
		delegations.remove(place.ok_or(Error::<T>::NotADelegate)?);

		if delegations.is_empty() {
			DelegatesOf::<T>::remove(&patient);
		} else {
			DelegatesOf::<T>::insert(&patient, delegations);
		}
		let subject = Subject::Representative(delegate.clone().into());
		Self::log(&Acting::in_person(patient.clone()), AuditAction::DelegateRevoked, subject);
		Self::deposit_event(Event::DelegateRevoked { patient, delegate });
		Ok(())
	}

	pub(crate) fn do_act_as_delegate(
		delegate: AccountId,
		patient: AccountId,
		action: ConsentAction,
	) -> DispatchResult {
		let now = Self::now();
		let delegation = DelegatesOf::<T>::get(&patient)
			.into_iter()
			.find(|named| named.delegate == delegate)
			.ok_or(Error::<T>::NotADelegate)?;
		let terms = &delegation.terms;
		ensure!(
			terms.period.start.is_none_or(|start| start <= now),
			Error::<T>::DelegationNotBegun
		);
		ensure!(!is_over(&delegation, now), Error::<T>::DelegationOver);
		ensure!(action.is_allowed_by(&terms.powers), Error::<T>::NotWithinPowers);
		let is_within =
			action.content().is_none_or(|content| content.is_always_within(&terms.scope));
		ensure!(is_within, Error::<T>::WiderThanDelegation);
		Self::check_given_by(&delegate, &action)?;
		Self::perform(&Acting::as_delegate(patient, delegate), action)
	}

	/// A delegate changes and takes back only what the delegate gave. Taking back a denial of the
	/// patient's would widen what is permitted.
	fn check_given_by(delegate: &AccountId, action: &ConsentAction) -> Result<(), Error<T>> {
		let consent = match action {
			ConsentAction::Amend { consent, .. }
			| ConsentAction::Revoke { consent }
			| ConsentAction::StopRenewal { consent } => consent,
			ConsentAction::Grant(_)
			| ConsentAction::ApproveRequest { .. }
			| ConsentAction::DenyRequest { .. } => return Ok(()),
		};
		let record = Consents::<T>::get(consent).ok_or(Error::<T>::ConsentUnknown)?;
		let is_theirs = record.granted_by == GrantedBy::Delegate(delegate.clone());
		ensure!(is_theirs, Error::<T>::NotGivenByDelegate);
		Ok(())
	}

	fn check_delegate_terms(terms: &DelegateTerms, now: Milliseconds) -> Result<(), Error<T>> {
		let scope = &terms.scope;
		let periods = [terms.period, scope.period, scope.data_period];
		ensure!(periods.iter().all(|period| period.is_ordered()), Error::<T>::PeriodNotOrdered);
		ensure!(terms.period.end.is_none_or(|end| now < end), Error::<T>::DelegationOver);
		ensure!(*scope != Scope::default(), Error::<T>::DelegationUnlimited);
		Ok(())
	}
}

fn is_over(delegation: &Delegation, now: Milliseconds) -> bool {
	delegation.terms.period.end.is_some_and(|end| end <= now)
}
