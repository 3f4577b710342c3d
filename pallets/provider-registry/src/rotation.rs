//! A practitioner goes on under another account, because the old key is lost, stolen or old.
//!
//! With the second key's signature everything goes along. Where the home's operator does it instead,
//! that is a recovery: the home alone remains an affiliation, and what trusted issuers attested does
//! not count until they renew it.
//!
//! The X-Wing key to which records are wrapped does not go along by itself: the rotation names the
//! key of the new account, which the new account signs. The old account's DID ends.
//!
//! What moves is bounded by how many affiliations and credentials one may have. The old account
//! stays known: what it asks for is refused with a reason of its own, and its nonce never starts
//! again.

use crate::{
	Config, Credential, CredentialsByCommitment, CurrentAccounts, Error, Event, FirstAccounts,
	GovernanceHolds, InstitutionByOperator, Members, Pallet, PractitionerOf, Practitioners,
	Recoveries, Retirement, SecondKeys, Transfers,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	rotate_account_agreement, rotate_account_operation, AccountId, Agreement, AuditAction,
	AuditEvent, AuditSink, SecondFactor, Subject,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_rotate_account(
		signer: AccountId,
		from: AccountId,
		to: AccountId,
		key_agreement: [u8; 32],
		agreement: Agreement,
		second_factor: Option<SecondFactor>,
	) -> DispatchResult {
		let mut stored = Self::practitioner(&from)?;
		let is_recovery = signer != from;
		if is_recovery {
			let institution = Self::active_institution_of(&signer)?;
			ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
		}
		Self::ensure_may_be_practitioner(&to)?;
		// Governance has to find everybody by each account that was theirs.
		ensure!(!FirstAccounts::<T>::contains_key(&to), Error::<T>::AccountHasPast);
		let second_key = SecondKeys::<T>::get(&from);
		ensure!(second_key.is_none_or(|key| !key.controls(&to)), Error::<T>::SecondKeyIsAccount);
		let until = agreement.valid_until;
		let genesis = Self::genesis_hash();
		let payload = rotate_account_agreement(&genesis, &from, &to, &key_agreement, until);
		let disagrees = Error::<T>::NewAccountDoesNotConsent;
		Self::ensure_agreed(&to, &agreement, &payload, disagrees)?;
		if !is_recovery {
			let operation = rotate_account_operation(&from, &to, &key_agreement);
			Self::ensure_confirmed(&from, operation, second_factor.as_ref())?;
		}

		if is_recovery {
			Self::end_affiliations_beside_home(&signer, &from, &mut stored);
		}
		for institution in &stored.affiliations {
			Members::<T>::remove(institution, &from);
			Members::<T>::insert(institution, &to, ());
		}
		for credential in &stored.credentials {
			let Credential { commitment, issuer, id, .. } = credential;
			CredentialsByCommitment::<T>::insert(commitment, issuer, (&to, id));
		}
		let home = stored.enrolled_by;
		// Whoever has the old device has the key of before. It counts on only where the new account
		// says so.
		stored.key_agreement = key_agreement;
		Practitioners::<T>::remove(&from);
		Practitioners::<T>::insert(&to, stored);
		SecondKeys::<T>::swap(&from, &to);
		Recoveries::<T>::swap(&from, &to);
		if is_recovery {
			Self::note_recovery(&to);
		}
		GovernanceHolds::<T>::swap(&from, &to);
		Transfers::<T>::swap(&from, &to);
		Self::move_appeal(&from, &to);
		Self::give_account(&to);
		let first = Self::first_account(&from);
		FirstAccounts::<T>::insert(&to, &first);
		CurrentAccounts::<T>::insert(&first, &to);
		Self::retire(&from, Retirement::Rotated { to: to.clone(), home });
		T::Audit::record(AuditEvent {
			on_behalf_of: InstitutionByOperator::<T>::get(&signer),
			actor: Some(signer),
			subject: Subject::Rotation { from: from.clone().into(), to: to.clone().into() },
			..AuditEvent::new(AuditAction::AccountRotated)
		});
		Self::deposit_event(Event::AccountRotated { from, to });
		Ok(())
	}

	/// The account under which the practitioner of this account began.
	pub(crate) fn first_account(account: &AccountId) -> AccountId {
		FirstAccounts::<T>::get(account).unwrap_or_else(|| account.clone())
	}

	/// The account under which the practitioner of this account goes on, or was removed.
	pub(crate) fn current_account(account: AccountId) -> AccountId {
		let first = FirstAccounts::<T>::get(&account);
		CurrentAccounts::<T>::get(first.as_ref().unwrap_or(&account)).unwrap_or(account)
	}

	/// The home speaks for itself alone: other institutions decide anew whether they take on
	/// whoever holds the new account.
	fn end_affiliations_beside_home(
		operator: &AccountId,
		practitioner: &AccountId,
		stored: &mut PractitionerOf<T>,
	) {
		let home = stored.enrolled_by;
		for institution in stored.affiliations.iter().copied().filter(|it| *it != home) {
			Members::<T>::remove(institution, practitioner);
			Self::log_about_practitioner(
				AuditAction::AffiliationEnded,
				operator.clone(),
				practitioner,
			);
			let practitioner = practitioner.clone();
			Self::deposit_event(Event::AffiliationEnded { practitioner, institution });
		}
		stored.affiliations.retain(|it| *it == home);
	}
}
