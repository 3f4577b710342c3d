//! Granting, revoking, renewing, and what recipients confirm.

use super::super::{interface, ActAs, Chain, ChainError, Signer, Until};
use hdx_primitives::{
	consent::{ConsentAction, ConsentContent},
	Commitment, ConsentId, Milliseconds,
};

impl Chain {
	/// Grants a consent. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::grant`.
	pub async fn grant_consent(
		&self,
		patient: &Signer,
		content: ConsentContent,
		until: Until,
	) -> Result<ConsentId, ChainError> {
		let action = ConsentAction::Grant(content);
		let acted = self.act(patient, &ActAs::Patient, action, until).await?;
		let missing =
			ChainError::EventMissing { call: "Consent::grant".to_owned(), event: "ConsentGranted" };
		acted.consent.map(|(consent, _)| consent).ok_or(missing)
	}

	/// Revokes a consent. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::revoke`.
	pub async fn revoke_consent(
		&self,
		patient: &Signer,
		consent: ConsentId,
		until: Until,
	) -> Result<(), ChainError> {
		let action = ConsentAction::Revoke { consent };
		self.act(patient, &ActAs::Patient, action, until).await.map(|_| ())
	}

	/// Moves the end of a consent, and gives the new version. The signer is the patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::renew`.
	pub async fn renew_consent(
		&self,
		patient: &Signer,
		consent: ConsentId,
		end: Milliseconds,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = interface::transactions().consent().renew(consent.into(), end.into());
		let included = self.submit("Consent::renew", &call, patient, until).await?;
		let event: interface::consent::events::ConsentAmended = included.event("ConsentAmended")?;
		Ok(event.version)
	}

	/// Confirms that the signer's institution erased what it was given under a version of a
	/// consent, and says whether that was late. The signer operates the institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Consent::confirm_erasure`.
	pub async fn confirm_erasure(
		&self,
		operator: &Signer,
		consent: ConsentId,
		version: u32,
		commitment: Commitment,
		until: Until,
	) -> Result<bool, ChainError> {
		let call = interface::transactions().consent().confirm_erasure(
			consent.into(),
			version,
			commitment.into(),
		);
		let included = self.submit("Consent::confirm_erasure", &call, operator, until).await?;
		let event: interface::consent::events::ErasureConfirmed =
			included.event("ErasureConfirmed")?;
		Ok(event.is_late)
	}
}
