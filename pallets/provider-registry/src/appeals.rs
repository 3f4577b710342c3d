//! Appeals: whoever is suspended is heard, and governance answers.

use crate::{
	Appeal, AppealOutcome, Appeals, Appellant, Config, Error, Event, GovernanceHolds,
	InstitutionByOperator, InstitutionStatus, Institutions, Pallet, PractitionerStatus,
	Practitioners,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, Commitment, Subject};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appeal(who: AccountId, statement: Commitment) -> DispatchResult {
		let appellant = Self::suspended_appellant(&who)?;
		ensure!(!Appeals::<T>::contains_key(&appellant), Error::<T>::AppealIsOpen);
		Appeals::<T>::insert(&appellant, Appeal { statement, filed_at: Self::now() });
		T::Audit::record(AuditEvent {
			actor: Some(who),
			subject: subject_of(&appellant),
			..AuditEvent::new(AuditAction::AppealFiled)
		});
		Self::deposit_event(Event::AppealFiled { appellant, statement });
		Ok(())
	}

	pub(crate) fn do_decide_appeal(appellant: Appellant, outcome: AppealOutcome) -> DispatchResult {
		ensure!(Appeals::<T>::contains_key(&appellant), Error::<T>::AppealUnknown);
		Appeals::<T>::remove(&appellant);
		if outcome == AppealOutcome::Upheld {
			match &appellant {
				Appellant::Institution(id) => Institutions::<T>::mutate(id, |stored| {
					if let Some(stored) = stored {
						stored.status = InstitutionStatus::Active;
					}
				}),
				Appellant::Practitioner(account) => {
					GovernanceHolds::<T>::remove(account);
					Practitioners::<T>::mutate(account, |stored| {
						if let Some(stored) = stored {
							stored.status = PractitionerStatus::Active;
						}
					});
				},
			}
		}
		T::Audit::record(AuditEvent {
			subject: subject_of(&appellant),
			..AuditEvent::new(AuditAction::AppealDecided)
		});
		Self::deposit_event(Event::AppealDecided { appellant, outcome });
		Ok(())
	}

	/// Forgets an appeal against a suspension that ended otherwise.
	pub(crate) fn close_appeal(appellant: Appellant) {
		Appeals::<T>::remove(appellant);
	}

	/// As whom the account can appeal. An operator is never a practitioner.
	fn suspended_appellant(who: &AccountId) -> Result<Appellant, DispatchError> {
		if let Some(id) = InstitutionByOperator::<T>::get(who) {
			let institution = Institutions::<T>::get(id).ok_or(Error::<T>::InstitutionUnknown)?;
			ensure!(institution.status != InstitutionStatus::Active, Error::<T>::NotSuspended);
			return Ok(Appellant::Institution(id));
		}
		let practitioner = Self::practitioner(who)?;
		ensure!(practitioner.status != PractitionerStatus::Active, Error::<T>::NotSuspended);
		Ok(Appellant::Practitioner(who.clone()))
	}
}

fn subject_of(appellant: &Appellant) -> Subject {
	match appellant {
		Appellant::Institution(id) => Subject::Institution(*id),
		Appellant::Practitioner(account) => Subject::Practitioner(account.clone().into()),
	}
}
