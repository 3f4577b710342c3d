//! Appeals: whoever is suspended is heard, and governance answers.
//!
//! An appeal has a number, which its answer names: what was proposed about one appeal decides no
//! other. It ends in one of these ways, each announced and logged:
//!
//! - governance decides it;
//! - the appellant withdraws it;
//! - governance itself ends the suspension, which upholds the appeal, or orders another one, which
//!   dismisses it: against the new order the appellant may appeal anew.
//!
//! No institution ends an appeal. If it reinstates somebody and suspends them again, the appeal stays
//! open, and upheld it ends the new suspension too; and whoever has an open appeal is neither removed
//! nor moved to another home.

use crate::{
	Appeal, AppealOutcome, Appeals, Appellant, Config, Error, Event, GovernanceHolds,
	InstitutionByOperator, InstitutionStatus, Institutions, NextAppealId, OnVoiceChanged,
	OpenAppeals, Pallet, PractitionerStatus, Practitioners,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AppealId, AuditAction, AuditEvent, AuditSink, Commitment, Subject,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appeal(who: AccountId, statement: Commitment) -> DispatchResult {
		let appellant = Self::suspended_appellant(&who)?;
		ensure!(!OpenAppeals::<T>::contains_key(&appellant), Error::<T>::AppealIsOpen);
		let id = NextAppealId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::NoAppealIdLeft)?;
		NextAppealId::<T>::put(AppealId(next));
		OpenAppeals::<T>::insert(&appellant, id);
		let appeal = Appeal { appellant: appellant.clone(), statement, filed_at: Self::now() };
		Appeals::<T>::insert(id, appeal);
		Self::log_appeal(AuditAction::AppealFiled, Some(who), &appellant);
		Self::deposit_event(Event::AppealFiled { appeal: id, appellant, statement });
		Ok(())
	}

	pub(crate) fn do_withdraw_appeal(who: AccountId, id: AppealId) -> DispatchResult {
		let appeal = Appeals::<T>::get(id).ok_or(Error::<T>::AppealUnknown)?;
		let is_own = match &appeal.appellant {
			Appellant::Institution(institution) => {
				InstitutionByOperator::<T>::get(&who) == Some(*institution)
			},
			Appellant::Practitioner(account) => *account == who,
		};
		ensure!(is_own, Error::<T>::NotYourAppeal);
		let appellant = Self::end_appeal(id, appeal);
		Self::log_appeal(AuditAction::AppealWithdrawn, Some(who), &appellant);
		Self::deposit_event(Event::AppealWithdrawn { appeal: id, appellant });
		Ok(())
	}

	pub(crate) fn do_decide_appeal(id: AppealId, outcome: AppealOutcome) -> DispatchResult {
		let appeal = Appeals::<T>::get(id).ok_or(Error::<T>::AppealUnknown)?;
		if outcome == AppealOutcome::Upheld {
			// Since the appeal was filed governance ordered nothing: that would have answered it.
			match &appeal.appellant {
				Appellant::Institution(id) => {
					Institutions::<T>::mutate(id, |stored| {
						if let Some(stored) = stored {
							stored.status = InstitutionStatus::Active;
						}
					});
					T::OnVoiceChanged::on_voice_changed(*id);
				},
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
		Self::announce_answer(id, appeal, outcome);
		Ok(())
	}

	/// Answers the open appeal, if there is one, of somebody about whom governance has just given
	/// another order.
	pub(crate) fn answer_appeal(appellant: &Appellant, outcome: AppealOutcome) {
		let Some(id) = OpenAppeals::<T>::get(appellant) else { return };
		if let Some(appeal) = Appeals::<T>::get(id) {
			Self::announce_answer(id, appeal, outcome);
		}
	}

	/// Refuses what would change who answers for somebody who waits for an answer.
	pub(crate) fn ensure_no_appeal(practitioner: &AccountId) -> DispatchResult {
		let appellant = Appellant::Practitioner(practitioner.clone());
		ensure!(!OpenAppeals::<T>::contains_key(appellant), Error::<T>::AppealIsOpen);
		Ok(())
	}

	/// Lets an open appeal go on under the new account of whoever filed it. Its number stays.
	pub(crate) fn move_appeal(from: &AccountId, to: &AccountId) {
		let Some(id) = OpenAppeals::<T>::take(Appellant::Practitioner(from.clone())) else {
			return;
		};
		let appellant = Appellant::Practitioner(to.clone());
		OpenAppeals::<T>::insert(&appellant, id);
		Appeals::<T>::mutate(id, |stored| {
			if let Some(stored) = stored {
				stored.appellant = appellant;
			}
		});
	}

	fn announce_answer(id: AppealId, appeal: Appeal, outcome: AppealOutcome) {
		let appellant = Self::end_appeal(id, appeal);
		Self::log_appeal(AuditAction::AppealDecided, None, &appellant);
		Self::deposit_event(Event::AppealDecided { appeal: id, appellant, outcome });
	}

	fn end_appeal(id: AppealId, appeal: Appeal) -> Appellant {
		Appeals::<T>::remove(id);
		OpenAppeals::<T>::remove(&appeal.appellant);
		appeal.appellant
	}

	fn log_appeal(action: AuditAction, actor: Option<AccountId>, appellant: &Appellant) {
		T::Audit::record(AuditEvent {
			actor,
			subject: match appellant {
				Appellant::Institution(id) => Subject::Institution(*id),
				Appellant::Practitioner(account) => Subject::Practitioner(account.clone().into()),
			},
			..AuditEvent::new(action)
		});
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
