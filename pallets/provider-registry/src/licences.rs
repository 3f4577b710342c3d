//! Licences, as whoever keeps hashes of them asks about them.

use crate::{
	directory::is_attested_licence, Config, Credential, CredentialIssuer, IssuerByAccount, Issuers,
	Pallet, PractitionerStatus, Practitioners, Recoveries,
};
use frame_support::ensure;
use hdx_primitives::{AccountId, CredentialId, DenialReason, LicenceDirectory, Milliseconds};

impl<T: Config> LicenceDirectory for Pallet<T> {
	fn has_attested(who: &AccountId, practitioner: &AccountId, licence: CredentialId) -> bool {
		let Some(issuer) = IssuerByAccount::<T>::get(who) else { return false };
		let may_act = Issuers::<T>::get(issuer).is_some_and(|stored| Self::issuer_may_act(&stored));
		may_act
			&& Self::attested_licence(practitioner, licence)
				.is_some_and(|held| held.issuer == CredentialIssuer::Issuer(issuer))
	}

	/// Refuses for the first of these that holds:
	///
	/// 1. the account was rotated away, or is no practitioner's; the practitioner is suspended; the institution that enrolled
	///    them has no standing;
	/// 2. the licence is none of theirs, is no licence, or was not attested by a trusted issuer;
	/// 3. it does not stand, or was not attested since the last recovery of the practitioner's keys.
	fn licence_stands(
		practitioner: &AccountId,
		licence: CredentialId,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		let stored =
			Practitioners::<T>::get(practitioner).ok_or_else(|| Self::absence(practitioner))?;
		let is_active = stored.status == PractitionerStatus::Active;
		ensure!(is_active, DenialReason::PractitionerSuspended);
		Self::institution_stands(stored.enrolled_by, at)?;
		let held = Self::attested_licence(practitioner, licence);
		let held = held.ok_or(DenialReason::LicenceMissing)?;
		Self::licence_counts(&held, Recoveries::<T>::get(practitioner), at)
	}

	fn first_account(who: &AccountId) -> AccountId {
		Self::first_account(who)
	}
}

impl<T: Config> Pallet<T> {
	/// A licence of a practitioner by a trusted issuer. `None`: they have none of this number.
	fn attested_licence(practitioner: &AccountId, licence: CredentialId) -> Option<Credential> {
		let stored = Practitioners::<T>::get(practitioner)?;
		let mut held = stored.credentials.into_iter().filter(is_attested_licence);
		held.find(|credential| credential.id == licence)
	}
}
