//! Credentials: attested, renewed, suspended, reinstated and revoked by their issuer.
//!
//! A credential's issuance is the time of the block that attests it, so none comes from the future.
//! Its validity may start later, but not later than [`Config::MaxAdvance`] from now.

use crate::{
	Config, Credential, CredentialIssuer, CredentialKind, CredentialStatus,
	CredentialsByCommitment, Error, Event, InstitutionByOperator, IssuerByAccount, Issuers,
	NextCredentialId, Pallet, PractitionerOf, Reports, SpentCommitments,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Commitment, CredentialId, DenialReason,
	IssuerId, Milliseconds, Period, Subject,
};
use sp_runtime::DispatchError;

/// A credential to be.
pub(crate) struct Attestation {
	pub kind: CredentialKind,
	pub issuer: CredentialIssuer,
	pub commitment: Commitment,
	pub valid: Period,
}

impl<T: Config> Pallet<T> {
	/// Whether a credential stands at `at`, its issuer included; a refusal says why not.
	pub(crate) fn credential_stands(
		credential: &Credential,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		match credential.issuer {
			CredentialIssuer::Institution(issuer) => Self::institution_stands(issuer, at)?,
			CredentialIssuer::Issuer(issuer) => Self::issuer_stands(issuer, credential.kind)?,
		}
		credential.in_force(at)
	}

	/// Refuses a period that never holds from now on, or only in a far future.
	pub(crate) fn ensure_period(valid: &Period, now: Milliseconds) -> DispatchResult {
		ensure!(valid.is_ordered(), Error::<T>::PeriodNotOrdered);
		ensure!(valid.end.is_none_or(|end| now < end), Error::<T>::PeriodAlreadyOver);
		let latest = now.saturating_add(T::MaxAdvance::get());
		ensure!(valid.start.is_none_or(|start| start <= latest), Error::<T>::StartsTooFarAhead);
		Ok(())
	}

