//! Enrolling, suspending and removing practitioners.

use crate::{
	credentials::Attestation, AppealOutcome, Appellant, Config, CredentialIssuer, Error, Event,
	GovernanceHolds, InstitutionByOperator, IssuerByAccount, Members, Oracles, Pallet,
	Practitioner, PractitionerCount, PractitionerOf, PractitionerStatus, Practitioners, Recoveries,
	Retired, Retirement, RoleAssignment, RolesOf, SecondKeys, Transfers,
};
use frame_support::{dispatch::DispatchResult, ensure, BoundedVec};
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Subject};

/// Somebody to be enrolled.
pub(crate) struct Enrolment<Roles> {
	pub practitioner: AccountId,
	pub roles: Roles,
	pub kind: crate::CredentialKind,
	pub commitment: hdx_primitives::Commitment,
	pub valid: hdx_primitives::Period,
	pub key_agreement: [u8; 32],
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_enrol_practitioner(
		operator: AccountId,
		institution: InstitutionId,
		enrolment: Enrolment<RolesOf<T>>,
	) -> DispatchResult {
		let Enrolment { practitioner, roles, kind, commitment, valid, key_agreement } = enrolment;
		Self::ensure_may_be_practitioner(&practitioner)?;
		ensure!(!roles.is_empty(), Error::<T>::NoRoles);
		ensure!(!repeats_a_role(&roles), Error::<T>::RoleRepeated);
		let now = Self::now();
		let count = PractitionerCount::<T>::get(institution)
			.checked_add(1)
			.ok_or(Error::<T>::TooManyPractitioners)?;
		let mut affiliations = BoundedVec::new();
		affiliations.try_push(institution).map_err(|_| Error::<T>::TooManyAffiliations)?;
		let mut stored = Practitioner {
			enrolled_by: institution,
			status: PractitionerStatus::Active,
			affiliations,
			roles,
			credentials: BoundedVec::new(),
			key_agreement,
			enrolled_at: now,
		};
		let issuer = CredentialIssuer::Institution(institution);
		let attestation = Attestation { kind, issuer, commitment, valid };
		let credential = Self::push_credential(&practitioner, &mut stored, attestation, now)?;

		PractitionerCount::<T>::insert(institution, count);
		Members::<T>::insert(institution, &practitioner, ());
		Practitioners::<T>::insert(&practitioner, stored);
		Self::give_account(&practitioner);
		Self::log_by_operator(
			AuditAction::PractitionerEnrolled,
			operator,
			institution,
			&practitioner,
		);
		Self::deposit_event(Event::PractitionerEnrolled { practitioner, institution, credential });
		Ok(())
	}

	pub(crate) fn do_set_practitioner_status_by_operator(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
		status: PractitionerStatus,
	) -> DispatchResult {
		Self::try_mutate_practitioner(&practitioner, |stored| {
			ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
			ensure!(stored.status != status, Error::<T>::StatusUnchanged);
			// What governance ordered is neither ended nor given another reason by an institution.
			ensure!(
				!GovernanceHolds::<T>::contains_key(&practitioner),
				Error::<T>::HeldByGovernance
			);
			stored.status = status;
			Ok(())
		})?;
		Self::log_by_operator(
			AuditAction::PractitionerStatusChanged,
			operator,
			institution,
			&practitioner,
		);
		let by = Some(institution);
		Self::deposit_event(Event::PractitionerStatusChanged { practitioner, status, by });
		Ok(())
	}

	pub(crate) fn do_set_practitioner_status_by_governance(
		practitioner: AccountId,
		status: PractitionerStatus,
	) -> DispatchResult {
		// Nobody escapes by going on under another account before this call is included, or by being
		// removed.
		let practitioner = Self::current_account(practitioner);
		if Retired::<T>::get(&practitioner) == Some(Retirement::Removed) {
			Self::set_hold_of_removed(&practitioner, status)?;
			Self::announce_status_by_governance(practitioner, status);
			return Ok(());
		}
		Self::try_mutate_practitioner(&practitioner, |stored| {
			match status {
				PractitionerStatus::Active => {
					ensure!(stored.status != status, Error::<T>::StatusUnchanged);
					GovernanceHolds::<T>::remove(&practitioner);
				},
				PractitionerStatus::Suspended(_) => {
					// Somebody whom the institution suspended can still be put on hold.
					ensure!(
						stored.status != status
							|| !GovernanceHolds::<T>::contains_key(&practitioner),
						Error::<T>::StatusUnchanged
					);
					GovernanceHolds::<T>::insert(&practitioner, ());
				},
			}
			stored.status = status;
			Ok(())
		})?;
		let appellant = Appellant::Practitioner(practitioner.clone());
		Self::announce_status_by_governance(practitioner, status);
		let outcome = match status {
			PractitionerStatus::Active => AppealOutcome::Upheld,
			PractitionerStatus::Suspended(_) => AppealOutcome::Dismissed,
		};
		Self::answer_appeal(&appellant, outcome);
		Ok(())
	}

