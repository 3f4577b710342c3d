//! What other pallets may ask: may this account act, and how sure is the chain.
//!
//! | Level | Holds while |
//! |---|---|
//! | Enrolled | the institutions acted for and enrolled by have standing, and any credential stands |
//! | Attested | a licence by a trusted issuer stands, attested or renewed since the last recovery |
//! | Verified | such a licence was found good within the time to live, and there is a second key; each operation is then signed with it |
//!
//! Nothing is stored of a level: it is looked up, so that whatever is suspended, lapses or becomes
//! stale takes effect by itself.

use crate::{
	Config, Credential, CredentialIssuer, CredentialKind, InstitutionByOperator, InstitutionStatus,
	Institutions, OracleTermsInForce, Pallet, PractitionerOf, PractitionerStatus, Practitioners,
	Recoveries, Retired, Retirement, SecondKeys,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	AccountId, AssuranceLevel, DenialReason, InstitutionId, Milliseconds, ProviderDirectory, Role,
	SecondFactor, Standing, H256,
};

impl<T: Config> ProviderDirectory for Pallet<T> {
	/// Refuses for the first of these that holds:
	///
	/// 1. the institution is unknown, suspended, or not accredited as its kind needs;
	/// 2. the account was rotated away; the practitioner is unknown, suspended, not affiliated, not
	///    in the role; the institution that enrolled them has no standing;
	/// 3. no credential stands: the reason is that of the one added last;
	/// 4. from [`AssuranceLevel::Attested`] on, no licence by a trusted issuer stands: the reason is
	///    that of the one added last, or that there is none, or that nobody but the home vouches for
	///    who holds the keys ([`DenialReason::LicenceUnconfirmed`]);
	/// 5. for [`AssuranceLevel::Verified`], no such licence has a check within its time to live, or
	///    there is no second key.
	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		required: AssuranceLevel,
		at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		Self::institution_stands(institution, at)?;
		let practitioner = Practitioners::<T>::get(who).ok_or_else(|| Self::absence(who))?;
		ensure!(
			practitioner.status == PractitionerStatus::Active,
			DenialReason::PractitionerSuspended
		);
		ensure!(practitioner.affiliations.contains(&institution), DenialReason::NotAffiliated);
		let assignment = practitioner
			.roles
			.iter()
			.find(|assignment| assignment.role == role)
			.ok_or(DenialReason::RoleNotHeld)?;
		if practitioner.enrolled_by != institution {
			Self::institution_stands(practitioner.enrolled_by, at)?;
		}
		Self::enrolled(&practitioner, at)?;
		let recovered = Recoveries::<T>::get(who);
		let attested = Self::attested(&practitioner, recovered, at);
		let verified = attested.and_then(|()| Self::checked(who, &practitioner, recovered, at));
		let level = match (attested, verified) {
			(Ok(()), Ok(())) => AssuranceLevel::Verified,
			(Ok(()), Err(_)) => AssuranceLevel::Attested,
			_ => AssuranceLevel::Enrolled,
		};
		match required {
			AssuranceLevel::Enrolled => {},
			AssuranceLevel::Attested => attested?,
			AssuranceLevel::Verified => verified?,
		}
		Ok(Standing { level, taxonomy: assignment.taxonomy })
	}

	fn credentials(who: &AccountId) -> u32 {
		Practitioners::<T>::get(who)
			.and_then(|held| u32::try_from(held.credentials.len()).ok())
			.unwrap_or_default()
	}

	fn max_credentials() -> u32 {
		T::MaxCredentials::get()
	}

	fn confirm(
		who: &AccountId,
		operation: H256,
		factor: Option<&SecondFactor>,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		Self::confirm_operation(who, operation, factor, at)
	}

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		InstitutionByOperator::<T>::get(who).filter(|institution| Self::is_active(*institution))
	}

	/// Refuses where the institution is unknown, suspended, or not accredited as its kind needs, before it is asked who
	/// operates it.
	fn operates(
		who: &AccountId,
		institution: InstitutionId,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		Self::institution_stands(institution, at)?;
		let operated = InstitutionByOperator::<T>::get(who);
		ensure!(operated == Some(institution), DenialReason::NotAffiliated);
		Ok(())
	}

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		Self::first_account(one) == Self::first_account(other)
	}

	fn is_active(institution: InstitutionId) -> bool {
		Institutions::<T>::get(institution)
			.is_some_and(|stored| stored.status == InstitutionStatus::Active)
	}
}

impl<T: Config> Pallet<T> {
	/// Why an account is no practitioner.
	pub(crate) fn absence(who: &AccountId) -> DenialReason {
		match Retired::<T>::get(who) {
			Some(Retirement::Rotated { .. }) => DenialReason::KeyRotated,
			Some(Retirement::Removed | Retirement::Replaced { .. }) | None => {
				DenialReason::PractitionerUnknown
			},
		}
	}

	/// Whether any credential stands.
	fn enrolled(practitioner: &PractitionerOf<T>, at: Milliseconds) -> Result<(), DenialReason> {
		any_of(
			practitioner.credentials.iter().map(|held| Self::credential_stands(held, at)),
			DenialReason::CredentialRevoked,
		)
	}

	/// Whether a licence by a trusted issuer stands, attested since the last recovery.
	fn attested(
		practitioner: &PractitionerOf<T>,
		recovered: Option<Milliseconds>,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		any_of(
			practitioner
				.credentials
				.iter()
				.filter(|held| is_attested_licence(held))
				.map(|held| Self::licence_counts(held, recovered, at)),
			DenialReason::LicenceMissing,
		)
	}

	/// Whether a licence stands, and its issuer spoke of whoever holds the keys now. In the moment of
	/// the recovery itself it cannot be told which came first.
	pub(crate) fn licence_counts(
		licence: &Credential,
		recovered: Option<Milliseconds>,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		Self::credential_stands(licence, at)?;
		let is_confirmed = recovered.is_none_or(|recovered| recovered < licence.attested_at);
		ensure!(is_confirmed, DenialReason::LicenceUnconfirmed);
		Ok(())
	}

	/// Whether a licence that stands was found good within the time to live, and there is a second
	/// key to sign with.
	fn checked(
		who: &AccountId,
		practitioner: &PractitionerOf<T>,
		recovered: Option<Milliseconds>,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		let ttl = OracleTermsInForce::<T>::get().ok_or(DenialReason::CheckMissing)?.ttl;
		let last_check = practitioner
			.credentials
			.iter()
			.filter(|held| {
				is_attested_licence(held) && Self::licence_counts(held, recovered, at).is_ok()
			})
			.filter_map(|held| held.check)
			.map(|check| check.at)
			.max()
			.ok_or(DenialReason::CheckMissing)?;
		ensure!(at < last_check.saturating_add(ttl), DenialReason::CheckStale);
		ensure!(SecondKeys::<T>::contains_key(who), DenialReason::SecondKeyMissing);
		Ok(())
	}
}

/// Whether a trusted issuer says with this credential that somebody is licensed.
pub(crate) fn is_attested_licence(credential: &Credential) -> bool {
	credential.kind == CredentialKind::Licence
		&& matches!(credential.issuer, CredentialIssuer::Issuer(_))
}

/// Whether any of these stands; else what is wrong with the last one.
fn any_of(
	verdicts: impl Iterator<Item = Result<(), DenialReason>>,
	none: DenialReason,
) -> Result<(), DenialReason> {
	let mut last = Err(none);
	for verdict in verdicts {
		last = verdict;
		if last.is_ok() {
			break;
		}
	}
	last
}
