//! Credentials: attesting them, and what becomes of them.

use super::{
	super::{
		interface::{
			self,
			runtime_types::pallet_provider_registry::types::{
				credential::{Credential, CredentialIssuer as OnChainIssuer},
				views::CredentialView as OnChainView,
			},
		},
		AtBlock, Chain, ChainError, Signer, Until,
	},
	CredentialKind, CredentialStatus, ReportedStatus,
};
use hdx_primitives::{
	AccountId, Commitment, CredentialId, DenialReason, InstitutionId, IssuerId, Milliseconds,
	Period, H256,
};

/// What an issuer says of a practitioner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attestation {
	/// What it attests.
	pub kind: CredentialKind,
	/// Salted hash of the credential document.
	pub commitment: Commitment,
	/// When it is valid.
	pub valid: Period,
}

/// Who attests a credential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CredentialIssuer {
	/// An institution, about those whom it enrolled.
	Institution(InstitutionId),
	/// A trusted issuer.
	Issuer(IssuerId),
}

/// What enough oracles saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Observation {
	/// What the credential's status was.
	pub status: ReportedStatus,
	/// The oldest of the moments at which they looked.
	pub at: Milliseconds,
	/// Hash of what that one saw.
	pub evidence: H256,
}

/// A credential, as the chain has it.
#[derive(Clone, Debug)]
pub struct CredentialView {
	/// Which.
	pub id: CredentialId,
	/// What it attests.
	pub kind: CredentialKind,
	/// Who attests it.
	pub issuer: CredentialIssuer,
	/// Salted hash of the credential document.
	pub commitment: Commitment,
	/// When it is valid.
	pub valid: Period,
	/// What its issuer says of it on the chain.
	pub status: CredentialStatus,
	/// When it was attested or last renewed.
	pub attested_at: Milliseconds,
	/// The last time that enough oracles found it good.
	pub check: Option<Observation>,
	/// What is wrong with it, as enough oracles found.
	pub finding: Option<Observation>,
}

/// A credential that was found by its commitment.
#[derive(Clone, Debug)]
pub struct VerifiedCredential {
	/// Whom it is about.
	pub practitioner: AccountId,
	/// The credential.
	pub credential: CredentialView,
	/// Whether it stands at the time of the block, its issuer included; if not, why.
	pub standing: Result<(), DenialReason>,
}

impl From<CredentialIssuer> for OnChainIssuer {
	fn from(issuer: CredentialIssuer) -> Self {
		match issuer {
			CredentialIssuer::Institution(id) => Self::Institution(id.into()),
			CredentialIssuer::Issuer(id) => Self::Issuer(id.into()),
		}
	}
}

impl From<OnChainView> for VerifiedCredential {
	fn from(found: OnChainView) -> Self {
		Self {
			practitioner: found.practitioner.0,
			credential: found.credential.into(),
			standing: found.standing.map_err(|reason| reason.0),
		}
	}
}

impl From<OnChainIssuer> for CredentialIssuer {
	fn from(issuer: OnChainIssuer) -> Self {
		match issuer {
			OnChainIssuer::Institution(id) => Self::Institution(id.0),
			OnChainIssuer::Issuer(id) => Self::Issuer(id.0),
		}
	}
}

impl From<Credential> for CredentialView {
	fn from(found: Credential) -> Self {
		Self {
			id: found.id.0,
			kind: found.kind,
			issuer: found.issuer.into(),
			commitment: found.commitment.0,
			valid: found.valid.0,
			status: found.status,
			attested_at: found.attested_at.0,
			check: found.check.map(|check| Observation {
				status: ReportedStatus::Good,
				at: check.at.0,
				evidence: check.evidence,
			}),
			finding: found.finding.map(|finding| Observation {
				status: finding.status,
				at: finding.at.0,
				evidence: finding.evidence,
			}),
		}
	}
}

impl Chain {
	/// Attests a credential; gives its number. The signer is a trusted issuer's.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::attest_credential`.
	pub async fn attest_credential(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		attestation: Attestation,
		until: Until,
	) -> Result<CredentialId, ChainError> {
		let call = interface::transactions().provider_registry().attest_credential(
			practitioner.into(),
			attestation.kind,
			attestation.commitment.into(),
			attestation.valid.into(),
		);
		let included = self.submit_registry("attest_credential", &call, issuer, until).await?;
		let event: interface::provider_registry::events::CredentialAttested =
			included.event("CredentialAttested")?;
		Ok(event.credential.0)
	}

	/// Renews a credential under a new commitment and for a new period. It has no check any more.
	/// The signer issued it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::renew_credential`.
	pub async fn renew_credential(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		credential: CredentialId,
		commitment: Commitment,
		valid: Period,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().provider_registry().renew_credential(
			practitioner.into(),
			credential.into(),
			commitment.into(),
			valid.into(),
		);
		self.submit_registry("renew_credential", &call, issuer, until).await?;
		Ok(())
	}

	/// Suspends a credential. The signer issued it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::suspend_credential`.
	pub async fn suspend_credential(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		credential: CredentialId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.suspend_credential(practitioner.into(), credential.into());
		self.submit_registry("suspend_credential", &call, issuer, until).await?;
		Ok(())
	}

	/// Ends the suspension of a credential. The signer issued it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::reinstate_credential`.
	pub async fn reinstate_credential(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		credential: CredentialId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.reinstate_credential(practitioner.into(), credential.into());
		self.submit_registry("reinstate_credential", &call, issuer, until).await?;
		Ok(())
	}

	/// Revokes a credential, for good. The signer issued it.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::revoke_credential`.
	pub async fn revoke_credential(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		credential: CredentialId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions()
			.provider_registry()
			.revoke_credential(practitioner.into(), credential.into());
		self.submit_registry("revoke_credential", &call, issuer, until).await?;
		Ok(())
	}

	/// The credential that this issuer attests with this commitment, whom it is about, and whether it
	/// stands. Others may attest the same commitment about somebody else.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn verify_credential(
		&self,
		commitment: Commitment,
		issuer: CredentialIssuer,
		block: AtBlock,
	) -> Result<VerifiedCredential, ChainError> {
		let query = interface::view_functions()
			.provider_registry()
			.verify(commitment.into(), issuer.into());
		let found: Option<OnChainView> = self.view(block, query).await?;
		let found = found.ok_or_else(|| ChainError::NotFound {
			what: format!(
				"credential of this issuer with commitment 0x{}",
				hex::encode(commitment.0)
			),
		})?;
		Ok(found.into())
	}

	/// All credentials with this commitment, one of each issuer that attests it.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn attested_with(
		&self,
		commitment: Commitment,
		block: AtBlock,
	) -> Result<Vec<VerifiedCredential>, ChainError> {
		let query =
			interface::view_functions().provider_registry().attested_with(commitment.into());
		let found: Vec<OnChainView> = self.view(block, query).await?;
		Ok(found.into_iter().map(Into::into).collect())
	}
}
