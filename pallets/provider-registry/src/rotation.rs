//! A practitioner goes on under another account, because the old key is lost, stolen or old.
//!
//! What moves is bounded by how many affiliations and credentials one may have. The old account
//! stays known: what it asks for is refused with a reason of its own, and its nonce never starts
//! again.

use crate::{
	Appeals, Appellant, Config, CredentialsByCommitment, Error, Event, GovernanceHolds,
	InstitutionByOperator, Members, Pallet, Practitioners, Retired, Retirement, SecondKeys,
	Transfers,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	rotate_account_consent, rotate_account_operation, AccountId, AuditAction, AuditEvent,
	AuditSink, SecondFactor, Subject,
};
use sp_runtime::{traits::Verify, MultiSignature};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_rotate_account(
		signer: AccountId,
		from: AccountId,
		to: AccountId,
		consent: MultiSignature,
		second_factor: Option<SecondFactor>,
	) -> DispatchResult {
		let stored = Self::practitioner(&from)?;
		if signer != from {
			let institution = Self::active_institution_of(&signer)?;
			ensure!(stored.enrolled_by == institution, Error::<T>::NotEnrolledByYou);
		}
		Self::ensure_may_be_practitioner(&to)?;
		let second_key = SecondKeys::<T>::get(&from);
		ensure!(second_key.is_none_or(|key| key.account() != to), Error::<T>::SecondKeyIsAccount);
		let payload = rotate_account_consent(&Self::genesis_hash(), &from, &to);
		ensure!(consent.verify(payload.as_slice(), &to), Error::<T>::NewAccountDoesNotConsent);
		if signer == from && second_key.is_some() {
			let operation = rotate_account_operation(&from, &to);
			Self::ensure_confirmed(&from, operation, second_factor.as_ref())?;
		}

		for institution in &stored.affiliations {
			Members::<T>::remove(institution, &from);
			Members::<T>::insert(institution, &to, ());
		}
		for credential in &stored.credentials {
			CredentialsByCommitment::<T>::insert(credential.commitment, (&to, credential.id));
		}
		let home = stored.enrolled_by;
		Practitioners::<T>::remove(&from);
		Practitioners::<T>::insert(&to, stored);
		SecondKeys::<T>::swap(&from, &to);
		GovernanceHolds::<T>::swap(&from, &to);
		Transfers::<T>::swap(&from, &to);
		Appeals::<T>::swap(
			Appellant::Practitioner(from.clone()),
			Appellant::Practitioner(to.clone()),
		);
		Self::give_account(&to);
		Retired::<T>::insert(&from, Retirement::Rotated { to: to.clone(), home });
		T::Audit::record(AuditEvent {
			on_behalf_of: InstitutionByOperator::<T>::get(&signer),
			actor: Some(signer),
			subject: Subject::Rotation { from: from.clone().into(), to: to.clone().into() },
			..AuditEvent::new(AuditAction::AccountRotated)
		});
		Self::deposit_event(Event::AccountRotated { from, to });
		Ok(())
	}
}
