//! What guardians agree on together.

use crate::{
	acting::Acting,
	types::{Accounts, ConsentAction, GrantedBy, GuardianAction, GuardianSet, Proposal},
	Config, Consents, Error, Event, GuardiansToBe, NextProposalId, Pallet, Proposals, ProposalsOf,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{engine::Rule, AccountId, AuditAction, Milliseconds, ProposalId, Subject};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose(
		guardian: AccountId,
		patient: AccountId,
		action: GuardianAction,
	) -> DispatchResult {
		let now = Self::now();
		let set = Self::guardianship_of(&guardian, &patient, now)?;
		Self::check_guardian_action(&patient, &set, &action)?;
		let number = NextProposalId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let id = ProposalId(number);
		let mut pending = ProposalsOf::<T>::get(&patient);
		if pending.is_full() {
			pending.retain(|id| Self::keep_unless_expired(*id, now));
		}
		pending.try_push(id).map_err(|_| Error::<T>::TooManyProposals)?;

		ProposalsOf::<T>::insert(&patient, pending);
		NextProposalId::<T>::put(next);
		let proposal = Proposal {
			patient: patient.clone(),
			action,
			approvals: Accounts::truncate_from(alloc::vec![guardian.clone()]),
			ready_at: None,
			expires_at: now.saturating_add(T::MaxProposalAge::get()),
		};
		let acting = Acting::as_guardian(patient.clone(), guardian.clone());
		Self::log(&acting, AuditAction::ProposalMade, Subject::Proposal(id));
		Self::deposit_event(Event::ProposalMade { proposal: id, patient, guardian });
		Self::weigh_approvals(&acting, id, proposal, &set, now)
	}

	pub(crate) fn do_approve_proposal(guardian: AccountId, id: ProposalId) -> DispatchResult {
		let now = Self::now();
		let (mut proposal, set) = Self::proposal_for(&guardian, id, now)?;
		ensure!(proposal.ready_at.is_none(), Error::<T>::AlreadyAgreed);
		let place = match proposal.approvals.binary_search(&guardian) {
			Ok(_) => return Err(Error::<T>::AlreadyApproved.into()),
			Err(place) => place,
		};
		proposal
			.approvals
			.try_insert(place, guardian.clone())
			.map_err(|_| Error::<T>::TooManyGuardians)?;

		let acting = Acting::as_guardian(proposal.patient.clone(), guardian.clone());
		Self::log(&acting, AuditAction::ProposalApproved, Subject::Proposal(id));
		Self::deposit_event(Event::ProposalApproved { proposal: id, guardian });
		Self::weigh_approvals(&acting, id, proposal, &set, now)
	}

	pub(crate) fn do_execute_proposal(guardian: AccountId, id: ProposalId) -> DispatchResult {
		let now = Self::now();
		let (proposal, set) = Self::proposal_for(&guardian, id, now)?;
		let ready_at = proposal.ready_at.ok_or(Error::<T>::ThresholdNotReached)?;
		ensure!(ready_at <= now, Error::<T>::ObjectionDelayRunning);
		let acting = Acting::as_guardian(proposal.patient.clone(), guardian);
		Self::carry_out(&acting, id, proposal, &set, now)
	}

	pub(crate) fn do_object(patient: AccountId, id: ProposalId) -> DispatchResult {
		let now = Self::now();
		// Proposals of guardians who are out of office are gone, and need no objection.
		Self::settle_guardians(&patient, now);
		let proposal = Self::pending_proposal(id)?;
		ensure!(proposal.patient == patient, Error::<T>::NotYourProposal);

		Self::close_proposal(id, &patient);
		let acting = Acting::in_person(patient.clone());
		Self::log(&acting, AuditAction::ProposalObjected, Subject::Proposal(id));
		Self::deposit_event(Event::ProposalObjected { proposal: id, patient });
		Ok(())
	}

	/// A proposal on which this guardian may have a say now.
	fn proposal_for(
		guardian: &AccountId,
		id: ProposalId,
		now: Milliseconds,
	) -> Result<(Proposal, GuardianSet), Error<T>> {
		let patient = Self::pending_proposal(id)?.patient;
		let set = Self::guardianship_of(guardian, &patient, now)?;
		let proposal = Self::pending_proposal(id)?;
		ensure!(now < proposal.expires_at, Error::<T>::ProposalExpired);
		Ok((proposal, set))
	}

	fn pending_proposal(id: ProposalId) -> Result<Proposal, Error<T>> {
		let was_made = id.0 < NextProposalId::<T>::get();
		Proposals::<T>::get(id).ok_or(if was_made {
			Error::<T>::ProposalClosed
		} else {
			Error::<T>::ProposalUnknown
		})
	}

	/// Carries a proposal out when enough guardians approved, or starts the objection delay.
	fn weigh_approvals(
		acting: &Acting,
		id: ProposalId,
		mut proposal: Proposal,
		set: &GuardianSet,
		now: Milliseconds,
	) -> DispatchResult {
		let approvals = u32::try_from(proposal.approvals.len()).unwrap_or(u32::MAX);
		let is_agreed = approvals >= set.threshold;
		let waits = proposal.action.waits() || Self::lifts_a_deny(&proposal.action);
		if is_agreed && (!waits || set.objection_delay.0 == 0) {
			return Self::carry_out(acting, id, proposal, set, now);
		}
		if is_agreed {
			let ready_at = now.saturating_add(set.objection_delay);
			proposal.ready_at = Some(ready_at);
			proposal.expires_at = ready_at.saturating_add(T::MaxProposalAge::get());
			Self::deposit_event(Event::ProposalAgreed { proposal: id, ready_at });
		}
		Proposals::<T>::insert(id, proposal);
		Ok(())
	}

	/// Whether it would revoke a consent by which the patient in person denied something. Revoking a
	/// permit takes access away and can be done at once; revoking a deny can give some.
	fn lifts_a_deny(action: &GuardianAction) -> bool {
		let GuardianAction::Consent(ConsentAction::Revoke { consent }) = action else {
			return false;
		};
		Consents::<T>::get(consent).is_some_and(|record| {
			record.granted_by == GrantedBy::Patient
				&& record.policy.provisions.iter().any(|provision| provision.rule == Rule::Deny)
		})
	}

	fn carry_out(
		acting: &Acting,
		id: ProposalId,
		proposal: Proposal,
		set: &GuardianSet,
		now: Milliseconds,
	) -> DispatchResult {
		let patient = proposal.patient;
		Self::check_guardian_action(&patient, set, &proposal.action)?;
		Self::close_proposal(id, &patient);
		Self::log(acting, AuditAction::ProposalExecuted, Subject::Proposal(id));
		match proposal.action {
			GuardianAction::Consent(action) => Self::perform(acting, action)?,
			GuardianAction::SetEmergencyOverride { allowed } => {
				Self::do_set_emergency_override(acting, allowed)?
			},
			GuardianAction::ReplaceGuardians { guardians, threshold } => {
				let guardians = Self::sorted_guardians(&patient, guardians, threshold)?;
				let set = GuardianSet { guardians, threshold, ..set.clone() };
				Self::log(acting, AuditAction::GuardiansChanged, Subject::None);
				Self::install_guardians(&patient, Some(set), now);
			},
			GuardianAction::ObjectToReplacement => {
				Self::log(acting, AuditAction::GuardiansChanged, Subject::None);
				Self::keep_guardians(&patient);
			},
		}
		Self::deposit_event(Event::ProposalExecuted { proposal: id, patient });
		Ok(())
	}

	/// Refuses what the guardians could never do, however many agree.
	fn check_guardian_action(
		patient: &AccountId,
		set: &GuardianSet,
		action: &GuardianAction,
	) -> Result<(), Error<T>> {
		ensure!(action.is_allowed_by(&set.powers), Error::<T>::NotWithinPowers);
		match action {
			GuardianAction::Consent(action) => {
				let is_within =
					action.content().is_none_or(|content| content.is_always_within(&set.scope));
				ensure!(is_within, Error::<T>::WiderThanGuardianship);
			},
			GuardianAction::ReplaceGuardians { guardians, threshold } => {
				Self::sorted_guardians(patient, guardians.clone(), *threshold)?;
			},
			GuardianAction::ObjectToReplacement => {
				let is_pending = GuardiansToBe::<T>::contains_key(patient);
				ensure!(is_pending, Error::<T>::NoReplacementPending);
			},
			GuardianAction::SetEmergencyOverride { .. } => {},
		}
		Ok(())
	}

	/// Removes a proposal if it expired, and says whether it did not.
	fn keep_unless_expired(id: ProposalId, now: Milliseconds) -> bool {
		let is_pending = Proposals::<T>::get(id).is_some_and(|proposal| now < proposal.expires_at);
		if !is_pending {
			Proposals::<T>::remove(id);
		}
		is_pending
	}

	fn close_proposal(id: ProposalId, patient: &AccountId) {
		Proposals::<T>::remove(id);
		ProposalsOf::<T>::mutate_exists(patient, |pending| {
			if let Some(proposals) = pending {
				proposals.retain(|other| *other != id);
			}
			if pending.as_ref().is_some_and(|proposals| proposals.is_empty()) {
				*pending = None;
			}
		});
	}
}