	/// Holds an account that was removed, so that nobody enrols it anew, or lets it go.
	fn set_hold_of_removed(account: &AccountId, status: PractitionerStatus) -> DispatchResult {
		let is_held = GovernanceHolds::<T>::contains_key(account);
		let is_to_be_held = status != PractitionerStatus::Active;
		ensure!(is_held != is_to_be_held, Error::<T>::StatusUnchanged);
		if is_to_be_held {
			GovernanceHolds::<T>::insert(account, ());
		} else {
			GovernanceHolds::<T>::remove(account);
		}
		Ok(())
	}

	fn announce_status_by_governance(practitioner: AccountId, status: PractitionerStatus) {
		T::Audit::record(AuditEvent {
			subject: Subject::Practitioner(practitioner.clone().into()),
			..AuditEvent::new(AuditAction::PractitionerStatusChanged)
		});
		Self::deposit_event(Event::PractitionerStatusChanged { practitioner, status, by: None });
	}

	pub(crate) fn do_remove_practitioner(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
	) -> DispatchResult {
		let stored = Self::practitioner(&practitioner)?;
		ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
		ensure!(!GovernanceHolds::<T>::contains_key(&practitioner), Error::<T>::HeldByGovernance);
		Self::ensure_no_appeal(&practitioner)?;

		for affiliation in &stored.affiliations {
			Members::<T>::remove(affiliation, &practitioner);
		}
		stored.credentials.iter().for_each(Self::forget_credential);
		SecondKeys::<T>::remove(&practitioner);
		Recoveries::<T>::remove(&practitioner);
		Transfers::<T>::remove(&practitioner);
		Practitioners::<T>::remove(&practitioner);
		PractitionerCount::<T>::mutate(institution, |count| *count = count.saturating_sub(1));
		Retired::<T>::insert(&practitioner, Retirement::Removed);
		Self::log_by_operator(
			AuditAction::PractitionerRemoved,
			operator,
			institution,
			&practitioner,
		);
		Self::deposit_event(Event::PractitionerRemoved { practitioner, institution });
		Ok(())
	}

	/// Refuses an account that is somebody else in the registry, or was a practitioner's and is no
	/// longer.
	pub(crate) fn ensure_may_be_practitioner(account: &AccountId) -> DispatchResult {
		ensure!(!InstitutionByOperator::<T>::contains_key(account), Error::<T>::AccountIsOperator);
		ensure!(!IssuerByAccount::<T>::contains_key(account), Error::<T>::AccountIsIssuer);
		ensure!(!Oracles::<T>::contains_key(account), Error::<T>::AccountIsOracle);
		ensure!(!Practitioners::<T>::contains_key(account), Error::<T>::AlreadyEnrolled);
		ensure!(!GovernanceHolds::<T>::contains_key(account), Error::<T>::HeldByGovernance);
		Self::ensure_not_rotated_away(account)
	}

	/// Refuses an account whose holder goes on under another one: its key may be stolen.
	pub(crate) fn ensure_not_rotated_away(account: &AccountId) -> DispatchResult {
		ensure!(Self::successor_of(account).is_none(), Error::<T>::AccountRotatedAway);
		Ok(())
	}

	/// The account that followed one that was given up.
	pub(crate) fn successor_of(account: &AccountId) -> Option<AccountId> {
		match Retired::<T>::get(account)? {
			Retirement::Rotated { to, .. } | Retirement::Replaced { to } => Some(to),
			Retirement::Removed => None,
		}
	}

	/// Lets an account sign without tokens. One that was removed before still has its reference.
	pub(crate) fn give_account(account: &AccountId) {
		if Retired::<T>::take(account).is_none() {
			frame_system::Pallet::<T>::inc_sufficients(account);
		}
	}

	pub(crate) fn practitioner(
		account: &AccountId,
	) -> Result<PractitionerOf<T>, sp_runtime::DispatchError> {
		Practitioners::<T>::get(account).ok_or(Error::<T>::PractitionerUnknown.into())
	}

	pub(crate) fn try_mutate_practitioner(
		practitioner: &AccountId,
		change: impl FnOnce(&mut PractitionerOf<T>) -> DispatchResult,
	) -> DispatchResult {
		Practitioners::<T>::try_mutate(practitioner, |stored| {
			change(stored.as_mut().ok_or(Error::<T>::PractitionerUnknown)?)
		})
	}

	pub(crate) fn log_by_operator(
		action: AuditAction,
		operator: AccountId,
		institution: InstitutionId,
		practitioner: &AccountId,
	) {
		T::Audit::record(AuditEvent {
			actor: Some(operator),
			on_behalf_of: Some(institution),
			subject: Subject::Practitioner(practitioner.clone().into()),
			..AuditEvent::new(action)
		});
	}

	/// Logs what an operator or the practitioner did about the practitioner.
	pub(crate) fn log_about_practitioner(
		action: AuditAction,
		actor: AccountId,
		practitioner: &AccountId,
	) {
		T::Audit::record(AuditEvent {
			on_behalf_of: InstitutionByOperator::<T>::get(&actor),
			actor: Some(actor),
			subject: Subject::Practitioner(practitioner.clone().into()),
			..AuditEvent::new(action)
		});
	}
}

/// Whether a role is assigned twice. Compares each with those after it, of which there are few.
pub(crate) fn repeats_a_role(roles: &[RoleAssignment]) -> bool {
	roles.iter().enumerate().any(|(index, assignment)| {
		roles.iter().take(index).any(|earlier| earlier.role == assignment.role)
	})
}
