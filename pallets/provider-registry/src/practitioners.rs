//! What happens to practitioners.

use crate::{
	Config, Credential, CredentialIssuer, CredentialKind, CredentialStatus, Error, Event,
	GovernanceHolds, InstitutionByOperator, Pallet, Practitioner, PractitionerCount,
	PractitionerOf, PractitionerStatus, Practitioners, RoleAssignment, RolesOf,
};
use frame_support::{dispatch::DispatchResult, ensure, BoundedVec};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, InstitutionId, Period, Subject,
};

impl<T: Config> Pallet<T> {
	#[allow(clippy::too_many_arguments)] // They are the call's, whose encoding is fixed.
	pub(crate) fn do_enrol_practitioner(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
		roles: RolesOf<T>,
		kind: CredentialKind,
		commitment: Commitment,
		valid: Period,
		key_agreement: [u8; 32],
	) -> DispatchResult {
		ensure!(
			!InstitutionByOperator::<T>::contains_key(&practitioner),
			Error::<T>::AccountIsOperator
		);
		ensure!(!Practitioners::<T>::contains_key(&practitioner), Error::<T>::AlreadyEnrolled);
		ensure!(!roles.is_empty(), Error::<T>::NoRoles);
		ensure!(!repeats_a_role(&roles), Error::<T>::RoleRepeated);
		ensure!(valid.is_ordered(), Error::<T>::PeriodNotOrdered);
		let now = Self::now();
		ensure!(valid.end.is_none_or(|end| now < end), Error::<T>::CredentialAlreadyExpired);
		let count = PractitionerCount::<T>::get(institution)
			.checked_add(1)
			.ok_or(Error::<T>::TooManyPractitioners)?;
		let mut affiliations = BoundedVec::new();
		affiliations.try_push(institution).map_err(|_| Error::<T>::TooManyAffiliations)?;

		PractitionerCount::<T>::insert(institution, count);
		Practitioners::<T>::insert(
			&practitioner,
			Practitioner {
				enrolled_by: institution,
				status: PractitionerStatus::Active,
				affiliations,
				roles,
				credential: Credential {
					kind,
					issuer: CredentialIssuer::Institution(institution),
					commitment,
					valid,
					status: CredentialStatus::Valid,
				},
				key_agreement,
				enrolled_at: now,
			},
		);
		// Practitioners hold no tokens: this reference alone lets them sign.
		frame_system::Pallet::<T>::inc_sufficients(&practitioner);
		Self::log_by_operator(
			AuditAction::PractitionerEnrolled,
			operator,
			institution,
			&practitioner,
		);
		Self::deposit_event(Event::PractitionerEnrolled { practitioner, institution });
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
			// Only a suspended practitioner can be held, so this is about reinstating.
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
		Self::try_mutate_practitioner(&practitioner, |stored| {
			match status {
				PractitionerStatus::Active => {
					ensure!(stored.status != status, Error::<T>::StatusUnchanged);
					GovernanceHolds::<T>::remove(&practitioner);
				},
				PractitionerStatus::Suspended => {
					// Somebody whom the institution suspended can still be put on hold.
					ensure!(
						!GovernanceHolds::<T>::contains_key(&practitioner),
						Error::<T>::StatusUnchanged
					);
					GovernanceHolds::<T>::insert(&practitioner, ());
				},
			}
			stored.status = status;
			Ok(())
		})?;
		T::Audit::record(AuditEvent {
			subject: Subject::Practitioner(practitioner.clone().into()),
			..AuditEvent::new(AuditAction::PractitionerStatusChanged)
		});
		Self::deposit_event(Event::PractitionerStatusChanged { practitioner, status, by: None });
		Ok(())
	}

	pub(crate) fn do_remove_practitioner(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
	) -> DispatchResult {
		let stored =
			Practitioners::<T>::get(&practitioner).ok_or(Error::<T>::PractitionerUnknown)?;
		ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
		ensure!(!GovernanceHolds::<T>::contains_key(&practitioner), Error::<T>::HeldByGovernance);

		Practitioners::<T>::remove(&practitioner);
		PractitionerCount::<T>::mutate(institution, |count| *count = count.saturating_sub(1));
		frame_system::Pallet::<T>::dec_sufficients(&practitioner);
		Self::log_by_operator(
			AuditAction::PractitionerRemoved,
			operator,
			institution,
			&practitioner,
		);
		Self::deposit_event(Event::PractitionerRemoved { practitioner, institution });
		Ok(())
	}

	pub(crate) fn do_add_affiliation(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
	) -> DispatchResult {
		Self::try_mutate_practitioner(&practitioner, |stored| {
			ensure!(!stored.affiliations.contains(&institution), Error::<T>::AlreadyAffiliated);
			stored
				.affiliations
				.try_push(institution)
				.map_err(|_| Error::<T>::TooManyAffiliations.into())
		})?;
		Self::log_by_operator(AuditAction::AffiliationAdded, operator, institution, &practitioner);
		Self::deposit_event(Event::AffiliationAdded { practitioner, institution });
		Ok(())
	}

	pub(crate) fn do_revoke_credential(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
	) -> DispatchResult {
		Self::try_mutate_practitioner(&practitioner, |stored| {
			let CredentialIssuer::Institution(issuer) = stored.credential.issuer;
			ensure!(issuer == institution, Error::<T>::NotIssuedByYou);
			ensure!(
				stored.credential.status == CredentialStatus::Valid,
				Error::<T>::CredentialAlreadyRevoked
			);
			stored.credential.status = CredentialStatus::Revoked;
			Ok(())
		})?;
		Self::log_by_operator(AuditAction::CredentialRevoked, operator, institution, &practitioner);
		Self::deposit_event(Event::CredentialRevoked { practitioner, institution });
		Ok(())
	}

	fn try_mutate_practitioner(
		practitioner: &AccountId,
		change: impl FnOnce(&mut PractitionerOf<T>) -> DispatchResult,
	) -> DispatchResult {
		Practitioners::<T>::try_mutate(practitioner, |stored| {
			change(stored.as_mut().ok_or(Error::<T>::PractitionerUnknown)?)
		})
	}

	fn log_by_operator(
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
}

/// Whether a role is assigned twice. Compares each with those after it, of which there are few.
pub(crate) fn repeats_a_role(roles: &[RoleAssignment]) -> bool {
	roles.iter().enumerate().any(|(index, assignment)| {
		roles.iter().take(index).any(|earlier| earlier.role == assignment.role)
	})
}