	/// Adds a credential. Where the list is full, the first that can never stand again gives way.
	/// Refuses before anything is written.
	pub(crate) fn push_credential(
		who: &AccountId,
		stored: &mut PractitionerOf<T>,
		attestation: Attestation,
		now: Milliseconds,
	) -> Result<CredentialId, DispatchError> {
		let Attestation { kind, issuer, commitment, valid } = attestation;
		Self::ensure_period(&valid, now)?;
		Self::ensure_fresh(commitment, issuer)?;
		let id = NextCredentialId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::NoCredentialIdLeft)?;
		if stored.credentials.is_full() {
			let spent = stored.credentials.iter().position(|credential| credential.is_spent(now));
			let spent = spent.ok_or(Error::<T>::TooManyCredentials)?;
			Self::forget_credential(&stored.credentials.remove(spent));
		}
		let credential = Credential {
			id,
			kind,
			issuer,
			commitment,
			valid,
			status: CredentialStatus::Valid,
			attested_at: now,
			check: None,
			finding: None,
		};
		stored.credentials.try_push(credential).map_err(|_| Error::<T>::TooManyCredentials)?;
		NextCredentialId::<T>::put(CredentialId(next));
		CredentialsByCommitment::<T>::insert(commitment, issuer, (who, id));
		Ok(id)
	}

	/// Removes what points to a credential that is no longer in a list.
	pub(crate) fn forget_credential(credential: &Credential) {
		Self::spend_commitment(credential.commitment, credential.issuer);
		Reports::<T>::remove(credential.id);
	}

	/// Refuses a commitment that this issuer attests or has attested. What others attest does not
	/// matter: else whoever sees a commitment on its way could take it first.
	fn ensure_fresh(commitment: Commitment, issuer: CredentialIssuer) -> DispatchResult {
		ensure!(
			!CredentialsByCommitment::<T>::contains_key(commitment, issuer),
			Error::<T>::CommitmentInUse
		);
		ensure!(
			!SpentCommitments::<T>::contains_key(commitment, issuer),
			Error::<T>::CommitmentSpent
		);
		Ok(())
	}

	/// Ends a commitment: this issuer never attests it again.
	fn spend_commitment(commitment: Commitment, issuer: CredentialIssuer) {
		CredentialsByCommitment::<T>::remove(commitment, issuer);
		SpentCommitments::<T>::insert(commitment, issuer, ());
	}

	pub(crate) fn do_attest_credential(
		account: AccountId,
		practitioner: AccountId,
		kind: CredentialKind,
		commitment: Commitment,
		valid: Period,
	) -> DispatchResult {
		let issuer = Self::active_issuer_of(&account)?;
		ensure!(account != practitioner, Error::<T>::SelfAttestation);
		Self::ensure_trusted(issuer, kind)?;
		let now = Self::now();
		let issued_by = CredentialIssuer::Issuer(issuer);
		let mut credential = CredentialId(0);
		Self::try_mutate_practitioner(&practitioner, |stored| {
			// No issuer fills the list that all issuers share.
			let is_attested = stored
				.credentials
				.iter()
				.any(|held| held.issuer == issued_by && held.kind == kind && !held.is_spent(now));
			ensure!(!is_attested, Error::<T>::AlreadyAttested);
			let attestation = Attestation { kind, issuer: issued_by, commitment, valid };
			credential = Self::push_credential(&practitioner, stored, attestation, now)?;
			Ok(())
		})?;
		Self::log_credential(AuditAction::CredentialAttested, account, &practitioner, credential);
		Self::deposit_event(Event::CredentialAttested { practitioner, credential, issuer, kind });
		Ok(())
	}

	pub(crate) fn do_renew_credential(
		account: AccountId,
		practitioner: AccountId,
		id: CredentialId,
		commitment: Commitment,
		valid: Period,
	) -> DispatchResult {
		let now = Self::now();
		let mut old = commitment;
		let issuer = Self::try_mutate_credential(&account, &practitioner, id, |stored| {
			Self::ensure_may_attest(stored)?;
			ensure!(stored.status != CredentialStatus::Revoked, Error::<T>::CredentialIsRevoked);
			Self::ensure_period(&valid, now)?;
			if stored.commitment == commitment {
				// A document that expired or was revoked does not become a new one.
				ensure!(!stored.is_spent(now), Error::<T>::CommitmentSpent);
			} else {
				Self::ensure_fresh(commitment, stored.issuer)?;
			}
			old = stored.commitment;
			*stored = Credential {
				commitment,
				valid,
				attested_at: now,
				// What was found of the old attestation says nothing of the new one.
				check: None,
				finding: None,
				..*stored
			};
			Ok(())
		})?;
		if old != commitment {
			Self::spend_commitment(old, issuer);
			CredentialsByCommitment::<T>::insert(commitment, issuer, (&practitioner, id));
		}
		Reports::<T>::remove(id);
		Self::log_credential(AuditAction::CredentialRenewed, account, &practitioner, id);
		Self::deposit_event(Event::CredentialRenewed { practitioner, credential: id, by: issuer });
		Ok(())
	}

	pub(crate) fn do_suspend_credential(
		account: AccountId,
		practitioner: AccountId,
		id: CredentialId,
	) -> DispatchResult {
		let by = Self::try_mutate_credential(&account, &practitioner, id, |stored| {
			match stored.status {
				CredentialStatus::Valid => stored.status = CredentialStatus::Suspended,
				CredentialStatus::Suspended => Err(Error::<T>::CredentialIsSuspended)?,
				CredentialStatus::Revoked => Err(Error::<T>::CredentialIsRevoked)?,
			}
			Ok(())
		})?;
		Self::log_credential(AuditAction::CredentialSuspended, account, &practitioner, id);
		Self::deposit_event(Event::CredentialSuspended { practitioner, credential: id, by });
		Ok(())
	}

	pub(crate) fn do_reinstate_credential(
		account: AccountId,
		practitioner: AccountId,
		id: CredentialId,
	) -> DispatchResult {
		let by = Self::try_mutate_credential(&account, &practitioner, id, |stored| {
			Self::ensure_may_attest(stored)?;
			ensure!(
				stored.status == CredentialStatus::Suspended,
				Error::<T>::CredentialNotSuspended
			);
			stored.status = CredentialStatus::Valid;
			Ok(())
		})?;
		Self::log_credential(AuditAction::CredentialReinstated, account, &practitioner, id);
		Self::deposit_event(Event::CredentialReinstated { practitioner, credential: id, by });
		Ok(())
	}

	pub(crate) fn do_revoke_credential(
		account: AccountId,
		practitioner: AccountId,
		id: CredentialId,
	) -> DispatchResult {
		let by = Self::try_mutate_credential(&account, &practitioner, id, |stored| {
			ensure!(
				stored.status != CredentialStatus::Revoked,
				Error::<T>::CredentialAlreadyRevoked
			);
			stored.status = CredentialStatus::Revoked;
			Ok(())
		})?;
		Self::log_credential(AuditAction::CredentialRevoked, account, &practitioner, id);
		Self::deposit_event(Event::CredentialRevoked { practitioner, credential: id, by });
		Ok(())
	}

	/// The active issuer whose account this is.
	fn active_issuer_of(account: &AccountId) -> Result<IssuerId, DispatchError> {
		let id = IssuerByAccount::<T>::get(account).ok_or(Error::<T>::NotAnIssuer)?;
		let issuer = Issuers::<T>::get(id).ok_or(Error::<T>::IssuerUnknown)?;
		ensure!(Self::issuer_may_act(&issuer), Error::<T>::IssuerIsSuspended);
		Ok(id)
	}

	fn ensure_trusted(issuer: IssuerId, kind: CredentialKind) -> DispatchResult {
		let trusted = Issuers::<T>::get(issuer).is_some_and(|it| it.kinds.contains(&kind));
		ensure!(trusted, Error::<T>::NotTrustedForKind);
		Ok(())
	}

	/// An issuer that is no longer trusted for a kind takes back, and gives nothing.
	fn ensure_may_attest(credential: &Credential) -> DispatchResult {
		match credential.issuer {
			CredentialIssuer::Institution(_) => Ok(()),
			CredentialIssuer::Issuer(issuer) => Self::ensure_trusted(issuer, credential.kind),
		}
	}

	/// Refuses whoever is not the issuer, or is suspended.
	fn ensure_issued_by(account: &AccountId, issuer: CredentialIssuer) -> DispatchResult {
		match issuer {
			CredentialIssuer::Institution(institution) => {
				let operated = Self::active_institution_of(account)?;
				ensure!(operated == institution, Error::<T>::NotIssuedByYou);
			},
			CredentialIssuer::Issuer(issuer) => {
				let own = Self::active_issuer_of(account)?;
				ensure!(own == issuer, Error::<T>::NotIssuedByYou);
			},
		}
		Ok(())
	}

	/// Changes a credential on behalf of its issuer, whom it returns.
	fn try_mutate_credential(
		account: &AccountId,
		practitioner: &AccountId,
		id: CredentialId,
		change: impl FnOnce(&mut Credential) -> DispatchResult,
	) -> Result<CredentialIssuer, DispatchError> {
		let is_somebody = InstitutionByOperator::<T>::contains_key(account)
			|| IssuerByAccount::<T>::contains_key(account);
		ensure!(is_somebody, Error::<T>::NotAnIssuer);
		let mut issuer = None;
		Self::try_mutate_practitioner(practitioner, |stored| {
			let credential = stored
				.credentials
				.iter_mut()
				.find(|credential| credential.id == id)
				.ok_or(Error::<T>::CredentialUnknown)?;
			Self::ensure_issued_by(account, credential.issuer)?;
			issuer = Some(credential.issuer);
			change(credential)
		})?;
		issuer.ok_or(Error::<T>::CredentialUnknown.into())
	}

	fn log_credential(
		action: AuditAction,
		account: AccountId,
		practitioner: &AccountId,
		credential: CredentialId,
	) {
		T::Audit::record(AuditEvent {
			on_behalf_of: InstitutionByOperator::<T>::get(&account),
			actor: Some(account),
			subject: Subject::Credential { practitioner: practitioner.clone().into(), credential },
			..AuditEvent::new(action)
		});
	}
}
