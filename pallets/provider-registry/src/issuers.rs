//! The trust registry: who may attest which kind of credential.

use crate::{
	Config, CredentialKind, Error, Event, InstitutionByOperator, Issuer, IssuerByAccount, Issuers,
	NextIssuerId, Oracles, Pallet, Practitioners, RegistrationStatus, TrustedKinds,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, DenialReason, IssuerId, ProviderDirectory,
	Subject,
};

impl<T: Config> Pallet<T> {
	/// Whether attestations of this kind by this issuer count now; a refusal says why not.
	pub(crate) fn issuer_stands(
		issuer: IssuerId,
		kind: CredentialKind,
	) -> Result<(), DenialReason> {
		let stored = Issuers::<T>::get(issuer).ok_or(DenialReason::IssuerNotTrusted)?;
		ensure!(Self::issuer_may_act(&stored), DenialReason::IssuerSuspended);
		ensure!(stored.kinds.contains(&kind), DenialReason::IssuerNotTrusted);
		Ok(())
	}

	/// Whether an issuer may act. A suspended institution may not, by no office that its operator
	/// holds.
	pub(crate) fn issuer_may_act(issuer: &Issuer) -> bool {
		issuer.status.is_active()
			&& InstitutionByOperator::<T>::get(&issuer.account).is_none_or(Self::is_active)
	}

	pub(crate) fn do_register_issuer(
		account: AccountId,
		kinds: TrustedKinds,
		profile: [u8; 32],
	) -> DispatchResult {
		ensure!(!IssuerByAccount::<T>::contains_key(&account), Error::<T>::IssuerTaken);
		ensure!(!Practitioners::<T>::contains_key(&account), Error::<T>::AccountIsPractitioner);
		ensure!(!Oracles::<T>::contains_key(&account), Error::<T>::AccountIsOracle);
		Self::ensure_not_rotated_away(&account)?;
		ensure!(!kinds.is_empty(), Error::<T>::NoKinds);
		ensure!(!repeats_a_kind(&kinds), Error::<T>::KindRepeated);
		let issuer = NextIssuerId::<T>::get();
		let next = issuer.0.checked_add(1).ok_or(Error::<T>::NoIssuerIdLeft)?;

		NextIssuerId::<T>::put(IssuerId(next));
		IssuerByAccount::<T>::insert(&account, issuer);
		// Issuers hold no tokens: this reference alone lets them sign.
		frame_system::Pallet::<T>::inc_sufficients(&account);
		Issuers::<T>::insert(
			issuer,
			Issuer {
				account: account.clone(),
				kinds: kinds.clone(),
				status: RegistrationStatus::Active,
				profile,
				registered_at: Self::now(),
			},
		);
		Self::log_issuer(AuditAction::IssuerRegistered, issuer);
		Self::deposit_event(Event::IssuerRegistered { issuer, account, kinds });
		Ok(())
	}

	pub(crate) fn do_set_issuer_kinds(issuer: IssuerId, kinds: TrustedKinds) -> DispatchResult {
		ensure!(!repeats_a_kind(&kinds), Error::<T>::KindRepeated);
		Self::try_mutate_issuer(issuer, |stored| {
			ensure!(stored.kinds != kinds, Error::<T>::KindsUnchanged);
			stored.kinds = kinds.clone();
			Ok(())
		})?;
		Self::log_issuer(AuditAction::IssuerKindsChanged, issuer);
		Self::deposit_event(Event::IssuerKindsChanged { issuer, kinds });
		Ok(())
	}

	pub(crate) fn do_set_issuer_status(
		issuer: IssuerId,
		status: RegistrationStatus,
	) -> DispatchResult {
		Self::try_mutate_issuer(issuer, |stored| {
			ensure!(stored.status != status, Error::<T>::StatusUnchanged);
			stored.status = status;
			Ok(())
		})?;
		Self::log_issuer(AuditAction::IssuerStatusChanged, issuer);
		Self::deposit_event(Event::IssuerStatusChanged { issuer, status });
		Ok(())
	}

	fn try_mutate_issuer(
		issuer: IssuerId,
		change: impl FnOnce(&mut Issuer) -> DispatchResult,
	) -> DispatchResult {
		Issuers::<T>::try_mutate(issuer, |stored| {
			change(stored.as_mut().ok_or(Error::<T>::IssuerUnknown)?)
		})
	}

	fn log_issuer(action: AuditAction, issuer: IssuerId) {
		T::Audit::record(AuditEvent {
			subject: Subject::Issuer(issuer),
			..AuditEvent::new(action)
		});
	}
}

/// Whether a kind is named twice.
pub(crate) fn repeats_a_kind(kinds: &[CredentialKind]) -> bool {
	kinds
		.iter()
		.enumerate()
		.any(|(index, kind)| kinds.iter().take(index).any(|other| other == kind))
}
