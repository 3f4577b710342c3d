//! What other pallets may ask.

use crate::{
	Config, CredentialIssuer, CredentialStatus, InstitutionByOperator, InstitutionStatus,
	Institutions, Pallet, PractitionerStatus, Practitioners,
};
use frame_support::ensure;
use hdx_primitives::{
	AccountId, DenialReason, InstitutionId, Milliseconds, ProviderDirectory, Role, Standing,
};

impl<T: Config> ProviderDirectory for Pallet<T> {
	/// Refuses for the first of these that holds: the institution is unknown, or suspended; the
	/// practitioner is unknown, suspended, not affiliated, not in the role; the credential's issuer
	/// is suspended; the credential is revoked, not valid yet, or expired.
	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		let acted_for =
			Institutions::<T>::get(institution).ok_or(DenialReason::InstitutionUnknown)?;
		ensure!(acted_for.status == InstitutionStatus::Active, DenialReason::InstitutionSuspended);

		let practitioner = Practitioners::<T>::get(who).ok_or(DenialReason::PractitionerUnknown)?;
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

		let credential = &practitioner.credential;
		let CredentialIssuer::Institution(issuer) = credential.issuer;
		ensure!(Self::is_active(issuer), DenialReason::InstitutionSuspended);
		ensure!(credential.status == CredentialStatus::Valid, DenialReason::CredentialRevoked);
		ensure!(
			credential.valid.start.is_none_or(|start| start <= at),
			DenialReason::CredentialNotYetValid
		);
		ensure!(credential.valid.end.is_none_or(|end| at < end), DenialReason::CredentialExpired);

		Ok(Standing { level: credential.issuer.level(), taxonomy: assignment.taxonomy })
	}

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		InstitutionByOperator::<T>::get(who).filter(|institution| Self::is_active(*institution))
	}

	fn is_active(institution: InstitutionId) -> bool {
		Institutions::<T>::get(institution)
			.is_some_and(|stored| stored.status == InstitutionStatus::Active)
	}
}
